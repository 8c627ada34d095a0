"""Slots: the ranges that may hold text translated without annotation: image texts, labels, attributes.

A slot is the inside of a pair of brackets or of an attribute's quotes. Only a comparison with the English
file shows if its text was translated.

Law 5: the expressions never backtrack, and each bracket is read from at most one bracket before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from l10n.article.kinds import Kind


class Slot(NamedTuple):
    """A range that may hold translated text: `text[start:end]`, without its brackets or quotes."""

    start: int
    end: int
    kind: Kind


_INSIDE = r"(?:[^\[\]\\\r\n\0]++|\\[^\r\n\0]|\[[^\[\]\r\n\0]*+\])"
_SLOT = re.compile(
    rf"(?<!\\)(?P<image>!?)\[(?P<inside>(?!!){_INSIDE}+)\](?=(?P<next>[(\[:]?))"
    r'|(?<![\w:.-])(?!(?:name|id|href|src)=)(?P<name>[A-Za-z][\w:.-]*+)="(?P<value>[^"\r\n\0]++)"'
    r'|(?<=\S) "(?P<title>[^"\r\n\0]++)"(?=\))'
)
# The same in the English file, where the text may be wrapped over several lines.
_ENGLISH_INSIDE = re.compile(r"((?:[^\[\]\\\0]|\\.|\[[^\[\]\0]{0,1000}+\]){0,1000})\]", re.DOTALL)
_ENGLISH_VALUE = re.compile(r'([^"\r\n\0]*+)"')
_WRAP = re.compile(r"[ \t]*+(?:\r\n|[\r\n])[ \t>]*+")


def slots_in(text: str, start: int, end: int) -> Iterator[Slot]:
    """Yield the slots in `text[start:end]`, a range without units."""
    for match in _SLOT.finditer(text, start, end):
        if match["name"] is not None:
            is_image = match["name"].lower() in ("alt", "alt-text")
            yield Slot(*match.span("value"), Kind.IMAGE_TEXT if is_image else Kind.ATTRIBUTE)
            continue
        if match["title"] is not None:
            yield Slot(*match.span("title"), Kind.ATTRIBUTE)
            continue
        kind = Kind.LABEL
        if match["image"]:
            kind = Kind.IMAGE_TEXT
        elif match["next"] in ("(", "["):
            kind = Kind.LINK_TEXT
        yield Slot(*match.span("inside"), kind)


def english_slot_end(english: str, start: int, *, is_quoted: bool) -> int | None:
    """Return the end of the slot that begins at `start` of the English file, or None."""
    match = (_ENGLISH_VALUE if is_quoted else _ENGLISH_INSIDE).match(english, start)
    return match.end(1) if match else None


def on_one_line(text: str) -> str:
    """Return `text` on one line."""
    return _WRAP.sub(" ", text) if "\n" in text or "\r" in text else text
