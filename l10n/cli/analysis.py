"""The analysis of `l10n status`, as a table, JSON or CSV."""

from __future__ import annotations

import csv
import io

from l10n.cli.console import print_json, print_problems, table_console
from l10n.cli.streams import hand_over
from l10n.commands.analysis import ROWS, Analysis
from l10n.report import Tally


def print_analysis(result: Analysis, *, as_json: bool, as_csv: bool) -> None:
    """Print the analysis, and its problems on stderr unless the JSON holds them."""
    if as_json:
        print_json("status", result.as_json())
        return
    print_problems(result.problems)
    if as_csv:
        hand_over(_csv(result))
    elif result.locales:
        _print_table(result)


def _csv(result: Analysis) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("locale", "match", "messages", "words"))
    for locale in result.locales:
        for name in ROWS:
            tally = locale.matches[name]
            writer.writerow((locale.locale, name, tally.messages, tally.words))
    return text.getvalue().removesuffix("\n")


def _print_table(result: Analysis) -> None:
    """Print a row for each match of each locale, with its share of the words."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="cyan")
    for name in ("locale", "match"):
        table.add_column(name)
    for name in ("messages", "words", "%"):
        table.add_column(name, justify="right")

    def add(locale: str, name: str, tally: Tally, all_words: int, style: str | None = None) -> None:
        share = f"{100 * tally.words // all_words}" if all_words else ""
        table.add_row(Text(locale), name, f"{tally.messages:,}", f"{tally.words:,}", share, style=style)

    for locale in result.locales:
        total = locale.total
        for name in ROWS:
            add(locale.locale if name == ROWS[0] else "", name, locale.matches[name], total.words)
        add("", "total", total, total.words, "bold")
    table_console().print(table)
