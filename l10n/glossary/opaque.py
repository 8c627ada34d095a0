"""What stands in Markdown but is not prose: code, destinations, addresses, tags.

Law 5: all expressions are linear, and code spans are paired in one pass over their backticks.
"""

from __future__ import annotations

import re
from bisect import bisect_right

Span = tuple[int, int]

_BACKTICKS = re.compile(r"`++")
_OPAQUE = re.compile(
    r"\]\([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)*\)"  # ](destination)
    r"|^[ ]{0,3}\[[^\[\]\n]++\]:[^\n]*+"  # [label]: destination
    r"|<[A-Za-z/!?][^<>]*+>"  # a tag, an autolink, a <placeholder>
    r"|(?:https?|ftp|mailto|xref|file):[^\s<>\"'`\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]++"
    r"|(?<![\w.-])(?:www|aka)\.[A-Za-z0-9-][^\s<>\"'`()\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]*+"
    r"|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]++@[A-Za-z0-9-][A-Za-z0-9.-]*+"  # an e-mail address
    r"|\[!(?:INCLUDE|VIDEO|code)[^\[\]\n]*+(?:\[[^\[\]\n]*+)?"
    r"|^[ \t>]*+\[!\w++\]",
    re.MULTILINE | re.IGNORECASE,
)
_HINTS = ("`", "](", "]:", "<", ":", ".", "@", "[!")


def opaque_spans(text: str) -> list[Span]:
    """The spans of `text` that are no prose, in order, disjoint."""
    if not any(hint in text for hint in _HINTS):
        return []
    code = _code_spans(text) if "`" in text else []
    if not code:
        return [match.span() for match in _OPAQUE.finditer(text)]
    spans: list[Span] = []
    position = 0
    for start, end in code:
        # A destination that runs over a code span is none.
        spans += [match.span() for match in _OPAQUE.finditer(text, position, start)]
        spans.append((start, end))
        position = end
    return spans + [match.span() for match in _OPAQUE.finditer(text, position)]


def _code_spans(text: str) -> list[Span]:
    """Code spans after CommonMark 0.31, section 6.1: a run of backticks ends at the next of its length."""
    runs = [match.span() for match in _BACKTICKS.finditer(text)]
    following: dict[int, int] = {}
    ends = [-1] * len(runs)
    for number in range(len(runs) - 1, -1, -1):
        length = runs[number][1] - runs[number][0]
        ends[number] = following.get(length, -1)
        following[length] = number
    spans = []
    number = 0
    while number < len(runs):
        if ends[number] < 0:
            number += 1
            continue
        spans.append((runs[number][0], runs[ends[number]][1]))
        number = ends[number] + 1
    return spans


def is_opaque(spans: list[Span], start: int, end: int) -> bool:
    """Whether `[start:end]` touches one of `spans`, as `opaque_spans` gives them."""
    index = bisect_right(spans, (end, -1)) - 1
    return index >= 0 and spans[index][1] > start and spans[index][0] < end


def prose(text: str) -> str:
    """`text` with U+FFFC in place of each character that is no prose; as long as before."""
    parts: list[str] = []
    position = 0
    for start, end in opaque_spans(text):
        parts += (text[position:start], "\ufffc" * (end - start))
        position = end
    return "".join((*parts, text[position:]))
