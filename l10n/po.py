r"""Catalogue ↔ PO file, in the shape that gettext's tools and Poedit leave as it is.

The only module that knows polib. What polib and gettext see differently is settled here:

- polib takes U+2028, U+0085 and their like for line breaks; in PO only LF is one.
- gettext fills `#:` lines up to column 79 by its own count (GNU gettext 0.21,
  `write-po.c`). A name with a space stands between U+2068 and U+2069, which Poedit reads
  as one; but `msgcat` takes it for several names, one a word, and drops those that the
  message has already. Where it would, the space is written `%20`.
- polib reads on past faults that `msgfmt` refuses; here such a file is refused too.

Law 2: a PO that was not understood to its last line is never updated, so it is refused
as a whole. Law 5: it may come from anyone; the time to read it grows with its size only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import SupportsIndex
from urllib.parse import quote, unquote

import polib

from l10n.catalogue import Catalogue, Message, Note, Place
from l10n.problems import L10nError, Problem

LEFT_ALONE = "nothing was done with this file"
"""What the message of a refused file ends with."""

# gettext's page width for `#:` lines, which `--no-wrap` leaves as it is.
_REFERENCE_WIDTH = 79
_FIRST_STRONG_ISOLATE, _POP_DIRECTIONAL_ISOLATE = "\u2068", "\u2069"

# The grammar of an entry, as this tool writes it and gettext's tools rewrite it.
_STRING = r'"(?:[^"\\\n]|\\[abfnrtv"\\])*+"[ \t]*+\n'
_PREVIOUS = rf"#~?+\|[ \t]*+(?:(?:msgctxt|msgid|msgid_plural)[ \t]++)?+{_STRING}"
_COMMENTS = rf"(?:[ \t]*+(?:\n|#(?![~|]).*+\n|{_PREVIOUS}))*+"


def _fields(mark: str) -> str:
    strings = rf"[ \t]++{_STRING}(?:{mark}{_STRING})*+"
    return (
        rf"(?:{mark}msgctxt{strings})?+{mark}msgid{strings}(?:{mark}msgstr{strings}|(?={mark}msgid_plural))"
    )


_ACTIVE, _OBSOLETE = _fields(r"[ \t]*+"), _fields(r"#~[ \t]*+")
_ENTRY = re.compile(f"({_COMMENTS})(?:{_ACTIVE}|{_OBSOLETE})")
_TRAILER = re.compile(_COMMENTS + r"\Z")
_PLURAL = re.compile(r"(?:#~)?[ \t]*msgid_plural")
_FIELD_LINE = re.compile(rf"[ \t]*+(?:#~[ \t]*+)?(?:(?:msgctxt|msgid|msgstr)[ \t]++)?{_STRING}")

# polib adds each line to the text before it, which takes quadratic time; so lines are joined
# beforehand. NUL, which no PO file can hold, stands for the line breaks of a comment.
_CONTINUATION = re.compile(r'"[ \t]*\n[ \t]*(?:#~[ \t]*)?"')
_COMMENT_BLOCK = re.compile(r"^[ \t]*#(\.?)(?:[ \t].*)?\n(?:[ \t]*#\1(?:[ \t].*)?\n)++", re.MULTILINE)
_COMMENT_START = re.compile(r"^[ \t]*#\.?[ \t]?", re.MULTILINE)
_ESCAPE = re.compile(r"\\(\\|a)")
_LOOSE_COMMENT = re.compile(r"^#(?=[^ \t.:,|~#\n])|^#~(?=[m\"])", re.MULTILINE)
_REFERENCE_LINE = re.compile(
    r"^[ \t]*#:(.*[\u2068\u0080-\u00a0\u1680\u2000-\u200a\u2028-\u202f\u205f\u3000].*)$", re.MULTILINE
)
_REFERENCE = re.compile("\u2068([^\u2068\u2069]*+)\u2069(\\S*+)|([^ \t]++)")
_UNSAFE_IN_NAME = re.compile("[\x00-\x1f\x7f\u2068\u2069\ud800-\udfff]")
_SPACE = re.compile(r"\s")
_NEEDS_ESCAPE = re.compile(r'[\\"\n\r\t\v\b\f]')
_LOOKS_QUOTED = re.compile(r"%(?=[0-9A-Fa-f]{2})")


class _Text(str):
    """Text whose only line break is LF, as PO has it."""

    __slots__ = ()

    def splitlines(self, keepends: SupportsIndex = False) -> list[str]:
        parts = self.split("\n")
        last = parts.pop()
        if keepends:
            parts = [part + "\n" for part in parts]
        return [*parts, last] if last else parts


class _Entry(polib.POEntry):
    """An entry that is not asked to wrap or to escape what needs neither, as nearly all texts do."""

    def _str_field(
        self, fieldname: str, delflag: str, plural_index: str, field: str, wrapwidth: int = 0
    ) -> list[str]:
        if _NEEDS_ESCAPE.search(field):
            text = _Text(field)
            # polib's types leave this name out.
            lines: list[str] = super()._str_field(  # type: ignore[misc]
                fieldname, delflag, plural_index, text, wrapwidth
            )
            return lines
        return [f'{delflag}{fieldname.removeprefix("previous_")} "{field}"']


class _File(polib.POFile):
    """A PO file whose header fields stay in the order that they have; polib sorts them."""

    def ordered_metadata(self) -> list[tuple[str, str]]:
        return list(self.metadata.items())


def can_refer_to(path: str) -> bool:
    """Whether a `#:` line can hold `path`: no control characters or isolates, all of it Unicode."""
    return _UNSAFE_IN_NAME.search(path) is None


def read(data: bytes, path: str) -> Catalogue:
    """The catalogue in the bytes of a PO file; `path` names it in the error.

    Raises L10nError (`bad-po`) with line and reason for what `msgfmt` would refuse, and
    for what no file of this tool holds: plural forms, a charset other than UTF-8.
    """
    text, entry_lines = _checked(data, path)
    try:
        # It ends in a line break, so that polib cannot take it for a file's name.
        file = polib.pofile(_prepared(text), wrapwidth=0)
    except OSError as error:
        raise _refused(path, 1, "it is not the syntax of a PO file") from error
    messages = []
    known: dict[tuple[str | None, str], int] = {}
    for entry, line in zip(file, entry_lines, strict=True):
        key = (entry.msgctxt, entry.msgid)
        if key in known:
            raise _refused(path, line, f"the message of line {known[key]} stands here again")
        known[key] = line
        messages.append(_message(entry))
    header = {str(key): str(value) for key, value in file.metadata.items()}
    crlf = b"\n" in data and data.count(b"\n") == data.count(b"\r\n")
    return Catalogue(messages, header, file.header.replace("\0", "\n"), crlf)


def message_lines(data: bytes, path: str) -> list[int]:
    """The line of each message's msgctxt or msgid, 1-based; raises L10nError as `read` does."""
    return _checked(data, path)[1]


def _checked(data: bytes, path: str) -> tuple[str, list[int]]:
    """The text of the file, if it is one through and through, and the line of each message."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(path, line, "it is not UTF-8; save it as UTF-8") from error
    text = text.replace("\r\n", "\n")
    text = text if text.endswith("\n") else text + "\n"
    if "\0" in text:
        raise _refused(path, _line(text, text.index("\0")), "it holds a NUL character")
    entry_lines = []
    line = 1
    position = 0
    while entry := _ENTRY.match(text, position):
        line += text.count("\n", position, entry.end(1))
        if _PLURAL.match(text, entry.end()):
            raise _refused(path, line, "this message has plural forms, which no article can hold")
        if position == 0:
            _check_header(text, text[entry.end(1) : entry.end()], path)
        entry_lines.append(line)
        line += text.count("\n", entry.end(1), entry.end())
        position = entry.end()
    if not _TRAILER.match(text, position):
        raise _syntax_error(text, position, path)
    if not entry_lines:
        raise _refused(path, 1, "it has no header, which tells the locale and the charset")
    return text, entry_lines[1:]


def _check_header(text: str, entry: str, path: str) -> None:
    if not re.match(r'[ \t]*msgid[ \t]+""[ \t]*\n[ \t]*msgstr', entry):
        raise _refused(path, 1, "it has no header, which tells the locale and the charset")
    charset = re.search(r"charset=([^\s\\\"]+)", entry)
    if charset is None or charset[1].lower() not in ("utf-8", "utf8", "ascii", "us-ascii"):
        line = _line(text, text.index(charset[0])) if charset else 1
        raise _refused(path, line, "its header does not say charset=UTF-8; save it as UTF-8")


def _syntax_error(text: str, position: int, path: str) -> L10nError:
    """The error for an entry that begins at `position` and cannot be read to its end."""
    comments = re.compile(_COMMENTS).match(text, position)
    start = comments.end() if comments else position
    line = _line(text, start)
    for number, content in enumerate(text[start:].split("\n"), line):
        if not content.strip() or (content.startswith("#") and content[1:2] not in ("~", "|")):
            break
        if not _FIELD_LINE.match(content + "\n"):
            return _refused(path, number, "this line is not the syntax of a PO file")
    return _refused(path, line, "the message that begins here is not msgid, then msgstr")


def _refused(path: str, line: int, reason: str) -> L10nError:
    message = f"{reason}; {LEFT_ALONE}"
    return L10nError(Problem(path, line, 1, "bad-po", message))


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _prepared(text: str) -> _Text:
    """`text` in the words that polib understands."""
    if "\\a" in text:  # polib does not know this escape
        text = _ESCAPE.sub(lambda match: "\a" if match[1] == "a" else match[0], text)
    text = _LOOSE_COMMENT.sub(lambda match: match[0] + " ", text)
    text = text.replace("\n#~|", "\n#|")  # polib drops what an obsolete message was before
    text = _CONTINUATION.sub("", text)
    text = _COMMENT_BLOCK.sub(_joined_comment, text)
    return _Text(_REFERENCE_LINE.sub(_quote_references, text))


def _joined_comment(block: re.Match[str]) -> str:
    lines = _COMMENT_START.sub("", block[0][:-1])
    return f"#{block[1]} " + lines.replace("\n", "\0") + "\n"


def _quote_references(line: re.Match[str]) -> str:
    """A `#:` line with every white space of a name written `%XX`, since polib splits at it."""

    def quoted(match: re.Match[str]) -> str:
        isolated, position, plain = match.groups()
        if isolated is None:
            return _SPACE.sub(_percent, plain)
        return _SPACE.sub(_percent, isolated.replace("%", "%25")) + position

    return "#:" + _REFERENCE.sub(quoted, line[1])


def _percent(match: re.Match[str]) -> str:
    return quote(match[0])


def _message(entry: polib.POEntry) -> Message:
    lines = entry.comment.split("\0") if entry.comment else []
    notes = [Note.parse(line) for line in lines]
    return Message(
        str(entry.msgid),
        str(entry.msgstr),
        context=None if entry.msgctxt is None else str(entry.msgctxt),
        fuzzy="fuzzy" in entry.flags,
        obsolete=bool(entry.obsolete),
        places=[_place(name, line) for name, line in map(tuple, entry.occurrences)],
        note=next(filter(None, notes), None),
        remarks=tuple(line for line, note in zip(lines, notes, strict=True) if note is None),
        comment=entry.tcomment.replace("\0", "\n"),
        previous_source=entry.previous_msgid,
        previous_context=entry.previous_msgctxt,
    )


def _place(name: str, line: str) -> Place:
    return Place(
        unquote(name) if "%" in name else name, int(line) if line.isdecimal() and len(line) < 10 else 0
    )


def write(catalogue: Catalogue) -> bytes:
    """The PO file of `catalogue`; `msgcat --force-po --no-wrap` leaves it byte for byte as it is.

    But for its line ends: Poedit keeps them too if they are CR LF, `msgcat` does not.
    """
    file = _File(wrapwidth=0)
    file.header = catalogue.header_comment
    file.metadata = dict(catalogue.header)
    list.extend(file, map(_entry, catalogue.messages))  # polib's own append looks for doubles
    text = str(file)
    if "\a" in text:
        text = text.replace("\a", "\\a")
    text = re.sub(r"^# $", "#", text, flags=re.MULTILINE)
    return (text.replace("\n", "\r\n") if catalogue.crlf else text).encode("utf-8")


def _entry(message: Message) -> _Entry:
    return _Entry(
        msgid=message.source,
        msgstr=message.translation,
        msgctxt=message.context,
        obsolete=message.obsolete,
        # gettext drops the flag of a message that has no translation.
        flags=["fuzzy"] if message.fuzzy and message.translation else [],
        occurrences=[("\n#: ".join(_reference_lines(message.places)), "")] if message.places else [],
        comment="\n".join([*([str(message.note)] if message.note else []), *message.remarks]),
        tcomment=message.comment,
        previous_msgid=message.previous_source,
        previous_msgctxt=message.previous_context,
    )


def _reference(path: str, line: int) -> str:
    return f"{path}:{line}" if line else path


def _reference_lines(places: list[Place]) -> Iterator[str]:
    """The references as gettext fills them into lines."""
    if len(places) == 1 and " " not in places[0].path and "%" not in places[0].path:
        yield _reference(*places[0])  # nearly all of them
        return
    line: list[str] = []
    column = 2
    known: set[str] = set()  # the words that gettext takes for names
    for path, number in places:
        position = f":{number}" if number else ""
        words = f"{_FIRST_STRONG_ISOLATE}{path}{_POP_DIRECTIONAL_ISOLATE}{position}".split(" ")
        width = sum(len(word.encode()) + 1 for word in words)
        starts_line = bool(line) and column + len(words[0].encode()) + 1 > _REFERENCE_WIDTH
        room = _REFERENCE_WIDTH - (2 if starts_line else column)
        if len(words) == 1 or "" in words or width > room or not known.isdisjoint(words):
            words = [_LOOKS_QUOTED.sub("%25", path).replace(" ", "%20") + position]
            width = len(words[0].encode()) + 1
            starts_line = bool(line) and column + width > _REFERENCE_WIDTH
        if starts_line:
            yield " ".join(line)
            line, column = [], 2
        line += words
        known.update(words)
        column += width
    yield " ".join(line)
