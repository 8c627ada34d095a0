"""The marks that begin a line: list items, quotes, fences, headings … and the cells of a row.

Law 5: each expression is tried at the start of a line and reads each of its characters once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l10n.article.kinds import HTML_BLOCKS
from l10n.markdown import closing_backticks

_INDENT = re.compile(r"[ \t]*+")
QUOTE = re.compile(r"[ \t]*+> ?")
MARK = re.compile(r"[ \t]*+(?:(>) ?|(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)[ \t]?)")
FENCE = re.compile(r"(`{3,}+(?=[^`]*+$)|~{3,}+)")
HEADING = re.compile(r"(#{1,6})(?=[ \t]|$|<)")
CLOSING = re.compile(r"(?<=[ \t])#++[ \t]*+$")
UNDERLINE = re.compile(r"[ ]{0,3}(=++|-++)[ \t]*+$")
RULE = re.compile(r"(?:(?:\*[ \t]*+){3,}|(?:-[ \t]*+){3,}|(?:_[ \t]*+){3,})$")
DELIMITER_ROW = re.compile(r"[ \t>]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*\|?[ \t]*+$")
DIRECTIVE = re.compile(r":::+")
DIRECTIVE_END = re.compile(r":::+[ \t]*+(?:[\w-]+-end\b|$)")
DIRECTIVE_ALONE = re.compile(r":::+[ \t]*+(?:code|image|video|no-loc)\b")
DEFINITION = re.compile(r"\[(?!\^)(?:[^\[\]\\]|\\.){1,999}\]:[ \t]*+\S")
MARKER = re.compile(r"\[!(?:\w+|[\w-]+[ \t(\[][^\r\n]*)\][ \t]*+(?:\([^()\r\n]*\))?[ \t]*+$", re.ASCII)
RAW_HTML = re.compile(r"<(?:(?P<raw>pre|script|style|textarea)(?=[\s>]|$)|(?P<comment>!--))", re.IGNORECASE)
HTML_BLOCK = re.compile(rf"</?(?:{HTML_BLOCKS})(?=[\s/>]|$)", re.IGNORECASE)
HARD_BREAK = re.compile(r"(?: {2,}|\\)$")
_CELL_MARK = re.compile(r"\\.|`++|\|", re.DOTALL)


def base(line: str, position: int, containers: Sequence[int]) -> int:
    """Return the column of the content of the innermost container, whose mark ends at `position`."""
    if not containers:
        return 0
    return containers[-1] if containers[-1] >= 0 else column(line, position)


def begins_table(content: str, following: str) -> bool:
    """Return True if the content of a line is the head of a table, by the line that follows."""
    return "|" in content and "|" in following and DELIMITER_ROW.match(following) is not None


def begins_block(line: str) -> bool:
    """Return True if a line begins a block that interrupts a paragraph."""
    content = line.lstrip(" \t")
    return bool(
        HEADING.match(content)
        or FENCE.match(content)
        or RULE.match(content)
        or DIRECTIVE.match(content)
        or content.startswith("|")
        or RAW_HTML.match(content)
        or HTML_BLOCK.match(content)
    )


def indent_end(line: str, position: int) -> int:
    """Return the offset after the white space at `position`."""
    match = _INDENT.match(line, position)
    return match.end() if match else position


def column(line: str, position: int) -> int:
    """Return the column of an offset, from 0; a tab leads to the next multiple of 4."""
    before = line[:position]
    return len(before.expandtabs(4)) if "\t" in before else position


def cells(row: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the cells of a row; the first and the last bar are its frame."""
    position = 1 if row.startswith("|") else 0
    closing = closing_backticks(row) if "`" in row else {}
    code_end = 0
    for match in _CELL_MARK.finditer(row, position):
        if match.start() < code_end:
            continue
        if match[0] == "|":
            yield position, match.start()
            position = match.end()
        elif match[0][0] == "`" and match.start() in closing:
            code_end = closing[match.start()] + len(match[0])
    if row[position:].strip():
        yield position, len(row)
