"""How far a pair can be trusted.

A pair has the probability that pairing gives it, less for unusual lengths. Something missing on one side, or
joined, may be another shift than it seems, so doubt spreads from it to its neighbours, until both sides of a
pair have something in common that no other pair has.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from l10n.plain.pairing import Item, SentenceGroup, length_cost
from l10n.plain.sentences import Cut

_USUAL = 1.2
"""The cost of lengths that is met in many right pairs. If any length were sure, 82 % instead of 87 % of the
deleted localized sentences would be noticed."""
DOUBTFUL = 0.4
"""The highest confidence next to something missing, of a join, and of sentences whose end mark was lost."""


def join_of(group: SentenceGroup, local: Sequence[Item]) -> bool:
    """Return True if a group joins several sentences on either side."""
    if group.english_end - group.english > 1:
        return True
    return any(item.cut >= Cut.SENTENCE for item in local[group.local : group.local_end - 1])


def quality(
    groups: Sequence[SentenceGroup], english: Sequence[Item], local: Sequence[Item], ratio: float
) -> list[float]:
    """Return the confidence of each group, from 0 to 1."""
    tokens = [
        (
            frozenset().union(*(item.tokens for item in english[group.english : group.english_end])),
            frozenset().union(*(item.tokens for item in local[group.local : group.local_end])),
        )
        for group in groups
    ]
    joins = [join_of(group, local) for group in groups]
    trouble = [
        is_join or group.english == group.english_end or group.local == group.local_end
        for group, is_join in zip(groups, joins, strict=True)
    ]
    found = []
    for group, is_doubtful in zip(groups, doubtful(trouble, tokens, [""] * len(groups)), strict=True):
        length = sum(item.weight for item in english[group.english : group.english_end])
        target = sum(item.weight for item in local[group.local : group.local_end])
        sure = group.confidence * math.exp(-max(0.0, length_cost(length, target, ratio) - _USUAL))
        found.append(round(min(sure, DOUBTFUL) if is_doubtful else sure, 9))
    return found


def doubtful(
    trouble: Sequence[bool], tokens: Sequence[tuple[frozenset[str], frozenset[str]]], shapes: Sequence[str]
) -> list[bool]:
    """Return for each step if it is in trouble, or next to trouble with nothing of its own in common.

    `tokens` are those of both sides of a step. Doubt does not spread to another shape. With a tenth of the
    English sentences deleted, 4 of 19,600 sure pairs are wrong; 72 if doubt does not spread, 18 if anything
    in common stops it.
    """
    found = list(trouble)
    if not any(trouble):
        return found
    own = _own_in_common(tokens)
    count = len(trouble)
    for order in (range(count), range(count - 1, -1, -1)):
        spreads = False
        previous = -1
        for number in order:
            if trouble[number]:
                spreads = True
            elif spreads:
                spreads = shapes[previous] == shapes[number] and not own[number]
                found[number] |= spreads
            previous = number
    return found


def _own_in_common(tokens: Sequence[tuple[frozenset[str], frozenset[str]]]) -> list[bool]:
    """Return for each step if both sides have something in common that no other step has."""
    ours = Counter(token for one, _ in tokens for token in one)
    theirs = Counter(token for _, one in tokens for token in one)
    return [any(ours[token] == theirs[token] == 1 for token in one & other) for one, other in tokens]
