"""A part of a block → the ranges of its sentences.

English is split as the publisher splits it. A target in any script is split finely, by the sentence marks
of Unicode (UAX #29, Sentence_Terminal); the alignment joins what belongs together.

Law 5: each expression reads a character a bounded number of times.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from enum import IntEnum
from typing import NamedTuple

from l10n.article.inline_text import constructs
from l10n.plain.masking import ANCHOR, BREAK, CODE, DESTINATION, SPACE, TAG, URL, Masked

_CLOSERS = rf"[\"'”’»›」』）\]}}*_~{DESTINATION}{TAG}]*+"
_ENGLISH_END = re.compile(
    rf"(?<![.!?…])(?<![\s\"'“‘][\"'“‘])(?P<mark>[.!?…]++){_CLOSERS}(?=\s++(?P<next>\S))"
)
# Abbreviations of the publisher's splitter, an initial, or a number that begins the text. In 1,500 annotated
# articles no unit ends with one of these words before another unit, and 70 units go on after them. Without,
# F1 of nuget-ja is 0.995 instead of 0.996, of contrib-ru 0.992 instead of 0.997.
_NO_END = re.compile(
    r"(?:(?<![^\W_])(?:etc|e\.g|i\.e|vs|org|out|tab|sync|docs?|config"
    r"|(?-i:(?<![/&+#-])[A-Z]|[A-Z]\.[A-Z]))"
    r"|^\s*\d{1,3})\.\Z",
    re.IGNORECASE,
)
_AROUND = re.compile(rf"[\[\]*_{DESTINATION}]+")
_LONGEST_MARKUP = 300
_MARKUP = frozenset(f"*_{DESTINATION}")
_BREAKS = re.compile(f"{BREAK}+")
_NOT_CODE = re.compile(rf"[^\s\[\]*_{CODE}{DESTINATION}{URL}{TAG}{SPACE}{ANCHOR}{BREAK}]")

_TERMINALS = "!.?։؝-؟۔܀-܂߹࠷࠹࠽࠾।॥၊။።፧፨᙮᜵᜶᠃᠉᥄᥅᪨-᪫᭚᭛᭞᭟᰻᰼᱾᱿‼‽⁇-⁉⸮⸼。꓿꘎꘏꛳꛷꡶꡷꣎꣏꤯꧈꧉꩝-꩟꫰꫱꯫﹒﹖﹗！．？｡…"
_TARGET_CLOSERS = rf"[\"'”’»›」』）)〉》】〕\]}}*_~{DESTINATION}{TAG}]*+"
# Scripts that write no space between words: Thai, Lao, Myanmar, Khmer. A space there may end a sentence.
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_TARGET_END = re.compile(
    rf"(?<![{_TERMINALS}])[{_TERMINALS}]++{_TARGET_CLOSERS}(?P<space>\s++|(?<=[^\x00-\x7f]))(?=\S)"
    rf"|(?<=[{_SPACELESS}]) (?=[{_SPACELESS}])"
)


class Range(NamedTuple):
    """A range of a part's text."""

    start: int
    end: int


class Cut(IntEnum):
    """How likely a sentence ends at the end of a fine piece, from least to most."""

    WORD = 0
    """At any white space: only where no sentence mark is left."""
    PHRASE = 1
    """At white space before a bracket or a capital, or after a bracket or a quote."""
    UNSPACED = 2
    """At a sentence mark without white space after it."""
    SPACE = 3
    """At a space of a script without sentence marks."""
    LOWER = 4
    """At a sentence mark before a lower-case letter, in brackets, after an initial, a number or a label."""
    SENTENCE = 5
    BREAK = 6
    """At a line break, or at the end of the part."""


class FinePiece(NamedTuple):
    """A sentence, or a piece of a target, and how likely a sentence ends with it."""

    start: int
    end: int
    cut: Cut


def english_sentences(masked: Masked, text: str) -> list[FinePiece]:
    """Return the ranges of the sentences in an English part; `text` is its text."""
    found: list[Range] = []
    unsplit: list[tuple[int, int]] | None = None
    for start, end in _unbroken(masked.text):
        position = start
        for match in _ENGLISH_END.finditer(masked.text, start, end):
            if _is_no_end(masked.text, start, match):
                continue
            if unsplit is None:
                unsplit = _unsplit(text, masked)
            if _inside(unsplit, match.end()):
                continue
            found.append(trimmed(masked.text, position, match.end()))
            position = match.end()
        found.append(trimmed(masked.text, position, end))
    units = [FinePiece(*one, Cut.SENTENCE) for one in found if one.start < one.end]
    return [*units[:-1], *(one._replace(cut=Cut.BREAK) for one in units[-1:])]


def _is_no_end(text: str, start: int, match: re.Match[str]) -> bool:
    mark = match["mark"]
    if match["next"].islower() and set(text[match.end("mark") : match.end()]) & _MARKUP:
        return True
    if mark == "…" or mark.startswith(".."):
        return not match["next"].isupper()
    if mark != ".":
        return False
    before = _AROUND.sub("", text[max(start, match.start() - _LONGEST_MARKUP) : match.start()])
    return _NO_END.search(f"{before[-9:]}.") is not None


def _unsplit(text: str, masked: Masked) -> list[tuple[int, int]]:
    """Return the ranges that are never split, outermost ones only, in order: emphasis, texts of links.

    F1 of alch-nb without it: 0.993 instead of 0.995, and 2 wrong pairs in nuget-ja.
    """
    spans = [(start, link.end if link.is_image else link.text_end) for start, link in masked.links.items()]
    if "*" in text or "_" in text:
        spans += [(one.open, one.close) for one in constructs(text) if one.kind[0] in "*_"]
    found: list[tuple[int, int]] = []
    for span in sorted(spans):
        if not found or span[0] > found[-1][1]:
            found.append(span)
    return found


def _inside(spans: list[tuple[int, int]], position: int) -> bool:
    index = bisect_right(spans, (position, 0)) - 1
    return index >= 0 and position <= spans[index][1]


def fine_pieces(masked: Masked) -> list[FinePiece]:
    """Return the pieces of a target, split at every place where a sentence may end."""
    text = masked.text
    found: list[FinePiece] = []
    for start, end in _unbroken(text):
        position = start
        depth = 0
        for match in _TARGET_END.finditer(text, start, end):
            cut = _cut(text, start, match)
            depth = max(0, depth + _depth(text, position, match.start()))
            if depth and cut is Cut.SENTENCE:
                cut = Cut.LOWER
            _add(found, masked, position, match.start() if cut is Cut.SPACE else match.start("space"), cut)
            position = match.end() if cut is Cut.SPACE else match.start("space")
        _add(found, masked, position, end, Cut.BREAK)
        if found:
            found[-1] = found[-1]._replace(cut=Cut.BREAK)
    return found


def _depth(text: str, start: int, end: int) -> int:
    """Return how many more brackets open than close in a range: `Bildlauf (bzw. Scrollen)`.

    F1 of console-de without it: 0.9990 instead of 0.9994.
    """
    opened = text.count("(", start, end) + text.count("（", start, end)
    return opened - text.count(")", start, end) - text.count("）", start, end)


def _add(found: list[FinePiece], masked: Masked, start: int, end: int, cut: Cut) -> None:
    one = trimmed(masked.text, start, end)
    if cut is Cut.SENTENCE and _LABEL.fullmatch(masked.text, one.start, one.end):
        cut = Cut.LOWER
    if one.start < one.end:
        found.append(FinePiece(*one, cut))


_LABEL = re.compile(rf"(\*{{1,3}}|_{{1,3}})[^*_]+\1[{_TERMINALS}]?")
"""A label in emphasis, which has a colon in English: `**Note.** Before …`. Without it, F1 of contrib-ru is
0.9961 instead of 0.9973, and a pair is wrong."""
_WEAK_BEFORE = re.compile(r"(?<![^\W_])(?:[^\W_]|\d{1,3}|[^\W\d_]{1,2}\.[^\W\d_]{1,2})\Z")


def _cut(text: str, start: int, match: re.Match[str]) -> Cut:
    space = match["space"]
    if space is None:
        return Cut.SPACE
    if not space:
        return Cut.UNSPACED
    mark = match.start()
    if text[mark] == "." and _WEAK_BEFORE.search(text, max(start, mark - 6), mark):
        return Cut.LOWER
    return Cut.LOWER if text[match.end()].islower() else Cut.SENTENCE


_TRIMMED = frozenset(f" \t{ANCHOR}")
_SPACES = re.compile(r"\s+")


def finest_pieces(masked: Masked, piece: FinePiece) -> list[FinePiece]:
    """Return a piece of a target split at all white space outside of links."""
    start, end, cut = piece
    text = masked.text
    starts = masked.link_starts[bisect_left(masked.link_starts, start) : bisect_left(masked.link_starts, end)]
    links = [(at, masked.links[at].end) for at in starts]
    found: list[FinePiece] = []
    position = start
    index = 0
    for match in _SPACES.finditer(text, start, end):
        while index < len(links) and links[index][1] <= match.start():
            index += 1
        if match.start() == position or (index < len(links) and links[index][0] < match.start()):
            continue
        before, after = text[match.start() - 1], text[match.end() : match.end() + 1]
        is_phrase = len(match[0]) > 1 or after in "([（「" or after.isupper() or before in ")]?!\"'）」"
        found.append(FinePiece(position, match.start(), Cut.PHRASE if is_phrase else Cut.WORD))
        position = match.end()
    found.append(FinePiece(position, end, cut))
    return found


def has_text(masked: str, start: int, end: int) -> bool:
    """Return True if the publisher annotates a range of a masked text: not if it is only code."""
    return _NOT_CODE.search(masked, start, end) is not None


def _unbroken(masked: str) -> list[Range]:
    """Return the ranges between line breaks and block tags."""
    if BREAK not in masked:
        return [Range(0, len(masked))]
    found = []
    position = 0
    for match in _BREAKS.finditer(masked):
        found.append(Range(position, match.start()))
        position = match.end()
    found.append(Range(position, len(masked)))
    return found


def trimmed(text: str, start: int, end: int) -> Range:
    """Return the range without white space at its ends or an anchor before it; no-break spaces before stay.

    Before a dash, which would begin a list on a line of its own, the publisher keeps the white space (67
    units of nuget-ja).
    """
    begin = start
    while start < end and text[start] in _TRIMMED:
        start += 1
    if start > begin > 0 and text.startswith("- ", start):
        start = begin
    while end > start and text[end - 1].isspace():
        end -= 1
    return Range(start, end)


def inside_link(masked: Masked, one: Range) -> Range | None:
    """Return the text of the link that a sentence consists of, or None: `[One](a.md)`.

    The publisher takes such a link apart if both languages consist of one: F1 without it 0.89 to 0.98.
    """
    link = masked.links.get(one.start)
    if link is None or link.end != one.end or link.is_image or link.has_brackets:
        return None
    if "[" in masked.text[one.start + 1 : link.text_end]:
        return None
    return Range(one.start + 1, link.text_end)
