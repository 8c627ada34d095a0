"""Measure how well the risk of a message foretells what people change.

    python benchmarks/risk.py FOLDER [FOLDER ...]

The folders are deliveries of the same articles, the oldest first. The pairs are the machine translations of a
delivery whose sources have a human translation in the last one, but none in their own. Each model is learned
from its own delivery, so it has not seen the translations that it is to foretell. The size of an edit is the
number of changed words by that of the longer text.

Prints the share of pairs edited by 0.3 and more (the base rate), and for each order: AUC, which is how often
an edited pair comes before another one; the share of edited pairs in the first fifth; and the share of the
worst tenth that is in the first fifth.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from l10n.catalogue import Message, Place, Segment
from l10n.checks import Severity
from l10n.checks.message_checks import MessageChecks
from l10n.files import Root
from l10n.finding import ARTICLE_SUFFIXES
from l10n.jobs.read_article import Reader, Reading
from l10n.risk import LEAST, RiskModel

EDITED = 0.3


class Edit(NamedTuple):
    """A machine translation, and how much of it people changed later."""

    source: str
    machine: str
    human: str

    @property
    def size(self) -> float:
        """The share of the words that were changed."""
        old, new = self.machine.split(), self.human.split()
        return Levenshtein.distance(old, new) / max(len(old), len(new), 1)


class Result(NamedTuple):
    """How well an order foretells edits."""

    auc: float
    first_fifth: float
    """The share of edited pairs in the first fifth."""
    worst_tenth: float
    """The share of the worst tenth that is in the first fifth."""


def main() -> None:
    *earlier, last = (_segments(Path(name)) for name in sys.argv[1:])
    print("| delivery | human text | pairs | base rate | order | AUC | edited in first fifth | worst tenth |")
    print("|---|--:|--:|--:|---|--:|--:|--:|")
    for name, segments in zip(sys.argv[1:], earlier, strict=False):
        edits = edits_between(segments, last)
        if not edits:
            continue
        sizes = [edit.size for edit in edits]
        human = {segment.target for segment in segments if segment.human}
        characters = sum(map(len, human))
        base = sum(size >= EDITED for size in sizes) / len(edits)
        head = f"| {Path(name).name} | {characters:,} | {len(edits):,} | {base:.2f}"
        model = RiskModel(human, [segment.source for segment in segments])
        orders = {
            "model" if characters >= LEAST else "model (too little text)": [
                model.score(edit.source, edit.machine) for edit in edits
            ],
            "checks": [_found(edit) for edit in edits],
            "length": [float(len(edit.source)) for edit in edits],
        }
        for order, scores in orders.items():
            auc, first, worst = measure(scores, sizes)
            print(f"{head} | {order} | {auc:.2f} | {first:.2f} | {worst:.2f} |", flush=True)


def edits_between(earlier: Sequence[Segment], later: Sequence[Segment]) -> list[Edit]:
    """Return the machine translations of a delivery, with later human ones, a pair for each source."""
    known = {segment.source for segment in earlier if segment.human}
    machine = _by_source(segment for segment in earlier if not segment.human)
    human = _by_source(segment for segment in later if segment.human)
    edits = []
    for source in sorted(machine.keys() & human.keys() - known):
        old, new = machine[source], human[source]
        path = min(old.keys() & new.keys(), default=None)
        edits.append(Edit(source, old[path or min(old)], new[path or min(new)]))
    return edits


def measure(scores: Sequence[float], sizes: Sequence[float]) -> Result:
    """Return how well `scores` foretell edits of those `sizes`; equal scores count by their average."""
    edited = [score for score, size in zip(scores, sizes, strict=True) if size >= EDITED]
    others = [score for score, size in zip(scores, sizes, strict=True) if size < EDITED]
    before = sum((one > other) + (one == other) / 2 for one in edited for other in others)
    in_first = _shares(scores, len(scores) // 5)
    of_worst = _shares(sizes, len(sizes) // 10)
    first = sum(share for share, size in zip(in_first, sizes, strict=True) if size >= EDITED)
    worst = sum(share * other for share, other in zip(in_first, of_worst, strict=True))
    return Result(before / (len(edited) * len(others)), first / sum(in_first), worst / sum(of_worst))


def _shares(values: Sequence[float], count: int) -> list[float]:
    """Return the share of each item among the `count` highest: 0, 1, or between where values are equal."""
    limit = sorted(values, reverse=True)[count - 1]
    above, equal = sum(value > limit for value in values), sum(value == limit for value in values)
    return [1.0 if value > limit else (count - above) / equal * (value == limit) for value in values]


def _found(edit: Edit) -> float:
    """Return what the checks alone say of a machine translation."""
    message = Message(edit.source, edit.machine, fuzzy=True, places=[Place("a.md", 1)])
    worst = _CHECKS.worst(message, "nb_NO")
    return 2.0 if worst is Severity.ERROR else float(worst is not None)


_CHECKS = MessageChecks()


def _by_source(segments: Iterable[Segment]) -> dict[str, dict[str, str]]:
    """Return the first target of each source in each article."""
    found: dict[str, dict[str, str]] = {}
    for segment in segments:
        found.setdefault(segment.source, {}).setdefault(segment.place.path, segment.target)
    return found


def _segments(folder: Path) -> list[Segment]:
    """Return the units of all articles in a delivery."""
    root = Root.at(folder)
    names = sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in ARTICLE_SUFFIXES
    )
    made = Reader(root, None, None).run(names, map(root.load, names))
    return [segment for one in made for segment in Reading.from_bytes(one.result).records()]


if __name__ == "__main__":
    main()
