"""Jobs: the same work for each item, wherever it is done."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol, TypeVar

from l10n.cache import digest
from l10n.problems import L10nError, Problem, exception_text, internal_error

Data = bytes | Problem
"""The contents of a file, or why it cannot be read."""
Item = TypeVar("Item")
Result = TypeVar("Result")
_Item_contra = TypeVar("_Item_contra", contravariant=True)
_Result_co = TypeVar("_Result_co", covariant=True)


class Packed(NamedTuple):
    """The result for one article, in a form that a cache can keep."""

    digest: bytes
    """That of the article's content; empty if the result is not to be kept."""
    result: bytes

    @classmethod
    def of(cls, data: Data, result: bytes, *, is_lasting: bool = True) -> Packed:
        """Return the `result` for an article that contains `data`; one of an unread article is not kept."""
        return cls(digest(data) if is_lasting and isinstance(data, bytes) else b"", result)


def are_forked() -> bool:
    """Return True if a process of this computer is forked, and so has the job already."""
    return sys.platform == "linux"  # elsewhere a fork is not safe, or there is none


class Job(Protocol[_Item_contra, _Result_co]):
    """The work for each item. A worker gets the job by pickling, if it cannot inherit it.

    It may have caches, as long as they do not change the results.
    """

    def size(self, item: _Item_contra, /) -> int:
        """Return the amount of work, as bytes to read."""

    def load(self, item: _Item_contra, /) -> Data:
        """Return the contents of the file that `run` needs; called where the folders are."""

    def run(self, items: Sequence[_Item_contra], data: Iterable[Data], /) -> _Result_co:
        """Return the result for a batch of items, each with the result of `load`."""


class Failure(NamedTuple):
    """The reason why there is no result for a batch; `in_order` yields it for one item only."""

    reason: str
    error: str = ""
    """The exception, as `exception_text` returns it; empty if the process died."""

    def problem(self, label: str) -> Problem:
        """Return the problem of the item that the user knows as `label`."""
        if self.error:
            return internal_error(label, self.error)
        message = f"{self.reason} each time this file was worked on, so it was left out; try it alone"
        return Problem(label, 1, 1, "job-failed", message)


def run_here(
    job: Job[Item, Result], batch: Sequence[Item], data: Iterable[Data] | None = None
) -> Result | Failure:
    """Return the result of a batch. This process reads the files unless `data` has their contents.

    Law 3: no exception of one item reaches another. An unforeseen one is a Failure of the batch; then the
    caller tries its items one by one.
    """
    try:
        return job.run(batch, map(job.load, batch) if data is None else data)
    except L10nError:
        raise
    except Exception as error:
        return Failure("an exception was raised", exception_text(error))
