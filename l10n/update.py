"""Old messages and the units of a new delivery → new messages.

Law 2, a reviewer's work is sacred: no update drops or overwrites a reviewed translation.
What no longer fits is kept as obsolete, and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from l10n.catalogue import (
    Message,
    Note,
    UnitRecord,
    breaks_agree,
    distinct,
    fingerprint,
    reading_order,
    sense,
)
from l10n.matching import Index


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
    active.sort(key=lambda item: (reading_order(item.message), item.order))
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
    if message.note and first.place != message.places[0]:  # the first place is one that stays
        message.note = message.note._replace(human=human, delivered=delivered)
    else:
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
            message.context = distinct(sense(message.translation), message.source, taken)
        taken.add((message.context, message.source))
        kept.append(message)
    return kept
