"""The messages that the segments of a delivery may belong to, with look-ups by source, target and place.

A message goes by its number, its index in the list of all of them.

Law 5, no input makes the time explode: each look-up is by hash, so it takes the same time
however many messages a source has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from l10n.catalogue.message import Message, fingerprint

COMMON = 8
"""A source in more articles than this says nothing about where an article comes from."""


class OldPlace(NamedTuple):
    """A place in an article of the last delivery, and the number of the message there."""

    position: int
    """The number of places before it in the article."""
    message: int


class OldArticle:
    """An article of the last delivery as its places, in reading order; empty if there was none."""

    __slots__ = ("_messages", "_of_source", "path", "places")

    def __init__(self, path: str, lines: Iterable[tuple[int, int]], messages: Sequence[Message]) -> None:
        """`lines` are pairs of a line and the number of the message there."""
        self.path = path
        """The reference by which the messages know it."""
        self.places = [OldPlace(position, message) for position, (_, message) in enumerate(sorted(lines))]
        self._messages = messages
        self._of_source: dict[str, list[OldPlace]] = {}
        for place in self.places:
            self._of_source.setdefault(messages[place.message].source, []).append(place)

    def of(self, source: str) -> Sequence[OldPlace]:
        """Return the places of a source, in order."""
        return self._of_source.get(source, ())

    def source_before(self, place: OldPlace) -> str | None:
        """Return the source before a place; None at the start of the article."""
        return self._messages[self.places[place.position - 1].message].source if place.position else None


class Worked(NamedTuple):
    """The messages of a source that somebody worked on."""

    best: int | None
    """The reviewed one with the most places, else the other one with the most; None if there is none."""
    translate_alike: bool
    """True if somebody worked on all messages of the source, and they have one translation."""


class Candidates:
    """Messages in use and obsolete ones."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self.messages = messages
        self.in_use: dict[str, list[int]] = {}
        """By source: the messages in use."""
        self.obsolete: dict[str, list[int]] = {}
        """By source: the obsolete messages."""
        for number, message in enumerate(messages):
            of_source = self.obsolete if message.obsolete else self.in_use
            of_source.setdefault(message.source, []).append(number)
        self._articles: dict[str, OldArticle] = {}
        self._targets: dict[str, _ByTarget] = {}
        self._obsolete_targets: dict[str, _ByTarget] = {}
        self._worked: dict[tuple[str, str | None], Worked] = {}

    def __reduce__(self) -> tuple[type[Candidates], tuple[Sequence[Message]]]:
        return Candidates, (self.messages,)  # another process makes the look-ups itself

    def is_known(self, source: str) -> bool:
        """Return True if a message has that source, in use or obsolete."""
        return source in self.in_use or source in self.obsolete

    def with_target(self, source: str, target: str) -> int | None:
        """Return a message in use that fits a segment with that source and target (see `Message.fits`)."""
        numbers = self.in_use.get(source, ())
        if len(numbers) == 1:  # as nearly always, and faster
            return numbers[0] if self.messages[numbers[0]].fits(target) else None
        return self._find(self._targets, source, target, numbers)

    def obsolete_with_target(self, source: str, target: str) -> int | None:
        """Return an obsolete message that fits a segment with that source and target."""
        return self._find(self._obsolete_targets, source, target, self.obsolete.get(source, ()))

    def worked_on(self, source: str, article: OldArticle) -> Worked:
        """Sum up the messages of a source: those in the article, else all in use, else the obsolete ones."""
        places = article.of(source)
        key = (source, article.path if places else None)
        if key not in self._worked:
            here = dict.fromkeys(place.message for place in places)
            numbers = [*here] or self.in_use.get(source) or self.obsolete.get(source) or []
            messages = {number: self.messages[number] for number in numbers}
            worked = [number for number, message in messages.items() if message.is_worked_on]
            rank = {number: (messages[number].is_reviewed, len(messages[number].places)) for number in worked}
            translations = {message.translation for message in messages.values()}
            alike = len(worked) == len(messages) and len(translations) == 1
            self._worked[key] = Worked(max(worked, key=rank.__getitem__, default=None), alike)
        return self._worked[key]

    def origin(self, path: str, sources: Iterable[str]) -> OldArticle:
        """Return the old form of an article: the one at its path, or else the one most like it.

        An article that is new at its path was moved there if half of its sources or more
        were in one other article, and fewer in any third.
        """
        if path in self._places:
            return self._article(path)
        votes: Counter[str] = Counter()
        distinct = set(sources)
        for source in distinct:
            known = self._paths.get(source, ())
            if len(known) <= COMMON:
                votes.update(known)
        # Of two that are equally alike neither is it, so the order of a set does not matter.
        (best, most), (_, second) = [*votes.most_common(2), ("", 0), ("", 0)][:2]
        is_it = most > max(1, second) and most * 2 >= len(distinct)
        return self._article(best if is_it else path)

    def _article(self, path: str) -> OldArticle:
        if path not in self._articles:
            self._articles[path] = OldArticle(path, self._places.get(path, ()), self.messages)
        return self._articles[path]

    def _find(
        self, known: dict[str, _ByTarget], source: str, target: str, numbers: Sequence[int]
    ) -> int | None:
        if not numbers:
            return None
        if source not in known:
            known[source] = _ByTarget({number: self.messages[number] for number in numbers})
        return known[source].find(target)

    @cached_property
    def _places(self) -> Mapping[str, list[tuple[int, int]]]:
        """By article: line and message of each place."""
        found: dict[str, list[tuple[int, int]]] = {}
        for number, message in enumerate(self.messages):
            if not message.obsolete:
                for path, line in message.places:
                    found.setdefault(path, []).append((line, number))
        return found

    @cached_property
    def _paths(self) -> Mapping[str, set[str]]:
        """By source: the articles it was in; made where an article is new at its path."""
        found: dict[str, set[str]] = {}
        for message in self.messages:
            if not message.obsolete:
                found.setdefault(message.source, set()).update(place.path for place in message.places)
        return found


class _ByTarget:
    """The messages of one source by what fits them."""

    __slots__ = ("_found",)

    def __init__(self, messages: Mapping[int, Message]) -> None:
        self._found: dict[str, int] = {}
        for number, message in messages.items():
            for mark in _marks_of(message):
                self._found.setdefault(mark, number)

    def find(self, target: str) -> int | None:
        marks = (_DELIVERED + target, _FINGERPRINT + fingerprint(target), _TRANSLATED + target)
        return next((self._found[mark] for mark in marks if mark in self._found), None)


# In front of a target: it was delivered, a target with that fingerprint was, or a person wrote it. In this
# order, since a delivered target says more than what somebody made of another one.
_DELIVERED, _FINGERPRINT, _TRANSLATED = "=", "#", "~"


def _marks_of(message: Message) -> list[str]:
    if not message.is_edited:
        return [_DELIVERED + message.translation]
    marks = [_FINGERPRINT + message.delivered] if message.delivered else []
    # A translation that was only carried over belongs to another message.
    own = message.translation and not message.is_carried_over
    return [*marks, _TRANSLATED + message.translation] if own else marks
