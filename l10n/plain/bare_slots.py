"""Pair the texts that are translated without annotation: image texts, labels, titles.

They are slots (`article.slots`) outside of the sentences. Slots of the same kinds in the same part of both
texts are pairs in order; whatever else there is has no counterpart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from l10n.article.kinds import Kind
from l10n.article.slots import slots_in
from l10n.plain.blocks import Part


class PartSlot(NamedTuple):
    """A slot by its offsets in the text of a part."""

    part: Part
    start: int
    end: int
    kind: Kind

    @property
    def text(self) -> str:
        """Return its text."""
        return self.part.text[self.start : self.end]


def slots_outside(part: Part, ranges: Sequence[tuple[int, int]]) -> list[PartSlot]:
    """Return the slots of a part outside of `ranges`, which ascend."""
    if "[" not in part.text and '"' not in part.text:
        return []
    found = []
    position = 0
    for start, end in [*ranges, (len(part.text), len(part.text))]:
        found += [PartSlot(part, *slot) for slot in slots_in(part.text, position, start)]
        position = max(position, end)
    return found


def pair_slots(english: Sequence[PartSlot], local: Sequence[PartSlot]) -> list[tuple[PartSlot, PartSlot]]:
    """Return the slots with different texts, in order; none if the slots are of different kinds."""
    if [slot.kind for slot in english] != [slot.kind for slot in local]:
        return []
    return [(one, other) for one, other in zip(english, local, strict=True) if one.text != other.text]
