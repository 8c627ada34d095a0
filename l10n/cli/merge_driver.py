"""`l10n merge-driver`: merge PO files for git."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from l10n.cli.console import EXISTING, print_problems
from l10n.commands.merge_driver import merge_driver
from l10n.printable import printable
from l10n.problems import L10nError


@click.command("merge-driver")
@click.argument("base", type=EXISTING)
@click.argument("ours", type=EXISTING)
@click.argument("theirs", type=EXISTING)
@click.argument("path", required=False)
def merge_driver_command(base: Path, ours: Path, theirs: Path, path: str | None) -> None:
    """Merge the changes from BASE to THEIRS into OURS, message by message.

    git calls this command; PATH is the file's name in problem reports. If both sides
    translated a message differently, the message becomes fuzzy and holds both texts, and
    git lists the file as conflicted.

    \b
    Setup:
      git config merge.po.driver "l10n merge-driver %O %A %B %P"
      echo "*.po merge=po" >> .gitattributes

    Exit codes: 0 merged, 1 merged with conflicts; if a file is not a PO file, that of git merge-file.
    """
    try:
        problems, exit_code = merge_driver(base, ours, theirs, printable(path or ours.as_posix()))
    except L10nError as error:
        problems, exit_code = [error.problem], 1
    print_problems(problems)
    sys.exit(exit_code)
