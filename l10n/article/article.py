"""The lossless article: bytes → units over one immutable text → bytes.

Law 1, nothing is lost: parsing and rendering an article unchanged gives its bytes, whatever they are. An
edited translation changes the bytes of its own target and no others. Therefore an `Article` is never a tree:
it holds the text and, for each unit, the offsets of its parts. Rendering copies the text and splices in new
targets.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from l10n.article.escapes import without_added_backslashes
from l10n.article.frontmatter import YAML_LIMIT, Metadata, entry_around, replaces_value
from l10n.article.kinds import Kind, lines
from l10n.article.publisher import Edit, source_edits
from l10n.article.quoting import Quoting, Region, decode, encode, starts_damage
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
from l10n.article.unit import Unit, Unmatched
from l10n.article.yaml_values import encode_scalar
from l10n.doubts import Doubt
from l10n.problems import Problem

Form = Literal["annotated", "localized", "source"]

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_ANNOTATION = re.compile(r"data-[ts]tu-id|sxs-lookup")
_QUOTE = re.compile("&quot;")
_BARE_URL = re.compile(r" https?://", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Article:
    """An annotated article: its text, units in document order, metadata and problems.

    Create one with `parse`. It is immutable. `render` returns its bytes in one of three forms.
    `english.bare_units.with_bare_units` returns a copy that knows its English file.
    """

    path: str
    text: str
    """The decoded bytes; bytes that are not UTF-8 are lone surrogates (PEP 383)."""
    is_yaml: bool
    body: int
    """The offset at which the Markdown begins, after the front matter; 0 if there is none."""
    metadata: Metadata
    units: tuple[Unit, ...]
    regions: tuple[Region, ...]
    """The parts of the text that the annotator quoted."""
    problems: tuple[Problem, ...] = ()
    """Problems with damaged annotation, read or not, in text order."""
    english: bytes | None = None
    """The bytes of the English file, if available and verified by its hash."""
    unsourced: int = 0
    """The number of translated strings whose source is unknown."""
    authored: Mapping[int, str] = field(default_factory=dict)
    """By the start of a unit: the text that its author wrote, without the backslashes of the annotator."""

    is_plain: bool = False
    """True if the article has no annotation, and its units come from the English file alone."""
    doubts: Mapping[int, tuple[Doubt, ...]] = field(default_factory=dict)
    """By the start of a unit: what is uncertain about its source; only in plain articles."""
    unmatched: tuple[Unmatched, ...] = ()
    """The sentences of a plain article and its English file that have no counterpart."""

    @property
    def is_publishers(self) -> bool:
        """Return True if a publisher delivered the article: it has units or a locale."""
        return bool(self.units) or self.metadata.contentlocale is not None

    @property
    def is_annotated(self) -> bool:
        """Return True if the text has the publisher's annotation, even damaged."""
        return bool(self.units) or _ANNOTATION.search(self.text) is not None

    def with_plain_units(
        self,
        units: Sequence[Unit],
        english: bytes,
        doubts: Mapping[int, tuple[Doubt, ...]],
        unmatched: Sequence[Unmatched],
    ) -> Article:
        """Return a copy of the article, which has no annotation, with the units of its sentences."""
        unsourced = sum(not one.is_english for one in unmatched)
        return replace(
            self,
            units=tuple(units),
            regions=(),  # without annotation nothing was damaged by it
            english=english,
            unsourced=unsourced,
            is_plain=True,
            doubts=doubts,
            unmatched=tuple(unmatched),
        )

    def completed(
        self,
        bare: Sequence[Unit],
        unsourced: int,
        english: bytes | None = None,
        authored: Mapping[int, str] | None = None,
    ) -> Article:
        """Return a copy of the article with bare units (text translated without annotation) added.

        `authored` maps the start of a unit to the text that its author wrote: the source without the
        backslashes that the annotator added.
        """
        units = tuple(sorted((*self.units, *bare), key=lambda unit: unit.start)) if bare else self.units
        return replace(self, units=units, english=english, unsourced=unsourced, authored=authored or {})

    def render(self, form: Form = "annotated", targets: Sequence[str] | None = None) -> bytes:
        """Return the article's bytes in `form`, with `targets` (one per unit, in order) or its own.

        - `annotated`: the bilingual article; an unchanged target keeps its exact bytes.
        - `localized`: each unit replaced by its target, as readers get it.
        - `source`: the English file, or the best reconstruction of it: each unit replaced by its source,
          without the publisher's additions.

        It does not check the targets; `refusal` says what a target would break. Raises ValueError if the
        number of targets differs from the number of units.
        """
        if form == "source" and self.english is not None:
            return self.english
        return self.rendered_text(form, targets).encode("utf-8", "surrogateescape")

    def rendered_text(
        self,
        form: Form,
        targets: Sequence[str] | None = None,
        mark: Callable[[int, str], str] = lambda number, text: text,
    ) -> str:
        """Return what `render` does as a text, with `mark(number, text)` for the text of each unit.

        The source form is made of the sources of the units, never the English file itself.
        """
        given = targets if targets is not None else [unit.target for unit in self.units]
        pairs = enumerate(zip(self.units, given, strict=True))
        if form == "annotated":
            edits = [
                (unit.target_start, unit.target_end, mark(number, self._raw_target(unit, target)))
                for number, (unit, target) in pairs
            ]
        elif form == "localized":
            edits = [
                (unit.start, unit.end, mark(number, self._reader_text(unit, target)))
                for number, (unit, target) in pairs
            ]
            edits += self._repairs
        else:
            edits = [
                (unit.start, unit.end, mark(number, self._raw_source(unit))) for number, (unit, _) in pairs
            ]
            edits += self._repairs + source_edits(self.text, self.units, is_yaml=self.is_yaml)
        return _spliced(self.text, sorted(edits))

    def refusal(self, unit: Unit, target: str, given: Mapping[int, str] | None = None) -> str | None:
        """Return why `target` would break the article if it replaced the unit's target, or None.

        `given` maps the start of another unit to a target that replaces that unit's own. Law 1: a target that
        is not refused changes what a reader sees of its own unit, and nothing around it.
        """
        if target == unit.target:
            return None
        raw = self._raw_target(unit, target)
        if fault := self._written_fault(unit, target, raw):
            return fault
        texts = Texts(target, unit.source, unit.target)
        if fault := line_fault(texts, unit.kind):
            return fault
        if unit.kind is not Kind.FRONT_MATTER and (fault := text_fault(texts, unit.kind)):
            return fault
        if self.is_yaml or unit.kind is Kind.FRONT_MATTER:
            return self._yaml_fault(unit, target)
        return self._slot_fault(unit, raw) or self._place_fault(unit, target, given or {})

    def begins_block(self, unit: Unit) -> bool:
        """Return True if the delivered target begins a new block in its paragraph and the source does not."""
        if self.is_yaml or unit.kind is Kind.FRONT_MATTER:
            return False
        index = self.index_after(unit.start) - 1
        texts = Texts(unit.target, unit.source, unit.source)
        return bool(
            block_fault(texts, unit.kind, surroundings_of(self.text, self.body, self.units, index, {}))
        )

    def _written_fault(self, unit: Unit, target: str, raw: str) -> str | None:
        """Return why the target cannot be written into the article and read back, or None."""
        if _LONE_SURROGATE.search(target):
            return "it holds characters that UTF-8 cannot write"
        if unit.is_bare and not target.strip():
            return "nothing can be read in it"
        if unit.target_quoting is not Quoting.SCALAR and (
            (self._ends_region(unit) and '"' not in raw) or decode(raw, unit.target_quoting) != target
        ):
            return 'quotes are damaged here; write " for &quot;, and keep the last " of the translation'
        if self._starts_region(unit):
            return (
                "the quotes of what follows are damaged from within the delivered text on, and would be read "
                "otherwise without it; ask the publisher for a new delivery"
            )
        if _ANNOTATION.search(raw) or starts_damage(raw):
            return "it holds the publisher's annotation markup"
        return span_fault(raw, unit.target)

    def _place_fault(self, unit: Unit, target: str, given: Mapping[int, str]) -> str | None:
        """Return why the target would change the blocks, links, tags or emphasis around it, or None."""
        index = self.index_after(unit.start) - 1
        if reads_alike(target, unit.target, *neighbours(self.text, self.units, index, given)):
            return None
        texts = Texts(self._reader_text(unit, target), unit.source, self._reader_text(unit, unit.target))
        place = surroundings_of(self.text, self.body, self.units, index, given)
        return block_fault(texts, unit.kind, place) or inline_fault(texts, unit.kind, place)

    def _slot_fault(self, unit: Unit, raw: str) -> str | None:
        """Return why a bare target would not fill its brackets or quotes exactly, or None."""
        if not (unit.is_bare and unit.is_slot):
            return None
        index = self.index_after(unit.start)
        line_start = unit.start - self.position(unit.start)[1] + 1
        begin = max(line_start, self.units[index - 2].end if index > 1 else 0)
        end = self.units[index].start if index < len(self.units) else len(self.text)
        if line_break := LINE_BREAK.search(self.text, unit.end, end):
            end = line_break.start()
        whole = self.text[begin : unit.start] + raw + self.text[unit.end : end]
        start = unit.start - begin
        if Slot(start, start + len(raw), unit.kind) not in slots_in(whole, 0, len(whole)):
            if unit.kind is Kind.ATTRIBUTE or self.text[unit.end : unit.end + 1] == '"':
                return 'a " would end it'
            return "it would end too early, or not at all; a [ needs its ] and a \\ something after it"
        known = (count_bars(unit.target), count_bars(unit.source))
        if (
            count_bars(raw) not in known
            and "|" in self.text[max(line_start, unit.start - REACH) : unit.start]
        ):
            return "an unescaped | in a table cell begins another cell; write \\|"
        return None

    def _yaml_fault(self, unit: Unit, target: str) -> str | None:
        """Return why the target would change how the YAML around it is read, or None."""
        # `encode_scalar` makes sure that a whole scalar is read as this text (law 5: no parsing for each
        # unit).
        if unit.target_quoting in (Quoting.ESCAPED, Quoting.SCALAR):
            return None
        if LINE_BREAK.search(target) and not LINE_BREAK.search(unit.target):
            return "a line break cannot stand in a YAML value"
        start, end = 0, len(self.text) if self.is_yaml else self.body
        old = unit.target
        if unit.start + len(old) + end - unit.end > YAML_LIMIT:
            # Law 5: a large file is not parsed as a whole for each unit.
            start, end = entry_around(self.text, unit.start, unit.end, end)
        before, after = self.text[start : unit.start], self.text[unit.end : end]
        if replaces_value(before + old + after, before + target + after, old, target):
            return None
        return "it would break the YAML that it stands in"

    def index_after(self, offset: int) -> int:
        """Return the index of the first unit that begins after `offset`."""
        return bisect_right(self.units, offset, key=lambda unit: unit.start)

    def problem(self, offset: int, *, code: str, message: str) -> Problem:
        """Return a problem at an offset of the text."""
        return Problem(self.path, *self.position(offset), code, message)

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both 1-based; columns count characters."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    @cached_property
    def _line_starts(self) -> list[int]:
        return [start for start, _ in lines(self.text)]

    def _raw_target(self, unit: Unit, target: str) -> str:
        if target == unit.target:
            return self.text[unit.target_start : unit.target_end]
        if unit.target_quoting is Quoting.SCALAR:
            return encode_scalar(target, self.text[unit.target_start : unit.target_end])
        if self._ends_region(unit):
            head, quote, tail = target.rpartition('"')
            return encode(head, unit.target_quoting) + quote + tail
        return encode(target, unit.target_quoting)

    def _starts_region(self, unit: Unit) -> bool:
        """Return True if a region of damaged quotes begins in the unit's target and continues after it."""
        index = bisect_left(self.regions, unit.target_end, key=lambda region: region.start) - 1
        return index >= 0 and (
            self.regions[index].start >= unit.target_start and self.regions[index].end > unit.target_end
        )

    def _ends_region(self, unit: Unit) -> bool:
        """Return True if the unit's target contains the intact quote that ends a region of damaged quotes."""
        damaged = unit.target_quoting in (Quoting.DAMAGED, Quoting.DAMAGED_OUTER)
        return damaged and self.text.find('"', unit.target_start, unit.target_end) >= 0

    def _reader_text(self, unit: Unit, target: str) -> str:
        raw = self._raw_target(unit, target)
        if self.is_plain:
            return raw
        if unit.is_bare:
            if target == unit.target:
                first, last = (
                    bisect_left(self._repairs, offset, key=lambda edit: edit[0])
                    for offset in (unit.start, unit.end)
                )
                raw = _spliced(self.text, self._repairs[first:last], unit.start, unit.end)
            is_text = unit.target_quoting is Quoting.INTACT
            return without_added_backslashes(raw, unit.target, unit.source, unit.source) if is_text else raw
        if unit.target_quoting is Quoting.INTACT:
            raw = without_added_backslashes(raw, unit.target, unit.source, self.authored.get(unit.start))
        # The annotator puts a space before a target that begins with a bare URL.
        skip = 1 if _BARE_URL.match(target) else 0
        return target[skip:] if unit.target_quoting is Quoting.DAMAGED else raw[skip:]

    def _raw_source(self, unit: Unit) -> str:
        if unit.is_bare and unit.target_quoting is Quoting.SCALAR:
            return encode_scalar(unit.source, self.text[unit.start : unit.end])
        if unit.is_bare or unit.source_quoting is Quoting.DAMAGED:
            return unit.source
        return self.text[unit.source_start : unit.source_end]

    @cached_property
    def _repairs(self) -> list[Edit]:
        """Return the edits that repair the quotes that the annotation damaged."""
        return [
            (match.start(), match.end(), '"')
            for region in self.regions
            if region.quoting is Quoting.DAMAGED
            for match in _QUOTE.finditer(self.text, region.start, region.end)
        ]

    def raw_lengths(self, targets: Sequence[str]) -> list[int]:
        """Return the length of each target as written in the annotated form."""
        return [len(self._raw_target(unit, target)) for unit, target in zip(self.units, targets, strict=True)]


def _spliced(text: str, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """Return `text[start:end]` with the edits made; `edits` are in order, and the first of two is made."""
    parts: list[str] = []
    for begin, stop, new in edits:
        if start <= begin:
            parts += (text[start:begin], new)
            start = stop
    parts.append(text[start:end])
    return "".join(parts)
