r"""The entries of a PO file, one after the other: the grammar that they follow, and the first fault.

The grammar is that of entries as this tool writes them and gettext's tools rewrite them. It is
matched in the bytes, since a text with one emoji would take four for each character.

Law 2: a file that does not follow it to its last line is refused as a whole. Law 5: it may
come from anyone; all of it is gone through in linear time.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator

from l10n.problems import L10nError, Problem

LEFT_ALONE = "nothing was done with this file"
"""What the message of a refused file ends with."""
_PIECE = 1 << 20
"""Bytes that are decoded at once to see whether they are UTF-8."""

_TEXT = r'[^"\\\n]*+(?:\\[abfnrtv"\\][^"\\\n]*+)*'
_STRING = rf'"{_TEXT}"[ \t]*+\n'
_PREVIOUS_MARK = r"[ \t]*+#~?+\|[ \t]*+"
_PREVIOUS = (
    rf"{_PREVIOUS_MARK}(?:msgctxt|msgid|msgid_plural)[ \t]++{_STRING}"
    rf"(?:(?:[ \t]*+\n)*{_PREVIOUS_MARK}{_STRING})*"
)
_COMMENTS = rf"(?:[ \t]*+\n|[ \t]*+#(?![~|]).*+\n|{_PREVIOUS})*"


def _fields(mark: str) -> str:
    strings = rf"[ \t]++{_STRING}(?:{mark}{_STRING})*"
    return rf"(?:{mark}msgctxt{strings})?{mark}msgid{strings}(?:{mark}msgstr{strings}|(?={mark}msgid_plural))"


def _compiled(pattern: str) -> re.Pattern[bytes]:
    return re.compile(pattern.encode())


_ACTIVE, _OBSOLETE = _fields(r"[ \t]*+"), _fields(r"#~[ \t]*+")
_ENTRY = _compiled(f"({_COMMENTS})(?:{_ACTIVE}|{_OBSOLETE})")
_ONLY_COMMENTS = _compiled(_COMMENTS)
_TRAILER = _compiled(_COMMENTS + r"\Z")
_PLURAL = _compiled(r"(?:#~)?[ \t]*msgid_plural")
_FIELD_LINE = _compiled(rf"[ \t]*+(?:#~[ \t]*+)?(?:(?:msgctxt|msgid|msgstr)[ \t]++)?{_STRING}")


def _strings(mark: str) -> str:
    """A group of all between the first and the last quote of a field whose other lines begin with `mark`."""
    return rf' "({_TEXT}(?:"\n{mark}"{_TEXT})*)"\n'


_AFTER_PREVIOUS, _AFTER = _strings(r"#~?+\| "), _strings("(?P=mark)")
REGULAR = _compiled(
    r"(\n*+"
    r"((?:#(?: .*+)?\n)*)"
    r"((?:#\. .*+\n)*)"
    r"(?:#: ([!-$&-9;-~]++):([0-9]{1,9}+)\n)?"
    r"((?:#: .*+\n)*)"
    r"(#, fuzzy\n)?"
    rf"(?:#~?+\| msgctxt{_AFTER_PREVIOUS})?"
    rf"(?:#~?+\| msgid{_AFTER_PREVIOUS})?)"
    rf"(?P<mark>#~ |)(?:msgctxt{_AFTER}(?P=mark))?msgid{_AFTER}(?P=mark)msgstr{_AFTER}"
    r'(?!(?:#~)?[ \t]*+")'
)
"""An entry of the shape that nearly all have.

Its groups: what comes before the fields; in that, the lines of the translator's comment, those
that are told (`#.`), name and line of the one reference in the first `#:` line, the other `#:`
lines, the flag, the previous context and source; what begins the lines of an obsolete one;
context, source and translation. Texts are the bytes between the first quote and the last.
"""


def entries(data: bytes, path: str) -> Iterator[re.Match[bytes]]:
    """The entries of a file, the header first; group 1 of each are its comments.

    Raises L10nError for the first fault, which is told after the entries before it.
    """
    if b"\r\n" in data:
        data = data.replace(b"\r\n", b"\n")
    if not data.endswith(b"\n"):
        data += b"\n"
    _check_characters(data, path)
    entry = None
    position = 0
    while found := (entry and REGULAR.match(data, position)) or _ENTRY.match(data, position):
        if entry is None and not _PLURAL.match(data, found.end()):
            _check_header(found, path)
        entry = found
        yield entry
        position = entry.end()
    if entry and _PLURAL.match(data, position):
        line = _line(data, entry.end(1))
        raise refused(path, line, "this message has plural forms, which no article can hold")
    if not _TRAILER.match(data, position):
        raise _syntax_error(data, position, path)
    if entry is None:
        raise refused(path, 1, "it has no header, which tells the locale and the charset")


def entry_lines(data: bytes, path: str) -> list[int]:
    """The line of the first field of each entry, 1-based; raises L10nError as `entries` does."""
    lines = []
    line = 1
    position = 0
    for entry in entries(data, path):
        line += entry.string.count(b"\n", position, entry.end(1))
        position = entry.end(1)
        lines.append(line)
    return lines


def _check_characters(data: bytes, path: str) -> None:
    decode = getincrementaldecoder("utf-8")().decode
    for start in range(0, len(data), _PIECE):
        try:
            decode(data[start : start + _PIECE], start + _PIECE >= len(data))
        except UnicodeDecodeError as error:
            line = _line(data, start) + error.object.count(b"\n", 0, error.start)
            raise refused(path, line, "it is not UTF-8; save it as UTF-8") from error
    if b"\0" in data:
        raise refused(path, _line(data, data.index(b"\0")), "it holds a NUL character")


def _check_header(entry: re.Match[bytes], path: str) -> None:
    text = entry[0][entry.end(1) :].decode()
    if not re.match(r'[ \t]*msgid[ \t]+""[ \t]*\n[ \t]*msgstr', text):
        raise refused(path, 1, "it has no header, which tells the locale and the charset")
    charset = re.search(r"charset=([^\s\\\"]+)", text)
    if charset is None or charset[1].lower() not in ("utf-8", "utf8", "ascii", "us-ascii"):
        # The first place that says so, be it in a comment.
        line = _line(entry.string, entry.string.index(charset[0].encode())) if charset else 1
        raise refused(path, line, "its header does not say charset=UTF-8; save it as UTF-8")


def _syntax_error(data: bytes, position: int, path: str) -> L10nError:
    """The error for an entry that begins at `position` and cannot be read to its end."""
    comments = _ONLY_COMMENTS.match(data, position)
    start = comments.end() if comments else position
    line = _line(data, start)
    for number, content in enumerate(data[start:].split(b"\n"), line):
        if not content.decode().strip() or (content.startswith(b"#") and content[1:2] not in (b"~", b"|")):
            break
        if not _FIELD_LINE.match(content + b"\n"):
            return refused(path, number, "this line is not the syntax of a PO file")
    return refused(path, line, "the message that begins here is not msgid, then msgstr")


def refused(path: str, line: int, reason: str) -> L10nError:
    """The error of a file that is not read because of one line, 1-based."""
    message = f"{reason}; {LEFT_ALONE}"
    return L10nError(Problem(path, line, 1, "bad-po", message))


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
