"""A badge: two words in a small SVG picture, as at the top of many READMEs.

Law 4, same input, same bytes: the text alone decides, no font that is installed here.
"""

from __future__ import annotations

import re
from html import escape

from l10n.writing import FileKind

_SVG = re.compile(rb'\s*<svg\b[^>]*?\bheight="20"[^>]*?\brole="img"')
_HEAD = 1024  # bytes; reading all of it would take quadratic time
BADGE = FileKind("a badge", lambda data: _SVG.match(data, 0, _HEAD))
"""The content that a badge may overwrite: a badge of l10n, or of services with similar ones."""

# Advance widths of Verdana at 11 px, in px; `textLength` makes any other font fit them.
_WIDTHS = {
    **dict.fromkeys("0123456789nu", 7.0),
    **dict.fromkeys("dekov", 6.6),
    **dict(zip("irw %", (3.0, 4.7, 9.0, 3.9, 11.8), strict=True)),
}
_PADDING = 6

# White text has a contrast of at least 4.5:1 on each (WCAG 2.1, 1.4.3).
_LABEL = "#555555"
_COLOURS = ((100, "#2e7d32"), (75, "#5c7000"), (50, "#8f5e00"), (0, "#c62828"))
_UNKNOWN = "#6a6a6a"


def badge(label: str, percent: int | None) -> bytes:
    """Return the SVG (UTF-8) of `label | percent %`; None is shown as unknown, in grey.

    It needs no other file. The colour goes from red below 50 over amber and olive (75 and more) to green,
    which only 100 gets; the text gives the same information without colour.
    """
    value = "unknown" if percent is None else f"{percent} %"
    colour = _UNKNOWN if percent is None else next(c for least, c in _COLOURS if percent >= least)
    left, right = _width(label), _width(value)
    title = escape(f"{label}: {value}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" '
        f'aria-label="{title}">\n'
        f"<title>{title}</title>\n"
        f'<clipPath id="round"><rect width="{left + right}" height="20" rx="3"/></clipPath>\n'
        '<g clip-path="url(#round)">\n'
        f'<rect width="{left}" height="20" fill="{_LABEL}"/>\n'
        f'<rect x="{left}" width="{right}" height="20" fill="{colour}"/>\n'
        "</g>\n"
        '<g fill="#ffffff" text-anchor="middle" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" '
        'font-size="11">\n'
        f"{_text(label, left / 2, left)}{_text(value, left + right / 2, right)}"
        "</g>\n"
        "</svg>\n"
    ).encode()


def _width(text: str) -> int:
    return round(sum(_WIDTHS.get(character, 8) for character in text)) + 2 * _PADDING


def _text(text: str, middle: float, width: int) -> str:
    return f'<text x="{middle:g}" y="14" textLength="{width - 2 * _PADDING}">{escape(text)}</text>\n'
