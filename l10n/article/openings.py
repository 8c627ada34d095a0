r"""The blocks that a line begins, and how to escape it so that it begins none: `1. May`, `1\. May`.

After CommonMark 0.31, sections 4 and 5 (https://spec.commonmark.org/0.31.2/#leaf-blocks), with the alerts and
directives of docfx and the tables and footnotes of GitHub.

Law 5: each expression is tried at the start of a line and reads each of its characters once; at most a fixed
number of containers is followed.
"""

from __future__ import annotations

import re

from l10n.article.kinds import HTML_BLOCKS
from l10n.markdown import end_of

_DEEPEST = 50
_INDENT = re.compile(r"[ \t]*+")
_CONTAINER = re.compile(r"(>)[ ]?|([-+*]|(\d{1,9})[.)])(?=[ \t]|\Z)")
_HTML_BLOCK = (
    r"<(?:(?:pre|script|style|textarea)(?=[\s>]|\Z)|!--|\?|![A-Za-z]|!\[CDATA\["
    rf"|/?(?:base|basefont|{HTML_BLOCKS})(?=[\s/>]|\Z))"
)
_LEAF = re.compile(
    r"(?P<heading>\#{1,6}(?=[ \t]|\Z))"
    r"|(?P<fence>`{3,}(?=[^`]*+\Z)|~{3,})"
    r"|(?P<html>" + _HTML_BLOCK + ")"
    r"|(?P<directive>:::)"
    r"|(?P<table>\|)",
    re.IGNORECASE,
)
_RULE = re.compile(r"(?:\*[ \t]*+){3,}\Z|(?:-[ \t]*+){3,}\Z|(?:_[ \t]*+){3,}\Z")
_UNDERLINE = re.compile(r"(?:=++|-++)[ \t]*+\Z")
_DELIMITERS = re.compile(r"[|:-][|:\- \t]*+\Z")
# Marks that begin a block only if no paragraph continues.
_FRESH = re.compile(
    r"(?P<definition>\[(?:[^\[\]\\]|\\.){1,999}\]:)"
    r"|(?P<alert>\[!\w)"
    r"|(?P<tag></?[A-Za-z][A-Za-z0-9-]*+(?:\s[^<>]*+)?>[ \t]*+\Z)",
    re.ASCII,
)
Opening = tuple[str, ...]
"""The blocks that a line begins, from the outermost to the innermost; empty for plain text."""


def opening(line: str, *, continues: bool = False, in_list: bool = False) -> Opening:
    """Return the blocks that `line` begins.

    `continues`: the line before is a paragraph, so only blocks that may interrupt one can begin. `in_list`:
    that paragraph belongs to a list item, so any number begins the next item.
    """
    found: list[str] = []
    position = 0
    while len(found) < _DEEPEST:
        end = end_of(_INDENT, line, position)
        width = len(line[position:end].expandtabs(4))
        if width >= 4 and not continues and end < len(line):
            return (*found, "code")
        mark = _CONTAINER.match(line, end)
        if mark is None or _RULE.match(line, end) or (continues and not in_list and _cannot_interrupt(mark)):
            position = end
            break
        position = mark.end()
        if mark[1]:
            found.append(">")
            continue
        continues = in_list = False
        after = end_of(_INDENT, line, position)
        width = len(line[position:after].expandtabs(4))
        if width > 4:
            return (*found, mark[2][-1], "code")
        found.append(f"{mark[2][-1]}{position + width}")
        position = after
    return (*found, *_leaf(line[position:], continues))


def _cannot_interrupt(mark: re.Match[str]) -> bool:
    """Return True for a list mark that ends no paragraph: its number is not 1, or its item is empty."""
    return mark[2] is not None and ((mark[3] or "1") != "1" or mark.end() == len(mark.string))


def _leaf(rest: str, continues: bool) -> Opening:
    if continues and _UNDERLINE.match(rest):
        return ("underline",)
    if _RULE.match(rest):
        return ("rule",)
    if match := _LEAF.match(rest):
        return (f"heading{len(match[0])}" if match.lastgroup == "heading" else str(match.lastgroup),)
    if continues:
        return ("delimiters",) if "|" in rest and "-" in rest and _DELIMITERS.match(rest) else ()
    if match := _FRESH.match(rest):
        return (str(match.lastgroup),)
    return ()


_BLOCKS = {
    "code": "indented code",
    ">": "a quote",
    "fence": "a code block",
    "html": "an HTML block",
    "tag": "an HTML block",
    "directive": "a directive",
    "table": "a table",
    "delimiters": "a table",
    "definition": "a definition of a link or footnote",
    "alert": "an alert",
    "underline": "a heading of the line before",
    "rule": "a line across the page",
}


def opening_name(found: Opening) -> str:
    """Return the name of the innermost block of an opening, for messages."""
    last = next((block for block in reversed(found) if block), "")
    if last.startswith("heading"):
        return "a heading"
    return _BLOCKS.get(last, "a list")


_NUMBER = re.compile(r"([ \t]*+\d{1,9})([.)])")
_FIRST = re.compile(r"([ \t]*+)([^\s\w])")


def without_opening(line: str) -> str:
    r"""Return `line` with a backslash that makes it plain text: `1\. May`, `\- x`; indents are removed."""
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    if len(indent.expandtabs(4)) >= 4:
        line = line[len(indent) :]
    match = _NUMBER.match(line) or _FIRST.match(line)
    return f"{match[1]}\\{line[match.start(2) :]}" if match else line.lstrip(" \t")


def is_paragraph(line: str) -> bool:
    """Return True if the text of `line`, after its quote and list marks, may continue in the next line."""
    blocks = opening(line)
    last = blocks[-1] if blocks else ""
    is_text = last in ("", ">", "alert") or last[0] in "-+*.)"
    return is_text and bool(line.strip(" \t>\r\n")) and not is_empty_item(line)


def is_dashes(line: str) -> bool:
    """Return True if `line` may be the delimiter row below the head of a table."""
    return "-" in line and _DELIMITERS.match(line.lstrip(" \t>")) is not None


def is_empty_item(line: str) -> bool:
    """Return True if nothing follows the last list mark of `line`."""
    return _EMPTY_ITEM.match(line) is not None


_EMPTY_ITEM = re.compile(r"[ \t>]*+(?:(?:[-+*]|\d{1,9}[.)])(?:[ \t>]+|\Z))+\Z")


def starts_list(line: str) -> bool:
    """Return True if a list item begins in `line`."""
    return any(block[0] in "-+*.)" for block in opening(f"{line}x"))
