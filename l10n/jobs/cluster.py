"""Jobs on the workers of a Dask cluster.

Law 3, nothing is silent: an item that fails on every try is one failure, and the rest goes on. A cluster
that cannot be used is an error at once; no run waits for it in vain.

Law 4, same input, same bytes: a worker whose l10n, Python or libraries differ from those here is refused.

Law 5, input is hostile, but a cluster is trusted. Dask runs whatever it is sent, so anybody who can reach
the scheduler or a worker can run code there, and also here, because the results of workers are unpickled.
"""

from __future__ import annotations

import gc
import logging
import pickle
import platform
import re
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from itertools import islice
from operator import call
from threading import Lock
from typing import Any, Generic, NamedTuple

import dask
from distributed import Client, Future, Security
from distributed.scheduler import KilledWorker

from l10n.jobs.job import Data, Failure, Item, Job, Result, run_here
from l10n.problems import L10nError, Problem

_ADDRESS = re.compile(r"(?:tcp|tls)://(?:\[[0-9a-zA-Z:.%]+\]|[^\s:/\[\]]+):[0-9]{1,5}")
_AHEAD = 3
"""Batches queued for each worker: enough that none waits, few enough that results do not pile up."""
_DECIDING = ("l10n-docs", "ahocorasick-rs", "babel", "lxml", "PyYAML")
"""The packages that decide what a job returns."""
_ALONE = Lock()
"""A worker holds it during a batch: jobs have caches, and are not made for threads."""


def on_cluster(
    job: Job[Item, Result], batches: Sequence[Sequence[Item]], address: str, *, shared_storage: bool
) -> Iterator[tuple[Sequence[Item], Result | Failure]]:
    """Yield the batches with their results, in order, from the workers of the Dask scheduler at `address`.

    The workers get the bytes of the files; with `shared_storage` they read the files under the same paths.
    Raises L10nError (`no-cluster`). Dask's `distributed.comm.timeouts.connect` sets how long to wait for a
    cluster.
    """
    if not batches:
        return
    # Dask would warn of a large job, though it is sent only once.
    with (
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TiB"}),
        _quiet(),
        _connected(address) as client,
    ):
        try:
            run = _ClusterRun(client, address, job, shared_storage)
            yield from run.results(batches)
        except Exception as error:
            if client.status == "running" and not isinstance(error, OSError | CancelledError):
                raise
            raise _no_cluster(address, f"the scheduler was lost ({_text(error)})") from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence the logs of Dask and its libraries: l10n reports errors itself."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


_LOGGERS = ("asyncio", "distributed", "distributed.client", "tornado.application")


def _connected(address: str) -> Client:
    """Return a client of the scheduler, a context manager; raises L10nError (`no-cluster`)."""
    # A client with another address cannot even be closed.
    if not _ADDRESS.fullmatch(address):
        raise _no_cluster(address, "it is no address of a Dask scheduler, such as tcp://host:8786")
    try:
        connection = Security().get_connection_args("client")
        if address.startswith("tls:") and connection.get("ssl_context") is None:
            raise _no_cluster(address, "Dask's settings name no certificates for tls")
        return Client(address, set_as_default=False)
    except (OSError, ImportError) as error:
        raise _no_cluster(address, f"no Dask scheduler answers there ({_text(error)})") from error


def _no_cluster(address: str, reason: str) -> L10nError:
    return L10nError(Problem(address, 1, 1, "no-cluster", f"{reason}; the run was ended"))


def _text(error: BaseException) -> str:
    return f"{type(error).__name__}: {str(error)[:300]!r}"


@cache
def _environment() -> dict[str, str]:
    """Return what must be the same on a worker as on this computer."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"Python": python} | {name: version(name) for name in _DECIDING}


class _Unfit(NamedTuple):
    """The reason why the worker could give other results than this computer."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Hand:
    """Runs a job on a worker. It takes and returns bytes, so that the scheduler need not understand them."""

    packed: bytes
    """The pickled job."""
    environment: dict[str, str]

    def __call__(self, packed: bytes) -> bytes:
        # Nothing is raised: what Dask cannot send of an exception would never come back.
        try:
            with _ALONE:
                return pickle.dumps(self._done(*pickle.loads(packed)))
        except Exception as error:
            return pickle.dumps(Failure(f"{_text(error)} was raised"))

    def _done(self, batch: Sequence[Any], data: list[Data] | None, size: int) -> Any:
        if unfit := _differences(_environment(), self.environment):
            return _Unfit(unfit)
        job = _unpacked(self.packed)
        if data is None and job.size(batch[0]) != size:
            return _Unfit("it does not find the files that are here; leave out --shared-storage")
        return run_here(job, batch, data)


@lru_cache(maxsize=2)
def _unpacked(packed: bytes) -> Job[Any, Any]:
    """Return an unpickled job. The garbage collector is off meanwhile: it would find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        job: Job[Any, Any] = pickle.loads(packed)
        return job
    finally:
        if was_on:
            gc.enable()


def _differences(there: dict[str, str], here: dict[str, str]) -> str:
    """Return, for the user, how a worker differs from this computer; empty if it does not."""
    others = [f"{name} {there.get(name)}, not {own}" for name, own in here.items() if there.get(name) != own]
    return f"it has {', '.join(others)}" if others else ""


class _ClusterRun(Generic[Item, Result]):
    """One job on a cluster."""

    def __init__(self, client: Client, address: str, job: Job[Item, Result], shared_storage: bool) -> None:
        """Send the job to all workers; raise L10nError if they cannot run it."""
        self._client = client
        self._address = address
        self._job = job
        self._shared_storage = shared_storage
        # A task, not data that is scattered: it is done again if its workers are lost.
        packed = pickle.dumps(_Hand(pickle.dumps(job), _environment()))
        self._hand: Future[_Hand] = client.submit(pickle.loads, packed, pure=False)
        self._await_workers()
        for worker, found in client.run(_environment, on_error="return").items():
            if isinstance(found, OSError):
                continue  # it is gone
            unfit = _text(found) if isinstance(found, Exception) else _differences(found, _environment())
            if unfit:
                raise self._unfit(worker, unfit)
        if error := self._error(self._hand):
            raise self._unfit("its workers", _text(error))
        with suppress(Exception):  # else the one that has it would be given most batches
            client.replicate([self._hand])

    def results(self, batches: Sequence[Sequence[Item]]) -> Iterator[tuple[Sequence[Item], Result | Failure]]:
        """Yield the batches with their results, in order; a batch that fails is repeated item by item."""
        waiting = iter(batches)
        ahead = _AHEAD * max(1, len(self._client.nthreads()))
        under_way = deque((batch, self._submit(batch)) for batch in islice(waiting, ahead))
        while under_way:
            batch, future = under_way.popleft()
            result = self._result(future)
            if isinstance(result, Failure):
                # It may be another one that kills the workers: each item is to be alone with them.
                for _, other in under_way:
                    self._error(other)
                yield from (([item], self._result(self._submit([item]))) for item in batch)
            under_way.extend((more, self._submit(more)) for more in islice(waiting, 1))
            if not isinstance(result, Failure):
                yield batch, result

    def _submit(self, batch: Sequence[Item]) -> Future[bytes]:
        data = None if self._shared_storage else [self._job.load(item) for item in batch]
        packed = pickle.dumps((batch, data, self._job.size(batch[0])))
        return self._client.submit(call, self._hand, packed, pure=False)

    def _result(self, future: Future[bytes]) -> Result | Failure:
        """Return the result of a task, or why it failed."""
        while True:
            if error := self._error(future):
                return self._failure(error)
            with suppress(TimeoutError):  # the worker that had it may be lost just now
                result: Result | Failure | _Unfit = pickle.loads(future.result(timeout=self._patience))
                if isinstance(result, _Unfit):
                    raise self._unfit("a worker", result.reason)
                return result

    def _error(self, future: Future[Any]) -> BaseException | None:
        """Return why a task failed, once it has ended; None if it did not fail."""
        while True:
            try:
                error: BaseException | None = future.exception(timeout=self._patience)
            except TimeoutError:
                self._await_workers()
                continue
            if future.cancelled():
                raise _no_cluster(self._address, "the scheduler was lost")
            return error

    def _failure(self, error: BaseException) -> Failure:
        if self._hand.status == "error":
            raise self._unfit("its workers", "they can no longer be given the job")
        is_lost = isinstance(error, KilledWorker)
        return Failure("its worker was lost" if is_lost else f"{_text(error)} was raised")

    def _await_workers(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=self._patience)
        except TimeoutError:
            raise _no_cluster(self._address, "the scheduler has no workers") from None

    def _unfit(self, who: str, reason: str) -> L10nError:
        return _no_cluster(self._address, f"{who} cannot be used: {reason}")

    @property
    def _patience(self) -> float:
        """Return the number of seconds to wait for workers."""
        timeout: float = dask.utils.parse_timedelta(dask.config.get("distributed.comm.timeouts.connect"))
        return timeout
