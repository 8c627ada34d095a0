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

# gettext's page width for `#:` lines, which `--no-wrap` leaves as it is.
_REFERENCE_WIDTH = 79
_FIRST_STRONG_ISOLATE, _POP_DIRECTIONAL_ISOLATE = "\u2068", "\u2069"

_STRINGS = (
    r'[ \t]++"(?:[^"\\\n]|\\[abfnrtv"\\])*+"[ \t]*+\n(?:{0}[ \t]*+"(?:[^"\\\n]|\\[abfnrtv"\\])*+"[ \t]*+\n)*+'
)
_ENTRY = re.compile(
    r"(?:[ \t]*+\n|#(?!~ ?(?:msg|\")).*+\n)*+(?:"
    + "|".join(
        rf"(?:{mark}msgctxt{strings})?+{mark}msgid{strings}(?:{mark}msgstr{strings}|(?={mark}msgid_plural))"
        for mark, strings in ((m, _STRINGS.format(m)) for m in ("", "#~ ?"))
    )
    + ")"
)
_TRAILER = re.compile(r"(?:[ \t]*+\n|#(?!~ ?(?:msg|\")).*+\n)*+\Z")
_ESCAPE = re.compile(r"\\(\\|a)")
_LOOSE_COMMENT = re.compile(r"^#(?=[^ \t.:,|~#\n])|^#~(?=[m\"])", re.MULTILINE)
_REFERENCE_LINE = re.compile(
    r"^#:(.*[\u2068\u0080-\u00a0\u1680\u2000-\u200a\u2028-\u202f\u205f\u3000].*)$", re.MULTILINE
)
_REFERENCE = re.compile("\u2068([^\u2068\u2069]*+)\u2069(\\S*+)|([^ \t]++)")
_UNSAFE_IN_NAME = re.compile("[\x00-\x1f\x7f\u2068\u2069\ud800-\udfff]")
_SPACE = re.compile(r"\s")
_LOOKS_QUOTED = re.compile(r"%(?=[0-9A-Fa-f]{2})")
_POLIB_LINE = re.compile(r"\(line (\d+)\)(?:: (.*))?")


class _Text(str):
    """Text whose only line break is LF, as PO has it."""

    __slots__ = ()

    def splitlines(self, keepends: SupportsIndex = False) -> list[str]:
        parts = self.split("\n")
        last = parts.pop()
        if keepends:
            parts = [part + "\n" for part in parts]
        return [*parts, last] if last else parts


def can_refer_to(path: str) -> bool:
    """Whether a `#:` line can hold `path`: no control characters or isolates, all of it Unicode."""
    return _UNSAFE_IN_NAME.search(path) is None


def read(data: bytes, path: str) -> Catalogue:
    """The catalogue in the bytes of a PO file; `path` names it in the error.

    Raises L10nError (`bad-po`) with line and reason for what `msgfmt` would refuse, and
    for what no file of this tool holds: plural forms, a charset other than UTF-8.
    """
    text = _checked(data, path)
    try:
        # It ends in a line break, so that polib cannot take it for a file's name.
        file = polib.pofile(_prepared(text), wrapwidth=0)
    except OSError as error:
        match = _POLIB_LINE.search(str(error))
        line, reason = (int(match[1]), match[2]) if match else (1, None)
        raise _refused(path, line, reason or "this is not the syntax of a PO file") from error
    messages = []
    known: dict[tuple[str | None, str], int] = {}
    for entry in file:
        line = entry.linenum or 1
        key = (entry.msgctxt, entry.msgid)
        if key in known:
            raise _refused(path, line, f"the message of line {known[key]} stands here again")
        known[key] = line
        if entry.msgid_plural or entry.msgstr_plural:
            raise _refused(path, line, "it has plural forms, which no article can hold")
        messages.append(_message(entry))
    header = {str(key): str(value) for key, value in file.metadata.items()}
    return Catalogue(messages, header, file.header)


def _checked(data: bytes, path: str) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(path, line, "it is not UTF-8; save it as UTF-8") from error
    text = text.replace("\r\n", "\n")
    text = text if text.endswith("\n") else text + "\n"
    if "\0" in text:
        raise _refused(path, _line(text, text.index("\0")), "it holds a NUL character")
    position = 0
    while entry := _ENTRY.match(text, position):
        if text.startswith(("msgid_plural", "#~ msgid_plural", "#~msgid_plural"), entry.end()):
            raise _refused(path, _line(text, entry.end()), "it has plural forms, which no article can hold")
        if position == 0:
            _check_header(text, entry[0], path)
        position = entry.end()
    if not _TRAILER.match(text, position):
        raise _syntax_error(text, position, path)
    if position == 0:
        raise _refused(path, 1, "it has no header, which tells the locale and the charset")
    return text


def _check_header(text: str, entry: str, path: str) -> None:
    lines = [line for line in entry.split("\n") if line.startswith(("msg", '"'))]
    if lines[:2] != ['msgid ""', 'msgstr ""'] and not (
        lines[0] == 'msgid ""' and len(lines) > 1 and lines[1].startswith("msgstr ")
    ):
        raise _refused(path, 1, "it has no header, which tells the locale and the charset")
    charset = re.search(r"charset=([^\s\\\"]+)", entry)
    if charset is None or charset[1].lower() not in ("utf-8", "utf8", "ascii", "us-ascii"):
        line = _line(text, charset.start() if charset else 0)
        raise _refused(path, line, "its header does not say charset=UTF-8; save it as UTF-8")


def _syntax_error(text: str, position: int, path: str) -> L10nError:
    """The error for an entry that begins at `position` and cannot be read to its end."""
    comments = re.compile(r"(?:[ \t]*+\n|#(?!~ ?(?:msg|\")).*+\n)*+").match(text, position)
    line = _line(text, comments.end() if comments else position)
    pattern = re.compile(r'(?:#~ ?)?(?:msgctxt|msgid|msgstr)?[ \t]*+"(?:[^"\\\n]|\\[abfnrtv"\\])*+"[ \t]*+$')
    for number, content in enumerate(text.split("\n")[line - 1 :], line):
        if not content.strip() or (content.startswith("#") and not content.startswith("#~")):
            break
        if not pattern.match(content):
            return _refused(path, number, "this line is not the syntax of a PO file")
    return _refused(path, line, "the message that begins here is not msgid, then msgstr")


def _refused(path: str, line: int, reason: str) -> L10nError:
    message = f"{reason}; nothing was done with this file"
    return L10nError(Problem(path, line, 1, "bad-po", message))


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _prepared(text: str) -> _Text:
    """`text` in the words that polib understands."""
    if "\\a" in text:  # polib does not know this escape
        text = _ESCAPE.sub(lambda match: "\a" if match[1] == "a" else match[0], text)
    text = _LOOSE_COMMENT.sub(lambda match: match[0] + " ", text)
    text = text.replace("\n#~|", "\n#|")  # polib drops what an obsolete message was before
    return _Text(_REFERENCE_LINE.sub(_quote_references, text))


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
    notes = (Note.parse(line) for line in entry.comment.split("\n"))
    return Message(
        str(entry.msgid),
        str(entry.msgstr),
        context=None if entry.msgctxt is None else str(entry.msgctxt),
        fuzzy="fuzzy" in entry.flags,
        obsolete=bool(entry.obsolete),
        places=[_place(name, line) for name, line in map(tuple, entry.occurrences)],
        note=next(filter(None, notes), None),
        comment=entry.tcomment,
        previous_source=entry.previous_msgid,
        previous_context=entry.previous_msgctxt,
    )


def _place(name: str, line: str) -> Place:
    return Place(
        unquote(name) if "%" in name else name, int(line) if line.isdecimal() and len(line) < 10 else 0
    )


def write(catalogue: Catalogue) -> bytes:
    """The PO file of `catalogue`; `msgcat --force-po --no-wrap` leaves it byte for byte as it is."""
    file = polib.POFile(wrapwidth=0)
    file.header = catalogue.header_comment
    file.metadata = dict(catalogue.header)
    list.extend(file, map(_entry, catalogue.messages))  # polib's own append looks for doubles
    text = str(file)
    if "\a" in text:
        text = text.replace("\a", "\\a")
    return re.sub(r"^# $", "#", text, flags=re.MULTILINE).encode("utf-8")


def _entry(message: Message) -> polib.POEntry:
    return polib.POEntry(
        msgid=_Text(message.source),
        msgstr=_Text(message.translation),
        msgctxt=None if message.context is None else _Text(message.context),
        obsolete=message.obsolete,
        # gettext drops the flag of a message that has no translation.
        flags=["fuzzy"] if message.fuzzy and message.translation else [],
        occurrences=[("\n#: ".join(_reference_lines(message.places)), "")] if message.places else [],
        comment=str(message.note) if message.note else "",
        tcomment=message.comment,
        previous_msgid=None if message.previous_source is None else _Text(message.previous_source),
        previous_msgctxt=None if message.previous_context is None else _Text(message.previous_context),
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
