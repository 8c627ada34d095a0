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
from codecs import getincrementaldecoder
from collections.abc import Iterator
from io import BytesIO
from sys import intern
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

# The grammar of an entry, as this tool writes it and gettext's tools rewrite it. It is matched in
# the bytes, which take a quarter of the room of a text with an emoji.
_TEXT = rb'[^"\\\n]*+(?:\\[abfnrtv"\\][^"\\\n]*+)*+'
_STRING = rb'"%b"[ \t]*+\n' % _TEXT
_PREVIOUS_MARK = rb"[ \t]*+#~?+\|[ \t]*+"
_PREVIOUS = rb"%b(?:msgctxt|msgid|msgid_plural)[ \t]++%b" % (
    _PREVIOUS_MARK,
    _STRING,
) + rb"(?:(?:[ \t]*+\n)*+%b%b)*+" % (_PREVIOUS_MARK, _STRING)
_COMMENTS = rb"(?:[ \t]*+\n|[ \t]*+#(?![~|]).*+\n|%b)*+" % _PREVIOUS


def _fields(mark: bytes) -> bytes:
    strings = rb"[ \t]++%b(?:%b%b)*+" % (_STRING, mark, _STRING)
    return (
        rb"(?:%bmsgctxt%b)?+" % (mark, strings)
        + rb"%bmsgid%b" % (mark, strings)
        + rb"(?:%bmsgstr%b|(?=%bmsgid_plural))" % (mark, strings, mark)
    )


_ENTRY = re.compile(rb"(%b)(?:%b|%b)" % (_COMMENTS, _fields(rb"[ \t]*+"), _fields(rb"#~[ \t]*+")))
_TRAILER = re.compile(_COMMENTS + rb"\Z")
_PLURAL = re.compile(rb"(?:#~)?[ \t]*msgid_plural")
_FIELD_LINE = re.compile(rb"[ \t]*+(?:#~[ \t]*+)?(?:(?:msgctxt|msgid|msgstr)[ \t]++)?" + _STRING)


def _strings(mark: bytes) -> bytes:
    """A group of all between the first and the last quote of a field's lines, which begin with `mark`."""
    return rb' "(%b(?:"\n%b"%b)*+)"\n' % (_TEXT, mark, _TEXT)


# Nearly all entries are of this shape, whose fields a match tells; what the others say, polib reads.
_REGULAR = re.compile(
    rb"(\n*+"
    rb"((?:#(?: .*+)?\n)*+)"
    rb"((?:#\. .*+\n)*+)"
    rb"(?:#: ([!-$&-9;-~]++):([0-9]{1,9}+)\n)?+"
    rb"((?:#: .*+\n)*+)"
    rb"(#, fuzzy\n)?+"
    rb"(?:#~?+\| msgctxt%b)?+"
    % _strings(rb"#~?+\| ")
    + rb"(?:#~?+\| msgid%b)?+)" % _strings(rb"#~?+\| ")
    + rb"(?P<mark>#~ |)"
    rb"(?:msgctxt%b(?P=mark))?+"
    % _strings(rb"(?P=mark)")
    + rb"msgid%b" % _strings(rb"(?P=mark)")
    + rb"(?P=mark)msgstr%b" % _strings(rb"(?P=mark)")
    + rb'(?!(?:#~)?+[ \t]*+")'
)
_CONTINUATION_MARK = re.compile(rb'"\n(?:#~?\|? )?+"')
_ESCAPED = re.compile(r'\\([abfnrtv"\\])')
_MEANING = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", '"': '"', "\\": "\\"}

_PIECE = 1 << 20
"""Bytes that are decoded at once to see whether they are UTF-8."""

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
    for number, entry in enumerate(_entries(data, path), -1):
        if entry.re is _REGULAR:
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
        raise _refused(path, 1, "it is not the syntax of a PO file") from error
    for (number, _), other in zip(others[1:], file, strict=True):
        messages[number] = _message(other)
    names = {_HEADER, *((message.context, message.source) for message in messages)}
    if len(names) <= len(messages):
        raise _stands_again(messages, _lines(data, path), path)
    header = {str(key): str(value) for key, value in file.metadata.items()}
    crlf = b"\r\n" in data and data.count(b"\n") == data.count(b"\r\n")
    return Catalogue(messages, header, file.header.replace("\0", "\n"), crlf)


_UNREAD = Message("", "")
_HEADER = (None, "")
"""The context and the source of the entry that is the header."""


def message_lines(data: bytes, path: str) -> list[int]:
    """The line of each message's msgctxt or msgid, 1-based; raises L10nError as `read` does."""
    return _lines(data, path)[1:]


def _lines(data: bytes, path: str) -> list[int]:
    lines = []
    line = 1
    position = 0
    for entry in _entries(data, path):
        line += entry.string.count(b"\n", position, entry.end(1))
        position = entry.end(1)
        lines.append(line)
    return lines


def _entries(data: bytes, path: str) -> Iterator[re.Match[bytes]]:
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
    while found := (entry and _REGULAR.match(data, position)) or _ENTRY.match(data, position):
        if entry is None and not _PLURAL.match(data, found.end()):
            _check_header(found, path)
        entry = found
        yield entry
        position = entry.end()
    if entry and _PLURAL.match(data, position):
        line = _line(data, entry.end(1))
        raise _refused(path, line, "this message has plural forms, which no article can hold")
    if not _TRAILER.match(data, position):
        raise _syntax_error(data, position, path)
    if entry is None:
        raise _refused(path, 1, "it has no header, which tells the locale and the charset")


def _check_characters(data: bytes, path: str) -> None:
    decode = getincrementaldecoder("utf-8")().decode
    for start in range(0, len(data), _PIECE):
        try:
            decode(data[start : start + _PIECE], start + _PIECE >= len(data))
        except UnicodeDecodeError as error:
            line = _line(data, start) + error.object.count(b"\n", 0, error.start)
            raise _refused(path, line, "it is not UTF-8; save it as UTF-8") from error
    if b"\0" in data:
        raise _refused(path, _line(data, data.index(b"\0")), "it holds a NUL character")


def _check_header(entry: re.Match[bytes], path: str) -> None:
    text = entry[0][entry.end(1) :].decode()
    if not re.match(r'[ \t]*msgid[ \t]+""[ \t]*\n[ \t]*msgstr', text):
        raise _refused(path, 1, "it has no header, which tells the locale and the charset")
    charset = re.search(r"charset=([^\s\\\"]+)", text)
    if charset is None or charset[1].lower() not in ("utf-8", "utf8", "ascii", "us-ascii"):
        # The first place that says so, be it in a comment.
        line = _line(entry.string, entry.string.index(charset[0].encode())) if charset else 1
        raise _refused(path, line, "its header does not say charset=UTF-8; save it as UTF-8")


def _syntax_error(data: bytes, position: int, path: str) -> L10nError:
    """The error for an entry that begins at `position` and cannot be read to its end."""
    comments = re.compile(_COMMENTS).match(data, position)
    start = comments.end() if comments else position
    line = _line(data, start)
    for number, content in enumerate(data[start:].split(b"\n"), line):
        if not content.decode().strip() or (content.startswith(b"#") and content[1:2] not in (b"~", b"|")):
            break
        if not _FIELD_LINE.match(content + b"\n"):
            return _refused(path, number, "this line is not the syntax of a PO file")
    return _refused(path, line, "the message that begins here is not msgid, then msgstr")


def _stands_again(messages: list[Message], lines: list[int], path: str) -> L10nError:
    """The error for the first message whose name another one has before it; there is one."""
    known: dict[tuple[str | None, str], int] = {_HEADER: lines[0]}
    for message, line in zip(messages, lines[1:], strict=True):
        name = (message.context, message.source)
        if name in known:
            break
        known[name] = line
    return _refused(path, line, f"the message of line {known[name]} stands here again")


def _refused(path: str, line: int, reason: str) -> L10nError:
    message = f"{reason}; {LEFT_ALONE}"
    return L10nError(Problem(path, line, 1, "bad-po", message))


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _regular(entry: re.Match[bytes]) -> Message:
    """The message of an entry that `_REGULAR` matches: what polib reads in it."""
    _, comment, notes, name, line, references, fuzzy, *texts = entry.groups()
    previous_context, previous_source, mark, context, source, translation = texts
    places = [Place(intern(name.decode()), int(line))] if name else []
    if references:
        places += _places(references.decode())
    note, remarks = _told(_extracted(notes.decode())) if notes else (None, ())
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
    note = None
    remarks = []
    for line in lines:
        if (told := Note.parse(line)) is None:
            remarks.append(line)
        elif note is None:
            note = told
    return note, tuple(remarks)


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
