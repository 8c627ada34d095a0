"""The lines of an article that begin and end its parts: zones, monikers, rows, columns and tabs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from markdown_it.token import Token

from l10n.pages.marks import unmarked

_FENCE = re.compile(r"(zone|moniker|row|column)(-end)?(?![\w-])")
_TAB = re.compile(r"#tab/", re.IGNORECASE)


class Fence(NamedTuple):
    """The beginning or the end of a section of the article."""

    kind: str
    """`zone`, `moniker`, `row`, `column` or `tab`; `line` for a rule, which ends tabs."""
    is_end: bool = False
    label: str = ""
    """What the reader is told of a section that begins."""


def fence_of(block: Sequence[Token]) -> Fence | None:
    """Return the fence that a block of an article is, if it is one. The heading of a tab is one, too."""
    first = block[0]
    if first.type == "note" and (found := _FENCE.match(first.content)):
        return Fence(found[1], bool(found[2]), " ".join(unmarked(first.content).split()))
    if first.type == "hr":
        return Fence("line", is_end=True)
    if first.type == "heading_open":
        addresses = [str(token.attrs.get("href", "")) for token in block[1].children or ()]
        tab = next((address for address in addresses if _TAB.match(address)), None)
        return Fence("tab", label=f"tab {unmarked(tab[5:])}") if tab else None
    return None
