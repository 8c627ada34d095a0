"""Checks of the structure of a whole article, named as in the publisher's build (docfx).

Most checks report only faults of the localized form that the source form does not have: others are not the
fault of the translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter

from l10n.checks.page import Heading, Line, Page, PageCheck, Spot
from l10n.checks.pair import Severity
from l10n.checks.tokens import surplus

_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?:[ ]|\Z)|={7}\Z")
_DELIMITERS = re.compile(r"[ ]{0,3}\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*\|?[ \t]*+\Z")
_CODE = re.compile(r"`[^`]*+`")
_DISALLOWED = re.compile(
    r"(?<!\\)<(script|style|link|meta|base|form|input|button|select|textarea|object|embed|applet|frameset|frame)\b",
    re.IGNORECASE,
)


def _titles(page: Page) -> list[Heading]:
    return [heading for heading in page.headings if heading.level == 1]


def _h1_missing(page: Page, source: Page) -> Iterator[Spot]:
    if _titles(source) and not _titles(page):
        first = page.lines[0].number if page.lines else 1
        yield Spot(first, "", "no first-level heading (#), the source has one; add it")


def _multiple_h1s(page: Page, source: Page) -> Iterator[Spot]:
    allowed = max(1, len(_titles(source)))
    message = f"one first-level heading (#) too many, {allowed} allowed; escape it or lower its level"
    for heading in _titles(page)[allowed:]:
        yield Spot(heading.line, heading.text, message)


def _heading_skipped(page: Page, source: Page) -> Iterator[Spot]:
    for before, heading in surplus(_skips(page), map(_levels, _skips(source)), _levels):
        message = f"a heading of level {heading.level} follows one of level {before}; do not skip a level"
        yield Spot(heading.line, heading.text, message)


def _skips(page: Page) -> list[tuple[int, Heading]]:
    """Return the headings that skip a level, each with the level before it."""
    pairs = pairwise(page.headings)
    return [(before.level, heading) for before, heading in pairs if heading.level > before.level + 1]


def _levels(skip: tuple[int, Heading]) -> tuple[int, int]:
    return skip[0], skip[1].level


def _code_block_unclosed(page: Page, source: Page) -> Iterator[Spot]:
    if page.unclosed:
        also = ", nor in the source" if source.unclosed else ""
        message = f"the code block that begins here is not closed{also}; close it"
        yield Spot(*page.unclosed, message)


def _column_header_missing(page: Page, source: Page) -> Iterator[Spot]:
    known = (empty for empty, _ in _empty_headers(source))
    for _, line in surplus(_empty_headers(page), known, itemgetter(0)):
        yield Spot(line.number, line.text.strip(), "a column of the table has no header; add it")


def _empty_headers(page: Page) -> list[tuple[int, Line]]:
    """Return the table headers with empty cells, each with the number of these."""
    found = []
    for line, next_line in pairwise(page.lines):
        header = line.text.strip()
        if "|" in header and "-" in next_line.text and _DELIMITERS.match(next_line.text):
            cells = header.replace("\\|", "x").removeprefix("|").removesuffix("|").split("|")
            if empty := sum(not cell.strip() for cell in cells):
                found.append((empty, line))
    return found


def _merge_conflict(page: Page, source: Page) -> Iterator[Spot]:
    marks = [line for line in page.lines if _CONFLICT.match(line.text)]
    first = next((line for line in marks if line.text.startswith("<<<<<<<")), None)
    if first and len(marks) > 1:
        yield Spot(*first, "the article has an unresolved git conflict; resolve it")


def _disallowed_tag(page: Page, source: Page) -> Iterator[Spot]:
    for name, line in surplus(_tags(page), (name for name, _ in _tags(source)), itemgetter(0)):
        message = f"the publisher does not allow <{name}>, and the source has none; escape it"
        yield Spot(line, f"<{name}>", message)


def _tags(page: Page) -> Iterator[tuple[str, int]]:
    for line in page.lines:
        if "<" in line.text:
            text = _CODE.sub("", line.text)
            for match in _DISALLOWED.finditer(text):
                yield match[1].lower(), line.number


STRUCTURE_CHECKS = (
    PageCheck("h1-missing", Severity.WARNING, "The article has no title.", _h1_missing),
    PageCheck("multiple-h1s", Severity.WARNING, "An article has only one title.", _multiple_h1s),
    PageCheck("heading-skipped", Severity.WARNING, "A level of headings is skipped.", _heading_skipped),
    PageCheck(
        "code-block-unclosed", Severity.ERROR, "The rest of the article shows as code.", _code_block_unclosed
    ),
    PageCheck(
        "column-header-missing", Severity.WARNING, "A table column has no header.", _column_header_missing
    ),
    PageCheck("merge-conflict", Severity.ERROR, "Readers see the marks of a git conflict.", _merge_conflict),
    PageCheck(
        "disallowed-html-tag", Severity.WARNING, "The publisher's tools remove the tag.", _disallowed_tag
    ),
)
