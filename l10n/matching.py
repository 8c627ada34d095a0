"""Which message a unit belongs to, among all those of its source.

Law 5, no input makes the time explode: every look-up is by hash, so it takes the same time
however many messages a source has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from l10n.catalogue import Message, Place, UnitRecord, fingerprint


class Index:
    """Finds the messages of units; each look-up takes the same time however many there are."""

    def __init__(self, messages: Iterable[Message]) -> None:
        self._by_source: dict[str, list[Message]] = {}
        for message in messages:
            self._by_source.setdefault(message.source, []).append(message)
        self._ready: dict[str, _Candidates] = {}

    def match(self, units: Sequence[UnitRecord]) -> list[Message | None]:
        """The message of each unit of one article, or None.

        A message fits that was delivered with the unit's target, or translates by it. Among
        several, units take theirs in the order in which these stand in the article, if all
        fit so; else each takes the one that knows its place, then its article. A unit that
        none fits belongs to the only message with work in it that its source has in this
        article and that fits nothing else there: a reviewed decision beats a new machine one.
        """
        found = [self.fitting(unit) for unit in units]
        self._align(units, found)
        if None not in found:
            return found
        fitted = {id(message) for message in found}
        heirs: dict[str, Message | None] = {}
        for number, (unit, message) in enumerate(zip(units, found, strict=True)):
            if message is None:
                if unit.source not in heirs:
                    heirs[unit.source] = self._heir(unit, fitted)
                found[number] = heirs[unit.source]
        return found

    def _align(self, units: Sequence[UnitRecord], found: list[Message | None]) -> None:
        """Give the units of a source with several messages theirs by order, where all fit so.

        What one message was delivered with, another may translate by: then only the order
        tells whose target it is.
        """
        numbers: dict[str, list[int]] = {}
        for number, unit in enumerate(units):
            if len(self._by_source.get(unit.source, ())) > 1:
                numbers.setdefault(unit.source, []).append(number)
        for source, own in numbers.items():
            candidates = self._candidates(source)
            slots = candidates.slots(units[own[0]].place.path) if candidates else ()
            for groups in (
                [[n] for n in own],
                _same_on_a_line(units, own),
                _last_takes_the_rest(own, len(slots)),
            ):
                if len(groups) == len(slots) and all(
                    slot.fits(units[number].target)
                    for group, slot in zip(groups, slots, strict=True)
                    for number in group
                ):
                    for group, slot in zip(groups, slots, strict=True):
                        for number in group:
                            found[number] = slot
                    break

    def fitting(self, unit: UnitRecord) -> Message | None:
        """The message that fits a unit, by itself."""
        candidates = self._candidates(unit.source)
        return candidates.fitting(unit.target, unit.place) if candidates else None

    def only(self, source: str) -> Message | None:
        """The message of `source` if there is just one."""
        messages = self._by_source.get(source, ())
        return messages[0] if len(messages) == 1 else None

    def __contains__(self, source: str) -> bool:
        return source in self._by_source

    def _heir(self, unit: UnitRecord, fitted: set[int]) -> Message | None:
        candidates = self._candidates(unit.source)
        touched = candidates.touched_in(unit.place.path) if candidates else ()
        free = [message for message in touched if id(message) not in fitted]
        return free[0] if len(free) == 1 else None

    def _candidates(self, source: str) -> _Candidates | None:
        ready = self._ready.get(source)
        if ready is None and (messages := self._by_source.get(source)):
            ready = self._ready[source] = _Candidates(messages)
        return ready


def _same_on_a_line(units: Sequence[UnitRecord], numbers: Sequence[int]) -> list[list[int]]:
    """Units of one source, grouped by line and target: such a pair has but one place there."""
    groups: dict[tuple[int, str], list[int]] = {}
    for number in numbers:
        groups.setdefault((units[number].place.line, units[number].target), []).append(number)
    return list(groups.values())


def _last_takes_the_rest(numbers: Sequence[int], count: int) -> list[list[int]]:
    """`count` groups in order, of one each but for the last: so that no message is left without."""
    if not 0 < count <= len(numbers):
        return []
    return [*([number] for number in numbers[: count - 1]), list(numbers[count - 1 :])]


_DELIVERED, _FINGERPRINT, _TRANSLATED = "=", "#", "~"


class _Candidates:
    """The messages of one source, by what fits them and where they stand."""

    __slots__ = ("_at", "_by_mark", "_has_fingerprints", "_messages", "_slots", "_touched")

    def __init__(self, messages: list[Message]) -> None:
        self._messages = messages
        self._by_mark: dict[str, Message] = {}
        self._at: dict[tuple[str, str, int], Message] = {}
        self._touched: dict[str, list[Message]] | None = None
        self._slots: dict[str, list[Message]] | None = None
        # What was delivered tells more than what it was translated by, and a text more than
        # its fingerprint: so the marks are looked up in this order.
        marks: list[tuple[str, Message]] = []
        self._has_fingerprints = False
        for message in messages:
            own = fingerprint(message.translation)
            others = [mark for mark in message.delivered if mark != own]
            marks += [(_FINGERPRINT + mark, message) for mark in others]
            self._has_fingerprints |= bool(others)
            if not message.is_edited:
                marks.append((_DELIVERED + message.translation, message))
            elif message.translation:
                marks.append((_TRANSLATED + message.translation, message))
        for mark, message in marks:
            self._by_mark.setdefault(mark, message)
        if len(messages) > 1:
            for mark, message in marks:
                for path, line in message.places:
                    self._at.setdefault((mark, path, line), message)
                    self._at.setdefault((mark, path, 0), message)

    def fitting(self, target: str, place: Place) -> Message | None:
        path, line = place
        marks = [_DELIVERED + target, _TRANSLATED + target]
        if self._has_fingerprints:
            marks.insert(1, _FINGERPRINT + fingerprint(target))
        for where in (line, 0):
            for mark in marks:
                if message := self._at.get((mark, path, where)):
                    return message
        return next((message for mark in marks if (message := self._by_mark.get(mark))), None)

    def slots(self, path: str) -> Sequence[Message]:
        """The messages that stand in an article, in the order of their places."""
        if self._slots is None:
            self._slots = {}
            places = [(place, n) for n, message in enumerate(self._messages) for place in message.places]
            for place, number in sorted(places):
                self._slots.setdefault(place.path, []).append(self._messages[number])
        return self._slots.get(path, ())

    def touched_in(self, path: str) -> Sequence[Message]:
        if self._touched is None:
            self._touched = {}
            for message in self._messages:
                if message.is_touched:
                    for known in {place.path for place in message.places}:
                        self._touched.setdefault(known, []).append(message)
        return self._touched.get(path, ())
