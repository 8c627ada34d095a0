"""The unit: one sentence of an article in both languages."""

from __future__ import annotations

from typing import NamedTuple

from l10n.article.kinds import Kind
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

    @property
    def is_bare(self) -> bool:
        """True for a bare unit: the article holds only its target, without annotation.

        Its source comes from the English file; its other offsets all equal those of its target.
        """
        return self.end == self.target_end
