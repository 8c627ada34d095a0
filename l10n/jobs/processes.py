"""Jobs in several processes of this computer.

Law 3: an item that kills its process every time is one failure, and the rest goes on. No process outlives
the one that started it, however that ends.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from threading import Thread
from typing import Any

from l10n.jobs.job import Failure, Item, Job, Result, are_forked, run_here

_DIED = Failure("its process ended without a result")
_INTERRUPTIONS = (signal.SIGINT, signal.SIGTERM)
_AHEAD = 3
"""Batches queued for each process: enough that none waits, few enough that results do not pile up."""


def in_processes(
    job: Job[Item, Result], batches: Sequence[Sequence[Item]], count: int
) -> Iterator[tuple[Sequence[Item], Result | Failure]]:
    """Yield the batches with their results, in order, from `count` processes."""
    done = 0
    while done < len(batches):
        try:
            for result in _pooled(job, batches[done:], count):
                yield batches[done], result
                done += 1
        except BrokenProcessPool:
            # This batch or another one that was running killed a process.
            yield from _one_by_one(job, batches[done])
            done += 1


def _one_by_one(
    job: Job[Item, Result], batch: Sequence[Item]
) -> Iterator[tuple[Sequence[Item], Result | Failure]]:
    """Yield each item as a batch of its own, to find the one that kills its process."""
    for item in batch:
        try:
            yield from [([item], result) for result in _pooled(job, [[item]], 1)]
        except BrokenProcessPool:
            yield [item], _DIED


def _pooled(job: Job[Item, Result], batches: Sequence[Sequence[Item]], count: int) -> Iterator[Result]:
    """Yield the results of a pool of processes; raises BrokenProcessPool if one of them dies."""
    # A fork has the job already, however large; where it is not safe, the job is pickled.
    context = multiprocessing.get_context("fork" if are_forked() else None)
    pool = ProcessPoolExecutor(count, context, _begin, (job,))
    try:
        waiting = iter(batches)
        with _uninterrupted():  # the first job starts the processes and the thread that feeds them
            futures: deque[Future[Result]] = deque(
                pool.submit(_work, batch) for batch in islice(waiting, _AHEAD * count)
            )
        while futures:
            result = futures.popleft().result()
            futures.extend(pool.submit(_work, batch) for batch in islice(waiting, 1))
            yield result
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold an interruption back until the block ends.

    A pool that is interrupted while it starts cannot be shut down: its thread is neither running nor ended.
    Its processes begin with the signals blocked, and so never die of one before `_begin` ignores it.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTIONS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_job: Job[Any, Any] | None = None


def _begin(job: Job[Any, Any]) -> None:
    """Make this process a worker. Only the parent handles an interruption, and ends the worker."""
    global _job  # noqa: PLW0603 - a worker process is for one job
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _INTERRUPTIONS)
    gc.freeze()  # else the collector writes to all the memory that the processes share
    gc.disable()
    Thread(target=_end_with_parent, daemon=True).start()
    _job = job


def _end_with_parent() -> None:
    """End this process when its parent has ended, even if the parent was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(batch: Sequence[Any]) -> Any:
    assert _job is not None
    return run_here(_job, batch)
