"""`l10n merge-driver`: what git calls to merge PO files."""

from __future__ import annotations

import gc
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
    """Merge what OURS and THEIRS made of BASE into OURS, message by message.

    git calls this; PATH is the name of the file in messages. Where both sides translated a
    message, each in its own way, it becomes fuzzy with both texts, and git lists the file
    as conflicted.

    \b
    Set-up:
      git config merge.po.driver "l10n merge-driver %O %A %B %P"
      echo "*.po merge=po" >> .gitattributes

    Exit code: 0 merged, 1 with conflicts; if a file is not a PO file, that of git merge-file.
    """
    gc.disable()  # as in the other commands: the process is short
    try:
        problems, exit_code = merge_driver(base, ours, theirs, printable(path or ours.as_posix()))
    except L10nError as error:
        problems, exit_code = [error.problem], 1
    print_problems(problems)
    sys.exit(exit_code)
