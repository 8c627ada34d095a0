"""Parts that all pages share: the frame with its policy, style sheet and script, and safe texts.

Law 5, input is hostile: a page runs its own script and no other, known by its hash, and loads nothing.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from html import escape
from importlib.resources import files
from urllib.parse import quote

from l10n.locales import script_of
from l10n.pages.marks import clean
from l10n.printable import printable
from l10n.writing import FileKind

_HEAD = 400
_GENERATOR = '<meta name="generator" content="l10n preview">'
PAGE = FileKind("a page of l10n preview", lambda data: _GENERATOR.encode() in data[:_HEAD])
NAVIGATION = (
    '<nav><a href="index.html">All articles</a> · <a href="search.html">Search</a> · '
    '<a href="report.html">Report</a></nav>'
)
_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
NO_SOURCES = "default-src 'none'"
"""The beginning of each page's policy: nothing is loaded from anywhere."""


def text(value: str) -> str:
    """Return foreign text as HTML, in which invisible characters are shown."""
    return escape("\n".join(printable(clean(line)) for line in value.split("\n")))


def shown(value: str) -> str:
    """Return foreign text in one line, in which invisible characters are shown."""
    return printable(clean(" ".join(value.split())))


def link(path: str, depth: int) -> str:
    """Return a link to a page from one that is `depth` folders deep."""
    return "../" * depth + quote(path.encode("utf-8", "surrogateescape"))


def direction(locale: str) -> str:
    """Return `rtl` or `ltr` for gettext's name of a locale."""
    return "rtl" if script_of(locale) in _RIGHT_TO_LEFT else "ltr"


def document(title: str, body: str, *, images: str = "", data: str = "") -> bytes:
    """Return a page that loads images from the sources `images`; `data` is JSON that its script reads."""
    style, script = _asset("preview.css"), _asset("preview.js")
    loaded = f"img-src {images}; " if images else ""
    policy = (
        f"{NO_SOURCES}; script-src '{_hash(script)}'; style-src '{_hash(style)}'; {loaded}"
        "base-uri 'none'; form-action 'none'"
    )
    held = f'<script type="application/json" id="data">{_inert(data)}</script>\n' if data else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{_GENERATOR}\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{text(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n{body}\n{held}<script>{script}</script>\n</body>\n</html>\n"
    ).encode("utf-8", "replace")


def _inert(json: str) -> str:
    """Return JSON that ends no script element."""
    return clean(json).replace("<", "\\u003c")


@cache
def _asset(name: str) -> str:
    return files("l10n.pages").joinpath(name).read_text("utf-8")


@cache
def _hash(content: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(content.encode()).digest()).decode()


def assets_key() -> bytes:
    """Return what changes when the style sheet or the script of the pages does."""
    return (_hash(_asset("preview.css")) + _hash(_asset("preview.js"))).encode()
