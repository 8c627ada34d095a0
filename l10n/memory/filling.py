"""New messages start from a translation memory, and need review.

Law 2, a reviewer's work is sacred: only a message that needs review and still has the delivered machine
translation, without a comment, is filled.

Law 4, a second run changes nothing: a filled message says so in its note, and is not filled again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from l10n.catalogue import Message, visible
from l10n.memory.memory import Memory, MemoryMatch, Translation

REMARK = "memory: "
"""The beginning of the line of the note that says where a translation comes from. It stays, also after the
review, as the notes of other tools do: another run need not have the memory."""
_NAME_LIMIT = 100
"""Characters of a file's name in a note."""


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills the messages of each locale from a memory."""

    memory: Memory

    def fill(self, messages: Sequence[Message], locale: str) -> list[Message]:
        """Return the messages, those that have a match in the memory with its translation."""
        return [self._filled(message, locale) if is_fillable(message) else message for message in messages]

    def _filled(self, message: Message, locale: str) -> Message:
        match = self.memory.match(message.source, locale)
        if match is None:
            return message
        chosen = _chosen(message, match)
        remark = f"{REMARK}{match.percent} %, {visible(chosen.origin)[:_NAME_LIMIT]}"
        filled = replace(message, translation=chosen.target, fuzzy=True, hints=(*message.hints, remark))
        if match.percent < 100:
            filled.previous_source = match.source
        return filled


def is_fillable(message: Message) -> bool:
    """Return True if a message needs review and nobody has worked on it, nor has a memory filled it."""
    if message.obsolete or message.is_touched or message.is_carried_over:
        return False
    if message.note is None or message.note.human:
        return False
    return not is_filled(message)


def is_filled(message: Message) -> bool:
    """Return True if the translation of a message came from a memory."""
    return any(hint.startswith(REMARK) for hint in message.hints)


def _chosen(message: Message, match: MemoryMatch) -> Translation:
    """Return the translation to start from: the machine's own, if the memory has it for the same source.

    A source with several translations ("No") so keeps the one that fits its place.
    """
    alike = (one for one in match.translations if match.percent == 100 and one.target == message.translation)
    return next(alike, match.translations[0])
