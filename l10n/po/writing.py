"""A catalogue → the bytes of its PO file, in the shape that gettext's tools and Poedit leave as it is.

Law 2: a PO that cannot be read again is lost to the reviewer. So nothing is written as it comes:
every text is quoted, every name, flag, note and comment is made to fit its line, and what was
written is read back before it replaces anything (`proved`).
"""

from __future__ import annotations

import re
from io import BytesIO

from l10n.catalogue import Catalogue, Message, PluralEntry
from l10n.po import ordinary
from l10n.po.entries import entries, normalized
from l10n.po.references import write_references
from l10n.po.texts import quoted
from l10n.problems import L10nError

_AT_ONCE = 1000
"""Messages that are encoded together."""
_CHARSET = re.compile(r"(?i)charset=(?:us-)?ascii")


def write(catalogue: Catalogue) -> bytes:
    """The PO file of `catalogue`; `msgcat --force-po --no-wrap` leaves it byte for byte as it is.

    But for its line ends: Poedit keeps them too if they are CR LF, `msgcat` does not. Raises ValueError
    for a text with a NUL or a lone surrogate.
    """
    file = BytesIO()

    def put(text: str) -> None:
        file.write((text.replace("\n", "\r\n") if catalogue.crlf else text).encode("utf-8"))

    put(_header(catalogue))
    active = [message for message in catalogue.messages if not message.obsolete]
    obsolete = [message for message in catalogue.messages if message.obsolete]
    plurals = catalogue.foreign.plurals
    for messages, are_obsolete in ((active, False), (obsolete, True)):
        for start in range(0, len(messages), _AT_ONCE):
            put(
                "".join(
                    [
                        "\n" + (ordinary.write(message) or _entry(message))
                        for message in messages[start : start + _AT_ONCE]
                    ]
                )
            )
        put("".join(f"\n{one.lines}\n" for one in plurals if one.is_obsolete is are_obsolete))
    if catalogue.foreign.end:
        put(f"\n{catalogue.foreign.end}\n")
    data = file.getvalue()
    if b"\0" in data:
        raise ValueError("no PO file can hold a NUL")
    return data


def proved(catalogue: Catalogue, old: bytes | None, path: str) -> bytes:
    """`write`, read back: what could not be read again is never written. `old` is what the file holds.

    Raises RuntimeError, for that is a fault of this program.
    """
    data = write(catalogue)
    if data != old:
        try:
            found = sum(1 for _ in entries(normalized(data, path), path)) - 2  # the header and the end
        except L10nError as error:
            raise RuntimeError(f"the new PO file could not be read again ({error})") from error
        everything: list[Message | PluralEntry] = [*catalogue.messages, *catalogue.foreign.plurals]
        names = {(one.context, one.source) for one in everything} | {(None, "")}
        if found != len(everything) or len(names) != found + 1:
            raise RuntimeError("the new PO file would not hold each message once")
    return data


def _header(catalogue: Catalogue) -> str:
    fields = [f"{_one_line(name)}: {_one_line(value)}" for name, value in catalogue.header.items()]
    own = next((line for line in fields if line.lower().startswith("content-type:")), None)
    if own is not None:
        place = fields.index(own)
        fields[place] = own = _CHARSET.sub("charset=UTF-8", own)
        # gettext believes the first one that it meets, whatever field it is in.
        if any("charset=" in line for line in fields[:place]):
            fields.insert(0, fields.pop(place))
    lines = [*fields, *catalogue.foreign.header_fields]
    comment = _comment_lines(catalogue.header_comment)
    others = [_one_line(line) for line in catalogue.foreign.header_lines]
    text = "".join(quoted(f"{line}\n") + "\n" for line in lines)
    return "\n".join([*comment, *others, 'msgid ""', 'msgstr ""', text])


def _entry(message: Message) -> str:
    """The lines of a message."""
    mark = "#~ " if message.obsolete else ""
    before = "#~| " if message.obsolete else "#| "
    # gettext drops the flag of a message that has no translation.
    flags = [*(["fuzzy"] if message.fuzzy and message.translation else []), *message.flags]
    lines = [
        *(_comment_lines(message.comment) if message.comment else []),
        *(_one_line(line) for line in message.others),
    ]
    parts = [
        "".join(f"{line}\n" for line in lines),
        _notes(message),
        f"#: {write_references(message.places)}\n" if message.places else "",
        f"#, {_one_line(', '.join(flags))}\n" if flags else "",
        _field(before, "msgctxt", message.previous_context),
        _field(before, "msgid", message.previous_source),
        _field(before, "msgid_plural", message.previous_plural),
        _field(mark, "msgctxt", message.context),
        _field(mark, "msgid", message.source),
        _field(mark, "msgstr", message.translation),
    ]
    return "".join(parts)


def _field(mark: str, name: str, text: str | None) -> str:
    """The lines of a field: one, or one for each line of its text."""
    if text is None:
        return ""
    *lines, last = text.split("\n")
    parts = [f"{line}\n" for line in lines] + ([last] if last or not lines else [])
    if len(parts) > 1:
        parts.insert(0, "")
    return f"{mark}{name} " + f"\n{mark}".join(map(quoted, parts)) + "\n"


def _notes(message: Message) -> str:
    """The `#.` lines: this tool's own, then those of others."""
    note = [message.note.line(len(message.places))] if message.note else []
    lines = [_one_line(line) for line in (*note, *message.remarks, *message.hints)]
    return "".join(f"#. {line}\n" if line else "#.\n" for line in lines)


def _comment_lines(comment: str) -> list[str]:
    text = comment.replace("\r\n", "\n").replace("\r", "\n")
    return [f"# {line}" if line else "#" for line in text.split("\n")]


def _one_line(text: str) -> str:
    if "\n" in text or "\r" in text:
        return text.replace("\r", " ").replace("\n", " ")
    return text
