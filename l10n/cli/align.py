"""`l10n align`: write plain articles as annotated ones, with the help of their English files."""

from __future__ import annotations

from pathlib import Path

import click

from l10n.cli.console import (
    conclude,
    locale_option,
    output_options,
    running,
    workers_options,
)
from l10n.commands.align import align
from l10n.jobs.run import Workers

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("align")
@click.argument("english", type=_FOLDER)
@click.argument("localized", type=_FOLDER)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, readable=False, path_type=Path),
    required=True,
    metavar="DIR",
    help="Folder of the annotated articles.",
)
@locale_option
@workers_options
@output_options
def align_command(
    english: Path, localized: Path, output: Path, locale: str | None, workers: Workers, as_json: bool
) -> None:
    """Align the plain articles in LOCALIZED with the articles of the same paths in ENGLISH.

    Each one is written to DIR in the publisher's annotated form, in which every sentence has
    both languages. Its localized form is the plain article, byte for byte. Sentences whose
    counterpart is uncertain get no annotation. With --locale, articles of other locales are
    left out.

    \b
    Examples:
      l10n align docs/en docs/nb -o annotated/
      l10n align docs/en docs/nb -o annotated/ --json | jq '.unmatched'
      l10n extract annotated/ --locale nb
    """
    with running("Aligning articles") as progress:
        report = align(english, localized, output, locale=locale, workers=workers, progress=progress)
    rows = {
        "articles": report.articles,
        "  English proved": report.proved,
        "units": report.units,
        "  uncertain, left out": report.uncertain,
        "without counterpart": len(report.unmatched),
    }
    conclude("align", report, rows, as_json)
