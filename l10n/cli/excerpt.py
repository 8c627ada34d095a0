"""A line of a text around a fault, as wide as there is room for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from l10n.printable import printable


def excerpt(text: str, start: int, end: int, room: int) -> tuple[str, str, str]:
    """What stands before the span, in it and after it on its line: printable, `room` columns at most in all.

    Of a span over several lines the first is shown. Law 5: no more of the text is looked at than is shown,
    but for the ends of the line.
    """
    line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    breaks = [at for at in (text.find("\n", start), text.find("\r", start)) if at >= 0]
    line_end = min(breaks, default=len(text))
    end = min(max(end, start), line_end)
    marked = _fitting(text[start : min(end, start + room)], room)
    room -= _columns_of(marked)
    left = text[max(line_start, start - room) : start][::-1]
    right = text[end : min(line_end, end + room)]
    after = _fitting(right, max(room // 2, room - _columns_of(_fitting(left, room))))
    before = _fitting(left, room - _columns_of(after))
    return "".join(reversed(before)), "".join(marked), "".join(after)


def columns(text: str) -> int:
    """How many columns a terminal gives a text: two to a wide character, none to a mark on another one."""
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _columns_of(parts: Iterable[str]) -> int:
    return sum(map(columns, parts))


def _fitting(characters: str, room: int) -> list[str]:
    """The first characters, each made printable, that take `room` columns at most in all."""
    parts: list[str] = []
    for character in characters:
        shown = printable(character)
        room -= columns(shown)
        if room < 0:
            break
        parts.append(shown)
    return parts
