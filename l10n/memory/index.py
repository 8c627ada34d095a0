"""The sources of a memory in one locale, with look-ups by text and by words.

Law 5, no input makes the time explode: only words that are looked up are indexed, and a source is compared
with a fixed number of others.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from heapq import nsmallest

from l10n.catalogue.similarity import LONGEST, closest

_COMPARED = 100
"""The number of sources that one is compared with."""
_LOOKED_AT = 2_000
"""The number of sources that are looked at to choose these."""
_LETTERS = bytes(
    code if code > 127 else ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(256)
)
"""For each byte of UTF-8 the one to look up: ASCII letters in lower case, a space for ASCII punctuation."""


class RareWords:
    """The words of the wanted sources, by how rare they are there: a source is found by its rarer half.

    Two sources that share half of their words share one of their rarer halves, whatever the order of the
    words, if it is the same for both (the prefix filter of set similarity joins).
    """

    def __init__(self, sources: Iterable[str]) -> None:
        words = {source: words_of(source) for source in sources}
        times = Counter(word for found in words.values() for word in found)
        ranking = sorted(times, key=lambda word: (times[word], word))
        self._rank = {word: rank for rank, word in enumerate(ranking, 1)}

    def __len__(self) -> int:
        return len(self._rank) + 1  # ranks begin with 1

    def of(self, source: str) -> list[int]:
        """Return the ranks of the known words in the rarer half of a source; unknown words are the rarest."""
        words = words_of(source)
        ranks = sorted(filter(None, map(self._rank.get, words)))
        # Half of the words and one more, without the unknown ones.
        return ranks[: max(0, len(words) // 2 + 1 - len(words) + len(ranks))]


def words_of(source: str) -> set[bytes]:
    """Return the words of a source by which it is found; none of one that is too long to be compared."""
    if len(source) > LONGEST:
        return set()
    return set(source.encode("utf-8", "surrogatepass").translate(_LETTERS).split())


class Index:
    """The sources in the order in which they were added; a source goes by its number."""

    def __init__(self, ranks: int) -> None:
        """`ranks` is the number of words that are known."""
        self.sources: list[str] = []
        self.numbers: dict[str, int] = {}
        """By source, its number."""
        self._with_word: list[list[int]] = [[] for _ in range(ranks)]
        self._sorted: dict[int, tuple[list[int], list[int]]] = {}

    def add(self, source: str, words: Iterable[int]) -> None:
        """Add a source that is not there yet, to be found by `words`, their ranks."""
        number = self.numbers[source] = len(self.sources)
        self.sources.append(source)
        with_word = self._with_word
        for word in words:
            with_word[word].append(number)

    def closest(self, source: str, words: Iterable[int], least: float) -> str | None:
        """Return the source most like `source`, if it is so by `least` (0 to 1) at least.

        It is one of those with `words`, ranks in order.
        """
        # What two texts have in common is no longer than the shorter one.
        shortest, longest = len(source) * least / (2 - least), len(source) * (2 - least) / least
        numbers = self._shortlist(words, shortest, longest)
        return closest(source, sorted(self.sources[number] for number in numbers), least)

    def _shortlist(self, words: Iterable[int], shortest: float, longest: float) -> list[int]:
        """Return the sources of a fitting length that share most of the words."""
        shared: Counter[int] = Counter()
        room = _LOOKED_AT
        for word in sorted(words, key=lambda word: len(self._with_word[word])):
            numbers = self._with_word[word]
            if len(numbers) > room:
                if shared:
                    break
                numbers, lengths = self._by_length(word)
                first, end = bisect_left(lengths, shortest), bisect_right(lengths, longest)
                numbers = numbers[first : min(end, first + room)]
            found = [number for number in numbers if shortest <= len(self.sources[number]) <= longest]
            shared.update(found)
            room -= len(numbers)
        return nsmallest(_COMPARED, shared, key=lambda number: (-shared[number], self.sources[number]))

    def _by_length(self, word: int) -> tuple[list[int], list[int]]:
        """Return the sources with a word, short ones first, and their lengths."""
        if word not in self._sorted:
            sources = self.sources
            pairs = sorted((len(sources[n]), sources[n], n) for n in self._with_word[word])
            self._sorted[word] = [number for *_, number in pairs], [length for length, *_ in pairs]
        return self._sorted[word]
