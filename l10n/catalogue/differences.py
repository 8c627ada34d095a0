"""Changes between two versions of a source that a translator must not overlook."""

from __future__ import annotations

import re
from collections import Counter

from l10n.markdown import SpanKind, placeholders, spans

# Words and numbers that change the meaning of a sentence though nearly all of its letters stay.
_WORDS = (
    re.compile(
        r"\b(?:not|no|never|none|without|cannot|(?:do|does|did|is|are|was|were|ca|wo|should|must)n['’]t)\b",
        re.I,
    ),
    re.compile(r"\d++(?:[.,:]\d++)*"),
)


def weighty_changes(old: str, new: str) -> str:
    """Return the changed negations, numbers, code, destinations and placeholders in one line.

    For example `not added; 30 → 60`; empty if none of them changed.
    """
    changes = []
    for before, after in zip(_weighty(old), _weighty(new), strict=True):
        gone, come = _texts(before - after), _texts(after - before)
        if gone and come:
            changes.append(f"{gone} → {come}")
        elif gone or come:
            changes.append(f"{come} added" if come else f"{gone} removed")
    return "; ".join(changes)


def _weighty(text: str) -> list[Counter[str]]:
    """Count negations, numbers, code, destinations and placeholders."""
    found = spans(text)
    code = (text[span.start : span.end] for span in found if span.kind is SpanKind.CODE)
    destinations = (text[slice(*span.inner)] for span in found if span.kind is SpanKind.DESTINATION)
    kept = [span[1:3] for span in found if span.kind is SpanKind.AUTOLINK] + placeholders(text, found)
    names = (text[start:end].removeprefix("\\") for start, end in sorted(kept))
    return [
        *(Counter(pattern.findall(text)) for pattern in _WORDS),
        *map(Counter, (code, destinations, names)),
    ]


def _texts(found: Counter[str]) -> str:
    return ", ".join(text if len(text) <= 40 else text[:39] + "…" for text in found)
