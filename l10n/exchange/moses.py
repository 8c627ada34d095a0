"""The form of Moses: two files, one for each language, whose lines of the same number are a pair; gzipped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from gzip import GzipFile
from io import BytesIO

from l10n.exchange.records import Languages, PoSource, Selection

_BREAKS = re.compile("[\t\n\r\x85\u2028\u2029]+")
"""Characters that some reader ends a line at."""


def write_moses(sources: Iterable[PoSource], languages: Languages, selection: Selection) -> dict[str, bytes]:
    """Return both files, by their suffixes; a line break in a text becomes a space."""
    files = (BytesIO(), BytesIO())
    # Without a name and a time, the same lines are the same bytes.
    with (
        GzipFile("", "wb", 6, files[0], mtime=0) as one,
        GzipFile("", "wb", 6, files[1], mtime=0) as two,
    ):
        for source in sources:
            for record in selection.records(source):
                one.write(_line(record.message.source))
                two.write(_line(record.message.translation))
    suffixes = (f".{code}.gz" for code in languages.codes)
    return {suffix: file.getvalue() for suffix, file in zip(suffixes, files, strict=True)}


def _line(text: str) -> bytes:
    return f"{_BREAKS.sub(' ', text)}\n".encode()
