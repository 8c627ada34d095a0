"""The unit: one sentence of an article in both languages."""

from __future__ import annotations

from typing import NamedTuple

from l10n.article.kinds import Kind
from l10n.article.quoting import Quoting


class Unit(NamedTuple):
    """One sentence in both languages, and where it stands."""

    id: str
    target: str
    """The translation, as a reviewer reads it (unescaped where it stands escaped)."""
    source: str
    """What was translated, unescaped too."""
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

    @property
    def is_bare(self) -> bool:
        """Whether the article holds its target only: text that is translated without annotation.

        Its source is known from the English file; all its other offsets are those of its target.
        """
        return self.end == self.target_end
