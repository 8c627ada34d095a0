"""What more than one unit tells: one source, one target; one title, one heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from l10n.checks.pair import Check, Finding, Pair, Severity


@dataclass(frozen=True, slots=True)
class CatalogueCheck:
    """A named rule that the pairs of a locale keep together."""

    name: str
    severity: Severity
    reason: str
    find: Callable[[Sequence[Pair]], Iterable[tuple[int, Finding]]]
    """Takes pairs of one locale, gives findings with the index of the pair."""


_NOT_LETTERS = re.compile(r"[\W_]++")
_LONGEST_TITLE = 200
_SHORTEST = 20
"""Shorter texts are said in the same words too often."""


def _several_targets(pairs: Sequence[Pair]) -> Iterator[tuple[int, Finding]]:
    """Each pair whose source was translated otherwise before."""
    first: dict[str, str] = {}
    for index, pair in enumerate(pairs):
        known = first.setdefault(pair.source, pair.target)
        if known != pair.target:
            yield index, Finding(f"the same source is translated otherwise elsewhere: {_short(known)}")


def _several_sources(pairs: Sequence[Pair]) -> Iterator[tuple[int, Finding]]:
    """Each pair whose target was used for a source with other words before."""
    first: dict[str, str] = {}
    for index, pair in enumerate(pairs):
        if len(pair.target) < _SHORTEST:
            continue
        known = first.setdefault(pair.target, pair.source)
        if known != pair.source and _words(known) != _words(pair.source):
            yield index, Finding(f"another source has the same translation: {_short(known)}")


def _title(pair: Pair) -> Iterator[Finding]:
    """The heading, if it is not the title but nearly: the same English, put in other words."""
    title, heading = _words(pair.source), _words(pair.target)
    if title in heading or heading in title or max(len(title), len(heading)) > _LONGEST_TITLE:
        return
    if SequenceMatcher(None, title, heading, autojunk=False).ratio() > 0.7:
        yield Finding(f"the title in the front matter says it in other words: {_short(pair.source)}")


def _words(text: str) -> str:
    return _NOT_LETTERS.sub(" ", text).strip().lower()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79] + "…"


CATALOGUE_CHECKS: tuple[CatalogueCheck, ...] = (
    CatalogueCheck(
        "several-targets", Severity.NOTE, "One source has several translations.", _several_targets
    ),
    CatalogueCheck(
        "several-sources", Severity.NOTE, "Several sources have one translation.", _several_sources
    ),
)

ARTICLE_CHECKS: tuple[Check, ...] = (
    Check("title", Severity.NOTE, "The title and the heading are nearly the same.", _title),
)
"""They take the title of the front matter as the source, and the first heading as the target."""
