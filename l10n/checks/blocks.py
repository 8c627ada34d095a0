r"""Check for targets that begin a block which the source does not: `21. juli` is a list, `# 5` a heading.

A pair does not say whether it is at the beginning of its block; only the article does. In five corpora 35
of the 37 pairs found were, and in the other two the backslash that corrects them does no harm.
"""

from __future__ import annotations

from collections.abc import Iterator

from l10n.article.kinds import Kind
from l10n.article.openings import Opening, opening, opening_name, without_opening
from l10n.checks.pair import Check, Finding, Pair, Severity

_KINDS = frozenset((Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.BLOCKQUOTE, Kind.ALERT))


def begins_block(pair: Pair) -> bool:
    """Return True if the target begins a block that the source does not, in a place where blocks begin."""
    return bool(pair.kind in _KINDS and _opening(pair.target) and not _opening(pair.source))


def _block_start(pair: Pair) -> Iterator[Finding]:
    if begins_block(pair):
        line = pair.target.partition("\n")[0]
        corrected = without_opening(line)[:20]
        what = opening_name(_opening(line))
        yield Finding(f"the text begins {what}; write {corrected}", 0, len(line) - len(line.lstrip()) + 1)


def _opening(text: str) -> Opening:
    return () if text[:1].isalpha() else opening(text.partition("\n")[0])


BLOCK_CHECKS = (
    Check(
        "block-start", Severity.ERROR, "The text becomes a list, a heading or another block.", _block_start
    ),
)
