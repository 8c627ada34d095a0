"""`l10n terms`: propose a glossary from the names in the articles."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from l10n.cli.console import (
    EXISTING,
    is_quiet,
    locale_option,
    output_options,
    print_json,
    print_problems,
    running,
    table_console,
)
from l10n.commands.terms import Proposal, terms
from l10n.glossary.candidates import MINIMUM

_SHOWN = 40


@click.command("terms")
@click.argument("inputs", nargs=-1, required=True, type=EXISTING, metavar="ARTICLES|PO...")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, readable=False, path_type=Path),
    metavar="FILE",
    help="Write all names as a glossary, FILE.csv or FILE.tbx; an existing file is never overwritten.",
)
@locale_option
@click.option(
    "--minimum",
    type=click.IntRange(min=1),
    default=MINIMUM,
    show_default=True,
    metavar="N",
    help="How often a name must occur to be proposed.",
)
@output_options
def terms_command(
    inputs: tuple[Path, ...], output: Path | None, locale: str | None, minimum: int, as_json: bool
) -> None:
    """Propose a glossary of the names in ARTICLES or PO files, or folders of them.

    For each name, the table shows how often it occurs, how many targets keep it
    unchanged, and the words that the other targets use instead. A name that four
    targets in five keep is proposed as not to be translated. Read the file before
    you use it.

    \b
    Examples:
      l10n terms articles/
      l10n terms locales/nb_NO.po -o glossary.csv
      l10n terms locales/nb_NO.po -o glossary.tbx
      l10n terms articles/ --json | jq '.candidates[] | select(.kept < .count) | .name'
    """
    with running("Reading") as progress:
        proposal = terms(inputs, output, locale=locale, minimum=minimum, progress=progress)
    if as_json:
        print_json("terms", proposal.as_json())
    else:
        print_problems(proposal.problems)
        if not is_quiet():
            _print_table(proposal)
    sys.exit(proposal.exit_code)


def _print_table(proposal: Proposal) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in ("name", "locale"):
        table.add_column(name, style="cyan")
    for name in ("times", "kept"):
        table.add_column(name, justify="right")
    table.add_column("else")
    for candidate in proposal.candidates[:_SHOWN]:
        others = ", ".join(f"{other.word} {other.times}" for other in candidate.others)
        counts = (f"{candidate.count:,}", f"{candidate.kept:,}")
        style = None if candidate.is_name else "dim"
        # Text, since names come from articles and may look like rich's markup.
        table.add_row(*map(Text, (candidate.name, candidate.locale, *counts, others)), style=style)
    console = table_console()
    if proposal.candidates:
        console.print(table)
    more = len(proposal.candidates) - _SHOWN
    if more > 0 and not proposal.written:
        console.print(f"… and {more:,} more; -o FILE.csv writes them all")
    for path in proposal.written:
        console.print(Text(f"{len(proposal.candidates):,} names written to {path}"))
    if not proposal.candidates:
        console.print("no names found")
