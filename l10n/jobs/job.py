"""What a job is: work that is the same for each item, wherever it is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol, TypeVar

from l10n.problems import L10nError, Problem, exception_text, internal_error

Data = bytes | Problem
"""What a file holds, or why it cannot be read."""
Item = TypeVar("Item")
Result = TypeVar("Result")
_Item_contra = TypeVar("_Item_contra", contravariant=True)
_Result_co = TypeVar("_Result_co", covariant=True)


class Job(Protocol[_Item_contra, _Result_co]):
    """What is done with each item. A worker gets one by pickling, if it cannot inherit it.

    It may remember what it met before, as long as that does not change what it returns.
    """

    def size(self, item: _Item_contra, /) -> int:
        """How much work it is, in bytes."""

    def load(self, item: _Item_contra, /) -> Data:
        """What `run` needs of the disk, asked where the folders are."""

    def run(self, items: Sequence[_Item_contra], data: Iterable[Data], /) -> _Result_co:
        """What becomes of a batch of items, each with what `load` gives for it."""


class Failure(NamedTuple):
    """Why there is no result for a batch; of one item, when `in_order` gives it."""

    reason: str
    error: str = ""
    """What was raised, as `exception_text` returns it; empty if the process died."""

    def problem(self, label: str) -> Problem:
        """The problem to report of the item, as the user would name it."""
        if self.error:
            return internal_error(label, self.error)
        message = f"{self.reason} each time this file was worked on, so it was left out; try it alone"
        return Problem(label, 1, 1, "job-failed", message)


def run_here(
    job: Job[Item, Result], batch: Sequence[Item], data: Iterable[Data] | None = None
) -> Result | Failure:
    """The result of a batch, whose files are read by this very process unless `data` is what they hold.

    Law 3: no exception of one item reaches another. One that nobody foresaw is a Failure of the batch;
    then its items are to be tried one by one.
    """
    try:
        return job.run(batch, map(job.load, batch) if data is None else data)
    except L10nError:
        raise
    except Exception as error:
        return Failure("an exception was raised", exception_text(error))
