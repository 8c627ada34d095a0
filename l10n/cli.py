"""The command line: a thin shell over the library's functions of the same names.

Exit code 0: done; 1: done, with problems reported; 2: wrong usage; 130: interrupted.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn, cast

import click

from l10n.article import Form
from l10n.extract import Split, extract
from l10n.locales import gettext_name
from l10n.merge import merge
from l10n.problems import Problem
from l10n.report import Progress, Report, no_progress

_EXISTING = click.Path(exists=True, readable=False, path_type=Path)
_json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object on stdout, and nothing else there."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="l10n")
def main() -> None:
    """Review machine-translated documentation as gettext PO files.

    \b
      l10n extract articles/          # -> locales/nb_NO.po, one file per locale found
      poedit locales/nb_NO.po         # a person reviews
      l10n merge locales/nb_NO.po     # -> build/nb-NO/..., the localized articles

    Exit code: 0 done, 1 done with problems reported, 2 wrong usage, 130 interrupted.
    """


@main.command("extract", short_help="Articles to PO files.")
@click.argument("articles", nargs=-1, required=True, type=_EXISTING)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, readable=False, path_type=Path),
    default=Path("locales"),
    show_default=True,
    metavar="DIR",
    help="Folder of the PO files.",
)
@click.option(
    "--locale", metavar="TAG", help="Locale of articles that do not tell theirs, such as nb-NO or nb_NO."
)
@click.option(
    "--split",
    type=click.Choice(["none", "folder", "article"]),
    default="none",
    show_default=True,
    help="One PO file for each locale (none), folder or article.",
)
@_json_option
def extract_command(
    articles: tuple[Path, ...], output: Path, locale: str | None, split: str, as_json: bool
) -> None:
    """Extract the source/target pairs of ARTICLES (files or folders) to PO files.

    There is one PO file for each locale. One that exists is updated: reviewed
    translations, flags and comments stay; what is gone becomes obsolete.

    \b
    Examples:
      l10n extract articles/
      l10n extract articles/ --split folder
      l10n extract articles/README.md --locale nb-NO
      l10n extract articles/ --json | jq '.problems[] | .code'
    """
    if locale is not None:
        try:
            gettext_name(locale)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--locale") from error
    with _running("Reading articles") as progress:
        report = extract(articles, output, locale=locale, split=cast(Split, split), progress=progress)
    rows = {
        "articles": report.articles,
        "units": report.units,
        "messages": report.messages,
        "  reviewed": report.reviewed,
        "  to review": report.messages - report.reviewed,
        "  new": report.added,
    }
    if report.obsolete:
        rows |= {"obsolete": report.obsolete, "  newly so": report.retired}
    if report.ignored:
        rows["not annotated"] = report.ignored
    rows["files written"] = len(report.written)
    _finish("extract", report, rows, as_json)


@main.command("merge", short_help="Reviewed PO files to articles.")
@click.argument("catalogues", nargs=-1, required=True, type=_EXISTING, metavar="PO...")
@click.option(
    "--articles",
    type=_EXISTING,
    metavar="DIR",
    help="Folder of the articles, if it is not where the PO file says.",
)
@click.option(
    "--form",
    type=click.Choice(["annotated", "localized", "source"]),
    help="What to write: both languages, the translation (the default), or the source.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, readable=False, path_type=Path),
    metavar="DIR",
    help="Folder to write to.  [default: build]",
)
@click.option("--in-place", is_flag=True, help="Write the annotated form back to the articles.")
@click.option("--include-fuzzy", is_flag=True, help="Use translations that need review, too.")
@_json_option
def merge_command(
    catalogues: tuple[Path, ...],
    articles: Path | None,
    form: str | None,
    output: Path | None,
    in_place: bool,
    include_fuzzy: bool,
    as_json: bool,
) -> None:
    """Rebuild the articles of PO files, or folders of them, with the reviewed translations.

    All articles of the locale are written, also those that nobody touched, to
    build/<content locale>/ by their paths. Translations that need review or are
    missing leave the article's own target.

    \b
    Examples:
      l10n merge locales/nb_NO.po
      l10n merge locales/ -o site/
      l10n merge locales/nb_NO.po --articles delivery/articles
      l10n merge locales/nb_NO.po --in-place
    """
    if in_place and (output is not None or form not in (None, "annotated")):
        raise click.UsageError(
            "--in-place writes the annotated form to the articles' own folder; leave out -o and --form"
        )
    with _running("Rebuilding articles") as progress:
        report = merge(
            catalogues,
            articles=articles,
            form=cast(Form, form or "localized"),
            output=output or Path("build"),
            in_place=in_place,
            include_fuzzy=include_fuzzy,
            progress=progress,
        )
    rows = {
        "articles": report.articles,
        "units": report.units,
        "  changed": report.changed,
        "messages": report.messages,
        "  reviewed": report.reviewed,
        "files written": len(report.written),
    }
    _finish("merge", report, rows, as_json)


@contextmanager
def _running(task: str) -> Iterator[Progress]:
    """Show progress on a terminal; an interruption ends the program without half-written files."""
    signal.signal(signal.SIGTERM, _interrupt)
    gc.disable()  # the process is short, and holds hundreds of thousands of objects without cycles
    try:
        with _progress_bar(task) as progress:
            yield progress
    except KeyboardInterrupt:
        click.echo("Interrupted. Files that were written are whole; run the command again.", err=True)
        sys.exit(130)


def _interrupt(signal_number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


@contextmanager
def _progress_bar(task: str) -> Iterator[Progress]:
    if not sys.stderr.isatty():
        yield no_progress
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        number = bar.add_task(task, total=None)
        yield lambda done, total: bar.update(number, completed=done, total=total)


def _finish(command: str, report: Report, rows: dict[str, int], as_json: bool) -> NoReturn:
    """Print problems and summary, and exit as they demand."""
    if as_json:
        click.echo(json.dumps({"command": command} | report.as_json(), indent=2))
        sys.exit(report.exit_code)
    color = False if os.environ.get("NO_COLOR") else None  # None: only on a terminal
    for problem in report.problems:
        click.echo(_coloured(problem), err=True, color=color)
    _print_summary(rows | {"problems": len(report.problems)})
    sys.exit(report.exit_code)


def _coloured(problem: Problem) -> str:
    place, code, message = str(problem).partition(f": {problem.code}: ")
    return click.style(place, bold=True) + click.style(code, fg="yellow") + message


def _print_summary(rows: dict[str, int]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="cyan")
    table.add_column(justify="right")
    for name, count in rows.items():
        style = None if name != "problems" else "yellow" if count else "green"
        table.add_row(name, f"{count:,}", style=style)
    Console(highlight=False).print(table)
