"""Search for pieces of one text in another, in bounded time.

Law 5: to look for k pieces in a text takes k times its length, and a hostile unit can have as many pieces
as letters. So each piece is looked for once, and no more than `MOST` different pieces are.
"""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.pair import Finding

MOST = 100
"""Different pieces that are looked for in one text; real units need a handful."""
BOUND_MET = f"only the first {MOST} different parts were compared; check the rest yourself"
"""The message of a finding where there are more pieces."""


class Inside:
    """The pieces that a text contains. A piece not looked for counts as contained and sets `is_met`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, bool] = {}
        self.is_met = False
        """True if there were more than `MOST` pieces."""

    def __contains__(self, piece: str) -> bool:
        if piece not in self._known:
            if len(self._known) >= MOST:
                self.is_met = True
                return True
            self._known[piece] = piece in self._text
        return self._known[piece]

    def findings(self) -> Iterator[Finding]:
        """Yield the finding of a text with more pieces than are looked for."""
        if self.is_met:
            yield Finding(BOUND_MET)
