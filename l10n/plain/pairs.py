"""The result of an alignment: pairs, and what has no counterpart."""

from __future__ import annotations

from dataclasses import dataclass

from l10n.article.kinds import Kind
from l10n.article.quoting import Quoting


@dataclass(frozen=True, slots=True)
class PlainPair:
    """A source and its translation."""

    source: str
    """The English text as the publisher's annotation has it: on one line, an escaped value decoded."""
    target: str
    """The translation as a reviewer reads it; in front matter and YAML files the value, without quotes."""
    kind: Kind
    start: int
    """Offsets of the target in the localized text; of a YAML value with its quotes."""
    end: int
    source_start: int
    """Offsets of the source in the English text."""
    source_end: int
    quoting: Quoting
    """SCALAR for a whole YAML value, otherwise INTACT."""
    confidence: float
    """From 0 to 1."""
    is_sure: bool
    """True if the confidence is above the threshold and neither side joins several sentences."""
    is_slot: bool
    """True for text that the publisher translates without annotation: image texts, labels, YAML values."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of one text without a counterpart in the other."""

    text: str
    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class PlainAlignment:
    """The pairs of two texts, in order of the localized text, and what has no counterpart."""

    pairs: tuple[PlainPair, ...] = ()
    missing_english: tuple[Piece, ...] = ()
    """The English pieces without a translation."""
    missing_localized: tuple[Piece, ...] = ()
    """The localized pieces without a source."""
