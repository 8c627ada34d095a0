"""The jobs of a run, over all its articles: in this process, in several, or on a cluster.

Law 3: an item at which the job fails, whatever it raises, is one Failure, and the rest goes on.

Law 4, same input, same bytes, whatever the number of processes: items are put into batches
by their sizes alone, what a job returns for a batch depends on nothing but the batch, and the
results come in the order of the items.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from l10n.jobs.job import Failure, Item, Job, Result, run_here
from l10n.problems import L10nError, Problem

BATCH = 1 << 19
"""Size in bytes at which a batch is full: about a fortieth of a second's work."""
SMALL = 2 << 20
"""Size in bytes of a set that one process has read before others have started."""


@dataclass(frozen=True, slots=True)
class Workers:
    """The processes or the cluster that run the jobs."""

    processes: int | None = 1
    """The number of processes; None for one per core that this process may use."""
    scheduler: str | None = None
    """The address of the Dask scheduler whose workers do all of it; None: there is none."""
    shared_storage: bool = False
    """True if its workers read all files under the same paths, and are sent none."""


ONE_PROCESS = Workers()

Progress = Callable[[int, int], None]
"""Called after each batch with the number of items done, and of all items."""


def no_progress(done: int, total: int) -> None:
    """Do nothing."""


def in_order(
    job: Job[Item, Result], items: Sequence[Item], workers: Workers, progress: Progress
) -> Iterator[tuple[Sequence[Item], Result | Failure]]:
    """Yield the items in batches, each with its result, in order.

    Without a cluster, this process does small sets itself. Raises L10nError (`no-cluster`).
    """
    batches, size = _batches(job, items)
    count = min(len(batches), _cores() if workers.processes is None else workers.processes)
    results: Iterator[tuple[Sequence[Item], Result | Failure]]
    if workers.scheduler is not None:
        try:
            from l10n.jobs.cluster import on_cluster
        except ImportError as error:
            message = f"what it takes is not installed ({error}): pip install 'l10n-docs[cluster]'"
            raise L10nError(Problem(workers.scheduler, 1, 1, "no-cluster", message)) from error
        results = on_cluster(job, batches, workers.scheduler, shared_storage=workers.shared_storage)
    elif count > 1 and size >= SMALL:
        from l10n.jobs.processes import in_processes

        results = in_processes(job, batches, count)
    else:
        results = ((batch, run_here(job, batch)) for batch in batches)
    done = 0
    for batch, result in results:
        done += len(batch)
        progress(done, len(items))
        if isinstance(result, Failure) and len(batch) > 1:
            # One of these items raised an exception; the others still get their results.
            yield from (([item], run_here(job, [item])) for item in batch)
        else:
            yield batch, result


def results(
    job: Job[Item, Result],
    items: Sequence[Item],
    workers: Workers,
    progress: Progress,
    label: Callable[[Item], str],
    problems: list[Problem],
) -> Iterator[Result]:
    """Yield the results of the batches, in order; an item that fails is added to `problems`.

    `label` names an item to the user. Raises L10nError (`no-cluster`).
    """
    for batch, result in in_order(job, items, workers, progress):
        if isinstance(result, Failure):
            problems.append(result.problem(label(batch[0])))
        else:
            yield result


def _batches(job: Job[Item, Result], items: Iterable[Item]) -> tuple[list[list[Item]], int]:
    """Return the items in batches of about one size, and the size of all."""
    batches: list[list[Item]] = []
    total = full_at = 0
    for item in items:
        if total >= full_at:
            batches.append([])
            full_at = total + BATCH
        batches[-1].append(item)
        total += max(1, job.size(item))
    return batches, total


def _cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
