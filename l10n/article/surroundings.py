"""The localized text around a unit: the lines before and after it, and the inside of its block.

Law 5: at most a fixed number of characters and units is read on either side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from l10n.article.kinds import Kind
from l10n.article.openings import is_paragraph, opening, starts_list
from l10n.article.unit import Unit
from l10n.markdown import end_of

REACH = 2_000
"""The number of characters read on either side of a unit."""
_MOST_PIECES = 60
_QUOTES = re.compile(r"[ \t]*+>[ \t>]*+")
_MARKS = re.compile(
    r"[ \t]*+(?:(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*+)*(?:#{1,6}(?=[ \t<]|\Z)[ \t]*+)?"
)
_BAR = re.compile(r"\\.|\|", re.DOTALL)


class Surroundings(NamedTuple):
    """The text before and after a unit, with line breaks as LF."""

    before: str
    after: str

    @property
    def prefix(self) -> str:
        """Return the text before the unit on its line; a cut-off line begins with a plain letter instead."""
        _, line_break, prefix = self.before.rpartition("\n")
        return prefix if line_break or len(self.before) < REACH else f"x{prefix}"

    @property
    def rest(self) -> str:
        """Return the text after the unit on its line."""
        return self.after.partition("\n")[0]

    @property
    def line_before(self) -> str:
        """Return the line before the unit's line; empty if there is none."""
        return self.before.rpartition("\n")[0].rpartition("\n")[2]

    @property
    def line_after(self) -> str:
        """Return the line after the unit's line; empty if there is none."""
        return self.after.partition("\n")[2].partition("\n")[0]

    def inside_block(self, kind: Kind) -> Surroundings:
        """Return the part inside the unit's paragraph, heading or table cell."""
        prefix = self.prefix
        content = prefix[end_of(_MARKS, prefix) :]
        if kind is Kind.TABLE_CELL:
            return Surroundings(_after_last_bar(content), _until_first_bar(self.rest))
        blocks = opening(f"{prefix}x")
        if blocks and blocks[-1].startswith("heading"):
            return Surroundings(content, self.rest)
        before = [content]
        if kind is Kind.HTML or not starts_list(prefix):
            before += self._lines_before(kind)
        return Surroundings("\n".join(reversed(before)), "\n".join([self.rest, *self._lines_after(kind)]))

    def _lines_before(self, kind: Kind) -> Iterator[str]:
        for line in reversed(self.before.split("\n")[:-1]):
            if kind is Kind.HTML and line.strip():
                yield line
                continue
            if kind is Kind.HTML or not is_paragraph(line):
                return
            yield line[end_of(_MARKS, line) :]
            if starts_list(line):
                return

    def _lines_after(self, kind: Kind) -> Iterator[str]:
        for line in self.after.split("\n")[1:]:
            if not line.strip(" \t>"):
                return
            inner = line[end_of(_QUOTES, line) :]
            if kind is not Kind.HTML and opening(inner, continues=True):
                return
            yield inner


def surroundings_of(
    text: str, body: int, units: Sequence[Unit], index: int, given: Mapping[int, str]
) -> Surroundings:
    """Return the localized text around the unit `units[index]`.

    `given` maps the start of a unit to a target that replaces the unit's own.
    """
    floor = body if units[index].start >= body else 0
    before = _collected(_backwards(text, floor, units, index, given), reverse=True)
    after = _collected(_forwards(text, units, index, given), reverse=False)
    return Surroundings(_unix(before)[-REACH:], _unix(after)[:REACH])


def neighbours(text: str, units: Sequence[Unit], index: int, given: Mapping[int, str]) -> tuple[str, str]:
    """Return the characters before and after the unit `units[index]`, each empty if there is none."""
    unit = units[index]
    before, after = text[unit.start - 1 : unit.start], text[unit.end : unit.end + 1]
    if index and units[index - 1].end == unit.start:
        before = given.get(units[index - 1].start, units[index - 1].target)[-1:]
    if index + 1 < len(units) and units[index + 1].start == unit.end:
        after = given.get(units[index + 1].start, units[index + 1].target)[:1]
    return before, after


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _collected(pieces: Iterable[str], *, reverse: bool) -> str:
    found: list[str] = []
    room = REACH
    for piece in islice(pieces, _MOST_PIECES):
        found.append(piece)
        room -= len(piece)
        if room <= 0:
            break
    return "".join(reversed(found) if reverse else found)


def _backwards(
    text: str, floor: int, units: Sequence[Unit], index: int, given: Mapping[int, str]
) -> Iterator[str]:
    """Yield the text before a unit in pieces, the last piece first."""
    end = units[index].start
    for number in range(index - 1, -1, -1):
        unit = units[number]
        if unit.end <= floor:
            break
        yield text[max(unit.end, end - REACH) : end]
        yield given.get(unit.start, unit.target)[-REACH:]
        end = unit.start
    yield text[max(floor, end - REACH) : end]


def _forwards(text: str, units: Sequence[Unit], index: int, given: Mapping[int, str]) -> Iterator[str]:
    start = units[index].end
    for number in range(index + 1, len(units)):
        unit = units[number]
        yield text[start : min(unit.start, start + REACH)]
        yield given.get(unit.start, unit.target)[:REACH]
        start = unit.end
    yield text[start : start + REACH]


def _after_last_bar(text: str) -> str:
    position = 0
    for match in _BAR.finditer(text):
        if match[0] == "|":
            position = match.end()
    return text[position:]


def _until_first_bar(text: str) -> str:
    return next((text[: match.start()] for match in _BAR.finditer(text) if match[0] == "|"), text)
