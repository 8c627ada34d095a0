"""Charts of the index as inline SVG: bars of progress and of findings. Each one has its numbers as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from l10n.pages.html import text

_ROW, _NAME, _WIDTH, _NUMBER = 22, 220, 200, 110
_LETTERS = 28
"""Letters of a name that have room."""


class Bar(NamedTuple):
    """A bar with its name."""

    name: str
    value: int
    of: int
    label: str


def bars(title: str, rows: Sequence[Bar], style: str) -> str:
    """Return a chart of horizontal bars; `style` is `good` or `bad`."""
    height = _ROW * len(rows)
    parts = []
    for number, bar in enumerate(rows):
        y = number * _ROW
        length = _WIDTH * bar.value / bar.of if bar.of else 0
        name = bar.name if len(bar.name) <= _LETTERS else "…" + bar.name[1 - _LETTERS :]
        parts.append(
            f'<text x="0" y="{y + 15}">{text(name)}</text>'
            f'<rect class="track" x="{_NAME}" y="{y + 4}" width="{_WIDTH}" height="14"/>'
            f'<rect class="{style}" x="{_NAME}" y="{y + 4}" width="{length:.1f}" height="14"/>'
            f'<text x="{_NAME + _WIDTH + 8}" y="{y + 15}">{text(bar.label)}</text>'
        )
    width = _NAME + _WIDTH + _NUMBER
    caption = text(title)
    return (
        f'<figure><figcaption>{caption}</figcaption><svg width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="{caption}">'
        f"{''.join(parts)}</svg></figure>\n"
    )
