r"""A PO file in pieces of whole entries, so that several processes can read it.

An entry ends at a blank line after its fields. Where a piece ends, the line before is one of a field: its
last character is a quote, and it is no comment.

This is for a look at the file, not for an update of it: names that occur in several pieces are not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from l10n.catalogue import Catalogue
from l10n.po.entries import normalized
from l10n.po.reading import message_lines, read, read_normalized

PIECE = 1 << 19
"""Size in bytes at which a piece is full: about a fiftieth of a second's work."""
_END = re.compile(rb'\n(?![ \t]*#(?!~[^|]))[^\n]*"\n\n(?=\S)')
_HEADER = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
_HEADER_LINES = _HEADER.count(b"\n")


class PoPiece(NamedTuple):
    """Whole entries of a PO file; the pieces share its text, so that it is in memory once."""

    text: bytes
    """The whole file, `normalized`."""
    start: int
    end: int
    line: int
    """The 1-based line at which they begin in the file."""

    @property
    def data(self) -> bytes:
        """The entries."""
        return self.text[self.start : self.end]

    def catalogue(self, path: str) -> Catalogue:
        """Return the catalogue of these entries; raises L10nError (`bad-po`), with another line."""
        return read_normalized(self._whole(), path)

    def lines(self, path: str) -> list[int]:
        """Return the 1-based line in the file of each message of the piece."""
        before = self.line - 1 - (_HEADER_LINES if self.start else 0)
        return [before + line for line in message_lines(self._whole(), path)]

    def _whole(self) -> bytes:
        return _HEADER + self.data if self.start else self.data


def pieces(data: bytes, path: str, size: int = PIECE) -> Iterator[PoPiece]:
    """Yield the pieces of a PO file, each of about `size` bytes; raises L10nError (`bad-po`) as `read` does.

    The first piece has the file's header.
    """
    text = normalized(data, path)
    start, line = 0, 1
    while start < len(text):
        found = _END.search(text, start + size)
        end = found.end() if found else len(text)
        yield PoPiece(text, start, end, line)
        line += text.count(b"\n", start, end)
        start = end


def read_entries(data: bytes, path: str) -> Catalogue:
    """Return the catalogue of entries without a header, in UTF-8; raises L10nError (`bad-po`)."""
    return read(_HEADER + data, path)
