"""How far a pair can be trusted.

A pair has the probability that pairing gives it, less for unusual lengths. Something missing on one side, or
joined, may be another shift than it seems, so doubt spreads from it to its neighbours, until both sides of a
pair have something in common that their neighbours do not have.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from l10n.plain.pairing import Group, Item, length_cost
from l10n.plain.sentences import Cut

_USUAL = 1.2
"""The cost of lengths that is met in many right pairs."""
DOUBTFUL = 0.4
"""The highest confidence next to something missing, of a join, and of sentences whose end mark was lost."""


def join_of(group: Group, local: Sequence[Item]) -> bool:
    """Return True if a group joins several sentences on either side."""
    if group.english_end - group.english > 1:
        return True
    return any(item.cut >= Cut.SENTENCE for item in local[group.local : group.local_end - 1])


def quality(
    groups: Sequence[Group], english: Sequence[Item], local: Sequence[Item], ratio: float
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
        found.append(min(sure, DOUBTFUL) if is_doubtful else sure)
    return found


def doubtful(
    trouble: Sequence[bool], tokens: Sequence[tuple[frozenset[str], frozenset[str]]], shapes: Sequence[str]
) -> list[bool]:
    """Return for each step if it is in trouble, or next to trouble with nothing of its own in common.

    `tokens` are those of both sides of a step. Doubt does not spread to another shape.
    """
    found = list(trouble)
    if not any(trouble):
        return found
    count = len(trouble)
    for order in (range(count), range(count - 1, -1, -1)):
        spreads = False
        previous = -1
        for number in order:
            if trouble[number]:
                spreads = True
            elif spreads:
                is_same = previous < 0 or shapes[previous] == shapes[number]
                spreads = is_same and not _is_supported(tokens, number)
                found[number] |= spreads
            previous = number
    return found


def _is_supported(tokens: Sequence[tuple[frozenset[str], frozenset[str]]], number: int) -> bool:
    """Return True if both sides of a step have something in common that the steps next to it do not have."""
    ours, theirs = tokens[number]
    common = ours & theirs
    for other in (number - 1, number + 1):
        if 0 <= other < len(tokens) and common:
            common = common - tokens[other][0] - tokens[other][1]
    return bool(common)
