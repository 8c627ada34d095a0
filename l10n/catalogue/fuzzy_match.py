"""Fuzzy matches: the old message that an edited source starts from.

Law 2: a changed source never takes a translation over in silence. Whatever it takes is fuzzy, with the
previous source, since one `not` more makes it another sentence.

Two sources are as alike as rapidfuzz's `ratio` says: the share of characters that both have in the same
order (normalized Indel similarity). Only this module knows rapidfuzz.

Law 5, no input makes the time explode: a source is compared with a fixed number of others,
those that share most of its rarer words, and texts beyond any sentence's length with none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

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
LONGEST = 5_000
"""Characters of the longest source that is compared; the longest in deliveries has about 3,000."""
_COMPARED = 100
"""The number of sources that one is compared with."""
_LOOKED_AT = 20_000
"""The number of sources that are looked at to choose these."""
_WORD = re.compile(r"\w++")


def edited_here(segments: Segments, candidates: Candidates) -> Assignments:
    """Match an edited source with the one that was between the same unchanged segments.

    Without it 232 of 3,487 messages would not start from a translation.
    """
    found: Assignments = {}
    for article, edited in _edited(segments, candidates):
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


class Similar:
    """Sources to choose the closest from; made once, asked for each edited source."""

    def __init__(self, sources: Iterable[str]) -> None:
        # By length, so that those of a fitting length are together.
        self._sources = sorted({s for s in sources if 0 < len(s) <= LONGEST}, key=lambda s: (len(s), s))
        self._lengths = [len(source) for source in self._sources]
        self._with_word: dict[str, list[int]] = {}
        for number, source in enumerate(self._sources):
            for word in words_of(source):
                self._with_word.setdefault(word, []).append(number)

    def closest(self, source: str, least: float) -> str | None:
        """The source most like `source`, if it is so by `least` (0 to 1) at least."""
        if len(source) > LONGEST:
            return None
        # What two texts have in common is no longer than the shorter one.
        first = bisect_left(self._lengths, len(source) * least / (2 - least))
        end = bisect_right(self._lengths, len(source) * (2 - least) / least)
        numbers = self._shortlist(source, first, end)
        return closest(source, [self._sources[number] for number in numbers], least)

    def _shortlist(self, source: str, first: int, end: int) -> list[int]:
        """Return the sources from `first` to before `end` that share most of the rarer half of the words."""
        lists = sorted((self._with_word.get(word, ()) for word in words_of(source)), key=len)
        shared: Counter[int] = Counter()
        room = _LOOKED_AT
        for numbers in lists[: len(lists) // 2 + 1]:
            found = numbers[bisect_left(numbers, first) : bisect_left(numbers, end)][:room]
            shared.update(found)
            room -= len(found)
        return [number for number, _ in shared.most_common(_COMPARED)]


def closest(source: str, others: Sequence[str], least: float) -> str | None:
    """The first of `others` that are most like `source`, if they are so by `least` (0 to 1) at least."""
    if len(source) > LONGEST:
        return None
    kept = [other for other in others if len(other) <= LONGEST]
    best = process.extractOne(source, kept, scorer=fuzz.ratio, score_cutoff=least * 100)
    return best[0] if best else None


def containing(source: str, others: Sequence[str], least: float) -> str | None:
    """The first of `others` that hold most of `source`, or are held by it, by `least` (0 to 1) at least.

    By the words that both have in the same order, as a share of the shorter one's (their
    longest common subsequence). A text of one word is held by too many. Of single letters
    too many would be in order by chance, and a search for the best stretch of the longer
    text (rapidfuzz's `partial_ratio`) takes seconds for two long ones.
    """
    words = _WORD.findall(source.lower()) if len(source) <= LONGEST else []
    best, found = least, None
    for other in others:
        theirs = _WORD.findall(other.lower()) if len(other) <= LONGEST else []
        shorter = min(len(words), len(theirs))
        share = LCSseq.similarity(words, theirs) / shorter if shorter > 1 else 0.0
        if share > best or (found is None and share == best):
            best, found = share, other
    return found


def similarity(source: str, other: str) -> float:
    """Return how alike two sources are, 0 to 1."""
    return fuzz.ratio(source, other) / 100


def words_of(source: str) -> list[str]:
    """The words of a source, each once, in order, so that nothing depends on a set's order."""
    return list(dict.fromkeys(_WORD.findall(source.lower())))
