"""`l10n status`: how far the review is."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from l10n.cli.console import EXISTING, json_option, print_problems, running
from l10n.status import Counts, Status, status

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text


_BAR, _SHORT_BAR = 20, 10
_STYLES = ("green", "yellow", "red")
_PERCENT_OF_WORDS = "%\nwords"


class _Column(NamedTuple):
    header: str
    value: Callable[[Counts], int | None]


_COLUMNS = (
    _Column("articles", lambda c: c.articles),
    _Column("units", lambda c: c.units),
    _Column("messages", lambda c: c.messages),
    _Column("reviewed", lambda c: c.reviewed),
    _Column("needs\nreview", lambda c: c.needs_review),
    _Column("untranslated", lambda c: c.untranslated),
    _Column("obsolete", lambda c: c.obsolete),
    _Column("MT", lambda c: c.mt),
    _Column("HT", lambda c: c.ht),
    _Column("neither", lambda c: c.unknown),
    _Column("words", lambda c: c.words),
    _Column("target\nwords", lambda c: c.target_words),
)
_LEFT_OUT_FIRST = (
    *("target\nwords", "units", "articles", "neither", "obsolete", "HT", "MT", "untranslated"),
    *("needs\nreview", "words", "reviewed", "messages", _PERCENT_OF_WORDS),
)
"""In which order columns go where the terminal is narrow."""
_ROOM = 10_000
"""Cells that any table has room in."""


@click.command("status", short_help="How far the review is.")
@click.argument("catalogues", nargs=-1, type=EXISTING, metavar="[PO...]")
@click.option(
    "--fail-under",
    type=click.IntRange(0, 100),
    default=0,
    metavar="PERCENT",
    help="Exit with 1 if less of a locale's messages is reviewed.",
)
@click.option(
    "--badge",
    type=click.Path(dir_okay=False, readable=False, path_type=Path),
    metavar="FILE.svg",
    help="Write a picture of the percentage of all files together.",
)
@json_option
def status_command(catalogues: tuple[Path, ...], fail_under: int, badge: Path | None, as_json: bool) -> None:
    """Show how far the review of PO files, or folders of them, is; without any, of locales/.

    Percentages are of reviewed messages, and of the words in their sources; they are
    rounded down, so 100 % says that all are reviewed. Obsolete messages are not counted
    in. Words are Unicode's (UAX #29); for scripts without spaces they are so many
    characters as GMX-V says.

    \b
    Examples:
      l10n status
      l10n status locales/nb_NO.po --json | jq .total.percent
      l10n status --fail-under 95 --badge reviewed.svg
    """
    if badge is not None and badge.suffix.lower() != ".svg":
        raise click.BadParameter("the name of the picture ends in .svg", param_hint="--badge")
    with running("Reading PO files") as progress:
        result = status(catalogues, fail_under=fail_under, badge=badge, progress=progress)
    if as_json:
        click.echo(json.dumps({"command": "status"} | result.as_json(), indent=2))
        sys.exit(result.exit_code)
    print_problems(result.problems)
    if result.locales:
        _print_table(result)
    for path in result.written:
        click.echo(f"written: {path}")
    sys.exit(result.exit_code)


def _print_table(result: Status) -> None:
    """The table; in a pipe all of it, in a narrow terminal without the columns that have no room."""
    from rich.console import Console

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_ROOM)
    left_out: set[str] = set() if result.total.unknown else {"neither"}
    table = _table(result, console, left_out)
    for header in _LEFT_OUT_FIRST:
        if console.measure(table, options=console.options.update_width(_ROOM)).maximum <= console.width:
            break
        left_out.add(header)
        table = _table(result, console, left_out)
    console.print(table)
    blocks = zip(_blocks(console), ("reviewed", "needs review", "untranslated"), strict=True)
    console.print("  ".join(f"{block} {name}" for block, name in blocks), style="dim")
    if left_out - {"neither"}:
        console.print("Narrow terminal: --json has all columns.", style="dim")


def _table(result: Status, console: Console, left_out: set[str]) -> Table:
    from rich.table import Table
    from rich.text import Text

    columns = [column for column in _COLUMNS if column.header not in left_out]
    table = Table(box=None, pad_edge=False, header_style="cyan")
    table.add_column("locale", overflow="fold", max_width=max(12, console.width // 3))
    bar = _BAR if console.width >= 100 else _SHORT_BAR
    for column in columns:
        table.add_column(column.header, justify="right", no_wrap=True, vertical="bottom")
    table.add_column("", no_wrap=True, vertical="bottom")
    table.add_column("%", justify="right", no_wrap=True, vertical="bottom")
    if _PERCENT_OF_WORDS not in left_out:
        table.add_column(_PERCENT_OF_WORDS, justify="right", no_wrap=True, vertical="bottom")
    unknown = "–" if _is_unicode(console) else "-"
    for name, counts, style in _rows(result):
        values = [column.value(counts) for column in columns]
        table.add_row(
            Text(name),
            *(unknown if value is None else f"{value:,}" for value in values),
            _bar(counts, bar, console),
            *(f"{counts.percent}", f"{counts.percent_words}")[: 1 + (_PERCENT_OF_WORDS not in left_out)],
            style=style,
        )
    return table


def _rows(result: Status) -> Iterator[tuple[str, Counts, str]]:
    for locale in result.locales:
        yield locale.locale, locale.counts, ""
        if len(locale.files) > 1:
            for file in locale.files:
                yield "  " + file.path.removeprefix(f"{locale.folder}/"), file.counts, "dim"
    if len(result.locales) > 1:
        yield "total", result.total, "bold"


def _bar(counts: Counts, length: int, console: Console) -> Text:
    """Reviewed, needs review, untranslated, each by its letter and colour.

    It is full only if all are reviewed, and shows it if one is untranslated.
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
