r"""The entries of a PO file, one after the other: the grammar that they follow, and the first fault.

An entry is read line by line, so that the time grows with the size alone, whatever the lines say. `ordinary`
reads most entries with one expression instead.

Law 2: a file that does not follow the grammar to its last line is refused as a whole. Law 5: it
may come from anyone.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass, field

from l10n.po import ordinary
from l10n.po.texts import TEXT
from l10n.problems import L10nError, Problem

LEFT_ALONE = "nothing was done with this file"
"""The end of the message about a refused file."""
_PIECE = 1 << 20
"""Bytes that are decoded at once to see whether they are UTF-8."""


_FIELD_LINE = re.compile(
    (
        r"[ \t]*+(#~?+\||#~|)[ \t]*+"
        r"(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]{1,9}\])?)[ \t]++)?"
        rf'"({TEXT})"[ \t]*+'
    ).encode()
)
"""A line of a field: its mark, the name of the field where it begins here, and the text in quotes."""
_FIRST = ("msgctxt", "msgid")
_FOLLOWS = {
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr[",),
    "msgstr": (),
    "msgstr[": ("msgstr[",),
}
"""The fields that may follow each field."""
_NO_SYNTAX = "this line is not the syntax of a PO file"
_NOT_A_MESSAGE = "the message that begins here is not msgid, then msgstr: write one of each, in this order"
_NO_HEADER = (
    'it has no header, which names the locale and the charset: let it begin with the two lines msgid "" and '
    'msgstr "Language: nb_NO\\nContent-Type: text/plain; charset=UTF-8\\n", with its own locale'
)


@dataclass(slots=True)
class Entry:
    """An entry that was read line by line; texts are unchanged, as between the quotes."""

    start: int
    """The offset of its first line."""
    first_field: int = -1
    """The offset of its first field; -1 until there is one."""
    end: int = -1
    mark: str = ""
    """`#~` if it is obsolete."""
    comments: list[str] = field(default_factory=list)
    """The lines of the translator's comment, the notes, references and flags, unchanged."""
    previous: dict[str, list[bytes]] = field(default_factory=dict)
    fields: dict[str, list[bytes]] = field(default_factory=dict)


def normalized(data: bytes, path: str) -> bytes:
    """The bytes of a file without a byte order mark, with LF at the end of each line.

    Raises L10nError (`bad-po`) if they are not UTF-8, or hold a NUL.
    """
    _check_characters(data, path)
    if data.startswith(BOM_UTF8):
        data = data[len(BOM_UTF8) :]
    if b"\r\n" in data:
        data = data.replace(b"\r\n", b"\n")
    return data if data.endswith(b"\n") else data + b"\n"


def entries(data: bytes, path: str) -> Iterator[re.Match[bytes] | Entry]:
    """The entries of a file that is `normalized`, the header first, at last what follows them all.

    Each is a match of `ORDINARY` or an Entry; the first and the last are Entries, and the last one has
    no fields. Raises L10nError for the first fault, after the entries before it.
    """
    first = _scanned(data, 0, path)
    _check_header(data, first, path)
    yield first
    position = first.end
    while position < len(data):
        if found := ordinary.ORDINARY.match(data, position):
            yield found
            position = found.end()
        else:
            entry = _scanned(data, position, path)
            yield entry
            if not entry.fields:
                return
            position = entry.end
    yield Entry(position, end=position)


def field_offset(entry: re.Match[bytes] | Entry) -> int:
    """The offsets of the fields of an entry."""
    return entry.first_field if isinstance(entry, Entry) else entry.end(1)


def _scanned(data: bytes, position: int, path: str) -> Entry:
    """The entry that begins at `position`; it has no fields if only comments are left."""
    return _Scanner(data, path).entry(position)


class _Scanner:
    """Reads one entry, a line at a time."""

    def __init__(self, data: bytes, path: str) -> None:
        self._data = data
        self._path = path
        self._entry = Entry(0)
        self._last = ""
        """The last field that began; those of plural forms are `msgstr[`."""
        self._open: tuple[str, list[bytes]] | None = None
        """The mark of the field that may go on in the next line, and its texts."""

    def entry(self, position: int) -> Entry:
        """The entry that begins at `position`."""
        entry, data = self._entry, self._data
        entry.start = position
        while position < len(data):
            end = data.index(b"\n", position) + 1
            line = data[position : end - 1].lstrip(b" \t")
            is_comment = line[:1] == b"#" and line[1:2] not in (b"~", b"|")
            if line and not is_comment:
                if not self._take(position, end):
                    break
            elif entry.fields:
                break
            elif is_comment:
                entry.comments.append(line.decode())
                self._open = None
            position = end
        entry.end = position
        if entry.fields and not self._last.startswith("msgstr"):
            raise self._refused(entry.first_field, _NOT_A_MESSAGE)
        return entry

    def _take(self, position: int, end: int) -> bool:
        """Take a line of a field; returns False if it belongs to the next entry. Raises L10nError."""
        entry = self._entry
        match = _FIELD_LINE.fullmatch(self._data, position, end - 1)
        if match is None:
            raise self._refused(position, f"{_NO_SYNTAX}: {_remedy(self._data[position : end - 1])}")
        mark, keyword, text = match[1].decode(), (match[2] or b"").decode(), match[3]
        is_previous = mark.endswith("|")
        if entry.fields and (is_previous or (keyword in _FIRST and "msgid" in entry.fields)):
            return False
        mark = "|" if is_previous else mark
        if keyword:
            if is_previous:
                if keyword in entry.previous or keyword.startswith("msgstr"):
                    raise self._refused(position, f"{_NO_SYNTAX}: delete it")
                texts = entry.previous[keyword] = []
            else:
                self._begin(mark, keyword, position)
                texts = entry.fields[keyword] = []
            self._open = mark, texts
        elif self._open is None or self._open[0] != mark:
            raise self._refused(
                position, f"{_NO_SYNTAX}: it goes on with a text that did not begin; delete it"
            )
        self._open[1].append(text)
        return True

    def _begin(self, mark: str, keyword: str, position: int) -> None:
        """Take note of a field that begins at `position`. Raises L10nError if it may not."""
        entry = self._entry
        name = keyword.partition("[")[0] + ("[" if "[" in keyword else "")
        if not entry.fields:
            entry.first_field, entry.mark = position, mark
        allowed = _FOLLOWS[self._last] if self._last else _FIRST
        if name not in allowed or keyword in entry.fields or mark != entry.mark:
            raise self._refused(entry.first_field, _NOT_A_MESSAGE)
        self._last = name

    def _refused(self, position: int, reason: str) -> L10nError:
        return refused(self._path, line_of(self._data, position), reason)


def _remedy(line: bytes) -> str:
    """Return what to do about a line that no entry can have."""
    if re.match(rb"<{7} |\|{7} |={7}$|>{7} ", line):
        return "it marks a conflict of git; keep the lines of one side, and delete the marks"
    inside = re.fullmatch(rb'[^"]*"(.*)"[ \t]*', line)  # from the first quote to the last one
    if inside is None:
        is_field = b'"' in line or line.startswith((b"msgid", b"msgstr", b"msgctxt"))
        return "begin and end its text with a quote" if is_field else "delete it, or make it a comment with #"
    if re.search(rb'\\(?![abfnrtv"\\])', inside[1].replace(b"\\\\", b"")):
        return r"write a backslash in a text as \\"
    return r"write a quote in a text as \""


def _check_characters(data: bytes, path: str) -> None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        raise refused(path, 1, "it is in UTF-16; save it as UTF-8")
    decode = getincrementaldecoder("utf-8")().decode
    for start in range(0, len(data), _PIECE):
        try:
            decode(data[start : start + _PIECE], start + _PIECE >= len(data))
        except UnicodeDecodeError as error:
            line = line_of(data, start) + error.object.count(b"\n", 0, error.start)
            raise refused(path, line, f"it is not UTF-8; {_advice(data)}") from error
    if b"\0" in data:
        raise refused(path, line_of(data, data.index(b"\0")), "it holds a NUL character: delete it")


_CHARSET = re.compile(rb"charset=([!-~]+?)(?=[\\\"\s;])")
_UNICODE = (b"utf-8", b"utf8", b"ascii", b"us-ascii")


def _advice(data: bytes) -> str:
    """Advice on how to convert the file to UTF-8."""
    said = _CHARSET.search(data, 0, _PIECE)
    if said is None or said[1].lower() in _UNICODE:
        return "save it as UTF-8"
    return f"its header says {said[1].decode()}: convert it with `msgconv -t UTF-8 -o FILE FILE`"


def _check_header(data: bytes, entry: Entry, path: str) -> None:
    """Raise L10nError if the first entry is not a header that says UTF-8."""
    if entry.mark or list(entry.fields) != ["msgid", "msgstr"] or b"".join(entry.fields["msgid"]):
        raise refused(path, 1, _NO_HEADER)
    fields = b"".join(entry.fields["msgstr"]).split(b"\\n")
    own = next((line for line in fields if line.lstrip().lower().startswith(b"content-type")), b"")
    found = _CHARSET.search(own + b"\\")
    if found is None or found[1].lower() not in _UNICODE:
        at = data.find(b"charset=", entry.first_field) if found else -1
        line = line_of(data, at) if at >= 0 else 1
        raise refused(path, line, f"its header does not say charset=UTF-8; {_advice(data)}")


def refused(path: str, line: int, reason: str) -> L10nError:
    """The error of a file that is not read because of one line, 1-based."""
    message = f"{reason}; {LEFT_ALONE}"
    return L10nError(Problem(path, line, 1, "bad-po", message))


def line_of(data: bytes, offset: int) -> int:
    """The line of an offset, 1-based."""
    return data.count(b"\n", 0, offset) + 1
