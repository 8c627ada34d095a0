"""An SVG chart with a row for each tool and a column of bars for each figure.

The chart has its own background, light or dark like the reader's system, so it is readable
everywhere. It needs no script and no other file. Every bar has its figure as text next to it.
"""

from __future__ import annotations

from html import escape
from typing import NamedTuple

_STYLE = """\
text { font: 13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328 }
.ground { fill: #ffffff; stroke: #d1d9e0 } .title { font-weight: 600 }
.own { fill: #0969da } .peer { fill: #8c959f }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .ground { fill: #0d1117; stroke: #3d444d }
  .own { fill: #4493f8 } .peer { fill: #6e7681 }
}
"""
_LEFT, _COLUMN, _BAR, _ROW, _TOP = 150, 250, 150, 30, 56
"""Sizes in pixels: the names, a column, its longest bar, a row, the space above the rows."""


class Column(NamedTuple):
    """One figure for every tool."""

    title: str
    values: list[float | None]
    """None where there is no figure."""
    labels: list[str]
    """The texts next to the bars."""
    full: float
    """The value of the longest bar."""


def chart(title: str, names: list[str], columns: list[Column]) -> bytes:
    """Return the SVG (UTF-8) of all columns; the first name is l10n's. No figure is shown by colour alone."""
    width, height = _LEFT + _COLUMN * len(columns), _TOP + _ROW * len(names) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{_STYLE}</style>",
        f'<rect class="ground" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="6"/>',
    ]
    for row, name in enumerate(names):
        parts.append(f'<text x="16" y="{_middle(row)}">{escape(name)}</text>')
    for number, column in enumerate(columns):
        left = _LEFT + number * _COLUMN
        parts.append(f'<text class="title" x="{left}" y="30">{escape(column.title)}</text>')
        for row, (value, label) in enumerate(zip(column.values, column.labels, strict=True)):
            length = round(_BAR * (value or 0) / column.full, 1) if column.full else 0
            kind = "peer" if row else "own"
            top = _TOP + _ROW * row + 3
            parts.append(f'<rect class="{kind}" x="{left}" y="{top}" width="{length:g}" height="18" rx="2"/>')
            parts.append(f'<text x="{left + length + 6:g}" y="{_middle(row)}">{escape(label)}</text>')
    return ("\n".join([*parts, "</svg>"]) + "\n").encode()


def _middle(row: int) -> int:
    return _TOP + _ROW * row + 17
