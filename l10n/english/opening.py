"""The English files that the user named: what reads them is loaded only if there are any."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from l10n.english.english import English


def english_at(path: Path | None, *, takes_unproved: bool) -> English | None:
    """Return the English files that the user named, if any; raises ValueError as `English` does."""
    if path is None:
        return None
    from l10n.english.english import English

    return English(path, takes_unproved=takes_unproved)
