"""A Markdown text → blocks, each with the parts that are translated.

The blocks are those of CommonMark 0.31 (https://spec.commonmark.org/0.31.2/, sections 4 and 5) with GitHub's
tables and the alerts and directives of docfx. The lines of a part are joined with a space, as the publisher
joins them; `Part.raw` maps back to the text.

Law 5: one pass over the lines; lists and quotes are followed to a fixed depth, and each expression reads a
character a bounded number of times.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from l10n.article.frontmatter import unix_breaks
from l10n.markdown import closing_backticks

CODE = "code"
"""The shape of a code block, a comment, or another block of which nothing is translated."""


@dataclass(slots=True)
class Part:
    """A text of a block: its lines joined, with the offset of each in the text."""

    text: str
    joints: list[tuple[int, int]]
    """For each line, its offset in `text` and its offset in the article."""
    is_cell: bool = False
    """True for a cell of a table."""

    def raw(self, position: int) -> int:
        """Map an offset in `text` to the article."""
        if len(self.joints) == 1:
            return self.joints[0][1] + position
        joined, raw = self.joints[bisect_right(self.joints, (position, len(self.text) << 40)) - 1]
        return raw + position - joined

    def raw_end(self, position: int) -> int:
        """Map the end of a range in `text` to the article."""
        return self.raw(position - 1) + 1 if position else self.raw(0)


@dataclass(slots=True)
class Block:
    """A block: a heading, a paragraph, a row of a table, a code block …"""

    shape: str
    """Its kind and level; only blocks of the same shape are counterparts."""
    parts: list[Part] = field(default_factory=list)
    mark: int = -1
    """The offset of the number of a list item that begins with this block, or -1."""
    content: str = ""
    """The content of a block that is not translated."""
    is_annotated: bool = True
    """False for a directive, a definition or an item of a selector: only slots are translated."""


_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n|\Z)")

_DEEPEST = 50


class _Reader:
    """The state of the blocks up to the current line."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = start
        self.found: list[Block] = []
        self.containers: list[int] = []
        """The column of the content of each list item around the line; -1 for a quote."""
        self.fence = ""
        self.end_mark = ""
        """The mark that ends a raw HTML block or a comment."""
        self.paragraph: Block | None = None
        self.code: Block | None = None
        self.in_table = False
        self.in_html = False
        self.mark = -1
        """The offset of the number of the list item that the line begins, or -1."""
        self.is_broken = False
        """True after a hard line break."""
        self.in_selector = False
        """True in the list of a selector, which the publisher does not annotate."""
        self.directives = 0
        """The number of open directives around the line; inside of them indented text is no code."""

    def read(self) -> list[Block]:
        unix = unix_breaks(self.text)
        position = self.start
        lines = _LINE.findall(unix, position)
        for line, following in pairwise([*lines, ""]):
            self._line(line.rstrip("\n"), position, following)
            position += len(line)
        return self.found

    def _line(self, line: str, offset: int, following: str) -> None:
        if not line.strip(" \t"):
            self._blank()
            return
        position, opened = self._containers(line)
        self.mark = offset + self.mark if opened and self.mark >= 0 else -1
        rest = line[position:]
        content = rest.lstrip(" \t")
        start = offset + len(line) - len(content)
        if self.fence or self.end_mark:
            self._inside(content, rest, is_indented=self._is_indented(line, position, content))
            return
        if not content:
            self._end()
            return
        if opened:
            self._end()
        if self.paragraph is None and not (self.in_table or self.in_html or self.directives or opened):
            if self._is_indented(line, position, content):
                self._add_code(rest)
                return
        self.code = None
        self._leaf(content, start, following)

    def _is_indented(self, line: str, position: int, content: str) -> bool:
        column = base(line, position, self.containers)
        return column(line, len(line) - len(content)) - column >= 4

    def _blank(self) -> None:
        if self.fence or self.end_mark:
            return
        if self.code is not None:
            return
        self._end()
        quote = next((i for i, column in enumerate(self.containers) if column < 0), None)
        if quote is not None:
            del self.containers[quote:]
            self.in_selector = False

    def _end(self) -> None:
        self.paragraph = None
        self.in_table = self.in_html = False
        self.code = None

    def _containers(self, line: str) -> tuple[int, bool]:
        """Follow the containers into the line; return the offset after their marks, and if one opened."""
        position = matched = 0
        for column in self.containers:
            if column < 0:
                quote = QUOTE.match(line, position)
                if not quote:
                    break
                position = quote.end()
            elif column(line, indent_end(line, position)) < column:
                break
            matched += 1
        if self.fence and matched < len(self.containers):
            self.fence = ""
            self.code = None
        if self.fence or self.end_mark:
            return position, False
        opened: list[int] = []
        while matched + len(opened) < _DEEPEST and (
            mark := self._mark(line, position, matched, bool(opened))
        ):
            self.mark = mark.start(2)
            position = mark.end()
            opened.append(-1 if mark[1] else column(line, position))
        if matched < len(self.containers):
            is_lazy = self.paragraph is not None and not opened and not begins_block(line[position:])
            if not is_lazy:
                self._end()
                del self.containers[matched:]
        self.containers += opened
        return position, bool(opened)

    def _mark(self, line: str, position: int, matched: int, opened: bool) -> re.Match[str] | None:
        mark = MARK.match(line, position)
        if mark is None or (mark[1] is None and RULE.match(line, indent_end(line, position))):
            return None
        column = base(line, position, self.containers[:matched])
        if not opened and not self.directives and column(line, indent_end(line, position)) - column >= 4:
            return None
        if self.paragraph is not None and not opened and mark[1] is None:
            # Only a first item that is not empty can interrupt a paragraph outside of lists.
            is_item = not self.containers and (mark[2] or "1") != "1"
            if is_item or mark.end() == len(line):
                return None
        return mark

    def _inside(self, content: str, rest: str, *, is_indented: bool) -> None:
        """Read a line of a fence, a comment or a raw HTML block."""
        if self.fence:
            fence = FENCE.match(content)
            is_end = fence and fence[1].startswith(self.fence) and not content[fence.end() :].strip()
            if is_end and (not is_indented or self.directives):
                self.fence = ""
                self.code = None
            elif self.code is not None:
                self.code.content += rest + "\n"
            return
        if self.code is not None:
            self.code.content += rest + "\n"
        if self.end_mark in content.lower():
            self.end_mark = ""
            self.code = None

    def _add(self, shape: str, content: str = "") -> Block:
        block = Block(f"{shape}{self._depth()}", content=content, is_annotated=not self.in_selector)
        self.found.append(block)
        block.mark, self.mark = self.mark, -1
        self.is_broken = False
        return block

    def _add_unannotated(self, shape: str, start: int, content: str) -> None:
        block = self._add(shape, content)
        block.is_annotated = False
        block.parts.append(Part(content, [(0, start)]))

    def _depth(self) -> str:
        return "".join(">" if column < 0 else "-" for column in self.containers)

    def _add_code(self, rest: str) -> None:
        if self.code is None:
            self.code = self._add(CODE)
        self.code.content += rest + "\n"

    def _leaf(self, content: str, start: int, following: str) -> None:
        first = content[0]
        if first in "`~" and (fence := FENCE.match(content)):
            self._end()
            self.fence = fence[1]
            self.code = self._add(CODE)
        elif first == "#" and (heading := HEADING.match(content)):
            self._end()
            block = self._add(f"h{len(heading[1])}")
            self._add_line(block, CLOSING.sub("", content), start, heading.end())
        elif first == "<" and self._html(content, start):
            pass
        elif first in "*-_=" and self._rule(content):
            pass
        elif first == ":" and DIRECTIVE.match(content):
            self._end()
            self._directive(content, start)
        elif first == "[" and self.paragraph is None and DEFINITION.match(content):
            self._add_unannotated("definition", start, content)
        elif first == "[" and MARKER.match(content):
            self._end()
            self._add_unannotated("marker", start, content)
            self.in_selector = "_selector" in content
        elif (
            self.in_table
            or first == "|"
            or ("|" in content and "|" in following and DELIMITER_ROW.match(following))
        ):
            self._row(content, start)
        elif self.in_html:
            assert self.found
            self._add_line(self.found[-1], content, start, 0)
        else:
            if self.paragraph is None:
                self.paragraph = self._add("p")
            self._add_line(self.paragraph, content, start, 0)

    def _directive(self, content: str, start: int) -> None:
        self._add_unannotated(":::", start, content)
        if DIRECTIVE_END.match(content):
            self.directives = max(0, self.directives - 1)
        elif not DIRECTIVE_ALONE.match(content):
            self.directives += 1

    def _html(self, content: str, start: int) -> bool:
        match = HTML.match(content)
        if match is None:
            if not HTML_BLOCK.match(content):
                return False
            if not self.in_html:
                self._end()
                self.in_html = True
                self._add("html")
            self._add_line(self.found[-1], content, start, 0)
            return True
        if match["comment"] and self.paragraph is not None and "-->" in content:
            return False
        self._end()
        end_mark = "-->" if match["comment"] else f"</{match['raw'].lower()}>"
        if match["comment"] and "-->" in content and content.partition("-->")[2].strip():
            return False
        self.code = self._add(CODE, content)
        if end_mark not in content.lower():
            self.end_mark = end_mark
        else:
            self.code = None
        return True

    def _rule(self, content: str) -> bool:
        if self.paragraph is not None and (underline := UNDERLINE.match(content)):
            level = 1 if underline[1][0] == "=" else 2
            self.paragraph.shape = f"h{level}{self._depth()}"
            self._end()
            return True
        if not RULE.match(content):
            return False
        self._end()
        self._add("rule", "---")
        return True

    def _row(self, content: str, start: int) -> None:
        if DELIMITER_ROW.match(content) and "-" in content:
            self._end()
            self.in_table = True
            return
        self._end()
        self.in_table = True
        block = self._add("row")
        for begin, end in cells(content):
            text = content[begin:end]
            block.parts.append(Part(text, [(0, start + begin)], is_cell=True))

    def _add_line(self, block: Block, content: str, start: int, skip: int) -> None:
        """Add a line to the last part of a block; a hard break ends the part."""
        text = content[skip:]
        stripped = text.lstrip(" \t")
        offset = start + skip + len(text) - len(stripped)
        hard = HARD_BREAK.search(stripped)
        stripped = stripped[: hard.start()] if hard else stripped.rstrip(" \t")
        if not block.parts or self.is_broken:
            block.parts.append(Part(stripped, [(0, offset)]))
        else:
            part = block.parts[-1]
            part.joints.append((len(part.text) + 1, offset))
            part.text = f"{part.text} {stripped}"
        self.is_broken = hard is not None


def read_blocks(text: str, start: int) -> list[Block]:
    """Return the blocks of `text` from `start` on."""
    return _Reader(text, start).read()
