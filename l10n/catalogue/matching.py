"""The message of each segment of a delivery, by an ordered tuple of matchers: the first match counts.

Law 2, a reviewed decision beats a machine one: where the source is what it was, the reviewed
translation stays, whatever the id or the new machine translation of the segment.

Each matcher says what it finds in four real deliveries of one repository (nb-NO, 2020-03 to 2021-08) in
which a third of the messages were rewritten and a third approved before the next one came.
`benchmarks/matching.py` measures it anew, and names the tests that fail without the matcher.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from l10n.catalogue.candidates import Candidates, OldArticle, OldPlace
from l10n.catalogue.fuzzy_match import edited_anywhere, edited_here
from l10n.catalogue.message import Message, Segment
from l10n.catalogue.segments import Assignments, Match, Segments

Matcher = Callable[[Segments, Candidates], Assignments]


def match(delivery: Sequence[Segment], candidates: Candidates, *, fuzzy: bool) -> Assignments:
    """Return the matches of segments, by number; with `fuzzy` those of edited sources, too.

    The segments come in reading order, those of one article together.
    """
    segments = Segments(delivery, candidates)
    for matcher in (MATCHERS if fuzzy else EXACT) if candidates.messages else ():
        segments.matches |= matcher(segments, candidates)
    return _without_disputed(segments, candidates)


def only_message(segments: Segments, candidates: Candidates) -> Assignments:
    """Match the only message of a source where it fits, as for nearly all segments.

    `same_place` and `same_target` would find the same. Without it an update of 184,000 messages takes 3 %
    more time.
    """
    found: Assignments = {}
    for number, (source, target, *_) in enumerate(segments.all):
        known = candidates.in_use.get(source, ())
        if len(known) == 1 and candidates.messages[known[0]].fits(target):
            found[number] = Match(known[0])
    return found


def same_place(segments: Segments, candidates: Candidates) -> Assignments:
    """Match what is at its old place in the article: after the same source, or the only one that is left.

    It decides between several messages of one source, and keeps a reviewer's work against a new target.

    Without it 81 reviews are lost.
    """
    found: Assignments = {}
    for article, numbers in segments.open_by_article():
        by_source: dict[str, list[int]] = {}
        for number in numbers:
            if segments.all[number].source in candidates.in_use:
                by_source.setdefault(segments.all[number].source, []).append(number)
        if by_source:
            found |= _in_article(segments, candidates, article, by_source)
    return found


def same_target(segments: Segments, candidates: Candidates) -> Assignments:
    """Match the same source and target, wherever it is: as delivered before, or as a reviewer translated.

    Obsolete messages come second. Without it 21 more segments are in doubt.
    """
    found: Assignments = {}
    for number, segment in segments.open():
        message = candidates.with_target(segment.source, segment.target)
        if message is None:
            message = candidates.obsolete_with_target(segment.source, segment.target)
        if message is not None:
            found[number] = Match(message)
    return found


def same_pair(segments: Segments, candidates: Candidates) -> Assignments:
    """Match what the same source and target became elsewhere in this delivery.

    Without it 75 more segments are in doubt.
    """
    found: Assignments = {}
    sources = {segment.source for _, segment in segments.open()}
    if not sources:
        return found
    became: dict[tuple[str, str], Match | None] = {}
    for number, match_there in segments.matches.items():
        source, target = segments.all[number][:2]
        if source in sources:
            is_one = became.get((source, target), match_there) == match_there
            became[source, target] = match_there if is_one else None
    for number, segment in segments.open():
        if its_match := became.get((segment.source, segment.target)):
            found[number] = its_match
    return found


def same_source(segments: Segments, candidates: Candidates) -> Assignments:
    """Match a message of the same source that somebody worked on, in the article, in use or obsolete.

    It is exact if all messages of the source translate alike. A person's new target gives way to no
    message in use, and only to what a reviewer wrote if that is obsolete.

    Without it 55 more segments are in doubt, and 1 of 16 obsolete messages comes back.
    """
    found: Assignments = {}
    for article, numbers in segments.open_by_article():
        for number in numbers:
            segment = segments.all[number]
            is_in_use = segment.source in candidates.in_use
            if not candidates.is_known(segment.source) or (segment.human and is_in_use):
                continue
            worked = candidates.worked_on(segment.source, segments.origin(article))
            if worked.best is None or (segment.human and not candidates.messages[worked.best].is_edited):
                continue
            found[number] = Match(worked.best, worked.translate_alike)
    return found


EXACT: tuple[Matcher, ...] = (only_message, same_place, same_target, same_pair, same_source)
"""The matchers for sources that are known."""
MATCHERS: tuple[Matcher, ...] = (*EXACT, edited_here, edited_anywhere)
"""All matchers, with those for edited sources."""


def _in_article(
    segments: Segments, candidates: Candidates, article: range, by_source: dict[str, list[int]]
) -> Assignments:
    """Match the segments of each source in one article with the old places of that source."""
    origin = segments.origin(article)
    found: Assignments = {}
    for source, numbers in by_source.items():
        places = origin.of(source)
        placed = _as_before(segments, numbers, places, candidates)
        placed |= _after_the_same(
            segments, article, [number for number in numbers if number not in placed], origin, places
        )
        messages = {place.message for place in places}
        # A message has one place on a line, for any number of segments: the only one is never used up.
        left = messages.difference(placed.values()) or messages
        if len(left) == 1:
            placed |= {number: next(iter(left)) for number in numbers if number not in placed}
        for number, message in placed.items():
            if _may_keep(segments.all[number], message, origin, candidates):
                found[number] = Match(message)
    return found


def _as_before(
    segments: Segments, numbers: Sequence[int], places: Sequence[OldPlace], candidates: Candidates
) -> dict[int, int]:
    """Pair the segments of a pair with its message if they are on as many lines as it was.

    Nobody may have edited a message there: then it may be the text of another one that tells its place. On
    one line, the order of messages is not known; without this 9 % of random PO files changed again in the
    second extract.
    """
    before = Counter(place.message for place in places)
    if any(candidates.messages[message].is_edited for message in before):
        return {}
    by_message: dict[int, list[int]] = {}
    for number in numbers:
        message = candidates.with_target(segments.all[number].source, segments.all[number].target)
        if message is not None:
            by_message.setdefault(message, []).append(number)
    return {
        number: message
        for message, found in by_message.items()
        if len({segments.all[number].place for number in found}) == before[message]
        for number in found
    }


def _after_the_same(
    segments: Segments, article: range, numbers: Sequence[int], origin: OldArticle, places: Sequence[OldPlace]
) -> dict[int, int]:
    """Pair segments and messages of one source where just one message came after the same source."""
    messages: dict[str | None, set[int]] = {}
    for place in places:
        messages.setdefault(origin.source_before(place), set()).add(place.message)
    placed = {}
    for number in numbers:
        before = segments.source_before(article, number)
        if before is not None and len(messages.get(before, ())) == 1:
            placed[number] = next(iter(messages[before]))
    return placed


def _may_keep(segment: Segment, number: int, origin: OldArticle, candidates: Candidates) -> bool:
    """Return True if a segment takes the message of its place: its target fits, or its work weighs more."""
    message = candidates.messages[number]
    if message.fits(segment.target):
        return True
    if not message.is_worked_on or (segment.human and message.is_publishers):
        return False
    is_moved = origin.path != segment.place.path
    if (
        is_moved
        or message.is_carried_over
        or message.is_publishers
        or (segment.human and not message.is_edited)
    ):
        return not _fits_elsewhere(segment, candidates)
    return True


def _fits_elsewhere(segment: Segment, candidates: Candidates) -> bool:
    """Return True if another message fits that has work in it, or will have as a person's."""
    message = candidates.with_target(segment.source, segment.target)
    if message is not None and (segment.human or candidates.messages[message].is_worked_on):
        return True
    return candidates.obsolete_with_target(segment.source, segment.target) is not None


def _without_disputed(segments: Segments, candidates: Candidates) -> Assignments:
    """Leave out matches that a person's translation of the same pair contradicts.

    What people translated needs no review, wherever it is delivered. A reviewer's own words hold.
    """
    by_people = {(one.source, one.target) for _, one in segments.open() if one.human}
    if not by_people:
        return segments.matches
    return {
        number: found
        for number, found in segments.matches.items()
        if segments.all[number][:2] not in by_people
        or _holds(candidates.messages[found.message], segments.all[number], found)
    }


def _holds(message: Message, segment: Segment, found: Match) -> bool:
    return found.is_exact and (message.is_edited or message.fits(segment.target))
