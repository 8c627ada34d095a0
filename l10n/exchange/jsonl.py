"""JSON Lines: one object for each message, in UTF-8 with LF."""

from __future__ import annotations

import json

from l10n.exchange.records import Languages, Record, TextFormat

_ESCAPE = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"})
"""Many readers end a line at these, too."""
_encode = json.JSONEncoder(ensure_ascii=False).encode


def _line(record: Record, languages: Languages) -> str:
    texts = {"source": record.message.source, "target": record.message.translation}
    return f"{_encode(texts | record.fields())}\n".translate(_ESCAPE)


def _nothing(languages: Languages) -> str:
    return ""


JSONL = TextFormat(".jsonl", _nothing, _line)
"""A file of JSON Lines."""
