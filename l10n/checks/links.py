"""Checks of links, images, URLs and the publisher's directives: they may move, but not change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from l10n.checks.differences import Wording, differences
from l10n.checks.inside import BOUND_MET, Inside
from l10n.checks.pair import Check, Finding, Pair, Severity
from l10n.checks.tokens import Link, Token, missing, read

_SPLIT = re.compile(r"\](?:[ \t\u00a0\u202f\u3000]++\(|[ \t\u00a0\u202f\u3000]*+\uff08)")
_SPLIT_DESTINATION = re.compile(r"[ \t]*+([^\s()\uff08\uff09]++)")
_LOOKS_LIKE_DESTINATION = re.compile(
    r"(?:https?:|mailto:|xref:|[/#~]|\.{1,2}/)|[^\s]*\.(?:md|yml|png|jpg|svg|gif)\b"
)
_REFERENCE = re.compile(r"\]\[([^\[\]]++)\]")
_ALERT = re.compile(r"\[ ?! ?([A-Za-z][A-Za-z-]*+)|(\[ ?! ?[^\W\d_A-Za-z])")
_SOURCE_ALERT = re.compile(r"\[!([A-Za-z][A-Za-z-]*+)")
# An inline directive ends with three colons: :::image source="a.png":::
_TRIPLE_COLON = re.compile(r":::[ \t]*+([^\s:]*+)((?:[^:\"]|\"[^\"]*+\"|:(?!::))*)(?:(?<=\S):::)?")
_ATTRIBUTE = re.compile(r"(?<![A-Za-z-])([A-Za-z-]++)[ \t]*+=[ \t]*+(\"[^\"]*+\"|[^\s\"]++)")
_TRANSLATED_ATTRIBUTES = frozenset({"alt-text", "title", "text"})
_LOCALE_IN_URL = re.compile(r"/[a-z]{2,3}(?:-[a-z]{4})?-[a-z]{2,3}(?=/|$|[?#])", re.IGNORECASE)


def _destinations(text: str) -> list[Token]:
    return [link.destination for link in read(text).links]


def _split(pair: Pair) -> Iterator[Token]:
    """Yield each link in the target that is separated from its destination; its text is the destination."""
    wanted = {token.text for token in _destinations(pair.source)}
    inside = Inside(pair.source)
    for match in _SPLIT.finditer(pair.target):
        if destination := _SPLIT_DESTINATION.match(pair.target, match.end()):
            text = destination[1].rstrip(".,;")
            if text in wanted or (_LOOKS_LIKE_DESTINATION.match(text) and match[0] not in inside):
                yield Token(text, match.start(), destination.end())


def _changed(pair: Pair) -> tuple[list[Token], list[Token]]:
    """Return the destinations lost and added, without those that are only separated from their text."""
    lost, added = missing(_destinations(pair.source), _destinations(pair.target))
    return lost and missing(lost, list(_split(pair)))[0], added


def _link_destination(pair: Pair) -> Iterator[Finding]:
    for old, new in zip(*_changed(pair), strict=False):
        if _without_locale(old.text) != _without_locale(new.text):
            yield Finding(f"link destination {new.text} should be {old.text}, as in the source", *new.span)


def _link_locale(pair: Pair) -> Iterator[Finding]:
    lost, added, _ = _urls(pair)
    for old, new in (*_of_other_locale(*_changed(pair)), *_of_other_locale(lost, added)):
        message = f"the locale in the URL differs: {new.text} should be {old.text}, as in the source"
        yield Finding(message, *new.span)


def _of_other_locale(lost: list[Token], added: list[Token]) -> list[tuple[Token, Token]]:
    """Return the URLs that differ in their locale only, old and new."""
    pairs = zip(lost, added, strict=False)
    return [(old, new) for old, new in pairs if _without_locale(old.text) == _without_locale(new.text)]


def _without_locale(url: str) -> str:
    return _LOCALE_IN_URL.sub("", url, count=1)


def _link_lost(pair: Pair) -> Iterator[Finding]:
    lost, added = _changed(pair)
    for token in lost[len(added) :]:
        yield Finding(f"the link to {token.text} is missing; add it")


def _link_added(pair: Pair) -> Iterator[Finding]:
    lost, added = _changed(pair)
    for token in added[len(lost) :]:
        yield Finding(f"the source has no link to {token.text}; remove it", *token.span)


def _link_split(pair: Pair) -> Iterator[Finding]:
    message = "link text and destination are separated, so there is no link; write [text](destination)"
    return (Finding(message, *link.span) for link in _split(pair))


def _link_text(pair: Pair) -> Iterator[Finding]:
    expected = sum(1 for _ in _empty_links(pair.source))
    for link in islice(_empty_links(pair.target), expected, None):
        yield Finding(
            "the link has no text, so no reader sees it; put its text between the brackets",
            max(0, link.start - 1),
            link.destination.end,
        )


def _empty_links(text: str) -> Iterator[Link]:
    return (link for link in read(text).links if _is_empty(link.text) and not link.is_image)


def _is_empty(text: Token | None) -> bool:
    return text is not None and not text.text.strip(" \u00a0\u3000*_\u200b")


_AS_IMAGE = {
    True: "the link became an image; remove the !",
    False: "the image became a link; write ![ instead of [",
}


def _image(pair: Pair) -> Iterator[Finding]:
    if "](" not in pair.target:
        return
    wanted, given = (
        [link for link in read(text).links if link.text is not None] for text in (pair.source, pair.target)
    )
    more = Counter(map(_name_and_form, given))
    more.subtract(map(_name_and_form, wanted))
    for link in given:
        name, is_image = _name_and_form(link)
        if more[name, is_image] > 0 > more[name, not is_image]:
            yield Finding(_AS_IMAGE[is_image], max(0, link.start - 2), link.destination.end)
            return


def _name_and_form(link: Link) -> tuple[str, bool]:
    return link.destination.text, link.is_image


_LABEL = Wording("the link label [{old}] is changed or missing, so there is no link; restore it")
_URL = Wording(
    lost="the URL {old} is damaged or missing; restore it",
    changed="URL {new} should be {old}, as in the source",
    added="the source has no URL {new}; remove it",
)
_CHANGED_ALERT = Wording("[!{old}] is changed or missing; restore it")
_CHANGED_DIRECTIVE = Wording("the directive :::{old} is changed or missing; restore it")


def _link_reference(pair: Pair) -> Iterator[Finding]:
    return differences(*missing(*_both(_REFERENCE, pair)), _LABEL)


def _both(pattern: re.Pattern[str], pair: Pair) -> tuple[list[Token], list[Token]]:
    """Return what the first group of a pattern matches in the source, and in the target."""
    source, target = (
        [Token(match[1], *match.span(1)) for match in pattern.finditer(text)]
        for text in (pair.source, pair.target)
    )
    return source, target


def _urls(pair: Pair) -> tuple[list[Token], list[Token], bool]:
    """Return the URLs lost and added, and True if not all of them were looked for."""
    lost, added = missing(read(pair.source).urls, read(pair.target).urls)
    # A bare URL may become the text or destination of a link, and the other way round.
    source, target = Inside(pair.source), Inside(pair.target)
    lost = [token for token in lost if token.text.strip("<>") not in target]
    added = [token for token in added if token.text.strip("<>") not in source]
    return lost, added, source.is_met or target.is_met


def _url(pair: Pair) -> Iterator[Finding]:
    lost, added, is_met = _urls(pair)
    reported = set(chain.from_iterable(_of_other_locale(lost, added)))  # by `link-locale`
    lost, added = ([token for token in tokens if token not in reported] for tokens in (lost, added))
    yield from differences(lost, added, _URL)
    if is_met:
        yield Finding(BOUND_MET)


def _directive(pair: Pair) -> Iterator[Finding]:
    if "[!" in pair.source:
        damaged = _ALERT.search(pair.target)
        place = damaged.span() if damaged else (0, 0)
        yield from differences(*missing(*_both(_SOURCE_ALERT, pair)), _CHANGED_ALERT, place)
    if ":::" in pair.source:
        lost, added = missing(_directives(pair.source), _directives(pair.target))
        yield from differences(lost, added, _CHANGED_DIRECTIVE)


def _directives(text: str) -> list[Token]:
    tokens = []
    for match in _TRIPLE_COLON.finditer(read(text).prose if "`" in text else read(text).visible):
        attributes = _ATTRIBUTE.findall(match[2])
        kept = [f"{name}={value}" for name, value in attributes if name not in _TRANSLATED_ATTRIBUTES]
        tokens.append(Token(" ".join([match[1], *kept]), *match.span()))
    return tokens


LINK_CHECKS = (
    Check("link-destination", Severity.ERROR, "A link or image leads somewhere else.", _link_destination),
    Check("link-lost", Severity.ERROR, "A link or image of the source is missing.", _link_lost),
    Check(
        "link-added",
        Severity.ERROR,
        "The target has a link or image that the source does not have.",
        _link_added,
    ),
    Check("link-split", Severity.ERROR, "The destination of a link shows as text.", _link_split),
    Check("link-text", Severity.ERROR, "A link without text cannot be seen.", _link_text),
    Check("link-image", Severity.ERROR, "An image became a link, or a link an image.", _image),
    Check("link-reference", Severity.ERROR, "A link whose label was changed shows as text.", _link_reference),
    Check("link-locale", Severity.WARNING, "A locale was added to a URL or removed from it.", _link_locale),
    Check("url", Severity.ERROR, "A bare URL leads somewhere else.", _url),
    Check("directive", Severity.ERROR, "The publisher's tools do not know a changed directive.", _directive),
)
