"""What of weight differs between two versions of a source."""

from __future__ import annotations

import re
from collections import Counter

# What turns a sentence into another one though nearly all of its letters stay.
_WEIGHTY = (
    re.compile(
        r"\b(?:not|no|never|none|without|cannot|(?:do|does|did|is|are|was|were|ca|wo|should|must)n['’]t)\b",
        re.I,
    ),
    re.compile(r"\d++(?:[.,:]\d++)*"),
    re.compile(r"`[^`\n]++`"),
    re.compile(r"\]\([^()\s]*+"),
    re.compile(r"<[^<>\s][^<>]*+>|\{[^{}\n]++\}|%[a-z]\b"),
)


def weighty_changes(old: str, new: str) -> str:
    """What a translator must not overlook in a changed source: negations, numbers, code, links, placeholders.

    In one line, such as `not added; 30 → 60`; empty if all of them are as they were.
    """
    changes = []
    for pattern in _WEIGHTY:
        before, after = Counter(pattern.findall(old)), Counter(pattern.findall(new))
        gone, come = _texts(before - after), _texts(after - before)
        if gone and come:
            changes.append(f"{gone} → {come}")
        elif gone or come:
            changes.append(f"{come} added" if come else f"{gone} removed")
    return "; ".join(changes)


def _texts(found: Counter[str]) -> str:
    texts = [text.removeprefix("](") for text in found]
    return ", ".join(text if len(text) <= 40 else text[:39] + "…" for text in texts)
