"""What a new target would break of the Markdown around it, told from the old and the new text alone."""

from __future__ import annotations

import re

from l10n.article.kinds import Kind, begins_block

LINE_BREAK = re.compile(r"\r\n|[\r\n]")
_BLANK_LINE = re.compile(r"(?:\r\n|[\r\n])[ \t>]*(?:\r\n|[\r\n])")
_CELL_BAR = re.compile(r"\\\\|\\\||(\|)")
_SPAN_TAG = re.compile(r"</?span(?=[\s/>])[^<>]*+>|</span")
# The kinds that end with their line.
_WITH_ARTICLE = {
    Kind.HEADING: "a heading",
    Kind.TABLE_CELL: "a table cell",
    Kind.IMAGE_TEXT: "an image text",
    Kind.FRONT_MATTER: "the front matter",
    Kind.LINK_TEXT: "a link text",
    Kind.LABEL: "a label",
    Kind.ATTRIBUTE: "an attribute",
}


def span_fault(new: str, old: str) -> str | None:
    """Why the `<span>` tags of `new`, other ones than those of `old`, are not whole, or None."""
    tags = _SPAN_TAG.findall(new)
    depth = 0
    for tag in tags:
        if tag.startswith("</"):
            depth -= 1
        elif not tag.endswith("/>"):
            depth += 1
        if depth < 0 or tag == "</span":
            break
    if not depth or tags == _SPAN_TAG.findall(old):
        return None
    return "a <span> or </span> in it lacks its other half"


def bars(text: str) -> int:
    """How many bars in `text` would end a table cell: those that no backslash stands before."""
    return sum(1 for match in _CELL_BAR.finditer(text) if match[1])


def line_fault(new: str, old: str, kind: Kind, *, is_escaped: bool) -> str | None:
    """Why the lines of `new` would be more than what `old` is, or None.

    `is_escaped` tells that line breaks are written as escapes at their place.
    """
    if not LINE_BREAK.search(new):
        return None
    if kind in _WITH_ARTICLE:
        return f"a line break cannot stand in {_WITH_ARTICLE[kind]}"
    if is_escaped:
        return None
    if _BLANK_LINE.search(new) and not _BLANK_LINE.search(old):
        return "a blank line would end the paragraph"
    delivered = {_mark(line) for line in LINE_BREAK.split(old)[1:]}
    for line in LINE_BREAK.split(new)[1:]:
        if begins_block(line) and _mark(line) not in delivered:
            return f"its line {line.strip()[:20]!r} would begin a block of its own"
    return None


def _mark(line: str) -> str:
    return line.strip()[:1]
