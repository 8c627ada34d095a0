"""PO files → articles: every article of the locale rebuilt, with the reviewed targets.

`locating` says which articles a PO file is for, `rebuild_article` does the work; here is what comes of it.

Law 5: a PO is untrusted. Nothing outside the articles' folder is read, nothing outside the
output folder written, and no file is made by two.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from l10n.article import Form
from l10n.english import English, Lookups
from l10n.files import Root, identities
from l10n.inputs import find_po_files
from l10n.jobs.rebuild_article import Rebuilder, Rebuilt, Task
from l10n.jobs.run import ONE_PROCESS, Progress, Workers, no_progress, results
from l10n.leftover import find_left_over, report_or_remove
from l10n.locating import work_of
from l10n.printable import printable
from l10n.problems import Problem, isolated
from l10n.report import MergeReport

if TYPE_CHECKING:
    from l10n.checks import Check


def merge(
    inputs: Sequence[Path],
    *,
    articles: Path | None = None,
    form: Form = "localized",
    output: Path = Path("build"),
    in_place: bool = False,
    include_fuzzy: bool = False,
    english: Path | None = None,
    strict: bool = False,
    checks: Sequence[Check] | None = None,
    prune: bool = False,
    workers: Workers = ONE_PROCESS,
    progress: Progress = no_progress,
) -> MergeReport:
    """Rebuild the articles of the PO files in `inputs` (files and folders).

    They are found through each PO's header and references, or in the folder `articles`,
    and written in `form` to `output/<content locale>/<reference>`; with `in_place` the
    annotated form goes back to where the articles are. `english` is as for `extract`.
    With `strict`, translations with an error of `checks`, by default CHECKS, are refused too.
    What an earlier merge made in `output` of articles that are gone is reported, with `prune` removed.
    The articles are rebuilt by `workers`; raises L10nError (`no-cluster`) if they cannot be
    used. All other problems are in the report.
    """
    report = MergeReport()
    target = None if in_place else Root.at(output)
    works = []
    for path in find_po_files(inputs, report.problems):
        with isolated(printable(path.as_posix()), report.problems):
            works.append(work_of(path, articles, target, report))
    originals = frozenset(
        key
        for work in (works if target else ())
        for reference in work.articles
        for key in identities(os.path.join(work.root.path, reference))
    )
    message_checks = None
    if strict:
        # The checks take long to load, and few runs want them.
        from l10n.checks.message_checks import MessageChecks

        message_checks = MessageChecks(checks)
    rebuilder = Rebuilder(
        works,
        "annotated" if in_place else form,
        target,
        originals,
        include_fuzzy,
        message_checks,
        English(english) if english else None,
        writes=workers.scheduler is None,
    )
    made = _Merge(report, rebuilder).rebuild(workers, progress)
    if target:
        report_or_remove(target, find_left_over(works, target, made, report), report, prune=prune)
    report.problems = sorted(set(report.problems))
    return report


class _Merge:
    """One run of merge: takes in what became of the articles."""

    def __init__(self, report: MergeReport, rebuilder: Rebuilder) -> None:
        self._report = report
        self._rebuilder = rebuilder
        self._claimed: dict[str, str] = {}
        self._at_home: set[str] = set()
        self._used: set[int] = set()
        self._made: set[str] = set()
        self._strange: dict[int, list[Rebuilt]] = {}
        self._homeless: dict[str, Problem] = {}

    def rebuild(self, workers: Workers, progress: Progress) -> Container[str]:
        """Rebuild the articles of all PO files; returns the names of the files made."""
        tasks = [
            Task(number, reference)
            for number, work in enumerate(self._rebuilder.works)
            for reference in sorted(work.articles)
        ]
        lookups: list[Lookups] = []
        alone, contested = self._contested(tasks)
        problems = self._report.problems
        jobs = results(self._rebuilder, alone, workers, progress, self._label, problems)
        # Of several PO files that make one file the first has it; that is settled before it is written.
        settling = replace(self._rebuilder, writes=False)
        settled = results(settling, contested, ONE_PROCESS, progress, self._label, problems)
        for rebuilt, found in chain(jobs, settled):
            lookups += [found] if found else []
            for one in rebuilt:
                self._take(one)
        if self._rebuilder.english:
            self._report.count_english(lookups)
        for number, strange in self._strange.items():
            self._report.problems += self._other_locales(number, strange)
        # The articles without a locale that no PO file was for.
        self._report.problems += [
            problem for path, problem in self._homeless.items() if path not in self._at_home
        ]
        return self._made

    def _contested(self, tasks: Sequence[Task]) -> tuple[list[Task], list[Task]]:
        """The tasks whose file no other one may make, and the rest."""
        makers = Counter(map(self._made_by, tasks))
        alone: list[Task] = []
        contested: list[Task] = []
        for task in tasks:
            (alone if makers[self._made_by(task)] == 1 else contested).append(task)
        return alone, contested

    def _made_by(self, task: Task) -> tuple[str, str]:
        """Return a key for the file that a task makes, as far as it is known beforehand."""
        work = self._rebuilder.works[task.work]
        if self._rebuilder.output is None:
            return os.path.join(work.root.path, task.reference), ""
        return work.locale, task.reference

    def _take(self, one: Rebuilt) -> None:
        work = self._rebuilder.works[one.task.work]
        own = os.path.join(work.root.path, one.task.reference)
        if one.other_locale is not None:
            self._strange.setdefault(one.task.work, []).append(one)
            return
        if one.is_homeless:
            message = "it has no ms.contentlocale, so it was left out; extract it with --locale"
            self._homeless[own] = Problem(self._label(one.task), 1, 1, "no-locale", message)
        root = self._rebuilder.output or work.root
        if one.name is not None:
            if (
                claimant := self._claimed.setdefault(os.path.join(root.path, one.name), work.label)
            ) != work.label:
                self._report.problems.append(self._claimed_twice(one.task, claimant))
                return
            self._at_home.add(own)
            self._made.add(one.name)
            self._used.add(one.task.work)
            self._report.articles += 1
        self._report.units += one.units
        self._report.unsourced += one.unsourced
        self._report.changed += one.changed
        self._report.problems += one.problems
        if one.name is None:
            return
        with isolated(self._label(one.task), self._report.problems):
            if one.is_written or self._rebuilder.write(one):
                self._report.written.append(root.label(one.name))

    def _other_locales(self, number: int, strange: Sequence[Rebuilt]) -> list[Problem]:
        """The problems of articles in another locale than their PO file; one if that is so of all."""
        work = self._rebuilder.works[number]
        if number not in self._used:
            locales = ", ".join(sorted({str(one.other_locale) for one in strange})[:3])
            message = (
                f"its header says Language: {work.locale}, but the locale of its articles is {locales}; "
                "nothing was done with it: write their locale into its header, or run l10n extract again "
                "if it is theirs that changed"
            )
            return [Problem(work.label, 1, 1, "other-language", message)]
        return [
            Problem(
                self._label(one.task),
                1,
                1,
                "other-locale",
                f"{work.label} refers to this article, but its locale is {one.other_locale}; it was left "
                "out: run l10n extract again, or mend its ms.contentlocale",
            )
            for one in strange
        ]

    def _claimed_twice(self, task: Task, claimant: str) -> Problem:
        message = f"{claimant} makes the same file, and was used; name only one of them"
        if self._rebuilder.output:
            message += ", or merge them one at a time, each with its own -o"
        return Problem(self._label(task), 1, 1, "claimed-twice", message)

    def _label(self, task: Task) -> str:
        return self._rebuilder.works[task.work].root.label(task.reference)
