"""Make units of text translated without annotation, with the help of the English file.

The title, description and keywords of the front matter, image texts, labels and the like occur in the article
as their target only. With the verified English file each gets its source (`alignment`); without it only a
title that equals the first heading's target gets one.

Law 1: such a unit claims the bytes of its target and no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, groupby

from l10n.article import Article, Unit, line_numbers
from l10n.article.escapes import has_escapes
from l10n.article.frontmatter import PUBLISHER_KEYS, body_start
from l10n.article.kinds import Kind
from l10n.article.publisher import injected_anchors
from l10n.article.quoting import Quoting
from l10n.article.slots import slots_in
from l10n.article.unit import gaps
from l10n.article.yaml_values import TRANSLATED_KEYS, Scalar, translated_scalars, yaml_scalars
from l10n.english.alignment import align

_SENTENCE_END = re.compile(r"[.!?](?=\s+\S)")
_FIRST_NUMBER = 101


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
        bare = [_from_scalar(scalar, _title_source(article, scalar)) for scalar in scalars]
        has_titles = any(unit.source for unit in bare)
        # All of them get a number, though only a title may have a source.
        titles = [unit for unit in _numbered(article, bare) if unit.source] if has_titles else []
        return article.completed(titles, len(scalars) - len(titles) + _image_texts(article))
    text = english.decode("utf-8", "surrogateescape")
    english_body = body_start(text)
    units = [unit for unit in article.units if unit.start >= body]
    cuts = injected_anchors(article.text, units, body)
    alignment = align(article.text, body, units, cuts, text[english_body:])
    sources = {scalar.key: scalar.value for scalar in translated_scalars(text, english_body)}
    bare = [_from_scalar(scalar, sources[scalar.key]) for scalar in scalars if scalar.key in sources]
    unsourced = len(scalars) - len(bare) + alignment.differences
    authored = {
        unit.start: original
        for index, unit in enumerate(units)
        if has_escapes(unit.target) and (original := alignment.english_of(index)) is not None
    }
    return article.completed(_numbered(article, bare + alignment.translated), unsourced, english, authored)


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
    return article.completed(_numbered(article, bare), unsourced, english)


def _is_annotated(article: Article, scalar: Scalar) -> bool:
    """Return True if the value contains a unit with annotation."""
    index = article.index_after(scalar.end)
    return index > 0 and article.units[index - 1].end > scalar.start


def _title_source(article: Article, scalar: Scalar) -> str:
    """Return the source of the first heading for a title with the same target, or an empty string."""
    if scalar.key != "title":
        return ""
    heading = next((unit for unit in article.units if unit.kind is Kind.HEADING), None)
    return heading.source if heading and heading.target == scalar.value else ""


def _image_texts(article: Article) -> int:
    """Return the number of image texts without annotation."""
    if not any(mark in article.text for mark in ("![", 'alt="', 'alt-text="')):
        return 0
    return sum(
        slot.kind is Kind.IMAGE_TEXT
        for start, end in gaps(article.units, article.body, len(article.text))
        for slot in slots_in(article.text, start, end)
    )


def _from_scalar(scalar: Scalar, source: str, kind: Kind = Kind.FRONT_MATTER) -> Unit:
    return Unit.bare(scalar.start, scalar.end, scalar.value, source, kind, Quoting.SCALAR)


def _numbered(article: Article, bare: Iterable[Unit]) -> list[Unit]:
    """Return bare units in text order, with their lines and the ids that the publisher's counter gives."""
    ordered = sorted(bare, key=lambda unit: unit.start)
    known = article.units
    numbers: list[int] = []
    for following, group in groupby(ordered, lambda unit: article.index_after(unit.start)):
        before = _number(known[following - 1]) if following else _FIRST_NUMBER - 1
        after = _number(known[following]) if following < len(known) else None
        numbers += _numbers([unit.source for unit in group], before, after)
    lines = line_numbers(article.text, [unit.start for unit in ordered])
    prefix = _prefix(article)
    return [
        unit._replace(id=f"{prefix}-{number}", line=line)
        for unit, number, line in zip(ordered, numbers, lines, strict=True)
    ]


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
