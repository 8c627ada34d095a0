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
from l10n.article.frontmatter import Metadata
from l10n.article.kinds import lines
from l10n.article.publisher import Edit, source_edits
from l10n.article.quoting import Quoting, Region, encode
from l10n.article.unit import Unit, Unmatched
from l10n.article.yaml_values import encode_scalar
from l10n.doubts import Doubt
from l10n.problems import Problem

Form = Literal["annotated", "localized", "source"]

ANNOTATION = re.compile(r"data-[ts]tu-id|sxs-lookup")
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
        return bool(self.units) or ANNOTATION.search(self.text) is not None

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
                (unit.target_start, unit.target_end, mark(number, self.raw_target(unit, target)))
                for number, (unit, target) in pairs
            ]
        elif form == "localized":
            edits = [
                (unit.start, unit.end, mark(number, self.reader_text(unit, target)))
                for number, (unit, target) in pairs
            ]
            edits += self._repairs
        else:
            edits = [
                (unit.start, unit.end, mark(number, self._raw_source(unit))) for number, (unit, _) in pairs
            ]
            edits += self._repairs + source_edits(self.text, self.units, is_yaml=self.is_yaml)
        return _spliced(self.text, sorted(edits))

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

    def raw_target(self, unit: Unit, target: str) -> str:
        """Return `target` as the article has it between the tags of the unit's target."""
        if target == unit.target:
            return self.text[unit.target_start : unit.target_end]
        if unit.target_quoting is Quoting.SCALAR:
            return encode_scalar(target, self.text[unit.target_start : unit.target_end])
        if self.ends_region(unit):
            head, quote, tail = target.rpartition('"')
            return encode(head, unit.target_quoting) + quote + tail
        return encode(target, unit.target_quoting)

    def ends_region(self, unit: Unit) -> bool:
        """Return True if the unit's target contains the intact quote that ends a region of damaged quotes."""
        damaged = unit.target_quoting in (Quoting.DAMAGED, Quoting.DAMAGED_OUTER)
        return damaged and self.text.find('"', unit.target_start, unit.target_end) >= 0

    def reader_text(self, unit: Unit, target: str) -> str:
        """Return what replaces the unit with `target` in the localized form."""
        raw = self.raw_target(unit, target)
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
        return [len(self.raw_target(unit, target)) for unit, target in zip(self.units, targets, strict=True)]


def _spliced(text: str, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """Return `text[start:end]` with the edits made; `edits` are in order, and the first of two is made."""
    parts: list[str] = []
    for begin, stop, new in edits:
        if start <= begin:
            parts += (text[start:begin], new)
            start = stop
    parts.append(text[start:end])
    return "".join(parts)
