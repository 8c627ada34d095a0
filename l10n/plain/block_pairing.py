"""Pair the blocks of an article with those of its English file.

In nearly every article the blocks follow each other in the same order on both sides. Where they do not, what
both sides have once (a code block, a directive, the name of a heading's anchor) divides the article, and
dynamic programming pairs the blocks in between. Only blocks of the same shape are counterparts, so nothing is
merged across a heading.

Law 5: what occurs once is found by hash; the blocks in between are paired in windows, so that time grows
with the number of blocks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from l10n.plain.confidence import DOUBTFUL, doubtful
from l10n.plain.pairing import MISSING, Steps, cheapest_path, length_cost


class BlockItem(NamedTuple):
    """What is compared of a block."""

    shape: str
    key: str
    """What only its counterpart has, such as code; empty if nothing is known."""
    weight: float
    tokens: frozenset[str]


class BlockPair(NamedTuple):
    """The numbers of an English and a localized block; None where one is missing."""

    english: int | None
    local: int | None
    confidence: float


_OTHER_KEY = 2.0
"""The cost of two blocks with different keys: code whose comments are translated."""
_OTHER_LEVEL = 3.0
_SHARED, _MOST_SHARED = 0.8, 4.0
"""The gain of something in common, and the most of all. With a tenth of the English sentences deleted, 4 of
19,600 sure pairs are wrong; without it 25."""
_WORK = 60_000


def pair_blocks(english: Sequence[BlockItem], local: Sequence[BlockItem], ratio: float) -> list[BlockPair]:
    """Return the pairs of blocks, in order."""
    found: list[BlockPair] = []
    left = right = 0
    for next_left, next_right in [*_anchors(english, local), (len(english), len(local))]:
        found += _between(english, local, (left, next_left), (right, next_right), ratio)
        if next_left < len(english):
            found.append(BlockPair(next_left, next_right, 1.0))
        left, right = next_left + 1, next_right + 1
    return found


def _anchors(english: Sequence[BlockItem], local: Sequence[BlockItem]) -> list[tuple[int, int]]:
    """Return the pairs of blocks whose shape and key occur once on both sides, in ascending order."""
    ours = Counter((item.shape, item.key) for item in english if item.key)
    theirs = Counter((item.shape, item.key) for item in local if item.key)
    places = {(item.shape, item.key): index for index, item in enumerate(local) if item.key}
    pairs = [
        (index, places[key])
        for index, item in enumerate(english)
        if ours.get(key := (item.shape, item.key)) == 1 and theirs.get(key) == 1
    ]
    return _longest_chain(pairs)


def _longest_chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest subsequence whose second numbers ascend (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for index, (_, right) in enumerate(pairs):
        pile = bisect_left(tops, right)
        before.append(piles[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(right)
            piles.append(index)
        else:
            tops[pile], piles[pile] = right, index
    chain = []
    index = piles[-1] if piles else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _between(
    english: Sequence[BlockItem],
    local: Sequence[BlockItem],
    left: tuple[int, int],
    right: tuple[int, int],
    ratio: float,
) -> Iterator[BlockPair]:
    """Yield the pairs between two anchors."""
    ours, theirs = english[slice(*left)], local[slice(*right)]
    if [item.shape for item in ours] == [item.shape for item in theirs]:
        for index in range(len(ours)):
            yield BlockPair(left[0] + index, right[0] + index, 1.0)
        return
    path = cheapest_path(len(ours), len(theirs), lambda steps: _fill(steps, ours, theirs, ratio), _WORK)
    edges = [edge for edge, _ in path]
    nothing = frozenset[str]()
    doubts = doubtful(
        [edge.i == edge.i2 or edge.j == edge.j2 for edge in edges],
        [
            (
                ours[edge.i].tokens if edge.i2 > edge.i else nothing,
                theirs[edge.j].tokens if edge.j2 > edge.j else nothing,
            )
            for edge in edges
        ],
        [ours[edge.i].shape if edge.i2 > edge.i else theirs[edge.j].shape for edge in edges],
    )
    for (edge, confidence), is_doubtful in zip(path, doubts, strict=True):
        yield BlockPair(
            left[0] + edge.i if edge.i2 > edge.i else None,
            right[0] + edge.j if edge.j2 > edge.j else None,
            min(confidence, DOUBTFUL) if is_doubtful else confidence,
        )


def _fill(steps: Steps, english: Sequence[BlockItem], local: Sequence[BlockItem], ratio: float) -> None:
    n, m = steps.end
    for i in range(steps.start[0], n + 1):
        for j in range(steps.start[1], m + 1):
            if not steps.is_reached(i, j):
                continue
            if j < m:
                steps.add(i, j, i, j + 1, MISSING)
            if i < n:
                steps.add(i, j, i + 1, j, MISSING)
                if j < m and (cost := _cost(english[i], local[j], ratio)) is not None:
                    steps.add(i, j, i + 1, j + 1, cost)


def _cost(english: BlockItem, local: BlockItem, ratio: float) -> float | None:
    """Return the cost of a pair, or None if these blocks are no counterparts."""
    if bool(english.weight) != bool(local.weight):
        return None
    cost = 0.0
    if english.shape != local.shape:
        if not english.weight or english.shape.startswith("h") or local.shape.startswith("h"):
            return None
        cost = _OTHER_LEVEL
    if not english.weight:
        return cost - 1.0 if english.key == local.key else cost + _OTHER_KEY
    if english.key and local.key:
        cost += -2.0 if english.key == local.key else _OTHER_KEY
    shared = len(english.tokens & local.tokens)
    lost = min(len(english.tokens), len(local.tokens)) - shared
    cost += length_cost(english.weight, local.weight, ratio) + 0.2 * min(lost, 5)
    return cost - min(_SHARED * shared, _MOST_SHARED)
