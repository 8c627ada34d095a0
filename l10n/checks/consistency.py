"""Checks of several units together: one target for a source, one wording for title and heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from l10n.checks.pair import Check, Finding, Pair, Severity


@dataclass(frozen=True, slots=True)
class CatalogueCheck:
    """A named rule for all pairs of a locale together."""

    name: str
    severity: Severity
    reason: str
    find: Callable[[Sequence[Pair]], Iterable[tuple[int, Finding]]]
    """Takes the pairs of one locale; yields findings with the index of their pair."""


_NOT_LETTERS = re.compile(r"[\W_]++")
_LONGEST_TITLE = 200
_SHORTEST = 20
"""Shorter texts have the same wording too often."""


def _several_targets(pairs: Sequence[Pair]) -> Iterator[tuple[int, Finding]]:
    """Report each pair whose source has another target in an earlier pair."""
    first: dict[str, str] = {}
    for index, pair in enumerate(pairs):
        known = first.setdefault(pair.source, pair.target)
        if known != pair.target:
            message = (
                f"the same source has another translation elsewhere: {_short(known)}; use one of the two"
            )
            yield index, Finding(message)


def _several_sources(pairs: Sequence[Pair]) -> Iterator[tuple[int, Finding]]:
    """Report each pair whose target translates a source with other words in an earlier pair."""
    first: dict[str, str] = {}
    for index, pair in enumerate(pairs):
        if len(pair.target) >= _SHORTEST:
            known = first.setdefault(pair.target, pair.source)
            if known != pair.source and _words(known) != _words(pair.source):
                yield index, Finding(f"another source has the same translation: {_short(known)}; check both")


def _title(pair: Pair) -> Iterator[Finding]:
    """Report a heading that is nearly the title: the same English text, translated differently."""
    title, heading = _words(pair.source), _words(pair.target)
    if title in heading or heading in title or max(len(title), len(heading)) > _LONGEST_TITLE:
        return
    if SequenceMatcher(None, title, heading, autojunk=False).ratio() > 0.7:
        yield Finding(
            f"the title in the front matter is worded differently: {_short(pair.source)}; use the same words"
        )


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
"""They read the title of the front matter as the source and the first heading as the target."""
