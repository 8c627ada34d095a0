"""Write a plain article as an annotated one, in the publisher's form (docs/format.md).

Law 1, nothing is lost: the localized form of the annotated article is the plain article, byte for byte. A
unit that would break this stays without annotation.
"""

from __future__ import annotations

from collections.abc import Sequence

from l10n.article.article import Article
from l10n.article.kinds import Kind
from l10n.article.parsing import parse
from l10n.article.unit import Unit


def annotate(article: Article) -> tuple[bytes, list[Unit], list[Unit]]:
    """Return the annotated form of a plain article, its annotated units, and those that cannot be annotated.

    As the publisher does, it leaves front matter and the texts of images, links and attributes without
    annotation. Units whose source is uncertain are left out too.
    """
    wanted = [unit for unit in article.units if not article.doubts.get(unit.start) and _is_sentence(unit)]
    units = [unit for unit in wanted if _is_read_back(unit)]
    starts = {unit.start for unit in units}
    parts: list[str] = []
    position = 0
    for unit in units:
        parts += (article.text[position : unit.start], _annotation(unit))
        position = unit.end
    data = "".join([*parts, article.text[position:]]).encode("utf-8", "surrogateescape")
    back = parse(data, article.path)
    if _pairs(back.units) != _pairs(units) or back.render("localized") != article.render("localized"):
        return article.render(), [], wanted
    return data, units, [unit for unit in wanted if unit.start not in starts]


def _is_sentence(unit: Unit) -> bool:
    """Return True if the publisher annotates such a text."""
    return not unit.is_slot and unit.kind is not Kind.FRONT_MATTER


def _is_read_back(unit: Unit) -> bool:
    """Return True if the annotation is read back as this unit."""
    back = parse(_annotation(unit).encode("utf-8", "surrogateescape"))
    is_same = _pairs(back.units) == _pairs([unit]) and not back.problems
    return is_same and back.render("localized") == unit.target.encode("utf-8", "surrogateescape")


def _annotation(unit: Unit) -> str:
    return (
        f'<span data-ttu-id="{unit.id}">{unit.target}</span>'
        f'<span class="sxs-lookup"><span data-stu-id="{unit.id}">{unit.source}</span></span>'
    )


def _pairs(units: Sequence[Unit]) -> list[tuple[str, str, str]]:
    return [(unit.id, unit.target, unit.source) for unit in units]
