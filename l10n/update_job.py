"""The PO files of a delivery, updated by several processes: each file is one piece of work.

A forked process has the delivery already, so only the counts come back. Where processes are not forked,
this process updates the files: to send the delivery would take longer. So the workers of a cluster have no
part in it, but the cores of this computer do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import active_count
from typing import NamedTuple

from l10n.jobs.job import Data, are_forked
from l10n.jobs.run import ONE_PROCESS, Workers, no_progress, results
from l10n.po_update import Group, Updater
from l10n.problems import Problem, isolated
from l10n.report import ExtractReport, MemoryCount
from l10n.unchanged import Results

_COST = 2
"""The time of an update, relative to the time to read as many bytes."""


class PoTask(NamedTuple):
    """A PO file to update."""

    locale: str
    file: str


@dataclass(slots=True)
class UpdatedFile:
    """What came of a task; compact and picklable."""

    task: PoTask
    report: ExtractReport
    is_done: bool = False
    """False if the file could not be updated; then the report has the problem."""
    remembered: list[tuple[bytes, bytes]] = field(default_factory=list)
    """Keys and results for the cache, which only one process writes."""


@dataclass(frozen=True, slots=True)
class UpdateJob:
    """The job of updating PO files."""

    updater: Updater
    groups: Mapping[PoTask, Group]

    def size(self, task: PoTask) -> int:
        """Return the amount of work for a PO file, as bytes to read."""
        return _COST * sum(len(reading.packed) for reading in self.groups[task].readings)

    def load(self, task: PoTask) -> Data:
        """Return nothing: each file is read when it is updated."""
        return b""

    def run(self, tasks: Sequence[PoTask], data: Iterable[Data]) -> list[UpdatedFile]:
        """Update a batch of PO files."""
        return [self._updated(task) for task in tasks]

    def _updated(self, task: PoTask) -> UpdatedFile:
        updater = self.updater
        done = UpdatedFile(task, ExtractReport(memory=MemoryCount() if updater.filler else None))
        if updater.unchanged:
            remembering = updater.unchanged.with_results(_Collected(done.remembered))
            updater = replace(updater, unchanged=remembering)
        with isolated(updater.output.label(task.file), done.report.problems):
            updater.update(task.file, task.locale, self.groups[task], done.report)
            done.is_done = True
        return done


class _Collected(Results):
    """Results that are stored later, by the process that has the cache."""

    def __init__(self, found: list[tuple[bytes, bytes]]) -> None:
        self._found = found

    def result(self, key: bytes) -> bytes | None:
        """Return nothing: whether a PO file is unchanged was asked before."""
        return None

    def store_result(self, key: bytes, result: bytes) -> None:
        """Keep a result."""
        self._found.append((key, result))


def update_files(
    updater: Updater, groups: Mapping[PoTask, Group], workers: Workers, report: ExtractReport
) -> set[PoTask]:
    """Update PO files, add all that is told of it to `report`, and return the files that were updated."""
    changed = {
        task: group
        for task, group in groups.items()
        if not updater.is_known(task.file, task.locale, group, report)
    }
    updated = groups.keys() - changed.keys()
    for one in _updated(UpdateJob(updater, changed), workers, report.problems):
        report.add(one.report)
        updated |= {one.task} if one.is_done else set()
        if updater.unchanged:
            for found in one.remembered:
                updater.unchanged.results.store_result(*found)
    return updated


def _updated(job: UpdateJob, workers: Workers, problems: list[Problem]) -> Iterator[UpdatedFile]:
    tasks = sorted(job.groups)

    def label(task: PoTask) -> str:
        return job.updater.output.label(task.file)

    for batch in results(job, tasks, _processes(workers), no_progress, label, problems):
        yield from batch


def _processes(workers: Workers) -> Workers:
    """Return the processes of this computer that may update files."""
    if not are_forked():
        return ONE_PROCESS
    if workers.scheduler is None:
        return workers
    # The threads of the cluster's client have ended. To fork with others in this program would not be safe.
    return Workers(None) if active_count() == 1 else ONE_PROCESS
