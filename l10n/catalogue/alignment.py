"""Which message of one version of a catalogue is which of another.

A message goes by its context and source, but a context comes and goes with the other messages
of its source. Then what it was delivered with tells which one it is. All look-ups are by hash,
so that the time grows with the number of messages only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from l10n.catalogue.message import Message


class Trio(NamedTuple):
    """What stands for one message in each version, or None."""

    base: Message | None
    ours: Message | None
    theirs: Message | None


def align(
    base: Sequence[Message], ours: Sequence[Message], theirs: Sequence[Message]
) -> tuple[list[Trio], list[int], list[int], list[int]]:
    """The trios, and the order of each version in numbers of them."""
    from_ours = _Counterparts(base, ours, _always).find()
    from_theirs = _Counterparts(base, theirs, _always).find()
    # Of what both added a name tells too little: one side may have brought "No" as "Nei", the
    # other as "Antall", neither of them with a context.
    new_ours = [message for message in ours if id(message) not in from_ours]
    new_theirs = [message for message in theirs if id(message) not in from_theirs]
    from_theirs |= _Counterparts(new_ours, new_theirs, _may_be_of_one_pair).find()
    numbers = {id(message): number for number, message in enumerate([*base, *new_ours])}

    def number_of(message: Message, origins: dict[int, Message]) -> int:
        return numbers.setdefault(id(origins.get(id(message), message)), len(numbers))

    in_base = list(range(len(base)))
    in_ours = [number_of(message, from_ours) for message in ours]
    in_theirs = [number_of(message, from_theirs) for message in theirs]
    versions = [
        dict(zip(keys, messages, strict=True))
        for keys, messages in ((in_base, base), (in_ours, ours), (in_theirs, theirs))
    ]
    trios = [Trio(*(version.get(number) for version in versions)) for number in range(len(numbers))]
    return trios, in_base, in_ours, in_theirs


def _always(message: Message, other: Message) -> bool:
    return True


def _may_be_of_one_pair(message: Message, other: Message) -> bool:
    """Whether nothing says that they were delivered with different targets."""
    if not message.delivered or not other.delivered:
        return True
    return message.delivered == other.delivered


class _Counterparts:
    """For the messages of `others`, by identity, which one of `known` each of them is."""

    def __init__(
        self,
        known: Sequence[Message],
        others: Sequence[Message],
        may_match: Callable[[Message, Message], bool],
    ) -> None:
        self._known = known
        self._others = others
        self._may_match = may_match
        self._found: dict[int, Message] = {}
        self._taken: set[int] = set()

    def find(self) -> dict[int, Message]:
        """By name, else by what was delivered, else because no others are left."""
        self._by_name()
        self._by_delivery()
        self._by_source()
        return self._found

    def _pair(self, message: Message, other: Message) -> None:
        self._found[id(other)] = message
        self._taken.add(id(message))

    def _by_name(self) -> None:
        names = {(message.context, message.source): message for message in self._known}
        for other in self._others:
            message = names.get((other.context, other.source))
            if message and self._may_match(message, other):
                self._pair(message, other)

    def _by_delivery(self) -> None:
        delivered: dict[tuple[str, str | None], list[Message]] = {}
        for message in reversed(self._free()):
            if message.delivered:
                delivered.setdefault((message.source, message.delivered), []).append(message)
        for other in self._rest():
            if candidates := delivered.get((other.source, other.delivered)):
                self._pair(candidates.pop(), other)

    def _by_source(self) -> None:
        """The only one that is left, if it was the only one ever or stands in the same article.

        Extract, too, gives a new machine translation to the message that was worked on there.
        """
        known, others = _sources(self._known), _sources(self._others)
        free, rest = _sources(self._free()), _sources(self._rest())
        for source in free.keys() & rest.keys():
            if len(free[source]) == len(rest[source]) == 1:
                message, other = free[source][0], rest[source][0]
                was_only_one = len(known[source]) == len(others[source]) == 1
                stands_there = not _articles(message).isdisjoint(_articles(other))
                if (was_only_one or stands_there) and self._may_match(message, other):
                    self._pair(message, other)

    def _free(self) -> list[Message]:
        return [message for message in self._known if id(message) not in self._taken]

    def _rest(self) -> list[Message]:
        return [other for other in self._others if id(other) not in self._found]


def _sources(messages: Sequence[Message]) -> dict[str, list[Message]]:
    found: dict[str, list[Message]] = {}
    for message in messages:
        found.setdefault(message.source, []).append(message)
    return found


def _articles(message: Message) -> set[str]:
    return {place.path for place in message.places}
