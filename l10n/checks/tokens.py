"""A Markdown text taken apart once: what is code, link, tag, and what is left to read.

After CommonMark 0.31, section 6 (https://spec.commonmark.org/0.31.2/#inlines): escapes, code
spans and tags bind tighter than links, links tighter than emphasis. `Text.prose` is as long
as the text, with all that no translator may touch blanked, so that its offsets are the text's.

Law 5: one pass; every expression here stops at the next mark of its own kind, so the time
grows with the size of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from l10n.article.inlines import closing_ticks


class Token(NamedTuple):
    """A piece of a text and its span."""

    text: str
    start: int
    end: int


class Link(NamedTuple):
    """An inline link or image."""

    destination: Token
    text: Token | None
    """What stands between its brackets; None if they open outside of the unit."""
    is_image: bool


@dataclass(slots=True)
class Text:
    """A source or target, taken apart."""

    raw: str
    prose: str = ""
    """The raw text with code, destinations, URLs, tags, entities and escapes' backslashes as BLANK."""
    visible: str = ""
    """The raw text with destinations and URLs blanked."""
    code: list[Token] = field(default_factory=list)
    """Code spans' contents; the spans include the backticks."""
    ticks: list[Token] = field(default_factory=list)
    """Runs of backticks that begin or end no code span."""
    links: list[Link] = field(default_factory=list)
    urls: list[Token] = field(default_factory=list)
    """Bare URLs and autolinks."""
    tags: list[Token] = field(default_factory=list)
    """HTML tags and comments, and whatever else stands in angle brackets: `<name>`."""
    entities: list[Token] = field(default_factory=list)
    escapes: list[Token] = field(default_factory=list)


BLANK = "\0"
"""Stands in prose for what is not prose; no text of a PO file holds it."""

# Of 4,000 characters at most, more than browsers take: else a row of URLs in brackets would be read from
# each of them on to the end (law 5).
_URL = r"\b(?:https?|ftp|mailto|file)(?:://|:(?=[\w.+-]++@))[!#-;=?-Z_a-z~\\]{1,4000}+"
_MARK = re.compile(
    r"\\(?P<escape>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`++)"
    r"|(?P<comment><!--)"
    r"|(?P<tag><(?:/?[^\s<>/\\=][^<>\n]*+)>)"
    rf"|(?P<url>{_URL})"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<open>!?\[)"
    r"|(?P<close>\])",
    re.IGNORECASE | re.ASCII,
)
_DESTINATION = re.compile(
    r"\([ \t\n]*+(?:<(?P<angle>[^<>\n]*+)>"
    r"|(?P<bare>(?:[^\s()\\]++|\\.|\((?:[^\s()\\]++|\\.|\([^\s()]*+\))*\))*))"
    r"(?:[ \t\n]++(?:\"(?:[^\"\\]++|\\.)*\"|'(?:[^'\\]++|\\.)*'))?[ \t\n]*+\)",
    re.DOTALL,
)
_URL_END = ".,;:!?*_~'\")\\"
_LONGEST_BRACKETS = 100
"""Brackets open at once; more are text (law 5)."""


@lru_cache(maxsize=64)
def read(text: str) -> Text:
    """`text` taken apart; the last ones are kept, for each check asks for the same two."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = Text(text)
        self._blanks: list[tuple[int, int]] = []
        self._hidden: list[tuple[int, int]] = []
        self._brackets: list[tuple[int, bool]] = []
        self._has_comments = True

    def read(self) -> Text:
        text = self._text
        raw = text.raw
        closing = closing_ticks(raw) if "`" in raw else {}
        position = 0
        while mark := _MARK.search(raw, position):
            start, position = mark.span()
            kind = mark.lastgroup
            if kind == "ticks":
                position = self._code(start, position, closing)
            elif kind == "close":
                position = self._link(start, position)
            elif kind == "open":
                self._brackets.append((start, mark[0] == "!["))
                del self._brackets[:-_LONGEST_BRACKETS]
            elif kind == "url":
                position = self._url(start, position)
            elif kind == "comment":
                position = self._comment(start, position)
            elif kind == "escape":
                text.escapes.append(Token(mark[0], start, position))
                self._blanks.append((start, start + 1))
            elif kind == "entity":
                text.entities.append(Token(mark[0], start, position))
                self._blanks.append((start, position))
            else:
                is_autolink = re.match(r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>\Z", mark[0])
                (text.urls if is_autolink else text.tags).append(Token(mark[0], start, position))
                self._blanks.append((start, position))
        text.visible = _blanked(raw, self._hidden)
        text.prose = _blanked(raw, self._blanks + self._hidden)
        return text

    def _code(self, start: int, end: int, closing: dict[int, int]) -> int:
        raw = self._text.raw
        close = closing.get(start)
        if close is None:
            self._text.ticks.append(Token(raw[start:end], start, end))
            return end
        content = raw[end:close]
        stop = close + end - start
        self._text.code.append(Token(content.strip(" "), start, stop))
        self._blanks.append((start, stop))
        return stop

    def _comment(self, start: int, end: int) -> int:
        raw = self._text.raw
        if self._has_comments:
            close = raw.find("-->", end)
            self._has_comments = close >= 0
        if not self._has_comments:
            return end
        end = close + 3
        self._text.tags.append(Token(raw[start:end], start, end))
        self._blanks.append((start, end))
        return end

    def _link(self, start: int, end: int) -> int:
        raw = self._text.raw
        opening = self._brackets.pop() if self._brackets else None
        if raw[end : end + 1] != "(":
            return end
        match = _DESTINATION.match(raw, end)
        if match is None:
            return end
        name = "angle" if match["angle"] is not None else "bare"
        text = None
        if opening:
            begin = opening[0] + (2 if opening[1] else 1)
            text = Token(raw[begin:start], begin, start)
        destination = Token(match[name], *match.span(name))
        self._text.links.append(Link(destination, text, bool(opening and opening[1])))
        self._hidden.append((end, match.end()))
        return match.end()

    def _url(self, start: int, end: int) -> int:
        raw = self._text.raw
        url = raw[start:end].rstrip(_URL_END)
        if url.count("(") > url.count(")") and raw[start + len(url) : start + len(url) + 1] == ")":
            url += ")"
        elif url.count(")") > url.count("("):
            url = url[: url.index(")")].rstrip(_URL_END)
        end = start + max(len(url), 1)
        self._text.urls.append(Token(url, start, end))
        self._hidden.append((start, end))
        return end


def _blanked(raw: str, blanks: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    position = 0
    for start, end in sorted(blanks):
        if start >= position:
            parts += (raw[position:start], BLANK * (end - start))
            position = end
    parts.append(raw[position:])
    return "".join(parts)


def missing(wanted: list[Token], given: list[Token]) -> tuple[list[Token], list[Token]]:
    """What of `wanted` is not in `given`, and what of `given` was not wanted, as multisets in order."""
    left: dict[str, int] = {}
    for token in given:
        left[token.text] = left.get(token.text, 0) + 1
    lost = []
    for token in wanted:
        if left.get(token.text, 0):
            left[token.text] -= 1
        else:
            lost.append(token)
    kept: dict[str, int] = {}
    for token in wanted:
        kept[token.text] = kept.get(token.text, 0) + 1
    added = []
    for token in given:
        if kept.get(token.text, 0):
            kept[token.text] -= 1
        else:
            added.append(token)
    return lost, added
