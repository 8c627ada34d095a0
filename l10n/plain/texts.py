"""Read one of the two texts: its blocks, and the sentences in them as items to pair."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from l10n.article.publisher import slugs
from l10n.plain.anchors import tokens, weight
from l10n.plain.block_pairing import BlockItem
from l10n.plain.blocks import Block, Part
from l10n.plain.masking import Masked, mask
from l10n.plain.pairing import Item
from l10n.plain.sentences import Cut, FinePiece, english_sentences, fine_pieces, finest_pieces, has_text

_ANCHOR = re.compile(r"""[ \t]*+<a[ ]name="([^"<>\s]*+)"></a>""")
_VALUE = re.compile(r'"[^"]*"')
_ADDRESS = re.compile(r"\]\(([^()]*)\)|\]:[ \t]*+(\S+)")


class PartText:
    """A part, masked, with what a translator keeps of it."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.masked: Masked = mask(part.text)
        self._tokens = tokens(part.text, self.masked)

    def sentences(self, pieces: Sequence[FinePiece]) -> Iterator[Sentence]:
        """Yield the sentences of these ranges, which ascend."""
        found = self._tokens
        index = bisect_left(found, (pieces[0].start, "")) if pieces else 0
        for one in pieces:
            own = set()
            while index < len(found) and found[index][0] < one.end:
                if found[index][0] >= one.start:
                    own.add(found[index][1])
                index += 1
            item = Item(weight(self.masked.text[one.start : one.end]), frozenset(own), one.cut)
            yield Sentence(self, one.start, one.end, item)


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence, or a fine piece of a target: a range of a part."""

    text: PartText
    start: int
    end: int
    item: Item

    @property
    def part(self) -> Part:
        """Return the part that it belongs to."""
        return self.text.part

    @property
    def masked(self) -> Masked:
        """Return the masked text of the part."""
        return self.text.masked

    @property
    def has_text(self) -> bool:
        """Return True if the publisher annotates it."""
        return has_text(self.masked.text, self.start, self.end)


def annotated(
    english: Sequence[Sentence], local: Sequence[Sentence]
) -> tuple[list[Sentence], list[Sentence]]:
    """Return the sentences of a part that the publisher annotates: not those that are only code.

    A target may have moved code, so its pieces are left out only where the English text has such a sentence.
    F1 of nuget-ja: 0.9960 with all pieces, 0.9947 without any, 0.9962 so.
    """
    ours = [one for one in english if one.has_text]
    if len(ours) == len(english):
        return ours, list(local)
    before = [Cut.BREAK, *(one.item.cut for one in local)]
    return ours, [
        one
        for one, cut in zip(local, before, strict=False)
        if one.has_text or min(cut, one.item.cut) < Cut.LOWER
    ]


def finest(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return pieces split at all white space."""
    found: list[Sentence] = []
    for one in sentences:
        pieces = finest_pieces(one.masked, FinePiece(one.start, one.end, one.item.cut))
        found += one.text.sentences(pieces)
    return found


class BlockText:
    """A block with its sentences."""

    def __init__(self, block: Block, *, is_english: bool) -> None:
        self.block = block
        self._is_english = is_english

    @cached_property
    def parts(self) -> list[list[Sentence]]:
        """Return the sentences of each part."""
        if not self.block.is_annotated:
            return [[] for _ in self.block.parts]
        return [list(self._sentences(part)) for part in self.block.parts]

    def _sentences(self, part: Part) -> Iterator[Sentence]:
        text = PartText(part)
        split = english_sentences(text.masked, part.text) if self._is_english else fine_pieces(text.masked)
        return text.sentences(split)

    def with_number(self, text: str) -> BlockText:
        """Return the block with the number that begins it in `text` as its text: `1. August` is no item.

        12 units of alch-nb.
        """
        block = self.block
        first = block.parts[0]
        number = text[block.mark : first.joints[0][1]]
        joints = [(0, block.mark)] + [(at + len(number), raw) for at, raw in first.joints[1:]]
        lines = [number + first.lines[0], *first.lines[1:]]
        whole = Block(block.shape, [Part(lines, joints), *block.parts[1:]])
        return BlockText(whole, is_english=self._is_english)

    def item(self, anchors: frozenset[str]) -> BlockItem:
        """Return what is compared of the block; `anchors` are the names of the localized headings."""
        items = [sentence.item for part in self.parts for sentence in part]
        own = frozenset[str]().union(*(item.tokens for item in items))
        return BlockItem(self.block.shape, self._key(anchors), sum(item.weight for item in items), own)

    @property
    def is_heading(self) -> bool:
        """Return True if the block is a heading of Markdown."""
        return self.block.shape[0] == "h" and self.block.shape[1].isdigit() and bool(self.block.parts)

    @property
    def anchor(self) -> str:
        """Return the name of the publisher's anchor in a heading, or an empty string."""
        match = _ANCHOR.match(self.block.parts[0].text) if self.is_heading else None
        return match[1] if match else ""

    def _key(self, anchors: frozenset[str]) -> str:
        if self.is_heading:
            return self.anchor or min(slugs(self.block.parts[0].text) & anchors, default="")
        code = "\n".join(self.block.code)
        addresses = " ".join(one or other for one, other in _ADDRESS.findall(code))
        return addresses or " ".join(_VALUE.sub("", code).split())


def anchors_in(blocks: Sequence[BlockText]) -> frozenset[str]:
    """Return the names of the anchors of all headings."""
    return frozenset(text.anchor for text in blocks) - {""}
