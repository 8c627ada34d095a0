"""Delimiter runs of `*`, `_` and `~`: which of them open or close emphasis, and how they pair.

After CommonMark 0.31, section 6.2 (https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis), with
GitHub's strikethrough.

Law 5: `pair_up` is the standard's algorithm with its `openers_bottom`, which reads each run a bounded number
of times.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


class Run:
    """A run of one delimiter; `start` and `end` are the offsets of its unused part."""

    def __init__(self, text: str, start: int, end: int) -> None:
        """Read the run `text[start:end]`; its neighbours decide if it may open or close emphasis."""
        before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
        self.mark = text[start]
        self.start, self.end = start, end
        self.opens, self.closes = can_open_and_close(self.mark, before, after)
        self.first = start
        """The offset at which the run began."""
        self.whole = end - start
        """The original number of characters."""

    @property
    def length(self) -> int:
        """Return the number of unused characters."""
        return self.end - self.start


def can_open_and_close(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Return two flags: a run of `mark` between these two characters may open, may close emphasis."""
    left = not _is_space(after) and (not _is_sign(after) or _is_space(before) or _is_sign(before))
    right = not _is_space(before) and (not _is_sign(before) or _is_space(after) or _is_sign(after))
    if mark != "_":
        return left, right
    return left and (not right or _is_sign(before)), right and (not left or _is_sign(after))


def _is_space(character: str) -> bool:
    return character in "\t\n\f\r" or unicodedata.category(character) == "Zs"


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def pair_up(runs: Sequence[Run]) -> list[tuple[str, int, int]]:
    """Return the delimiters of each pair with the offsets of opener and closer ("process emphasis").

    `runs` are in order. Their `start` and `end` move as they are used, so unused parts remain visible.
    """
    found = []
    openers: list[Run] = []
    bottom: dict[tuple[str, bool, int], int] = {}
    for closer in runs:
        while closer.closes and closer.length:
            key = (closer.mark, closer.opens, closer.whole % 3)
            lowest = bottom.get(key, -1)
            index = len(openers) - 1
            while index >= 0 and openers[index].first > lowest and not _match(openers[index], closer):
                index -= 1
            if index < 0 or openers[index].first <= lowest:
                bottom[key] = openers[-1].first if openers else -1
                break
            del openers[index + 1 :]
            opener = openers[index]
            used = 2 if opener.length >= 2 and closer.length >= 2 else 1
            opener.end -= used
            found.append((closer.mark * used, opener.end, closer.start))
            closer.start += used
            if not opener.length:
                openers.pop()
        if closer.opens and closer.length:
            openers.append(closer)
    return found


def _match(opener: Run, closer: Run) -> bool:
    if opener.mark != closer.mark:
        return False
    if opener.mark == "~":
        return opener.length >= 2 and closer.length >= 2
    # The standard's "multiple of 3" rule, for runs that may both open and close.
    both = opener.closes or closer.opens
    return not (both and (opener.whole + closer.whole) % 3 == 0 and (opener.whole % 3 or closer.whole % 3))
