"""The bytes of a PO file → its catalogue.

Law 1, nothing is lost: what other tools write into a PO file is kept, if not as a part of a message,
then unchanged (`Foreign`). Law 2: a PO that was not understood to its last line is never updated,
so it is refused as a whole.
"""

from __future__ import annotations

from l10n.catalogue import Catalogue, Foreign, Message, PluralEntry
from l10n.po import ordinary
from l10n.po.entries import Entry, entries, field_offset, line_of, normalized, refused
from l10n.po.references import read_references
from l10n.po.texts import set_notes, split_flags, unquoted

_Name = tuple[str | None, str]
"""Context and source."""


def read(data: bytes, path: str) -> Catalogue:
    """The catalogue in the bytes of a PO file; `path` names it in the error.

    A byte order mark is dropped, and CR LF at the end of all lines remembered. Raises L10nError
    (`bad-po`) with line and reason for what `msgfmt` would refuse, and for a charset other than UTF-8.
    """
    catalogue = read_normalized(normalized(data, path), path)
    catalogue.crlf = b"\r\n" in data and data.count(b"\n") == data.count(b"\r\n")
    return catalogue


def read_normalized(text: bytes, path: str) -> Catalogue:
    """The catalogue in a text that is `normalized`. Raises as `read` does."""
    found = entries(text, path)
    header = next(found)
    assert isinstance(header, Entry)
    catalogue = Catalogue()
    plurals: list[PluralEntry] = []
    end = ""
    for entry in found:
        if not isinstance(entry, Entry):
            catalogue.messages.append(ordinary.read(entry))
        elif not entry.fields:
            end = _as_it_stands(text[entry.start :])
        elif "msgid_plural" in entry.fields:
            plurals.append(_plural(text, entry))
        else:
            catalogue.messages.append(_scanned(entry))
    _read_header(header, catalogue, plurals, end)
    names = {_name(message) for message in catalogue.messages} | {_HEADER}
    if len(names) <= len(catalogue.messages) or not names.isdisjoint(map(_name, plurals)):
        _check_names(text, path)
    return catalogue


_HEADER = ""
"""The name of the entry that is the header."""


def _name(message: Message | PluralEntry) -> str | _Name:
    """Return the name of a message: its source, with the context if it has one."""
    return message.source if message.context is None else (message.context, message.source)


def read_header(data: bytes, path: str) -> dict[str, str]:
    """The header fields of a PO file; of the rest the characters are looked at. Raises as `read` does."""
    text = normalized(data, path)
    entry = next(entries(text, path))
    assert isinstance(entry, Entry)
    catalogue = Catalogue()
    _read_header(entry, catalogue, [], "")
    return catalogue.header


def message_lines(data: bytes, path: str) -> list[int]:
    """The line of each message's msgctxt or msgid, 1-based; raises L10nError as `read` does."""
    text = normalized(data, path)
    lines = []
    line = 1
    position = 0
    for entry in entries(text, path):
        offset = field_offset(entry)
        is_message = not isinstance(entry, Entry) or "msgid_plural" not in entry.fields
        if offset >= 0:  # else only comments are left
            line += text.count(b"\n", position, offset)
            position = offset
            lines += [line] if is_message else []
    return lines[1:]  # the first one is the header


def _check_names(data: bytes, path: str) -> None:
    """Raise the error for the first entry whose name another one has before it."""
    known: dict[str | _Name, int] = {}
    for entry in entries(data, path):
        if isinstance(entry, Entry):
            if not entry.fields:
                return
            message: Message | PluralEntry = (
                _plural(data, entry) if "msgid_plural" in entry.fields else _scanned(entry)
            )
        else:
            message = ordinary.read(entry)
        name, offset = _name(message), field_offset(entry)
        if name in known:
            line = line_of(data, offset)
            first = line_of(data, known[name])
            raise refused(path, line, f"the message of line {first} occurs again here: delete one of them")
        known[name] = offset


def _scanned(entry: Entry) -> Message:
    """The message of an entry that was read line by line."""
    fields = {name: unquoted(b"".join(lines)) for name, lines in entry.fields.items()}
    previous = {name: unquoted(b"".join(lines)) for name, lines in entry.previous.items()}
    message = Message(fields["msgid"], fields["msgstr"], fields.get("msgctxt"), obsolete=bool(entry.mark))
    message.previous_source, message.previous_context = previous.get("msgid"), previous.get("msgctxt")
    message.previous_plural = previous.get("msgid_plural")
    notes: list[str] = []
    flags: list[str] = []
    comment: list[str] = []
    unknown: list[str] = []
    for line in entry.comments:
        kind, rest = line[1:2], line[2:]
        if kind == ".":
            notes.append(rest.removeprefix(" "))
        elif kind == ":":
            message.places += read_references(rest)
        elif kind == ",":
            flags += split_flags(rest)
        elif kind == "=":
            unknown.append(line)
        else:
            comment.append(line)
    message.fuzzy = "fuzzy" in flags
    message.flags = tuple(dict.fromkeys(flag for flag in flags if flag != "fuzzy"))
    set_notes(message, notes)
    text = "\n".join(line[1:].removeprefix(" ") for line in comment)
    if text.strip():
        message.comment = text
    else:
        message.others = tuple(comment)  # no comment, and yet somebody's lines
    message.others += tuple(unknown)
    return message


def _plural(data: bytes, entry: Entry) -> PluralEntry:
    context = entry.fields.get("msgctxt")
    return PluralEntry(
        None if context is None else unquoted(b"".join(context)),
        unquoted(b"".join(entry.fields["msgid"])),
        _as_it_stands(data[entry.start : entry.end]),
        bool(entry.mark),
    )


def _as_it_stands(data: bytes) -> str:
    """Whole lines, without blank ones before and behind them."""
    lines = []
    for line in data.decode().split("\n"):
        is_comment = line.lstrip(" \t").startswith("#") and '"' not in line
        # No line may seem to end where it does not.
        lines.append(line.rstrip(" \t\r").replace("\r", " " if is_comment else "\\r"))
    return "\n".join(lines).strip("\n")


def _read_header(entry: Entry, catalogue: Catalogue, plurals: list[PluralEntry], end: str) -> None:
    comment = [line[1:].removeprefix(" ") for line in entry.comments if line[1:2] not in _MARKS]
    catalogue.header_comment = "\n".join(comment)
    rest: list[str] = []
    text = unquoted(b"".join(entry.fields["msgstr"]))
    for line in text.removesuffix("\n").split("\n") if text else []:
        name, colon, value = line.partition(":")
        name, value = name.strip(), value.strip()
        if colon and name and "\r" not in name + value and name not in catalogue.header:
            catalogue.header[name] = value
        else:
            rest.append(line)
    lines = tuple(line for line in entry.comments if line[1:2] in _MARKS)
    catalogue.foreign = Foreign(tuple(rest), lines, tuple(plurals), end)


_MARKS = (".", ":", ",", "=")
"""The characters after `#` that mark comments which are not the translator's."""
