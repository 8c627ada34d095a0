"""The memory: by locale, the translations of the sources that are wanted, and of those like them.

Law 4, same input, same bytes: matches depend on the pairs alone, not on the order in which they are added.

Law 5, no input makes the time or the memory explode: a pair is kept only if its source is wanted, or half of
its words are known from wanted sources (`index`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from l10n.catalogue import is_storable
from l10n.catalogue.similarity import similarity
from l10n.locales import applies_to, gettext_name
from l10n.memory.index import Index, RareWords


class Translation(NamedTuple):
    """A target, and the name of the file that has it."""

    target: str
    origin: str


class MemoryMatch(NamedTuple):
    """What a memory has for a source."""

    percent: int
    """How alike both sources are; 100 only if they are the same."""
    source: str
    """The source in the memory."""
    translations: tuple[Translation, ...]
    """The most frequent one first, each once."""


class Memory:
    """The pairs for the wanted sources of each locale."""

    def __init__(self, wanted: Mapping[str, Iterable[str]], least: int) -> None:
        """`wanted` has the sources by gettext's name of their locale; `least` is the lowest percentage."""
        self.least = least
        self.pairs = 0
        """The number of pairs added that are in a wanted locale."""
        self._wanted: set[str] = set().union(*wanted.values())
        self._words = RareWords(self._wanted if least < 100 else ())
        self._kept = {locale: _Kept(len(self._words)) for locale in wanted}
        self._found: dict[tuple[str, str], MemoryMatch | None] = {}
        self._into = cache(self._kept_for)

    def _kept_for(self, tag: str) -> tuple[_Kept, ...]:
        """Return what is kept of the locales that a language tag of a file stands for."""
        try:
            name = gettext_name(tag)
        except ValueError:
            return ()
        return tuple(kept for locale, kept in self._kept.items() if applies_to(name, locale))

    def add(self, source: str, target: str, tag: str, origin: str) -> None:
        """Add a pair whose target is in the language `tag`; all pairs are added before the first `match`."""
        places = self._into(tag)
        if not places or not source or not target:
            return
        self.pairs += 1
        words: list[int] | None = None
        for kept in places:
            if source in kept.index.numbers:
                kept.add_another(source, target, origin)
                continue
            words = self._words.of(source) if words is None else words
            if words or source in self._wanted:
                kept.add(source, words, target, origin)

    def match(self, source: str, locale: str) -> MemoryMatch | None:
        """Return the match of a source, exact if there is one; None if nothing is like it by `least`."""
        key = (locale, source)
        if key not in self._found:
            self._found[key] = self._match(source, locale)
        return self._found[key]

    def _match(self, source: str, locale: str) -> MemoryMatch | None:
        kept = self._kept.get(locale)
        if kept is None:
            return None
        found: str | None = source
        if source not in kept.index.numbers:
            found = kept.index.closest(source, self._words.of(source), self.least / 100)
        translations = kept.ranked(found) if found and is_storable(found) else ()
        if found is None or not translations:
            return None
        percent = 100 if found == source else min(99, int(similarity(source, found) * 100))
        return MemoryMatch(percent, found, translations)


class _Kept:
    """The pairs that are kept of one locale."""

    def __init__(self, ranks: int) -> None:
        self.index = Index(ranks)
        self._targets: list[str] = []
        self._origins: list[str] = []
        """By the number of the source: its first translation and the file that has it."""
        self._more: dict[int, Counter[Translation]] = {}
        """By the number of the source: how often it has each translation again."""

    def add(self, source: str, words: Iterable[int], target: str, origin: str) -> None:
        """Add a source that is not there yet, with its first translation."""
        self.index.add(source, words)
        self._targets.append(target)
        self._origins.append(origin)

    def add_another(self, source: str, target: str, origin: str) -> None:
        """Add another translation of a source."""
        self._more.setdefault(self.index.numbers[source], Counter())[Translation(target, origin)] += 1

    def ranked(self, source: str) -> tuple[Translation, ...]:
        """Return each translation once: the most frequent one first, then in the order of the text."""
        number = self.index.numbers[source]
        first = Translation(self._targets[number], self._origins[number])
        times: Counter[str] = Counter()
        origins: dict[str, str] = {}
        for (target, origin), count in ((first, 1), *self._more.get(number, Counter()).items()):
            times[target] += count
            origins[target] = min(origin, origins.get(target, origin))
        ranking = sorted(filter(is_storable, times), key=lambda target: (-times[target], target))
        return tuple(Translation(target, origins[target]) for target in ranking)
