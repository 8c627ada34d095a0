"""Checks of the final sign, brackets, quotes and other punctuation, by the rules of the locale."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.inside import Inside
from l10n.checks.pair import Check, Finding, Pair, Severity, with_article
from l10n.checks.script import has_spaces, scripts
from l10n.checks.tokens import BLANK, read
from l10n.locales import language_of

_CLASSES = {
    "stop": ".\u3002\uff0e\uff61\u06d4\u0964\u0965\u0589\u1362\u17d4\u104b\u0f0d"
    "\u0700\u0701\u0702\u166e\u1803\u1c7e\ua4ff\uabeb",
    "question": "?\uff1f\u061f\u037e\u055e\u1367",
    "exclamation": "!\uff01\u055c",
    "colon": ":\uff1a\u1361\u1365\u1366\u17d6\ufe55",
    "semicolon": "\uff1b\u061b",
    "comma": ",\uff0c\u3001\u060c",
    "ellipsis": "\u2026",
}
_NAMES = {"stop": "full stop", "question": "question mark", "exclamation": "exclamation mark"}
_CLASS_OF = {character: name for name, characters in _CLASSES.items() for character in characters}
_AFTER = (
    " \u00a0\u202f\u3000\t\r\n*_~\u200e\u200f\u200b"
    "\"'\u201c\u201d\u2018\u2019\u00bb\u00ab\u203a\u300d\u300f)]\uff09\uff3d\u3011\u300b" + BLANK
)
_WITHOUT_STOPS = frozenset(["th", "lo", "km", "my", "bo", "dz"])
_PAIRS = (("(\uff08", ")\uff09"), ("[\uff3b", "]\uff3d"), ("\u300c", "\u300d"), ("\u300e", "\u300f"),
          ("\u3010", "\u3011"), ("\u300a", "\u300b"), ("{", "}"))  # fmt: skip
"""Opening and closing brackets; a half-width one may pair with a full-width one."""
_ABBREVIATION = re.compile(
    r"(?:\b(?:etc|e\.g|i\.e|inc|corp|co|ltd|vs|no|approx|jr|sr|a\.m|p\.m|u\.s)|\.)\.\Z", re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z]{2,}")
_NO_QUOTE = re.compile(r'\d"|[\u05d0-\u05ea]"[\u05d0-\u05ea]')
"""Inches, or a Hebrew abbreviation sign, which a quote after a prefix looks like."""
_ASCII_STOP = re.compile(
    "(?<=[\u3040-\u30ff\u3400-\u9fff])([.,])(?=[\\s*_\"')]*\\Z|[\u3040-\u30ff\u3400-\u9fff])"
)
_FULL_WIDTH = re.compile("([\u3001\u3002\uff01-\uff0f\uff1a-\uff20])")
_ARABIC_ASCII = re.compile("(?<=[\u0620-\u065f\u066e-\u06ef\u06fa-\u06ff])([?,;])")
_FRENCH = re.compile("(?<=[^\\W\\d_])([?!;:\u00bb])(?=\\s|\\Z)|\u00ab(?=\\w)")


def _final(prose: str) -> str:
    """Return the class of the final sign, without the markup, quotes and brackets after it."""
    prose = prose.rstrip(_AFTER)
    return "ellipsis" if prose.endswith("...") else _CLASS_OF.get(prose[-1:], "")


def _final_sign(pair: Pair) -> Iterator[Finding]:
    if not pair.target.strip():
        return
    source, target = read(pair.source).prose, read(pair.target).prose
    wanted, given = _final(source), _final(target)
    end = len(target.rstrip(_AFTER))
    if language_of(pair.locale) == "el" and target[:end].endswith(";"):
        given = "question"
    if not _differs(wanted, given, pair.locale) or _is_excused(wanted, source, target, pair.locale):
        return
    span = (max(0, end - 1), end)
    if given:
        what = with_article(_name(wanted)) if wanted else "no such sign"
        yield Finding(f"the text ends with {with_article(_name(given))}, the source with {what}", *span)
    else:
        yield Finding(f"the {_name(wanted)} at the end is missing; add it", *span)


def _differs(wanted: str, given: str, locale: str) -> bool:
    """Return True if a reader would notice that the final signs differ.

    Many languages write a stop for a colon before a list, and a stop where a fragment has none.
    """
    if wanted == given:
        return False
    if wanted == "question":
        return has_spaces(locale) or given in ("colon", "comma")
    if given == "question":
        return True
    can_be_missed = wanted in ("stop", "colon") and language_of(locale) not in _WITHOUT_STOPS
    return can_be_missed and given in ("", "comma")


def _is_excused(wanted: str, source: str, target: str, locale: str) -> bool:
    """Return True if the final sign of the source does not end the sentence, or moved inside it."""
    end = len(source.rstrip(_AFTER))
    if wanted == "stop" and (
        source[end : end + 1] in (")", "]")
        or _ABBREVIATION.search(source, max(0, end - 12), end)
        or len(_WORD.findall(source)) < 3
    ):
        return True
    if target.rstrip(_AFTER).endswith(";") and "CYRILLIC" in scripts(locale):
        return True  # an item of a list that goes on
    return wanted == "question" and any(mark in target for mark in "?\uff1f\u061f\u037e\u055e;")


def _name(kind: str) -> str:
    return _NAMES.get(kind, kind)


def _bracket(pair: Pair) -> Iterator[Finding]:
    """Report an unpaired bracket.

    Brackets are counted, not nested: titles in Japanese quotes may begin inside a link and end outside.
    """
    source, given = read(pair.source).prose, read(pair.target).prose
    for opening, closing in _PAIRS:
        difference = _surplus(given, opening, closing)
        if difference and difference != _surplus(source, opening, closing) and not _is_open(source):
            character = next(c for c in (opening if difference > 0 else closing) if c in given)
            yield _unpaired(given, character)
            return


def _unpaired(prose: str, characters: str) -> Finding:
    offset = max(map(prose.rfind, characters))
    return Finding(f"{prose[offset]} is unpaired; add its other half or remove it", offset, offset + 1)


def _surplus(prose: str, opening: str, closing: str) -> int:
    """Return how many more of `opening` than of `closing` there are."""
    return sum(map(prose.count, opening)) - sum(map(prose.count, closing))


def _is_open(source: str) -> bool:
    """Return True if a bracket or quote begins or ends in another unit."""
    return (
        any(_surplus(source, *brackets) for brackets in _PAIRS[:2])
        or source.count('"') % 2 == 1
        or source.count("\u201c") != source.count("\u201d")
    )


def _quote(pair: Pair) -> Iterator[Finding]:
    given, wanted = read(pair.target).prose, read(pair.source).prose
    is_half = given.count('"') % 2 == 1 and wanted.count('"') % 2 == 0
    if is_half and not _NO_QUOTE.search(given):
        yield _unpaired(given, '"')
    elif _has_half_guillemets(given) and not _is_open(wanted):
        yield _unpaired(given, "\u00ab\u00bb")


def _has_half_guillemets(prose: str) -> bool:
    """Return True if guillemets are unpaired; Finnish and Swedish may open and close with the same one."""
    opening, closing = prose.count("\u00ab"), prose.count("\u00bb")
    return opening != closing and not (opening == 0 and closing % 2 == 0)


def _own_signs(pair: Pair) -> Iterator[Finding]:
    """Report signs of other locales: full-width ones are for Japanese and Chinese, Arabic ones for Arabic."""
    expected = scripts(pair.locale)
    if "CJK" in expected and "HANGUL" not in expected:
        signs = _ASCII_STOP
    elif "ARABIC" in expected:
        signs = _ARABIC_ASCII
    else:
        signs = _FULL_WIDTH
    inside = Inside(pair.source)
    for match in signs.finditer(read(pair.target).prose):
        if signs is not _FULL_WIDTH or match[1] not in inside:
            yield Finding(f"{match[1]} is not the sign of the locale; use its own", *match.span(1))
            return


def _inverted(pair: Pair) -> Iterator[Finding]:
    """Report a Spanish question or exclamation without its opening mark."""
    if language_of(pair.locale) not in ("es", "ast"):
        return
    prose = read(pair.target).prose
    for close, opening in (("?", "\u00bf"), ("!", "\u00a1")):
        if close in prose and opening not in prose:
            position = prose.index(close)
            yield Finding(f"{opening} is missing at the beginning; add it", position, position + 1)
            return


def _french_space(pair: Pair) -> Iterator[Finding]:
    """Report a missing narrow space before two-part signs in French; in Canada only the colon has one."""
    if language_of(pair.locale) != "fr" or pair.locale in ("fr_CA", "fr_CH"):
        return
    match = _FRENCH.search(read(pair.target).prose)
    if match:
        yield Finding(f"no space next to {match[0]}; add a no-break space", *match.span())


PUNCTUATION_CHECKS = (
    Check("final-sign", Severity.WARNING, "The text ends with another sign than the source.", _final_sign),
    Check("bracket", Severity.WARNING, "A bracket is unpaired.", _bracket),
    Check("quote", Severity.WARNING, "A quotation mark is unpaired.", _quote),
    Check("own-sign", Severity.WARNING, "The locale has its own sign.", _own_signs),
    Check(
        "inverted-mark",
        Severity.WARNING,
        "Spanish questions and exclamations also have an opening mark.",
        _inverted,
    ),
    Check("french-space", Severity.NOTE, "French puts a space before two-part signs.", _french_space),
)
