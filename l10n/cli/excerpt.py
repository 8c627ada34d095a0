"""Excerpts: the line of a text around a finding, cut to the available width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from l10n.printable import printable

_BREAK = re.compile("[\n\r]")


def excerpt(text: str, start: int, end: int, room: int) -> tuple[str, str, str]:
    """Return the line's text before, in and after the span: printable, at most `room` columns in all.

    Of a span over several lines, only the first is shown. Law 5: no more of the text is read than is shown.
    """
    span = _first_line(text[start : min(max(end, start), start + room)])
    marked = _fitting(span, room)
    room -= _columns_of(marked)
    left = _first_line(text[max(0, start - room) : start][::-1])
    right = (
        _first_line(text[start + len(span) : start + len(span) + room]) if len(marked) == len(span) else ""
    )
    after = _fitting(right, max(room // 2, room - _columns_of(_fitting(left, room))))
    before = _fitting(left, room - _columns_of(after))
    return "".join(reversed(before)), "".join(marked), "".join(after)


def _first_line(text: str) -> str:
    return _BREAK.split(text, maxsplit=1)[0]


def columns(text: str) -> int:
    """Return the columns of a text on a terminal: two for a wide character, none for a combining mark."""
    return sum(map(_width, text))


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _columns_of(parts: Iterable[str]) -> int:
    return sum(map(columns, parts))


@lru_cache(maxsize=4096)
def _shown(character: str) -> tuple[str, int]:
    shown = printable(character)
    return shown, columns(shown)


def _fitting(characters: str, room: int) -> list[str]:
    """Return the first characters, made printable, that fit into `room` columns."""
    parts: list[str] = []
    for character in characters:
        shown, width = _shown(character)
        room -= width
        if room < 0:
            break
        parts.append(shown)
    return parts
