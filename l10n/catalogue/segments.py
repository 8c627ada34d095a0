"""The segments of a delivery, article by article, with the matches that were found for them so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from l10n.catalogue.candidates import Candidates, OldArticle
from l10n.catalogue.message import Segment


class Match(NamedTuple):
    """The message of a segment."""

    message: int
    """Its number among the candidates."""
    is_exact: bool = True
    """True if the segment belongs to the message, with its review.

    False if a new message starts from its translation, fuzzy: the source was edited, or it has several
    translations and nothing says which is right.
    """


Assignments = dict[int, Match]
"""Matches by the number of the segment, its index in the delivery."""


class Segments:
    """All segments of a delivery, in reading order."""

    def __init__(self, segments: Sequence[Segment], candidates: Candidates) -> None:
        self.all = segments
        self.matches: Assignments = {}
        self._candidates = candidates
        self._origins: dict[int, OldArticle] = {}
        self._articles: list[range] = []
        start = 0
        for _, article in groupby(segments, key=lambda segment: segment.place.path):
            end = start + sum(1 for _ in article)
            self._articles.append(range(start, end))
            start = end

    def open(self) -> Iterator[tuple[int, Segment]]:
        """Yield the segments without a match, with their numbers."""
        for number, segment in enumerate(self.all):
            if number not in self.matches:
                yield number, segment

    def open_by_article(self) -> Iterator[tuple[range, list[int]]]:
        """Yield each article as the numbers of its segments, and the numbers of those without a match."""
        for article in self._articles:
            if numbers := [number for number in article if number not in self.matches]:
                yield article, numbers

    def origin(self, article: range) -> OldArticle:
        """Return the old form of an article."""
        if article.start not in self._origins:
            path = self.all[article.start].place.path
            sources = (segment.source for segment in self.all[article.start : article.stop])
            self._origins[article.start] = self._candidates.origin(path, sources)
        return self._origins[article.start]

    def source_before(self, article: range, number: int) -> str | None:
        """Return the source before a segment; None at the start of the article."""
        return self.all[number - 1].source if number > article.start else None
