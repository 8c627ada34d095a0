"""`l10n status`: show the progress of the review."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from l10n.cli.configured import configured_checks, english_of
from l10n.cli.console import (
    EXISTING,
    english_option,
    is_quiet,
    memory_option,
    output_options,
    print_json,
    print_problems,
    running,
    table_console,
    with_settings_problems,
)
from l10n.cli.streams import say
from l10n.commands.status import Counts, Status, status
from l10n.english.repository import find_repository

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from l10n.by_article import ArticleStatus
    from l10n.english.stale import Stale


_COLUMNS: dict[str, Callable[[Counts], int | None]] = {
    "articles": lambda c: c.articles,
    "units": lambda c: c.units,
    "messages": lambda c: c.messages,
    "reviewed": lambda c: c.reviewed,
    "needs\nreview": lambda c: c.needs_review,
    "untranslated": lambda c: c.untranslated,
    "obsolete": lambda c: c.obsolete,
    "MT": lambda c: c.mt,
    "HT": lambda c: c.ht,
    "neither": lambda c: c.unknown,
    "words": lambda c: c.words,
    "target\nwords": lambda c: c.target_words,
    "%": lambda c: c.percent,
    "%\nwords": lambda c: c.percent_words,
}
"""The columns of the table, by header."""
_LEFT_OUT_FIRST = (
    *("target\nwords", "units", "articles", "neither", "obsolete", "HT", "MT", "untranslated"),
    *("needs\nreview", "words", "reviewed", "messages", "%\nwords"),
)
"""Columns in the order in which a narrow terminal drops them."""
_GAP = 2
_Row = tuple[str, Counts, str]
_STYLES = ("green", "yellow", "red")


@click.command("status")
@click.argument("catalogues", nargs=-1, type=EXISTING, metavar="[PO...]")
@click.option(
    "--fail-under",
    type=click.IntRange(0, 100),
    default=0,
    metavar="PERCENT",
    help="Exit with 1 if a locale has a lower percentage of reviewed messages.",
)
@click.option(
    "--badge",
    type=click.Path(dir_okay=False, readable=False, path_type=Path),
    metavar="FILE.svg",
    help="Write an SVG badge with the percentage over all files.",
)
@click.option(
    "--by",
    type=click.Choice(["file", "article"]),
    default="file",
    show_default=True,
    help="List PO files, or articles: those first where a review pays most, by words times risk.",
)
@click.option(
    "--analysis",
    "with_analysis",
    is_flag=True,
    help="Count what is not reviewed by its matches instead, as an agency's quote does.",
)
@memory_option
@click.option("--csv", "as_csv", is_flag=True, help="Print the analysis as CSV on stdout.")
@english_option
@output_options
def status_command(
    catalogues: tuple[Path, ...],
    fail_under: int,
    badge: Path | None,
    by: str,
    with_analysis: bool,
    memory: tuple[Path, ...],
    as_csv: bool,
    english: Path | None,
    as_json: bool,
) -> None:
    """Show the progress of the review of PO files, or folders of them; by default of locales/.

    The percentages are of reviewed messages and of the words in their sources. They are
    rounded down, so 100 % means that all are reviewed. Obsolete messages are not counted.
    Words are counted by Unicode's rules (UAX #29); in scripts without spaces, by the
    number of characters per word that GMX-V defines.

    \b
    Examples:
      l10n status
      l10n status locales/nb_NO.po --json | jq .total.percent
      l10n status --by article
      l10n status --english ../docs.git
      l10n status --fail-under 95 --badge reviewed.svg
      l10n status --analysis --memory old.tmx --csv > quote.csv
    """
    if with_analysis:
        if fail_under or badge or english or by != "file" or (as_csv and as_json):
            raise click.UsageError("--analysis takes --memory, and --csv or --json, and no other option")
        _analyse(catalogues, memory, as_json=as_json, as_csv=as_csv)
    if memory or as_csv:
        raise click.UsageError("--memory and --csv need --analysis")
    if badge is not None and badge.suffix.lower() != ".svg":
        raise click.BadParameter("the file name must end in .svg", param_hint="--badge")
    english = _repository_of(english)
    by_article = by == "article"
    checks = configured_checks() if by_article else None
    with running("Reading PO files") as progress:
        result = status(
            catalogues,
            fail_under=fail_under,
            badge=badge,
            english=english,
            by_article=by_article,
            checks=checks,
            progress=progress,
        )
    result.problems = with_settings_problems(result.problems)
    if as_json:
        print_json("status", result.as_json())
        sys.exit(result.exit_code)
    print_problems(result.problems)
    if not is_quiet():
        _print(result)
    sys.exit(result.exit_code)


def _repository_of(named: Path | None) -> Path | None:
    """Return the English articles that have a history: those named, or those of the settings."""
    english = english_of(named)
    if english is not None and find_repository(english) is None:
        if named is not None:
            message = "it is not in a git repository, so its history is not known"
            raise click.BadParameter(message, param_hint="--english")
        return None  # the other commands can use a folder without history
    return english


def _analyse(
    catalogues: tuple[Path, ...], memory: tuple[Path, ...], *, as_json: bool, as_csv: bool
) -> NoReturn:
    from l10n.cli.analysis import print_analysis
    from l10n.commands.analysis import analysis

    with running("Reading PO files") as progress:
        result = analysis(catalogues, memory=memory, progress=progress)
    print_analysis(result, as_json=as_json, as_csv=as_csv)
    sys.exit(result.exit_code)


def _print(result: Status) -> None:
    if result.articles is not None:
        _print_articles(result.articles)
    elif result.locales:
        _print_table(result)
    for stale in result.stale:
        say(_stale_line(stale))
    if result.english:
        missing = len(result.english.missing)
        without = f" ({missing:,} {'has' if missing == 1 else 'have'} no English file)" if missing else ""
        say(f"{len(result.stale):,} of {result.english.proved:,} articles are stale{without}")
    for path in result.written:
        say(f"written: {path}")


def _stale_line(stale: Stale) -> str:
    commits = "commit" if stale.commits == 1 else "commits"
    what = "its text changed" if stale.text_changed else "its text did not change"
    what = "the file is gone" if stale.is_gone else what
    return f"{stale.path}: stale: {stale.commits:,} {commits}, {what}"


def _print_articles(articles: Sequence[ArticleStatus]) -> None:
    """Print the articles by words times risk: a line for each, with its PO file."""
    from rich.table import Table
    from rich.text import Text

    console = table_console()
    table = Table(box=None, pad_edge=False, padding=(0, _GAP // 2), header_style="cyan")
    for header in ("words\n× risk", "words to\nreview", "errors", "%"):
        table.add_column(header, justify="right", no_wrap=True, vertical="bottom")
    table.add_column("article", overflow="fold", vertical="bottom")
    table.add_column("PO file", overflow="fold", vertical="bottom")
    for one in articles:
        numbers = (round(one.risk), one.words_to_review, one.certain, one.percent)
        table.add_row(*(_number(value) for value in numbers), Text(one.path), Text(one.file))
    console.print(table)


def _print_table(result: Status) -> None:
    """Print the table: all columns in a pipe, those that fit on a terminal."""
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    console = table_console()
    rows = list(_rows(result))
    name_width = max(cell_len(name) for name in ("locale", *(name for name, _, _ in rows)))
    bar = 20
    if console.is_terminal:
        name_width = min(name_width, max(12, console.width // 3))
        bar = bar if console.width >= 100 else bar // 2
    headers = [header for header in _COLUMNS if header != "neither" or result.total.unknown]
    shown = _fitting(headers, rows, console.width - name_width - bar - _GAP)
    table = Table(box=None, pad_edge=False, padding=(0, _GAP // 2), header_style="cyan")
    table.add_column("locale", overflow="fold", width=name_width)
    for header in shown:
        if header == "%":
            table.add_column("", no_wrap=True, vertical="bottom")
        table.add_column(header, justify="right", no_wrap=True, vertical="bottom")
    for name, counts, style in rows:
        cells: list[str | Text] = [_number(_COLUMNS[header](counts), console) for header in shown]
        cells.insert(shown.index("%"), _bar(counts, bar, console))
        table.add_row(Text(name), *cells, style=style)
    console.print(table)
    blocks = zip(_blocks(console), ("reviewed", "needs review", "untranslated"), strict=True)
    console.print("  ".join(f"{block} {name}" for block, name in blocks), style="dim")
    if len(shown) < len(headers):
        console.print("Narrow terminal: --json has all columns.", style="dim")


def _fitting(headers: list[str], rows: list[_Row], room: int) -> list[str]:
    """Return the headers of the columns that fit into `room` cells; the percentage always stays."""
    widths = {}
    for header in headers:
        numbers = (_number(_COLUMNS[header](counts)) for _, counts, _ in rows)
        widths[header] = _GAP + max(map(len, (*header.split("\n"), *numbers)))
    for header in _LEFT_OUT_FIRST:
        if sum(widths.values()) <= room:
            break
        widths.pop(header, None)
    return list(widths)


def _number(value: int | None, console: Console | None = None) -> str:
    """Format a number; None is a dash."""
    if value is None:
        return "–" if console is None or _is_unicode(console) else "-"
    return f"{value:,}"


def _rows(result: Status) -> Iterator[_Row]:
    """Yield the name, counts and style of each row."""
    for locale in result.locales:
        yield locale.locale, locale.counts, ""
        if len(locale.files) > 1:
            folder = f"{locale.folder}/"
            for file in locale.files:
                whose = f", {file.translator}" if file.translator else ""
                yield f"  {file.path.removeprefix(folder)}{whose}", file.counts, "dim"
    if len(result.locales) > 1:
        yield "total", result.total, "bold"


def _bar(counts: Counts, length: int, console: Console) -> Text:
    """Return a bar of reviewed, needs review and untranslated, each with a block and colour.

    It is full only if all are reviewed; one untranslated message is enough to show.
    """
    from rich.text import Text

    total = counts.messages or 1
    reviewed = length * counts.reviewed // total if counts.messages else length
    untranslated = -(-length * counts.untranslated // total)
    cells = (reviewed, length - reviewed - untranslated, untranslated)
    parts = zip(_blocks(console), cells, _STYLES, strict=True)
    return Text.assemble(*((block * number, style) for block, number, style in parts))


def _blocks(console: Console) -> str:
    return "█▒·" if _is_unicode(console) else "#=."


def _is_unicode(console: Console) -> bool:
    return console.encoding.startswith("utf")
