"""An article as its readers get it, in lines, for the checks of whole articles.

Law 5: each line is read once, by expressions that stop at its end, so the time stays linear.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from l10n.checks.pair import Severity
from l10n.checks.tokens import read

# Prefixes of a block inside quotes and lists; each part begins with another character.
_PREFIX = re.compile(r"(?:[ \t>]|[-*+][ ]|\d{1,9}[.)][ ])*")
_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*+([^\r\n]*+)")
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})(?=[ \t]|\Z)")
_UNDERLINE = re.compile(r"[ ]{0,3}(=+|-{2,})[ \t]*\Z")
_NO_TEXT = re.compile(r"[ ]{0,3}(?:\Z|[>|#<]|[-*+][ ]|\d{1,9}[.)][ ]|:::)")
_TAB = re.compile(r"\[[^\[\]]*\]\(#tab/")
_LONGEST_LINE = 20_000
"""Longer lines are not read as headings, fences or tables (law 5)."""


class Line(NamedTuple):
    """A line of Markdown outside code blocks."""

    number: int
    """1-based, in the localized form."""
    text: str


class Heading(NamedTuple):
    """A heading and its line."""

    level: int
    text: str
    line: int


class Spot(NamedTuple):
    """A fault at a line of the localized form of an article."""

    line: int
    text: str
    """The faulty text; together with the name of the check, it identifies the fault in other runs."""
    message: str


@dataclass(slots=True)
class Page:
    """An article without its code blocks and comments."""

    lines: list[Line] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    unclosed: Line | None = None
    """The fence of the code block that is never closed."""
    folder: str = ""
    """The folder of the article, from the root."""
    files: Callable[[str], frozenset[str]] | None = None
    """Takes the reference of a folder, returns its file names in lower case; None if files do not matter."""


@dataclass(frozen=True, slots=True)
class PageCheck:
    """A named rule for a whole article."""

    name: str
    severity: Severity
    reason: str
    find: Callable[[Page, Page], Iterable[Spot]]
    """Takes the localized form and the source form of an article."""


def page_of(text: str, first: int = 0) -> Page:
    """Read a Markdown text; `first` is the number of lines before it, for example of front matter."""
    page = Page()
    fence, is_quoted = "", False
    in_comment = False
    before = ""
    for number, raw in enumerate(re.split(r"\r\n|[\r\n]", text), first + 1):
        line = raw if len(raw) <= _LONGEST_LINE else ""
        if page.unclosed and is_quoted and not line.lstrip().startswith(">"):
            page.unclosed = None  # a code block ends with its quote
        if page.unclosed:
            mark = _fence(line)
            if mark and mark[1].startswith(fence) and not mark[2].strip():
                page.unclosed = None
            continue
        if in_comment or "<!--" in line:
            in_comment, line = _without_comments(line, in_comment)
        mark = _fence(line)
        if mark and not (mark[1][0] == "`" and "`" in mark[2]):
            fence, is_quoted, before = mark[1], line.lstrip().startswith(">"), ""
            page.unclosed = Line(number, raw)
            continue
        page.lines.append(Line(number, line))
        _take_heading(page, line, before, number)
        before = line
    return page


def _fence(line: str) -> re.Match[str] | None:
    prefix = _PREFIX.match(line)
    return _FENCE.match(line, prefix.end() if prefix else 0)


def _without_comments(line: str, inside: bool) -> tuple[bool, str]:
    """Return True if a comment goes on after the line, and the line without comments."""
    parts: list[str] = []
    position = 0
    while True:
        if inside:
            end = line.find("-->", position)
            if end < 0:
                return True, "".join(parts)
            position, inside = end + 3, False
        start = line.find("<!--", position)
        if start < 0:
            return False, "".join([*parts, line[position:]])
        parts.append(line[position:start])
        position, inside = start + 4, True


def _take_heading(page: Page, line: str, before: str, number: int) -> None:
    if match := _HEADING.match(line):
        text = line[match.end() :].strip()
        closed = text.rstrip("#")
        text = text if closed and not closed[-1].isspace() else closed.rstrip()
        if not _TAB.search(text):
            page.headings.append(Heading(len(match[1]), text, number))
    elif (match := _UNDERLINE.match(line)) and before.strip() and not _NO_TEXT.match(before):
        page.headings.append(Heading(1 if match[1][0] == "=" else 2, before.strip(), number - 1))


def anchors(page: Page) -> set[str]:
    """Return the anchors of a page: those of its headings and those given in HTML."""
    found: set[str] = set()
    known: Counter[str] = Counter()
    for heading in page.headings:
        name = slug(heading.text)
        found.add(f"{name}-{known[name]}" if known[name] else name)
        known[name] += 1
    for line in page.lines:
        if "=" in line.text and ("id" in line.text or "name" in line.text):
            found.update(match[1].lower() for match in _NAMED.finditer(line.text))
    return found


_NAMED = re.compile(r"\b(?:id|name)[ ]?=[ ]?[\"']?([^\s\"'<>]{1,200})", re.IGNORECASE)


def slug(heading: str) -> str:
    """Return the anchor that the publisher's tools, like GitHub, make of a heading: "Über C#" → "über-c"."""
    taken = read(heading)
    parts, position = [], 0
    code = [(token, token.text) for token in taken.code]
    for token, text in sorted(code + [(token, "") for token in taken.tags], key=lambda one: one[0].start):
        if token.start >= position:
            parts += [taken.visible[position : token.start], text]
            position = token.end
    text = "".join([*parts, taken.visible[position:]]).replace("\0", "").lower().strip()
    return "".join("-" if c == " " else c for c in text if c.isalnum() or c in " -_" or _is_mark(c))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"
