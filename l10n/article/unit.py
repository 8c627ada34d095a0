"""The unit: one sentence of an article in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from l10n.article.kinds import SLOT_KINDS, Kind
from l10n.article.quoting import Quoting


class Unit(NamedTuple):
    """One sentence in source and target language, and its position in the article."""

    id: str
    target: str
    """The translation as a reviewer reads it, with escapes removed."""
    source: str
    """The source text, with escapes removed."""
    kind: Kind
    line: int
    """1-based line of the article on which the unit begins."""
    start: int
    """Offsets into the article's text; `text[start:end]` is the whole unit."""
    end: int
    target_start: int
    target_end: int
    source_start: int
    source_end: int
    target_quoting: Quoting
    source_quoting: Quoting

    @classmethod
    def bare(cls, start: int, end: int, target: str, source: str, kind: Kind, quoting: Quoting) -> Unit:
        """Return a bare unit: `text[start:end]` is its target, without annotation.

        Its source comes from the English file. It has no id and line yet.
        """
        return cls("", target, source, kind, 0, start, end, start, end, end, end, quoting, quoting)

    @property
    def is_slot(self) -> bool:
        """True for the text of an image, a link or an attribute, which is inside brackets or quotes."""
        return self.kind in SLOT_KINDS

    @property
    def is_bare(self) -> bool:
        """True for a bare unit: the article holds only its target, without annotation."""
        return self.end == self.target_end


class Unmatched(NamedTuple):
    """A sentence of a plain article or its English file that has no counterpart in the other one."""

    is_english: bool
    line: int
    """1-based line in its file."""
    text: str


def gaps(units: Iterable[Unit], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges before, between and after those of `units` that begin in `start:end`."""
    for unit in units:
        if unit.start >= start:
            yield start, unit.start
            start = unit.end
    yield start, end
