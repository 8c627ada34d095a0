"""Old messages and the units of a new delivery → new messages.

Law 4, a second run changes nothing: an update is repeated until it does. Each pass (`deciding`) sees
what a run would see that begins with what the last one left. Where two passes undo each other's work, the
states between them form a ring, of which the one is taken that sorts first: whichever of them a run begins
with, it ends there. So, for all inputs, an update of what an update made is what it made.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from l10n.catalogue.deciding import Outcome, Update, decide
from l10n.catalogue.message import Message, Segment

_PASSES = 50
"""The most passes; if neither rest nor a ring is found by then, the last one counts.

Of 84,000 random updates none needed six.
"""


def update(
    old: Sequence[Message],
    units: Iterable[Segment],
    covers: Callable[[str], bool],
    *,
    covers_all: bool = False,
    fuzzy: bool = True,
    stored: Callable[[list[Message]], list[Message]] | None = None,
) -> Update:
    """The messages of `units`, with all that is worth keeping of the `old` ones.

    `units` come in reading order. `covers` returns True for an article if `units` are all that it has now:
    places in other articles, and messages there, do not change. Neither do messages without a place, unless
    `covers_all`, which says that `units` are those of all articles. With `fuzzy`, a message of an edited
    source starts from the translation of the old source. `stored` returns messages as the PO file stores
    them, if it does not store all of their places. The old messages themselves are not changed.
    """
    units, covers = list(units), cache(covers)

    def step(messages: Sequence[Message]) -> Update:
        return decide(messages, units, covers, covers_all=covers_all, fuzzy=fuzzy)

    result = step(old)
    # What begins with nothing has nothing to decide.
    if stored is None and (not old or _is_at_rest(result.messages, units, fuzzy=fuzzy)):
        return result
    return _repeated(old, result, step, stored or list)


def _repeated(
    old: Sequence[Message],
    result: Update,
    step: Callable[[Sequence[Message]], Update],
    stored: Callable[[list[Message]], list[Message]],
) -> Update:
    """Repeat the update of `old` with `result` until it rests, or until its ring is known."""
    states = [_state(old)]
    rounds: list[Update] = []
    for _ in range(_PASSES):
        given = stored(result.messages)
        state = _state(given)
        if state == states[-1]:
            break
        if state in states:
            start = states.index(state)
            chosen = min(range(start, len(states)), key=lambda number: repr(states[number]))
            return result if chosen == start else rounds[chosen - 1]
        states.append(state)
        rounds.append(result)
        result = _as_one(result, step(given))
    return result


def _is_at_rest(messages: Sequence[Message], units: Sequence[Segment], *, fuzzy: bool) -> bool:
    """Return True if another pass over `units` would not change `messages`, which a pass has made.

    Nearly all sources have one message, to which all their units go whatever else there is, or one in each
    article. So only the articles of the other sources are gone over, with the messages that stand there.
    """
    unsettled = _unsettled(messages, units)
    if not unsettled:
        return True
    paths = {unit.place.path for unit in units if unit.source in unsettled}
    inside = [unit for unit in units if unit.place.path in paths]
    standing = {m.source for m in messages if any(place.path in paths for place in m.places)}
    sources = unsettled | standing  # with all messages of each, which together decide on their contexts
    concerned = [message for message in messages if message.source in sources]
    again = decide(concerned, inside, paths.__contains__, covers_all=False, fuzzy=fuzzy)
    return _state(again.messages) == _state(concerned)


def _unsettled(messages: Iterable[Message], units: Iterable[Segment]) -> set[str]:
    """The sources of which another pass might give a unit to another message, or change its message."""
    only: dict[str, Message | None] = {}
    retired: set[str] = set()
    for message in messages:
        if message.obsolete:
            retired.add(message.source)
        else:
            only[message.source] = None if message.source in only else message
    doubtful = [unit for unit in units if not _is_of(unit, only.get(unit.source))]
    sources = {unit.source for unit in doubtful}
    here: dict[tuple[str, str], Message | None] = {}
    for message in messages:
        if message.source in sources and not message.obsolete:
            for key in {(message.source, place.path) for place in message.places}:
                here[key] = None if key in here else message
    left: list[Segment] = []
    became: set[tuple[str, str]] = set()
    for unit in doubtful:
        there = here.get((unit.source, unit.place.path))
        if there is only.get(unit.source) and _outweighs(there, unit, retired):
            became.add((unit.source, unit.target))
        elif not _is_of(unit, there):
            left.append(unit)
    # What a pair becomes somewhere, it becomes everywhere if its source has one message.
    return {unit.source for unit in left if (unit.source, unit.target) not in became}


def _is_of(unit: Segment, message: Message | None) -> bool:
    """Return True if a unit fits a message, and does not change it."""
    return message is not None and message.fits(unit.target) and not _confirms(unit, message)


def _outweighs(message: Message | None, unit: Segment, retired: Container[str]) -> bool:
    """Return True if the only message of a source stays at its place against another target there."""
    if message is None or not message.is_worked_on or message.source in retired:
        return False
    return not (unit.human and message.is_publishers)


def _confirms(unit: Segment, message: Message) -> bool:
    """Return True if people confirm what the machine made."""
    return unit.human and not message.is_touched and not (message.note and message.note.human)


def _state(messages: Iterable[Message]) -> list[tuple[Any, ...]]:
    """All that an update looks at; `remarks` it makes anew."""
    return [(*_PAIR(message), tuple(message.places), *_REVIEW(message)) for message in messages]


_PAIR = attrgetter("source", "translation", "context", "fuzzy", "obsolete")
_REVIEW = attrgetter("note", "comment", "previous_source", "previous_context")


def _as_one(first: Update, then: Update) -> Update:
    """Two passes as if they were one; the second was given the messages of the first, in their order."""
    earlier = {change.new: change for change in first.changes if change.new is not None}
    changes = []
    for change in then.changes:
        before = None if change.old is None else earlier.pop(change.old, None)
        if before is None:
            changes.append(change)
        elif change.outcome is not Outcome.REMOVED or before.old is not None:  # else it came and went
            outcome = _both(before.outcome, change.outcome)
            delivered = change.delivered or before.delivered
            changes.append(change._replace(outcome=outcome, delivered=delivered, old=before.old))
    # What the second pass says nothing about: obsolete messages, and those that the first one removed.
    changes += [change._replace(new=None) for change in earlier.values()]
    changes += [change for change in first.changes if change.new is None]
    return Update(then.messages, changes, [*first.unsafe, *then.unsafe])


def _both(first: Outcome, then: Outcome) -> Outcome:
    if then in (Outcome.KEPT, Outcome.KEPT_AGAINST):
        return then if first is Outcome.KEPT else first
    return Outcome.KEPT if (first, then) == (Outcome.OBSOLETE, Outcome.REVIVED) else then
