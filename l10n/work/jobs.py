"""What a job is: work that is the same for each item, wherever it is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol, TypeVar

from l10n.problems import Problem

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
    """Why there is no result for a batch, which is of one item then."""

    reason: str

    def problem(self, label: str) -> Problem:
        """The problem to report of the item, as the user would name it."""
        message = f"{self.reason} each time this file was worked on, so it was left out; try it alone"
        return Problem(label, 1, 1, "job-failed", message)


def run_here(job: Job[Item, Result], batch: Sequence[Item]) -> Result:
    """The result of a batch, whose files are read by this very process."""
    return job.run(batch, map(job.load, batch))
