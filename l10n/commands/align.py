"""Plain articles and their English files → annotated articles, which all other commands read.

Law 2: only an annotated article is ever overwritten, never a plain one. Law 3: an article without an English
file, and a sentence without a counterpart, are reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from l10n.files import Root
from l10n.inputs import find_inputs
from l10n.jobs.align_article import Aligned, Aligner
from l10n.jobs.run import ONE_PROCESS, Progress, Workers, no_progress, results
from l10n.locales import gettext_name
from l10n.problems import Problem, WithProblems, isolated
from l10n.report import NoCounterpart, no_counterparts
from l10n.writing import FileKind

_ANNOTATED = FileKind("an annotated article", lambda data: b"data-ttu-id" in data)


@dataclass(slots=True)
class AlignReport(WithProblems):
    """The result of an `align`."""

    articles: int = 0
    """Plain articles aligned with an English file."""
    proved: int = 0
    """Those of them whose English file has the hash that they give."""
    units: int = 0
    """Units that are annotated."""
    uncertain: int = 0
    """Units that are not, since their source is uncertain."""
    unmatched: list[NoCounterpart] = field(default_factory=list)
    """The sentences that have no counterpart in the other language, in order."""
    written: list[str] = field(default_factory=list)
    """Annotated articles written, as the user would name them."""
    problems: list[Problem] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the report in JSON's types."""
        return asdict(self)


def align(
    english: Path,
    localized: Path,
    output: Path,
    *,
    locale: str | None = None,
    workers: Workers = ONE_PROCESS,
    progress: Progress = no_progress,
) -> AlignReport:
    """Write the annotated form of the plain articles in the folder `localized` to `output`.

    Their English files have the same paths in the folder `english`. With `locale`, articles of other locales
    are left out; raises ValueError if there is no such locale. Units whose source is uncertain get no
    annotation.
    """
    wanted = gettext_name(locale) if locale else None
    report = AlignReport()
    aligner = Aligner(Root.at(localized), Root.at(english), wanted)
    found = find_inputs([localized], root=aligner.localized, with_po_files=False)
    report.problems += found.problems
    label = aligner.localized.label
    for batch in results(aligner, found.files, workers, progress, label, report.problems):
        _take(batch, aligner.localized, Root.at(output), report)
    report.problems.sort()
    return report


def _take(batch: Sequence[Aligned], localized: Root, output: Root, report: AlignReport) -> None:
    """Count articles, and write those that are annotated."""
    for one in batch:
        report.problems += one.problems
        report.articles += one.is_aligned
        report.proved += one.is_proved
        report.units += one.units
        report.uncertain += one.uncertain
        report.unmatched += no_counterparts(localized.label(one.reference), one.unmatched)
        if one.data is not None:
            with isolated(output.label(one.reference), report.problems):
                if output.write(one.reference, one.data, _ANNOTATED):
                    report.written.append(output.label(one.reference))
