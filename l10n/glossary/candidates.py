"""Find names in English sources, and count how the targets translate them.

The results are counts, not judgements: how often a name occurs, in how many of these units the target keeps
it unchanged, and which words the other targets have more often than by chance and than where the name was
kept. In a script without spaces a word is a run of one kind of character, so Thai, Lao and Khmer have none.

Law 4: all pairs are counted before they are evaluated, so their order changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from l10n.glossary.folding import fold
from l10n.glossary.names import kept_names, name_entries
from l10n.glossary.prose import prose
from l10n.glossary.termsearch import TermEntry, TermMatch, TermSearch, is_searchable, longest

Pairs = Mapping[tuple[str, str], int]
"""The number of occurrences of each (source, target)."""

MINIMUM = 5
"""The minimum number of occurrences of a proposed name."""

_MOST_OTHERS = 3
_MOST_SEEN = 2_000
_MOST_NAMES = 100
"""Maximum number of names of one source for which the words of its target are counted (law 5)."""
_LONGEST_NAME = 6

_BOLD = re.compile(r"\*\*[^*\n]++\*\*|__[^_\n]++__")
_TOKEN = re.compile(r"\.?[^\W_]++(?:[.'’&-][^\W_]++)*(?:\+\+|#)?")
_POSSESSIVE = re.compile(r"['’]s?$")
_SENTENCE_END = re.compile(r"[.!?:;…\n|>•()\[\]–—/\\\ufffc]")
_SMALL_IN_TITLES = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)
_CONNECTORS = frozenset({"for"})
_TARGET_WORD = re.compile(
    r"[ァ-ヺー]++|[\u3400-\u4dbf\u4e00-\u9fff々]++|[^\W\d_\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]++"
)


class Other(NamedTuple):
    """A word that occurs where a name is missing."""

    word: str
    times: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name, and its translations in one locale."""

    name: str
    locale: str
    count: int
    """The number of units whose source has the name, not as a part of a longer name."""
    kept: int
    """The number of these units whose target has it as often as the source."""
    others: tuple[Other, ...]
    """The most frequent words of the other targets, unless they occur by chance."""

    @property
    def is_name(self) -> bool:
        """True if at least four of five targets keep the name; otherwise the locale has its own name."""
        return 5 * self.kept >= 4 * self.count


def candidates(pairs: Pairs, locale: str, minimum: int = MINIMUM) -> list[Candidate]:
    """Return the names that occur at least `minimum` times in the sources, the most frequent first."""
    names = _names(pairs, minimum)
    all_counts = _counts_of(pairs, names)
    background = _TargetWords(pairs)
    found = [
        Candidate(name, locale, counts.count, counts.kept, tuple(background.others(counts)))
        for name, counts in zip(names, all_counts, strict=True)
        if counts.count >= minimum
    ]
    return sorted(found, key=lambda candidate: (-candidate.count, candidate.name))


def _names(pairs: Pairs, minimum: int) -> list[str]:
    """Return the texts that are frequent enough and mostly written as names, except at sentence starts."""
    runs: Counter[str] = Counter()
    small: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    for (source, _), count in pairs.items():
        sources[source] += count
    for source, count in sources.items():
        text = _BOLD.sub(_blank, prose(source))
        tokens = list(_TOKEN.finditer(text))
        small.update(dict.fromkeys(filter(str.islower, (token[0] for token in tokens)), count))
        runs.update(dict.fromkeys(_names_in(text, tokens), count))
    return sorted(
        name
        for name, count in runs.items()
        if count >= minimum and is_searchable(name) and small[name.lower()] <= count
    )


def _blank(match: re.Match[str]) -> str:
    return "\ufffc" * len(match[0])


def _names_in(text: str, tokens: Sequence[re.Match[str]]) -> Iterator[str]:
    """Yield the names in a source, each at full length, and the parts on both sides of a "for".

    At the beginning of a sentence every word is capitalized, so the first word is no evidence.
    """
    words = [_POSSESSIVE.sub("", token[0]) for token in tokens]
    small = {word for word in words if word.islower()}
    if small <= _SMALL_IN_TITLES and sum(word[:1].isupper() for word in words) > 3:
        return  # a title with all its words capitalized
    run: list[str] = []
    position = 0
    for token, word in zip(tokens, words, strict=True):
        gap = text[position : token.start()]
        begins = position == 0 or _SENTENCE_END.search(gap) is not None
        position = token.start() + len(word)
        if gap != " ":
            yield from _names_in_run(run)
            run = []
        is_name = word != word.lower() and not (begins and word[1:].islower())
        if is_name or (run and (word.isdigit() or word in _CONNECTORS)):
            run.append(word)
        else:
            yield from _names_in_run(run)
            run = []
    yield from _names_in_run(run)


def _names_in_run(run: list[str]) -> Iterator[str]:
    """Yield the names in a run of words."""
    while run and run[-1] in _CONNECTORS:
        run.pop()
    # A single abbreviation is not a name: a translation may spell it out.
    if not run or len(run) > _LONGEST_NAME or (len(run) == 1 and run[0].isupper()):
        return
    yield " ".join(run)
    if run[-1].isdigit():
        yield from _names_in_run(run[:-1])  # the name without its version
    parts = " ".join("\n" if word in _CONNECTORS else word for word in run).split("\n")
    if len(parts) > 1:
        yield from filter(None, map(str.strip, parts))


@dataclass(slots=True)
class _NameCounts:
    """The counts of a name, and the pairs that keep or lose it."""

    count: int = 0
    kept: int = 0
    lost_pairs: list[tuple[str, str, int]] = field(default_factory=list)
    kept_pairs: list[tuple[str, str, int]] = field(default_factory=list)


def _counts_of(pairs: Pairs, names: Sequence[str]) -> list[_NameCounts]:
    all_counts = [_NameCounts() for _ in names]
    in_source = TermSearch([TermEntry(name, case=True) for name in names])
    forms = [(number, entry) for number, name in enumerate(names) for entry in name_entries(name)]
    in_target = TermSearch([entry for _, entry in forms])
    for (source, target), count in sorted(pairs.items()):
        needed = Counter(match.entry for match in longest(in_source.find(source)))
        if not needed:
            continue
        there = [TermMatch(m.start, m.end, forms[m.entry][0]) for m in in_target.find(target)]
        found = kept_names(there, needed, target)
        for place, (number, times) in enumerate(needed.items()):
            counts = all_counts[number]
            kept = found[number] >= times
            counts.count += count
            counts.kept += count if kept else 0
            seen = counts.kept_pairs if kept else counts.lost_pairs
            if len(seen) < _MOST_SEEN and place < _MOST_NAMES:
                seen.append((source, target, count))
    return all_counts


class _TargetWords:
    """The number of pairs whose targets have each word."""

    def __init__(self, pairs: Pairs) -> None:
        self._counts: Counter[str] = Counter()
        self._total = sum(pairs.values())
        for (_, target), count in pairs.items():
            self._counts.update(dict.fromkeys(_words(target), count))

    def others(self, counts: _NameCounts) -> list[Other]:
        """Return the words that replace the name in the targets without it."""
        kept = _counted(counts.kept_pairs)
        lost_total = sum(count for _, _, count in counts.lost_pairs)
        kept_total = sum(count for _, _, count in counts.kept_pairs)
        found = []
        for word, count in _counted(counts.lost_pairs).items():
            by_chance = lost_total * self._counts[word] / self._total
            where_kept = lost_total * kept[word] / kept_total if kept_total else 0
            if count >= max(3, lost_total / 20, 4 * by_chance, 3 * where_kept):
                found.append(Other(word, count))
        return sorted(found, key=lambda other: (-other.times, other.word))[:_MOST_OTHERS]


def _counted(pairs: Sequence[tuple[str, str, int]]) -> Counter[str]:
    """Count for each word the targets that have it although their source does not."""
    counts: Counter[str] = Counter()
    for source, target, count in pairs:
        counts.update(dict.fromkeys(_words(target) - _words(source), count))
    return counts


def _words(text: str) -> set[str]:
    return {word for word in _TARGET_WORD.findall(fold(text)) if len(word) > 1}
