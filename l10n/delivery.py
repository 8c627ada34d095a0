"""A delivery: the articles that an extract read, by locale.

Law 3, nothing is silent: an article that was not read, or a folder that cannot be listed, is a problem.
Law 2: neither counts as gone (`coverage`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from l10n import po
from l10n.cache import Cache
from l10n.coverage import Coverage
from l10n.english.lookups import Lookups
from l10n.excluded import Excluded
from l10n.files import Root
from l10n.inputs import entries_of, find_inputs
from l10n.jobs.read_article import Reader, Reading, bad_name
from l10n.jobs.remembered import remembered
from l10n.jobs.run import Progress, Workers
from l10n.report import ExtractReport, no_counterparts


@dataclass(slots=True)
class Delivery:
    """The articles that were read."""

    root: Root
    """The folder from which their references start."""
    scope: list[str]
    """The folders and articles that the user named."""
    coverage: Coverage
    by_locale: dict[str, list[Reading]] = field(default_factory=dict)
    """By gettext's name, in the order of their references."""
    digests: dict[str, bytes] = field(default_factory=dict)
    """That of each article's content, by its reference."""


def read_delivery(
    inputs: Sequence[Path],
    reader: Reader,
    workers: Workers,
    progress: Progress,
    report: ExtractReport,
    cache: Cache | None = None,
    exclude: Excluded | None = None,
) -> Delivery:
    """Read the articles in `inputs` that `cache` does not know; counts and problems go to `report`.

    What `exclude` holds in folders counts as gone. Raises L10nError (`no-cluster`) if the workers cannot be
    used.
    """
    root = reader.root
    entries = entries_of(inputs, root)
    reader = replace(reader, scope=tuple(entries))
    report.problems += [bad_name(root.label(entry)) for entry in entries if not po.can_refer_to(entry)]
    good = {path: entry for path, entry in zip(inputs, entries, strict=True) if po.can_refer_to(entry)}
    delivery = Delivery(root, list(good.values()), Coverage(list(good.values())))
    found = find_inputs(list(good), root=root, with_po_files=False, exclude=exclude)
    report.problems += found.problems
    report.excluded = found.excluded
    for folder in found.unlisted:
        delivery.coverage.add_unlisted(folder)
    failed = set(found.files)
    lookups: list[Lookups] = []
    for reference, made in remembered(reader, found.files, workers, progress, report.problems, cache):
        reading = Reading.from_bytes(made.result)
        failed.discard(reference)
        lookups += [reading.lookups] if reading.lookups else []
        delivery.digests[reference] = made.digest
        _add(reading, delivery, report)
    for reference in failed:
        delivery.coverage.add(reference, is_read=False)
    if reader.english:
        report.count_english(lookups)
    return delivery


def _add(reading: Reading, delivery: Delivery, report: ExtractReport) -> None:
    report.problems += reading.problems
    delivery.coverage.add(reading.reference, is_read=reading.is_read)
    if reading.locale is None:
        report.ignored += reading.is_read
        return
    report.unmatched += no_counterparts(delivery.root.label(reading.reference), reading.unmatched)
    if reading.is_plain and not reading.units:
        report.plain += 1
    report.articles += 1
    report.units += reading.units
    report.unsourced += reading.unsourced
    delivery.by_locale.setdefault(reading.locale, []).append(reading)
