"""PO files: bytes to catalogue and back, byte for byte as gettext's tools leave them.

`reading` and `writing` are each other's reverse, `entries` is the grammar, `references` are the
`#:` lines, `files` tells which PO files the user named.
"""

from l10n.po.reading import message_lines, read, read_header
from l10n.po.references import can_refer_to
from l10n.po.writing import proved, write

__all__ = ["can_refer_to", "message_lines", "proved", "read", "read_header", "write"]
