"""Align a plain localized article with its English file, sentence by sentence.

`alignment` is the front. `blocks` reads a text into blocks with the parts that are translated, `masking`
hides what is no prose, `sentences` splits the parts, `anchors` finds what both languages share. Then
`block_pairing` pairs the blocks, `pairing` the sentences in them, and `confidence` says how sure that is.
"""

from l10n.plain.alignment import align
from l10n.plain.pairs import Piece, PlainAlignment, PlainPair

__all__ = ["Piece", "PlainAlignment", "PlainPair", "align"]
