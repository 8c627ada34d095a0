"""All terms of a list in a text at once (Aho and Corasick, 1975); the only one that knows ahocorasick_rs.

Texts are compared folded (l10n.folding), words have boundaries (l10n.boundaries), and what is no
prose is passed over (l10n.glossary.prose). A span is in characters of the text as given.

Law 5: one pass over the text, whatever the number of terms; a term is `LONGEST_TERM`
characters at most, so no place of a text begins more matches than that.
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
"""In characters, after folding."""

_SHORTEST_STEM = 4
_LONGEST_ENDING = 2
_SHORTEST_INSIDE = 5
_LONGEST_SUFFIX = 40


class Form(Enum):
    """What of a word may differ from the term."""

    EXACT = auto()
    """Nothing: the term begins where a word begins, and ends where one ends."""
    SUFFIXED = auto()
    """The word begins with the term, and goes on as it will: "Exchanges", "postboksen"."""
    INFLECTED = auto()
    """Each word shares the stem of the term's, or holds it: see `stem`."""


class Entry(NamedTuple):
    """One text to look for."""

    text: str
    form: Form = Form.EXACT
    case: bool = False
    """Whether upper and lower case are told apart."""


class Match(NamedTuple):
    """An entry found; sorts by place."""

    start: int
    end: int
    entry: int
    """The index of the entry."""


def stem(word: str) -> str:
    """What inflection leaves of a folded word: all but the last two letters, four at least.

    A word of a script without spaces has no endings to lose.
    """
    if word and is_unspaced(word[-1]):
        return word
    return word[: max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING)]


def is_searchable(text: str) -> bool:
    """Whether `text` can be an entry: it has a letter or digit, and is no longer than a term is."""
    return any(map(str.isalnum, text)) and len(fold(text)) <= LONGEST_TERM


class _Stems:
    """Entries that go on alike, by the stems of the words that follow; of each stem there is one.

    Law 5: however many entries begin with the same word, a place of the text is read once for all of them.
    """

    __slots__ = ("_entries", "_lengths", "_next")

    def __init__(self) -> None:
        self._entries: list[int] = []
        """Those that end here."""
        self._next: dict[str, _Stems] = {}
        self._lengths: list[int] = []
        """Of the stems that follow, each once."""

    def add(self, roots: Sequence[str], index: int) -> None:
        """Add an entry of which these stems follow."""
        if not roots:
            self._entries.append(index)
            return
        if roots[0] not in self._next:
            self._next[roots[0]] = _Stems()
            if len(roots[0]) not in self._lengths:
                self._lengths.append(len(roots[0]))
        self._next[roots[0]].add(roots[1:], index)

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, tuple[int, int]]]:
        """The entries, and their spans, whose first stem is `text[start:end]`, a word or its inner part."""
        if not self._entries and not self._next:
            return
        if _begins(text, start) or end - start >= _SHORTEST_INSIDE:
            yield from self._from(text, start, end)

    def _from(self, text: str, start: int, end: int) -> Iterator[tuple[int, tuple[int, int]]]:
        """Those of which a stem ends at `end`, each word having an ending of its own."""
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
    """What one pattern of the automaton begins."""

    __slots__ = ("entries", "stems")

    def __init__(self) -> None:
        self.entries: list[int] = []
        """Those of which it is the whole text."""
        self.stems = _Stems()
        """Those of which it is the first stem."""


class TermSearch:
    """Entries to look for; make it once, search many texts."""

    def __init__(self, entries: Sequence[Entry]) -> None:
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

    def find(self, text: str) -> list[Match]:
        """Every place of every entry in the prose of `text`, also where they overlap, in order."""
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
                found.append(Match(*span, index))
        return sorted(set(found))

    def _span(self, index: int, whole: Folded, start: int, end: int) -> tuple[int, int] | None:
        """Where the entry stands that was met at `[start:end]` of the folded text, if it does."""
        form = self._entries[index].form
        text = whole.text
        if not begins_word(text, start) and (form is Form.EXACT or not begins_after_prefix(text, start)):
            return None
        if form is Form.EXACT and not ends_word(text, end):
            return None
        return whole.span(start, end)


def longest(matches: Iterable[Match]) -> list[Match]:
    """Of matches that overlap the one that begins first, and of those the longest."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end, match.entry)):
        if not kept or match.start >= kept[-1].end or match[:2] == kept[-1][:2]:
            kept.append(match)
    return kept
