"""`l10n extract`: articles to PO files."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import cast

import click

from l10n.catalogue.deciding import Outcome
from l10n.catalogue.header import AddLocation
from l10n.cli.configured import configured_checks, english_of
from l10n.cli.console import (
    EXISTING,
    Row,
    check_english,
    english_option,
    finish,
    json_option,
    locale_option,
    running,
    workers_of,
    workers_options,
)
from l10n.commands.extract import Order, extract
from l10n.files import Root
from l10n.problems import L10nError
from l10n.report import Report
from l10n.splitting import Split
from l10n.writing import FileKind


@click.command("extract")
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
@locale_option
@click.option(
    "--split",
    type=click.Choice(["none", "folder", "article"]),
    default="none",
    show_default=True,
    help="One PO file for each locale (none), folder or article.",
)
@click.option(
    "--no-fuzzy",
    is_flag=True,
    help="Do not begin a message of an edited source with the translation of what it was.",
)
@click.option(
    "--add-location",
    type=click.Choice(["full", "file", "never"]),
    help="What a message tells of its places: path and line, path, nothing. The PO file remembers it."
    "  [default: full]",
)
@click.option(
    "--prune",
    is_flag=True,
    help="Take articles that are gone out of the PO files, also those that are not below ARTICLES.",
)
@click.option(
    "--check",
    is_flag=True,
    help="Write what the checks find into the notes of the messages; without it, such notes are taken out.",
)
@click.option(
    "--order",
    type=click.Choice(["reading", "risk"]),
    default="reading",
    show_default=True,
    help="Messages as they are read, or those with errors first, then those with warnings.",
)
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="List the reviewed translations kept against a new machine translation, as JSON.",
)
@english_option
@workers_options
@json_option
def extract_command(
    articles: tuple[Path, ...],
    output: Path,
    locale: str | None,
    split: str,
    no_fuzzy: bool,
    add_location: str | None,
    prune: bool,
    check: bool,
    order: str,
    report_file: Path | None,
    english: Path | None,
    jobs: int | None,
    scheduler: str | None,
    shared_storage: bool,
    as_json: bool,
) -> None:
    """Extract the source/target pairs of ARTICLES (files or folders) to PO files.

    There is one PO file for each locale. One that exists is updated: where the source
    is the same, reviewed translations, flags and comments stay, whatever the machine
    makes of it now. An edited source begins with the reviewed translation of what it
    was, to be reviewed again. What is gone becomes obsolete.

    \b
    Examples:
      l10n extract articles/
      l10n extract articles/ --split folder
      l10n extract articles/README.md --locale nb-NO
      l10n extract articles/ --english ../docs.git
      l10n extract articles/ --check --order risk
      l10n extract articles/ --json | jq '.problems[] | .code'
    """
    check_english(english)
    english, problems = english_of(english)
    workers = workers_of(jobs, scheduler, shared_storage, english)
    checks, more = configured_checks() if check or order == "risk" else (None, [])
    with running("Reading articles") as progress:
        report = extract(
            articles,
            output,
            locale=locale,
            split=cast(Split, split),
            english=english,
            fuzzy=not no_fuzzy,
            add_location=cast(AddLocation | None, add_location),
            prune=prune,
            check=check,
            order=cast(Order, order),
            checks=checks,
            workers=workers,
            progress=progress,
        )
    report.problems = sorted({*report.problems, *problems, *more})
    if report_file is not None:
        _write_list(report, report_file)
    rows: dict[str, Row] = {
        "articles": report.articles,
        "units": report.units,
        "messages": report.messages,
        "  reviewed": report.reviewed,
        "  to review": report.messages - report.reviewed,
    }
    rows |= {
        name: (tally.messages, tally.words)
        for outcome, name in _OUTCOMES.items()
        if (tally := report.changes.get(outcome)) and (tally.messages or outcome in _ALWAYS)
    }
    if report.moved:
        rows["articles moved"] = sum(move.articles for move in report.moved)
    if report.ignored:
        rows["not annotated"] = report.ignored
    rows["files written"] = len(report.written)
    finish("extract", report, rows, as_json)


_OUTCOMES = {
    Outcome.KEPT: "kept",
    Outcome.KEPT_AGAINST: "kept against a new machine translation",
    Outcome.CARRIED: "carried over, to review",
    Outcome.REVIVED: "revived",
    Outcome.NEW: "new",
    Outcome.OBSOLETE: "obsolete now",
    Outcome.REMOVED: "gone, nobody's work",
}
_ALWAYS = (Outcome.NEW,)
_REPORT = FileKind("a report of l10n extract", re.compile(rb'\s*\{\s*"kept_against_new_mt"\s*:').match)
"""What a report may be written over."""


def _write_list(report: Report, file: Path) -> None:
    """Write what was kept against a new machine translation to the file that the user named."""
    found = [asdict(item) for item in report.retranslated]
    text = json.dumps({"kept_against_new_mt": found}, indent=2, ensure_ascii=False) + "\n"
    try:
        Root.at(file.parent).write(file.name, text.encode("utf-8", "surrogatepass"), _REPORT)
    except L10nError as error:
        report.problems.append(error.problem)
