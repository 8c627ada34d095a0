"""Checks of links, images, URLs and the publisher's directives: they may move, but not change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from l10n.checks.inside import BOUND_MET, Inside
from l10n.checks.pair import Check, Finding, Pair, Severity
from l10n.checks.tokens import Token, missing, read

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


def _split(pair: Pair) -> Iterator[tuple[int, int, str]]:
    """Yield span and destination of each link in the target whose text and destination are separated."""
    if "]" not in pair.target:
        return
    wanted = {token.text for token in _destinations(pair.source)}
    inside = Inside(pair.source)
    for match in _SPLIT.finditer(pair.target):
        destination = _SPLIT_DESTINATION.match(pair.target, match.end())
        if destination is None:
            continue
        text = destination[1].rstrip(".,;")
        if text in wanted or (_LOOKS_LIKE_DESTINATION.match(text) and match[0] not in inside):
            yield match.start(), destination.end(), text


def _changed(pair: Pair) -> tuple[list[Token], list[Token]]:
    """Return the destinations lost and added, without those that are only separated from their text."""
    if "](" not in pair.source and "](" not in pair.target:
        return [], []
    lost, added = missing(_destinations(pair.source), _destinations(pair.target))
    if lost:
        lost = _without(lost, Counter(split for _, _, split in _split(pair)))
    return lost, added


def _without(tokens: list[Token], texts: Counter[str]) -> list[Token]:
    """Return the tokens without the first ones of each text, as many as `texts` counts."""
    kept = []
    for token in tokens:
        if texts[token.text] > 0:
            texts[token.text] -= 1
        else:
            kept.append(token)
    return kept


def _link_destination(pair: Pair) -> Iterator[Finding]:
    lost, added = _changed(pair)
    for old, new in zip(lost, added, strict=False):
        if _without_locale(old.text) != _without_locale(new.text):
            yield Finding(
                f"link destination {new.text} should be {old.text}, as in the source", new.start, new.end
            )


def _link_locale(pair: Pair) -> Iterator[Finding]:
    lost, added = _changed(pair)
    lost_urls, added_urls, _ = _urls(pair)
    for old, new in [*zip(lost, added, strict=False), *zip(lost_urls, added_urls, strict=False)]:
        if old.text != new.text and _without_locale(old.text) == _without_locale(new.text):
            message = f"the locale in the URL differs: {new.text} should be {old.text}, as in the source"
            yield Finding(message, new.start, new.end)


def _without_locale(url: str) -> str:
    return _LOCALE_IN_URL.sub("", url, count=1)


def _link_lost(pair: Pair) -> Iterator[Finding]:
    lost, added = _changed(pair)
    for token in lost[len(added) :]:
        yield Finding(f"the link to {token.text} is missing; add it")


def _link_added(pair: Pair) -> Iterator[Finding]:
    lost, added = _changed(pair)
    for token in added[len(lost) :]:
        yield Finding(f"the source has no link to {token.text}; remove it", token.start, token.end)


def _link_split(pair: Pair) -> Iterator[Finding]:
    for start, end, _ in _split(pair):
        yield Finding(
            "link text and destination are separated, so there is no link; write [text](destination)",
            start,
            end,
        )


def _link_text(pair: Pair) -> Iterator[Finding]:
    empty = [link for link in read(pair.target).links if _is_empty(link.text) and not link.is_image]
    if not empty:
        return
    expected = sum(_is_empty(link.text) for link in read(pair.source).links if not link.is_image)
    for link in empty[expected:]:
        start = link.text.start if link.text else link.destination.start
        yield Finding(
            "the link has no text, so no reader sees it; put its text between the brackets",
            max(0, start - 1),
            link.destination.end,
        )


def _is_empty(text: Token | None) -> bool:
    return text is not None and not text.text.strip(" \u00a0\u3000*_\u200b")


def _image(pair: Pair) -> Iterator[Finding]:
    if "](" not in pair.target:
        return
    links = [link for link in read(pair.source).links if link.text is not None]
    wanted = Counter((link.destination.text, link.is_image) for link in links)
    targets = [link for link in read(pair.target).links if link.text is not None]
    given = Counter((link.destination.text, link.is_image) for link in targets)
    for link in targets:
        name, is_image = link.destination.text, link.is_image
        if (
            given[name, is_image] > wanted[name, is_image]
            and given[name, not is_image] < wanted[name, not is_image]
        ):
            what = (
                "the link became an image; remove the !"
                if is_image
                else "the image became a link; write ![ instead of ["
            )
            start = link.text.start if link.text else link.destination.start
            yield Finding(what, max(0, start - 2), link.destination.end)
            return


def _link_reference(pair: Pair) -> Iterator[Finding]:
    if "][" not in pair.source:
        return
    wanted = [Token(m[1], *m.span(1)) for m in _REFERENCE.finditer(pair.source)]
    given = [Token(m[1], *m.span(1)) for m in _REFERENCE.finditer(pair.target)]
    lost, added = missing(wanted, given)
    for index, token in enumerate(lost):
        span = added[index][1:] if index < len(added) else (0, 0)
        yield Finding(
            f"the link label [{token.text}] is changed or missing, so there is no link; restore it", *span
        )


def _urls(pair: Pair) -> tuple[list[Token], list[Token], bool]:
    """Return the URLs lost and added, and True if not all of them were looked for."""
    wanted, given = read(pair.source).urls, read(pair.target).urls
    if not wanted and not given:
        return [], [], False
    lost, added = missing(wanted, given)
    # A bare URL may become the text or destination of a link, and the other way round.
    source, target = Inside(pair.source), Inside(pair.target)
    lost = [token for token in lost if token.text.strip("<>") not in target]
    added = [token for token in added if token.text.strip("<>") not in source]
    return lost, added, source.is_met or target.is_met


def _url(pair: Pair) -> Iterator[Finding]:
    lost, added, is_met = _urls(pair)
    for index, token in enumerate(lost):
        if index >= len(added):
            yield Finding(f"the URL {token.text} is damaged or missing; restore it")
        elif _without_locale(token.text) != _without_locale(added[index].text):
            new = added[index]
            yield Finding(f"URL {new.text} should be {token.text}, as in the source", new.start, new.end)
    for new in added[len(lost) :]:
        yield Finding(f"the source has no URL {new.text}; remove it", new.start, new.end)
    if is_met:
        yield Finding(BOUND_MET)


def _directive(pair: Pair) -> Iterator[Finding]:
    if "[!" in pair.source:
        wanted = [Token(m[1], *m.span(1)) for m in _SOURCE_ALERT.finditer(pair.source)]
        given = [Token(m[1], *m.span(1)) for m in _SOURCE_ALERT.finditer(pair.target)]
        lost, added = missing(wanted, given)
        damaged = _damaged_alert(pair.target) if len(lost) > len(added) else (0, 0)
        for index, token in enumerate(lost):
            span = added[index][1:] if index < len(added) else damaged
            yield Finding(f"[!{token.text}] is changed or missing; restore it", *span)
    if ":::" in pair.source:
        lost, added = missing(_directives(pair.source), _directives(pair.target))
        for index, token in enumerate(lost):
            span = added[index][1:] if index < len(added) else (0, 0)
            yield Finding(f"the directive :::{token.text} is changed or missing; restore it", *span)


def _damaged_alert(target: str) -> tuple[int, int]:
    match = _ALERT.search(target)
    return match.span() if match else (0, 0)


def _directives(text: str) -> list[Token]:
    tokens = []
    for match in _TRIPLE_COLON.finditer(read(text).visible if "`" not in text else read(text).prose):
        attributes = [
            f"{name}={value}"
            for name, value in _ATTRIBUTE.findall(match[2])
            if name not in _TRANSLATED_ATTRIBUTES
        ]
        tokens.append(Token(" ".join([match[1], *attributes]), *match.span()))
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
