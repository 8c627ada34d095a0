"""`l10n merge`: rebuild articles from reviewed PO files."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path

import click
from click.core import ParameterSource

from l10n.article import Form
from l10n.cli.configured import configured_checks, english_for
from l10n.cli.console import (
    EXISTING,
    Row,
    english_option,
    finish,
    output_options,
    running,
    unproved_option,
    workers_options,
)
from l10n.commands.merge import merge
from l10n.jobs.rebuild_article import Wanted
from l10n.jobs.run import Workers
from l10n.report import MergeReport


def _wanted_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of what is written to a command, which gets them as `wanted`."""

    @click.option(
        "--changed-only",
        is_flag=True,
        help="Write only articles that get another target, as for a pull request.",
    )
    @click.option(
        "--at-least",
        type=click.IntRange(0, 100),
        default=0,
        metavar="PERCENT",
        help="Write only articles of which so much is reviewed.",
    )
    @click.option(
        "--copy-rest",
        is_flag=True,
        help="Also copy the other files beside the articles: images, toc.yml, articles without annotation.",
    )
    @click.option(
        "--clean",
        is_flag=True,
        help="Delete the files that an earlier merge wrote and that are no longer wanted.",
    )
    @wraps(command)
    def with_wanted(
        *, changed_only: bool, at_least: int, copy_rest: bool, clean: bool, **others: object
    ) -> None:
        command(**others, wanted=Wanted(changed_only, at_least, copy_rest, clean))

    return with_wanted


@click.command("merge")
@click.argument("catalogues", nargs=-1, required=True, type=EXISTING, metavar="PO...")
@click.option(
    "--articles",
    type=EXISTING,
    metavar="DIR",
    help="Folder of the articles, if it is not the one that the PO file names.",
)
@click.option(
    "--form",
    type=click.Choice(["annotated", "localized", "source"]),
    help="Write both languages, the translation (the default), or the source.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, readable=False, path_type=Path),
    metavar="DIR",
    help="Folder to write to.  [default: build]",
)
@click.option("--in-place", is_flag=True, help="Write the annotated form back to the articles.")
@click.option("--include-fuzzy", is_flag=True, help="Also use translations that need review.")
@_wanted_options
@click.option(
    "--dry-run", is_flag=True, help="Write nothing, and exit with 1 if a file would be written or removed."
)
@click.option("--strict", is_flag=True, help="Also refuse translations in which a check finds an error.")
@english_option
@unproved_option
@workers_options
@output_options
def merge_command(
    catalogues: tuple[Path, ...],
    articles: Path | None,
    form: Form | None,
    output: Path | None,
    in_place: bool,
    include_fuzzy: bool,
    english: Path | None,
    english_unproved: bool,
    strict: bool,
    wanted: Wanted,
    dry_run: bool,
    workers: Workers,
    as_json: bool,
) -> None:
    """Rebuild the articles of PO files, or folders of them, with the reviewed translations.

    All articles of the locale are written, including unchanged ones, to their paths
    below the articles' folder: articles/nb-NO/mail/a.md becomes build/nb-NO/mail/a.md.
    Where a translation needs review or is missing, the article keeps its own target.

    \b
    Examples:
      l10n merge locales/nb_NO.po
      l10n merge locales/ -o site/
      l10n merge locales/nb_NO.po --articles delivery/articles
      l10n merge locales/nb_NO.po --in-place
    """
    if in_place:
        _check_in_place(form, output, wanted)
    with running("Rebuilding articles") as progress:
        report = merge(
            catalogues,
            articles=articles,
            form=form or "localized",
            output=output or Path("build"),
            in_place=in_place,
            include_fuzzy=include_fuzzy,
            english=english_for(english, workers, unproved=english_unproved),
            english_unproved=english_unproved,
            strict=strict,
            checks=configured_checks() if strict else None,
            wanted=wanted,
            dry_run=dry_run,
            workers=workers,
            progress=progress,
        )
    finish("merge", report, _rows(report), as_json)


def _check_in_place(form: Form | None, output: Path | None, wanted: Wanted) -> None:
    """Raise a usage error for an option that --in-place excludes."""
    if click.get_current_context().get_parameter_source("output") is ParameterSource.DEFAULT_MAP:
        output = None  # it is in the settings, for the other runs
    if wanted.rest or wanted.clean:
        name = "--clean" if wanted.clean else "--copy-rest"
        raise click.UsageError(
            f"{name} is about the output folder, and --in-place has none: leave out one of them"
        )
    if output is not None or form not in (None, "annotated"):
        raise click.UsageError(
            "--in-place writes the annotated form to the folder of the articles: leave out -o and --form"
        )


def _rows(report: MergeReport) -> dict[str, Row]:
    rows: dict[str, Row] = {
        "articles": report.articles,
        "units": report.units,
        "  changed": report.changed,
        "messages": report.messages,
        "  reviewed": report.reviewed,
        "files written": len(report.written),
    }
    if report.held_back:
        rows["articles held back"] = report.held_back
    if report.copied:
        rows["  copied"] = report.copied
    return rows | ({"files removed": len(report.removed)} if report.removed else {})
