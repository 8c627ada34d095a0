"""The `#:` lines of an entry, and the places that they name.

gettext fills these lines up to column 79 by its own count (GNU gettext 0.21, `write-po.c`). A name
with a space is written between U+2068 and U+2069, which Poedit reads as one; but `msgcat` takes it for
several names, one a word, and drops those that the message has already. Where it would, the space is
written `%20`. What a line cannot hold at all is written `%XX`, too.

Law 5: no name, whatever it holds, ends its line or is read as something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from sys import intern
from urllib.parse import quote, unquote

from l10n.catalogue import Place

# gettext's page width for `#:` lines, which `--no-wrap` leaves as it is.
_WIDTH = 79
_FIRST_STRONG_ISOLATE, _POP_DIRECTIONAL_ISOLATE = "\u2068", "\u2069"
_UNSAFE = re.compile("[\x00-\x1f\x7f\u2068\u2069\ud800-\udfff]")
_REFERENCE = re.compile("\u2068([^\u2068\u2069]*+)\u2069([^ \t]*+)|([^ \t\r\f\v\x1c-\x1f]++)")
_POSITION = re.compile(r"(.*):([0-9]{1,9})", re.DOTALL)
_LOOKS_QUOTED = re.compile(r"%(?=[0-9A-Fa-f]{2})")


def can_refer_to(path: str) -> bool:
    """Return True if a `#:` line can hold `path`: it has no controls or isolates, and is Unicode."""
    return _UNSAFE.search(path) is None


def read_references(line: str) -> Iterator[Place]:
    """The places that a line names; `line` is what comes behind `#:`."""
    for match in _REFERENCE.finditer(line):
        isolated, position, plain = match.groups()
        if isolated is not None:
            found = _POSITION.fullmatch(position) if position else None
            yield Place(intern(isolated + ("" if found else position)), int(found[2]) if found else 0)
        else:
            found = _POSITION.fullmatch(plain)
            yield _place(found[1], int(found[2])) if found else _place(plain, 0)


def _place(name: str, line: int) -> Place:
    if "%" in name:
        with suppress(UnicodeDecodeError):  # else it was not written here, and is taken as it is
            name = unquote(name, errors="strict")
    return Place(intern(name), line)


def write_references(places: list[Place]) -> str:
    """The places as gettext fills them into lines, joined by the beginning of the next line."""
    if len(places) == 1:
        path, line = places[0]
        if " " not in path and "%" not in path and path and can_refer_to(path):
            return f"{path}:{line}" if line else path  # nearly all of them
    return "\n#: ".join(_lines(places))


def _lines(places: list[Place]) -> Iterator[str]:
    line: list[str] = []
    column = 2
    known: set[str] = set()  # the words that gettext takes for names
    for path, number in places:
        position = f":{number}" if number else ""
        words = f"{_FIRST_STRONG_ISOLATE}{path}{_POP_DIRECTIONAL_ISOLATE}{position}".split(" ")
        width = sum(len(word.encode("utf-8", "replace")) + 1 for word in words)
        starts_line = bool(line) and column + len(words[0].encode("utf-8", "replace")) + 1 > _WIDTH
        room = _WIDTH - (2 if starts_line else column)
        is_unsafe = not can_refer_to(path)
        if is_unsafe or len(words) == 1 or "" in words or width > room or not known.isdisjoint(words):
            words = [_quoted(path) + position]
            width = len(words[0].encode()) + 1
            starts_line = bool(line) and column + width > _WIDTH
        if starts_line:
            yield " ".join(line)
            line, column = [], 2
        line += words
        known.update(words)
        column += width
    yield " ".join(line)


def _quoted(path: str) -> str:
    """A name without a space, in which no character is one that a line cannot hold."""
    text = _LOOKS_QUOTED.sub("%25", path).replace(" ", "%20")
    return _UNSAFE.sub(lambda match: quote(match[0], errors="surrogatepass"), text)
