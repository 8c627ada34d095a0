"""A Markdown text → blocks, each with the parts that are translated.

The blocks are those of CommonMark 0.31 (https://spec.commonmark.org/0.31.2/, sections 4 and 5) with GitHub's
tables and the alerts and directives of docfx. The lines of a part are joined with a space, as the publisher
joins them; `Part.raw` maps back to the text.

Law 5: one pass over the lines; lists and quotes are followed to a fixed depth, and each line is copied once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from l10n.article.frontmatter import unix_breaks
from l10n.plain import line_marks as marks


@dataclass(eq=False)
class Part:
    """A text of a block: its lines joined, with the offset of each in the text."""

    lines: list[str]
    joints: list[tuple[int, int]]
    """For each line, its offset in `text` and its offset in the article."""
    is_cell: bool = False
    """True for a cell of a table."""

    @cached_property
    def text(self) -> str:
        """Return the lines joined with spaces, once all of them are known."""
        return " ".join(self.lines)

    def raw(self, position: int) -> int:
        """Map an offset in `text` to the article."""
        joined, raw = self.joints[bisect_right(self.joints, position, key=lambda joint: joint[0]) - 1]
        return raw + position - joined

    def raw_end(self, position: int) -> int:
        """Map the end of a range in `text` to the article."""
        return self.raw(position - 1) + 1 if position else self.raw(0)

    def after_joint(self, position: int) -> int:
        """Return the offset after the space that joins two lines, if `position` is its offset."""
        index = bisect_right(self.joints, position + 1, key=lambda joint: joint[0]) - 1
        return position + (index > 0 and self.joints[index][0] == position + 1)


@dataclass(eq=False)
class Block:
    """A block: a heading, a paragraph, a row of a table, a code block …"""

    shape: str
    """Its kind, and the lists and quotes around it; only blocks of the same shape are counterparts."""
    parts: list[Part] = field(default_factory=list)
    mark: int = -1
    """The offset of the number of the list item that begins with this block, or -1."""
    code: list[str] = field(default_factory=list)
    """The lines of a block that is not translated."""
    is_annotated: bool = True
    """False for a directive, a definition or an item of a selector: only slots are translated."""


def read_blocks(text: str, start: int) -> list[Block]:
    """Return the blocks of `text` from `start` on."""
    return _BlockReader(text, start).read()


_LINE = re.compile(r"[^\n]*+(?:\n|\Z)")
_DEEPEST = 50


class _BlockReader:
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
        self.html: Block | None = None
        self.code: Block | None = None
        self.in_table = False
        self.mark = -1
        """The offset of the number of the list item that the line begins, or -1."""
        self.is_broken = False
        """True after a hard line break."""
        self.in_selector = False
        """True in the list of a selector, which the publisher does not annotate."""
        self.directives = 0
        """The number of open directives around the line; inside of them indented text is no code."""

    def read(self) -> list[Block]:
        """Read the lines to the end."""
        position = self.start
        for line, following in pairwise([*_LINE.findall(unix_breaks(self.text), position), ""]):
            self._line(line.rstrip("\n"), position, following)
            position += len(line)
        return self.found

    def _line(self, line: str, offset: int, following: str) -> None:
        if not line.strip(" \t"):
            self._blank()
            return
        position, opened = self._enter_containers(line)
        self.mark = offset + self.mark if opened and self.mark >= 0 else -1
        rest = line[position:]
        content = rest.lstrip(" \t")
        is_indented = self._is_indented(line, position, content)
        if self.fence:
            self._in_fence(content, rest, is_indented=is_indented)
        elif self.end_mark:
            self._in_raw_html(rest)
        elif not content:
            self._end()
        else:
            if opened:
                self._end()
            is_open = self.paragraph or self.html or self.in_table or self.directives or opened
            if is_indented and not is_open:
                self.code = self.code or self._add("code")
                self.code.code.append(rest)
                return
            self.code = None
            self._leaf(content, offset + len(line) - len(content), following)

    def _is_indented(self, line: str, position: int, content: str) -> bool:
        column = marks.base(line, position, self.containers)
        return marks.column(line, len(line) - len(content)) - column >= 4

    def _blank(self) -> None:
        """Read a blank line: it ends quotes, but not lists."""
        if self.fence or self.end_mark or self.code:
            return
        self._end()
        quote = next((i for i, column in enumerate(self.containers) if column < 0), None)
        if quote is not None:
            del self.containers[quote:]
            self.in_selector = False

    def _end(self) -> None:
        self.paragraph = self.html = self.code = None
        self.in_table = False

    def _enter_containers(self, line: str) -> tuple[int, bool]:
        """Follow the containers into the line; return the offset after their marks, and if one opened."""
        position = matched = 0
        for column in self.containers:
            if column < 0:
                quote = marks.QUOTE.match(line, position)
                if not quote:
                    break
                position = quote.end()
            elif marks.column(line, marks.indent_end(line, position)) < column:
                break
            matched += 1
        if self.fence and matched < len(self.containers):
            self.fence = ""  # a fence ends with its container
            self.code = None
        if self.fence or self.end_mark:
            return position, False
        opened: list[int] = []
        while matched + len(opened) < _DEEPEST and (mark := self._opening(line, position, matched, opened)):
            self.mark = mark.start(2)
            position = mark.end()
            opened.append(-1 if mark[1] else marks.column(line, position))
        if matched < len(self.containers):
            is_lazy = self.paragraph is not None and not opened and not marks.begins_block(line[position:])
            if not is_lazy:
                self._end()
                del self.containers[matched:]
        self.containers += opened
        return position, bool(opened)

    def _opening(self, line: str, position: int, matched: int, opened: list[int]) -> re.Match[str] | None:
        """Return the mark of a list item or quote that opens at `position`, or None."""
        mark = marks.MARK.match(line, position)
        end = marks.indent_end(line, position)
        if mark is None or (mark[1] is None and marks.RULE.match(line, end)):
            return None
        if opened:
            return mark
        column = marks.base(line, position, self.containers[:matched])
        if not self.directives and marks.column(line, end) - column >= 4:
            return None
        if self.paragraph is not None and mark[1] is None:
            # Only a first item that is not empty can interrupt a paragraph outside of lists.
            is_later = not self.containers and (mark[2] or "1") != "1"
            if is_later or mark.end() == len(line):
                return None
        return mark

    def _in_fence(self, content: str, rest: str, *, is_indented: bool) -> None:
        fence = marks.FENCE.match(content)
        is_end = fence and fence[1].startswith(self.fence) and not content[fence.end() :].strip()
        if is_end and (not is_indented or self.directives):
            self.fence = ""
            self.code = None
        elif self.code is not None:
            self.code.code.append(rest)

    def _in_raw_html(self, rest: str) -> None:
        if self.code is not None:
            self.code.code.append(rest)
        if self.end_mark in rest.lower():
            self.end_mark = ""
            self.code = None

    def _add(self, shape: str) -> Block:
        depth = "".join(">" if column < 0 else "-" for column in self.containers)
        block = Block(f"{shape}{depth}", mark=self.mark, is_annotated=not self.in_selector)
        self.found.append(block)
        self.mark = -1
        self.is_broken = False
        return block

    def _leaf(self, content: str, start: int, following: str) -> None:
        """Read the content of a line, after the marks of its containers."""
        first = content[0]
        if first in "`~<*-_=:[#" and self._marked(content, start):
            return
        if self.in_table or first == "|" or marks.begins_table(content, following):
            self._row(content, start)
        elif self.html:
            self._add_line(self.html, content, start)
        else:
            self.paragraph = self.paragraph or self._add("p")
            self._add_line(self.paragraph, content, start)

    def _marked(self, content: str, start: int) -> bool:
        """Read a line whose first character may be the mark of a block; return False if it is none."""
        if fence := marks.FENCE.match(content):
            self._end()
            self.fence = fence[1]
            self.code = self._add("code")
        elif heading := marks.HEADING.match(content):
            self._end()
            text = marks.CLOSING.sub("", content)
            self._add_line(self._add(f"h{len(heading[1])}"), text[heading.end() :], start + heading.end())
        elif marks.DIRECTIVE.match(content):
            self._end()
            self._add_unannotated(":::", content, start)
            if marks.DIRECTIVE_END.match(content):
                self.directives = max(0, self.directives - 1)
            elif not marks.DIRECTIVE_ALONE.match(content):
                self.directives += 1
        elif self.paragraph is None and marks.DEFINITION.match(content):
            self._add_unannotated("definition", content, start)
        elif marks.MARKER.match(content):
            self._end()
            self._add_unannotated("marker", content, start)
            self.in_selector = "_selector" in content
        else:
            return self._rule(content) or self._html(content, start)
        return True

    def _add_unannotated(self, shape: str, content: str, start: int) -> None:
        block = self._add(shape)
        block.code.append(content)
        block.is_annotated = False
        block.parts.append(Part([content], [(0, start)]))

    def _html(self, content: str, start: int) -> bool:
        match = marks.RAW_HTML.match(content)
        if match is None:
            if not marks.HTML_BLOCK.match(content):
                return False
            if self.html is None:
                self._end()
                self.html = self._add("html")
            self._add_line(self.html, content, start)
            return True
        end_mark = "-->" if match["comment"] else f"</{match['raw'].lower()}>"
        if match["comment"] and end_mark in content:
            is_alone = not content.partition(end_mark)[2].strip()
            if self.paragraph is not None or not is_alone:
                return False
        self._end()
        self.code = self._add("code")
        self.code.code.append(content)
        if end_mark in content.lower():
            self.code = None
        else:
            self.end_mark = end_mark
        return True

    def _rule(self, content: str) -> bool:
        if self.paragraph is not None and (underline := marks.UNDERLINE.match(content)):
            level = 1 if underline[1][0] == "=" else 2
            self.paragraph.shape = f"h{level}{self.paragraph.shape[1:]}"
            self._end()
            return True
        if not marks.RULE.match(content):
            return False
        self._end()
        self._add("rule")
        return True

    def _row(self, content: str, start: int) -> None:
        self._end()
        self.in_table = True
        if marks.DELIMITER_ROW.match(content) and "-" in content:
            return
        block = self._add("row")
        for begin, end in marks.cells(content):
            block.parts.append(Part([content[begin:end]], [(0, start + begin)], is_cell=True))

    def _add_line(self, block: Block, content: str, start: int) -> None:
        """Add a line to the last part of a block; a hard break ends the part."""
        line = content.lstrip(" \t")
        offset = start + len(content) - len(line)
        hard = marks.HARD_BREAK.search(line)
        line = line[: hard.start()] if hard else line.rstrip(" \t")
        if not block.parts or self.is_broken:
            block.parts.append(Part([line], [(0, offset)]))
        else:
            part = block.parts[-1]
            part.joints.append((part.joints[-1][0] + len(part.lines[-1]) + 1, offset))
            part.lines.append(line)
        self.is_broken = hard is not None
