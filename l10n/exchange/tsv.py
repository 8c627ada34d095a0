r"""TSV: a header line, then a line for each message, in UTF-8 with LF.

A tab is `\t`, a line break `\n` or `\r`, a backslash `\\`. A cell that a spreadsheet would take for a formula
or for the beginning of a quoted text gets `'` in front, and so does one that begins with `'`.
"""

from __future__ import annotations

from l10n.exchange.records import FIELDS, Languages, Record, TextFormat

_ESCAPES = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}
_ESCAPE = str.maketrans(_ESCAPES | {mark: f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"})
"""Many readers end a line at the last three, too."""
_GUARDED = tuple("=+-@\uff1d\uff0b\uff0d\uff20'\"")
"""Beginnings of a formula, of full width as well (Excel in Japanese), and quotes."""
_HEADER = "\t".join(("source", "target", *FIELDS)) + "\n"


def _line(record: Record, languages: Languages) -> str:
    texts = (record.message.source, record.message.translation)
    return "\t".join(map(_cell, (*texts, *record.fields().values()))) + "\n"


def _cell(value: str | int) -> str:
    text = str(value).translate(_ESCAPE)
    return f"'{text}" if text.startswith(_GUARDED) else text


def _header(languages: Languages) -> str:
    return _HEADER


TSV = TextFormat(".tsv", _header, _line)
"""A TSV file."""
