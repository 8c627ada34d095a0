"""The same messages in several versions of a catalogue.

A message goes by its context and source, but a context comes and goes with the other messages
of its source. Then the delivered target decides. All look-ups are by hash,
so that the time grows with the number of messages only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import count as count_from
from typing import NamedTuple

from l10n.catalogue.message import Message


class Trio(NamedTuple):
    """One message in each version; None where it is missing."""

    base: Message | None
    ours: Message | None
    theirs: Message | None


def align(
    base: Sequence[Message], ours: Sequence[Message], theirs: Sequence[Message]
) -> tuple[list[Trio], list[int], list[int], list[int]]:
    """Return the trios, and the order of each version in numbers of them."""
    in_base = list(range(len(base)))
    in_ours = _numbered(ours, _Counterparts(base, ours, _always).find(), len(base))
    from_theirs = _Counterparts(base, theirs, _always).find()
    # Of what both added a name says too little: one side may have brought "No" as "Nei", the
    # other as "Antall", neither of them with a context.
    new_ours = [index for index, number in enumerate(in_ours) if number >= len(base)]
    new_theirs = [index for index in range(len(theirs)) if index not in from_theirs]
    both_added = _Counterparts(
        [ours[index] for index in new_ours], [theirs[index] for index in new_theirs], _may_be_of_one_pair
    ).find()
    from_theirs |= {new_theirs[other]: in_ours[new_ours[one]] for other, one in both_added.items()}
    in_theirs = _numbered(theirs, from_theirs, max([len(base) - 1, *in_ours]) + 1)
    versions = [
        dict(zip(keys, messages, strict=True))
        for keys, messages in ((in_base, base), (in_ours, ours), (in_theirs, theirs))
    ]
    count = max([-1, *in_base, *in_ours, *in_theirs]) + 1
    trios = [Trio(*(version.get(number) for version in versions)) for number in range(count)]
    return trios, in_base, in_ours, in_theirs


def _numbered(messages: Sequence[Message], known: dict[int, int], first: int) -> list[int]:
    """Return the number of each message: the `known` one by its index, else a new one from `first` on."""
    fresh = count_from(first)
    return [known[index] if index in known else next(fresh) for index in range(len(messages))]


def _always(message: Message, other: Message) -> bool:
    return True


def _may_be_of_one_pair(message: Message, other: Message) -> bool:
    """Return False if they were delivered with different targets."""
    if not message.delivered or not other.delivered:
        return True
    return message.delivered == other.delivered


class _Counterparts:
    """Finds for the messages of `others`, by index, which one of `known` each of them is."""

    def __init__(
        self,
        known: Sequence[Message],
        others: Sequence[Message],
        may_match: Callable[[Message, Message], bool],
    ) -> None:
        self._known = known
        self._others = others
        self._may_match = may_match
        self._found: dict[int, int] = {}
        self._taken: set[int] = set()

    def find(self) -> dict[int, int]:
        """Match by name, else by what was delivered, else because no others are left."""
        self._by_name()
        self._by_delivery()
        self._by_source()
        return self._found

    def _pair(self, known: int, other: int) -> None:
        self._found[other] = known
        self._taken.add(known)

    def _by_name(self) -> None:
        names = {(message.context, message.source): number for number, message in enumerate(self._known)}
        for index, other in enumerate(self._others):
            number = names.get((other.context, other.source))
            if number is not None and self._may_match(self._known[number], other):
                self._pair(number, index)

    def _by_delivery(self) -> None:
        delivered: dict[tuple[str, str | None], list[int]] = {}
        for number in reversed(self._free()):
            message = self._known[number]
            if message.delivered:
                delivered.setdefault((message.source, message.delivered), []).append(number)
        for index in self._rest():
            other = self._others[index]
            if candidates := delivered.get((other.source, other.delivered)):
                self._pair(candidates.pop(), index)

    def _by_source(self) -> None:
        """Match the only one that is left, if it was the only one ever or is in the same article.

        Extract, too, gives a new machine translation to the message that was worked on there.
        """
        known, others = _sources(self._known), _sources(self._others)
        free = _sources(self._known, self._free())
        rest = _sources(self._others, self._rest())
        for source in free.keys() & rest.keys():
            if len(free[source]) == len(rest[source]) == 1:
                number, index = free[source][0], rest[source][0]
                message, other = self._known[number], self._others[index]
                was_only_one = len(known[source]) == len(others[source]) == 1
                is_there = not _articles(message).isdisjoint(_articles(other))
                if (was_only_one or is_there) and self._may_match(message, other):
                    self._pair(number, index)

    def _free(self) -> list[int]:
        return [number for number in range(len(self._known)) if number not in self._taken]

    def _rest(self) -> list[int]:
        return [index for index in range(len(self._others)) if index not in self._found]


def _sources(messages: Sequence[Message], numbers: Iterable[int] | None = None) -> dict[str, list[int]]:
    """Return the numbers of messages by source; by default of all."""
    found: dict[str, list[int]] = {}
    for number in range(len(messages)) if numbers is None else numbers:
        found.setdefault(messages[number].source, []).append(number)
    return found


def _articles(message: Message) -> set[str]:
    return {place.path for place in message.places}
