"""Why a translation would break its article: what it would change beyond its own unit.

Law 1, nothing is lost: a target that is not refused changes what a reader sees of its own unit, and nothing
around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping

from l10n.article.article import ANNOTATION, Article
from l10n.article.frontmatter import YAML_LIMIT, entry_around, replaces_value
from l10n.article.kinds import Kind
from l10n.article.quoting import Quoting, decode, starts_damage
from l10n.article.slots import Slot, slots_in
from l10n.article.surroundings import REACH, neighbours, surroundings_of
from l10n.article.target_faults import (
    LINE_BREAK,
    Texts,
    block_fault,
    count_bars,
    inline_fault,
    line_fault,
    reads_alike,
    span_fault,
    text_fault,
)
from l10n.article.unit import Unit

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def refusal(article: Article, unit: Unit, target: str, given: Mapping[int, str] | None = None) -> str | None:
    """Return why `target` would break `article` if it replaced the unit's target, or None.

    `given` maps the start of another unit to a target that replaces that unit's own.
    """
    if target == unit.target:
        return None
    raw = article.raw_target(unit, target)
    if fault := _written_fault(article, unit, target, raw):
        return fault
    texts = Texts(target, unit.source, unit.target)
    if fault := line_fault(texts, unit.kind):
        return fault
    if unit.kind is not Kind.FRONT_MATTER and (fault := text_fault(texts, unit.kind)):
        return fault
    if article.is_yaml or unit.kind is Kind.FRONT_MATTER:
        return _yaml_fault(article, unit, target)
    return _slot_fault(article, unit, raw) or _place_fault(article, unit, target, given or {})


def target_begins_block(article: Article, unit: Unit) -> bool:
    """Return True if the delivered target begins a new block in its paragraph and the source does not."""
    if article.is_yaml or unit.kind is Kind.FRONT_MATTER:
        return False
    index = article.index_after(unit.start) - 1
    texts = Texts(unit.target, unit.source, unit.source)
    return bool(
        block_fault(texts, unit.kind, surroundings_of(article.text, article.body, article.units, index, {}))
    )


def _written_fault(article: Article, unit: Unit, target: str, raw: str) -> str | None:
    """Return why the target cannot be written into the article and read back, or None."""
    if _LONE_SURROGATE.search(target):
        return "it holds characters that UTF-8 cannot write"
    if unit.is_bare and not target.strip():
        return "nothing can be read in it"
    if unit.target_quoting is not Quoting.SCALAR and (
        (article.ends_region(unit) and '"' not in raw) or decode(raw, unit.target_quoting) != target
    ):
        return 'quotes are damaged here; write " for &quot;, and keep the last " of the translation'
    if _starts_region(article, unit):
        return (
            "the quotes of what follows are damaged from within the delivered text on, and would be read "
            "otherwise without it; ask the publisher for a new delivery"
        )
    if ANNOTATION.search(raw) or starts_damage(raw):
        return "it holds the publisher's annotation markup"
    return span_fault(raw, unit.target)


def _place_fault(article: Article, unit: Unit, target: str, given: Mapping[int, str]) -> str | None:
    """Return why the target would change the blocks, links, tags or emphasis around it, or None."""
    index = article.index_after(unit.start) - 1
    if reads_alike(target, unit.target, *neighbours(article.text, article.units, index, given)):
        return None
    texts = Texts(article.reader_text(unit, target), unit.source, article.reader_text(unit, unit.target))
    place = surroundings_of(article.text, article.body, article.units, index, given)
    return block_fault(texts, unit.kind, place) or inline_fault(texts, unit.kind, place)


def _slot_fault(article: Article, unit: Unit, raw: str) -> str | None:
    """Return why a bare target would not fill its brackets or quotes exactly, or None."""
    if not (unit.is_bare and unit.is_slot):
        return None
    index = article.index_after(unit.start)
    line_start = unit.start - article.position(unit.start)[1] + 1
    begin = max(line_start, article.units[index - 2].end if index > 1 else 0)
    end = article.units[index].start if index < len(article.units) else len(article.text)
    if line_break := LINE_BREAK.search(article.text, unit.end, end):
        end = line_break.start()
    whole = article.text[begin : unit.start] + raw + article.text[unit.end : end]
    start = unit.start - begin
    if Slot(start, start + len(raw), unit.kind) not in slots_in(whole, 0, len(whole)):
        if unit.kind is Kind.ATTRIBUTE or article.text[unit.end : unit.end + 1] == '"':
            return 'a " would end it'
        return "it would end too early, or not at all; a [ needs its ] and a \\ something after it"
    known = (count_bars(unit.target), count_bars(unit.source))
    if count_bars(raw) not in known and "|" in article.text[max(line_start, unit.start - REACH) : unit.start]:
        return "an unescaped | in a table cell begins another cell; write \\|"
    return None


def _yaml_fault(article: Article, unit: Unit, target: str) -> str | None:
    """Return why the target would change how the YAML around it is read, or None."""
    # `encode_scalar` makes sure that a whole scalar is read as this text (law 5: no parsing for each
    # unit).
    if unit.target_quoting in (Quoting.ESCAPED, Quoting.SCALAR):
        return None
    if LINE_BREAK.search(target) and not LINE_BREAK.search(unit.target):
        return "a line break cannot stand in a YAML value"
    start, end = 0, len(article.text) if article.is_yaml else article.body
    old = unit.target
    if unit.start + len(old) + end - unit.end > YAML_LIMIT:
        # Law 5: a large file is not parsed as a whole for each unit.
        start, end = entry_around(article.text, unit.start, unit.end, end)
    before, after = article.text[start : unit.start], article.text[unit.end : end]
    if replaces_value(before + old + after, before + target + after, old, target):
        return None
    return "it would break the YAML that it stands in"


def _starts_region(article: Article, unit: Unit) -> bool:
    """Return True if a region of damaged quotes begins in the unit's target and continues after it."""
    index = bisect_left(article.regions, unit.target_end, key=lambda region: region.start) - 1
    return index >= 0 and (
        article.regions[index].start >= unit.target_start and article.regions[index].end > unit.target_end
    )
