"""Pair the sentences of a block with those of its translation: dynamic programming over costs.

The cost of a pair is that of its lengths, less what both texts share (`anchors`). Costs are in the same
unit everywhere, the negative logarithm of a likelihood, so that the sum over all ways gives each pair its
probability.

Law 4, same input, same bytes: the logarithms of two machines may differ in the last digit, so costs and
probabilities are rounded.

Law 5: long sequences are paired in windows, the smaller the longer they are, so that time grows with the
length.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from l10n.plain.sentences import Cut

_DIGITS = 9


class Edge(NamedTuple):
    """A step of the way through both sequences: from (i, j) to (i2, j2)."""

    i: int
    j: int
    i2: int
    j2: int
    cost: float


class Steps:
    """The steps through two sequences, from one pair of positions to another, ordered by their beginnings."""

    def __init__(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        self.start, self.end = start, end
        self._edges: list[Edge] = []
        self._best: dict[tuple[int, int], float] = {start: 0.0}
        self._back: dict[tuple[int, int], Edge] = {}
        self._sums: dict[tuple[int, int], float] = {start: 0.0}

    def is_reached(self, i: int, j: int) -> bool:
        """Return True if a way leads to (i, j)."""
        return (i, j) in self._best

    def add(self, i: int, j: int, i2: int, j2: int, cost: float) -> None:
        """Add a step from (i, j), which is reached and to which no more steps lead."""
        edge = Edge(i, j, i2, j2, cost)
        self._edges.append(edge)
        key = (i2, j2)
        total = self._best[i, j] + cost
        old = self._best.get(key)
        if old is None or total < old:
            self._best[key] = total
            self._back[key] = edge
        self._sums[key] = _either(self._sums.get(key), self._sums[i, j] + cost)

    def path(self) -> list[tuple[Edge, float]]:
        """Return the cheapest way, each step with its probability; empty if the end is not reached."""
        if self.end not in self._best:
            return []
        rest = {self.end: 0.0}
        for edge in reversed(self._edges):
            if (after := rest.get((edge.i2, edge.j2))) is not None:
                start = (edge.i, edge.j)
                rest[start] = _either(rest.get(start), after + edge.cost)
        total = self._sums[self.end]
        found = []
        position = self.end
        while position != self.start:
            edge = self._back[position]
            position = (edge.i, edge.j)
            cost = self._sums[position] + edge.cost + rest[edge.i2, edge.j2] - total
            found.append((edge, min(1.0, round(math.exp(-cost), _DIGITS))))
        return found[::-1]


def _either(one: float | None, other: float) -> float:
    """Return the cost of either of two ways: the sum of their likelihoods."""
    if one is None:
        return other
    low, high = (one, other) if one < other else (other, one)
    return low - math.log1p(math.exp(low - high))


_LARGEST_WINDOW, _SMALLEST_WINDOW = 40, 6


def cheapest_path(n: int, m: int, fill: Callable[[Steps], None], work: int) -> list[tuple[Edge, float]]:
    """Return the cheapest way through sequences of lengths `n` and `m`; `fill` adds the steps.

    The first half of a window's way is kept, then the next window begins at its end. `work` is the size of a
    window times the lengths of both sequences.
    """
    size = _LARGEST_WINDOW
    if max(n, m) > size:
        size = max(_SMALLEST_WINDOW, min(size, work // (n + m)))
    found: list[tuple[Edge, float]] = []
    start = (0, 0)
    while start != (n, m):
        end = (min(n, start[0] + size), min(m, start[1] + size))
        steps = Steps(start, end)
        fill(steps)
        for number, (edge, confidence) in enumerate(steps.path()):
            is_late = edge.i2 > start[0] + size // 2 or edge.j2 > start[1] + size // 2
            if end != (n, m) and is_late and number:
                break
            found.append((edge, confidence))
        start = (found[-1][0].i2, found[-1][0].j2)
    return found


class Item(NamedTuple):
    """A sentence, or a fine piece of a target."""

    weight: float
    tokens: frozenset[str]
    cut: Cut
    """How likely a sentence ends with it."""


class SentenceGroup(NamedTuple):
    """English items and localized items that belong together; one side is empty for a missing sentence."""

    english: int
    english_end: int
    local: int
    local_end: int
    confidence: float


MISSING = 4.0
"""The cost of an item without counterpart."""
_SPREAD = 0.35
_SMALL = 4.0
"""Characters added to each length, since short texts vary more."""
_SHARED = 1.2
"""The gain of something in common that no other sentence has."""
_MOST_SHARED = 4.0
_ENGLISH_JOIN = 2.5
_MOST_ENGLISH, _MOST_ENGLISH_OF_MANY = 8, 3
"""How many English items may be joined, in short texts and in long ones (law 5)."""
_CUT = {
    Cut.WORD: 3.0,
    Cut.PHRASE: 1.2,
    Cut.SPACE: 0.3,
    Cut.UNSPACED: 6.0,
    Cut.LOWER: 1.5,
    Cut.SENTENCE: 0.0,
    Cut.BREAK: 0.0,
}
"""The cost of ending a sentence at a cut. All free, F1 of contrib-ru is 0.9959 instead of 0.9973."""
_JOIN = {
    Cut.WORD: 0.0,
    Cut.PHRASE: 0.0,
    Cut.SPACE: 0.0,
    Cut.UNSPACED: 0.0,
    Cut.LOWER: 0.2,
    Cut.SENTENCE: 2.5,
    Cut.BREAK: 8.0,
}
"""The cost of going on over a cut. All free, F1 of alch-nb is 0.9944 instead of 0.9948."""
_WORK = 6_000
_LARGEST_TABLE = 1_000_000
"""Texts of more sentences than this are one doubtful pair (law 5)."""
_COMMON = 50
"""What is this often in both texts says nothing (law 5)."""


def length_cost(english: float, local: float, ratio: float) -> float:
    """Return the cost of two lengths: heavy-tailed, since people shorten and explain."""
    deviation = math.log((local + _SMALL) / (ratio * english + _SMALL)) / _SPREAD
    return round(math.log1p(deviation * deviation), _DIGITS)


def pair_sentences(english: Sequence[Item], local: Sequence[Item], ratio: float) -> list[SentenceGroup]:
    """Return the groups of the sentences of a block and the fine pieces of its translation, in order."""
    if len(english) * len(local) > _LARGEST_TABLE:
        return [SentenceGroup(0, len(english), 0, len(local), 0.0)]
    table = _Table(english, local, ratio)
    path = cheapest_path(len(english), len(local), table.fill, _WORK)
    return [SentenceGroup(edge.i, edge.i2, edge.j, edge.j2, confidence) for edge, confidence in path]


class _Table:
    """The costs of all groups of two sequences."""

    def __init__(self, english: Sequence[Item], local: Sequence[Item], ratio: float) -> None:
        self._english, self._local, self._ratio = english, local, ratio
        self._lengths = [0.0, *accumulate(item.weight for item in english)]
        self._local_lengths = [0.0, *accumulate(item.weight for item in local)]
        self._joins = [0.0, *accumulate(_JOIN[item.cut] for item in local)]
        self._shared = _shared(english, local)

    def fill(self, steps: Steps) -> None:
        """Add all steps of a window."""
        n, m = steps.end
        most = _MOST_ENGLISH if len(self._english) <= 12 else _MOST_ENGLISH_OF_MANY
        for i in range(steps.start[0], n + 1):
            for j in range(steps.start[1], m + 1):
                if not steps.is_reached(i, j):
                    continue
                if j < m:
                    steps.add(i, j, i, j + 1, MISSING)
                if i < n:
                    steps.add(i, j, i + 1, j, MISSING)
                for i2 in range(i + 1, min(n, i + most) + 1):
                    for k, cost in self._groups(i, i2, j, m):
                        steps.add(i, j, i2, k, cost)

    def _groups(self, i: int, i2: int, j: int, end: int) -> Iterator[tuple[int, float]]:
        """Yield the ends of the groups of the English items i to i2 that begin at j, with their costs."""
        length = self._lengths[i2] - self._lengths[i]
        base = (i2 - i - 1) * _ENGLISH_JOIN
        longest = 5 * self._ratio * length + 80
        last = len(self._local)
        for k in range(j + 1, end + 1):
            local = self._local_lengths[k] - self._local_lengths[j]
            if k > j + 1 and local > longest:
                return
            gain = sum(self._shared[x][k] - self._shared[x][j] for x in range(i, i2)) if self._shared else 0.0
            cost = base + length_cost(length, local, self._ratio) - min(gain, _MOST_SHARED)
            cost += self._joins[k - 1] - self._joins[j]
            yield k, cost + (_CUT[self._local[k - 1].cut] if k < last else 0.0)


def _shared(english: Sequence[Item], local: Sequence[Item]) -> list[list[float]]:
    """Return for each English item the gains of the first local items, added up.

    With a tenth of the English sentences deleted, 4 of 19,600 sure pairs are wrong; without it 8.
    """
    owners = _places(english)
    common = {token: places for token, places in _places(local).items() if token in owners}
    if not common:
        return []
    gains = [[0.0] * (len(local) + 1) for _ in english]
    for token, places in common.items():
        if len(owners[token]) * len(places) >= _COMMON:
            continue
        gain = _SHARED / max(len(owners[token]), len(places))
        for owner in owners[token]:
            for place in places:
                gains[owner][place + 1] += gain
    return [list(accumulate(row)) for row in gains]


def _places(items: Sequence[Item]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for index, item in enumerate(items):
        for token in item.tokens:
            places.setdefault(token, []).append(index)
    return places
