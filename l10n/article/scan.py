r"""Find the units in an article's text, tolerating damage, in linear time.

A unit is a target span and its source span with the same id (docs/format.md):

    <span data-ttu-id="ID">TARGET</span><span class="sxs-lookup"><span data-stu-id="ID">SOURCE</span></span>

One expression reads the units without a `<span` or `</span` in their text, which are nearly all.
Only if annotation is left over are the tags of the whole text read: then the author's own spans are
balanced, damaged quotes are understood, and unreadable annotation is reported (law 3).

Law 5, no input makes the time explode: each unit is searched between its own opening tag and the
next one, and the expressions never backtrack.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from typing import NamedTuple

from l10n.article.kinds import Kind
from l10n.article.quoting import Quoting, Region, damaged_regions, decode
from l10n.article.unit import Unit


class ScanFinding(NamedTuple):
    """A problem at an offset of the text."""

    offset: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Scan:
    """The result of a scan."""

    units: list[Unit] = field(default_factory=list)
    """The units in order and disjoint; their kinds and lines are not known yet."""
    regions: list[Region] = field(default_factory=list)
    """The ranges with damaged quotes."""
    findings: list[ScanFinding] = field(default_factory=list)


# Any text without a span tag. Possessive: it never backtracks.
_TEXT = r"[^<]*+(?:<(?!/?span[\s/>])[^<]*+)*"
_ID = r"""[^"'\\<>&\s]++"""
_CLEAN_UNIT = re.compile(
    rf'<span data-ttu-id="({_ID})">({_TEXT})</span>'
    rf'<span class="sxs-lookup"><span data-stu-id="({_ID})">({_TEXT})</span></span>'
)
_SPAN_TAG = re.compile(r"<(/?)span(?=[\s/>])([^<>]*+)>")
_QUOTE = r'("|\\"|&quot;)'
_ANNOTATION = re.compile(
    rf"\s+(?:data-(ttu|stu)-id={_QUOTE}({_ID}){_QUOTE}|class={_QUOTE}sxs-lookup{_QUOTE})\s*"
)
_TRUNCATED = re.compile(r"<span\s+data-[ts]tu-id=")

_DAMAGED = (
    'from here on quotes were written as "&quot;"; the units were read all the same, '
    "and what stands here is kept as it is: ask the publisher for a new delivery"
)
_INTACT = (Quoting.INTACT, Quoting.INTACT)
_AUTHOR, _CLOSE, _TARGET, _LOOKUP, _SOURCE = range(5)


class _Tag(NamedTuple):
    kind: int
    start: int
    end: int
    id: str = ""
    quote: str = ""
    empty: bool = False


def scan(text: str) -> Scan:
    """Return the units of `text`, and findings for annotation that belongs to no unit."""
    result = Scan()
    for match in _CLEAN_UNIT.finditer(text):
        target_id, source_id = match.group(1, 3)
        if target_id != source_id:
            result.findings.append(_id_mismatch(match.start(), target_id, source_id))
        result.units.append(_unit(text, target_id, match.span(), match.span(2), match.span(4)))
    count = len(result.units)
    if text.count("tu-id=") != 2 * count or text.count("sxs-lookup") != count:
        result = _UnitReader(text).read_all()
    result.findings.extend(_repeated(result.units))
    result.findings.sort()
    return result


def _unit(
    text: str, identifier: str, whole: tuple[int, int], target: tuple[int, int], source: tuple[int, int]
) -> Unit:
    """Return the unit with these ranges, its quotes intact, as a paragraph on line 0."""
    texts = (text[target[0] : target[1]], text[source[0] : source[1]])
    return Unit(identifier, *texts, Kind.PARAGRAPH, 0, *whole, *target, *source, *_INTACT)


def _id_mismatch(offset: int, target_id: str, source_id: str) -> ScanFinding:
    return ScanFinding(
        offset,
        "id-mismatch",
        f"the target is unit {target_id}, its source {source_id}; "
        "they were read as a pair: check that they belong together",
    )


def _repeated(units: list[Unit]) -> list[ScanFinding]:
    if len({unit.id for unit in units}) == len(units):
        return []
    findings = []
    seen: set[str] = set()
    for unit in units:
        if unit.id in seen:
            message = f"unit {unit.id} occurs again here; both were read: check which one belongs here"
            findings.append(ScanFinding(unit.start, "repeated-id", message))
        seen.add(unit.id)
    return findings


def _tags(text: str) -> tuple[list[_Tag], list[ScanFinding]]:
    tags = []
    annotations = set()
    for match in _SPAN_TAG.finditer(text):
        start, end = match.span()
        closing, attributes = match.groups()
        if closing:
            tags.append(_Tag(_CLOSE, start, end))
        elif annotation := _ANNOTATION.fullmatch(attributes):
            role, opening_quote, identifier, _, lookup_quote, _ = annotation.groups()
            kind = {"ttu": _TARGET, "stu": _SOURCE, None: _LOOKUP}[role]
            tags.append(_Tag(kind, start, end, identifier or "", opening_quote or lookup_quote))
            annotations.add(start)
        else:
            tags.append(_Tag(_AUTHOR, start, end, empty=attributes.endswith("/")))
    findings = [
        ScanFinding(
            match.start(),
            "malformed-tag",
            "this annotation tag is not as the publisher writes it; it was left as it is: "
            "mend the tag, or ask the publisher for a new delivery",
        )
        for match in _TRUNCATED.finditer(text)
        if match.start() not in annotations
    ]
    return tags, findings


class _UnitReader:
    """Reads the units between span tags in one pass; each tag is read a few times at most."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tags, findings = _tags(text)
        regions = damaged_regions(text)
        findings += [ScanFinding(region.start, "damaged-quotes", _DAMAGED) for region in regions]
        self._result = Scan([], regions, findings)

    def read_all(self) -> Scan:
        """Return the units, and findings for the annotation that belongs to none."""
        openings = [index for index, tag in enumerate(self._tags) if tag.kind == _TARGET]
        previous = 0
        for opening, following in pairwise([*openings, len(self._tags)]):
            self._report_strays(previous, opening)
            previous = self._read(opening, following)
        self._report_strays(previous, len(self._tags))
        return self._result

    def _read(self, opening: int, limit: int) -> int:
        """Read the unit whose target opens at tag `opening` and ends before tag `limit`.

        Returns the index of the first tag after it.
        """
        tags = self._tags
        target = tags[opening]
        separator = next((i for i in range(opening + 1, limit - 2) if self._separates(i)), None)
        if separator is None:
            self._find(target, "unclosed-unit", f"unit {target.id} has no source")
            return opening + 1
        source = tags[separator + 2]
        last = self._source_end(separator + 3, limit)
        if last is None:
            self._find(target, "unclosed-unit", f"the source of unit {target.id} does not end")
            return separator + 3
        if target.id != source.id:
            self._result.findings.append(_id_mismatch(target.start, target.id, source.id))
        if not (_balanced(tags[opening + 1 : separator]) and _balanced(tags[separator + 3 : last])):
            message = (
                f"unit {target.id} has a <span> or </span> without its other half; "
                "it was read all the same: check its text"
            )
            self._result.findings.append(ScanFinding(target.start, "stray-span", message))
        whole = (target.start, tags[last + 1].end)
        inside = (target.end, tags[separator].start), (source.end, tags[last].start)
        unit = _unit(self._text, target.id, whole, *inside)
        quotings = self._quoting(target), self._quoting(source)
        self._result.units.append(
            unit._replace(
                target=decode(unit.target, quotings[0]),
                source=decode(unit.source, quotings[1]),
                target_quoting=quotings[0],
                source_quoting=quotings[1],
            )
        )
        return last + 2

    def _report_strays(self, first: int, limit: int) -> None:
        """Report the annotation among these tags that belongs to no unit."""
        tags = self._tags[first:limit]
        for tag, following in zip_longest(tags, tags[1:]):
            if tag.kind == _SOURCE:
                self._find(tag, "orphan-source", f"source {tag.id} has no target")
            elif tag.kind == _LOOKUP and (following is None or following.kind != _SOURCE):
                self._find(tag, "orphan-source", "this lookup span holds no source")

    def _find(self, tag: _Tag, code: str, what: str) -> None:
        advice = "its text was left as it is: ask the publisher for a new delivery, or mend the annotation"
        self._result.findings.append(ScanFinding(tag.start, code, f"{what}; {advice}"))

    def _separates(self, index: int) -> bool:
        closing, lookup, source = self._tags[index : index + 3]
        return (
            closing.kind == _CLOSE
            and lookup.kind == _LOOKUP
            and source.kind == _SOURCE
            and closing.end == lookup.start
            and lookup.end == source.start
        )

    def _source_end(self, first: int, limit: int) -> int | None:
        """Return the index of the first of the two tags that close a source, or None."""
        tags = self._tags
        depth = 0
        adjacent = None  # the first `</span></span>`, for a source whose spans do not balance
        for index in range(first, limit):
            tag = tags[index]
            if tag.kind in (_LOOKUP, _SOURCE):
                break
            if tag.kind == _AUTHOR:
                depth += not tag.empty
                continue
            closes_unit = (
                index + 1 < limit and tags[index + 1].kind == _CLOSE and tag.end == tags[index + 1].start
            )
            if depth == 0 and closes_unit:
                # The text balances up to here; a stray `</span>` before it does no harm.
                return index
            if closes_unit and adjacent is None:
                adjacent = index
            depth = max(0, depth - 1)
        return adjacent

    def _quoting(self, tag: _Tag) -> Quoting:
        if tag.quote == '\\"':
            return Quoting.ESCAPED
        regions = self._result.regions
        index = bisect_right(regions, tag.end, key=lambda region: region.start) - 1
        is_damaged = index >= 0 and tag.end <= regions[index].end
        return regions[index].quoting if is_damaged else Quoting.INTACT


def _balanced(tags: list[_Tag]) -> bool:
    depth = 0
    for tag in tags:
        depth += not tag.empty if tag.kind == _AUTHOR else -1
        if depth < 0:
            return False
    return depth == 0
