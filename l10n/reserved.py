"""Names of files that Windows reserves or cannot keep.

Law 5, input is hostile: `aux.md` is a device there, and `a.md.` another file. Source: Microsoft, "Naming
Files, Paths, and Namespaces".
"""

from __future__ import annotations

import os
import re

IS_WINDOWS = os.name == "nt"
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]) *(?:\..*)?"
    r'|.*[. ]|.*[<>:"|?*\\\0-\x1f].*',
    re.IGNORECASE | re.DOTALL,
)


def reserved_part(reference: str) -> str | None:
    """Return the first part of a path that Windows cannot have as a name of a file or folder, or None."""
    parts = (part for part in reference.split("/") if part not in ("", ".", ".."))
    return next((part for part in parts if _RESERVED.fullmatch(part)), None)
