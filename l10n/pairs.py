"""An article's units as the catalogue takes them: the step from article to messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from l10n.article import Article, Unit
from l10n.catalogue import Place, UnitRecord, is_storable


class Pairs(NamedTuple):
    """The units of an article that a PO can hold, with their records, and those that it cannot."""

    units: list[Unit]
    records: list[UnitRecord]
    unstorable: Sequence[Unit]


def pairs_of(article: Article, reference: str) -> Pairs:
    """The units of `article`, which stands at `reference`, in order."""
    human = article.metadata.is_human
    units = [unit for unit in article.units if is_storable(unit.source) and is_storable(unit.target)]
    records = [
        UnitRecord(unit.source, unit.target, Place(reference, unit.line), unit.kind.value, unit.id, human)
        for unit in units
    ]
    if len(units) == len(article.units):
        return Pairs(units, records, ())
    kept = {unit.start for unit in units}
    return Pairs(units, records, [unit for unit in article.units if unit.start not in kept])
