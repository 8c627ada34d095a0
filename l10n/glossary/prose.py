"""The prose of a Markdown text, where a name or term counts: no code, destinations, addresses or tags.

Law 5: all expressions are linear; code and links come from `l10n.markdown`, which reads a text once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from l10n.markdown import Span, SpanKind, blanked, escaped_placeholders, spans

Place = tuple[int, int]
"""Start and end in a text."""

_NO_PROSE = frozenset({
    SpanKind.CODE, SpanKind.DESTINATION, SpanKind.URL, SpanKind.AUTOLINK, SpanKind.TAG, SpanKind.COMMENT,
    SpanKind.PLACEHOLDER,
})  # fmt: skip
_NO_URL = r"\s<>\"'`\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef"
# A browser takes letters of other scripts into a bare URL; Chinese and Japanese follow a URL without a space.
_URL_REST = re.compile(rf"[^{_NO_URL}]*+")
# Neither prose nor inline markup: block markup, publisher directives, addresses, broken destinations.
_OTHER = re.compile(
    r"\]\([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)*\)"  # ](destination, also one broken by a space)
    r"|^[ ]{0,3}\[[^\[\]\n]++\]:[^\n]*+"  # [label]: destination
    rf"|\bxref:[^{_NO_URL}]++"
    rf"|(?<![\w.-])(?:www|aka)\.[A-Za-z0-9-][^{_NO_URL}()]*+"
    r"|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]++@[A-Za-z0-9-][A-Za-z0-9.-]*+"  # an e-mail address
    r"|\[!(?:INCLUDE|VIDEO|code)[^\[\]\n]*+(?:\[[^\[\]\n]*+)?"
    r"|^[ \t>]*+\[!\w++\]",
    re.MULTILINE | re.IGNORECASE,
)
_INLINE_HINTS = ("`", "](", "<", ":")
_OTHER_HINTS = ("](", "]:", "[!", "@", "www.", "aka.", "xref:")


def non_prose(text: str) -> list[Place]:
    """Return the places in `text` that are no prose, in order and disjoint."""
    merged: list[Place] = []
    for start, end in sorted(_places(text)):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _places(text: str) -> Iterator[Place]:
    found = spans(text) if any(hint in text for hint in _INLINE_HINTS) else []
    lower = text.lower()
    if any(hint in lower for hint in _OTHER_HINTS):
        yield from _other_places(text, (span for span in found if span.kind is SpanKind.CODE))
    yield from escaped_placeholders(text, found)
    for span in found:
        if span.kind is SpanKind.URL:
            rest = _URL_REST.match(text, span.end)
            yield span.start, rest.end() if rest else span.end
        elif span.kind in _NO_PROSE:
            yield span.start, span.end


def _other_places(text: str, code: Iterable[Span]) -> Iterator[Place]:
    """Yield the other places between the spans of code; none goes over code."""
    position = 0
    for span in code:
        yield from (match.span() for match in _OTHER.finditer(text, position, span.start))
        position = span.end
    yield from (match.span() for match in _OTHER.finditer(text, position))


def overlaps(places: Sequence[Place], start: int, end: int) -> bool:
    """Return True if `[start:end]` overlaps one of `places`, which are in order and disjoint."""
    index = bisect_right(places, (end, -1)) - 1
    return index >= 0 and places[index][1] > start and places[index][0] < end


def prose(text: str) -> str:
    """Return `text` with U+FFFC in place of each character that is no prose; as long as before."""
    return blanked(text, non_prose(text), "\ufffc")
