"""The last sign, brackets and quotes, by the habits of the locale."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.pair import Check, Finding, Pair, Severity
from l10n.checks.script import scripts
from l10n.checks.tokens import BLANK, read
from l10n.locales import language_of

_CLASSES = {
    "stop": ".\u3002\uff0e\uff61\u06d4\u0964\u0965\u0589\u1362\u17d4\u104b\u0f0d",
    "question": "?\uff1f\u061f\u037e\u055e\u1367",
    "exclamation": "!\uff01\u055c",
    "colon": ":\uff1a\u1361\ufe55",
    "semicolon": "\uff1b\u061b",
    "comma": ",\uff0c\u3001\u060c",
    "ellipsis": "\u2026",
}
_CLASS_OF = {character: name for name, characters in _CLASSES.items() for character in characters}
_AFTER = " \u00a0\u202f\u3000\t\r\n*_~\u200e\u200f\u200b\"'\u201c\u201d\u2018\u2019\u00bb\u00ab\u203a\u300d\u300f)]\uff09\uff3d\u3011\u300b" + BLANK
_WITHOUT_STOPS = frozenset("th lo km my bo dz".split())
_PAIRS = {"(": ")", "[": "]", "\uff08": "\uff09", "\u300c": "\u300d", "\u300e": "\u300f", "\u3010": "\u3011",
          "\uff3b": "\uff3d", "\u300a": "\u300b", "{": "}"}  # fmt: skip
_LIST_MARK = re.compile(r"(?<![\w(])(?:\w{1,3}|[ivx]{1,5})[)\uff09]|[:;][-']?[()]")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ASCII_STOP = re.compile("(?<=[\u3040-\u30ff\u3400-\u9fff])([.?!,;:])(?=[\\s*_\"')]*\\Z|[\u3040-\u30ff\u3400-\u9fff])")
_ARABIC_ASCII = re.compile("(?<=[\u0620-\u06ff])([?,;])")
_SPANISH_END = re.compile(r"[?!]")
_FRENCH = re.compile("(?<=[^\\W\\d_])([?!;:\u00bb])(?=\\s|\\Z)|\u00ab(?=\\w)")


def _final(prose: str) -> str:
    """The class of the last sign; markup, quotes and brackets after it are passed over."""
    end = len(prose)
    while end and prose[end - 1] in _AFTER:
        end -= 1
    if not end:
        return ""
    if prose.endswith("...", 0, end):
        return "ellipsis"
    return _CLASS_OF.get(prose[end - 1], "")


def _end(text: str) -> str:
    return _final(_without_trailing_link(read(text).prose))


def _without_trailing_link(prose: str) -> str:
    return prose


def _final_sign(pair: Pair) -> Iterator[Finding]:
    if pair.source == pair.target or not pair.target.strip():
        return
    wanted, given = _end(pair.source), _end(pair.target)
    language = language_of(pair.locale)
    if language == "el" and pair.target.rstrip(_AFTER).endswith(";"):
        given = "question"
    if wanted == given or not _differs(wanted, given, language):
        return
    target = pair.target.rstrip(_AFTER)
    span = (len(target) - 1, len(target)) if given else (max(0, len(target) - 1), len(target))
    if not given:
        yield Finding(f"the {_name(wanted)} at the end is lost", *span)
    elif not wanted:
        yield Finding(f"the source has no {_name(given)} at the end", *span)
    else:
        yield Finding(f"it ends with a {_name(given)}, the source with a {_name(wanted)}", *span)


def _differs(wanted: str, given: str, language: str) -> bool:
    if language in _WITHOUT_STOPS:
        return {wanted, given} & {"question", "colon"} != set() and wanted in ("question", "colon") and given != ""
    if {wanted, given} <= {"stop", "exclamation", "ellipsis"} and wanted and given:
        return False
    return "comma" not in (wanted, given) and "semicolon" not in (wanted, given)


def _name(kind: str) -> str:
    return {"stop": "full stop", "question": "question mark", "exclamation": "exclamation mark"}.get(kind, kind)


def _bracket(pair: Pair) -> Iterator[Finding]:
    if "\n" in pair.target:
        return
    fault = _unbalanced(_LIST_MARK.sub(lambda m: BLANK * len(m[0]), read(pair.target).prose))
    if fault is None:
        return
    if _unbalanced(_LIST_MARK.sub(lambda m: BLANK * len(m[0]), read(pair.source).prose)) is None:
        yield Finding(f"{pair.target[fault]} lacks its other half", fault, fault + 1)


def _unbalanced(prose: str) -> int | None:
    """The offset of a bracket without its other half; half-width and full-width ones may pair."""
    stack: list[tuple[str, int]] = []
    for offset, character in enumerate(prose):
        if character in _PAIRS:
            stack.append((_PAIRS[character], offset))
        elif character in _CLOSING:
            if not stack or not _pairs(stack[-1][0], character):
                return offset
            stack.pop()
    return stack[-1][1] if stack else None


_CLOSING = frozenset(_PAIRS.values())
_WIDTHS = {")": "\uff09", "]": "\uff3d"}


def _pairs(wanted: str, given: str) -> bool:
    return wanted == given or _WIDTHS.get(wanted) == given or _WIDTHS.get(given) == wanted


def _quote(pair: Pair) -> Iterator[Finding]:
    for mark in ('"',):
        given, wanted = read(pair.target).prose, read(pair.source).prose
        if given.count(mark) % 2 == 1 and wanted.count(mark) % 2 == 0 and not _inches(given):
            position = given.rindex(mark)
            yield Finding(f"{mark} lacks its other half", position, position + 1)


def _inches(prose: str) -> bool:
    return re.search(r'\d"', prose) is not None


def _own_signs(pair: Pair) -> Iterator[Finding]:
    """The locale's own signs: full-width ones in Japanese and Chinese, Arabic ones in Arabic."""
    if pair.target.isascii():
        return
    expected = scripts(pair.locale)
    prose = read(pair.target).prose
    if "CJK" in expected and "HANGUL" not in expected:
        for match in _ASCII_STOP.finditer(prose):
            if match[1] in ".,":
                yield Finding(f"{match[1]} in the place of the locale's own sign", *match.span(1))
                return
    if "ARABIC" in expected:
        match = _ARABIC_ASCII.search(prose)
        if match:
            yield Finding(f"{match[1]} in the place of the locale's own sign", *match.span(1))


def _inverted(pair: Pair) -> Iterator[Finding]:
    """Spanish opens a question and an exclamation, too."""
    if language_of(pair.locale) not in ("es", "ast", "gl"):
        return
    if language_of(pair.locale) == "gl":
        return
    prose = read(pair.target).prose
    for close, opening in (("?", "\u00bf"), ("!", "\u00a1")):
        if close in pair.source and prose.count(close) > prose.count(opening) and opening not in prose:
            position = prose.index(close)
            yield Finding(f"{opening} is missing", position, position + 1)
            return


def _french_space(pair: Pair) -> Iterator[Finding]:
    """French writes a narrow space before the signs of two parts; Canada only before the colon."""
    if language_of(pair.locale) != "fr" or pair.locale in ("fr_CA", "fr_CH"):
        return
    match = _FRENCH.search(read(pair.target).prose)
    if match:
        yield Finding(f"no space beside {match[0]}", *match.span())


PUNCTUATION_CHECKS = (
    Check("final-sign", Severity.WARNING, "The text ends with another sign.", _final_sign),
    Check("bracket", Severity.WARNING, "A bracket lacks its other half.", _bracket),
    Check("quote", Severity.WARNING, "A quotation mark lacks its other half.", _quote),
    Check("own-sign", Severity.NOTE, "The locale has a sign of its own.", _own_signs),
    Check("inverted-mark", Severity.WARNING, "Spanish opens questions and exclamations, too.", _inverted),
    Check("french-space", Severity.NOTE, "French puts a space before signs of two parts.", _french_space),
)
