"""Checks of leftovers of machine translation: split names, broken entities, half comments, repetitions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.article.inline_text import COMMENTS, unbalanced
from l10n.checks.inside import BOUND_MET, Inside
from l10n.checks.pair import Check, Finding, Pair, Severity
from l10n.checks.script import has_spaces
from l10n.checks.tokens import BLANK, read

_BLANKS = "[ \\u00a0\\u3000]"
_APART = re.compile(
    rf"(?<![^\W_])[A-Z](?:{_BLANKS}*+[#\uff03]|{_BLANKS}*+[+\uff0b]{_BLANKS}*+[+\uff0b])(?![^\W_])"
    rf"|(?<![^\W_])(?:[A-Z]{{2,6}}{_BLANKS}*+)?[.\uff0e]{_BLANKS}*+(?:NET|Net)(?![^\W_])"
    rf"|(?<![^\W_])(?:Node|Vue|Next|Express|Three|D3|Chart)(?:{_BLANKS}++[.\uff0e]{_BLANKS}*+|[.\uff0e]{_BLANKS}++)[jJ][sS]"
    rf"(?![^\W_])"
)
_WIDE = str.maketrans("\uff03\uff0b\uff0e", "#+.")
_RESIDUE = re.compile(
    r"(?<![&#/])&?#x?(?:A0|a0|0A|0D|200[B-Fb-f]|FEFF|xA0);?(?!\w)"
    r"|(?<![\w&])(?:nbsp|ensp|emsp|amp|quot|apos|#x?[0-9A-F]{2,4});"
    r"|_x00[0-9A-F]{2}_"
    r"|(?<!\w)(?:@@|##|\$\$|__)\d{1,4}(?:@@|##|\$\$|__)(?!\w)"
    r"|</?(?:g|x|bx|ex|bpt|ept|ph|it|mrk)(?: [^<>]{0,80})?/?>"
)
_STOP = re.compile(r"(?<=[^\W\d_]{2})[.!?]([^\W\d_])(?=[^\W\d_])")
_OWN_STOP = re.compile("[\u0964\u06d4\u0589\u1362](?=[^\\W\\d_])")
_NAME = re.compile(r"[\w.]++")
_LONGEST_PHRASE = 8
_WIDE_PHRASE = re.compile("([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{5,20})\\1")
_WORD = re.compile(r"[^\s\0]++")


def _name_apart(pair: Pair) -> Iterator[Finding]:
    """Report a name with a sign, such as C# or .NET, that is split by white space or has wide signs."""
    target = read(pair.target).prose
    as_is, lower = Inside(pair.source), Inside(pair.source.lower())
    for match in _APART.finditer(target):
        name = "".join(match[0].split()).translate(_WIDE)
        if match[0] != name and match[0] not in as_is and name.lower() in lower:
            yield Finding(f"{match[0]} should be {name}, as in the source", *match.span())
    if as_is.is_met or lower.is_met:
        yield Finding(BOUND_MET)


def _residue(pair: Pair) -> Iterator[Finding]:
    inside = Inside(pair.source)
    for match in _RESIDUE.finditer(read(pair.target).prose):
        if match[0] not in inside:
            yield Finding(f"{match[0]} is left over from machine translation; remove it", *match.span())
            return
    yield from inside.findings()


def _half_comment(pair: Pair) -> Iterator[Finding]:
    """Report half comments: without its end, one hides the rest of the page; without its start, it shows."""
    for mark in unbalanced(pair.target) - unbalanced(pair.source) if "<" in pair.target else ():
        if mark in COMMENTS:
            position = max(0, pair.target.rfind(mark))
            message = f"{mark} is never closed and hides what follows; close or remove it"
            yield Finding(message, position, position + len(mark))
            return
    closing = _comment_end(pair.target)
    if closing >= 0 and _comment_end(pair.source) < 0:
        yield Finding("--> closes no comment; remove it", closing, closing + 3)


def _comment_end(text: str) -> int:
    """Return the offset of a `-->` that ends no comment and is no arrow (`--->`), or -1."""
    prose = read(text).prose if "-->" in text else ""
    closing = prose.find("-->")
    while closing > 0 and prose[closing - 1] == "-":
        closing = prose.find("-->", closing + 3)
    return closing


def _doubled_phrase(pair: Pair) -> Iterator[Finding]:
    """Report two or more words that are repeated directly, if the source repeats nothing."""
    span = _repeated(pair.target, pair.locale)
    if span and _repeated(pair.source, "en") is None:
        phrase = read(pair.target).prose[span[0] : span[1]]
        yield Finding(f"the phrase is repeated: {_short(phrase)}; remove one", *span)


def _repeated(text: str, locale: str) -> tuple[int, int] | None:
    prose = read(text).prose
    if not has_spaces(locale) and (match := _WIDE_PHRASE.search(prose)):
        return match.span()
    words = list(_WORD.finditer(prose))
    texts = [match[0] for match in words]
    for length in range(2, min(_LONGEST_PHRASE, len(words) // 2) + 1):
        run = 0
        for index in range(len(words) - length):
            run = run + 1 if texts[index] == texts[index + length] else 0
            if run == length and _is_phrase(texts[index + 1 : index + 1 + length]):
                span = words[index - length + 1].start(), words[index + length].end()
                if BLANK not in prose[slice(*span)]:
                    return span
    return None


def _is_phrase(words: list[str]) -> bool:
    """Return True if all words have only letters and they are not one word repeated (see `doubled-word`)."""
    return all(map(str.isalpha, words)) and len(set(words)) > 1 and sum(map(len, words)) >= 6


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "\u2026"


def _stop_space(pair: Pair) -> Iterator[Finding]:
    """Report a missing space between two sentences."""
    if not has_spaces(pair.locale):
        return
    prose = read(pair.target).prose
    source = Inside(pair.source.lower())
    for match in _STOP.finditer(prose):
        start = match.start()
        is_end = prose[start - 1].islower() and match[1].isupper()
        if is_end and not _is_name(prose, start, source):
            yield Finding(f"the space after {match[0][0]} is missing; add it", start, start + 1)
            return
    if own := _OWN_STOP.search(prose):
        yield Finding(f"the space after {own[0]} is missing; add it", *own.span())
    yield from source.findings()


def _is_name(prose: str, stop: int, source: Inside) -> bool:
    """Return True if the word around a stop occurs in the source: it is a name such as System.String."""
    before = _NAME.match(prose[max(0, stop - 60) : stop][::-1])
    after = _NAME.match(prose, stop, stop + 60)
    word = (before[0][::-1] if before else "") + (after[0] if after else "")
    return word.strip(".").lower() in source


RESIDUE_CHECKS = (
    Check("name-apart", Severity.ERROR, "A name such as C# or .NET is split.", _name_apart),
    Check("residue", Severity.WARNING, "A leftover of machine translation shows as it is.", _residue),
    Check(
        "half-comment", Severity.ERROR, "Half a comment hides the rest of the page, or shows.", _half_comment
    ),
    Check("doubled-phrase", Severity.WARNING, "A phrase is repeated.", _doubled_phrase),
    Check("stop-space", Severity.WARNING, "The space between two sentences is missing.", _stop_space),
)
