"""The kind of text a unit belongs to: heading, list item, table cell …

A unit's kind helps the reviewer, and decides what a new target may not contain. It is read in one pass over
the lines, after CommonMark 0.31 (https://spec.commonmark.org/0.31.2/, sections 4 and 5) and the publisher's
alerts and tables, as far as lines with units need it. Only the text outside the units is read, so a
translation cannot change the kind.

Law 5: the time grows with the size of the text, since lists and quotes are followed to a fixed depth only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from l10n.markdown import end_of


class Kind(StrEnum):
    """The kind of text a unit belongs to, in the words of the reviewer's note."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE_CELL = "table cell"
    BLOCKQUOTE = "blockquote"
    ALERT = "alert"
    HTML = "HTML"
    FRONT_MATTER = "front matter"
    IMAGE_TEXT = "image text"
    LINK_TEXT = "link text"
    LABEL = "label"
    ATTRIBUTE = "attribute"


SLOT_KINDS = frozenset({Kind.IMAGE_TEXT, Kind.LINK_TEXT, Kind.LABEL, Kind.ATTRIBUTE})
"""The kinds of texts that are inside brackets or quotes (`slots`)."""


_INDENT = re.compile(r"[ \t]*+")
_QUOTE = re.compile(r"[ \t]*+> ?")
_CONTAINER_MARK = re.compile(r"[ \t]*+(?:(>) ?|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)[ \t]?)")
_ALERT = re.compile(r"[ \t]*+\[!\w+\]", re.ASCII)
_HEADING = re.compile(r"[ \t]*+#{1,6}(?=[ \t]|$|<)")
_FENCE = re.compile(r"[ \t]*+(`{3,}+|~{3,}+)")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=++|-++)[ \t]*+$")
_DELIMITER_ROW = re.compile(r"[ \t>]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*\|?[ \t]*+$")
# HTML blocks of CommonMark's kinds 1, 2 (to their end mark) and 6 (to a blank line).
_RAW_HTML = re.compile(r"[ \t]*+<(pre|script|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_HTML_COMMENT = re.compile(r"[ \t]*+<!--")
HTML_BLOCKS = (
    r"address|article|aside|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir"
    r"|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe"
    r"|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary"
    r"|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
"""Elements that begin an HTML block, as an expression."""
_HTML_BLOCK = re.compile(rf"[ \t]*+</?(?:{HTML_BLOCKS})(?=[\s/>]|$)", re.IGNORECASE)
_BLOCK_MARK = re.compile(
    r"[ \t]*+(?:#{1,6}(?=[ \t]|$)|>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|`{3}|~{3}|\|)"
)

# Deeper lists and quotes are read as text (law 5): every line is compared with each level.
_DEEPEST = 50

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n|\Z)")


def lines(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Yield start and end of each line from `start` on, with its line break (LF, CRLF or CR)."""
    for match in _LINE.finditer(text, start):
        yield match.span()


def begins_block(line: str) -> bool:
    """Return True if a line that begins like this starts a new block: list item, heading, quote …"""
    return _BLOCK_MARK.match(line) is not None


@dataclass(slots=True)
class _Container:
    """A list item (with the column of its content) or a quote (column -1)."""

    column: int
    is_alert: bool = False


@dataclass(slots=True)
class _Blocks:
    """The block structure up to the current line."""

    containers: list[_Container] = field(default_factory=list)
    fence: str = ""
    html_end: str = ""
    in_html: bool = False
    in_table: bool = False
    in_paragraph: bool = False

    def enter(self, line: str, following: str) -> Kind:
        """Read the next line and return the kind of its text."""
        if not line.strip():
            self._enter_blank()
            return self._container_kind()
        rest, opened = self._enter_containers(line)
        first = rest.lstrip()[:1]  # most lines begin with a letter, and no block mark does
        if self.fence:
            self._leave_fence(rest)
            return self._container_kind()
        if not first:
            self.in_table = self.in_paragraph = False
            self.in_html = self.in_html and bool(self.html_end)
            return self._container_kind()
        if opened:
            self.in_table = self.in_paragraph = False
        if (self.in_html or first == "<") and (html := self._html(rest)):
            return html
        if first in "`~" and (fence := _FENCE.match(rest)):
            self.fence = fence[1]
            return self._container_kind()
        if first == "#" and _HEADING.match(rest):
            self.in_table = self.in_paragraph = False
            return Kind.HEADING
        if self.in_table or first == "|" or _begins_table(rest, following):
            self.in_table, self.in_paragraph = True, False
            return Kind.TABLE_CELL
        self.in_paragraph = True
        if not self.containers and _UNDERLINE.match(following):
            return Kind.HEADING
        return self._container_kind()

    def _enter_blank(self) -> None:
        """Read a blank line: it ends quotes, but not lists."""
        if self.fence:
            return
        self.in_table = self.in_paragraph = False
        if not (self.in_html and self.html_end):
            self.in_html = False
            quote = next((i for i, c in enumerate(self.containers) if c.column < 0), None)
            if quote is not None:
                del self.containers[quote:]

    def _enter_containers(self, line: str) -> tuple[str, bool]:
        """Return the part of the line inside the containers, and True if the line opened a new one."""
        matched, position = self._continued(line)
        if self.fence and matched < len(self.containers):
            self.fence = ""  # a fence ends with its container
        if self.fence or (self.in_html and self.html_end):
            return line[position:], False
        opened, position = _opened(line, position, _DEEPEST - matched)
        rest = line[position:]
        if matched < len(self.containers):
            lazy = self.in_paragraph and not opened and not begins_block(rest)
            if not lazy:
                del self.containers[matched:]
        self.containers += opened
        return rest, bool(opened)

    def _continued(self, line: str) -> tuple[int, int]:
        """Return the number of containers that continue in this line, and the offset after their marks."""
        position = 0
        for number, container in enumerate(self.containers):
            if container.column < 0:
                quote = _QUOTE.match(line, position)
                if not quote:
                    return number, position
                position = quote.end()
            elif _column(line, end_of(_INDENT, line, position)) < container.column:
                return number, position
        return len(self.containers), position

    def _leave_fence(self, rest: str) -> None:
        fence = _FENCE.match(rest)
        if fence and fence[1].startswith(self.fence) and not rest[fence.end() :].strip():
            self.fence = ""

    def _html(self, rest: str) -> Kind | None:
        if not self.in_html:
            if raw := _RAW_HTML.match(rest):
                self.html_end = f"</{raw[1].lower()}>"
            elif _HTML_COMMENT.match(rest):
                self.html_end = "-->"
            elif _HTML_BLOCK.match(rest):
                self.html_end = ""
            else:
                return None
            self.in_html = True
        if self.html_end and self.html_end in rest.lower():
            self.in_html, self.html_end = False, ""
        return Kind.HTML

    def _container_kind(self) -> Kind:
        if not self.containers:
            return Kind.PARAGRAPH
        innermost = self.containers[-1]
        if innermost.column >= 0:
            return Kind.LIST_ITEM
        return Kind.ALERT if any(c.is_alert for c in self.containers) else Kind.BLOCKQUOTE


def _begins_table(rest: str, following: str) -> bool:
    return "|" in rest and "|" in following and _DELIMITER_ROW.match(following) is not None


def _opened(line: str, position: int, room: int) -> tuple[list[_Container], int]:
    """Return the containers that open at `position`, at most `room`, and the offset after their marks."""
    opened: list[_Container] = []
    while len(opened) < room and (mark := _CONTAINER_MARK.match(line, position)):
        position = mark.end()
        if mark[1]:
            opened.append(_Container(-1, _ALERT.match(line, position) is not None))
        else:
            opened.append(_Container(_column(line, position)))
    return opened, position


def _column(line: str, position: int) -> int:
    return len(line[:position].expandtabs(4))


def kinds_of(text: str, body: int, spans: Sequence[tuple[int, int]], *, is_yaml: bool) -> list[Kind]:
    """Return the kind of each of `spans`, units in order, in an article whose body begins at `body`.

    Text before `body` is front matter. In a YAML file (`is_yaml`) each scalar is read as Markdown by itself.
    """
    first = next((index for index, span in enumerate(spans) if span[0] >= body), len(spans))
    found = [Kind.FRONT_MATTER] * len(spans)
    outer, places = _outer_text(text, body, spans[first:])
    if is_yaml:
        outer = _YAML_MARKUP.sub(_yaml_break, outer)
    blocks = _Blocks()
    index = 0
    has_images = "![" in outer or 'alt-text="' in outer
    end = 0
    for line, following in pairwise(_LINE.findall(outer) if places else ()):
        kind = blocks.enter(line, following)
        start = previous = end
        end += len(line)
        while index < len(places) and places[index] < end:
            place = places[index]
            continues = previous != start and found[first + index - 1] is Kind.IMAGE_TEXT
            is_image = has_images and _ends_in_image_text(outer, previous, place, continues=continues)
            found[first + index] = Kind.IMAGE_TEXT if is_image else kind
            previous = place + 1
            index += 1
        if index == len(places):
            break
    return found


def _outer_text(text: str, body: int, spans: Sequence[tuple[int, int]]) -> tuple[str, list[int]]:
    """Return the text with one letter in place of every unit, and the offsets of these letters."""
    parts: list[str] = []
    places = []
    position, length = body, 0
    for start, end in spans:
        parts += (text[position:start], "x")
        length += start - position + 1
        places.append(length - 1)
        position = end
    parts.append(text[position:])
    return "".join(parts), places


def _ends_in_image_text(outer: str, start: int, end: int, *, continues: bool) -> bool:
    """Return True if `outer[start:end]` ends inside an image text (`![…` or `alt-text="…`).

    The image text begins in that range, or before it if `continues`.
    """
    if (begin := outer.rfind("![", start, end)) >= 0 or continues:
        return outer.find("]", max(begin, start), end) < 0
    begin = outer.rfind('alt-text="', start, end)
    return begin >= 0 and outer.find('"', begin + len('alt-text="'), end) < 0


# A key or list mark with the quote after it, or an escaped line break in a scalar.
_YAML_MARKUP = re.compile(
    r"""^[ \t]*+(?:-[ \t]++)*(?:[\w.$-]++:(?:[ \t]++|$))?["'|>]?|\\[\\n]""", re.MULTILINE
)


def _yaml_break(match: re.Match[str]) -> str:
    """Return a line break of the same length for markup that separates two texts."""
    markup = match[0]
    if not markup.strip() or markup == "\\\\":
        return markup
    return " " * (len(markup) - 1) + "\n"
