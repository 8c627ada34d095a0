"""`l10n extract`: articles to PO files."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from l10n.cli.console import EXISTING, check_english, english_option, finish, json_option, running
from l10n.extract import Split, extract
from l10n.locales import gettext_name


@click.command("extract", short_help="Articles to PO files.")
@click.argument("articles", nargs=-1, required=True, type=EXISTING)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, readable=False, path_type=Path),
    default=Path("locales"),
    show_default=True,
    metavar="DIR",
    help="Folder of the PO files.",
)
@click.option(
    "--locale", metavar="TAG", help="Locale of articles that do not tell theirs, such as nb-NO or nb_NO."
)
@click.option(
    "--split",
    type=click.Choice(["none", "folder", "article"]),
    default="none",
    show_default=True,
    help="One PO file for each locale (none), folder or article.",
)
@english_option
@json_option
def extract_command(
    articles: tuple[Path, ...],
    output: Path,
    locale: str | None,
    split: str,
    english: Path | None,
    as_json: bool,
) -> None:
    """Extract the source/target pairs of ARTICLES (files or folders) to PO files.

    There is one PO file for each locale. One that exists is updated: reviewed
    translations, flags and comments stay; what is gone becomes obsolete.

    \b
    Examples:
      l10n extract articles/
      l10n extract articles/ --split folder
      l10n extract articles/README.md --locale nb-NO
      l10n extract articles/ --english ../docs.git
      l10n extract articles/ --json | jq '.problems[] | .code'
    """
    if locale is not None:
        try:
            gettext_name(locale)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--locale") from error
    check_english(english)
    with running("Reading articles") as progress:
        report = extract(
            articles, output, locale=locale, split=cast(Split, split), english=english, progress=progress
        )
    rows = {
        "articles": report.articles,
        "units": report.units,
        "messages": report.messages,
        "  reviewed": report.reviewed,
        "  to review": report.messages - report.reviewed,
        "  new": report.added,
    }
    if report.obsolete:
        rows |= {"obsolete": report.obsolete, "  newly so": report.retired}
    if report.ignored:
        rows["not annotated"] = report.ignored
    rows["files written"] = len(report.written)
    finish("extract", report, rows, as_json)
