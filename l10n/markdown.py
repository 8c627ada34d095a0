"""Inline Markdown taken apart once: code, links, URLs, tags, escapes and marks of emphasis.

After CommonMark 0.31, section 6 (https://spec.commonmark.org/0.31.2/#inlines): escapes, code
spans and tags bind tighter than links, links tighter than emphasis. Checks, the glossary, the
word count and the comparison of two sources read Markdown through this module only.

Law 5: one pass; every expression here stops at the next mark of its own kind, so the time
grows with the size of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum, auto
from html import unescape
from typing import NamedTuple


class SpanKind(Enum):
    """The kinds of spans. What no span covers is text."""

    CODE = auto()
    """A code span with its backticks; `inner` is without them."""
    BACKTICKS = auto()
    """A run of backticks that begins or ends no code span."""
    DESTINATION = auto()
    """Of an inline link or image, from `(` to `)`; `inner` is the destination without its title."""
    URL = auto()
    """A bare URL of ASCII characters, without the punctuation after it."""
    AUTOLINK = auto()
    """`<https://contoso.example>`, `<xref:System.String>`"""
    TAG = auto()
    """An HTML tag by its form, hence also a placeholder such as `<name>`."""
    COMMENT = auto()
    """`<!-- … -->`"""
    PLACEHOLDER = auto()
    """Other text in angle brackets: `<имя>`, `<user@domain>`"""
    ENTITY = auto()
    """A character reference: `&nbsp;`, `&#160;`"""
    ESCAPE = auto()
    r"""A backslash and the character that it escapes: `\*`"""
    EMPHASIS = auto()
    """A run of `*` or of `_`, whether it opens or closes emphasis or not."""


class Span(NamedTuple):
    """A span of a text."""

    kind: SpanKind
    start: int
    end: int
    inner: tuple[int, int]
    """The span of its content; for most kinds the whole of it."""
    opening: int = -1
    """Of a destination: the offset of the `[` or `![` that opens the link; -1 if the text has none."""


# At most 4,000 characters, more than browsers take. Without a limit, a row of URLs in brackets would be
# read from each of them to the end (law 5).
_URL = (
    r"(?<=\b[hfmHFM])(?i:(?<=h)ttps?|(?<=f)tp|(?<=f)ile|(?<=m)ailto)"
    r"(?:://|:(?=[\w.+-]++@))[!#-;=?-Z_a-z~\\]{1,4000}+"
)
_ESCAPED = r"[!-/:-@\[-`{-~]"
_REFERENCE = r"(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_TAG_REST = r"/?[A-Za-z][A-Za-z0-9-]*+(?:\s[^<>]*+)?/?>"
# It begins with a set, for which `re` searches fastest; then the character decides.
_MARK = re.compile(
    r"[\\`<&!\[\]*_hfmHFM](?:"
    rf"(?P<URL>{_URL})"
    rf"|(?P<ESCAPE>(?<=\\){_ESCAPED})"
    r"|(?P<BACKTICKS>(?<=`)`*+)"
    r"|(?P<COMMENT>(?<=<)!--)"
    r"|(?P<ANGLE>(?<=<)(?:"
    r"/?[^\s<>/\\=][^<>\n]*+"
    r"|[A-Za-z][A-Za-z0-9-]*+\s[^<>=]*+=[^<>]*+"  # a tag with attributes may go over several lines
    r")>)"
    rf"|(?P<ENTITY>(?<=&){_REFERENCE})"
    r"|(?P<OPEN>(?<=\[)|(?<=!)\[)"
    r"|(?P<CLOSE>(?<=\]))"
    r"|(?P<EMPHASIS>(?<=\*)\**+|(?<=_)_*+)"
    r")",
    re.ASCII,
)
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>")
_TAG = re.compile(f"<{_TAG_REST}")
_DESTINATION = re.compile(
    r"\([ \t\n]*+(?:<(?P<angle>[^<>\n]*+)>"
    r"|(?P<bare>(?:[^\s()\\]++|\\.|\((?:[^\s()\\]++|\\.|\([^\s()]*+\))*\))*))"
    r"(?:[ \t\n]++(?:\"(?:[^\"\\]++|\\.)*\"|'(?:[^'\\]++|\\.)*'))?[ \t\n]*+\)",
    re.DOTALL,
)
_URL_END = ".,;:!?*_~'\")\\"
_LONGEST_BRACKETS = 100
"""Brackets open at once; more are text (law 5)."""
_SINGLE = {"ENTITY": SpanKind.ENTITY, "ESCAPE": SpanKind.ESCAPE, "EMPHASIS": SpanKind.EMPHASIS}


def spans(text: str) -> list[Span]:
    """Return the spans of `text`, in order and disjoint."""
    return _SpanReader(text).read()


class _SpanReader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[Span] = []
        self._brackets: list[int] = []
        self._closing: dict[int, int] = closing_backticks(text) if "`" in text else {}
        self._has_comments = True

    def read(self) -> list[Span]:
        position = 0
        while mark := _MARK.search(self._text, position):
            start, position = mark.span()
            name = mark.lastgroup or ""
            if name in _SINGLE:
                self._add(_SINGLE[name], start, position)
            elif name == "BACKTICKS":
                position = self._code(start, position)
            elif name == "CLOSE":
                position = self._destination(position)
            elif name == "OPEN":
                self._brackets.append(start)
                del self._brackets[:-_LONGEST_BRACKETS]
            elif name == "URL":
                position = self._url(start, position)
            elif name == "COMMENT":
                position = self._comment(start, position)
            else:
                self._add(_kind_of_angle(mark[0]), start, position)
        return self._found

    def _add(self, kind: SpanKind, start: int, end: int) -> int:
        self._found.append(Span(kind, start, end, (start, end)))
        return end

    def _code(self, start: int, end: int) -> int:
        close = self._closing.get(start)
        if close is None:
            return self._add(SpanKind.BACKTICKS, start, end)
        stop = close + end - start
        self._found.append(Span(SpanKind.CODE, start, stop, (end, close)))
        return stop

    def _comment(self, start: int, end: int) -> int:
        if self._has_comments:
            close = self._text.find("-->", end)
            self._has_comments = close >= 0
        return self._add(SpanKind.COMMENT, start, close + 3) if self._has_comments else end

    def _destination(self, start: int) -> int:
        opening = self._brackets.pop() if self._brackets else -1
        match = _DESTINATION.match(self._text, start)
        if match is None:
            return start
        inner = match.span("bare" if match["angle"] is None else "angle")
        self._found.append(Span(SpanKind.DESTINATION, start, match.end(), inner, opening))
        return match.end()

    def _url(self, start: int, end: int) -> int:
        url = self._text[start:end].rstrip(_URL_END)
        if url.count("(") > url.count(")") and self._text.startswith(")", start + len(url)):
            url += ")"
        elif url.count(")") > url.count("("):
            url = url[: url.index(")")].rstrip(_URL_END)
        return self._add(SpanKind.URL, start, start + max(len(url), 1))


def _kind_of_angle(text: str) -> SpanKind:
    if _AUTOLINK.fullmatch(text):
        return SpanKind.AUTOLINK
    return SpanKind.TAG if _TAG.fullmatch(text) else SpanKind.PLACEHOLDER


def end_of(pattern: re.Pattern[str], text: str, start: int = 0) -> int:
    """Return the end of the match of `pattern` at `start`; without a match it is `start`."""
    match = pattern.match(text, start)
    return match.end() if match else start


def closing_backticks(text: str) -> dict[int, int]:
    """Map the offset of each run of backticks to that of the next run of the same length, where there is one.

    A code span ends there, if the run begins one (CommonMark 0.31, section 6.1). Linear in the runs.
    """
    runs = [match.span() for match in re.finditer(r"`++", text)]
    following: dict[int, int] = {}
    closing = {}
    for start, end in reversed(runs):
        if end - start in following:
            closing[start] = following[end - start]
        following[end - start] = start
    return closing


def blanked(text: str, parts: Iterable[tuple[int, int]], blank: str) -> str:
    """Return `text` with `blank` in place of each character of `parts`, which are in order and disjoint."""
    pieces: list[str] = []
    position = 0
    for start, end in parts:
        pieces += (text[position:start], blank * (end - start))
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


BLANK = "\0"
"""Replaces what a view of a text leaves out; no text of a PO file holds it."""
_BRACE = re.compile(r"\{\{?[^{}\n]{1,60}\}\}?")
_PERCENT = re.compile(r"(?<![\w%])%(?:(?:\d\$)?[sdifuxc]|[1-9])(?![\w%])|%\(\w++\)[sd]", re.ASCII)
_ESCAPED_ANGLE = re.compile(r"\\<[^\s<>\\][^<>\n]{0,60}>")


def prose(text: str, found: Iterable[Span]) -> str:
    """Return `text` with BLANK for what nobody translates; `found` are its spans.

    That is code, destinations, URLs, tags, entities and the backslashes of escapes.
    """
    parts = [
        (span.start, span.start + 1 if span.kind is SpanKind.ESCAPE else span.end)
        for span in found
        if span.kind not in (SpanKind.EMPHASIS, SpanKind.BACKTICKS)
    ]
    return blanked(text, parts, BLANK)


def without_addresses(text: str, found: Iterable[Span]) -> str:
    """Return `text` with BLANK for destinations and bare URLs; `found` are the spans of `text`."""
    parts = [(span.start, span.end) for span in found if span.kind in (SpanKind.DESTINATION, SpanKind.URL)]
    return blanked(text, parts, BLANK)


def placeholders(text: str, found: Iterable[Span]) -> list[tuple[int, int]]:
    r"""Return where `<name>`, `\<name>`, `{name}` and `%s` are, HTML tags among them, in order.

    `found` are the spans of `text`. Braces and percent signs count in prose only.
    """
    found = list(found)
    angles = (SpanKind.TAG, SpanKind.COMMENT, SpanKind.PLACEHOLDER)
    places = [(span.start, span.end) for span in found if span.kind in angles]
    if "{" in text or "%" in text:
        plain = prose(text, found)
        places += [match.span() for match in _BRACE.finditer(plain) if BLANK not in match[0]]
        places += [match.span() for match in _PERCENT.finditer(plain)]
    return sorted(places + escaped_placeholders(text, found))


def escaped_placeholders(text: str, found: Iterable[Span]) -> list[tuple[int, int]]:
    r"""Return where `\<name>` is, in order; `found` are the spans of `text`."""
    if r"\<" not in text:
        return []
    return [match.span() for match in _ESCAPED_ANGLE.finditer(without_addresses(text, found))]


_MARKUP = re.compile(
    r"[]<&\\](?:"
    r"(?<=\])\((?:<[^<>\s]*+>|(?:[^\s()<]++|\([^\s()]*+\))*)"  # the destination of a link
    rf"|(?<=<){_TAG_REST}"
    rf"|(?<=&){_REFERENCE}"
    rf"|(?<=\\){_ESCAPED}"
    r")"
)


def readable_text(text: str) -> str:
    """Return `text` as a reader sees it: no destinations and HTML tags, references and escapes resolved.

    Nothing is paired here, neither backticks nor brackets: two sentences have as many words
    together as each on its own.
    """
    if "](" in text or "<" in text or "&" in text or "\\" in text:
        return _MARKUP.sub(_plain, text)
    return text


def _plain(match: re.Match[str]) -> str:
    markup = match[0]
    if markup[0] == "\\":
        return markup[1]
    return unescape(markup) if markup[0] == "&" else " "
