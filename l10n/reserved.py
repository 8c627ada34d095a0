"""Names of files that a system reserves, cannot keep, or takes for one another's.

Law 1, nothing is lost: where `Mail.md` is the same file as `mail.md`, one never overwrites the other. Law 5,
input is hostile: on Windows `aux.md` is a device, and `a.md.` another file. Source: Microsoft, "Naming Files,
Paths, and Namespaces".
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata

IS_WINDOWS = os.name == "nt"
IS_CASELESS = IS_WINDOWS or sys.platform == "darwin"
"""True where names that differ in case alone are usually one file; on macOS also if they differ in the
normalization of their Unicode."""
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]) *(?:\..*)?"
    r'|.*[. ]|.*[<>:"|?*\\\0-\x1f].*',
    re.IGNORECASE | re.DOTALL,
)


def reserved_part(reference: str) -> str | None:
    """Return the first part of a path that Windows cannot have as a name of a file or folder, or None."""
    parts = (part for part in reference.split("/") if part not in ("", ".", ".."))
    return next((part for part in parts if _RESERVED.fullmatch(part)), None)


def one_name(reference: str) -> str:
    """Return a key that is the same for all paths that may be one file on this system."""
    return unicodedata.normalize("NFC", reference).casefold() if IS_CASELESS else reference
