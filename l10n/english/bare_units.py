"""Make units of text translated without annotation, with the help of the English file.

The title, description and keywords of the front matter, image texts, labels and the like occur in the article
as their target only. With the verified English file each gets its source (`alignment`); without it only a
title that equals the first heading's target gets one.

Law 1: such a unit claims the bytes of its target and no others.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from l10n.article import Article, Unit, line_numbers
from l10n.article.escapes import has_escapes
from l10n.article.frontmatter import PUBLISHER_KEYS, body_start
from l10n.article.kinds import Kind
from l10n.article.publisher import Piece, injected_anchors
from l10n.article.quoting import INTACT, SCALAR, Quoting
from l10n.article.slots import slots_in
from l10n.article.yaml_values import TRANSLATED_KEYS, Scalar, translated_scalars, yaml_scalars
from l10n.english.alignment import Alignment, TranslatedSlot, align

_SENTENCE_END = re.compile(r"[.!?](?=\s+\S)")
_FIRST_NUMBER = 101


class _Bare(NamedTuple):
    """Text translated without annotation, before it has an id."""

    start: int
    end: int
    target: str
    source: str
    kind: Kind
    quoting: Quoting


def with_bare_units(article: Article, english: bytes | None = None) -> Article:
    """Return `article` with a unit for each translated string whose source is known.

    `english` is its verified English file, if available. Strings without a source are counted in
    `Article.unsourced`.
    """
    if article.is_yaml:
        return _complete_yaml(article, english)
    body = article.body
    scalars = [
        scalar for scalar in translated_scalars(article.text, body) if not _is_annotated(article, scalar)
    ]
    if english is None:
        # All of them count, though only a title may have a source.
        found = [_title(article, scalar) or _from_scalar(scalar, "") for scalar in scalars]
        has_title = any(item.source for item in found)
        titles = [unit for unit in _units(article, found) if unit.source] if has_title else []
        unsourced = len(scalars) - len(titles) + _image_texts(article, body)
        return article.completed(titles, unsourced)
    text = english.decode("utf-8", "surrogateescape")
    english_body = body_start(text)
    pieces: list[Piece] = [
        (unit.start, unit.end, unit.source) for unit in article.units if unit.start >= body
    ]
    cuts = injected_anchors(article.text, pieces, body)
    alignment = align(article.text, body, pieces, cuts, text[english_body:])
    sources = {scalar.key: scalar.value for scalar in translated_scalars(text, english_body)}
    bare = [_from_scalar(scalar, sources[scalar.key]) for scalar in scalars if scalar.key in sources]
    unsourced = len(scalars) - len(bare) + alignment.differences
    bare += [_from_slot(article.text, slot) for slot in alignment.translated]
    return article.completed(_units(article, bare), unsourced, english, _authored(article, body, alignment))


def _complete_yaml(article: Article, english: bytes | None) -> Article:
    """Complete a YAML file: a value whose English text at the same path differs is a translation."""
    own = {
        key: scalar
        for key, scalar in yaml_scalars(article.text).items()
        if not _is_annotated(article, scalar) and key.rpartition("/")[2] not in PUBLISHER_KEYS
    }
    if english is None:
        known = [key for key in own if key.startswith("metadata/") and key.count("/") == 1]
        return article.completed((), sum(key.rpartition("/")[2] in TRANSLATED_KEYS for key in known))
    sources = yaml_scalars(english.decode("utf-8", "surrogateescape"))
    bare = [
        _from_scalar(scalar, sources[key].value, Kind.FRONT_MATTER if "metadata/" in key else Kind.ATTRIBUTE)
        for key, scalar in own.items()
        if key in sources and scalar.value.split() != sources[key].value.split()
    ]
    unsourced = sum(key not in sources for key in own)
    return article.completed(_units(article, bare), unsourced, english)


def _is_annotated(article: Article, scalar: Scalar) -> bool:
    """Return True if the value contains a unit with annotation."""
    index = bisect_right(article.units, scalar.end, key=lambda unit: unit.start)
    return index > 0 and article.units[index - 1].end > scalar.start


def _title(article: Article, scalar: Scalar) -> _Bare | None:
    """Return the title with the source of the first heading, if both have the same target."""
    if scalar.key != "title":
        return None
    heading = next((unit for unit in article.units if unit.kind is Kind.HEADING), None)
    if heading is None or heading.target != scalar.value:
        return None
    return _from_scalar(scalar, heading.source)


def _image_texts(article: Article, body: int) -> int:
    """Return the number of image texts without annotation."""
    if not any(mark in article.text for mark in ("![", 'alt="', 'alt-text="')):
        return 0
    bounds = [
        body,
        *(edge for unit in article.units if unit.start >= body for edge in (unit.start, unit.end)),
    ]
    bounds.append(len(article.text))
    return sum(
        slot.kind is Kind.IMAGE_TEXT
        for start, end in zip(bounds[::2], bounds[1::2], strict=True)
        for slot in slots_in(article.text, start, end)
    )


def _from_scalar(scalar: Scalar, source: str, kind: Kind = Kind.FRONT_MATTER) -> _Bare:
    return _Bare(scalar.start, scalar.end, scalar.value, source, kind, SCALAR)


def _from_slot(text: str, slot: TranslatedSlot) -> _Bare:
    return _Bare(slot.start, slot.end, text[slot.start : slot.end], slot.english, slot.kind, INTACT)


def _authored(article: Article, body: int, alignment: Alignment) -> dict[int, str]:
    """Return the author's text of the units with a backslash that the annotator may have added."""
    units = [unit for unit in article.units if unit.start >= body]
    found = {}
    for index, unit in enumerate(units):
        if has_escapes(unit.target) and (english := alignment.english_of(index)) is not None:
            found[unit.start] = english
    return found


def _units(article: Article, bare: Sequence[_Bare]) -> list[Unit]:
    """Return units for translated text, in text order, with the ids that the publisher's counter gives."""
    found: list[Unit] = []
    ordered = sorted(bare)
    prefix = _prefix(article)
    lines = iter(line_numbers(article.text, [item.start for item in ordered]))
    position = 0
    while position < len(ordered):
        following = bisect_right(article.units, ordered[position].start, key=lambda unit: unit.start)
        before = _number(article.units[following - 1]) if following else _FIRST_NUMBER - 1
        after = _number(article.units[following]) if following < len(article.units) else None
        limit = article.units[following].start if following < len(article.units) else len(article.text)
        group = []
        while position < len(ordered) and ordered[position].start < limit:
            group.append(ordered[position])
            position += 1
        for item, number in zip(group, _numbers([b.source for b in group], before, after), strict=True):
            ends = (item.end,) * 3
            found.append(
                Unit(
                    f"{prefix}-{number}",
                    item.target,
                    item.source,
                    item.kind,
                    next(lines),
                    item.start,
                    item.end,
                    item.start,
                    *ends,
                    item.quoting,
                    item.quoting,
                )
            )
    return found


def _prefix(article: Article) -> str:
    """Return the prefix common to all ids of the file; without units one made from its hash."""
    if article.units:
        return article.units[0].id.partition("-")[0]
    return (article.metadata.openlocfilehash or "00000")[:5]


def _number(unit: Unit) -> int:
    digits = unit.id.rpartition("-")[2].lstrip("p")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else _FIRST_NUMBER - 1


def _numbers(sources: Sequence[str], before: int, after: int | None) -> list[int]:
    """Return the numbers for texts between two units with these numbers.

    The publisher's counter counts sentences. If the sentences exactly fill the numbers between the units,
    each text takes as many numbers as it has sentences; otherwise each text takes one.
    """
    sentences = [len(_SENTENCE_END.findall(source)) + 1 for source in sources]
    steps = sentences if after is not None and sum(sentences) == after - before - 1 else [1] * len(sources)
    return list(accumulate(steps[:-1], initial=before + 1))
