"""Units → messages: one for each (source, target) pair, and what a reviewer made of it.

Law 2, a reviewer's work is sacred: no update drops or overwrites a reviewed translation.
What no longer fits is kept as obsolete, and counted.

A message stands for a pair. Its translation begins as the delivered target and becomes
the reviewer's; its note keeps a fingerprint of the delivered one, so that the units of the
pair find it again both while they carry that target and after a merge gave them the
reviewed one. Nothing here reads or writes files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import groupby
from typing import NamedTuple

CONTEXT_LIMIT = 32
"""Longest context in characters: Poedit shows it as a chip in front of the source."""


class Place(NamedTuple):
    """Where a unit stands: the article's reference and a 1-based line."""

    path: str
    line: int


class UnitRecord(NamedTuple):
    """What the catalogue needs to know of a unit; compact and picklable."""

    source: str
    target: str
    place: Place
    kind: str
    id: str
    human: bool
    """Whether its article is the work of a person (`HT`)."""


class Note(NamedTuple):
    """What the `#.` line tells of a message: its first place, and what was delivered."""

    kind: str
    id: str
    human: bool
    delivered: tuple[str, ...]
    """The fingerprints of the targets that its units were delivered with; nearly always one."""

    def __str__(self) -> str:
        return f"{self.kind} · {self.id} · {'ht' if self.human else 'mt'} {' '.join(self.delivered)}"

    @classmethod
    def parse(cls, line: str) -> Note | None:
        """The note that `line` tells, or None if somebody else wrote it."""
        match = _NOTE.fullmatch(line.strip())
        return cls(match[1], match[2], match[3] == "ht", tuple(match[4].split())) if match else None


_NOTE = re.compile(r"([A-Za-z ]+) · (\S+) · (mt|ht)((?: [0-9a-f]{8})+)")


@dataclass(slots=True)
class Message:
    """A source, its translation, and all the places that it stands at."""

    source: str
    translation: str
    context: str | None = None
    """Tells apart the messages of one source (gettext's msgctxt); None where there is one."""
    fuzzy: bool = False
    """Whether it needs review."""
    obsolete: bool = False
    places: list[Place] = field(default_factory=list)
    note: Note | None = None
    comment: str = ""
    """The reviewer's own."""
    previous_source: str | None = None
    previous_context: str | None = None

    @property
    def is_reviewed(self) -> bool:
        """Whether its translation is to be used."""
        return bool(self.translation) and not self.fuzzy and not self.obsolete

    @property
    def is_touched(self) -> bool:
        """Whether it holds work that may not be lost: reviewed, edited or commented."""
        return bool(self.comment or (self.translation and (not self.fuzzy or self.is_edited)))

    @property
    def delivered(self) -> tuple[str, ...]:
        """The fingerprints of the targets that it was delivered with, as far as it tells."""
        if self.note:
            return self.note.delivered
        if self.context is None:
            return ()
        # An obsolete message has lost its note, but its context was made of its target.
        mark = _LONG_SENSE.search(self.context)
        return (mark[1] if mark else fingerprint(self.context),)

    @property
    def is_edited(self) -> bool:
        """Whether its translation is none that it was delivered with."""
        return fingerprint(self.translation) not in self.delivered

    def fits(self, target: str) -> bool:
        """Whether a unit with that target may be one of its own."""
        if target == self.translation:
            return True
        mark = fingerprint(target)
        # The text of a delivered target is known if it is the translation still.
        return mark in self.delivered and mark != fingerprint(self.translation)


_LONG_SENSE = re.compile("… ([0-9a-f]{8})$")


@dataclass(slots=True)
class Catalogue:
    """The messages of one PO file, obsolete ones last, and its header fields."""

    messages: list[Message] = field(default_factory=list)
    header: dict[str, str] = field(default_factory=dict)
    header_comment: str = ""


def fingerprint(text: str) -> str:
    """Eight hex digits that stand for `text` (BLAKE2b, RFC 7693)."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def sense(target: str) -> str:
    """The context that tells a source's message apart by its delivered target.

    The target itself where it is short and clean, else its beginning and its
    fingerprint. It depends on the pair alone.
    """
    clean = " ".join(target.split())
    if clean == target and len(target) <= CONTEXT_LIMIT and target.isprintable() and target:
        return target
    head = "".join(c for c in clean if c.isprintable())[:22].rstrip()
    return f"{head}… {fingerprint(target)}"


def is_storable(text: str) -> bool:
    """Whether gettext can hold `text`: it has no NUL, EOT or lone surrogate."""
    return _UNSTORABLE.search(text) is None


_UNSTORABLE = re.compile("[\0\4\ud800-\udfff]")


def breaks_agree(source: str, translation: str) -> bool:
    """Whether both or neither begin, and end, with a line break, as `msgfmt -c` demands."""
    return source.startswith("\n") == translation.startswith("\n") and source.endswith(
        "\n"
    ) == translation.endswith("\n")


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
            for group in (list(map(_alone, own)), _same_on_a_line(units, own)):
                if len(group) == len(slots) and all(
                    slot.fits(units[same[0]].target) for same, slot in zip(group, slots, strict=True)
                ):
                    for same, slot in zip(group, slots, strict=True):
                        for number in same:
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


def _alone(number: int) -> list[int]:
    return [number]


def _same_on_a_line(units: Sequence[UnitRecord], numbers: Sequence[int]) -> list[list[int]]:
    """Units of one source, grouped by line and target: such a pair has but one place there."""
    groups: dict[tuple[int, str], list[int]] = {}
    for number in numbers:
        groups.setdefault((units[number].place.line, units[number].target), []).append(number)
    return list(groups.values())


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


class Update(NamedTuple):
    """What an update made."""

    messages: list[Message]
    unsafe: list[Message]
    """Those made fuzzy because gettext refuses them as reviewed (see `breaks_agree`)."""
    added: int
    retired: int
    """How many with work in them became obsolete."""


def update(old: Sequence[Message], units: Iterable[UnitRecord], covers: Callable[[str], bool]) -> Update:
    """The messages of `units`, with all that is worth keeping of the `old` ones.

    `units` come in reading order. `covers` tells of an article's path whether `units` hold
    all that is left of it: places elsewhere, and messages that stand there, stay as they
    are. The old messages themselves are not changed.
    """
    claims, fresh = _claims(old, units)
    active: list[_Active] = []
    obsolete: list[Message] = []
    retired = 0
    for number, message in enumerate(old):
        kept = replace(message, places=[place for place in message.places if not covers(place.path)])
        if claim := claims.get(id(message)):
            target = _take(kept, claim.units)
            order = claim.order if covers(kept.places[0].path) else number
            active.append(_Active(order, kept, target))
        elif message.obsolete:
            obsolete.append(kept)
        elif kept.places or not message.places:
            active.append(_Active(number, kept, kept.translation))
        elif message.is_touched and message.translation:  # gettext forgets obsolete ones without
            kept.obsolete = True
            obsolete.append(kept)
            retired += 1
    for (_, target), claim in fresh.items():
        active.append(_Active(claim.order, _new_message(claim.units), target))
    active.sort(key=_reading_order)
    taken = _set_contexts(active)
    messages = [item.message for item in active]
    unsafe = [m for m in messages if m.is_reviewed and not breaks_agree(m.source, m.translation)]
    for message in unsafe:
        message.fuzzy = True
    return Update(messages + _distinct_obsolete(obsolete, taken), unsafe, len(fresh), retired)


class _Claim(NamedTuple):
    order: int
    """The number of the first of `units` in reading order."""
    units: list[UnitRecord]


class _Active(NamedTuple):
    order: int
    message: Message
    target: str
    """The target that its context would tell."""


def _claims(
    old: Sequence[Message], units: Iterable[UnitRecord]
) -> tuple[dict[int, _Claim], dict[tuple[str, str], _Claim]]:
    """Which old message (by its identity) each unit belongs to, and the pairs that are new."""
    index = Index(message for message in old if not message.obsolete)
    retired = Index(message for message in old if message.obsolete)
    units = list(units)
    articles = groupby(units, key=lambda unit: unit.place.path)
    matched = [message for _, article in articles for message in index.match(list(article))]
    by_pair = {(u.source, u.target): message for u, message in zip(units, matched, strict=True) if message}
    for number, unit in enumerate(units):
        # What a pair became in one article it is in all.
        matched[number] = matched[number] or by_pair.get((unit.source, unit.target)) or retired.fitting(unit)
    fitted = {id(message) for message in matched}
    heirs: dict[str, Message | None] = {}
    claims: dict[int, _Claim] = {}
    fresh: dict[tuple[str, str], _Claim] = {}
    for order, (unit, message) in enumerate(zip(units, matched, strict=True)):
        owner = message
        if owner is None:
            if unit.source not in heirs:
                heirs[unit.source] = _heir(unit.source, index, retired, fitted)
            owner = heirs[unit.source]
        if owner is None:
            fresh.setdefault((unit.source, unit.target), _Claim(order, [])).units.append(unit)
        else:
            claims.setdefault(id(owner), _Claim(order, [])).units.append(unit)
    return claims, fresh


def _heir(source: str, index: Index, retired: Index, fitted: set[int]) -> Message | None:
    """The message that a new target of `source` belongs to, wherever it stands, or None.

    It is the only one of that source. While it still stands somewhere with the target
    that it had, another target is another sense.
    """
    only = (index if source in index else retired).only(source)
    return only if only and only.is_touched and id(only) not in fitted else None


def _take(message: Message, units: list[UnitRecord]) -> str:
    """Let `message` stand at `units` too; returns the target that its context would tell."""
    first = min(units, key=lambda unit: unit.place)
    stays_elsewhere = bool(message.places)
    message.places = sorted({*message.places, *(unit.place for unit in units)})
    message.obsolete = False
    known = message.delivered
    targets = {fingerprint(unit.target): unit.target for unit in units}
    own = fingerprint(message.translation) if message.translation else None
    still = [mark for mark in known if mark in targets or stays_elsewhere]
    new = [mark for mark in targets if mark not in still and mark != own]
    # Where all units carry the translation, what they were delivered with is remembered.
    delivered = tuple(still + new) or known or tuple(targets)
    human = any(unit.human for unit in units)
    if message.note:
        if human and not message.note.human and not message.is_touched:
            message.fuzzy = False
        human = human or (stays_elsewhere and message.note.human)
    message.note = Note(first.kind, first.id, human, delivered)
    return targets.get(delivered[0], message.translation)


def _new_message(units: list[UnitRecord]) -> Message:
    first = units[0]
    human = any(unit.human for unit in units)
    return Message(
        first.source,
        first.target,
        fuzzy=bool(first.target) and not human,
        places=sorted({unit.place for unit in units}),
        note=Note(first.kind, first.id, human, (fingerprint(first.target),)),
    )


def _reading_order(item: _Active) -> tuple[bool, Place, int]:
    places = item.message.places
    return not places, places[0] if places else Place("", 0), item.order


def _set_contexts(active: list[_Active]) -> set[tuple[str | None, str]]:
    """Give a context to the messages that need one; returns all (context, source) taken."""
    by_source: dict[str, list[_Active]] = {}
    for item in active:
        by_source.setdefault(item.message.source, []).append(item)
    taken: set[tuple[str | None, str]] = set()
    for source, items in by_source.items():
        if len(items) == 1 and source:
            items[0].message.context = None
            taken.add((None, source))
            continue
        # Those that have one keep it, even if a hostile article brings one that reads the same.
        for item in sorted(items, key=lambda item: item.message.context is None):
            item.message.context = _distinct(item.message.context or sense(item.target), source, taken)
            taken.add((item.message.context, source))
    return taken


def _distinct(context: str, source: str, taken: set[tuple[str | None, str]]) -> str:
    while (context, source) in taken:
        context = f"{context[:22].rstrip()}… {fingerprint(context)}"
    return context


def _distinct_obsolete(obsolete: list[Message], taken: set[tuple[str | None, str]]) -> list[Message]:
    """Obsolete messages under names that no other has; gettext refuses doubles."""
    kept = []
    known = set()
    for message in obsolete:
        work = (message.source, message.translation, message.fuzzy, message.comment)
        if work in known:
            continue
        known.add(work)
        if (message.context, message.source) in taken:
            message.context = _distinct(sense(message.translation), message.source, taken)
        taken.add((message.context, message.source))
        kept.append(message)
    return kept
