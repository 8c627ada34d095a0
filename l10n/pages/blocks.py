"""Markdown → the blocks of one side of a page, and the rows that pair them with those of the other side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from l10n.article.frontmatter import body_start
from l10n.pages.fences import Fence, fence_of
from l10n.pages.linked_files import IncludedTexts
from l10n.pages.marks import MARK, Marker, units_in
from l10n.pages.publisher_markdown import INCLUDED
from l10n.pages.sanitizing import Sanitizer


class PageBlock(NamedTuple):
    """A block of one side: a paragraph, a heading, a list item …"""

    html: str
    units: tuple[int, ...]
    """The numbers of the units that begin in it."""
    fence: Fence | None = None
    """What it begins or ends."""


class Row(NamedTuple):
    """Blocks that stand beside each other."""

    source: list[PageBlock]
    target: list[PageBlock]

    @property
    def fence(self) -> Fence | None:
        """What the row begins or ends, if both sides do."""
        fences = [side[0].fence if len(side) == 1 else None for side in self]
        return fences[0] if fences[0] == fences[1] else None


class BlockMaker:
    """Makes the blocks of texts in which the units are marked."""

    def __init__(self, parser: MarkdownIt, sanitizer: Sanitizer) -> None:
        self._parser = parser
        self._sanitizer = sanitizer

    def blocks(
        self, text: str, marker: Marker, *, is_yaml: bool, included: IncludedTexts | None = None
    ) -> list[PageBlock]:
        """Return the blocks of an article. Each one is well-formed by itself.

        Without `included`, the files that it includes are not shown.
        """
        body = len(text) if is_yaml else body_start(text)
        found = [self._block(html, marker) for html in _yaml_lines(text[:body], is_yaml=is_yaml)]
        found += [self._block(html, marker, fence) for html, fence in self._markdown(text[body:], included)]
        return [block for block in found if block.html.strip()]

    def _block(self, html: str, marker: Marker, fence: Fence | None = None) -> PageBlock:
        safe = self._sanitizer.clean(html)
        return PageBlock(marker.elements(safe), tuple(units_in(safe)), fence)

    def _markdown(self, text: str, included: IncludedTexts | None) -> Iterator[tuple[str, Fence | None]]:
        env: EnvType = {INCLUDED: included}
        tokens = self._parser.parse(text, env)
        for part in _parts(tokens):
            yield self._parser.renderer.render(part, self._parser.options, env), fence_of(part)


def _yaml_lines(text: str, *, is_yaml: bool) -> Iterator[str]:
    """Yield the lines with units of front matter, or all lines of a YAML file, as HTML."""
    is_inside = False
    for line in text.splitlines():
        marks = list(MARK.finditer(line))
        if is_yaml or marks or is_inside:
            yield f"<pre>{escape(line, quote=False)}</pre>"
        if marks:
            is_inside = marks[-1][1] is not None


def _parts(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each block; each item of an outer list is a block, in a list of its own."""
    start, depth = 0, 0
    for index, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            block = list(tokens[start : index + 1])
            is_list = block[0].type in ("bullet_list_open", "ordered_list_open")
            yield from _items(block) if is_list else [block]
            start = index + 1


def _items(block: Sequence[Token]) -> Iterator[list[Token]]:
    first, last = block[0], block[-1]
    number = int(first.attrs.get("start", 1))
    start = depth = 0
    for index, token in enumerate(block[1:-1], 1):
        if depth == 0:
            start = index
        depth += token.nesting
        if depth == 0:
            opening = Token(first.type, first.tag, 1, attrs={"start": number} if first.tag == "ol" else {})
            yield [opening, *block[start : index + 1], last]
            number += 1


def paired(source: Sequence[PageBlock], target: Sequence[PageBlock]) -> list[Row]:
    """Return the rows of a page: blocks that begin with the same unit are beside each other.

    So are the fences, if both sides have the same ones. Both sides have the units in the same order, so the
    time grows with the number of blocks.
    """
    has_fences = _fences(source) == _fences(target)
    anchors = _anchors(source, has_fences=has_fences)
    places = {anchor: number for number, anchor in enumerate(_anchors(target, has_fences=has_fences))}
    rows: list[Row] = []
    start = begin = 0
    for number, anchor in enumerate(anchors):
        place = places.get(anchor) if anchor is not None else None
        if place is not None and place >= begin:
            rows += _between(source[start:number], target[begin:place])
            start, begin = number, place
    return rows + _between(source[start:], target[begin:])


def _fences(blocks: Sequence[PageBlock]) -> list[Fence]:
    return [block.fence for block in blocks if block.fence]


def _anchors(blocks: Sequence[PageBlock], *, has_fences: bool) -> Iterator[int | None]:
    """Yield what each block is known by on both sides: its first unit, or the number of its fence."""
    fences = 0
    for block in blocks:
        fences += block.fence is not None
        if block.units:
            yield block.units[0]
        else:
            yield -fences if block.fence and has_fences else None


def _between(source: Sequence[PageBlock], target: Sequence[PageBlock]) -> list[Row]:
    """Return the rows of blocks up to the next common unit: one by one if they are as many."""
    if len(source) == len(target):
        return [Row([one], [other]) for one, other in zip(source, target, strict=True)]
    return [Row(list(source), list(target))]
