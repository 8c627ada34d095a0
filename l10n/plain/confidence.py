"""How far a pair can be trusted."""

from __future__ import annotations

import math
from collections.abc import Sequence

from l10n.plain.pairing import Group, Item, length_cost
from l10n.plain.sentences import Cut

_USUAL = 1.2
"""The cost of lengths that is met in many right pairs."""
_JOINED = 0.4
LOST_MARK = 0.4
"""The confidence of sentences that no mark ends in the target."""
_IRREGULAR = 0.7


def join_of(group: Group, local: Sequence[Item]) -> bool:
    """Return True if a group joins several sentences on either side."""
    if group.english_end - group.english > 1:
        return True
    return any(item.cut >= Cut.SENTENCE for item in local[group.local : group.local_end - 1])


def quality(groups: Sequence[Group], english: Sequence[Item], local: Sequence[Item], ratio: float) -> list[float]:
    """Return the confidence of each group, from 0 to 1."""
    joins = [join_of(group, local) for group in groups]
    is_regular = not any(joins) and all(
        group.english < group.english_end and group.local < group.local_end for group in groups
    )
    found = []
    for group, is_join in zip(groups, joins, strict=True):
        length = sum(item.weight for item in english[group.english : group.english_end])
        target = sum(item.weight for item in local[group.local : group.local_end])
        cost = length_cost(length, target, ratio)
        sure = group.confidence * math.exp(-max(0.0, cost - _USUAL))
        if is_join:
            sure *= _JOINED
        elif not is_regular:
            sure *= _IRREGULAR
        found.append(sure)
    return found
