"""All terms of a list in a text at once (Aho and Corasick, 1975); the only one that knows ahocorasick_rs.

Texts are compared folded (l10n.folding), words have boundaries (l10n.boundaries), and what is no
prose is passed over (l10n.opaque). A span is in characters of the text as given.

Law 5: one pass over the text, whatever the number of terms; a term is `LONGEST_TERM`
characters at most, so no place of a text begins more matches than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum, auto
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from l10n.glossary.boundaries import begins_after_prefix, begins_word, ends_word, is_joined, is_unspaced
from l10n.glossary.folding import Folded, alike, fold, folded
from l10n.glossary.opaque import is_opaque, opaque_spans

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


class TermSearch:
    """Entries to look for; make it once, search many texts."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Raises ValueError for an entry that is not searchable."""
        self._entries = entries
        self._words = [fold(entry.text).split() for entry in entries]
        patterns: dict[str, list[int]] = {}
        for index, (entry, words) in enumerate(zip(entries, self._words, strict=True)):
            if not is_searchable(entry.text):
                raise ValueError(f"{entry.text!r} cannot be looked for")
            pattern = stem(words[0]) if entry.form is Form.INFLECTED else " ".join(words)
            patterns.setdefault(pattern, []).append(index)
        self._found = list(patterns.values())
        self._automaton = AhoCorasick(patterns)

    def find(self, text: str) -> list[Match]:
        """Every place of every entry in the prose of `text`, also where they overlap, in order."""
        whole = folded(text)
        hits = self._automaton.find_matches_as_indexes(whole.text, overlapping=True)
        if not hits:
            return []
        opaque = opaque_spans(text)
        found = []
        for pattern, start, end in hits:
            for index in self._found[pattern]:
                span = self._span(index, whole, start, end)
                if span is None or is_opaque(opaque, *span):
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
        if form is Form.INFLECTED:
            return _inflected(self._words[index], whole, start)
        if not begins_word(text, start) and (form is Form.EXACT or not begins_after_prefix(text, start)):
            return None
        if form is Form.EXACT and not ends_word(text, end):
            return None
        return whole.span(start, end)


def _inflected(words: list[str], whole: Folded, start: int) -> tuple[int, int] | None:
    """The span at which `words` stand one after another, each with an ending of its own."""
    text = whole.text
    position = start
    for number, word in enumerate(words):
        root = stem(word)
        if not text.startswith(root, position):
            return None
        inside = not begins_word(text, position) and not begins_after_prefix(text, position)
        if inside and (number or len(root) < _SHORTEST_INSIDE):
            return None
        end = position + len(root)
        longest = min(len(text), end + _LONGEST_SUFFIX)
        while end < longest and is_joined(text[end - 1], text[end]):
            end += 1
        position = end + 1 if end < len(text) and text[end] == " " else end
    return whole.span(start, end)


def longest(matches: Iterable[Match]) -> list[Match]:
    """Of matches that overlap the one that begins first, and of those the longest."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end, match.entry)):
        if not kept or match.start >= kept[-1].end or match[:2] == kept[-1][:2]:
            kept.append(match)
    return kept
