"""Two versions of a base, combined: one value, a set, an order, the lines of a comment.

Everywhere the side that changed something has its way. If both did, it depends on the kind of
value. Each function takes time in proportion to what it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from typing import TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


def value(base: T, ours: T, theirs: T, if_both: Callable[[T, T], T]) -> T:
    """Return the version of the side that changed `base`; if both did, the result of `if_both`."""
    if theirs in (ours, base):
        return ours
    return theirs if ours == base else if_both(ours, theirs)


def members(base: Set[K], ours: Set[K], theirs: Set[K]) -> set[K]:
    """Return the members of both and what either added, without what either removed."""
    return {*(ours & theirs), *(ours - base), *(theirs - base)}


def lines(base: str, ours: str, theirs: str) -> str:
    """The lines of a text; if both sides changed it, those of `ours`, then what `theirs` added.

    A line that either took out goes, as in `members`.
    """

    def union(ours: str, theirs: str) -> str:
        before, one, other = (text.split("\n") if text else [] for text in (base, ours, theirs))
        stays = members(set(before), set(one), set(other))
        known = set(one)
        return "\n".join(line for line in [*one, *(x for x in other if x not in known)] if line in stays)

    return value(base, ours, theirs, union)


def order(base: Sequence[K], ours: Sequence[K], theirs: Sequence[K]) -> list[K]:
    """All that `ours` and `theirs` hold, each once.

    In the order of `ours`, each one that only `theirs` has behind the one that it follows
    there; the other way around if `theirs` alone changed the order.
    """
    lead, other = ours, theirs
    if _is_rearranged(base, theirs) and not _is_rearranged(base, ours):
        lead, other = theirs, ours
    in_lead = set(lead)
    behind: dict[K | None, list[K]] = {None: []}
    last = None
    for key in other:
        if key in in_lead:
            last = key
        else:
            behind.setdefault(last, []).append(key)
    return behind[None] + [item for key in lead for item in (key, *behind.get(key, ()))]


def _is_rearranged(base: Sequence[K], side: Sequence[K]) -> bool:
    return _only(side, set(base)) != _only(base, set(side))


def _only(keys: Iterable[K], wanted: Set[K]) -> list[K]:
    return [key for key in keys if key in wanted]
