"""`l10n export`: write the messages of PO files in formats of other tools."""

from __future__ import annotations

from pathlib import Path

import click

from l10n.cli.console import EXISTING, conclude, jobs_option, output_options, running
from l10n.commands.export import export
from l10n.exchange.formats import FORMAT_NAMES
from l10n.jobs.run import Workers


@click.command("export")
@click.argument("inputs", nargs=-1, required=True, type=EXISTING, metavar="PO...")
@click.option("--to", required=True, type=click.Choice(FORMAT_NAMES), help="Format to write.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, readable=False, path_type=Path),
    metavar="FILE",
    help="File to write, for one locale; for moses, the beginning of both names.  [default: in export/]",
)
@click.option(
    "--only",
    type=click.Choice(["reviewed", "all"]),
    default="all",
    show_default=True,
    help="Messages to export.",
)
@click.option("--dedupe", is_flag=True, help="Leave out pairs that occurred before; not for XLIFF.")
@click.option("--plain-text", is_flag=True, help="XLIFF without placeholders for Markdown.")
@jobs_option
@output_options
def export_command(
    inputs: tuple[Path, ...],
    to: str,
    output: Path | None,
    only: str,
    dedupe: bool,
    plain_text: bool,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Write the messages of PO files, or folders of them, for other tools.

    xliff (1.2) and xliff2 (2.0) are for agencies; l10n import takes them back. tmx is a
    translation memory. tsv, jsonl, moses and parquet are parallel corpora. Each locale is
    a file of its own. An XLIFF file that is there already is never overwritten.

    \b
    Examples:
      l10n export locales/nb_NO.po --to xliff -o to-agency.xlf
      l10n export locales/ --to tmx --only reviewed
      l10n export locales/nb_NO.po --to moses --dedupe -o corpus/contoso
    """
    try:
        with running("Exporting") as progress:
            report = export(
                inputs,
                to,
                output,
                reviewed_only=only == "reviewed",
                dedupe=dedupe,
                plain_text=plain_text,
                workers=Workers(jobs),
                progress=progress,
            )
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    rows = {
        "PO files": report.catalogues,
        "messages exported": report.messages,
    }
    conclude("export", report, rows, as_json)
