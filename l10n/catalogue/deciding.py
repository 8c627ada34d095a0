"""What becomes of each old message, and which message each unit of a delivery belongs to.

Law 2, a reviewer's work is sacred: no update drops or overwrites a reviewed translation.
What no longer fits is kept, obsolete, or fuzzy with the previous source, and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from l10n.catalogue.carrying import Carrier
from l10n.catalogue.catalogue import (
    Message,
    Note,
    Place,
    UnitRecord,
    breaks_agree,
    distinct,
    fingerprint,
    lasting_sense,
    reading_order,
    sense,
)
from l10n.catalogue.differences import weighty_changes
from l10n.catalogue.matching import Heir, Index


class Outcome(StrEnum):
    """What an update did with a message."""

    KEPT = "kept"
    KEPT_AGAINST = "kept_against_new_mt"
    """Its translation is somebody's work, and the delivery brings another one."""
    CARRIED = "carried_over"
    """New, and fuzzy with the translation of another: its source was edited, or its sense is in doubt."""
    REVIVED = "revived"
    """It was obsolete, and its source came back."""
    NEW = "new"
    OBSOLETE = "obsolete"
    """It became so: there is work in it, but no unit any more."""
    REMOVED = "removed"
    """Nobody worked on it, and it has no unit any more."""


class Change(NamedTuple):
    """What happened to one message."""

    outcome: Outcome
    message: Message
    delivered: tuple[str, ...] = ()
    """The targets that the delivery brings against its translation."""
    before: Message | None = None
    """The old message that it was; None for a new one."""


class Update(NamedTuple):
    """What an update made."""

    messages: list[Message]
    changes: list[Change]
    """One for each message that there was or is, in the order of `messages`, those of the past last."""
    unsafe: list[Message]
    """Those made fuzzy because gettext refuses them as reviewed (see `breaks_agree`)."""


def decide(
    old: Sequence[Message],
    units: Sequence[UnitRecord],
    covers: Callable[[str], bool],
    *,
    covers_all: bool,
    fuzzy: bool,
) -> Update:
    """What `update` makes in one pass; its arguments are those of `update`."""
    owned, fresh = _claims(old, units, fuzzy=fuzzy)
    active: list[_Active] = []
    obsolete: list[Message] = []
    changes: list[Change] = []
    gone: dict[int, tuple[Message, Message]] = {}
    for number, message in enumerate(old):
        kept = standing_at(message, [place for place in message.places if not covers(place.path)])
        if claim := owned.get(id(message)):
            against = _against(message, claim.units)
            target = _take(kept, claim.units)
            order = claim.order if covers(kept.places[0].path) else number
            active.append(_Active(order, kept, target))
            outcome = Outcome.KEPT_AGAINST if against else Outcome.KEPT
            changes.append(Change(Outcome.REVIVED if message.obsolete else outcome, kept, against, message))
        elif message.obsolete:
            obsolete.append(kept)
        elif kept.places or not (message.places or covers_all):
            active.append(_Active(number, kept, kept.translation))
            changes.append(Change(Outcome.KEPT, kept, before=message))
        else:
            gone[id(kept)] = (kept, message)
    for (_, target), claim in fresh.items():
        message = _new_message(claim.units, claim.carried)
        active.append(_Active(claim.order, message, target))
        changes.append(Change(Outcome.CARRIED if claim.carried else Outcome.NEW, message))
    obsolete += _retired([kept for kept, _ in gone.values()], old)
    for kept, message in gone.values():
        changes.append(Change(Outcome.OBSOLETE if kept.obsolete else Outcome.REMOVED, kept, before=message))
    active.sort(key=lambda item: (reading_order(item.message), item.order))
    taken = _set_contexts(active)
    messages = [item.message for item in active]
    unsafe = [m for m in messages if m.is_reviewed and not breaks_agree(m.source, m.translation)]
    for message in unsafe:
        message.fuzzy = True
    for message in messages:
        message.remarks = _remarks(message)
    rank = {id(message): number for number, message in enumerate(messages)}
    changes.sort(key=lambda change: rank.get(id(change.message), len(rank)))
    return Update(messages + _distinct_obsolete(obsolete, taken), changes, unsafe)


def standing_at(message: Message, places: list[Place]) -> Message:
    """A copy of `message` that stands at `places` (`dataclasses.replace` takes six times as long)."""
    return Message(
        message.source,
        message.translation,
        message.context,
        message.fuzzy,
        message.obsolete,
        places,
        message.note,
        message.remarks,
        message.comment,
        message.previous_source,
        message.previous_context,
        message.previous_plural,
        message.hints,
        message.flags,
        message.others,
    )


@dataclass(slots=True)
class _Claim:
    """The units that belong to one message."""

    order: int
    """The number of the first of them in reading order."""
    units: list[UnitRecord] = field(default_factory=list)
    carried: Message | None = None
    """Of a new message: the one whose translation it begins with."""


class _Active(NamedTuple):
    order: int
    message: Message
    target: str
    """The target that its context would tell."""


def _claims(
    old: Sequence[Message], units: Sequence[UnitRecord], *, fuzzy: bool
) -> tuple[dict[int, _Claim], dict[tuple[str, str], _Claim]]:
    """Which old message (by its identity) each unit belongs to, and the pairs that are new."""
    index = Index(message for message in old if not message.obsolete)
    retired = Index(message for message in old if message.obsolete)
    carrier = Carrier(old) if fuzzy else None
    articles = [list(article) for _, article in groupby(units, key=lambda unit: unit.place.path)]
    matched = [index.match(article, retired) for article in articles]
    # Where no article has a unit without a message, or there are none, nothing is left to settle.
    open_places = [place for place, owners in enumerate(matched) if not all(owners)] if old else []
    by_pair = _by_pair(articles, matched) if open_places else {}
    # Those of people first: a pair that is theirs is reviewed, and needs nothing taken over.
    by_people: set[tuple[str, str]] = set()
    carried: dict[int, dict[int, Message]] = {}
    for place in sorted(open_places, key=lambda place: not articles[place][0].human):
        article, owners = articles[place], matched[place]
        doubtful = _settle(article, owners, by_pair, by_people, index, retired)
        edited = [
            number
            for number, unit in enumerate(article)
            if owners[number] is None and unit.source not in index and unit.source not in retired
        ]
        carried[place] = doubtful | carrier.carry(article, edited, owners, index.history) if carrier else {}
        by_people |= {
            (unit.source, unit.target)
            for number, unit in enumerate(article)
            if unit.human and owners[number] is None and number not in carried[place]
        }
    owned: dict[int, _Claim] = {}
    fresh: dict[tuple[str, str], _Claim] = {}
    order = 0
    for place, article in enumerate(articles):
        carried_here = carried.get(place, {})
        for number, unit in enumerate(article):
            owner = matched[place][number]
            if owner is not None:
                owned.setdefault(id(owner), _Claim(order)).units.append(unit)
            else:
                pair = (unit.source, unit.target)
                begun = carried_here.get(number) if pair not in by_people else None
                fresh.setdefault(pair, _Claim(order, carried=begun)).units.append(unit)
            order += 1
    return owned, fresh


def _by_pair(
    articles: Sequence[Sequence[UnitRecord]], matched: Sequence[Sequence[Message | None]]
) -> dict[tuple[str, str], Message | None]:
    """What became of a pair in the articles where it had a message; None if that differs."""
    found: dict[tuple[str, str], Message | None] = {}
    for article, owners in zip(articles, matched, strict=True):
        for unit, owner in zip(article, owners, strict=True):
            if owner is not None:
                pair = (unit.source, unit.target)
                found[pair] = owner if found.get(pair, owner) is owner else None
    return found


def _settle(
    article: Sequence[UnitRecord],
    owners: list[Message | None],
    by_pair: dict[tuple[str, str], Message | None],
    by_people: set[tuple[str, str]],
    index: Index,
    retired: Index,
) -> dict[int, Message]:
    """Fill in `owners` for the units that fit no message; returns what those in doubt begin with."""
    doubtful: dict[int, Message] = {}
    heirs: dict[tuple[str, str], Heir | None] = {}
    for number, unit in enumerate(article):
        if owners[number] is not None:
            continue
        # What a pair became in one article it is in all, and at one place of an article at all.
        pair = (unit.source, unit.target)
        owners[number] = by_pair.get(pair) or retired.fitting(unit)
        if owners[number] is not None:
            continue
        if pair not in heirs:
            heirs[pair] = _heir(article, number, index, retired)
        heir = heirs[pair]
        # What people translated just so elsewhere is theirs here, but a reviewer's own words hold.
        if heir is None or (pair in by_people and not (heir.is_sure and heir.message.is_edited)):
            continue
        if heir.is_sure:
            owners[number] = heir.message
        else:
            doubtful[number] = heir.message
    return doubtful


def _heir(article: Sequence[UnitRecord], number: int, index: Index, retired: Index) -> Heir | None:
    """What a unit takes over from a message in use, or else from an obsolete one of its source."""
    if heir := index.heir(article, number):
        return heir
    unit = article[number]
    heir = retired.heir(article, number, even_of_people=unit.source not in index)
    if heir is None or (unit.human and not heir.message.is_edited):
        return None
    # Beside a sense in use, an obsolete one is not surely this one.
    return heir._replace(is_sure=heir.is_sure and unit.source not in index)


def _against(message: Message, units: Sequence[UnitRecord]) -> tuple[str, ...]:
    """The targets of `units` that are neither the message's translation nor what it was made of."""
    targets = dict.fromkeys(unit.target for unit in units if unit.target != message.translation)
    if not targets or not message.has_work or message.delivered is None:
        return ()
    return tuple(target for target in targets if fingerprint(target) != message.delivered)


def _take(message: Message, units: Sequence[UnitRecord]) -> str:
    """Let `message` stand at `units` too; returns the target that its context would tell.

    The note keeps what the message was made of, whatever is delivered since: that is what
    the reviewer decided on, and what comes back if an earlier delivery does.
    """
    first = min(units, key=lambda unit: unit.place)
    message.places = sorted({*message.places, *(unit.place for unit in units)})
    delivered = message.delivered
    targets: dict[str, str] = {}
    if not delivered or message.obsolete or any(unit.target != message.translation for unit in units):
        targets = {fingerprint(unit.target): unit.target for unit in units}
    if not delivered:
        own = fingerprint(message.translation)
        delivered = next((mark for mark in targets if mark != own), own)
    note = message.note
    # One that lost its note is the publisher's only if the publisher's translators still say so.
    human = note.human if note else any(unit.human and message.fits(unit.target) for unit in units)
    if message.obsolete and delivered in targets:
        message.context = None  # it is told anew, from the very target, if need be
    message.obsolete = False
    if note and not human and any(unit.human for unit in units) and not message.is_touched:
        human, message.fuzzy = True, False  # people confirm what the machine made
        message.previous_source = message.previous_context = None
    if note and first.place != message.places[0]:  # the first place is one that stays
        message.note = note._replace(human=human)
    else:
        message.note = Note.of(first, human, delivered)
    return targets.get(delivered, message.translation)


def _new_message(units: Sequence[UnitRecord], carried: Message | None) -> Message:
    first = units[0]
    human = any(unit.human for unit in units)
    message = Message(
        first.source,
        first.target,
        fuzzy=bool(first.target) and not human,
        places=sorted({unit.place for unit in units}),
        note=Note.of(first, human, fingerprint(first.target)),
    )
    if carried:
        message.translation, message.fuzzy, message.comment = carried.translation, True, carried.comment
        waits = carried.waits
        message.previous_source = carried.previous_source if waits else carried.source
        message.previous_context = carried.previous_context if waits else carried.context
    return message


def _retired(gone: Sequence[Message], old: Sequence[Message]) -> list[Message]:
    """Those of the messages without units that hold work; they become obsolete.

    One that waits for review with what it carried over, as it carried it, holds none: the
    message that it has it from is kept.
    """
    known: set[tuple[str | None, str, str]] = set()
    if any(message.waits for message in gone):
        known = {(m.source, m.translation, m.comment) for m in old if m.has_work and not m.waits}
    retired = []
    for message in gone:
        origin = (message.previous_source, message.translation, message.comment)
        is_copy = message.waits and origin in known
        if message.is_touched and message.translation and not is_copy:  # gettext forgets those without
            message.obsolete, message.context = True, lasting_sense(message)
            message.note = None  # as in a PO file, where obsolete messages have none
            retired.append(message)
    return retired


def _remarks(message: Message) -> tuple[str, ...]:
    """What a translator must not overlook in a source that changed, as a line of the note."""
    if not message.waits or message.previous_source is None:
        return ()
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
            item.message.context = distinct(item.message.context or sense(item.target), source, taken)
            taken.add((item.message.context, source))
    return taken


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
            message.context = distinct(lasting_sense(message), message.source, taken)
        taken.add((message.context, message.source))
        kept.append(message)
    return kept
