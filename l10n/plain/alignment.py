"""Align a plain localized article with its English file: texts → pairs, and what has no counterpart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from l10n.article.frontmatter import body_start
from l10n.article.kinds import Kind, kinds_of
from l10n.article.quoting import INTACT, Quoting
from l10n.plain.anchors import is_latin, tokens, weight
from l10n.plain.blocks import Block, Part, read_blocks
from l10n.plain.masking import Masked, mask
from l10n.plain.pairing import Group, Item, pair_sentences
from l10n.plain.sentences import Cut, Range, english_sentences, fine_pieces, inside_link

_SURE = 0.5


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and its translation."""

    source: str
    """The English text as the publisher's annotation has it: on one line, an escaped value decoded."""
    target: str
    """The translation as a reviewer reads it; in front matter and YAML files the value, without quotes."""
    kind: Kind
    start: int
    """Offsets of the target in the localized text; of a YAML value with its quotes."""
    end: int
    source_start: int
    """Offsets of the source in the English text."""
    source_end: int
    quoting: Quoting
    """SCALAR for a whole YAML value, otherwise INTACT."""
    confidence: float
    """From 0 to 1."""
    is_sure: bool
    """True if the confidence is above the threshold and neither side joins several sentences."""
    is_slot: bool
    """True for text that the publisher translates without annotation: image texts, labels, YAML values."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of one text without a counterpart in the other."""

    text: str
    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class PlainAlignment:
    """The pairs of two texts, in order of the localized text, and what has no counterpart."""

    pairs: tuple[Pair, ...] = ()
    missing_english: tuple[Piece, ...] = ()
    """The English pieces without a translation."""
    missing_localized: tuple[Piece, ...] = ()
    """The localized pieces without a source."""


@dataclass(slots=True)
class _Text:
    """A sentence or a fine piece, in its part."""

    part: Part
    masked: Masked
    start: int
    end: int


@dataclass(slots=True)
class _Sentences:
    """The sentences of a block, or of a part of it."""

    texts: list[_Text]
    items: list[Item]

    @property
    def weight(self) -> float:
        return sum(item.weight for item in self.items)


class _Reader:
    def __init__(self, text: str, *, is_english: bool, only_names: bool) -> None:
        self._is_english = is_english
        self._only_names = only_names
        self.blocks = read_blocks(text, body_start(text))

    def sentences(self, part: Part) -> _Sentences:
        masked = mask(part.text)
        if self._is_english:
            ranges = [(one, Cut.SENTENCE) for one in english_sentences(masked, part.text)]
            if ranges:
                ranges[-1] = (ranges[-1][0], Cut.BREAK)
        else:
            ranges = [(Range(one.start, one.end), one.cut) for one in fine_pieces(masked)]
        found = tokens(part.text, masked, only_names=self._only_names) if len(ranges) else []
        items = []
        index = 0
        for one, cut in ranges:
            own = set()
            while index < len(found) and found[index][0] < one.end:
                if found[index][0] >= one.start:
                    own.add(found[index][1])
                index += 1
            items.append(Item(weight(masked.text[one.start : one.end]), frozenset(own), cut))
        return _Sentences([_Text(part, masked, one.start, one.end) for one, _ in ranges], items)


@dataclass(slots=True)
class _Found:
    source: tuple[_Text, _Text]
    target: tuple[_Text, _Text]
    confidence: float
    is_join: bool


def align(localized: str, english: str, *, is_yaml: bool = False) -> PlainAlignment:
    """Return the pairs of a plain localized article and its English file; never raises.

    Both are decoded bytes (lone surrogates for bytes that are not UTF-8). `is_yaml`: a whole YAML file,
    which is aligned value by value.
    """
    if is_yaml:
        return PlainAlignment()
    return _Alignment(localized, english).run()


class _Alignment:
    def __init__(self, localized: str, english: str) -> None:
        self._localized, self._english_text = localized, english
        only_names = is_latin(localized)
        self._english = _Reader(english, is_english=True, only_names=only_names)
        self._local = _Reader(localized, is_english=False, only_names=only_names)
        self._found: list[_Found] = []

    def run(self) -> PlainAlignment:
        matched = pair_blocks(self._english.blocks, self._local.blocks)
        parts = []
        for left, right in matched:
            if left is not None and right is not None:
                parts += list(self._parts(self._english.blocks[left], self._local.blocks[right]))
        ratio = _ratio(parts)
        for left_s, right_s in parts:
            self._pair(left_s, right_s, ratio)
        return self._result()

    def _parts(self, english: Block, local: Block) -> Iterator[tuple[_Sentences, _Sentences]]:
        left = [self._english.sentences(part) for part in english.parts]
        right = [self._local.sentences(part) for part in local.parts]
        if len(left) != len(right):
            left, right = [_joined(left)], [_joined(right)]
        for one, other in zip(left, right, strict=True):
            if one.items and other.items:
                yield one, other

    def _pair(self, english: _Sentences, local: _Sentences, ratio: float) -> None:
        if len(english.items) == 1:
            groups = [Group(0, 1, 0, len(local.items), 0.0)]
        else:
            groups = pair_sentences(english.items, local.items, ratio)
        for group in groups:
            if group.english == group.english_end or group.local == group.local_end:
                continue
            self._found.append(
                _Found(
                    (english.texts[group.english], english.texts[group.english_end - 1]),
                    (local.texts[group.local], local.texts[group.local_end - 1]),
                    1.0,
                    group.english_end - group.english > 1,
                )
            )

    def _result(self) -> PlainAlignment:
        spans = []
        rows = []
        for one in self._found:
            (first, last), (begin, stop) = one.source, one.target
            source, target = Range(first.start, last.end), Range(begin.start, stop.end)
            if first.part is last.part and begin.part is stop.part:
                inner = inside_link(first.masked, source), inside_link(begin.masked, target)
                if inner[0] and inner[1]:
                    source, target = inner[0], inner[1]
            text = first.part.text[source.start : source.end] if first.part is last.part else "\n".join(
                (first.part.text[source.start :], last.part.text[: source.end])
            )
            raw = (begin.part.raw(target.start), stop.part.raw_end(target.end))
            raw_source = (first.part.raw(source.start), last.part.raw_end(source.end))
            rows.append((raw, raw_source, text, one))
            spans.append(raw)
        kinds = kinds_of(self._localized, body_start(self._localized), spans, is_yaml=False)
        pairs = [
            Pair(
                text,
                self._localized[raw[0] : raw[1]],
                kind,
                *raw,
                *raw_source,
                INTACT,
                one.confidence,
                one.confidence >= _SURE and not one.is_join,
                is_slot=False,
            )
            for (raw, raw_source, text, one), kind in zip(rows, kinds, strict=True)
        ]
        return PlainAlignment(tuple(pairs))


def pair_blocks(english: Sequence[Block], local: Sequence[Block]) -> list[tuple[int | None, int | None]]:
    if [block.shape for block in english] == [block.shape for block in local]:
        return [(index, index) for index in range(len(english))]
    return []


def _joined(parts: Sequence[_Sentences]) -> _Sentences:
    return _Sentences(
        [text for part in parts for text in part.texts], [item for part in parts for item in part.items]
    )


def _ratio(parts: Sequence[tuple[_Sentences, _Sentences]]) -> float:
    """Return how much longer the target is, in this article."""
    english = sum(left.weight for left, _ in parts) + 200
    local = sum(right.weight for _, right in parts) + 200
    return local / english
