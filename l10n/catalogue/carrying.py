"""What an edited sentence takes over from the one that it was.

Law 2: what no longer fits is kept, fuzzy with the previous source. A changed source never
takes a translation over in silence: whatever it takes is fuzzy, since one `not` more makes
it another sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from l10n.catalogue.catalogue import Message, UnitRecord
from l10n.catalogue.history import History, OldArticle
from l10n.catalogue.similar import Similar, closest, containing

# How alike an edited source is to what it was, 0 to 1 (measured: benchmarks/deliveries.py).
_HERE = 0.5
"""At the very place where the other one stood."""
_HERE_CONTAINED = 0.8
"""There, if one of both is a part of the other."""
_ANYWHERE = 0.7

# So many places are looked at where an edited sentence may come from.
_NEAREST = 40


class Carrier:
    """Finds the old message whose translation an edited source begins with."""

    def __init__(self, messages: Iterable[Message]) -> None:
        """`messages` are all that may be carried from."""
        self._messages = messages

    def carry(
        self,
        units: Sequence[UnitRecord],
        edited: Sequence[int],
        owners: Sequence[Message | None],
        history: History,
    ) -> dict[int, Message]:
        """The old message for each of the units `edited` of one article that resembles one.

        Candidates are those that stood at its place, between the same sentences before and
        after; then all that there are. `owners` are the messages of the other units. What
        people translated anew gives way to what a reviewer wrote, and to nothing else.
        """
        found: dict[int, Message] = {}
        if not edited or not self._by_source:
            return found
        origin = history.origin(units)
        anchors = _anchors(owners, origin)
        here = {unit.source for unit in units}
        for number in edited:
            unit = units[number]
            near = [m for m in _gap(number, anchors, origin) if m.has_work and m.source not in here]
            message = _at_its_place(unit, near) or self._anywhere(unit.source)
            if message and (not unit.human or message.is_edited or message.fits(unit.target)):
                found[number] = message
        return found

    @cached_property
    def _by_source(self) -> dict[str, Message]:
        """What may be carried from; of several messages of one source the most wanted."""
        found: dict[str, Message] = {}
        for message in sorted(self._messages, key=lambda m: (m.obsolete, m.fuzzy)):
            if message.has_work:
                found.setdefault(message.source, message)
        return found

    @cached_property
    def _similar(self) -> Similar:
        return Similar(self._by_source)

    def _anywhere(self, source: str) -> Message | None:
        match = self._similar.closest(source, _ANYWHERE)
        return self._by_source[match] if match is not None else None


def _at_its_place(unit: UnitRecord, near: Sequence[Message]) -> Message | None:
    """The one of the messages that stood where the unit stands that it comes from, if any.

    One with the very target first: its translation was not touched when its source was.
    """
    same = {message.source: message for message in near if message.fits(unit.target)}
    all_near = {message.source: message for message in near}
    match = (
        closest(unit.source, list(same), 0)
        or closest(unit.source, list(all_near), _HERE)
        or containing(unit.source, list(all_near), _HERE_CONTAINED)
    )
    return None if match is None else same.get(match) or all_near[match]


def _anchors(owners: Sequence[Message | None], origin: OldArticle) -> list[tuple[int, int]]:
    """Units that stand where they stood among the others: their numbers and old positions, ascending.

    The longest run of units whose messages stood once in the old article, in the same order
    (patience diff, by Bram Cohen), in n log n steps.
    """
    once = Counter(id(owner) for owner in owners if owner)
    stood = Counter(id(slot.message) for slot in origin.slots)
    position = {id(slot.message): slot.position for slot in origin.slots}
    pairs = [
        (number, position[id(owner)])
        for number, owner in enumerate(owners)
        if owner and once[id(owner)] == 1 and stood[id(owner)] == 1
    ]
    ends: list[int] = []
    last_of: list[int] = []
    previous: list[int] = []
    for index, (_, old) in enumerate(pairs):
        length = bisect_left(ends, old)
        previous.append(last_of[length - 1] if length else -1)
        ends[length : length + 1] = [old]
        last_of[length : length + 1] = [index]
    run = []
    index = last_of[-1] if last_of else -1
    while index >= 0:
        run.append(pairs[index])
        index = previous[index]
    return run[::-1]


def _gap(number: int, anchors: Sequence[tuple[int, int]], origin: OldArticle) -> list[Message]:
    """The old messages between the anchors around unit `number`, the nearest to its place."""
    after = bisect_left(anchors, (number, -1))
    unit_before, first = anchors[after - 1] if after else (-1, -1)
    last = anchors[after][1] if after < len(anchors) else len(origin.slots)
    expected = first + number - unit_before
    start = max(first + 1, min(expected, last) - _NEAREST // 2)
    return [slot.message for slot in origin.slots[start : min(last, start + _NEAREST)]]
