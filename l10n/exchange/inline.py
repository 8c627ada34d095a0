"""Inline Markdown as placeholders: what a translator may move, but not change.

A text is cut into parts, each of them text or code; joined again they are the text. Code of a
translation has the number of the same code in its source, so that tools know them as one.

Law 5: `markdown.spans` reads a text once, and the numbers are looked up by hash.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable
from typing import NamedTuple

from l10n import markdown
from l10n.markdown import SpanKind

_MARK = re.compile(r"[]\\`<&\[*_{%@]|://")
"""Marks of which each code has one; most texts have none."""


class InlinePart(NamedTuple):
    """A part of a text, in XLIFF."""

    text: str
    code: int = 0
    """The number of a code, from 1; 0 for text."""


def source_parts(text: str) -> list[InlinePart]:
    """Cut a source into parts; its codes are numbered in order."""
    if _MARK.search(text) is None:
        return plain_part(text)
    parts, position, number = [], 0, 0
    for start, end in _codes(text):
        if start < position:
            continue
        if position < start:
            parts.append(InlinePart(text[position:start]))
        number += 1
        parts.append(InlinePart(text[start:end], number))
        position = end
    if position < len(text):
        parts.append(InlinePart(text[position:]))
    return parts


def target_parts(text: str, source: Iterable[InlinePart]) -> list[InlinePart]:
    """Cut a translation into parts; code that its source lacks gets a number that is new."""
    if _MARK.search(text) is None:
        return plain_part(text)
    known: defaultdict[str, deque[int]] = defaultdict(deque)
    new = 1
    for part in source:
        if part.code:
            known[part.text].append(part.code)
            new += 1
    parts = []
    for part in source_parts(text):
        number = 0
        if part.code:
            if same := known.get(part.text):
                number = same.popleft()
            else:
                number, new = new, new + 1
        parts.append(InlinePart(part.text, number))
    return parts


def plain_part(text: str) -> list[InlinePart]:
    """Return a text as a single part without code."""
    return [InlinePart(text)] if text else []


def _codes(text: str) -> list[tuple[int, int]]:
    """Return the ranges of code in a text, in order; a range may be inside of the one before."""
    found = markdown.spans(text)
    ranges = []
    for kind, start, end, _, opening in found:
        if kind is not SpanKind.DESTINATION:
            ranges.append((start, -end))
            continue
        ranges.append((start - 1, -end))
        if opening >= 0:
            ranges.append((opening, -opening - (2 if text[opening] == "!" else 1)))
    if "{" in text or "%" in text or "\\<" in text:
        ranges += [(start, -end) for start, end in markdown.placeholders(text, found)]
    ranges.sort()  # of those that begin together, the longest first
    return [(start, -end) for start, end in ranges]
