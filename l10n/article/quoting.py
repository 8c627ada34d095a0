r"""How a unit's text is quoted in the article: read it, and write a new one the same way.

Markdown text is written unchanged. In a double-quoted YAML scalar it is escaped. In regions where the
publisher's tools damaged quotes, every `"` is written `&quot;`. The reviewer always sees the plain text.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple


class Quoting(Enum):
    """The way a text is written in the article."""

    INTACT = "as it is"
    ESCAPED = "YAML double-quoted"
    DAMAGED = "&quot; for quotes, from an annotation attribute on"
    DAMAGED_OUTER = "&quot; for quotes, from an attribute of the article on"
    SCALAR = "a whole YAML scalar, its quotes included"


class Region(NamedTuple):
    """A range of the text with damaged quotes: `[start:end]`, with its last quote."""

    start: int
    end: int
    quoting: Quoting


_DAMAGE_START = re.compile(r'<(span data-[ts]tu-id|span class|a name)="[^"&<>\s]*+(&quot;)>')


def damaged_regions(text: str) -> list[Region]:
    """Return the ranges of damaged quotes: from an attribute's closing quote to the next intact one.

    In the publisher's plain article the quotes are intact if the damage began in the annotation, and damaged
    if it began in the article's own anchor.
    """
    regions = []
    position = 0
    while match := _DAMAGE_START.search(text, position):
        quote = text.find('"', match.end(2))
        end = quote + 1 if quote >= 0 else len(text)
        regions.append(
            Region(match.start(2), end, Quoting.DAMAGED_OUTER if match[1] == "a name" else Quoting.DAMAGED)
        )
        position = end
    return regions


def starts_damage(text: str) -> bool:
    """Return True if `text` contains the start of a region of damaged quotes."""
    return _DAMAGE_START.search(text) is not None


def decode(raw: str, quoting: Quoting) -> str:
    """Return the text that `raw` encodes; an escape unknown to YAML stays unchanged."""
    if quoting is Quoting.INTACT:
        return raw
    if quoting is Quoting.ESCAPED:
        return _YAML_ESCAPE.sub(_unescape, raw)
    return raw.replace("&quot;", '"')


def encode(text: str, quoting: Quoting) -> str:
    """Return `text` as written with that quoting.

    `decode` returns `text` again unless the quoting cannot represent it (`&quot;` among damaged quotes, a
    lone surrogate).
    """
    if quoting is Quoting.INTACT:
        return text
    if quoting is Quoting.ESCAPED:
        return _YAML_SPECIAL.sub(_escape, text)
    return text.replace('"', "&quot;")


# YAML 1.2.2, 5.7 "Escaped characters" and 7.3.1 "Double-quoted style": a line break in
# the scalar is folded into a space, the breaks after the first stay, and a backslash
# before the break joins the lines.
_NAMED_ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    " ": " ",
    '"': '"',
    "/": "/",
    "\\": "\\",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
_BREAKS = r"(?:(?:\r\n?|\n)[ \t]*+)"
_YAML_ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0abt\tnvfre \"/\\N_LP])"
    rf"|(?:\r\n?|\n)[ \t]*+({_BREAKS}*))"
    rf"|[ \t]*+({_BREAKS}+)|[ \t]++"
)
_YAML_SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_SHORT_ESCAPES = {
    character: f"\\{name}" for name, character in _NAMED_ESCAPES.items() if name not in ("\t", " ", "/", "_")
}


def _unescape(match: re.Match[str]) -> str:
    hex2, hex4, hex8, named, joined, folded = match.groups()
    if named is not None:
        return _NAMED_ESCAPES[named]
    if joined is not None:
        return "\n" * _breaks(joined)
    if folded is not None:
        return "\n" * (_breaks(folded) - 1) or " "
    if match[0][0] != "\\":
        return match[0]  # white space within a line
    code = int(hex2 or hex4 or hex8, 16)
    return match[0] if code > 0x10FFFF or 0xD800 <= code < 0xE000 else chr(code)


def _breaks(white_space: str) -> int:
    return len(re.findall(r"\r\n?|\n", white_space))


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _SHORT_ESCAPES.get(character) or (
        f"\\x{ord(character):02x}" if ord(character) < 0x100 else f"\\u{ord(character):04x}"
    )
