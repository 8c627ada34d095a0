"""Checks of the structure of a whole article, named as in the publisher's build (docfx).

Most checks report only faults of the localized form that the source form does not have: others are not the
fault of the translation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from l10n.checks.page import Page, PageCheck, Spot
from l10n.checks.pair import Severity

_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?:[ ]|\Z)|={7}\Z")
_DELIMITERS = re.compile(r"[ ]{0,3}\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*\|?[ \t]*+\Z")
_DISALLOWED = re.compile(
    r"<(script|style|link|meta|base|form|input|button|select|textarea|object|embed|applet|frameset|frame)\b",
    re.IGNORECASE,
)


def _h1_missing(page: Page, source: Page) -> Iterator[Spot]:
    if any(h.level == 1 for h in source.headings) and not any(h.level == 1 for h in page.headings):
        first = page.lines[0].number if page.lines else 1
        yield Spot(first, "", "no first-level heading (#), the source has one; add it")


def _multiple_h1s(page: Page, source: Page) -> Iterator[Spot]:
    found = [heading for heading in page.headings if heading.level == 1]
    allowed = max(1, sum(heading.level == 1 for heading in source.headings))
    for heading in found[allowed:]:
        yield Spot(
            heading.line,
            heading.text,
            f"one first-level heading (#) too many, {allowed} allowed; escape it or lower its level",
        )


def _heading_skipped(page: Page, source: Page) -> Iterator[Spot]:
    allowed = Counter((before, level) for before, level, _, _ in _skips(source))
    for before, level, line, text in _skips(page):
        if allowed[before, level]:
            allowed[before, level] -= 1
        else:
            yield Spot(
                line, text, f"a heading of level {level} follows one of level {before}; do not skip a level"
            )


def _skips(page: Page) -> Iterator[tuple[int, int, int, str]]:
    before = 0
    for level, text, line in page.headings:
        if before and level > before + 1:
            yield before, level, line, text
        before = level


def _code_block_unclosed(page: Page, source: Page) -> Iterator[Spot]:
    if page.unclosed:
        also = ", nor in the source" if source.unclosed else ""
        yield Spot(
            page.unclosed.number,
            page.unclosed.text,
            f"the code block that begins here is not closed{also}; close it",
        )


def _column_header_missing(page: Page, source: Page) -> Iterator[Spot]:
    allowed = Counter(_empty_headers(source).values())
    for (line, text), empty in _empty_headers(page).items():
        if allowed[empty]:
            allowed[empty] -= 1
        else:
            yield Spot(line, text, "a column of the table has no header; add it")


def _empty_headers(page: Page) -> dict[tuple[int, str], int]:
    """Return line and text of the table headers with empty cells, and how many cells are empty."""
    found = {}
    for index in range(1, len(page.lines)):
        header = page.lines[index - 1].text.strip()
        if "|" in header and "-" in page.lines[index].text and _DELIMITERS.match(page.lines[index].text):
            cells = header.replace("\\|", "x").removeprefix("|").removesuffix("|").split("|")
            if empty := sum(not cell.strip() for cell in cells):
                found[page.lines[index - 1].number, header] = empty
    return found


def _merge_conflict(page: Page, source: Page) -> Iterator[Spot]:
    marks = [line for line in page.lines if _CONFLICT.match(line.text)]
    if any(line.text.startswith("<<<<<<<") for line in marks) and len(marks) > 1:
        line = next(line for line in marks if line.text.startswith("<<<<<<<"))
        yield Spot(line.number, line.text, "the article has an unresolved git conflict; resolve it")


def _disallowed_tag(page: Page, source: Page) -> Iterator[Spot]:
    allowed = Counter(name for _, name in _tags(source))
    for line, name in _tags(page):
        if allowed[name]:
            allowed[name] -= 1
        else:
            yield Spot(
                line,
                f"<{name}>",
                f"the publisher does not allow <{name}>, and the source has none; escape it",
            )


def _tags(page: Page) -> Iterator[tuple[int, str]]:
    for line in page.lines:
        if "<" in line.text:
            text = re.sub(r"`[^`]*+`", "", line.text) if "`" in line.text else line.text
            for match in _DISALLOWED.finditer(text):
                if text[match.start() - 1 : match.start()] != "\\":
                    yield line.number, match[1].lower()


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
