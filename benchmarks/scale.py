"""Measure the steps of a review beside gettext's tools, for sets of several sizes.

gettext's tools work on the PO file that `l10n extract` wrote: `msgcat --no-wrap` copies it, and
`msgmerge --previous` updates it with another one, from the same articles with 500 sources edited.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks import synthetic
from benchmarks.deliveries import edit_articles
from benchmarks.timing import Lane, Step, alternate, run
from benchmarks.tools import TOOL

PO = "nb_NO.po"
EXTRACT, UNCHANGED, UPDATE = "l10n extract", "l10n extract, nothing changed", "l10n extract, sources edited"
STATUS, MERGE = "l10n status", "l10n merge"
MSGCAT, MSGMERGE = "msgcat --no-wrap", "msgmerge --previous"
BESIDE = {EXTRACT: MSGCAT, UNCHANGED: MSGCAT, STATUS: MSGCAT, MERGE: MSGCAT, UPDATE: MSGMERGE}
"""The gettext command that each step is compared with."""


class Size(NamedTuple):
    """One set of articles and the costs of the steps on it."""

    articles: int
    units: int
    megabytes: float
    """Size of the articles."""
    edited: int
    """Number of sources edited for the update."""
    lanes: dict[str, Lane]
    """By step; each lane has one step."""


def sizes(
    folder: Path, base: int, factors: list[int], units: int, rounds: int, progress: Callable[[str], object]
) -> list[Size]:
    """Measure sets of `base` articles times each factor, of `units` units each.

    The first set is a single article, which shows the start-up cost of a process.
    """
    found = []
    for count in [1, *(base * factor for factor in factors)]:
        progress(f"{count:,} articles")
        work = folder / str(count)
        synthetic.write(work, count, units)
        found.append(_measure(work, count, units, rounds))
        shutil.rmtree(work)
    return found


def large(folder: Path, total: int, units: int, rounds: int) -> tuple[Size, Size]:
    """Measure one article of `total` units and as many units in articles of `units` units, alternately."""
    found = []
    lanes: list[Lane] = []
    for count, each in ((1, total), (total // units, units)):
        work = folder / f"large-{count}"
        synthetic.write(work, count, each)
        shutil.rmtree(work / "plain")
        _extract(work)
        steps = {name: Lane(name, [step]) for name, step in _steps(work).items() if name in (EXTRACT, MERGE)}
        found.append(Size(count, count * each, _megabytes(work / "annotated"), 0, steps))
        lanes += steps.values()
    alternate(lanes, rounds)
    return found[0], found[1]


def _measure(work: Path, articles: int, units: int, rounds: int) -> Size:
    shutil.copytree(work / "annotated", work / "edited/annotated")
    edited = len(edit_articles(work / "edited/annotated", frozenset()))
    for folder in (work, work / "edited"):
        _extract(folder)
    lanes = {name: Lane(name, [step]) for name, step in _steps(work).items()}
    alternate(list(lanes.values()), rounds)
    return Size(articles, articles * units, _megabytes(work / "annotated"), edited, lanes)


def _extract(folder: Path) -> None:
    """Make the PO file that the steps start from, in `kept` next to the articles."""
    run(Step(EXTRACT, [*_cached(folder / "kept"), "extract", "annotated", "-o", "kept"], folder))


def _cached(folder: Path) -> list[str]:
    """Return l10n with a cache of its own, in a folder: a step must not find what another one left there."""
    return ["env", f"XDG_CACHE_HOME={folder / 'cache'}", *TOOL]


def _steps(work: Path) -> dict[str, Step]:
    edited = work / "edited"

    def forget(name: str) -> None:
        shutil.rmtree(work / name, ignore_errors=True)

    def restore() -> None:
        (edited / "old").mkdir(exist_ok=True)
        shutil.copy(work / "kept" / PO, edited / "old" / PO)

    steps = [
        Step(MSGCAT, ["msgcat", "--no-wrap", "-o", "copy.po", f"kept/{PO}"], work),
        Step(
            EXTRACT,
            [*_cached(work / "new"), "extract", "annotated", "-o", "new"],
            work,
            lambda: forget("new"),
        ),
        Step(UNCHANGED, [*_cached(work / "kept"), "extract", "annotated", "-o", "kept"], work),
        Step(STATUS, [*TOOL, "status", "kept"], work),
        Step(MERGE, [*TOOL, "merge", "kept"], work, lambda: forget("build")),
        Step(
            MSGMERGE,
            ["msgmerge", "--previous", "--no-wrap", "-q", "-o", "out.po", f"kept/{PO}", f"edited/kept/{PO}"],
            work,
        ),
        Step(UPDATE, [*_cached(edited / "kept"), "extract", "annotated", "-o", "old"], edited, restore),
    ]
    return {step.name: step for step in steps}


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6
