"""A PO file on the disk: all commands open and save theirs here.

Law 2, a reviewer's work is sacred: a file is written only over what was read of it. If somebody saves it
in the meantime, it is read and changed anew. Law 5: it is read within bounds, inside of the folder that the
user named.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from l10n.catalogue import Catalogue, header
from l10n.files import Root
from l10n.limits import PO_BYTES
from l10n.po.reading import message_lines, read
from l10n.po.writing import proved
from l10n.problems import L10nError


@dataclass(frozen=True, slots=True)
class PoFile:
    """A PO file as it was read."""

    label: str
    """Its name as the user reads it."""
    folder: Path
    data: bytes
    catalogue: Catalogue

    @classmethod
    def open(cls, root: Root, reference: str) -> PoFile:
        """Read a PO file; raises L10nError (`outside-folder`, `cannot-read`, `too-large`, `bad-po`)."""
        return cls.parse(root.read(reference, PO_BYTES), root, reference)

    @classmethod
    def parse(cls, data: bytes, root: Root, reference: str) -> PoFile:
        """Read a PO file that holds `data`; raises L10nError (`bad-po`)."""
        label = root.label(reference)
        return cls(label, root.locate(reference).parent, data, read(data, label))

    @property
    def locale(self) -> str:
        """gettext's name of its locale; raises L10nError if the header has none that is known."""
        return header.locale_of(self.catalogue.header, self.label)

    @property
    def scope(self) -> list[str]:
        """The folders and articles that it is for; raises L10nError (`bad-po`) if they cannot be read."""
        return header.scope_of(self.catalogue.header, self.label)

    @property
    def has_root(self) -> bool:
        """False if the header does not say where the articles are."""
        return header.BASEPATH in self.catalogue.header

    @property
    def root(self) -> Root:
        """The folder from which its references start; raises L10nError (`bad-po`, `outside-folder`)."""
        return header.root_of(self.catalogue.header, self.folder, self.label)

    def message_lines(self) -> list[int]:
        """Return the 1-based line of each message, in order."""
        return message_lines(self.data, self.label)


_UNREAD = b"unread"


def _read(root: Root, reference: str) -> bytes | None:
    """Return the content of a PO file, None if it does not exist, and _UNREAD if it cannot be read."""
    try:
        return None if root.is_gone(reference) else root.read(reference, PO_BYTES)
    except L10nError:
        return _UNREAD  # whoever writes the file reports it


class Saved(NamedTuple):
    """What `save` left in a PO file."""

    is_written: bool
    """True if the file was written; it is not if it would not change."""
    data: bytes | None
    """The content; None if `change` left the file as it is."""


def save(root: Root, reference: str, change: Callable[[PoFile | None], Catalogue | None]) -> Saved:
    """Write what `change` makes of a PO file.

    `change` gets None if the file does not exist, and returns None to leave the file as it is. It is called
    again if somebody saves the file meanwhile. What cannot be read again is never written. Raises L10nError.
    """

    def made_of(data: bytes | None) -> bytes | None:
        old = None if data is None else PoFile.parse(data, root, reference)
        catalogue = change(old)
        return None if catalogue is None else proved(catalogue, data, root.label(reference))

    # Made before other processes are kept from the folder, since it takes long.
    before = _read(root, reference)
    made = None if before is _UNREAD else made_of(before)

    def make(data: bytes | None) -> bytes | None:
        nonlocal before, made
        if data != before or before is _UNREAD:
            before, made = data, made_of(data)
        return made

    is_written = root.rewrite(reference, make)
    return Saved(is_written, made)
