r"""Catalogue ↔ PO file, in the shape that gettext's tools and Poedit leave as it is.

The only module that knows polib. What polib and gettext see differently is settled here:

- polib takes U+2028, U+0085 and their like for line breaks; in PO only LF is one.
- gettext fills `#:` lines up to column 79 by its own count (GNU gettext 0.21,
  `write-po.c`). A name with a space stands between U+2068 and U+2069, which Poedit reads
  as one; but `msgcat` takes it for several names, one a word, and drops those that the
  message has already. Where it would, the space is written `%20`.
- polib reads on past faults that `msgfmt` refuses; `poentries` refuses such a file.

Polib takes most of the time that reading and writing take. So a message of the shape that
nearly all have is read and written without it, and says what polib would (a test compares them).

Law 2: a PO that was not understood to its last line is never updated, so it is refused
as a whole. Law 5: it may come from anyone; the time to read it grows with its size only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from sys import intern
from typing import SupportsIndex
from urllib.parse import quote, unquote

import polib

from l10n.catalogue import Catalogue, Message, Note, Place
from l10n.po.entries import REGULAR, entries, entry_lines, refused
from l10n.problems import L10nError

# gettext's page width for `#:` lines, which `--no-wrap` leaves as it is.
_REFERENCE_WIDTH = 79
_FIRST_STRONG_ISOLATE, _POP_DIRECTIONAL_ISOLATE = "\u2068", "\u2069"

_CONTINUATION_MARK = re.compile(rb'"\n(?:#~?\|? )?"')
_ESCAPED = re.compile(r'\\([abfnrtv"\\])')
_MEANING = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", '"': '"', "\\": "\\"}

# polib adds each line to the text before it, which takes quadratic time; so lines are joined
# beforehand. NUL, which no PO file can hold, stands for the line breaks of a comment.
_CONTINUATION = re.compile(r'"[ \t]*\n[ \t]*(?:#~[ \t]*)?"')
_COMMENT_BLOCK = re.compile(r"^[ \t]*#(\.?)(?:[ \t].*)?\n(?:[ \t]*#\1(?:[ \t].*)?\n)+", re.MULTILINE)
_COMMENT_START = re.compile(r"^[ \t]*#\.?[ \t]?", re.MULTILINE)
_ESCAPE = re.compile(r"\\(\\|a)")
_LOOSE_COMMENT = re.compile(r"^#(?=[^ \t.:,|~#\n])|^#~(?=[m\"])", re.MULTILINE)
_REFERENCE_LINE = re.compile(
    r"^[ \t]*#:(.*[\u2068\u0080-\u00a0\u1680\u2000-\u200a\u2028-\u202f\u205f\u3000].*)$", re.MULTILINE
)
_REFERENCE = re.compile("\u2068([^\u2068\u2069]*+)\u2069(\\S*+)|([^ \t]++)")
_UNSAFE_IN_NAME = re.compile("[\x00-\x1f\x7f\u2068\u2069\ud800-\udfff]")
_SPACE = re.compile(r"\s")
_EMPTY_COMMENT = re.compile(r"^# $", re.MULTILINE)
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
        if _needs_escape(field):
            text = _Text(field)
            # polib's types leave this name out.
            lines: list[str] = super()._str_field(  # type: ignore[misc]
                fieldname, delflag, plural_index, text, wrapwidth
            )
            return lines
        return [f'{delflag}{fieldname.removeprefix("previous_")} "{field}"']


class _File(polib.POFile):
    """A PO file whose header is the first entry, and its fields stay in their order.

    polib sorts them, and takes the last one without a msgid for the header.
    """

    def find(
        self,
        st: str,
        by: str = "msgid",
        include_obsolete_entries: bool = False,
        msgctxt: str | bool = False,
    ) -> polib.POEntry | None:
        return self[0]

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
    messages: list[Message] = []
    others: list[tuple[int, bytes]] = []
    for number, entry in enumerate(entries(data, path), -1):
        if entry.re is REGULAR:
            messages.append(_regular(entry))
            continue
        others.append((number, entry[0]))
        if number >= 0:
            messages.append(_UNREAD)
    try:
        # It ends in a line break, so that polib cannot take it for a file's name.
        file = polib.pofile(
            _prepared(b"".join(text for _, text in others).decode()), wrapwidth=0, klass=_File
        )
    except OSError as error:
        raise refused(path, 1, "it is not the syntax of a PO file") from error
    for (number, _), other in zip(others[1:], file, strict=True):
        messages[number] = _message(other)
    names = {_name(message) for message in messages} | {_HEADER}
    if len(names) <= len(messages):
        raise _stands_again(messages, entry_lines(data, path), path)
    header = {str(key): str(value) for key, value in file.metadata.items()}
    crlf = b"\r\n" in data and data.count(b"\n") == data.count(b"\r\n")
    return Catalogue(messages, header, file.header.replace("\0", "\n"), crlf)


_UNREAD = Message("", "")
_HEADER = ""
"""The name of the entry that is the header."""


def _name(message: Message) -> str | tuple[str, str]:
    """What tells a message from all others: its source, if that has no context."""
    return message.source if message.context is None else (message.context, message.source)


def message_lines(data: bytes, path: str) -> list[int]:
    """The line of each message's msgctxt or msgid, 1-based; raises L10nError as `read` does."""
    return entry_lines(data, path)[1:]


def _stands_again(messages: list[Message], lines: list[int], path: str) -> L10nError:
    """The error for the first message whose name another one has before it; there is one."""
    known: dict[str | tuple[str, str], int] = {_HEADER: lines[0]}
    for message, line in zip(messages, lines[1:], strict=True):
        name = _name(message)
        if name in known:
            break
        known[name] = line
    return refused(path, line, f"the message of line {known[name]} stands here again")


def _regular(entry: re.Match[bytes]) -> Message:
    """The message of an entry that `REGULAR` matches: what polib reads in it."""
    _, comment, notes, name, line, references, fuzzy, *texts = entry.groups()
    previous_context, previous_source, mark, context, source, translation = texts
    places = [Place(intern(name.decode()), int(line))] if name else []
    if references:
        places += _places(references.decode())
    remarks: tuple[str, ...] = ()
    note = Note.parse(notes[3:-1].decode())  # nearly all have one such line, and no other
    if notes and not note:
        note, remarks = _told(_extracted(notes.decode()))
    return Message(
        _text(source),
        _text(translation),
        None if context is None else _text(context),
        fuzzy is not None,
        bool(mark),
        places,
        note,
        remarks,
        _comment(comment.decode()) if comment else "",
        None if previous_source is None else _text(previous_source),
        None if previous_context is None else _text(previous_context),
    )


def _text(raw: bytes) -> str:
    """What a field says: the bytes between its quotes, which may be several lines."""
    if b"\n" in raw:
        raw = _CONTINUATION_MARK.sub(b"", raw)
    text = raw.decode()
    return _ESCAPED.sub(_meaning, text) if "\\" in text else text


def _meaning(escape: re.Match[str]) -> str:
    return _MEANING[escape[1]]


def _comment(text: str) -> str:
    *lines, last = text[:-1].split("\n")
    return "\n".join([*(line[2:] for line in lines), last[2:].rstrip()])


def _extracted(text: str) -> list[str]:
    """The text of each `#.` line; none if there is one and it is empty."""
    *lines, last = text[3:-1].split("\n#. ")
    last = last.rstrip()
    return [*lines, last] if lines or last else lines


def _places(text: str) -> Iterator[Place]:
    """What the `#:` lines of an entry name, as polib splits them."""
    for line in _REFERENCE_LINE.sub(_quote_references, text).split("\n"):
        for reference in line[2:].split():
            name, _, position = reference.rpartition(":")
            yield _place(name, position) if ":" in reference and position.isdigit() else _place(reference, "")


def _told(lines: list[str]) -> tuple[Note | None, tuple[str, ...]]:
    """The note and the remarks in the text of an entry's `#.` lines."""
    notes = [Note.parse(line) for line in lines]
    remarks = tuple(line for line, told in zip(lines, notes, strict=True) if told is None)
    return next(filter(None, notes), None), remarks


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
    note, remarks = _told(entry.comment.split("\0") if entry.comment else [])
    return Message(
        str(entry.msgid),
        str(entry.msgstr),
        context=None if entry.msgctxt is None else str(entry.msgctxt),
        fuzzy="fuzzy" in entry.flags,
        obsolete=bool(entry.obsolete),
        places=[_place(name, line) for name, line in map(tuple, entry.occurrences)],
        note=note,
        remarks=remarks,
        comment=entry.tcomment.replace("\0", "\n"),
        previous_source=entry.previous_msgid,
        previous_context=entry.previous_msgctxt,
    )


def _place(name: str, line: str) -> Place:
    path = intern(unquote(name) if "%" in name else name)
    return Place(path, int(line) if line.isdecimal() and len(line) < 10 else 0)


def write(catalogue: Catalogue) -> bytes:
    """The PO file of `catalogue`; `msgcat --force-po --no-wrap` leaves it byte for byte as it is.

    But for its line ends: Poedit keeps them too if they are CR LF, `msgcat` does not.
    """
    header = _File(wrapwidth=0)
    header.header = catalogue.header_comment
    header.metadata = dict(catalogue.header)
    file = BytesIO()
    file.write(_encoded(_gettext_s(str(header)), catalogue.crlf))
    ordered = [message for message in catalogue.messages if not message.obsolete]
    ordered += [message for message in catalogue.messages if message.obsolete]
    for start in range(0, len(ordered), _AT_ONCE):
        text = "".join(["\n" + _entry(message) for message in ordered[start : start + _AT_ONCE]])
        file.write(_encoded(text, catalogue.crlf))
    return file.getvalue()


_AT_ONCE = 1000
"""Messages that are encoded together."""


def _encoded(text: str, crlf: bool) -> bytes:
    return (text.replace("\n", "\r\n") if crlf else text).encode("utf-8")


def _entry(message: Message) -> str:
    """The lines of a message, which polib makes unless they are of the usual shape."""
    source, translation, context = message.source, message.translation, message.context
    if (
        message.obsolete
        or message.comment
        or message.previous_source is not None
        or message.previous_context is not None
        or _needs_escape(f"{source} {translation} {context}")
    ):
        return _gettext_s(_polib_entry(message).__unicode__(wrapwidth=0))
    told = _extracted_comment(message).replace("\n", "\n#. ")
    return (
        (f"#. {told}\n" if told else "")
        + (f"#: {_references(message)}\n" if message.places else "")
        # gettext drops the flag of a message that has no translation.
        + ("#, fuzzy\n" if message.fuzzy and translation else "")
        + ("" if context is None else f'msgctxt "{context}"\n')
        + f'msgid "{source}"\nmsgstr "{translation}"\n'
    )


def _needs_escape(text: str) -> bool:
    # Each of these is a search at the machine's speed; one expression for all takes thrice the time.
    return ('"' in text or "\\" in text or "\n" in text or "\r" in text or "\t" in text) or (
        "\a" in text or "\b" in text or "\v" in text or "\f" in text
    )


def _gettext_s(text: str) -> str:
    """What polib wrote, in gettext's words."""
    return _EMPTY_COMMENT.sub("#", text.replace("\a", "\\a"))


def _polib_entry(message: Message) -> _Entry:
    return _Entry(
        msgid=message.source,
        msgstr=message.translation,
        msgctxt=message.context,
        obsolete=message.obsolete,
        flags=["fuzzy"] if message.fuzzy and message.translation else [],
        occurrences=[(_references(message), "")] if message.places else [],
        comment=_extracted_comment(message),
        tcomment=message.comment,
        previous_msgid=message.previous_source,
        previous_msgctxt=message.previous_context,
    )


def _extracted_comment(message: Message) -> str:
    note = [str(message.note)] if message.note else []
    return "\n".join([*note, *message.remarks])


def _references(message: Message) -> str:
    return "\n#: ".join(_reference_lines(message.places))


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
