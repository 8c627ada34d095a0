"""Whether a text holds pieces of another one, in time that does not explode.

Law 5: to look for k pieces in a text takes k times its length, and a hostile unit can have as many pieces
as letters. So each piece is looked for once, and no more than `MOST` different ones are.
"""

from __future__ import annotations

MOST = 100
"""Different pieces that are looked for in one text; real units have a handful that are not found at once."""
BOUND_MET = f"more than {MOST} pieces of it would have to be looked for; the rest was not checked"
"""What a finding says where there are more."""


class Inside:
    """The pieces that a text holds; what was not looked for counts as held, and `is_met` says so."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, bool] = {}
        self.is_met = False
        """Whether the bound was met."""

    def __contains__(self, piece: str) -> bool:
        if piece not in self._known:
            if len(self._known) >= MOST:
                self.is_met = True
                return True
            self._known[piece] = piece in self._text
        return self._known[piece]
