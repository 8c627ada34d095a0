"""Checks of references: labels of links and footnotes, `<xref:…>`, and bare URLs that end too late."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.differences import Wording, differences
from l10n.checks.inside import BOUND_MET, MOST, Inside
from l10n.checks.pair import Check, Finding, Pair, Severity
from l10n.checks.tokens import Token, missing, read

_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]++)\]")
_LABEL = re.compile(r"\[([^\[\]]++)\](?:\[\]|(?!\())")
_DEFINITION = re.compile(r"^[ ]{0,3}\[([^\[\]\n]++)\]:", re.MULTILINE)
_COLLAPSED = re.compile(r"\[([^\[\]]++)\]\[\]")
_XREF = re.compile(r"<xref:([^\s<>?]++)", re.IGNORECASE)


_CHANGED_FOOTNOTE = Wording(
    lost="the footnote mark [^{old}] is changed or missing; restore it",
    added="the source has no footnote [^{new}]; remove it",
)


def _footnote(pair: Pair) -> Iterator[Finding]:
    wanted, given = (
        [Token(match[1], *match.span()) for match in _FOOTNOTE.finditer(_visible(text))]
        for text in (pair.source, pair.target)
    )
    return differences(*missing(wanted, given), _CHANGED_FOOTNOTE)


def _visible(text: str) -> str:
    return read(text).prose if "`" in text else text


def _link_label(pair: Pair) -> Iterator[Finding]:
    """Report translated labels: `[the guide][]` finds its URL by its text, `[die Hilfe][]` does not.

    A translated text needs the label: `[die Hilfe][the guide]`.
    """
    wanted: dict[str, str] = {}
    for match in _COLLAPSED.finditer(_visible(pair.source)):
        wanted.setdefault(_normal(match[1]), match[1])
    if wanted:
        given = {_normal(match[1]) for match in _LABEL.finditer(_visible(pair.target))}
        for label, text in wanted.items():
            if label not in given:
                yield Finding(f"the link [{text}][] has lost its label; write [text][{text}]")


def labels_defined(article: str) -> frozenset[str]:
    """Return the labels that an article defines, in the form that `has_own_labels` compares."""
    return frozenset(_normal(match[1]) for match in _DEFINITION.finditer(article))


def has_own_labels(target: str, defined: frozenset[str]) -> bool:
    """Return True if the text of each collapsed link (`[text][]`) in `target` is a defined label."""
    return all(_normal(match[1]) in defined for match in _COLLAPSED.finditer(_visible(target)))


def _normal(label: str) -> str:
    return " ".join(label.split()).casefold()


def _xref(pair: Pair) -> Iterator[Finding]:
    """Report references by uid that became text; `url` reports those that are missing."""
    if "<xref:" not in pair.source:
        return
    wanted = [token for token in read(pair.source).urls if token.text.startswith("<xref:")]
    urls = read(pair.target).urls
    lost, _ = missing(wanted, urls)
    kept = {link.destination.text for link in read(pair.target).links}
    kept |= {match[0] for url in urls if (match := _XREF.match(url.text))}
    for token in lost[:MOST]:
        uid = _XREF.match(token.text)
        name = token.text.strip("<>")
        at = pair.target.find(name)
        if at >= 0 and name not in kept and (uid is None or uid[0] not in kept):
            yield Finding(
                f"the reference {token.text} shows as text; write it as in the source", at, at + len(name)
            )
    if len(lost) > MOST:
        yield Finding(BOUND_MET)


def _url_end(pair: Pair) -> Iterator[Finding]:
    """Report letters right after a bare URL: a URL goes on to the next space, so they become part of it."""
    end_of_link = 0
    inside = Inside(pair.source)
    links = sorted((link.text.span for link in read(pair.target).links if link.text), reverse=True)
    for url in read(pair.target).urls:
        while links and links[-1][0] <= url.start:
            end_of_link = max(end_of_link, links.pop()[1])
        after = pair.target[url.end : url.end + 1]
        if url.start < end_of_link or not after or after.isascii() or after.isspace():
            continue
        if url.text.lower().startswith(("http", "ftp")) and url.text + after not in inside:
            message = f"{after} becomes part of the URL; put a space after the URL, or < and > around it"
            yield Finding(message, url.end, url.end + 1)
            return
    yield from inside.findings()


REFERENCE_CHECKS = (
    Check("footnote", Severity.ERROR, "A footnote whose mark was changed is not found.", _footnote),
    Check(
        "link-label", Severity.WARNING, "A link without a separate label is found by its text.", _link_label
    ),
    Check("xref", Severity.ERROR, "A reference by uid shows as text.", _xref),
    Check("url-end", Severity.ERROR, "Text right after a bare URL becomes part of it.", _url_end),
)
