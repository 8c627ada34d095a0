r"""The faults of a new target: damage to its own text, to its block, or to the text around it.

Law 1: a translation changes what is read inside of its unit, and nothing around it. A target is compared with
its *source* at the same place, then with the delivered target: a repair is accepted, a delivered fault may
remain, a new one is refused.

Law 5: each text is read a fixed number of times, with surroundings of bounded length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from l10n.article.delimiters import can_open_and_close
from l10n.article.inline_text import Construct, constructs, unbalanced
from l10n.article.kinds import Kind
from l10n.article.openings import (
    Opening,
    is_dashes,
    is_empty_item,
    is_paragraph,
    opening,
    opening_name,
    starts_list,
    without_opening,
)
from l10n.article.surroundings import REACH, Surroundings

LINE_BREAK = re.compile(r"\r\n|[\r\n]")
_CELL_BAR = re.compile(r"\\\\|\\\||(\|)")
_SPAN_TAG = re.compile(r"</?span(?=[\s/>])[^<>]*+>|</span")
_LAST_BACKSLASHES = re.compile(r"\\+\Z")
_DEEP_INDENT = re.compile(r"[ ]{0,3}(?:\t|[ ]{4})")
_CLOSING_MARKS = re.compile(r"(?:(?<=[ \t])|\A)#+[ \t]*+\Z")
_NEEDS_CONTEXT = ("<", "\n", "\r", ":::")
_PLAIN_FIRST = frozenset("*[(\"'`_\\")
# A run of marks with the characters before and after it, which decide what it opens and closes.
_MARK_RUN = re.compile(r"(?s)(?<=(.))((?:[|\\`*_~\[\]()\"'#]|!(?=\[))+)(?=(.))")
_LINK_END = re.compile(r"\]\([^()]*+\)")
_EDGES = frozenset("*_~&\\<(`:!")
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
_MARKS = {
    "\\": "a backslash of it takes away the meaning of the character behind it; write \\\\",
    "`": "a backtick in it ends or begins code around it; write \\`, or the backticks of the source",
    "<": "a < or > in it would change a tag around it; write &lt; or &gt;",
    '"': "a quote in it would end the attribute or title around it; write &quot;, or other quotes",
    "[": "a bracket in it pairs with one around it; write \\[ or \\]",
    "](": "the link around it would not be one; write \\[, \\] and \\\\ for brackets and backslashes in it",
    "*": "the * around it would not be emphasis, or others; take white space from its ends, write \\* in it",
    "_": "the _ around it would not be emphasis, or others; take white space from its ends, write \\_ in it",
    "~": "the ~~ around it would not strike it out; take white space from its ends, write \\~ in it",
    "#": "a # at the end of a heading is left out; write \\#",
    "&": "it would change the character reference around it; write &amp;",
    " ": "two spaces at its end break the line; take them out",
    "h": "the address in it would take in what follows; put white space behind it, or <> around it",
    ":": "it would change the directive around it; write \\:::",
}


class Texts(NamedTuple):
    """A new target and the texts that it is compared with."""

    new: str
    source: str
    old: str
    """The delivered target."""


def text_fault(texts: Texts, kind: Kind) -> str | None:
    """Return why the new target would hide or change the text after it, wherever it is, or None."""
    new = texts.new
    if new and not new.strip():
        return "nothing can be read in it"
    more = unbalanced(new)
    if more and (more := more - (unbalanced(texts.source) | unbalanced(texts.old))):
        return _unbalanced_reason(next(iter(more)))
    if kind is Kind.TABLE_CELL and count_bars(new) not in (count_bars(texts.source), count_bars(texts.old)):
        if count_bars(new) > count_bars(texts.source):
            return "an unescaped | in a table cell begins another cell; write \\|"
        return "the | between the table cells in it are fewer than the source's; write them as there"
    if _ends_in_escape(new) and kind is not Kind.HTML and not any(map(_ends_in_escape, texts[1:])):
        return "a backslash at its end takes away the meaning of what follows; write \\\\"
    return None


def _unbalanced_reason(what: str) -> str:
    if what[0] == "`":
        return f"{what} without its other half makes code of what follows; write \\` or close it"
    if what[:2] == "</":
        return f"{what} in it ends what it did not begin; take it out, or write &lt;"
    if what == "$$":
        return "$$ without its other half makes a formula of what follows; write \\$$ or close it"
    return f"{what} in it does not end, and takes in what follows; close it, or write &lt;"


def _ends_in_escape(text: str) -> bool:
    last = _LAST_BACKSLASHES.search(text[-1_000:]) if text.endswith("\\") else None
    return last is not None and len(last[0]) % 2 == 1


def span_fault(new: str, old: str) -> str | None:
    """Return why the `<span>` tags of `new` are not balanced, or None; the tags of `old` are accepted."""
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


def count_bars(text: str) -> int:
    """Return the number of bars in `text` that would end a table cell: those without a backslash."""
    return sum(1 for match in _CELL_BAR.finditer(text) if match[1])


def line_fault(texts: Texts, kind: Kind) -> str | None:
    """Return why the new target may not have a line break, or None."""
    if kind in _WITH_ARTICLE and _has_break(texts.new) and not any(map(_has_break, texts[1:])):
        return f"a line break cannot stand in {_WITH_ARTICLE[kind]}"
    return None


def reads_alike(new: str, old: str, before: str, after: str) -> bool:
    """Return True if two texts certainly read alike between two characters: only their words differ.

    This holds for most edits and saves the time of a full comparison.
    """
    if new.endswith("  ") or old.endswith("  ") or any(mark in new or mark in old for mark in _NEEDS_CONTEXT):
        return False
    if "&" in new[-40:] or "&" in old[-40:] or not (new[:1].isalpha() or _begins_nothing(new, old)):
        return False
    if (before in _EDGES and new[:1] != old[:1]) or (after in _EDGES and new[-1:] != old[-1:]):
        return False
    if after.strip() and any("://" in text[-REACH:].rpartition(" ")[2] for text in (new, old)):
        return False
    one, other = (_MARK_RUN.findall(f"{before or ' '}{text}{after or ' '}") for text in (new, old))
    if one != other and not (len(one) == len(other) and all(map(_is_like_run, one, other))):
        return False
    return "](" not in new or _LINK_END.findall(new) == _LINK_END.findall(old)


def _begins_nothing(new: str, old: str) -> bool:
    """Return True if two texts that begin with the same mark are plain text wherever they occur."""
    return new[:1] in _PLAIN_FIRST and new[:1] == old[:1] and not opening(new) and not opening(old)


def _is_like_run(one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    """Return True if two runs of marks, given with their neighbours, open and close the same."""
    (before, run, after), (other_before, other_run, other_after) = one, other
    if one == other or run != other_run:
        return run == other_run
    if len(set(run)) > 1:
        return False
    flags = can_open_and_close(run[0], before, after)
    return flags == can_open_and_close(run[0], other_before, other_after)


def _has_break(text: str) -> bool:
    return "\n" in text or "\r" in text


def block_fault(texts: Texts, kind: Kind, surroundings: Surroundings) -> str | None:
    """Return why the new target would form other blocks than source and delivered target, or None."""
    lines, *known = (LINE_BREAK.split(text) for text in texts)
    if _has_blank(lines, surroundings) and not any(_has_blank(other, surroundings) for other in known):
        return "a blank line would end the paragraph"
    if kind is Kind.HTML:
        return None
    if kind is not Kind.TABLE_CELL and is_dashes(surroundings.line_after):
        with_bar = ["|" in other[-1] for other in (lines, *known)]
        if with_bar[0] and not any(with_bar[1:]):
            return "a | above a line of dashes makes a table of both; write &#124;"
    is_deep = _is_blank(surroundings.line_before) and _DEEP_INDENT.match(surroundings.prefix)
    if is_deep and len(lines) > max(map(len, known)):
        return "a line break cannot stand in indented text; write one line"
    openings = _Openings(surroundings, kind)
    return openings.first_fault(lines, known) or openings.other_fault(lines, known)


class _Openings:
    """The blocks that the lines of a text begin in its surroundings."""

    def __init__(self, surroundings: Surroundings, kind: Kind) -> None:
        # The indent belongs to the list item; one more space may turn the text into code.
        self._prefix = surroundings.prefix.lstrip(" \t") or ("   " if surroundings.prefix else "")
        self._rest = surroundings.rest
        self._continues = is_paragraph(surroundings.line_before)
        self._in_list = kind is Kind.LIST_ITEM or starts_list(surroundings.line_before)
        # A line without list or quote marks continues the item or quote, but any number begins a list.
        is_inside = kind in (Kind.BLOCKQUOTE, Kind.ALERT) or bool(opening(f"{self._prefix}x"))
        self._is_lazy = self._in_list or is_inside

    def first_fault(self, lines: list[str], known: Sequence[list[str]]) -> str | None:
        found = self._first(lines)
        if found in (self._first(["x"]), *map(self._first, known)):
            return None
        return (
            f"its first line would begin {opening_name(found)}; write {_shortened(without_opening(lines[0]))}"
        )

    def other_fault(self, lines: list[str], known: Sequence[list[str]]) -> str | None:
        allowed = {(), *(found for other in known for _, found in self._others(other))}
        for line, found in self._others(lines):
            if found not in allowed:
                return (
                    f"its line {line.strip()[:20]!r} would begin a block of its own, {opening_name(found)}; "
                    f"write {_shortened(without_opening(line))}"
                )
        return None

    def _first(self, lines: list[str]) -> Opening:
        line = self._prefix + lines[0] + (self._rest if len(lines) == 1 else "")
        return opening(line, continues=self._continues, in_list=self._in_list)

    def _others(self, lines: list[str]) -> Iterator[tuple[str, Opening]]:
        for number, line in enumerate(lines[1:], 2):
            whole = line + self._rest if number == len(lines) else line
            yield line, opening(whole, continues=True, in_list=self._is_lazy)


def _has_blank(lines: list[str], surroundings: Surroundings) -> bool:
    """Return True if a text of several lines has a blank line inside it or at its edges."""
    if len(lines) == 1:
        return False
    first = surroundings.prefix + lines[0]
    if is_empty_item(first) or _is_blank(first):
        return True
    if _is_blank(lines[-1] + surroundings.rest) and not _is_blank(surroundings.line_after):
        return True
    return any(map(_is_blank, lines[1:-1]))


def _is_blank(line: str) -> bool:
    return not line.strip(" \t>")


def _shortened(text: str) -> str:
    return text[:20] + ("\u2026" if len(text) > 20 else "")


def inline_fault(texts: Texts, kind: Kind, surroundings: Surroundings) -> str | None:
    """Return why a link, tag, code or emphasis around the unit would be read differently, or None."""
    outer_of = _outer_constructs(surroundings.inside_block(kind), kind)
    found, old = outer_of(texts.new), outer_of(texts.old)
    if not _differences(found, old) or not _differences(found, outer_of(texts.source)):
        return None
    return _MARKS[_base_kind(min(_differences(found, old), key=_rank).kind)]


def _differences(found: Counter[Construct], wanted: Counter[Construct]) -> list[Construct]:
    """Return the constructs in only one of the two; a line break at the end may be removed."""
    lost = wanted - found
    return [*(found - wanted), *(one for one in lost if one.kind != _HARD_BREAK)]


_HARD_BREAK = " "
_ORDER = ("\\", "](", "<", '"', "`", "#", "*", "_", "~", "[", ":", "h", "&", " ")


def _rank(construct: Construct) -> int:
    return _ORDER.index(_base_kind(construct.kind))


def _base_kind(kind: str) -> str:
    return kind if kind == "](" else kind[0]


def _outer_constructs(surroundings: Surroundings, kind: Kind) -> Callable[[str], Counter[Construct]]:
    """Return a function that counts the constructs that reach beyond a text in these surroundings.

    Offsets before the text are unchanged, offsets after it exclude its length, offsets inside it are -1.
    """
    begin = len(surroundings.before)

    def outer_of(text: str) -> Counter[Construct]:
        whole = surroundings.before + text + surroundings.after
        length = len(text)

        def place(offset: int) -> int:
            if offset < begin:
                return offset
            return -1 if offset < begin + length else offset - length

        found = constructs(whole, is_html=kind is Kind.HTML)
        if kind is Kind.HEADING and (marks := _CLOSING_MARKS.search(whole)):
            found.append(Construct("#", marks.start(), len(whole)))
        outer = Counter(Construct(one.kind, place(one.open), place(one.close)) for one in found)
        return Counter({one: count for one, count in outer.items() if one.open >= 0 or one.close >= 0})

    return outer_of
