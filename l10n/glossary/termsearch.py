"""Search a text for all terms of a list at once (Aho and Corasick, 1975).

This is the only module that uses ahocorasick_rs. Texts are compared folded (`folding`), words have boundaries
(`boundaries`), and text that is not prose is skipped (`prose`). Ranges count characters of the original
text.

Law 5: one pass over the text, whatever the number of terms; a term has at most `LONGEST_TERM` characters, so
no position of a text begins more matches than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from l10n.glossary.boundaries import begins_after_prefix, begins_word, ends_word, is_joined, is_unspaced
from l10n.glossary.folding import Folded, alike, fold, folded
from l10n.glossary.prose import non_prose, overlaps

LONGEST_TERM = 200
"""Maximum length in characters, after folding."""

_SHORTEST_STEM = 4
_LONGEST_ENDING = 2
_SHORTEST_INSIDE = 5
_LONGEST_SUFFIX = 40


class Form(Enum):
    """The allowed difference between a word and the term."""

    EXACT = auto()
    """None: the term begins and ends at word boundaries."""
    SUFFIXED = auto()
    """The word begins with the term and may have any ending: "Exchanges", "postboksen"."""
    INFLECTED = auto()
    """Each word begins with the stem of the term's word, or contains it: see `stem`."""


class TermEntry(NamedTuple):
    """A text to search for."""

    text: str
    form: Form = Form.EXACT
    case: bool = False
    """True if the search is sensitive to case."""


class TermMatch(NamedTuple):
    """A match of an entry; sorts by position."""

    start: int
    end: int
    entry: int
    """The index of the entry."""


def stem(word: str) -> str:
    """Return the part of a folded word that inflection keeps: all but the last two letters, at least four.

    Words of a script without spaces have no endings and are returned whole.
    """
    if word and is_unspaced(word[-1]):
        return word
    return word[: max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING)]


def is_searchable(text: str) -> bool:
    """Return True if `text` can be an entry: it has a letter or digit, and is not too long."""
    return any(map(str.isalnum, text)) and len(fold(text)) <= LONGEST_TERM


class _Stems:
    """A prefix tree of entries by the stems of their words.

    Law 5: however many entries begin with the same word, each position of the text is read once for all of
    them.
    """

    __slots__ = ("_entries", "_lengths", "_next")

    def __init__(self) -> None:
        self._entries: list[int] = []
        """The entries that end here."""
        self._next: dict[str, _Stems] = {}
        self._lengths: list[int] = []
        """The different lengths of the next stems."""

    def add(self, roots: Sequence[str], index: int) -> None:
        """Add an entry with these stems still to come."""
        if not roots:
            self._entries.append(index)
            return
        if roots[0] not in self._next:
            self._next[roots[0]] = _Stems()
            if len(roots[0]) not in self._lengths:
                self._lengths.append(len(roots[0]))
        self._next[roots[0]].add(roots[1:], index)

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, tuple[int, int]]]:
        """Yield the entries, with their ranges, whose first stem is `text[start:end]`.

        A stem of at least `_SHORTEST_INSIDE` characters may also occur inside a word.
        """
        if not self._entries and not self._next:
            return
        if _begins(text, start) or end - start >= _SHORTEST_INSIDE:
            yield from self._from(text, start, end)

    def _from(self, text: str, start: int, end: int) -> Iterator[tuple[int, tuple[int, int]]]:
        """Yield the entries that have a stem ending at `end`; each word may have its own ending."""
        longest = min(len(text), end + _LONGEST_SUFFIX)
        while end < longest and is_joined(text[end - 1], text[end]):
            end += 1
        for index in self._entries:
            yield index, (start, end)
        position = end + 1 if end < len(text) and text[end] == " " else end
        if self._next and position < len(text) and _begins(text, position):
            for length in self._lengths:
                if stems := self._next.get(text[position : position + length]):
                    yield from stems._from(text, start, position + length)


def _begins(text: str, position: int) -> bool:
    return begins_word(text, position) or begins_after_prefix(text, position)


class _Pattern:
    """The entries that begin with one pattern of the automaton."""

    __slots__ = ("entries", "stems")

    def __init__(self) -> None:
        self.entries: list[int] = []
        """Entries whose whole text is the pattern."""
        self.stems = _Stems()
        """Entries whose first stem is the pattern."""


class TermSearch:
    """A search for many entries: build it once, search many texts."""

    def __init__(self, entries: Sequence[TermEntry]) -> None:
        """Raises ValueError for an entry that is not searchable."""
        self._entries = entries
        patterns: dict[str, _Pattern] = {}
        for index, entry in enumerate(entries):
            if not is_searchable(entry.text):
                raise ValueError(f"{entry.text!r} cannot be looked for")
            words = fold(entry.text).split()
            if entry.form is Form.INFLECTED:
                roots = [stem(word) for word in words]
                patterns.setdefault(roots[0], _Pattern()).stems.add(roots[1:], index)
            else:
                patterns.setdefault(" ".join(words), _Pattern()).entries.append(index)
        self._found = list(patterns.values())
        self._automaton = AhoCorasick(patterns)

    def find(self, text: str) -> list[TermMatch]:
        """Return all matches in the prose of `text`, in order, overlapping ones included."""
        whole = folded(text)
        hits = self._automaton.find_matches_as_indexes(whole.text, overlapping=True)
        if not hits:
            return []
        excluded = non_prose(text)
        found = []
        for number, start, end in hits:
            pattern = self._found[number]
            places = [(index, self._span(index, whole, start, end)) for index in pattern.entries]
            places += [
                (index, whole.span(*span)) for index, span in pattern.stems.find(whole.text, start, end)
            ]
            for index, span in places:
                if span is None or overlaps(excluded, *span):
                    continue
                entry = self._entries[index]
                if entry.case and alike(text[slice(*span)]) != alike(entry.text):
                    continue
                found.append(TermMatch(*span, index))
        return sorted(set(found))

    def _span(self, index: int, whole: Folded, start: int, end: int) -> tuple[int, int] | None:
        """Return the original range of an entry matched at `[start:end]` of the folded text, or None."""
        form = self._entries[index].form
        text = whole.text
        if not begins_word(text, start) and (form is Form.EXACT or not begins_after_prefix(text, start)):
            return None
        if form is Form.EXACT and not ends_word(text, end):
            return None
        return whole.span(start, end)


def longest(matches: Iterable[TermMatch]) -> list[TermMatch]:
    """Return the matches without overlaps: of overlapping ones the first to begin, then the longest."""
    kept: list[TermMatch] = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end, match.entry)):
        if not kept or match.start >= kept[-1].end or match[:2] == kept[-1][:2]:
            kept.append(match)
    return kept
