"""Read one of the two texts: its blocks, and the sentences in them as items to pair."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from l10n.article.publisher import slugs
from l10n.plain.anchors import tokens, weight
from l10n.plain.block_pairing import BlockItem
from l10n.plain.blocks import Block, Part
from l10n.plain.masking import Masked, mask
from l10n.plain.pairing import Item
from l10n.plain.sentences import Cut, Range, english_sentences, fine_pieces, finest_pieces, has_text

_ANCHOR = re.compile(r"""[ \t]*+<a[ ]name="([^"<>\s]*+)"></a>""")
_VALUE = re.compile(r'"[^"]*"')
_ADDRESS = re.compile(r"\]\(([^()]*)\)|\]:[ \t]*+(\S+)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a fine piece of a target: a range of a part."""

    part: Part
    masked: Masked
    start: int
    end: int
    item: Item

    @property
    def has_text(self) -> bool:
        """Return True if the publisher annotates it."""
        return has_text(self.masked, Range(self.start, self.end))


class BlockText:
    """A block with its sentences."""

    def __init__(self, block: Block, *, is_english: bool, only_names: bool) -> None:
        self.block = block
        self._is_english = is_english
        self._only_names = only_names

    @cached_property
    def parts(self) -> list[list[Sentence]]:
        """Return the sentences of each part."""
        if not self.block.is_annotated:
            return [[] for _ in self.block.parts]
        return [list(self._sentences(part)) for part in self.block.parts]

    def with_number(self, text: str) -> BlockText:
        """Return the block with the number that begins it in `text` as its text: `1. August` is no item."""
        block = self.block
        first = block.parts[0]
        number = text[block.mark : first.joints[0][1]]
        joints = [(0, block.mark)] + [(at + len(number), raw) for at, raw in first.joints[1:]]
        parts = [Part(number + first.text, joints), *block.parts[1:]]
        whole = Block(block.shape, block.mark, parts)
        return BlockText(whole, is_english=self._is_english, only_names=self._only_names)

    def _sentences(self, part: Part) -> Iterator[Sentence]:
        masked = mask(part.text)
        if self._is_english:
            ranges = english_sentences(masked, part.text)
            pieces = [(one, Cut.SENTENCE) for one in ranges[:-1]] + [(one, Cut.BREAK) for one in ranges[-1:]]
        else:
            pieces = [(Range(one.start, one.end), one.cut) for one in fine_pieces(masked)]
        yield from self._items(part, masked, pieces)

    def _items(
        self, part: Part, masked: Masked, pieces: Sequence[tuple[Range, Cut]]
    ) -> Iterator[Sentence]:
        found = tokens(part.text, masked, only_names=self._only_names)
        index = 0
        for one, cut in pieces:
            own = set()
            while index < len(found) and found[index][0] < one.end:
                if found[index][0] >= one.start:
                    own.add(found[index][1])
                index += 1
            item = Item(weight(masked.text[one.start : one.end]), frozenset(own), cut)
            yield Sentence(part, masked, one.start, one.end, item)

    def finest(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """Return fine pieces split at all white space."""
        found: list[Sentence] = []
        for one in sentences:
            pieces = finest_pieces(one.masked, one.start, one.end, one.item.cut)
            found += self._items(one.part, one.masked, [(Range(p.start, p.end), p.cut) for p in pieces])
        return found

    def item(self, anchors: frozenset[str]) -> BlockItem:
        """Return what is compared of the block; `anchors` are the names of the localized headings."""
        items = [sentence.item for part in self.parts for sentence in part]
        key = self._key(anchors)
        return BlockItem(
            self.block.shape,
            key,
            sum(item.weight for item in items),
            frozenset().union(*(item.tokens for item in items)),
        )

    @property
    def anchor(self) -> str:
        """Return the name of the publisher's anchor in a heading, or an empty string."""
        match = _ANCHOR.match(self.block.parts[0].text) if self.block.parts else None
        return match[1] if match else ""

    def _key(self, anchors: frozenset[str]) -> str:
        if self.block.shape[0] == "h" and self.block.shape[1].isdigit() and self.block.parts:
            if self.anchor:
                return self.anchor
            return next(iter(sorted(slugs(self.block.parts[0].text) & anchors)), "")
        content = self.block.content
        if not content:
            return ""
        addresses = " ".join(one or other for one, other in _ADDRESS.findall(content))
        return addresses or " ".join(_VALUE.sub("", content).split())


def anchors_in(blocks: Sequence[BlockText]) -> frozenset[str]:
    """Return the names of the anchors of all headings."""
    return frozenset(text.anchor for text in blocks if text.block.shape[0] == "h") - {""}
