"""A PO file read again after a save: only entries that changed are parsed.

It is for a look at the file, not for an update of it: names that occur twice are not found here.
"""

from __future__ import annotations

from collections.abc import Sequence

from l10n.catalogue import Message
from l10n.po.entries import normalized
from l10n.po.pieces import read_entries
from l10n.problems import L10nError

_BETWEEN = b"\n\n"
MOST = 1_000
"""Changed entries up to which this is faster than to read the whole file."""


class Rereader:
    """The entries of a PO file, each with its message."""

    def __init__(self, data: bytes, messages: Sequence[Message], path: str) -> None:
        """`messages` are all those of the file that holds `data`; `path` names it."""
        self._path = path
        entries = _entries(data, path)
        # Otherwise something else is between the messages, and all of it has to be read.
        is_ordinary = len(entries) == len(messages)
        self._known = dict(zip(entries, messages, strict=True)) if is_ordinary else {}

    def read(self, data: bytes) -> list[Message] | None:
        """Return the messages of the file after a save, in order; None if all of it has to be read."""
        if not self._known:
            return None
        try:
            entries = _entries(data, self._path)
            changed = [entry for entry in entries if entry not in self._known]
            if len(changed) > MOST:
                return None
            for entry in changed:
                [self._known[entry]] = read_entries(entry + b"\n", self._path).messages
        except (L10nError, ValueError):
            return None
        return [self._known[entry] for entry in entries]


def _entries(data: bytes, path: str) -> list[bytes]:
    """Return the entries without the header. Raises L10nError (`bad-po`)."""
    found = (entry.strip(b"\n") for entry in normalized(data, path).split(_BETWEEN))
    return [entry for entry in found if entry][1:]
