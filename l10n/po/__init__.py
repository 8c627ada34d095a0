"""PO files: bytes to catalogue and back, byte for byte as gettext's tools leave them.

`po` reads and writes, `entries` is the grammar, `files` tells which PO files the user named.
"""

from l10n.po.po import can_refer_to, message_lines, read, write

__all__ = ["can_refer_to", "message_lines", "read", "write"]
