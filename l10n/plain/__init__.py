"""Align a plain localized article with its English file, sentence by sentence.

`alignment` is the front. `blocks` reads a text into blocks with the ranges that are translated, `masking`
hides what is no prose, `sentences` splits the ranges, `anchors` finds what both languages share, and
`pairing` pairs blocks and then the sentences in them.
"""

from l10n.plain.alignment import Pair, Piece, PlainAlignment, align

__all__ = ["Pair", "Piece", "PlainAlignment", "align"]
