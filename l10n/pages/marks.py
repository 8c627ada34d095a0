"""Mark the units in a text by characters that no text contains, and turn the marks into elements of a page.

The marks go through the Markdown parser and the sanitizer as letters. Only then they become elements, in
HTML whose tags are all known. So a page has no element that the sanitizer did not see but these.

Law 5, input is hostile: noncharacters of Unicode are removed from all foreign text, so no article can
forge a mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape, unescape
from typing import NamedTuple

from l10n import markdown
from l10n.markdown import SpanKind

OPEN, NUMBERED, CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
"""`OPEN 12 NUMBERED text CLOSE` is the text of unit 12."""
MARK = re.compile(f"{OPEN}([0-9]+){NUMBERED}|{CLOSE}")
FAULT, SOUND = "\ufdd3", "\ufdd4"
"""`FAULT text SOUND` is a faulty part of a unit."""
_FAULT = re.compile(f"[{FAULT}{SOUND}]")
ANY_MARK = re.compile(f"{MARK.pattern}|{_FAULT.pattern}")
_KINDS = {CLOSE: "end", FAULT: "fault", SOUND: "sound"}
_FORBIDDEN = re.compile("[\0\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_FORBIDDEN_REFERENCE = re.compile(r"&#(?:x0*+fd[de][0-9a-f]|0*+6[45][0-9]{3});?", re.IGNORECASE)
_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^<>"]|"[^"]*")*)>|[^<]+|<')
_ALT = re.compile(r' alt="([^"]*)"')
_SOURCE = re.compile(r' src="([^"]*)"')
_VOID = frozenset({"br", "hr", "img", "wbr"})
_INLINE_NAMES = (
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span "
    "strong sub sup u var wbr"
)
_INLINE = frozenset(_INLINE_NAMES.split())


def clean(text: str) -> str:
    """Return `text` without the characters of marks, and without those that no page can hold."""
    return _FORBIDDEN_REFERENCE.sub("\ufffd", _FORBIDDEN.sub("\ufffd", text))


def marked(number: int, text: str) -> str:
    """Return the text of a unit between its marks."""
    return f"{OPEN}{number}{NUMBERED}{text}{CLOSE}"


def faulty(text: str, spots: Sequence[tuple[int, int]]) -> str:
    """Return the text of a unit with marks around its faulty parts, where the page can show them.

    A part that is not plain text, or overlaps an earlier one, is not marked: marks would change what the
    Markdown around them is.
    """
    known = markdown.spans(text)
    parts: list[str] = []
    end = 0
    for start, stop in sorted(spots):
        if end <= start < stop and all(_is_apart(span, start, stop) for span in known):
            parts += (text[end:start], FAULT, text[start:stop], SOUND)
            end = stop
    return "".join(parts) + text[end:]


def _is_apart(span: markdown.Span, start: int, stop: int) -> bool:
    """Return True if a part of a text is outside of a span of Markdown, or is code."""
    if stop <= span.start or start >= span.end:
        return True
    return span.kind is SpanKind.CODE and span.inner[0] <= start and stop <= span.inner[1]


def unmarked(text: str) -> str:
    """Return `text` without marks."""
    return _FAULT.sub("", MARK.sub("", text))


def units_in(text: str) -> list[int]:
    """Return the numbers of the units that begin in `text`."""
    return [int(match[1]) for match in MARK.finditer(text) if match[1]]


class _Event(NamedTuple):
    """A part of a block: a tag, a text, or a mark."""

    kind: str
    """`open`, `close` (tags), `void`, `text`, `begin`, `end` (marks), `fault`, `sound` (marks of a fault)."""
    html: str
    name: str = ""
    unit: int = -1


class Marker:
    """Turns the marks in the blocks of one side of a page into elements, block after block.

    A unit that continues in the next block gets an element there, too.
    """

    def __init__(
        self, start_tag: Callable[[int, bool], str], image: Callable[[str], str | None] = lambda address: None
    ) -> None:
        """Take a function that returns the start tag of a unit, given if it is the unit's first element.

        `image` returns the address at which the page finds an image, or None if it is not to be shown.
        """
        self._start_tag = start_tag
        self._image = image
        self._active = -1
        self._is_faulty = False
        self.seen: set[int] = set()

    def elements(self, html: str) -> str:
        """Return sanitized HTML with elements instead of marks. The time grows with its length."""
        events = list(_events(html, self._image))
        parts: list[str] = []
        whole = _whole_units(events)
        for index, event in enumerate(events):
            if event.kind == "begin":
                self._active = event.unit
                if index in whole:
                    parts.append(self._start(event.unit))
            elif event.kind == "end":
                if self._active >= 0 and index in whole:
                    parts.append("</span>")
                self._active, self._is_faulty = -1, False
            elif event.kind in ("fault", "sound"):
                self._is_faulty = event.kind == "fault"
            elif event.kind == "text" and self._active >= 0 and index in whole:
                parts.append(self._text(event.html))  # inside of the unit's only element
            elif event.kind == "text" and self._active >= 0 and event.html.strip():
                parts.append(f"{self._start(self._active)}{self._text(event.html)}</span>")
            else:
                parts.append(event.html)
        return "".join(parts)

    def _text(self, html: str) -> str:
        return f"<mark>{html}</mark>" if self._is_faulty and html.strip() else html

    def _start(self, unit: int) -> str:
        is_first = unit not in self.seen
        self.seen.add(unit)
        return self._start_tag(unit, is_first)


def _events(html: str, image: Callable[[str], str | None]) -> Iterator[_Event]:
    for match in _TOKEN.finditer(html):
        slash, name, attributes = match[1], match[2], match[3]
        if not name:
            text = match[0] if match[0] != "<" else "&lt;"
            yield from _text_events(text)
        elif slash:
            yield _Event("close", f"</{name}>", name)
        elif name == "img":
            yield from _image_events(attributes, image)
        else:
            kind = "void" if name in _VOID else "open"
            yield _Event(kind, f"<{name}{unmarked(attributes)}>", name)
            if MARK.search(attributes):
                yield from _attribute_events(attributes)


def _text_events(text: str) -> Iterator[_Event]:
    end = 0
    for match in ANY_MARK.finditer(text):
        if match.start() > end:
            yield _Event("text", text[end : match.start()])
        yield _Event("begin", "", unit=int(match[1])) if match[1] else _Event(_KINDS[match[0]], "")
        end = match.end()
    if end < len(text):
        yield _Event("text", text[end:])


def _image_events(attributes: str, image: Callable[[str], str | None]) -> Iterator[_Event]:
    """Yield an image as its text, which is shown, and the image itself if it has an address."""
    alt, source = _ALT.search(attributes), _SOURCE.search(attributes)
    yield _Event("open", '<span class="md-image">', "span")
    if source and (address := image(unescape(unmarked(source[1])))):
        yield _Event("void", f'<img alt="" loading="lazy" src="{escape(address)}">', "img")
    yield from _text_events(_escaped(alt[1]) if alt else "")
    yield _Event("close", "</span>", "span")


def _attribute_events(attributes: str) -> Iterator[_Event]:
    """Yield the texts of units in other attributes, which would be seen only under the mouse."""
    for value in re.findall(r'"([^"]*)"', attributes):
        if MARK.search(value):
            yield _Event("open", '<span class="md-attribute">', "span")
            yield from _text_events(_escaped(value))
            yield _Event("close", "</span>", "span")


def _escaped(value: str) -> str:
    return value.replace("<", "&lt;").replace(">", "&gt;")


def _whole_units(events: list[_Event]) -> set[int]:
    """Return the indexes of marks and texts of units that one element can hold.

    That is so if all elements that begin in a unit end in it, and all of them are inline.
    """
    whole: set[int] = set()
    begin, depth, is_whole = -1, 0, False
    texts: list[int] = []
    for index, event in enumerate(events):
        if event.kind == "begin":
            begin, depth, is_whole, texts = index, 0, True, []
        elif event.kind == "end":
            if begin >= 0 and is_whole and depth == 0:
                whole.update((begin, index), texts)
            begin = -1
        elif begin >= 0 and event.kind == "text":
            texts.append(index)
        elif begin >= 0 and event.kind in ("open", "close"):
            depth += 1 if event.kind == "open" else -1
            is_whole = is_whole and depth >= 0 and event.name in _INLINE
    return whole
