"""Three versions of a catalogue → one, message by message: what a merge in git is to do.

Law 2, a reviewer's work is sacred: whatever one side translated is in the result, in use, as
obsolete, or in the comment of a message that both translated. Where both did, each in its own
way, it is a reported conflict. Nothing here reads or writes files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple, TypeVar

from l10n.catalogue import reconcile
from l10n.catalogue.alignment import align
from l10n.catalogue.header import three_way_header
from l10n.catalogue.message import (
    Catalogue,
    Foreign,
    Message,
    lasting_sense,
    reading_order,
    sense,
    set_context,
)

OTHER_TRANSLATION = "l10n: conflict, the other translation is:"
"""The text before the translation that is not used, in the comment of a message in conflict."""
OTHER_DRAFT = "l10n: the other side's draft, not reviewed, was:"
"""The text before a fuzzy translation by a person that a reviewed one replaced, in a comment."""


T = TypeVar("T")


class ThreeWay(NamedTuple):
    """The result of merging two versions."""

    catalogue: Catalogue
    conflicts: list[int]
    """The indexes of messages that both sides translated, each differently: fuzzy, with both texts."""


def three_way(base: Catalogue, ours: Catalogue, theirs: Catalogue) -> ThreeWay:
    """The catalogue with what `ours` and what `theirs` made of `base`; the three stay as they are.

    A reviewed translation beats a fuzzy one, and a person's the machine's. Of two that are
    worth the same, that of `ours` stays, fuzzy, and the other one goes to the comment.
    """
    trios, *orders = align(base.messages, ours.messages, theirs.messages)
    outcomes = [_merge(*trios[number]) for number in reconcile.order(*orders)]
    # Copies, since a name may have to change.
    kept = [(replace(item.message), item.is_conflict) for item in outcomes if item.message]
    if _is_in_reading_order(ours.messages) and _is_in_reading_order(theirs.messages):
        kept.sort(key=lambda item: reading_order(item[0]))
    messages = [message for message, _ in kept]
    _settle_names(messages)
    comment = reconcile.lines(base.header_comment, ours.header_comment, theirs.header_comment)
    header = three_way_header(base.header, ours.header, theirs.header)
    catalogue = Catalogue(messages, header, comment, ours.crlf, _foreign(base, ours, theirs))
    return ThreeWay(catalogue, [number for number, (_, clash) in enumerate(kept) if clash])


def _foreign(base: Catalogue, ours: Catalogue, theirs: Catalogue) -> Foreign:
    """Return what other tools wrote, of both sides, each once."""
    one, other, origin = ours.foreign, theirs.foreign, base.foreign
    return Foreign(
        reconcile.value(origin.header_fields, one.header_fields, other.header_fields, _both),
        reconcile.value(origin.header_lines, one.header_lines, other.header_lines, _both),
        reconcile.value(origin.plurals, one.plurals, other.plurals, _both),
        reconcile.lines(origin.end, one.end, other.end),
    )


class _Outcome(NamedTuple):
    message: Message | None
    is_conflict: bool = False


def _merge(base: Message | None, ours: Message | None, theirs: Message | None) -> _Outcome:
    if theirs in (ours, base):
        return _Outcome(ours)
    if ours == base:
        return _Outcome(theirs)
    if ours is None or theirs is None:
        left = ours or theirs
        return _Outcome(_left_by_one(base, left) if base and left else left)
    return _left_by_both(base, ours, theirs)


def _left_by_one(base: Message, left: Message) -> Message | None:
    """Return the rest of a message that one side removed and the other one, `left`, changed."""
    elsewhere = set(left.places) - set(base.places)
    if not left.obsolete and (elsewhere or base.obsolete):  # it was found there, or revived
        return replace(left, places=sorted(elsewhere))
    is_worked_on = _state(left) != _state(base) or left.comment != base.comment
    return _retired(left) if is_worked_on else None


def _retired(message: Message) -> Message | None:
    """As obsolete, with what a PO file keeps of it; gettext forgets those without translation."""
    if not message.translation:
        return None
    context = message.context if message.obsolete else lasting_sense(message)
    return replace(message, obsolete=True, context=context, places=[], note=None, remarks=())


def _left_by_both(base: Message | None, ours: Message, theirs: Message) -> _Outcome:
    origin = base or Message(ours.source, "", obsolete=ours.obsolete or theirs.obsolete)
    choice = _choose(origin, ours, theirs)
    comment = reconcile.lines(origin.comment, ours.comment, theirs.comment)
    if f"\n{choice.remark}\n" not in f"\n{comment}\n":
        comment = "\n".join(filter(None, [choice.remark, comment]))
    made_of = choice.message.note
    note = reconcile.value(origin.note, ours.note, theirs.note, lambda a, b: a or b)
    message = replace(
        choice.message,
        context=reconcile.value(origin.context, ours.context, theirs.context, lambda a, b: a or b),
        fuzzy=choice.message.fuzzy or choice.is_conflict,
        obsolete=reconcile.value(origin.obsolete, ours.obsolete, theirs.obsolete, lambda a, b: a),
        comment=comment,
        places=sorted(reconcile.members(set(origin.places), set(ours.places), set(theirs.places))),
        note=note and note._replace(delivered=made_of.delivered if made_of else note.delivered),
        remarks=reconcile.value(origin.remarks, ours.remarks, theirs.remarks, lambda a, b: a),
        hints=reconcile.value(origin.hints, ours.hints, theirs.hints, _both),
        flags=reconcile.value(origin.flags, ours.flags, theirs.flags, _both),
        others=reconcile.value(origin.others, ours.others, theirs.others, _both),
    )
    if not message.obsolete and not message.places and ours.places and theirs.places:
        # Each side removed the places that the other one left.
        return _Outcome(_retired(message) if message.is_touched else None, choice.is_conflict)
    return _Outcome(_retired(message) if message.obsolete else message, choice.is_conflict)


def _both(ours: tuple[T, ...], theirs: tuple[T, ...]) -> tuple[T, ...]:
    """Return the items of both sides, each once."""
    return tuple(dict.fromkeys((*ours, *theirs)))


def _state(message: Message) -> tuple[str, bool, str | None, str | None]:
    """Return the parts of a message that a review changes, except the comment."""
    return message.translation, message.fuzzy, message.previous_source, message.previous_context


class _Choice(NamedTuple):
    message: Message
    """The one whose translation is used."""
    remark: str = ""
    """The comment about the other translation."""
    is_conflict: bool = False


def _choose(base: Message, ours: Message, theirs: Message) -> _Choice:
    if _state(theirs) in (_state(ours), _state(base)):
        return _Choice(ours)
    if _state(ours) == _state(base):
        return _Choice(theirs)
    worth, worth_of_theirs = _worth(ours, base), _worth(theirs, base)
    chosen, other = (theirs, ours) if worth_of_theirs > worth else (ours, theirs)
    if chosen.translation == other.translation or min(worth, worth_of_theirs) < _DRAFT:
        return _Choice(chosen)
    if worth == worth_of_theirs:
        return _Choice(chosen, _remark(OTHER_TRANSLATION, other.translation), is_conflict=True)
    return _Choice(chosen, _remark(OTHER_DRAFT, other.translation))


_NOTHING, _MACHINE, _OLD_DRAFT, _DRAFT, _REVIEWED = range(5)


def _worth(message: Message, base: Message) -> int:
    """Return the worth of a translation to the reviewer; from `_DRAFT` on it is work of this side."""
    if not message.translation:
        return _NOTHING
    if not message.fuzzy:
        return _REVIEWED
    if not message.is_edited:
        return _MACHINE
    return _DRAFT if message.translation != base.translation else _OLD_DRAFT


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f-\x9f\u2028\u2029]')


def _remark(introduction: str, text: str) -> str:
    """Return comment lines with `text`: as it is, or quoted as in PO where it could be misread."""
    if text == text.strip() and not text.startswith('"') and not _CONTROL.search(text):
        return f"{introduction} {text}"
    lines = [f'"{_ESCAPED.sub(_escape, line)}"' for line in re.findall(r"[^\n]*\n|[^\n]+", text)]
    return "\n".join([introduction, *lines])


def _escape(match: re.Match[str]) -> str:
    return '\\"' if match[0] == '"' else match[0].encode("unicode_escape").decode()


def _settle_names(messages: Sequence[Message]) -> None:
    """Give a context to the messages that one side each added under one name.

    gettext refuses doubles. Active messages that have a context keep it.
    """
    names = Counter((message.context, message.source) for message in messages if not message.obsolete)
    taken: set[tuple[str | None, str]] = set()
    for message in sorted(messages, key=lambda message: (message.obsolete, message.context is None)):
        name = (message.context, message.source)
        is_nameless = message.context is None and not message.obsolete and names[name] > 1
        if is_nameless or name in taken:
            set_context(message, message.context or sense(message.translation), taken)
        else:
            taken.add(name)


def _is_in_reading_order(messages: Sequence[Message]) -> bool:
    keys = map(reading_order, messages)
    return all(one <= other for one, other in pairwise(keys))
