"""An article's units as the catalogue takes them: the step from article to messages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from l10n.article import Article, Unit
from l10n.article.kinds import Kind
from l10n.catalogue.message import Place, Segment, is_storable
from l10n.doubts import Doubt

_DESTINATION = re.compile(r'\]\((?:[^()\s"]*/)?([^()\s"/]++)')
_FILE_ATTRIBUTE = re.compile(r'\b(?:source|src)="(?:[^"\r\n]*/)?([^"\r\n/]++)"')
# How far from an image text its file is looked for, so that a long line takes no longer.
_NEAR = 300
_LONGEST = 200


class Pairs(NamedTuple):
    """The units of an article that a PO can hold, with their records, and those that it cannot."""

    units: list[Unit]
    records: list[Segment]
    unstorable: Sequence[Unit]


def pairs_of(article: Article, reference: str) -> Pairs:
    """Return the units of `article`, which is at `reference`, in order."""
    human = article.metadata.is_human
    doubts = article.doubts
    units = [unit for unit in article.units if is_storable(unit.source) and is_storable(unit.target)]
    records = [
        Segment(
            unit.source,
            unit.target,
            Place(reference, unit.line),
            unit.kind.value,
            unit.id,
            human and Doubt.UNCERTAIN not in doubts.get(unit.start, ()),
            under,
            doubts.get(unit.start, ()),
        )
        for unit, under in zip(units, _under(article, units), strict=True)
    ]
    if len(units) == len(article.units):
        return Pairs(units, records, ())
    kept = {unit.start for unit in units}
    return Pairs(units, records, [unit for unit in article.units if unit.start not in kept])


def _under(article: Article, units: Sequence[Unit]) -> list[str]:
    """Return for each unit the heading above it, or its image; empty if there is none."""
    found = []
    heading, line = "", 0
    for unit in units:
        if unit.kind is Kind.HEADING:
            heading = f"{heading} {unit.source}"[:_LONGEST] if unit.line == line else unit.source
            line = unit.line
            found.append("")
        else:
            found.append((unit.kind is Kind.IMAGE_TEXT and _image(article.text, unit)) or heading)
    return found


def _image(text: str, unit: Unit) -> str:
    """The name of the image file that a text belongs to, or an empty one."""
    destination = _DESTINATION.match(text, unit.end, unit.end + _NEAR)
    if destination is None:
        nearest = max(0, unit.start - _NEAR)
        start = max(text.rfind("\n", nearest, unit.start) + 1, nearest)
        end = text.find("\n", unit.end, unit.end + _NEAR)
        destination = _FILE_ATTRIBUTE.search(text, start, end if end >= 0 else unit.end + _NEAR)
    return destination[1] if destination else ""
