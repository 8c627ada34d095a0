"""The parts of an entry that are written in one way only: quoted texts, notes, flags, comments."""

from __future__ import annotations

import re

from l10n.catalogue import Message, Note, is_own_remark

TEXT = r'[^"\\\n]*+(?:\\[abfnrtv"\\][^"\\\n]*+)*'
"""An expression for what may be between two quotes."""
_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", '"': '"', "\\": "\\"}
_ESCAPED = re.compile(r'\\([abfnrtv"\\])')
_ESCAPE = str.maketrans({meaning: f"\\{letter}" for letter, meaning in _ESCAPES.items()})
_BETWEEN_LINES = re.compile(rb'"\n(?:#~?\|? )?"')


def unquoted(raw: bytes) -> str:
    """Return the text of a field: `raw` is what its first and last quote enclose, on one or several lines."""
    if b"\n" in raw:
        raw = _BETWEEN_LINES.sub(b"", raw)
    text = raw.decode()
    return _ESCAPED.sub(lambda match: _ESCAPES[match[1]], text) if "\\" in text else text


def quoted(text: str) -> str:
    """Return a text in quotes, as one line of a PO file."""
    return f'"{text.translate(_ESCAPE)}"'


def split_flags(text: str) -> list[str]:
    """Return the flags of a `#,` line; `text` is what follows the `#,`."""
    return [flag for flag in (" ".join(part.split()) for part in text.split(",")) if flag]


def set_notes(message: Message, lines: list[str]) -> None:
    """Set the note, the remarks and the hints of a message from the texts of its `#.` lines."""
    notes = [Note.parse(line) for line in lines]
    others = [line for line, note in zip(lines, notes, strict=True) if note is None]
    message.note = next(filter(None, notes), None)
    message.remarks = tuple(line for line in others if is_own_remark(line))
    message.hints = tuple(line for line in others if not is_own_remark(line))
