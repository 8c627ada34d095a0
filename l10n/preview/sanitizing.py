"""Sanitize the HTML of an article; the only module that uses nh3.

Law 5: what stays are elements of text, without any attribute that runs, loads, leads anywhere or changes the
page around it.
"""

from __future__ import annotations

import nh3

_TAG_NAMES = (
    "a abbr b bdi bdo blockquote br caption center cite code col colgroup dd del details dfn div dl "
    "dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp "
    "small span strong sub summary sup table tbody td tfoot th thead tr u ul var wbr"
)
_TAGS = frozenset(_TAG_NAMES.split())
_CLASSES = {"blockquote": {"md-alert"}, "div": {"md-note"}, "p": {"md-note", "md-title"}, "span": {"md-note"}}
_CELL = {"colspan", "rowspan"}


class Sanitizer:
    """Removes from HTML whatever is not plain text and its structure."""

    def __init__(self, *, remote_images: bool) -> None:
        """Keep the addresses of images on the web with `remote_images`."""
        image = {"alt", "src"} if remote_images else {"alt"}
        attributes = {
            "img": image,
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
            url_relative="deny",
            link_rel=None,
        )

    def clean(self, html: str) -> str:
        """Return the harmless part of `html`, well-formed."""
        return self._cleaner.clean(html)
