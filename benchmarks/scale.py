"""Measure the steps of a review beside gettext's tools, for sets of several sizes.

gettext's tools work on the PO file that `l10n extract` wrote: `msgcat --no-wrap` copies it, and
`msgmerge --previous` updates it with another one, from the same articles with 500 sources edited.
`l10n check` is measured for small sets only, since it takes long.
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
from l10n import parse

PO = "nb_NO.po"
EXTRACT, UNCHANGED, UPDATE = "l10n extract", "l10n extract, nothing changed", "l10n extract, sources edited"
CHANGED = "l10n extract, 1 % of the articles changed"
STATUS, MERGE = "l10n status", "l10n merge"
CHECK, CHECK_AGAIN = "l10n check", "l10n check, nothing changed"
MSGCAT, MSGMERGE = "msgcat --no-wrap", "msgmerge --previous"
BESIDE = {**dict.fromkeys((EXTRACT, UNCHANGED, CHANGED, STATUS, MERGE), MSGCAT), UPDATE: MSGMERGE}
"""The gettext command that each step is compared with."""
_CHECKED = 2000
"""The largest number of articles that are checked."""


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
    shutil.copytree(work / "annotated", work / "changed/annotated")
    for folder in (work, work / "edited", work / "changed"):
        _extract(folder)
    shutil.copytree(work / "changed/kept", work / "changed/before")
    for path in sorted((work / "changed/annotated").iterdir())[::100]:
        article = parse(path.read_bytes(), path.name)
        path.write_bytes(article.render("annotated", [f"{unit.target} (ny)" for unit in article.units]))
    steps = _steps(work) | (_checks(work) if articles <= _CHECKED else {})
    lanes = {name: Lane(name, [step]) for name, step in steps.items()}
    alternate(list(lanes.values()), rounds)
    return Size(articles, articles * units, _megabytes(work / "annotated"), edited, lanes)


def _extract(folder: Path) -> None:
    """Make the PO file that the steps start from, in `kept` next to the articles."""
    run(Step(EXTRACT, [*_cached(folder / "kept"), "extract", "annotated", "-o", "kept"], folder))


def _cached(folder: Path) -> list[str]:
    """Return l10n with a cache of its own, in a folder: a step must not find what another one left there."""
    return ["env", f"XDG_CACHE_HOME={folder / 'cache'}", *TOOL]


def _steps(work: Path) -> dict[str, Step]:
    edited, changed = work / "edited", work / "changed"

    def forget(name: str) -> None:
        shutil.rmtree(work / name, ignore_errors=True)

    def restore() -> None:
        (edited / "old").mkdir(exist_ok=True)
        shutil.copy(work / "kept" / PO, edited / "old" / PO)

    def go_back() -> None:
        shutil.rmtree(changed / "kept")
        shutil.copytree(changed / "before", changed / "kept")

    steps = [
        Step(MSGCAT, ["msgcat", "--no-wrap", "-o", "copy.po", f"kept/{PO}"], work),
        Step(
            EXTRACT,
            [*_cached(work / "new"), "extract", "annotated", "-o", "new"],
            work,
            lambda: forget("new"),
        ),
        Step(UNCHANGED, [*_cached(work / "kept"), "extract", "annotated", "-o", "kept"], work),
        Step(CHANGED, [*_cached(changed / "kept"), "extract", "annotated", "-o", "kept"], changed, go_back),
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


def _checks(work: Path) -> dict[str, Step]:
    def first() -> None:
        shutil.rmtree(work / "check", ignore_errors=True)

    codes = (0, 1)  # 1 with findings
    check = Step(CHECK, [*_cached(work / "check"), "check", "annotated"], work, first, codes)
    again = Step(CHECK_AGAIN, [*_cached(work / "again"), "check", "annotated"], work, accepted=codes)
    run(again)
    return {CHECK: check, CHECK_AGAIN: again}


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6
