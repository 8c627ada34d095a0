"""Which message a unit belongs to, among all those of its source.

Law 2, a reviewed decision beats a machine one, always: where the source is what it was, the
reviewed translation stays, wherever the unit now stands, whatever its id, and whatever the
machine makes of it now.

Law 5, no input makes the time explode: every look-up is by hash, so it takes the same time
however many messages a source has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from l10n.catalogue.catalogue import Message, UnitRecord, fingerprint
from l10n.catalogue.history import History, OldArticle, Slot, neighbours


class Heir(NamedTuple):
    """The message whose translation a unit takes over, though it carries another target."""

    message: Message
    is_sure: bool
    """Whether it is the message of that very sense, so that its review holds."""


class Index:
    """Finds the messages of units; each look-up takes the same time however many there are."""

    def __init__(self, messages: Iterable[Message]) -> None:
        self._messages = list(messages)
        self.history = History(self._messages)
        self._by_source: dict[str, list[Message]] = {}
        for message in self._messages:
            self._by_source.setdefault(message.source, []).append(message)
        self._ready: dict[str, _Senses] = {}

    def __reduce__(self) -> tuple[type[Index], tuple[list[Message]]]:
        return Index, (self._messages,)  # the look-ups hold identities, which another process has not

    def __contains__(self, source: str) -> bool:
        return source in self._by_source

    def match(self, units: Sequence[UnitRecord], obsolete: Index | None = None) -> list[Message | None]:
        """The message of each unit of one article, or None.

        A message fits that was delivered with the unit's target, or translates by it. Units
        take those that stood in their article first: in order, if all fit so; else each the
        one that fits and knows its line, or stands in the article at all; else the one with
        work in it that stood where the unit stands. Only then do messages count that fit but
        stand elsewhere. Where people translated, then or now, or the article moved, those that
        fit come before those that do not, wherever they stand, be they `obsolete`.
        """
        found: list[Message | None] = [None] * len(units)
        by_source: dict[str, list[int]] = {}
        for number, unit in enumerate(units):
            if unit.source in self._by_source:
                by_source.setdefault(unit.source, []).append(number)
        for source, numbers in by_source.items():
            senses = self._senses(source)
            if senses.only and all(senses.only.fits(units[number].target) for number in numbers):
                for number in numbers:
                    found[number] = senses.only
                continue
            origin = self.history.origin(units)
            if slots := origin.of(source):
                stood = _Stood(units, origin, slots, senses, obsolete)
                stood.fit(numbers, found)
                stood.inherit(numbers, found)
            for number in numbers:
                found[number] = found[number] or senses.fitting(units[number].target)
        return found

    def fitting(self, unit: UnitRecord) -> Message | None:
        """The message that fits a unit, by itself."""
        return self._senses(unit.source).fitting(unit.target) if unit.source in self else None

    def heir(self, units: Sequence[UnitRecord], number: int, *, even_of_people: bool = False) -> Heir | None:
        """What a unit of one article takes over that no message fits, or None.

        The message of its source, if there is just one: a reviewed decision beats a machine
        one. Among several senses the one of its article, then the one that stood between the
        same neighbours; in doubt the best of them, not surely. What people translated takes
        nothing over here, but with `even_of_people`.
        """
        unit = units[number]
        if unit.source not in self or (unit.human and not even_of_people):
            return None
        senses = self._senses(unit.source)
        known = senses.known_in(self.history.origin(units))
        if known.best is None or known.is_one_sense:
            return Heir(known.best, True) if known.best else None
        between = senses.between(neighbours(units, number), self.history)
        if between and id(between) in known.members:
            return Heir(between, True) if between.has_work else None
        return Heir(known.best, False)

    def _senses(self, source: str) -> _Senses:
        if source not in self._ready:
            self._ready[source] = _Senses(self._by_source[source])
        return self._ready[source]


def _may_inherit(message: Message, unit: UnitRecord) -> bool:
    return message.has_work and not (unit.human and message.is_publishers)


def _distinct(messages: Iterable[Message]) -> list[Message]:
    return list({id(message): message for message in messages}.values())


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


_Neighbours = tuple[str | None, ...]


class _Stood:
    """The messages of one source that stood in the article of `units`, at `slots`."""

    def __init__(
        self,
        units: Sequence[UnitRecord],
        origin: OldArticle,
        slots: Sequence[Slot],
        senses: _Senses,
        obsolete: Index | None,
    ) -> None:
        self._units = units
        self._origin = origin
        self._slots = slots
        self._senses = senses
        self._obsolete = obsolete

    def fit(self, numbers: Sequence[int], found: list[Message | None]) -> None:
        """Give units the messages that fit them."""
        if self._senses.only is None and self._align(numbers, found):
            return
        for number in numbers:
            unit = self._units[number]
            found[number] = self._senses.fitting_at(unit.target, self._origin.path, unit.place.line)

    def inherit(self, numbers: Sequence[int], found: list[Message | None]) -> None:
        """Give units that nothing fits the messages that stood where they stand.

        Those between the same neighbours; then the only one that is left, or as many as
        there are units, in order.
        """
        left = [number for number in numbers if found[number] is None]
        self._inherit_slots(numbers, left, found)
        # What a pair became at one place it is at all: two machine targets are no two senses.
        became: dict[str, list[Message]] = {}
        for number in left:
            if message := found[number]:
                became.setdefault(self._units[number].target, []).append(message)
        for number in left:
            heirs = _distinct(became.get(self._units[number].target, ()))
            if found[number] is None and len(heirs) == 1:
                found[number] = heirs[0]

    def _inherit_slots(
        self, numbers: Sequence[int], left: Sequence[int], found: list[Message | None]
    ) -> None:
        free = self._free(numbers, found) if left else []
        for side in (slice(0, 2), slice(0, 1), slice(1, 2)):  # both neighbours, the one before, the one after
            left, free = self._take_between(left, free, found, side)
        if len(_distinct(slot.message for slot in free)) == 1:
            for number in left:
                self._take(number, free[0].message, found)
            return
        for groups in ([[number] for number in left], _same_on_a_line(self._units, left)):
            if free and len(groups) == len(free):
                for number, slot in _paired(groups, free):
                    self._take(number, slot.message, found)
                return
        on_line: dict[int, list[Message]] = {}
        for slot in self._slots:
            on_line.setdefault(slot.line, []).append(slot.message)
        for number in left:  # a message has but one place on a line, for however many units
            there = on_line.get(self._units[number].place.line, ())
            if len(there) == 1 and not self._fits_any(self._units[number]):
                self._take(number, there[0], found)

    def _align(self, numbers: Sequence[int], found: list[Message | None]) -> bool:
        """Give the units of a source with several messages theirs by order, if all fit so.

        What one message was delivered with, another may translate by: then only the order
        tells whose target it is. Where all translate alike, the order is all that they need.
        """
        messages = _distinct(slot.message for slot in self._slots)
        alike = len(messages) > 1 == len({message.translation for message in messages})
        for groups in (
            self._by_line(numbers),
            [[number] for number in numbers],
            _same_on_a_line(self._units, numbers),
            _last_takes_the_rest(numbers, len(self._slots)),
        ):
            if len(groups) != len(self._slots):
                continue
            pairs = _paired(groups, self._slots)
            if all(
                slot.message.fits(self._units[number].target)
                or (alike and self._may_take(self._units[number], slot.message))
                for number, slot in pairs
            ):
                for number, slot in pairs:
                    found[number] = slot.message
                return True
        return False

    def _by_line(self, numbers: Sequence[int]) -> list[list[int]]:
        """The units for each slot, those of its line, if there are some for all and none for no slot."""
        units_on: dict[int, list[int]] = {}
        for number in numbers:
            units_on.setdefault(self._units[number].place.line, []).append(number)
        slots_on = Counter(slot.line for slot in self._slots)
        if slots_on.keys() != units_on.keys():
            return []
        return [
            group for line, count in slots_on.items() for group in _last_takes_the_rest(units_on[line], count)
        ]

    def _free(self, numbers: Sequence[int], found: Sequence[Message | None]) -> list[Slot]:
        """The slots that no unit took: each takes one of its message, that of its line if there is one."""
        by_message: dict[int, dict[int, Slot]] = {}
        for slot in self._slots:
            by_message.setdefault(id(slot.message), {})[slot.position] = slot
        at_line = {(id(slot.message), slot.line): slot.position for slot in self._slots}
        for number in numbers:
            own = by_message.get(id(found[number]))
            if own:
                position = at_line.get((id(found[number]), self._units[number].place.line))
                own.pop(position if position in own else next(iter(own)))
        return sorted(chain.from_iterable(own.values() for own in by_message.values()))

    def _take_between(
        self, left: Sequence[int], free: Sequence[Slot], found: list[Message | None], side: slice
    ) -> tuple[list[int], list[Slot]]:
        """Give units the messages that stood between the same neighbours; returns what is left of both.

        `side` tells which neighbours count. Those that stand there more than once tell nothing.
        """
        then: dict[_Neighbours, list[Slot]] = {}
        for slot in free:
            stood: _Neighbours = self._origin.neighbours(slot)
            known = stood[side]
            then.setdefault(known, []).append(slot)
        now: dict[_Neighbours, list[int]] = {}
        for number in left:
            stand: _Neighbours = neighbours(self._units, number)
            known = stand[side]
            now.setdefault(known, []).append(number)
        taken = {}
        for known, numbers in now.items():
            slots = then.get(known, ())
            if len(numbers) == len(slots) == 1:
                taken[slots[0].position] = numbers[0]
                self._take(numbers[0], slots[0].message, found)
        gone = set(taken.values())
        return [n for n in left if n not in gone], [slot for slot in free if slot.position not in taken]

    def _take(self, number: int, message: Message, found: list[Message | None]) -> None:
        if self._may_take(self._units[number], message):
            found[number] = message

    def _may_take(self, unit: UnitRecord, message: Message) -> bool:
        """Whether a unit that a message does not fit may be translated by it, since it stood there."""
        if not _may_inherit(message, unit):
            return False
        # What was only carried over, or is the publisher's, gives way to work that fits; a reviewer's holds.
        moved = self._origin.path != unit.place.path
        yields = moved or message.waits or message.is_publishers or (unit.human and not message.is_edited)
        return not (yields and self._fits_any(unit))

    def _fits_any(self, unit: UnitRecord) -> bool:
        """Whether a message fits, wherever it stands, that holds work, or will as this unit's."""
        fitting = self._senses.fitting(unit.target) if unit.human else None
        if fitting or self._senses.has_fitting_work(unit.target):
            return True
        return bool(self._obsolete and self._obsolete.fitting(unit))


def _paired(groups: Sequence[Sequence[int]], slots: Sequence[Slot]) -> list[tuple[int, Slot]]:
    """The numbers of each group with the slot of the same rank; there are as many of both."""
    return [(number, slot) for group, slot in zip(groups, slots, strict=True) for number in group]


_DELIVERED, _FINGERPRINT, _TRANSLATED = "=", "#", "~"


class _Known(NamedTuple):
    """The messages of one source that a unit of an article may take over, if none fits it."""

    members: frozenset[int]
    """Their identities: those of the article's old form, or else all that there are."""
    best: Message | None
    """The one with work in it that is reviewed and stands at most places, if any."""
    is_one_sense: bool
    """Whether all hold work, and translate alike."""


class _Senses:
    """The messages of one source, by what fits them and where they stand."""

    __slots__ = ("_at", "_between", "_by_mark", "_known", "messages", "only")

    def __init__(self, messages: list[Message]) -> None:
        self.messages = messages
        self.only = messages[0] if len(messages) == 1 else None
        self._by_mark: dict[str, Message] = {}
        self._at: dict[tuple[str, str, int], Message] | None = None
        self._between: dict[tuple[str | None, str | None], list[Message]] | None = None
        self._known: dict[str | None, _Known] = {}

    def known_in(self, origin: OldArticle) -> _Known:
        """What a unit of the article that comes from `origin` may take over; looked up once for each."""
        here = origin.of(self.messages[0].source)
        key = origin.path if here else None
        if key not in self._known:
            pool = _distinct(slot.message for slot in here) or self.messages
            heirs = [message for message in pool if message.has_work]
            best = max(heirs, key=lambda m: (m.is_reviewed, len(m.places)), default=None)
            alike = len({message.translation for message in pool}) == 1
            members = frozenset(map(id, pool))
            self._known[key] = _Known(members, best, alike and len(heirs) == len(pool))
        return self._known[key]

    def fitting(self, target: str) -> Message | None:
        """The message that fits a target, wherever it stands."""
        self._index()
        return next((self._by_mark[mark] for mark in _marks(target) if mark in self._by_mark), None)

    def has_fitting_work(self, target: str) -> bool:
        """Whether a message with work in it fits a target."""
        self._index()
        found = (self._by_mark.get(mark) for mark in _marks(target))
        return any(message.has_work for message in found if message)

    def fitting_at(self, target: str, path: str, line: int) -> Message | None:
        """The message that fits a target and stands on that line, or else in that article."""
        at = self._index()
        places = ((mark, path, where) for where in (line, -1) for mark in _marks(target))
        return next((at[place] for place in places if place in at), None)

    def _index(self) -> dict[tuple[str, str, int], Message]:
        """Look-ups by mark; what was delivered tells more than what it was translated by."""
        if self._at is not None:
            return self._at
        self._at = {}
        for message in self.messages:
            for mark in _own_marks(message):
                self._by_mark.setdefault(mark, message)
                for path, line in message.places:
                    self._at.setdefault((mark, path, line), message)
                    self._at.setdefault((mark, path, -1), message)
        return self._at

    def between(self, known: tuple[str | None, str | None], history: History) -> Message | None:
        """The only message that stood between those neighbours, in whichever article."""
        if self._between is None:
            self._between = {}
            for path in {place.path for message in self.messages for place in message.places}:
                article = history.article(path)
                for slot in article.of(self.messages[0].source):
                    self._between.setdefault(article.neighbours(slot), []).append(slot.message)
        stood = _distinct(self._between.get(known, ()))
        return stood[0] if len(stood) == 1 and any(known) else None


def _own_marks(message: Message) -> list[str]:
    if not message.is_edited:
        return [_DELIVERED + message.translation]
    marks = [_FINGERPRINT + message.delivered] if message.delivered else []
    # What it only carried over is the translation of another message.
    own = message.translation and not message.waits
    return [*marks, _TRANSLATED + message.translation] if own else marks


def _marks(target: str) -> tuple[str, str, str]:
    """What a unit's target is looked up by, the most telling first."""
    return _DELIVERED + target, _FINGERPRINT + fingerprint(target), _TRANSLATED + target
