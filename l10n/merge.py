"""PO files → articles: every article of the locale rebuilt, with the reviewed targets.

Which articles a PO file is for, and which file each becomes; `rebuilding` does the work.

Law 5: a PO is untrusted. Nothing outside the articles' folder is read, nothing outside the
output folder written, and no file is made by two.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from l10n import po
from l10n.article import Form
from l10n.catalogue import header
from l10n.catalogue.matching import Index
from l10n.english import English, Seen
from l10n.files import ARTICLE_SUFFIXES, Root, common_root, identities, unlisted
from l10n.limits import PATH_CHARACTERS, PO_BYTES
from l10n.locales import gettext_name
from l10n.po.files import po_files
from l10n.printable import printable
from l10n.problems import L10nError, Problem, isolated
from l10n.rebuilding import Rebuilder, Rebuilt, Task, Work
from l10n.report import Report
from l10n.work.jobs import Failure
from l10n.work.run import ONE_PROCESS, Progress, Workers, in_order, no_progress

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
    workers: Workers = ONE_PROCESS,
    progress: Progress = no_progress,
) -> Report:
    """Rebuild the articles of the PO files in `inputs` (files and folders).

    They are found through each PO's header and references, or in the folder `articles`,
    and written in `form` to `output/<content locale>/<reference>`; with `in_place` the
    annotated form goes back to where the articles are. `english` is as for `extract`.
    With `strict`, translations with an error of `checks`, by default CHECKS, are refused too.
    The articles are rebuilt by `workers`; raises L10nError (`no-cluster`) if they cannot be
    used. All other problems are in the report.
    """
    report = Report()
    target = None if in_place else Root.at(output)
    works = []
    for path in po_files(inputs, report.problems):
        with isolated(printable(path.as_posix()), report.problems):
            works.append(_work(path, articles, target, report))
    originals = frozenset(
        key
        for work in (works if target else ())
        for reference in work.articles
        for key in identities(os.path.join(work.root.path, reference))
    )
    judge = None
    if strict:
        from l10n.checks.verdict import Judge  # the checks take long to load, and few runs want them

        judge = Judge(checks)
    rebuilder = Rebuilder(
        works,
        "annotated" if in_place else form,
        target,
        originals,
        include_fuzzy,
        judge,
        English(english) if english else None,
        writes=workers.scheduler is None,
    )
    _Merge(report, rebuilder).rebuild(workers, progress)
    report.problems = sorted(set(report.problems))
    return report


def _work(path: Path, articles: Path | None, target: Root | None, report: Report) -> Work:
    folder = Root.at(path.parent)
    label = printable(folder.label(path.name))
    catalogue = po.read(folder.read(path.name, PO_BYTES), label)
    locale = header.locale_of(catalogue.header, label)
    report.count(catalogue.messages)
    active = [message for message in catalogue.messages if not message.obsolete]
    scope = header.scope_of(catalogue.header, label)
    found: dict[str, str] = {}
    referred: frozenset[str] = frozenset()
    if articles is not None:
        root = common_root([articles])
        for entry in scope or ["."]:
            moved = _moved(entry, Root.at(articles).path)
            base = root.reference(moved) if moved else ""
            for reference in _articles_of(
                root, base + entry[len(entry.removesuffix("/*")) :], target, report
            ):
                inside = PurePosixPath(reference).relative_to(base)
                found[reference] = str(PurePosixPath(entry.removesuffix("/*")) / inside)
    else:
        root = header.root_of(catalogue.header, folder.path, label)
        if target is None:
            _check_in_place(root, folder, locale, label)
        referred = frozenset(place.path for message in active for place in message.places)
        found = {reference: reference for reference in referred}
        for entry in scope:
            found |= {reference: reference for reference in _articles_of(root, entry, target, report)}
    tag = catalogue.header.get(header.FALLBACK)
    return Work(label, locale, _safe_tag(tag, locale), root, Index(active), found, referred)


def _moved(entry: str, folder: Path) -> Path | None:
    """Where in `folder` an entry of the scope is: by as much of its end as is there."""
    parts = PurePosixPath(entry.removesuffix("/*")).parts
    is_file = entry.lower().endswith(ARTICLE_SUFFIXES)
    room = PATH_CHARACTERS
    first = len(parts)  # from here on the rest is no longer than a path can be
    while first and (room := room - len(parts[first - 1]) - 1) >= 0:
        first -= 1
    for start in (*range(max(1, first), len(parts)), *((0,) if first == 0 else ()), len(parts)):
        path = os.path.join(folder, *parts[start:])
        if os.path.isfile(path) if is_file else os.path.isdir(path):
            return Path(path)
    return None


def _articles_of(root: Root, entry: str, target: Root | None, report: Report) -> list[str]:
    """The references of the articles in an entry of the scope."""
    if not entry:
        return []
    try:
        found = header.articles_in(root, entry, lambda error: report.problems.append(unlisted(error)))
    except L10nError as error:
        report.problems.append(error.problem)
        return []
    if target and target.path.is_relative_to(root.path / entry):
        # What an earlier merge wrote among the articles is none to rebuild.
        found = [name for name in found if not (root.path / name).is_relative_to(target.path)]
    return found


def _check_in_place(root: Root, folder: Root, locale: str, label: str) -> None:
    """Articles are overwritten only below the current folder or beside the PO files.

    Raises L10nError (`outside-folder`); naming the folder with `articles` allows any.
    """
    split = next((parent for parent in (folder.path, *folder.path.parents) if parent.name == locale), None)
    beside = (split.parent if split else folder.path).parent
    here = Root.at(Path.cwd()).path
    if not root.path.is_relative_to(here) and not root.path.is_relative_to(beside):
        message = (
            f"its articles are in {root.path.as_posix()}, which you did not name; "
            "to overwrite them there, say so with --articles"
        )
        raise L10nError(Problem(label, 1, 1, "outside-folder", message))


def _safe_tag(tag: str | None, locale: str) -> str | None:
    """The tag for articles without one, if it is the PO's own locale."""
    try:
        return tag if tag and gettext_name(tag) == locale else None
    except ValueError:
        return None


class _Merge:
    """One run of merge: takes in what became of the articles."""

    def __init__(self, report: Report, rebuilder: Rebuilder) -> None:
        self._report = report
        self._rebuilder = rebuilder
        self._claimed: dict[str, str] = {}
        self._at_home: set[str] = set()
        self._homeless: dict[str, Problem] = {}

    def rebuild(self, workers: Workers, progress: Progress) -> None:
        """Rebuild the articles of all PO files."""
        tasks = [
            Task(number, reference)
            for number, work in enumerate(self._rebuilder.works)
            for reference in sorted(work.articles)
        ]
        seen: list[Seen] = []
        alone, contested = self._contested(tasks)
        jobs = in_order(self._rebuilder, alone, workers, progress)
        # Of several PO files that make one file the first has it; that is settled before it is written.
        settled = in_order(replace(self._rebuilder, writes=False), contested, ONE_PROCESS, progress)
        for batch, result in chain(jobs, settled):
            if isinstance(result, Failure):
                self._report.problems.append(result.problem(self._label(batch[0])))
                continue
            rebuilt, met = result
            seen += [met] if met else []
            for one in rebuilt:
                self._take(one)
        if self._rebuilder.english:
            self._report.count_english(seen)
        # The articles without a locale that no PO file was for.
        self._report.problems += [
            problem for path, problem in self._homeless.items() if path not in self._at_home
        ]

    def _contested(self, tasks: Sequence[Task]) -> tuple[list[Task], list[Task]]:
        """The tasks whose file no other one may make, and the rest."""
        makers = Counter(map(self._made_by, tasks))
        alone: list[Task] = []
        contested: list[Task] = []
        for task in tasks:
            (alone if makers[self._made_by(task)] == 1 else contested).append(task)
        return alone, contested

    def _made_by(self, task: Task) -> tuple[str, str]:
        """What tells apart the files that tasks make, as far as it is known beforehand."""
        work = self._rebuilder.works[task.work]
        if self._rebuilder.output is None:
            return os.path.join(work.root.path, task.reference), ""
        return work.locale, task.reference

    def _take(self, one: Rebuilt) -> None:
        work = self._rebuilder.works[one.task.work]
        own = os.path.join(work.root.path, one.task.reference)
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
            self._report.articles += 1
        self._report.units += one.units
        self._report.unsourced += one.unsourced
        self._report.changed += one.changed
        self._report.problems += one.problems
        if one.name is None:
            return
        with isolated(self._label(one.task), self._report.problems):
            if one.is_written or self._rebuilder.write(one):
                self._report.written.append(printable(root.label(one.name)))

    def _claimed_twice(self, task: Task, claimant: str) -> Problem:
        message = f"{claimant} makes the same file, and was used; name only one of them"
        if self._rebuilder.output:
            message += ", or merge them one at a time, each with its own -o"
        return Problem(self._label(task), 1, 1, "claimed-twice", message)

    def _label(self, task: Task) -> str:
        return printable(self._rebuilder.works[task.work].root.label(task.reference))
