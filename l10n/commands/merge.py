"""PO files → articles: every article of the locale rebuilt, with the reviewed targets.

`locating` says which articles a PO file is for, `rebuild_article` does the work; here is what comes of it.

Law 5: a PO is untrusted. Nothing outside the articles' folder is read, nothing outside the
output folder written, and no file is made by two.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from l10n.article import Form
from l10n.english.lookups import Lookups
from l10n.english.opening import english_at
from l10n.files import Root
from l10n.identity import Identity, identities
from l10n.inputs import find_po_files
from l10n.jobs.rebuild_article import EVERY_ARTICLE, Rebuilder, Rebuilt, Task, Wanted
from l10n.jobs.run import ONE_PROCESS, Progress, Workers, no_progress, results
from l10n.locating import work_of
from l10n.output_tree import OutputTree
from l10n.printable import printable
from l10n.problems import Problem, isolated
from l10n.report import MergeReport
from l10n.reserved import one_name
from l10n.work import Work, same_path

if TYPE_CHECKING:
    from l10n.checks import Check
    from l10n.checks.message_checks import MessageChecks


def merge(
    inputs: Sequence[Path],
    *,
    articles: Path | None = None,
    form: Form = "localized",
    output: Path = Path("build"),
    in_place: bool = False,
    include_fuzzy: bool = False,
    english: Path | None = None,
    english_unproved: bool = False,
    strict: bool = False,
    checks: Sequence[Check] | None = None,
    wanted: Wanted = EVERY_ARTICLE,
    dry_run: bool = False,
    workers: Workers = ONE_PROCESS,
    progress: Progress = no_progress,
) -> MergeReport:
    """Rebuild the articles of the PO files in `inputs` (files and folders).

    They are found through each PO's header and references, or in the folder `articles`, and written in `form`
    to `output/<content locale>/<path below the articles' folder>`; with `in_place` the annotated form goes
    back to where the articles are. `english` is as for `extract`. With `strict`, translations with an error
    of `checks`, by default CHECKS, are refused too. `wanted` says which articles and other files are written,
    and whether what an earlier merge made of files that are gone is removed, or only reported. With `dry_run`
    nothing is written; then the report has what would be. The articles are rebuilt by `workers`; raises
    L10nError (`no-cluster`) if they cannot be used. All other problems are in the report.
    """
    report = MergeReport(is_dry=dry_run)
    tree = None if in_place else OutputTree.at(output, form, is_dry=dry_run)
    target = tree.root if tree else None
    works = _works(inputs, articles, target, report)
    rebuilder = Rebuilder(
        works,
        "annotated" if in_place else form,
        target,
        _originals(works) if target else frozenset(),
        include_fuzzy,
        _checks_of(checks) if strict else None,
        english_at(english, takes_unproved=english_unproved),
        writes=workers.scheduler is None,
        wanted=wanted,
        earlier=tree.manifest if tree else {},
    )
    rebuilt = _all_taken(rebuilder, workers, progress, report)
    if tree:
        tree.complete(works, rebuilt, wanted, report)
    report.problems = sorted(set(report.problems))
    return report


def _works(
    inputs: Sequence[Path], articles: Path | None, target: Root | None, report: MergeReport
) -> list[Work]:
    """Return the PO files with their articles, which a dry run does not write either."""
    works = []
    for path in find_po_files(inputs, report.problems):
        with isolated(printable(path.as_posix()), report.problems):
            work = work_of(path, articles, target, report)
            works.append(replace(work, root=replace(work.root, is_dry=report.is_dry)))
    return works


def _originals(works: Sequence[Work]) -> frozenset[Identity]:
    """Return the identities of all articles, which no other article may overwrite."""
    return frozenset(
        key
        for work in works
        for reference in work.articles
        for key in identities(os.path.join(work.root.path, reference))
    )


def _checks_of(checks: Sequence[Check] | None) -> MessageChecks:
    # The checks take long to load, and few runs want them.
    from l10n.checks.message_checks import MessageChecks

    return MessageChecks(checks)


def _all_taken(
    rebuilder: Rebuilder, workers: Workers, progress: Progress, report: MergeReport
) -> list[Rebuilt]:
    """Rebuild and count all articles."""
    claims: dict[str, Task] = {}
    rebuilt = _rebuilt(rebuilder, workers, progress, report)
    taken = [_taken(one, rebuilder, claims, report) for one in rebuilt]
    report.problems += _left_out(taken, rebuilder)
    return taken


def _rebuilt(
    rebuilder: Rebuilder, workers: Workers, progress: Progress, report: MergeReport
) -> Iterator[Rebuilt]:
    """Yield what became of each article of all PO files."""
    tasks = [
        Task(number, reference)
        for number, work in enumerate(rebuilder.works)
        for reference in sorted(work.articles)
    ]
    made = [_made_by(task, rebuilder) for task in tasks]
    makers = Counter(made)
    alone = [task for task, file in zip(tasks, made, strict=True) if makers[file] == 1]
    contested = [task for task, file in zip(tasks, made, strict=True) if makers[file] > 1]

    def label(task: Task) -> str:
        return _label(task, rebuilder)

    lookups: list[Lookups] = []
    jobs = results(rebuilder, alone, workers, progress, label, report.problems)
    # Of several PO files that make one file the first has it; that is settled before it is written.
    settling = replace(rebuilder, writes=False)
    settled = results(settling, contested, ONE_PROCESS, progress, label, report.problems)
    for rebuilt, looked_up in jobs:
        lookups += [looked_up] if looked_up else []
        rebuilder.save(rebuilt)  # what the workers of a cluster made, which write nothing
        yield from rebuilt
    for rebuilt, looked_up in settled:
        lookups += [looked_up] if looked_up else []
        yield from rebuilt
    if rebuilder.english:
        report.count_english(lookups)


def _made_by(task: Task, rebuilder: Rebuilder) -> tuple[str, str]:
    """Return a key for the file that a task makes, as far as it is known beforehand."""
    work = rebuilder.works[task.work]
    if rebuilder.output is None:
        return os.path.join(work.root.path, task.reference), ""
    return work.locale, one_name(work.name_of(task.reference))


def _taken(one: Rebuilt, rebuilder: Rebuilder, claims: dict[str, Task], report: MergeReport) -> Rebuilt:
    """Count an article and write it, unless that is done; return it without its bytes.

    `claims` has the article of each file made so far. An article whose file is made already has no name.
    """
    if one.other_locale is not None:
        return one
    work = rebuilder.works[one.task.work]
    root = rebuilder.output or work.root
    if one.name is not None:
        claimant = claims.setdefault(one_name(os.path.join(root.path, one.name)), one.task)
        if claimant != one.task:
            report.problems.append(_claimed_twice(one.task, claimant, rebuilder))
            return replace(one, name=None, data=None, original=None)
        report.articles += 1
    report.units += one.units
    report.unsourced += one.unsourced
    report.changed += one.changed
    report.held_back += one.is_held_back
    rebuilder.save([one])
    if one.name is not None and one.is_written:
        report.written.append(root.label(one.name))
    report.problems += one.problems
    return one


def _left_out(rebuilt: Sequence[Rebuilt], rebuilder: Rebuilder) -> Iterator[Problem]:
    """Yield the problems of articles that were not built."""
    yield from _other_locales(rebuilt, rebuilder)
    yield from _without_locale(rebuilt, rebuilder)
    yield from _without_source(rebuilt, rebuilder)


def _without_locale(rebuilt: Sequence[Rebuilt], rebuilder: Rebuilder) -> Iterator[Problem]:
    """Yield a problem for each article without a locale that no PO file was for."""
    own = [os.path.join(rebuilder.works[one.task.work].root.path, one.task.reference) for one in rebuilt]
    at_home = {path for path, one in zip(own, rebuilt, strict=True) if one.name is not None}
    message = "it has no ms.contentlocale, so it was left out; extract it with --locale"
    for path, one in zip(own, rebuilt, strict=True):
        if one.is_homeless and path not in at_home:
            yield Problem(_label(one.task, rebuilder), 1, 1, "no-locale", message)


def _other_locales(rebuilt: Sequence[Rebuilt], rebuilder: Rebuilder) -> Iterator[Problem]:
    """Yield the problems of articles in another locale than their PO file; one if that is so of all."""
    used = {one.task.work for one in rebuilt if one.name is not None}
    unused: dict[int, set[str]] = {}
    for one in rebuilt:
        if one.other_locale is None:
            continue
        work = rebuilder.works[one.task.work]
        if one.task.work not in used:
            unused.setdefault(one.task.work, set()).add(one.other_locale)
            continue
        message = (
            f"{work.label} refers to this article, but its locale is {one.other_locale}; it was left "
            "out: run l10n extract again, or mend its ms.contentlocale"
        )
        yield Problem(_label(one.task, rebuilder), 1, 1, "other-locale", message)
    for number, locales in unused.items():
        work = rebuilder.works[number]
        message = (
            f"its header says Language: {work.locale}, but the locale of its articles is "
            f"{', '.join(sorted(locales)[:3])}; nothing was done with it: write their locale into its "
            "header, or run l10n extract again if it is theirs that changed"
        )
        yield Problem(work.label, 1, 1, "other-language", message)


def _without_source(rebuilt: Sequence[Rebuilt], rebuilder: Rebuilder) -> Iterator[Problem]:
    """Yield the problems of plain articles without an English file; one if no English files were named."""
    tasks = [one.task for one in rebuilt if one.is_without_source]
    if rebuilder.english:
        message = (
            "it has no annotation, and its English file was not found, so no translation was used: get it"
        )
        for task in tasks:
            yield Problem(_label(task, rebuilder), 1, 1, "no-source", message)
        return
    for number, count in Counter(task.work for task in tasks).items():
        message = (
            f"{count} of its articles have no annotation, so no translation was used for them: name their "
            "English files with --english, as for l10n extract"
        )
        yield Problem(rebuilder.works[number].label, 1, 1, "no-source", message)


def _claimed_twice(task: Task, claimant: Task, rebuilder: Rebuilder) -> Problem:
    if claimant.reference != task.reference and rebuilder.output:
        return same_path(_label(task, rebuilder), _label(claimant, rebuilder))
    message = (
        f"{rebuilder.works[claimant.work].label} makes the same file, and was used; name only one of them"
    )
    if rebuilder.output:
        message += ", or merge them one at a time, each with its own -o"
    return Problem(_label(task, rebuilder), 1, 1, "claimed-twice", message)


def _label(task: Task, rebuilder: Rebuilder) -> str:
    return rebuilder.works[task.work].root.label(task.reference)
