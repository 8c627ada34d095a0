"""`l10n extract`: extract articles to PO files."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn, cast

import click

from l10n.cache import CacheFolder
from l10n.catalogue.deciding import Outcome
from l10n.catalogue.header import AddLocation
from l10n.cli.configured import configured_checks, english_for, project_settings, settings_key
from l10n.cli.console import (
    EXISTING,
    Row,
    cache_option,
    english_option,
    finish,
    locale_option,
    memory_option,
    output_options,
    running,
    unproved_option,
    workers_options,
)
from l10n.cli.excluding import exclude_option
from l10n.cli.files_from import files_from_option
from l10n.commands.extract import extract
from l10n.excluded import Excluded
from l10n.files import Root
from l10n.jobs.run import Workers
from l10n.po_update import Order
from l10n.problems import L10nError
from l10n.report import ExtractReport, MemoryCount
from l10n.settings import settings_folder
from l10n.splitting import Split, Words
from l10n.writing import FileKind


class _SplitType(click.ParamType):  # type: ignore[type-arg]
    """A kind of split, or `words:N`."""

    name = "split"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Split:
        """Return the split; raise a usage error for another text."""
        if value in ("none", "folder", "article") or isinstance(value, Words):
            return cast(Split, value)
        match = re.fullmatch("words:([0-9]{1,9})", value)
        if match is None or int(match[1]) == 0:
            self.fail(f"{value!r} is none of none, folder, article, words:20000", parameter, context)
        return Words(int(match[1]))


@click.command("extract")
@click.argument("articles", nargs=-1, type=EXISTING)
@files_from_option("articles", "ARTICLES")
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
    type=_SplitType(),
    default="none",
    show_default=True,
    metavar="none|folder|article|words:N",
    help="One PO file per locale (none), folder or article, or parts of about N words.",
)
@click.option(
    "--no-fuzzy",
    is_flag=True,
    help="For edited sources, start from the new machine translation instead of the old reviewed one.",
)
@click.option(
    "--add-location",
    type=click.Choice(["full", "file", "never"]),
    help="How much location to record: path and line, path, or nothing. The PO file remembers it."
    "  [default: full]",
)
@click.option(
    "--prune",
    is_flag=True,
    help="Remove deleted articles from the PO files, including those outside ARTICLES.",
)
@click.option(
    "--check/--no-check",
    default=None,
    help="Note errors and warnings of the checks in their messages. The PO file remembers it."
    "  [default: no-check]",
)
@click.option(
    "--order",
    type=click.Choice(["reading", "risk"]),
    help="Order of the articles, or errors first, then what a person will most likely change. The PO file"
    " remembers it.  [default: reading]",
)
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a JSON list of reviewed translations whose machine translation changed.",
)
@click.option(
    "--check-only",
    "dry_run",
    is_flag=True,
    help="Write nothing, and exit with 1 if a PO file would be written or removed.",
)
@memory_option
@exclude_option
@english_option
@unproved_option
@workers_options
@cache_option
@output_options
def extract_command(
    articles: tuple[Path, ...],
    output: Path,
    locale: str | None,
    split: Split,
    no_fuzzy: bool,
    add_location: AddLocation | None,
    prune: bool,
    check: bool | None,
    order: Order | None,
    report_file: Path | None,
    dry_run: bool,
    memory: tuple[Path, ...],
    exclude: Excluded | None,
    english: Path | None,
    english_unproved: bool,
    workers: Workers,
    cache: CacheFolder | None,
    as_json: bool,
) -> None:
    """Extract the source/target pairs of ARTICLES (files or folders) to PO files.

    There is one PO file per locale. An existing PO file is updated. If the source of a
    message is unchanged, its reviewed translation, flags and comments stay, even if the
    machine translation changed. If the source was edited, the message gets the reviewed
    translation of the old source and needs review. Messages whose source was removed
    become obsolete.

    \b
    Examples:
      l10n extract articles/
      l10n extract articles/ --split words:20000
      l10n extract articles/README.md --locale nb-NO
      git diff --name-only main -- articles/ | l10n extract --files-from -
      l10n extract articles/ --english ../docs.git
      l10n extract articles/ --check --order risk
      l10n extract articles/ --memory old.tmx --memory ../product-b/locales
      l10n extract articles/ --json | jq '.problems[] | .code'
    """
    with running("Reading articles") as progress:
        report = extract(
            *(articles, output),
            locale=locale,
            split=split,
            english=english_for(english, workers, unproved=english_unproved),
            english_unproved=english_unproved,
            fuzzy=not no_fuzzy,
            add_location=add_location,
            prune=prune,
            check=check,
            order=order,
            checks=configured_checks,
            memory=memory,
            exclude=exclude or project_settings().exclude,
            dry_run=dry_run,
            base=settings_folder(Path()),
            cache=cache and cache._replace(settings=settings_key),
            workers=workers,
            progress=progress,
        )
    _finish(report, report_file, as_json)


def _finish(report: ExtractReport, report_file: Path | None, as_json: bool) -> NoReturn:
    _write_list(report, report_file)
    finish("extract", report, _rows(report), as_json, _hints(report))


_OUTCOMES = {
    Outcome.KEPT: "kept",
    Outcome.KEPT_AGAINST: "kept against a new machine translation",
    Outcome.CARRIED: "carried over, to review",
    Outcome.REVIVED: "revived",
    Outcome.NEW: "new",
    Outcome.OBSOLETE: "obsolete now",
    Outcome.REMOVED: "removed, never reviewed",
}
"""The rows of the summary by outcome; all but NEW are left out if they have no messages."""
_PLAIN = "plain articles: {:,}; --english PATH makes them reviewable"
"""The advice for articles without annotation."""
_REPORT = FileKind("a report of l10n extract", re.compile(rb'\s*\{\s*"kept_against_new_mt"\s*:').match)
"""The kind of file that a report may overwrite."""


def _rows(report: ExtractReport) -> dict[str, Row]:
    rows: dict[str, Row] = {
        "articles": report.articles,
        "units": report.units,
        "messages": report.messages,
        "  reviewed": report.reviewed,
        "  to review": report.messages - report.reviewed,
    }
    for outcome, name in _OUTCOMES.items():
        tally = report.changes.get(outcome)
        if tally and (tally.messages or outcome is Outcome.NEW):
            rows[name] = (tally.messages, tally.words)
    if report.memory:
        rows |= _memory_rows(report.memory)
    if report.moved:
        rows["articles moved"] = sum(move.articles for move in report.moved)
    if report.unmatched:
        rows["without counterpart"] = len(report.unmatched)
    if report.plain and report.english:
        rows["plain, without English"] = report.plain
    if report.ignored:
        rows["not annotated"] = report.ignored
    if report.excluded:
        rows["excluded"] = report.excluded
    rows["files written"] = len(report.written)
    return rows | ({"files removed": len(report.removed)} if report.removed else {})


def _memory_rows(found: MemoryCount) -> dict[str, Row]:
    rows: dict[str, Row] = {
        f"memory, read in {found.seconds:.1f} s": found.pairs,
        "  exact matches": (found.exact.messages, found.exact.words),
        "  fuzzy matches": (found.fuzzy.messages, found.fuzzy.words),
        "  without a match": (found.without.messages, found.without.words),
    }
    return rows | ({"  with codes that are not in the file": found.left_out} if found.left_out else {})


def _hints(report: ExtractReport) -> list[str]:
    return [_PLAIN.format(report.plain)] if report.plain and not report.english else []


def _write_list(report: ExtractReport, file: Path | None) -> None:
    """Write the translations kept against a new machine translation to the file that the user named."""
    if file is None:
        return
    import json  # few runs write the list

    found = [asdict(item) for item in report.retranslated]
    text = json.dumps({"kept_against_new_mt": found}, indent=2, ensure_ascii=False) + "\n"
    try:
        Root.at(file.parent).write(file.name, text.encode("utf-8", "surrogatepass"), _REPORT)
    except L10nError as error:
        report.problems.append(error.problem)
