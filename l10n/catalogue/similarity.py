"""How alike two sources are, and the most similar of many.

Two sources are as alike as rapidfuzz's `ratio` says: the share of characters that both have in the same
order (normalized Indel similarity). Only this module knows rapidfuzz.

Law 5, no input makes the time explode: a source is compared with a fixed number of others,
those that share most of its rarer words, and texts beyond any sentence's length with none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

LONGEST = 5_000
"""Characters of the longest source that is compared; the longest in deliveries has about 3,000."""
_COMPARED = 100
"""The number of sources that one is compared with."""
_LOOKED_AT = 20_000
"""The number of sources that are looked at to choose these."""
_WORD = re.compile(r"\w++")


class Similar:
    """Sources to choose the closest from; made once, asked for each edited source."""

    def __init__(self, sources: Iterable[str]) -> None:
        # By length, so that those of a fitting length are together.
        self._sources = sorted({s for s in sources if 0 < len(s) <= LONGEST}, key=lambda s: (len(s), s))
        self._lengths = [len(source) for source in self._sources]
        self._with_word: dict[str, list[int]] = {}
        for number, source in enumerate(self._sources):
            for word in words_of(source):
                self._with_word.setdefault(word, []).append(number)

    def closest(self, source: str, least: float) -> str | None:
        """The source most like `source`, if it is so by `least` (0 to 1) at least."""
        if len(source) > LONGEST:
            return None
        # What two texts have in common is no longer than the shorter one.
        first = bisect_left(self._lengths, len(source) * least / (2 - least))
        end = bisect_right(self._lengths, len(source) * (2 - least) / least)
        numbers = self._shortlist(source, first, end)
        return closest(source, [self._sources[number] for number in numbers], least)

    def _shortlist(self, source: str, first: int, end: int) -> list[int]:
        """Return the sources from `first` to before `end` that share most of the rarer half of the words."""
        lists = sorted((self._with_word.get(word, ()) for word in words_of(source)), key=len)
        shared: Counter[int] = Counter()
        room = _LOOKED_AT
        for numbers in lists[: len(lists) // 2 + 1]:
            found = numbers[bisect_left(numbers, first) : bisect_left(numbers, end)][:room]
            shared.update(found)
            room -= len(found)
        return [number for number, _ in shared.most_common(_COMPARED)]


def closest(source: str, others: Sequence[str], least: float) -> str | None:
    """The first of `others` that are most like `source`, if they are so by `least` (0 to 1) at least."""
    if len(source) > LONGEST:
        return None
    kept = [other for other in others if len(other) <= LONGEST]
    best = process.extractOne(source, kept, scorer=fuzz.ratio, score_cutoff=least * 100)
    return best[0] if best else None


def containing(source: str, others: Sequence[str], least: float) -> str | None:
    """The first of `others` that hold most of `source`, or are held by it, by `least` (0 to 1) at least.

    By the words that both have in the same order, as a share of the shorter one's (their
    longest common subsequence). A text of one word is held by too many. Of single letters
    too many would be in order by chance, and a search for the best stretch of the longer
    text (rapidfuzz's `partial_ratio`) takes seconds for two long ones.
    """
    words = _WORD.findall(source.lower()) if len(source) <= LONGEST else []
    best, found = least, None
    for other in others:
        theirs = _WORD.findall(other.lower()) if len(other) <= LONGEST else []
        shorter = min(len(words), len(theirs))
        share = LCSseq.similarity(words, theirs) / shorter if shorter > 1 else 0.0
        if share > best or (found is None and share == best):
            best, found = share, other
    return found


def similarity(source: str, other: str) -> float:
    """Return how alike two sources are, 0 to 1."""
    return fuzz.ratio(source, other) / 100


def words_of(source: str) -> list[str]:
    """The words of a source, each once, in order, so that nothing depends on a set's order."""
    return list(dict.fromkeys(_WORD.findall(source.lower())))
