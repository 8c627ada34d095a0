"""JSON Lines: one object for each message, in UTF-8 with LF."""

from __future__ import annotations

import json
from collections.abc import Iterable
from io import BytesIO

from l10n.exchange.records import Languages, PoSource, Selection

_ESCAPE = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"})
"""Many readers end a line at these, too."""


def write_jsonl(sources: Iterable[PoSource], languages: Languages, selection: Selection) -> dict[str, bytes]:
    """Return a file of JSON Lines, by its suffix."""
    file = BytesIO()
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for source in sources:
        for record in selection.records(source):
            texts = {"source": record.message.source, "target": record.message.translation}
            file.write(f"{encode(texts | record.fields())}\n".translate(_ESCAPE).encode())
    return {".jsonl": file.getvalue()}
