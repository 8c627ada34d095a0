"""Fuzzy matches: the old message that an edited source starts from.

Law 2: a changed source never takes a translation over in silence. Whatever it takes is fuzzy, with the
previous source, since one `not` more makes it another sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from l10n.catalogue.candidates import Candidates, OldArticle
from l10n.catalogue.message import Message, Segment
from l10n.catalogue.segments import Assignments, Match, Segments

# How alike an edited source is to what it was, 0 to 1 (measured: benchmarks/deliveries.py).
_HERE = 0.5
"""At the very place where the other one was."""
_HERE_CONTAINED = 0.8
"""There, if one of both is a part of the other."""
_ANYWHERE = 0.7
_NEAREST = 40
"""The number of places that are searched for what an edited sentence was."""


def edited_here(segments: Segments, candidates: Candidates) -> Assignments:
    """Match an edited source with the one that was between the same unchanged segments.

    Without it 232 of 3,487 messages would not start from a translation.
    """
    found: Assignments = {}
    to_match = list(_edited(segments, candidates))
    if not to_match:
        return found
    from l10n.catalogue.similarity import closest, containing  # few deliveries have edited sources

    for article, edited in to_match:
        origin = segments.origin(article)
        anchors = _anchors(segments, article, origin)
        present = {segment.source for segment in segments.all[article.start : article.stop]}
        for number in edited:
            near = {}
            for old in _gap(number, article, anchors, origin):
                message = candidates.messages[old]
                if message.is_worked_on and message.source not in present:
                    near[message.source] = old
            source = segments.all[number].source
            chosen = closest(source, list(near), _HERE) or containing(source, list(near), _HERE_CONTAINED)
            if chosen is not None and _may_start_from(
                candidates.messages[near[chosen]], segments.all[number]
            ):
                found[number] = Match(near[chosen], is_exact=False)
    return found


def edited_anywhere(segments: Segments, candidates: Candidates) -> Assignments:
    """Match an edited source with the most similar one of all.

    Without it 1,981 of 3,487 messages would not start from a translation.
    """
    edited = [number for _, numbers in _edited(segments, candidates) for number in numbers]
    if not edited:
        return {}
    from l10n.catalogue.similarity import Similar

    worked_on = _worked_on(candidates)
    similar = Similar(worked_on)
    found: Assignments = {}
    for number in edited:
        chosen = similar.closest(segments.all[number].source, _ANYWHERE)
        if chosen is not None:
            old = worked_on[chosen]
            if _may_start_from(candidates.messages[old], segments.all[number]):
                found[number] = Match(old, is_exact=False)
    return found


def _edited(segments: Segments, candidates: Candidates) -> Iterator[tuple[range, list[int]]]:
    """Yield the articles with segments of unknown sources, and the numbers of these."""
    for article, numbers in segments.open_by_article():
        edited = [number for number in numbers if not candidates.is_known(segments.all[number].source)]
        if edited:
            yield article, edited


def _may_start_from(message: Message, segment: Segment) -> bool:
    """Return False if people translated the segment anew, and the message is not a reviewer's own words."""
    return not segment.human or message.is_edited or message.fits(segment.target)


def _worked_on(candidates: Candidates) -> dict[str, int]:
    """Return by source the message to start from: one in use and reviewed, if there are several."""
    messages = candidates.messages
    numbers = [number for number, message in enumerate(messages) if message.is_worked_on]
    found: dict[str, int] = {}
    for number in sorted(numbers, key=lambda number: (messages[number].obsolete, messages[number].fuzzy)):
        found.setdefault(messages[number].source, number)
    return found


def _anchors(segments: Segments, article: range, origin: OldArticle) -> list[tuple[int, int]]:
    """Return the segments that kept their order: their numbers and old positions, ascending.

    The longest run of segments whose messages were once in the old article, in the same order
    (patience diff, by Bram Cohen), in n log n steps.
    """
    owners = [(number, segments.matches[number]) for number in article if number in segments.matches]
    exact = [(number, found.message) for number, found in owners if found.is_exact]
    now = Counter(message for _, message in exact)
    then = Counter(place.message for place in origin.places)
    position = {place.message: place.position for place in origin.places}
    pairs = [(number, position[old]) for number, old in exact if now[old] == then[old] == 1]
    return _longest_rising(pairs)


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs with rising second numbers (patience sorting)."""
    ends: list[int] = []
    last_of: list[int] = []
    previous: list[int] = []
    for index, (_, old) in enumerate(pairs):
        length = bisect_left(ends, old)
        previous.append(last_of[length - 1] if length else -1)
        ends[length : length + 1] = [old]
        last_of[length : length + 1] = [index]
    run = []
    index = last_of[-1] if last_of else -1
    while index >= 0:
        run.append(pairs[index])
        index = previous[index]
    return run[::-1]


def _gap(number: int, article: range, anchors: Sequence[tuple[int, int]], origin: OldArticle) -> list[int]:
    """Return the old messages between the anchors around a segment, those nearest to its place."""
    after = bisect_left(anchors, (number, -1))
    anchor, first = anchors[after - 1] if after else (article.start - 1, -1)
    last = anchors[after][1] if after < len(anchors) else len(origin.places)
    expected = first + number - anchor
    start = max(first + 1, min(expected, last) - _NEAREST // 2)
    return [place.message for place in origin.places[start : min(last, start + _NEAREST)]]
