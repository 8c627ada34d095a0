"""Align an annotated article with its English file.

The walk goes through the article piece by piece: the text between the units and their sources in turn. White
space, `>` and backslashes are ignored, since the annotator changes them. If the text between two units
differs, it is compared slot by slot (`slots`); any other difference is left alone and counted.

Law 5, no input makes the time explode: each piece is compared at one place, and after a mismatch searched in
a window of fixed size.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from l10n.article.quoting import Quoting
from l10n.article.slots import Slot, english_slot_end, on_one_line, slots_in
from l10n.article.unit import Unit, gaps
from l10n.markdown import blanked

_COUNTED = re.compile(r"[^\s\\>]+")
_WINDOW = 2000
_CHUNK = 256
_SHORTEST_NEEDLE, _LONGEST_NEEDLE = 8, 24


@dataclass(slots=True)
class Alignment:
    """The result of the walk."""

    english: str
    translated: list[Unit] = field(default_factory=list)
    """Bare units for the slots whose English text is different."""
    differences: int = 0
    """The number of unexplained differences between article and English file."""
    places: list[tuple[int, int] | None] = field(default_factory=list)
    """For each unit, the range of its source in the normalized English text."""
    _starts: list[int] = field(default_factory=list)
    """For each chunk of the English text, its offset in the normalized text."""

    def english_of(self, index: int) -> str | None:
        """Return the original English text of a unit, with its white space and backslashes, or None."""
        place = self.places[index] if index < len(self.places) else None
        return self.english[slice(*self._raw_span(*place))] if place else None

    def after(self, position: int) -> int:
        """Map an offset in the normalized text back to the English text, after the previous character."""
        return self._raw(position - 1) + 1 if position else 0

    def _raw_span(self, start: int, end: int) -> tuple[int, int]:
        if start == end:
            return 0, 0
        begin = self._raw(start)
        # A backslash directly before the first character belongs to it.
        while begin and self.english[begin - 1] == "\\":
            begin -= 1
        return begin, self._raw(end - 1) + 1

    def _raw(self, position: int) -> int:
        """Map an offset in the normalized text to the character's offset in the English text."""
        if not self._starts:
            chunks = (self.english[n : n + _CHUNK] for n in range(0, len(self.english), _CHUNK))
            self._starts = list(accumulate((len(_normal(chunk)) for chunk in chunks), initial=0))
        chunk = bisect_right(self._starts, position) - 1
        position -= self._starts[chunk]
        for match in _COUNTED.finditer(self.english, chunk * _CHUNK, (chunk + 1) * _CHUNK):
            if position < match.end() - match.start():
                return match.start() + position
            position -= match.end() - match.start()
        return len(self.english)


def align(
    text: str, body: int, units: Sequence[Unit], cuts: Sequence[tuple[int, int]], english: str
) -> Alignment:
    """Align `text` from `body` on, without `cuts`, with `english`, the body of its English file."""
    result = Alignment(english)
    if "\0" in text or "\0" in english:
        return result
    outer = list(gaps(units, body, len(text)))
    own = blanked(text, cuts, " ")
    pieces = [own[slice(*outer[0])]]
    for unit, (start, end) in zip(units, outer[1:], strict=True):
        pieces += (unit.source, own[start:end])
    normal = _normal("\0".join(pieces)).split("\0")
    whole = _normal(english)
    if "".join(normal) == whole:
        ends = list(accumulate(map(len, normal)))
        result.places = [(ends[n - 1], ends[n]) for n in range(1, len(ends), 2)]
    else:
        _Walk(text, own, outer, normal, whole, result).run()
    return result


def _normal(text: str) -> str:
    return "".join(text.split()).replace("\\", "").replace(">", "")


@dataclass(slots=True)
class _Walk:
    """The walk through an article that differs from its English file by more than white space."""

    text: str
    own: str
    """The text without the publisher's additions."""
    outer: Sequence[tuple[int, int]]
    """The ranges between the units."""
    normal: Sequence[str]
    """The text of these ranges and the sources in turn, normalized."""
    whole: str
    """The English text, normalized."""
    result: Alignment
    known: int = 0
    """The end of the last matching piece."""

    def run(self) -> None:
        position = 0
        is_lost = False
        for number, piece in enumerate(self.normal):
            is_source = number % 2 == 1
            end: int | None
            if self.whole.startswith(piece, position):
                end = position + len(piece)
            else:
                end = None if is_source else self._walk_slots(position, *self.outer[number // 2])
            if is_source:
                self.result.places.append((position, end) if end is not None else None)
            if end is None:
                self.result.differences += not is_lost  # a mismatch after another one belongs to it
                end = self._find_again(number, position)
                is_lost = True
            elif piece:
                is_lost = False
                self.known = end
            position = end

    def _find_again(self, number: int, position: int) -> int:
        """Return the position of the piece after `number`, found or estimated."""
        guess = position + len(self.normal[number])
        needle = ""
        for piece in self.normal[number + 1 : number + 8]:
            needle += piece[:_LONGEST_NEEDLE]
            if len(needle) >= _SHORTEST_NEEDLE:  # shorter text occurs anywhere
                begin = max(self.known, position - _WINDOW)
                found = self.whole.find(needle, begin, guess + _WINDOW)
                return found if found >= 0 else guess
        return guess

    def _walk_slots(self, position: int, start: int, end: int) -> int | None:
        """Walk the text between two units slot by slot; return its end in the English text, or None.

        The text of a slot counts as a translation only if the text on both sides of the slot is the same.
        After a mismatch the walk continues after the next slot whose following text is found.
        """
        pending: Unit | None = None
        is_lost = False
        before = start
        for slot in [*slots_in(self.text, start, end), None]:
            literal = _normal(self.own[before : slot.start if slot else end])
            if is_lost and len(literal) >= _SHORTEST_NEEDLE:
                found = self.whole.find(literal, position, position + len(literal) + _WINDOW)
                is_lost = found < 0
                position = position if is_lost else found
            elif not is_lost and not self.whole.startswith(literal, position):
                is_lost = True
                pending = None
                if slot:  # otherwise the caller counts it
                    self.result.differences += 1
            if not is_lost:
                position += len(literal)
                if pending:
                    self.result.translated.append(pending)
                if slot is None:
                    return position
                pending, stop = self._at_slot(slot, position)
                is_lost = stop is None
                position = position if stop is None else stop
            if slot:
                before = slot.end
        return None

    def _at_slot(self, slot: Slot, position: int) -> tuple[Unit | None, int | None]:
        """Return a unit if the slot is translated, and the slot's end in English; None for a mismatch."""
        english = self.result.english
        start = self.result.after(position)
        stop = english_slot_end(english, start, is_quoted=self.text[slot.end] == '"')
        if stop is None:
            return None, None
        source = on_one_line(english[start:stop])
        own = self.text[slot.start : slot.end]
        inside = _normal(source)
        found = None
        if inside != _normal(own) and source.strip():
            found = Unit.bare(slot.start, slot.end, own, source, slot.kind, Quoting.INTACT)
        return found, position + len(inside)
