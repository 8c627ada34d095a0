"""One pass of an update: the outcome for each old message, and the new messages.

Law 2, a reviewer's work is sacred: no update drops or overwrites a reviewed translation.
What no longer fits is kept, obsolete, or fuzzy with the previous source, and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from l10n.catalogue.candidates import Candidates
from l10n.catalogue.matching import match
from l10n.catalogue.message import (
    Message,
    Note,
    Place,
    Segment,
    breaks_agree,
    fingerprint,
    lasting_sense,
    reading_order,
    sense,
    set_context,
)
from l10n.doubts import Doubt


class Outcome(StrEnum):
    """The outcome of an update for a message."""

    KEPT = "kept"
    KEPT_AGAINST = "kept_against_new_mt"
    """A person worked on its translation, and the delivery brings another one."""
    CARRIED = "carried_over"
    """New, and fuzzy with the translation of another: its source was edited, or its sense is in doubt."""
    REVIVED = "revived"
    """It was obsolete, and its source came back."""
    NEW = "new"
    OBSOLETE = "obsolete"
    """It is obsolete now: a person worked on it, but it has no unit any more."""
    REMOVED = "removed"
    """Removed (never reviewed): it has no unit any more."""


class Change(NamedTuple):
    """The change of one message."""

    outcome: Outcome
    message: Message
    delivered: tuple[str, ...] = ()
    """The targets that the delivery brings against its translation."""
    old: int | None = None
    """The index of the old message that it was; None for a new one."""
    new: int | None = None
    """The index of the message in the result; None for one that is not there any more."""


class Update(NamedTuple):
    """The result of an update."""

    messages: list[Message]
    changes: list[Change]
    """One for each message that there was or is, in the order of `messages`, those of the past last."""
    unsafe: list[Message]
    """Those made fuzzy because gettext refuses them as reviewed (see `breaks_agree`)."""


def decide(
    old: Sequence[Message],
    delivery: Sequence[Segment],
    covers: Callable[[str], bool],
    *,
    covers_all: bool,
    fuzzy: bool,
) -> Update:
    """Return what `update` makes in one pass; the arguments are those of `update`."""
    owned, fresh = _by_message(old, delivery, fuzzy=fuzzy)
    active: list[_Active] = []
    obsolete: list[_Numbered] = []
    gone: list[_Numbered] = []
    for number, message in enumerate(old):
        if owner := owned.get(number):
            active.append(_kept(number, message, owner, covers))
            continue
        kept = message.at([place for place in message.places if not covers(place.path)])
        if message.obsolete:
            obsolete.append((number, kept))
        elif kept.places or not (message.places or covers_all):
            change = Change(Outcome.KEPT, kept, old=number)
            active.append(_Active(number, kept, kept.translation, change))
        else:
            gone.append((number, kept))
    for (_, target), pair in fresh.items():
        message = _new_message(pair.segments, pair.starts_from)
        change = Change(Outcome.CARRIED if pair.starts_from else Outcome.NEW, message)
        active.append(_Active(pair.order, message, target, change))
    return _result(active, obsolete + _retired(gone, old), gone)


def _kept(number: int, message: Message, owner: _Pair, covers: Callable[[str], bool]) -> _Active:
    """Return an old message with its segments."""
    if _is_as_before(message, owner.segments):
        same = message.at(message.places)
        same.remarks = ()
        return _Active(owner.order, same, message.translation, Change(Outcome.KEPT, same, old=number))
    kept = message.at([place for place in message.places if not covers(place.path)])
    against = _against(message, owner.segments)
    target = _take(kept, owner.segments)
    outcome = Outcome.KEPT_AGAINST if against else Outcome.KEPT
    outcome = Outcome.REVIVED if message.obsolete else outcome
    order = owner.order if covers(kept.places[0].path) else number
    return _Active(order, kept, target, Change(outcome, kept, against, number))


def _result(active: list[_Active], obsolete: Sequence[_Numbered], gone: Sequence[_Numbered]) -> Update:
    """Put the messages in order, under names that gettext accepts, with their remarks."""
    active.sort(key=lambda item: (reading_order(item.message), item.order))
    messages = [item.message for item in active]
    taken = _set_contexts(active)
    unsafe = [m for m in messages if m.is_reviewed and not breaks_agree(m.source, m.translation)]
    for message in unsafe:
        message.fuzzy = True
    for message in messages:
        if message.remarks or message.previous_source is not None:
            message.remarks = _doubts_of(message) + _remarks(message)
    distinct_ones = _distinct_obsolete(obsolete, taken)
    index = {number: place for place, (number, _) in enumerate(distinct_ones, len(messages))}
    changes = [item.change._replace(new=place) for place, item in enumerate(active)]
    for number, kept in gone:
        outcome = Outcome.OBSOLETE if kept.obsolete else Outcome.REMOVED
        changes.append(Change(outcome, kept, old=number, new=index.get(number)))
    return Update(messages + [kept for _, kept in distinct_ones], changes, unsafe)


_Numbered = tuple[int, Message]
"""A message, and the index of the old one that it was."""


@dataclass(slots=True)
class _Pair:
    """Segments that belong to one message."""

    order: int
    """The number of the first of them in reading order."""
    segments: list[Segment] = field(default_factory=list)
    starts_from: Message | None = None
    """Of a new message: the one with whose translation it starts."""


class _Active(NamedTuple):
    order: int
    message: Message
    target: str
    """The target that its context is made of."""
    change: Change


def _by_message(
    old: Sequence[Message], delivery: Sequence[Segment], *, fuzzy: bool
) -> tuple[dict[int, _Pair], dict[tuple[str, str], _Pair]]:
    """Return the segments of each old message, by its number, and those of each new pair."""
    matches = match(delivery, Candidates(old), fuzzy=fuzzy)
    owned: dict[int, _Pair] = {}
    fresh: dict[tuple[str, str], _Pair] = {}
    for number, segment in enumerate(delivery):
        found = matches.get(number)
        if found and found.is_exact:
            pair = owned.setdefault(found.message, _Pair(number))
        else:
            start = old[found.message] if found and fuzzy else None
            key = (segment.source, segment.target)
            pair = fresh.setdefault(key, _Pair(number, starts_from=start))
        pair.segments.append(segment)
    return owned, fresh


def _is_as_before(message: Message, segments: Sequence[Segment]) -> bool:
    """Return True if a message is where its segments are, and is what they say: nearly all messages are."""
    note, first = message.note, segments[0]
    if note is None or message.obsolete or (note.kind, note.id, note.under) != first[3:5] + first[6:7]:
        return False
    for segment in segments:
        if segment.target != message.translation or segment.human is not note.human or segment.doubts:
            return False
    return message.places == _places(segments)


def _places(segments: Sequence[Segment]) -> list[Place]:
    return sorted({segment.place for segment in segments}) if len(segments) > 1 else [segments[0].place]


def _against(message: Message, segments: Sequence[Segment]) -> tuple[str, ...]:
    """The targets of `segments` that are neither the message's translation nor what it was made of."""
    targets = dict.fromkeys(segment.target for segment in segments if segment.target != message.translation)
    if not targets or not message.is_worked_on or message.delivered is None:
        return ()
    return tuple(target for target in targets if fingerprint(target) != message.delivered)


def _take(message: Message, segments: Sequence[Segment]) -> str:
    """Add segments to a message; return the target that its context is made of.

    The note keeps what the message was made of, whatever is delivered since: that is what
    the reviewer decided on, and what comes back if an earlier delivery does.
    """
    first = min(segments, key=lambda segment: segment.place)
    message.places = sorted({*message.places, *(segment.place for segment in segments)})
    message.remarks = _shared_doubts(segments)
    delivered = message.delivered
    targets: dict[str, str] = {}
    if not delivered or message.obsolete or any(one.target != message.translation for one in segments):
        targets = {fingerprint(segment.target): segment.target for segment in segments}
    if not delivered:
        own = fingerprint(message.translation)
        delivered = next((mark for mark in targets if mark != own), own)
    note = message.note
    # One that lost its note is the publisher's only if the publisher's translators still say so.
    human = note.human if note else any(one.human and message.fits(one.target) for one in segments)
    if message.obsolete and delivered in targets:
        message.context = None  # it is made anew from the target if it is needed
    message.obsolete = False
    if note and not human and any(segment.human for segment in segments) and not message.is_touched:
        human, message.fuzzy = True, False  # people confirm what the machine made
        message.previous_source = message.previous_context = None
    if note and first.place != message.places[0]:  # the first place is one that stays
        message.note = note._replace(human=human)
    else:
        message.note = Note.of(first, human, delivered)
    return targets.get(delivered, message.translation)


def _new_message(segments: Sequence[Segment], carried: Message | None) -> Message:
    first = segments[0]
    human = any(segment.human for segment in segments)
    message = Message(
        first.source,
        first.target,
        fuzzy=bool(first.target) and not human,
        places=_places(segments),
        note=Note.of(first, human, fingerprint(first.target)),
        remarks=_shared_doubts(segments),
    )
    if carried:
        message.translation, message.fuzzy, message.comment = carried.translation, True, carried.comment
        twice = carried.is_carried_over
        message.previous_source = carried.previous_source if twice else carried.source
        message.previous_context = carried.previous_context if twice else carried.context
    return message


def _retired(gone: Sequence[_Numbered], old: Sequence[Message]) -> list[_Numbered]:
    """Make the messages without segments that hold work obsolete, and return them.

    One that waits for review with what it carried over, as it carried it, holds none: the
    message that it has it from is kept.
    """
    known: set[tuple[str | None, str, str]] = set()
    if any(message.is_carried_over for _, message in gone):
        known = {
            (m.source, m.translation, m.comment) for m in old if m.is_worked_on and not m.is_carried_over
        }
    retired = []
    for number, message in gone:
        origin = (message.previous_source, message.translation, message.comment)
        is_copy = message.is_carried_over and origin in known
        if message.is_touched and message.translation and not is_copy:  # gettext forgets those without
            message.obsolete, message.context = True, lasting_sense(message)
            message.note = None  # as in a PO file, where obsolete messages have none
            retired.append((number, message))
    return retired


def _shared_doubts(segments: Sequence[Segment]) -> tuple[str, ...]:
    """Return the doubts that all segments of a message share: one certain segment is enough."""
    first = segments[0].doubts
    return first and tuple(doubt for doubt in first if all(doubt in one.doubts for one in segments))


def _doubts_of(message: Message) -> tuple[str, ...]:
    """Return the doubts among the remarks of a message; a review settles an uncertain alignment."""
    settled = Doubt.UNCERTAIN if message.is_reviewed else None
    return tuple(remark for remark in message.remarks if remark in tuple(Doubt) and remark != settled)


def _remarks(message: Message) -> tuple[str, ...]:
    """Return, as lines of the note, what a translator must not overlook in a changed source."""
    if not message.is_carried_over or message.previous_source is None:
        return ()
    from l10n.catalogue.differences import weighty_changes  # few deliveries have edited sources

    changes = weighty_changes(message.previous_source, message.source)
    return (f"source changed: {changes}",) if changes else ()


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
            set_context(item.message, item.message.context or sense(item.target), taken)
    return taken


def _distinct_obsolete(obsolete: Sequence[_Numbered], taken: set[tuple[str | None, str]]) -> list[_Numbered]:
    """Return obsolete messages under names that no other has; gettext refuses doubles."""
    kept = []
    known = set()
    for number, message in obsolete:
        work = (message.source, message.translation, message.fuzzy, message.comment)
        if work in known:
            continue
        known.add(work)
        if (message.context, message.source) in taken:
            set_context(message, lasting_sense(message), taken)
        taken.add((message.context, message.source))
        kept.append((number, message))
    return kept
