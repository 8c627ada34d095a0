"""Sanitize the HTML of an article; the only module that uses nh3.

Law 5, input is hostile: what stays are elements of text, without any attribute that runs, loads, leads
anywhere or changes the page around it. Deeply nested elements take a parser of HTML quadratic time, so they
are shown as text.
"""

from __future__ import annotations

import re
from collections import Counter
from html import escape

import nh3

_TAG_NAMES = (
    "a abbr b bdi bdo blockquote br caption center cite code col colgroup dd del details dfn div dl "
    "dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp "
    "small span strong sub summary sup table tbody td tfoot th thead tr u ul var wbr"
)
_TAGS = frozenset(_TAG_NAMES.split())
_CLASSES = {
    "blockquote": {"md-alert"},
    "div": {"md-note", "md-include"},
    "p": {"md-note", "md-title"},
    "span": {"md-note", "md-include"},
}
_VOID = frozenset(("br", "col", "hr", "img", "input", "wbr"))
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_DEEPEST = 100
_GROWN, _GROWTH = 10_000, 10
_CELL = {"colspan", "rowspan"}


class Sanitizer:
    """Removes from HTML whatever is not plain text and its structure."""

    def __init__(self) -> None:
        """The addresses of images stay, for `Marker` to decide; no other address does."""
        attributes = {
            "img": {"alt", "src"},
            "td": _CELL,
            "th": _CELL,
            "ol": {"start"},
            "a": {"title"},
            "abbr": {"title"},
        }
        self._cleaner = nh3.Cleaner(
            tags=_TAGS,
            attributes=attributes,
            allowed_classes=_CLASSES,
            url_schemes={"https"},
            link_rel=None,
        )

    def clean(self, html: str) -> str:
        """Return the harmless part of `html`, well-formed; all of it as text if its elements are too deep."""
        if _is_deep(html):
            return escape(html, quote=False)
        cleaned = self._cleaner.clean(html)
        # Elements that are never closed are opened again in each paragraph after them.
        return cleaned if len(cleaned) <= _GROWN + _GROWTH * len(html) else escape(html, quote=False)


def _is_deep(html: str) -> bool:
    """Return True if more elements may be open at once than any article needs.

    Elements are counted by name: an end tag closes no other element, or is ignored.
    """
    if html.count("<") <= _DEEPEST:
        return False
    opened: Counter[str] = Counter()
    depth = 0
    for slash, tag in _TAG.findall(html):
        name = tag.lower()
        if slash:
            depth -= opened[name] > 0
            opened[name] = max(0, opened[name] - 1)
        elif name not in _VOID:
            opened[name] += 1
            depth += 1
            if depth > _DEEPEST:
                return True
    return False
