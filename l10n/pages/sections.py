"""The sections of a page: the parts of an article that its fences begin and end, around their rows.

Law 5, input is hostile: every section is closed, whatever the article says, and none is too deep.
"""

from __future__ import annotations

from collections.abc import Iterator

from l10n.pages.fences import Fence
from l10n.pages.html import text

_DEEPEST = 20
"""Sections in each other; no article needs more, and browsers are slow with thousands."""


class Sections:
    """Opens and closes the sections of a page, row after row."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def around(self, fence: Fence, row: str) -> Iterator[str]:
        """Yield the HTML of a row that is a fence on both sides, with the tags of sections at their places.

        The row itself is left out where a section says the same.
        """
        if fence.kind == "line":
            if self._open and self._open[-1] == "tab":
                yield self._close("tab")
            else:
                yield row
        elif fence.is_end:
            yield self._close(fence.kind) if fence.kind in self._open else row
        else:
            if fence.kind == "tab" and "tab" in self._open:
                yield self._close("tab")
            if len(self._open) < _DEEPEST:
                self._open.append(fence.kind)
                yield f'<section class="part" aria-label="{text(fence.label)}">\n'
                yield f'<p class="part-name">{text(fence.label)}</p>\n'
                yield row if fence.kind == "tab" else ""
            else:
                yield row

    def end(self) -> str:
        """Return the end tags of all sections that are open."""
        return "</section>\n" * len(self._open)

    def _close(self, kind: str) -> str:
        """Return the end tags of the innermost section of a kind and of those in it."""
        place = len(self._open) - 1 - self._open[::-1].index(kind)
        count = len(self._open) - place
        del self._open[place:]
        return "</section>\n" * count
