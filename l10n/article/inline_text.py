"""The inline constructs of a Markdown text: code spans, tags, links, emphasis, and unclosed ones.

After CommonMark 0.31, section 6 (https://spec.commonmark.org/0.31.2/#inlines), with GitHub's strikethrough
and the directives of docfx. `constructs` returns which character opens or closes which construct, so that two
texts can be compared outside of a range; `unbalanced` returns what a text opens and does not close.

Law 5: each mark is read a bounded number of times. A search to the end of the text (for a comment's end) is
not repeated after it failed; brackets and emphasis follow the standard's own algorithm with its
`openers_bottom`; a link's destination and title have a maximum length.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from l10n.article.delimiters import Run, pair_up
from l10n.markdown import closing_backticks, end_of


class Construct(NamedTuple):
    """A construct of a text, by the offsets of one character of each of its ends."""

    kind: str
    open: int
    close: int


_ATTRIBUTE = r"""\s++[A-Za-z_:][\w.:-]*+(?:\s*=\s*(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?"""
_TAG = re.compile(
    rf"<(?:[A-Za-z][A-Za-z0-9-]*+(?:{_ATTRIBUTE})*\s*+/?>|/[A-Za-z][A-Za-z0-9-]*+\s*+>)", re.ASCII
)
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+>|<[\w.!#$%&'*+/=?^`{|}~-]++@[\w.-]++>")
COMMENTS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}
"""Marks that hide all text up to their end mark, with the end mark."""
_DECLARATION = re.compile(r"<![A-Za-z][^>]*+>")
_TOKEN = re.compile(
    r"\\(?:[!-/:-@\[-`{-~]|\n)"
    r"|`++"
    r"|<(?:!--|\?|!\[CDATA\[|(?=[A-Za-z/!]))"
    r"|!?\[|\]"
    r"|\*++|_++|~++"
    r"|&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|(?<![ ])[ ]{2,}+\n"
    r"|https?://"
    r"|:::(?=[ ]?[a-z])"
)
_QUOTE = re.compile("[\"']")
_URL_REST = re.compile(r"[^\s<]*+")
_URL_END = ".,;:!?*_~'\")\\]"
_TEXT_LIMIT = 2_000
"""The maximum length of a destination or title; a longer text is neither."""
_ANGLE = re.compile(r"<(?:[^<>\n\\]|\\.){0,2000}>")
_BARE_MARK = re.compile(r"\\[!-/:-@\[-`{-~]|[\s()\x00-\x1f\x7f]")
_SPACE = re.compile(r"\s{0,99}+")
_TITLE = re.compile(r"""\s{1,99}+(?:"(?:[^"\\]|\\.){0,2000}"|'(?:[^'\\]|\\.){0,2000}')""", re.DOTALL)
_CLOSE = re.compile(r"\s{0,99}+\)")
_LABEL = re.compile(r"\[(?:[^\[\]\\]|\\.){0,999}\]", re.DOTALL)
_DEEPEST = 32
"""The maximum depth of brackets within a destination; it ends before deeper ones."""
_MOST_BRACKETS = 100
"""The maximum number of open brackets; more are text."""

_OPEN_ONLY = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
})  # fmt: skip
"""HTML elements without an end tag."""
_END_OPTIONAL = frozenset({
    "body", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rp", "rt", "tbody",
    "td", "tfoot", "th", "thead", "tr",
})  # fmt: skip
_PAIRED = frozenset({
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "button", "canvas",
    "caption", "center", "cite", "code", "data", "datalist", "del", "details", "dfn", "dialog", "div", "dl",
    "em", "fieldset", "figcaption", "figure", "font", "footer", "form", "frameset", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "i", "iframe", "ins", "kbd", "label", "legend", "main", "map", "mark",
    "menu", "meter", "nav", "noembed", "noframes", "noscript", "object", "ol", "output", "picture",
    "plaintext", "pre", "progress", "q", "ruby", "s", "samp", "script", "search", "section", "select",
    "slot", "small", "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "template",
    "textarea", "time", "title", "tt", "u", "ul", "var", "video", "xmp",
})  # fmt: skip
"""Elements that last until their end tag; `<span>` is checked together with the annotation."""
_ELEMENTS = _PAIRED | _END_OPTIONAL | _OPEN_ONLY
_NEXT_ATTRIBUTE = re.compile(r"\s++[\w:.-]++\s*+=", re.ASCII)
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*+)(?=[\s/>]|\Z)", re.ASCII)


@dataclass(slots=True)
class _Bracket:
    start: int
    is_image: bool
    runs: int
    """The number of delimiter runs before it."""
    is_active: bool = True


def constructs(text: str, *, is_html: bool = False) -> list[Construct]:
    """Return all constructs of `text`, the inside of one block; in HTML blocks (`is_html`) only tags."""
    return _Reader(text, is_html).read().found


def unbalanced(text: str) -> Counter[str]:
    """Return the constructs that `text` only opens or only closes: each hides or changes later text.

    They are `<!--`, `<?`, `<![CDATA[`, tags by their names (`<div>`, `</div>`), unfinished tags (`<div`),
    runs of backticks, `$$`.
    """
    if not ("<" in text or "`" in text or "$$" in text):
        return Counter()
    reader = _Reader(text, is_html=False).read()
    found = Counter(reader.unclosed)
    names: list[str] = []
    for is_end, name in reader.tags:
        if not is_end:
            names.append(name)
        elif names and names[-1] == name:
            names.pop()
        else:
            found[f"</{name}>"] += 1
    found.update(f"<{name}>" for name in names)
    if reader.dollars % 2:
        found["$$"] += 1
    return found


class _Reader:
    """Reads one text once, from left to right."""

    def __init__(self, text: str, is_html: bool) -> None:
        self.found: list[Construct] = []
        self.unclosed: list[str] = []
        self.tags: list[tuple[bool, str]] = []
        """The tags of elements that last until their end tag: True for an end tag, and the name."""
        self.dollars = 0
        self._text = text
        self._is_html = is_html
        self._closing = closing_backticks(text) if "`" in text and not is_html else {}
        self._runs: list[Run] = []
        self._brackets: list[_Bracket] = []
        self._endless: set[str] = set()
        self._address_end = 0

    def read(self) -> _Reader:
        text = self._text
        position = 0
        while token := _TOKEN.search(text, position):
            start = token.start()
            self.dollars += text.count("$$", position, start)
            position = self._read_token(token[0], start, token.end())
        self.dollars += text.count("$$", position)
        self._pair_up(self._runs)
        return self

    def _pair_up(self, runs: list[Run]) -> None:
        self.found += [Construct(marks, opener, closer) for marks, opener, closer in pair_up(runs)]

    def _read_token(self, token: str, start: int, end: int) -> int:
        """Read a token; return the offset at which to continue."""
        first = token[0]
        if first == "<":
            return self._html(token, start, end)
        if self._is_html:
            return end
        if first == "`":
            return self._code(start, end)
        if first in "*_~":
            self._run(first, start, end)
        elif first in "[!":
            self._brackets.append(_Bracket(start, first == "!", len(self._runs)))
            del self._brackets[:-_MOST_BRACKETS]
        elif first == "]":
            return self._link(start, end)
        elif first == "h":
            return self._url(start, end)
        elif first == ":":
            return self._directive(start, end)
        else:  # an escape, an entity, a hard line break
            self._add(" " if token[-1] == "\n" else first, start, end - 1)
        return end

    def _add(self, kind: str, start: int, end: int) -> None:
        self.found.append(Construct(kind, start, end))

    def _code(self, start: int, end: int) -> int:
        close = self._closing.get(start)
        if close is None:
            self.unclosed.append("`" * (end - start))
            return end
        self._add("`", start, close)
        return close + end - start

    def _html(self, token: str, start: int, end: int) -> int:
        text = self._text
        if ending := COMMENTS.get(token):
            close = -1 if token in self._endless else text.find(ending, end)
            if close < 0:
                self._endless.add(token)
                self.unclosed.append(token)
                return end
            self._add("<", start, close)
            return close + len(ending)
        match = _TAG.match(text, start) or _AUTOLINK.match(text, start) or _DECLARATION.match(text, start)
        name = _TAG_NAME.match(text, start)
        if match is None:
            if (
                name
                and name[2].lower() in _ELEMENTS
                and (
                    # `a <b c` is no tag, `<a href="` is the beginning of one
                    len(name[2]) > 1 or _NEXT_ATTRIBUTE.match(text, name.end())
                )
            ):
                self.unclosed.append(f"<{name[1]}{name[2].lower()}")
            return end
        self._add("<", start, match.end() - 1)
        for quote in _QUOTE.finditer(text, start, match.end()):
            self._add('"', start, quote.start())
        if name and name[2].lower() in _PAIRED and not match[0].endswith("/>"):
            self.tags.append((bool(name[1]), name[2].lower()))
        return match.end()

    def _url(self, start: int, end: int) -> int:
        if start >= self._address_end:  # otherwise it is within another address
            self._address_end = end_of(_URL_REST, self._text, end)
            length = len(self._text[start : self._address_end].rstrip(_URL_END))
            # Its content is still read: in brackets or emphasis it may end earlier.
            self._add("h", start, start + length - 1)
        return end

    def _directive(self, start: int, end: int) -> int:
        """Read a directive of docfx, up to the end of its line; its attributes count as quotes."""
        close = self._text.find(":::", end)
        stop = close + 3 if close >= 0 else len(self._text)
        line_break = self._text.find("\n", end, stop)
        stop = line_break if line_break >= 0 else stop
        self._add(":", start, stop - 1)
        position = end
        while (quote := self._text.find('"', position, stop)) >= 0:
            self._add('"', start, quote)
            position = quote + 1
        return stop

    def _run(self, mark: str, start: int, end: int) -> None:
        if mark != "~" or end - start >= 2:
            self._runs.append(Run(self._text, start, end))

    def _link(self, start: int, end: int) -> int:
        text = self._text
        if not self._brackets:
            return end
        bracket = self._brackets.pop()
        self._add("[", bracket.start, start)
        if not bracket.is_active:
            return end
        stop = self._destination(bracket.start, end) if text.startswith("(", end) else None
        if stop is None:
            label = _LABEL.match(text, end)
            if label is None:
                return end
            stop = label.end()
        self._pair_up(self._runs[bracket.runs :])
        del self._runs[bracket.runs :]
        if not bracket.is_image:
            for outer in self._brackets:
                outer.is_active = outer.is_image
        self._add("](", bracket.start, stop - 1)
        return stop

    def _destination(self, bracket: int, start: int) -> int | None:
        """Return the end of the destination and title that begin at `start`, or None."""
        text = self._text
        position = end_of(_SPACE, text, start + 1)
        angle = _ANGLE.match(text, position)
        position = angle.end() if angle else _bare_end(text, position)
        title = _TITLE.match(text, position)
        for attempt in (title.end() if title else position, position):
            if close := _CLOSE.match(text, attempt):
                if title and attempt == title.end():
                    self._add('"', bracket, title.end() - 1)
                    self._add('"', bracket, title.start() + len(title[0]) - len(title[0].lstrip()))
                return close.end()
        return None


def _bare_end(text: str, start: int) -> int:
    """Return the end of a destination without angle brackets: white space, or a `)` that it did not open."""
    depth = 0
    position, limit = start, min(len(text), start + _TEXT_LIMIT)
    while mark := _BARE_MARK.search(text, position, limit):
        if mark[0] == "(" and depth < _DEEPEST:
            depth += 1
        elif mark[0] == ")" and depth:
            depth -= 1
        elif mark[0][0] != "\\":
            return mark.start()
        position = mark.end()
    return limit
