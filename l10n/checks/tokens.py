"""A text as the checks read it: its prose, code, links, URLs, tags, entities and escapes.

`Text.prose` and `Text.visible` are as long as the text, so that their offsets are its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple, TypeVar

from l10n import markdown
from l10n.markdown import BLANK, Span, SpanKind

__all__ = ["BLANK", "Link", "Text", "Token", "missing", "read", "surplus"]

T = TypeVar("T")


class Token(NamedTuple):
    """A piece of a text and its span."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """The start and end."""
        return self.start, self.end


class Link(NamedTuple):
    """An inline link or image."""

    destination: Token
    text: Token | None
    """The text between its brackets; None if they open outside of the unit."""
    is_image: bool

    @property
    def start(self) -> int:
        """The start of its text, or of its destination if the text is in another unit."""
        return self.text.start if self.text else self.destination.start


@dataclass(slots=True)
class Text:
    """A source or target, read."""

    raw: str
    spans: list[Span]
    prose: str
    """The raw text with BLANK for code, destinations, URLs, tags, entities and the backslashes of escapes."""
    visible: str
    """The raw text with BLANK for destinations and URLs."""
    code: list[Token] = field(default_factory=list)
    """The contents of code spans; their spans include the backticks."""
    ticks: list[Token] = field(default_factory=list)
    """Runs of backticks that begin or end no code span."""
    links: list[Link] = field(default_factory=list)
    urls: list[Token] = field(default_factory=list)
    """Bare URLs and autolinks."""
    tags: list[Token] = field(default_factory=list)
    """HTML tags and comments, and other text in angle brackets: `<name>`."""
    entities: list[Token] = field(default_factory=list)
    escapes: list[Token] = field(default_factory=list)
    marks: list[Token] = field(default_factory=list)
    """Runs of `*` and of `_` that are not escaped."""


_LISTS = {
    SpanKind.CODE: "code",
    SpanKind.BACKTICKS: "ticks",
    SpanKind.URL: "urls",
    SpanKind.AUTOLINK: "urls",
    SpanKind.TAG: "tags",
    SpanKind.COMMENT: "tags",
    SpanKind.PLACEHOLDER: "tags",
    SpanKind.ENTITY: "entities",
    SpanKind.ESCAPE: "escapes",
    SpanKind.EMPHASIS: "marks",
}
"""The list of a `Text` that takes the spans of a kind."""


@lru_cache(maxsize=64)
def read(text: str) -> Text:
    """Read `text`. The last texts are cached, since each check asks for the same two."""
    found = markdown.spans(text)
    if not found:
        return Text(text, found, text, text)
    taken = Text(text, found, markdown.prose(text, found), markdown.without_addresses(text, found))
    for span in found:
        if span.kind is SpanKind.DESTINATION:
            taken.links.append(_link(text, span))
        else:
            content = text[slice(*span.inner)]
            content = content.strip(" ") if span.kind is SpanKind.CODE else content
            getattr(taken, _LISTS[span.kind]).append(Token(content, span.start, span.end))
    return taken


def _link(text: str, span: Span) -> Link:
    destination = Token(text[slice(*span.inner)], *span.inner)
    if span.opening < 0:
        return Link(destination, None, False)
    is_image = text[span.opening] == "!"
    start, end = span.opening + (2 if is_image else 1), span.start - 1
    return Link(destination, Token(text[start:end], start, end), is_image)


def missing(wanted: list[Token], given: list[Token]) -> tuple[list[Token], list[Token]]:
    """Return the tokens missing in `given`, and those of `given` not wanted, as ordered multisets."""
    if not wanted and not given:  # as nearly always
        return [], []
    return surplus(wanted, map(_text, given), _text), surplus(given, map(_text, wanted), _text)


_text: Callable[[Token], str] = attrgetter("text")


def surplus(items: Iterable[T], known: Iterable[Hashable], key: Callable[[T], Hashable]) -> list[T]:
    """Return the items but for the first ones of each key, as many as `known` has of it."""
    left = Counter(known)
    kept = []
    for item in items:
        if left[key(item)]:
            left[key(item)] -= 1
        else:
            kept.append(item)
    return kept
