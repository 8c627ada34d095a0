"""What a check is: a plain function from a pair to findings, with a name and a severity."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and its target, where they stand, and the language of the target."""

    source: str
    target: str
    kind: str
    """What a reader sees there, as in `l10n.kinds.Kind`: "heading", "table cell" …"""
    locale: str
    """gettext's name, such as `nb_NO` or `sr_RS@latin`."""


class Severity(StrEnum):
    """How bad a finding is, worst first."""

    ERROR = "error"
    """The page breaks or says something else than the source."""
    WARNING = "warning"
    """A reader notices."""
    NOTE = "note"
    """A matter of style, or too often right to be counted."""

    def is_as_bad_as(self, other: Severity) -> bool:
        """Whether it is `other`, or worse."""
        severities = list(Severity)
        return severities.index(self) <= severities.index(other)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in the target of a pair."""

    message: str
    """What is wrong, in one line."""
    start: int = 0
    """Span of the faulty part in the target; 0 to 0 means the whole of it."""
    end: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """A named rule that a translation keeps."""

    name: str
    """Stable, of lower-case words joined by `-`."""
    severity: Severity
    reason: str
    """Why it matters, in one line."""
    find: Callable[[Pair], Iterable[Finding]]
