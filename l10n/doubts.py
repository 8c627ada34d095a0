"""What is uncertain about a unit: known to articles, which have the units, and to messages, which say so."""

from __future__ import annotations

from enum import StrEnum


class Doubt(StrEnum):
    """What is uncertain about the source of a unit, in words for the reviewer."""

    UNCERTAIN = "alignment uncertain: source and translation may not belong together; compare with the page"
    UNPROVED = "English not proved: the English file was found by its path, without a hash"
