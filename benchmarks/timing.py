"""Measure time and memory of whole processes that run alternately, and their ratios within each round.

The speed of a shared machine varies. So the lanes run in turn, each round starts with another lane, and a
ratio compares two lanes in the same round; the result is the median over the rounds.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

# The kernel counts the memory of a parent process as that of its child, too. So a small process starts the
# tools: with a parent of 20 MB, each of them would seem to need that much.
_CLOCK = """\
import os, sys, time
start = time.perf_counter()
process = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(process, 0)
seconds = time.perf_counter() - start
with open(sys.argv[1], "w") as out:
    print(seconds, usage.ru_maxrss, os.waitstatus_to_exitcode(status), file=out)
"""


class Cost(NamedTuple):
    """Time and memory of one process."""

    seconds: float
    """Elapsed time."""
    peak: float
    """Peak resident memory in MiB; with workers, that of the largest process."""


class FailedError(Exception):
    """A process failed; the text is its last line of output."""


@dataclass(frozen=True)
class Step:
    """One process of a lane."""

    name: str
    command: list[str]
    folder: Path
    """The working directory."""
    prepare: Callable[[], object] = lambda: None
    """Called before the clock starts."""
    accepted: tuple[int, ...] = (0,)
    """The exit codes that mean success."""


@dataclass
class Lane:
    """The processes of one tool, in order, and their costs in each round."""

    name: str
    steps: list[Step]
    error: str | None = None
    """Why it failed; its costs are then not used."""
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    """By step."""

    def seconds(self, step: str) -> float:
        """Return the least seconds of the rounds."""
        return min(cost.seconds for cost in self.costs[step])

    def median(self, step: str) -> float:
        """Return the median of the seconds of all rounds."""
        return statistics.median(cost.seconds for cost in self.costs[step])

    def peak(self) -> float:
        """Return the peak memory of any step, in MiB."""
        return max(cost.peak for costs in self.costs.values() for cost in costs)


def ratio(above: Iterable[Cost], below: Iterable[Cost]) -> float:
    """Return the median over the rounds of one lane's time divided by the other's."""
    return statistics.median(a.seconds / b.seconds for a, b in zip(above, below, strict=True))


def alternate(lanes: list[Lane], rounds: int) -> None:
    """Run all lanes `rounds` times in turn; one that fails keeps its error and runs no more."""
    for number in range(rounds):
        first = number % max(1, len(lanes))
        for lane in lanes[first:] + lanes[:first]:
            if lane.error is None:
                try:
                    for step in lane.steps:
                        step.prepare()
                        lane.costs.setdefault(step.name, []).append(run(step))
                except FailedError as error:
                    lane.error = str(error)


def run(step: Step) -> Cost:
    """Run one process to its end. Raises FailedError if it failed or could not be started."""
    with tempfile.TemporaryFile() as output, tempfile.NamedTemporaryFile("r") as costs:
        clock = [sys.executable, "-I", "-S", "-c", _CLOCK, costs.name, *step.command]
        subprocess.run(
            clock, cwd=step.folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False
        )
        output.seek(0)
        text = output.read().decode(errors="replace").strip()
        seconds, peak, code = costs.read().split() or (0, 0, -1)
        if int(code) not in step.accepted or "Traceback (most recent call last)" in text:
            raise FailedError(_reason(text) or f"exit code {code}")
    return Cost(float(seconds), float(peak) / 1024)


def _reason(text: str) -> str:
    """Return the line with the reason: the last one that contains an error, or else the last."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower()]
    return (errors or lines or [""])[-1][:_LONGEST]


_LONGEST = 150
"""Characters of a reason."""
