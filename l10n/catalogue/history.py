"""What stood where at the last delivery: its articles as messages in reading order.

Made of the places that the messages know, so it needs no old article. It is what tells a
unit's neighbours of then from those of now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from l10n.catalogue.catalogue import Message, UnitRecord

COMMON = 8
"""A source that stands in more articles than this tells nothing of where a unit comes from."""


class Slot(NamedTuple):
    """A place of an old article, and the message that stood there."""

    position: int
    """How many places of the article stand before it."""
    line: int
    message: Message


class OldArticle:
    """One article of the last delivery; empty if there was none."""

    __slots__ = ("_by_source", "path", "slots")

    def __init__(self, path: str, places: Iterable[tuple[int, int, Message]] = ()) -> None:
        self.path = path
        """The reference that the messages know it by."""
        ordered = sorted(places, key=lambda place: place[:2])
        self.slots = [Slot(position, line, message) for position, (line, _, message) in enumerate(ordered)]
        self._by_source: dict[str, list[Slot]] = {}
        for slot in self.slots:
            self._by_source.setdefault(slot.message.source, []).append(slot)

    def of(self, source: str) -> Sequence[Slot]:
        """Where a source stood, in order."""
        return self._by_source.get(source, ())

    def neighbours(self, slot: Slot) -> tuple[str | None, str | None]:
        """The sources that stood before and after a slot."""
        before = self.slots[slot.position - 1].message.source if slot.position else None
        following = slot.position + 1
        return before, self.slots[following].message.source if following < len(self.slots) else None


class History:
    """All articles of the last delivery."""

    def __init__(self, messages: Iterable[Message]) -> None:
        self._places: dict[str, list[tuple[int, int, Message]]] = {}
        for number, message in enumerate(messages):
            for path, line in message.places:
                self._places.setdefault(path, []).append((line, number, message))
        self._ready: dict[str, OldArticle] = {}
        self._origins: dict[str, OldArticle] = {}

    def article(self, path: str) -> OldArticle:
        """The article that stood at `path`."""
        if path not in self._ready:
            self._ready[path] = OldArticle(path, self._places.get(path, ()))
        return self._ready[path]

    def origin(self, units: Sequence[UnitRecord]) -> OldArticle:
        """The old form of the article with these `units`: at its path, or else the one most like it.

        An article that is new at its path was moved there if half of its sources or more
        stood in one other article, and fewer in any third. All calls for a path must be with the same units.
        """
        path = units[0].place.path
        if path not in self._origins:
            self._origins[path] = self.article(path if path in self._places else self._most_alike(units))
        return self._origins[path]

    @cached_property
    def _paths(self) -> dict[str, set[str]]:
        """The articles that each source stood in; asked for where an article is new at its path."""
        found: dict[str, set[str]] = {}
        for path, places in self._places.items():
            for _, _, message in places:
                found.setdefault(message.source, set()).add(path)
        return found

    def _most_alike(self, units: Sequence[UnitRecord]) -> str:
        votes: Counter[str] = Counter()
        sources = {unit.source for unit in units}
        for source in sources:
            known = self._paths.get(source, ())
            if len(known) <= COMMON:
                votes.update(known)
        # Of two as much alike neither is it, so that the order of a set does not matter.
        (best, most), (_, second) = [*votes.most_common(2), ("", 0), ("", 0)][:2]
        is_it = most > max(1, second) and most * 2 >= len(sources)
        return best if is_it else units[0].place.path


def neighbours(units: Sequence[UnitRecord], number: int) -> tuple[str | None, str | None]:
    """The sources before and after unit `number` of an article."""
    before = units[number - 1].source if number else None
    return before, units[number + 1].source if number + 1 < len(units) else None
