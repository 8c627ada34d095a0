"""The catalogue: messages, which unit each belongs to, and what an update or a merge makes of them.

`catalogue` is the message itself; `update` goes from one delivery to the next with `matching`,
`history` and `carrying`; `threeway` joins two versions; nothing here reads or writes files.
"""

from l10n.catalogue.message import (
    CONTEXT_LIMIT,
    UNDER_LIMIT,
    Catalogue,
    Foreign,
    Message,
    Note,
    Place,
    PluralEntry,
    Segment,
    breaks_agree,
    fingerprint,
    is_own_remark,
    is_storable,
    keep_apart,
    lasting_sense,
    reading_order,
    sense,
    visible,
)

__all__ = [
    "CONTEXT_LIMIT",
    "UNDER_LIMIT",
    "Catalogue",
    "Foreign",
    "Message",
    "Note",
    "Place",
    "PluralEntry",
    "Segment",
    "breaks_agree",
    "fingerprint",
    "is_own_remark",
    "is_storable",
    "keep_apart",
    "lasting_sense",
    "reading_order",
    "sense",
    "visible",
]
