"""A unit that came back, compared with its message: what changes, and what stays with a reason.

Law 2, a reviewer's work is sacred: a translation is taken only if its message is as it was exported, and a
reviewed one is replaced by a reviewed one only.
"""

from __future__ import annotations

from typing import NamedTuple

from l10n.catalogue import Message, breaks_agree, fingerprint, is_storable
from l10n.exchange.records import note_lines, version_mark
from l10n.exchange.returned import Returned


class Homecoming(NamedTuple):
    """The result for a message."""

    has_translation: bool = False
    """True if the message has a new translation or state."""
    has_comment: bool = False
    """True if the message has a new comment."""
    refusal: str = ""
    """The reason why its translation was not taken."""


def is_touched(unit: Returned) -> bool:
    """Return True if a tool changed the translation, the state or the comments of a unit."""
    return not _is_version(unit) or _has_new_comments(unit)


def come_home(message: Message, unit: Returned) -> Homecoming:
    """Change `message` to what a unit of it brings."""
    refusal, has_translation = "", False
    is_fuzzy = unit.is_fuzzy
    if is_fuzzy is None:
        is_fuzzy = message.fuzzy if unit.target == message.translation else True
    is_same = (unit.target, is_fuzzy) == (message.translation, message.fuzzy)
    if not is_same and not _is_version(unit):
        refusal = _refusal(message, unit, is_fuzzy)
        has_translation = not refusal
    if has_translation:
        message.translation, message.fuzzy = unit.target, is_fuzzy
        if not is_fuzzy:
            # As Poedit does when a translation is accepted.
            message.previous_source = message.previous_context = message.previous_plural = None
    comment = _comment(message, unit) if _has_new_comments(unit) else message.comment
    has_comment = comment != message.comment
    message.comment = comment
    return Homecoming(has_translation, has_comment, refusal)


def _is_version(unit: Returned) -> bool:
    """Return True if the translation and state are those that were exported."""
    states = (True, False) if unit.is_fuzzy is None or not unit.target else (unit.is_fuzzy,)
    return any(version_mark(unit.target, is_fuzzy=state) == unit.version for state in states)


def _has_new_comments(unit: Returned) -> bool:
    comment = "\n".join(unit.comments)
    return bool(comment.strip()) and fingerprint(comment) != unit.comment_mark


def _refusal(message: Message, unit: Returned, is_fuzzy: bool) -> str:
    """Return why a translation is not taken; empty if it is."""
    if not unit.target:
        return "it came back empty" if message.translation else ""
    if unit.version != version_mark(message.translation, is_fuzzy=message.fuzzy) and (
        unit.version or message.is_reviewed
    ):
        return "its message was changed in the PO file meanwhile"
    if message.is_reviewed and is_fuzzy and unit.target != message.translation:
        return "it came back with another text that needs review, and the old one is reviewed"
    if not is_storable(unit.target):
        return "no PO file can hold its characters"
    if not breaks_agree(message.source, unit.target):
        return "only one of source and translation begins, or ends, with a line break"
    return ""


def _comment(message: Message, unit: Returned) -> str:
    """Return the comment of a message with the notes that are new; none is dropped.

    The notes of l10n are not new, even if a tool forgot who wrote them. Linear in all notes together.
    """
    comments = [message.comment] if message.comment else []
    known = {*message.comment.split("\n"), *note_lines(message)}
    for note in unit.comments:
        text = note.replace("\r\n", "\n").replace("\r", "\n")
        lines = text.split("\n")
        if known.issuperset(lines) or not text.strip() or not is_storable(text):
            continue
        if comments == [message.comment] and text.startswith(message.comment):
            comments = [text]
        else:
            comments.append(text)
        known.update(lines)
    return "\n".join(comments)
