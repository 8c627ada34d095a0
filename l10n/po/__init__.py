"""PO files: bytes to catalogue and back, byte for byte as gettext's tools leave them.

`po_file` opens and saves a file, `reading` and `writing` are each other's reverse, `entries` is the grammar,
`pieces` are parts of a file, `references` are the `#:` lines.
"""

from l10n.po.pieces import PoPiece, pieces
from l10n.po.po_file import PoFile, save
from l10n.po.reading import message_lines, read, read_header
from l10n.po.references import can_refer_to
from l10n.po.writing import proved, write

__all__ = [
    "PoFile",
    "PoPiece",
    "can_refer_to",
    "message_lines",
    "pieces",
    "proved",
    "read",
    "read_header",
    "save",
    "write",
]
