"""Articles → PO files: one for each locale found, and always an update of what is there.

Law 2: a message keeps its translation, flags and comments; what is gone and was worked
on becomes obsolete. A PO that cannot be read is reported and left alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache as remember
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from l10n.cache import Cache, CacheFolder, opened
from l10n.catalogue import Message
from l10n.catalogue.header import AddLocation
from l10n.delivery import Delivery, read_delivery
from l10n.english.opening import english_at
from l10n.excluded import Excluded
from l10n.files import Root, common_root
from l10n.jobs.read_article import Reader, Reading
from l10n.jobs.run import ONE_PROCESS, Progress, Workers, no_progress
from l10n.locales import gettext_name
from l10n.po_update import Arrange, Group, Options, Order, Updater
from l10n.problems import L10nError, Problem, isolated
from l10n.report import ExtractReport
from l10n.resplit import OldSplit, read_old_split
from l10n.splitting import Split, Splitting
from l10n.unchanged import Unchanged
from l10n.update_job import PoTask, update_files

if TYPE_CHECKING:
    from l10n.checks import Check
    from l10n.checks.message_checks import MessageChecks
    from l10n.risk import RiskModel

_NO_FOLDER = "the inputs have no folder in common but the whole disk; extract them one at a time"


def extract(
    inputs: Sequence[Path],
    output: Path = Path("locales"),
    *,
    locale: str | None = None,
    split: Split = "none",
    english: Path | None = None,
    english_unproved: bool = False,
    fuzzy: bool = True,
    add_location: AddLocation | None = None,
    prune: bool = False,
    check: bool | None = None,
    order: Order | None = None,
    checks: Callable[[], Sequence[Check]] | None = None,
    memory: Sequence[Path] = (),
    exclude: Excluded | None = None,
    base: Path | None = None,
    dry_run: bool = False,
    cache: CacheFolder | None = None,
    workers: Workers = ONE_PROCESS,
    progress: Progress = no_progress,
) -> ExtractReport:
    """Write or update the PO files of all articles in `inputs` (files and folders).

    `locale` (`nb-NO` or `nb_NO`) is for articles without a locale; raises ValueError if there is no such
    locale. `split` makes a PO file of each folder or article, or parts of about so many words (`Words`); if
    the PO files have another split, their messages are moved to new ones, and the old ones removed. `english`
    is a folder or a git repository (or a folder in one) of the English articles; raises ValueError if it is
    neither. Articles without annotation get their sources from there; with `english_unproved` also from a
    file of the same path in that folder whose hash does not prove it. With `fuzzy`, a message of an edited
    source begins with the translation of what it was. `add_location` says how much of its places a message
    tells (`#:`): path and line, the path alone, or nothing; by default what the PO file has, path and line in
    a new one. A folder of articles that was renamed as a whole is followed. With `prune`, other articles that
    are gone are removed from the PO files, as if they had been among the `inputs`. With `check`, the notes of
    a message list the errors and warnings of `checks`, by default CHECKS; without, they list none. The
    `order` risk puts messages with errors first, then those that a person will most likely change; see
    `risk`. New messages start from the translations in `memory` (PO, TMX and XLIFF files, and folders of
    them): from exact and, with `fuzzy`, from fuzzy matches; they need review. The articles in folders that
    `exclude` holds count as gone, and the PO file says so to `merge`. References start from the folder
    `base`, by default the current one, if the inputs are in it. With `dry_run` nothing is written; the report
    has what would be. What `cache` knows of unchanged articles and PO files is not read again. The articles
    are read by `workers`; raises L10nError (`no-cluster`) if they cannot be used, and then nothing is
    written. All other problems are in the report.
    """
    fallback = (gettext_name(locale), locale.replace("_", "-")) if locale else None
    report = ExtractReport(is_dry=dry_run)
    root = common_root(inputs, base)
    if root.path == root.path.parent:
        report.problems.append(Problem(root.path.as_posix(), 1, 1, "outside-folder", _NO_FOLDER))
        return report
    reader = Reader(root, fallback and fallback[0], english_at(english, takes_unproved=english_unproved))
    with opened(cache, "extract", partial(_key_of, reader, inputs)) as known:
        delivery = read_delivery(inputs, reader, workers, progress, report, known, exclude)
        target, arrange = Root.at(output, is_dry=dry_run), _arranged_by(checks, delivery)
        options = Options(fallback, fuzzy, add_location, check, order, exclude.patterns if exclude else ())
        updater = Updater(target, delivery, options, prune, arrange)
        splitting = Splitting(split, updater.output, delivery.root, delivery.scope)
        if memory:
            updater = _with_memory(updater, memory, splitting, report)
        _update_locales(splitting, _with_known(updater, known), workers, report)
    report.problems.sort()
    return report


def _key_of(reader: Reader, inputs: Sequence[Path]) -> tuple[object, ...] | None:
    """Return what the readings depend on, except the articles, for the key of a cache; None if unknown.

    Problems name their articles from the current folder.
    """
    english = reader.english.state() if reader.english else ()
    named = sorted(os.path.realpath(path) for path in inputs)
    if english is None:
        return None
    return str(reader.root.path), os.getcwd(), named, reader.fallback, english


def _with_known(updater: Updater, known: Cache | None) -> Updater:
    """Return the updater with the PO files that an earlier run left as this one would."""
    if known is None or not known.is_open or updater.filler or updater.prune:  # what is gone may be any file
        return updater
    return replace(updater, unchanged=Unchanged(known, updater.delivery, updater.options))


def _with_memory(
    updater: Updater, memory: Sequence[Path], splitting: Splitting, report: ExtractReport
) -> Updater:
    from l10n.memory_filler import filler_of  # it takes long to load

    return replace(updater, filler=filler_of(memory, updater, splitting, report))


def _update_locales(splitting: Splitting, updater: Updater, workers: Workers, report: ExtractReport) -> None:
    """Update all PO files, and remove those of another split."""
    known: list[str] = []
    with isolated(updater.output.label("."), report.problems):
        known = splitting.locales()
    groups: dict[PoTask, Group] = {}
    old_splits: dict[str, OldSplit] = {}
    for locale in sorted({*updater.delivery.by_locale, *known}):
        try:
            old = _add_groups(groups, locale, splitting, updater, report)
        except L10nError as error:
            report.problems.append(error.problem)
        else:
            old_splits |= {locale: old} if old else {}
    updated = update_files(updater, groups, workers, report)
    for locale, old in old_splits.items():
        if updated.issuperset(
            task for task, group in groups.items() if task.locale == locale and group.scope
        ):
            _remove(old, updater, report)


def _add_groups(
    groups: dict[PoTask, Group],
    locale: str,
    splitting: Splitting,
    updater: Updater,
    report: ExtractReport,
) -> OldSplit | None:
    """Add the PO files of a locale to `groups`; return those of another split. Raises L10nError."""
    readings = updater.delivery.by_locale.get(locale, [])
    existing, others = splitting.existing(locale)
    found = _groups(locale, readings, splitting, existing, report.problems)
    old = None
    if others and found:
        old = read_old_split(updater.delivery.root, updater.output, others, updater.delivery.coverage)
        given = old.given({file: group.units for file, group in found.items()})
        for file, group in found.items():
            group.handed_over, group.model = group.handed_over + given.get(file, []), old.model
    rest = [file for file in existing if file not in found]
    gone = rest if updater.prune else list(filter(splitting.mentions, rest))
    groups.update({PoTask(locale, file): found.get(file, Group()) for file in [*found, *gone]})
    return old


def _remove(old: OldSplit, updater: Updater, report: ExtractReport) -> None:
    """Remove the PO files of another split."""
    for name in old.files:
        with isolated(updater.output.label(name), report.problems):
            old.remove(name)
            report.removed.append(updater.output.label(name))


def _groups(
    locale: str,
    readings: Sequence[Reading],
    splitting: Splitting,
    existing: Sequence[str],
    problems: list[Problem],
) -> dict[str, Group]:
    """Return the part of a delivery for each PO file of a locale."""
    parts: dict[str, Group] = {}
    for reading in readings:
        part = splitting.part(reading.reference)
        group = parts.setdefault(part, Group())
        group.readings.append(reading)
        group.scope.update(splitting.scope(part))
        group.handoffs.add(reading.handoff)
    known = splitting.split_set(existing, problems) if parts else None
    units = {part: group.units if known else () for part, group in parts.items()}
    files = splitting.po_files(locale, units, known)
    groups: dict[str, Group] = {}
    for part, file in files.items():
        group = groups.setdefault(file, Group())
        group.readings += parts[part].readings
        group.split = splitting.field
        group.scope |= parts[part].scope
        group.handoffs |= parts[part].handoffs
    given = known.handed_over({file: group.units for file, group in groups.items()}) if known else {}
    for file, messages in given.items():
        groups[file].handed_over = messages
    return groups


def _arranged_by(checks: Callable[[], Sequence[Check]] | None, delivery: Delivery) -> Arrange:
    """Return what adds the findings of checks to messages, and sorts them by risk."""

    @remember
    def message_checks() -> MessageChecks:
        from l10n.checks.message_checks import MessageChecks  # it takes long to load

        return MessageChecks(checks() if checks else None)

    @remember
    def model_of_delivery(locale: str) -> RiskModel | None:
        from l10n.risk import learned

        units = [unit for reading in delivery.by_locale.get(locale, ()) for unit in reading.records()]
        return learned((unit.target for unit in units if unit.human), (unit.source for unit in units))

    def arrange(messages: list[Message], locale: str, notes: bool, by_risk: bool) -> list[Message]:
        for message in messages if notes else ():
            message.remarks += message_checks().notes_for(message, locale)
        if not by_risk:
            return messages
        from l10n.risk import model_of, risks

        # A part of a split locale may have too few reviewed messages of its own.
        model = model_of(messages) or model_of_delivery(locale)
        found = risks(messages, locale, message_checks(), model)
        order = sorted(range(len(messages)), key=lambda number: (messages[number].obsolete, -found[number]))
        return [messages[number] for number in order]

    return arrange
