"""Pair two sequences, blocks or the sentences of a block: dynamic programming over costs.

The cost of a pair is that of its lengths, less what both texts share (`anchors`). Costs are in the same
unit everywhere: 1 is about the cost of a target twice as long as expected.

Law 5: large tables are searched in a band around the diagonal, so that time grows with the length.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from l10n.plain.sentences import Cut


class Item(NamedTuple):
    """A sentence, or a fine piece of a target."""

    weight: float
    tokens: frozenset[str]
    cut: Cut
    """How likely a sentence ends with it."""


class Group(NamedTuple):
    """English items and localized items that belong together; one side is empty for a missing sentence."""

    english: int
    english_end: int
    local: int
    local_end: int
    cost: float


_SPREAD = 0.35
_SMALL = 4.0
"""Characters added to each length, since short texts vary more."""
_SHARED = 1.2
"""The gain of something in common that no other sentence has."""
_MOST_SHARED = 4.0
_MISSING = 4.0
_ENGLISH_JOIN = 2.5
_MOST_ENGLISH = 3
_CUT = {Cut.SPACE: 0.3, Cut.UNSPACED: 6.0, Cut.LOWER: 1.5, Cut.SENTENCE: 0.0, Cut.BREAK: 0.0}
"""The cost of ending a sentence at a cut."""
_JOIN = {Cut.SPACE: 0.0, Cut.UNSPACED: 0.0, Cut.LOWER: 0.2, Cut.SENTENCE: 2.5, Cut.BREAK: 8.0}
"""The cost of going on over a cut."""
_LARGEST_TABLE = 2_500
_BAND = 20


def length_cost(english: float, local: float, ratio: float) -> float:
    """Return the cost of two lengths: heavy-tailed, since people shorten and explain."""
    deviation = math.log((local + _SMALL) / (ratio * english + _SMALL)) / _SPREAD
    return math.log1p(deviation * deviation)


@dataclass(slots=True)
class _Table:
    """The cheapest way to each pair of positions."""

    english: Sequence[Item]
    local: Sequence[Item]
    ratio: float

    def groups(self) -> list[Group]:
        n, m = len(self.english), len(self.local)
        weights_e = [0.0, *accumulate(item.weight for item in self.english)]
        weights_l = [0.0, *accumulate(item.weight for item in self.local)]
        joins = [0.0, *accumulate(_JOIN[item.cut] for item in self.local)]
        shared = self._shared()
        band = self._band(weights_e, weights_l)
        best: list[dict[int, float]] = [{} for _ in range(n + 1)]
        back: list[dict[int, tuple[int, int]]] = [{} for _ in range(n + 1)]
        best[0][0] = 0.0
        for i in range(n + 1):
            row = best[i]
            low, high = band[i]
            for j in range(low, high + 1):
                cost = row.get(j)
                if cost is None:
                    continue
                if j < m:
                    self._relax(best, back, i, j, i, j + 1, cost + _MISSING)
                if i == n:
                    continue
                self._relax(best, back, i, j, i + 1, j, cost + _MISSING)
                for e in range(1, min(_MOST_ENGLISH, n - i) + 1):
                    length = weights_e[i + e] - weights_e[i]
                    base = cost + (e - 1) * _ENGLISH_JOIN
                    for k in range(j + 1, m + 1):
                        local = weights_l[k] - weights_l[j]
                        if k > j + 1 and local > 5 * self.ratio * length + 80:
                            break
                        gain = sum(shared[x][k] - shared[x][j] for x in range(i, i + e)) if shared else 0.0
                        value = (
                            base
                            + length_cost(length, local, self.ratio)
                            - min(gain, _MOST_SHARED)
                            + joins[k - 1]
                            - joins[j]
                            + (_CUT[self.local[k - 1].cut] if k < m else 0.0)
                        )
                        self._relax(best, back, i, j, i + e, k, value)
        return self._path(best, back)

    def _relax(self, best, back, i, j, i2, j2, value):  # type: ignore[no-untyped-def]
        row = best[i2]
        old = row.get(j2)
        if old is None or value < old:
            row[j2] = value
            back[i2][j2] = (i, j)

    def _path(self, best, back) -> list[Group]:  # type: ignore[no-untyped-def]
        i, j = len(self.english), len(self.local)
        if j not in best[i]:
            return [Group(0, i, 0, j, _MISSING)]
        found = []
        while i or j:
            a, b = back[i][j]
            found.append(Group(a, i, b, j, best[i][j] - best[a][b]))
            i, j = a, b
        return found[::-1]

    def _band(self, weights_e: list[float], weights_l: list[float]) -> list[tuple[int, int]]:
        n, m = len(self.english), len(self.local)
        if n * m <= _LARGEST_TABLE:
            return [(0, m)] * (n + 1)
        found = []
        total_e, total_l = weights_e[-1] or 1.0, weights_l[-1] or 1.0
        j = 0
        for i in range(n + 1):
            share = weights_e[i] / total_e
            while j < m and weights_l[j] / total_l < share:
                j += 1
            found.append((max(0, j - _BAND), min(m, j + _BAND)))
        found[-1] = (found[-1][0], m)
        return found

    def _shared(self) -> list[list[float]]:
        """Return for each English item the gains of the first local items, added up."""
        owners: dict[str, list[int]] = {}
        for index, item in enumerate(self.english):
            for token in item.tokens:
                owners.setdefault(token, []).append(index)
        places: dict[str, int] = {}
        for item in self.local:
            for token in item.tokens:
                if token in owners:
                    places[token] = places.get(token, 0) + 1
        if not places:
            return []
        gains = [[0.0] * (len(self.local) + 1) for _ in self.english]
        for index, item in enumerate(self.local):
            for token in item.tokens:
                who = owners.get(token)
                if who and len(who) * places[token] < 50:
                    for one in who:
                        gains[one][index + 1] += _SHARED / max(len(who), places[token])
        return [list(accumulate(row)) for row in gains]


def pair_sentences(english: Sequence[Item], local: Sequence[Item], ratio: float) -> list[Group]:
    """Return the groups of the sentences of a block and the fine pieces of its translation, in order."""
    return _Table(english, local, ratio).groups()
