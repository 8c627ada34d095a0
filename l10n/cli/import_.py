"""`l10n import`: take XLIFF files that came back into the PO files."""

from __future__ import annotations

from pathlib import Path

import click

from l10n.cli.console import EXISTING, conclude, output_options, running
from l10n.commands.import_ import import_


@click.command("import")
@click.argument("inputs", nargs=-1, required=True, type=EXISTING, metavar="FILE...")
@click.option(
    "--into",
    type=EXISTING,
    default="locales",
    show_default=True,
    metavar="PO",
    help="Folder of the PO files, or one of them.",
)
@output_options
def import_command(inputs: tuple[Path, ...], into: Path, as_json: bool) -> None:
    """Take translations, states and comments from XLIFF files (1.2 and 2) into the PO files.

    The files are those that l10n export wrote, as an agency or a tool gave them back. A
    message that was changed in the PO file meanwhile stays, and is reported. Messages
    without a change stay as they are, byte for byte.

    \b
    Examples:
      l10n import from-agency.xlf --into locales/
      l10n import from-agency.xlf --json | jq '.problems[] | .message'
    """
    with running("Importing") as progress:
        report = import_(inputs, into, progress=progress)
    rows = {
        "files": report.files,
        "units": report.units,
        "new translations": report.translations,
        "new comments": report.comments,
    }
    conclude("import", report, rows, as_json)
