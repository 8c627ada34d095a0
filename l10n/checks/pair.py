"""Pairs, findings, severities, and checks: plain functions from a pair to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Pair(NamedTuple):
    """A source and its target, the kind of text, and the locale of the target."""

    source: str
    target: str
    kind: str
    """The kind of text, as in `l10n.article.kinds.Kind`: "heading", "table cell" …"""
    locale: str
    """gettext's name of the locale, such as `nb_NO` or `sr_RS@latin`."""


class Severity(StrEnum):
    """The severity of a finding, worst first."""

    ERROR = "error"
    """The page breaks, or does not say what the source says."""
    WARNING = "warning"
    """A reader notices."""
    NOTE = "note"
    """A matter of style, or often a false alarm."""

    def is_as_bad_as(self, other: Severity) -> bool:
        """Return True if this severity is `other` or worse."""
        severities = list(Severity)
        return severities.index(self) <= severities.index(other)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in the target of a pair."""

    message: str
    """What is wrong and what to do about it, in one line."""
    start: int = 0
    """Span of the faulty part of the target; 0 to 0 is the whole target."""
    end: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """A named rule for translations."""

    name: str
    """A stable name: lower-case words joined by `-`."""
    severity: Severity
    reason: str
    """Why the rule matters, in one line."""
    find: Callable[[Pair], Iterable[Finding]]


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 bar`, `2 bars`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def with_article(noun: str) -> str:
    """Return a noun with its indefinite article: `a colon`, `an ellipsis`."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
