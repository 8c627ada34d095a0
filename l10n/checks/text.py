"""Checks of the text as a whole: not empty, of a usual length, no repeated words or spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.inside import Inside
from l10n.checks.pair import Check, Finding, Pair, Severity, counted
from l10n.checks.script import scripts
from l10n.checks.tokens import BLANK, read
from l10n.locales import language_of

_DOUBLED = re.compile(r"(?<!\S)([^\W\d_]{2,})(?=[ \u00a0]\1(?![\w'’-]))")
# Repeated words of katakana or of several Han letters.
_DOUBLED_RUN = re.compile(
    "(?<![\u30a1-\u30fe])([\u30a1-\u30fe]{3,12})\\1(?![\u30a1-\u30fe])|([\u4e00-\u9fff]{2,8})\\2"
)
# Languages in which reduplication is grammar; in others some words repeat: "die, die", "nous nous".
_DOUBLING = frozenset({
    "id", "ms", "jv", "su", "vi", "th", "lo", "km", "my", "tl", "fil", "mi", "sw", "hi", "bn", "ta", "te",
    "mr", "gu", "ur", "tr", "az", "uz", "kk", "ht", "pa", "ne",
})  # fmt: skip
_MAY_DOUBLE = {
    "da": "der",
    "de": "die der das sie dem den",
    "fa": "تک",
    "fr": "nous vous",
    "he": "כל",
    "hu": "az",
    "it": "via man mano",
    "nl": "aan als dan dat die doe een er had heeft het in is kan mee met naar of om op te toe uit van voor"
    " was wat ze zich",
    "af": "aan af dat dit en het in is kan met nie of om op sal toe uit van vir was wat word",
    "pt": "que",
}
"""Words that may be repeated in a language."""
_ABAB = frozenset({"yue", "zh"})
_DOUBLE_SPACE = re.compile(r"(?<=\S)[ \u00a0]{2,}+(?=\S)")
_SPACED_URL = re.compile(r" https?://", re.IGNORECASE)
_SPACE_BEFORE = re.compile(r"(?<=[^\W\d_])[ ]++[,.](?=\s|\Z)")
_LETTERS = re.compile(r"[^\W_]++")
_WIDE_LETTERS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]++")
# Bounds of the ratio of target letters to source letters, for sources below 50, below 100 and from 100
# letters. At most one in a thousand human translations is outside of them. A Chinese, Japanese or Korean
# letter counts twice.
_SHORTEST, _LONGEST = (0.42, 0.48, 0.55), (2.8, 2.4, 2.1)
_TERSE = {
    "ARABIC": 0.85, "HEBREW": 0.8, "CJK": 0.7, "HANGUL": 0.8, "THAI": 0.8, "LAO": 0.8, "KHMER": 0.8,
    "MYANMAR": 0.8, "DEVANAGARI": 0.75, "BENGALI": 0.7, "TAMIL": 0.75, "TELUGU": 0.7, "GUJARATI": 0.7,
    "KANNADA": 0.7, "MALAYALAM": 0.7, "ETHIOPIC": 0.6,
}  # fmt: skip
"""Factors of scripts that omit vowels, or write them as marks, which are not counted."""


def _empty(pair: Pair) -> Iterator[Finding]:
    if pair.source.strip() and not pair.target.strip():
        yield Finding("the target is empty; translate the source")


def _doubled_word(pair: Pair) -> Iterator[Finding]:
    language = language_of(pair.locale)
    if language in _DOUBLING:
        return
    prose = read(pair.target).prose
    run = _DOUBLED_RUN.search(prose)
    if run and run[0] not in pair.source and not _is_grammar(run[2] or "", language):
        yield Finding(f"{run[1] or run[2]} is repeated; remove one", *run.span())
    may_double = _MAY_DOUBLE.get(language, "").split()
    inside = Inside(pair.source.lower())
    for match in _DOUBLED.finditer(prose):
        word = match[1]
        if word not in may_double and f"{word} {word}".lower() not in inside:
            yield Finding(f"{word} is repeated; remove one", match.start(), match.end() + 1 + len(word))
    yield from inside.findings()


def _is_grammar(han: str, language: str) -> bool:
    """Return True for 研究研究 and 一个一个, which are grammar, and 应用应用程序, a verb and its object."""
    return han.startswith("一") or (len(han) == 2 and language in _ABAB)


def _double_space(pair: Pair) -> Iterator[Finding]:
    if "\n" in pair.target or ("  " not in pair.target and "\u00a0" not in pair.target):
        return
    prose = read(pair.target).prose.replace(BLANK, "x")
    found = [match.span() for match in _DOUBLE_SPACE.finditer(prose) if " " in match[0]]
    if len(found) > len(_DOUBLE_SPACE.findall(pair.source)):
        yield Finding("more than one space in a row; use one", *found[-1])


def _edge_space(pair: Pair) -> Iterator[Finding]:
    source, target = pair.source, pair.target
    if not target.strip() or not source.strip():
        return
    # The annotator adds a space before a target that begins with a URL.
    if target[0].isspace() and not source[0].isspace() and not _SPACED_URL.match(target):
        yield Finding("white space at the beginning; remove it", 0, len(target) - len(target.lstrip()))
    if target[-1].isspace() and not source[-1].isspace():
        yield Finding("white space at the end; remove it", len(target.rstrip()), len(target))


def _space_before(pair: Pair) -> Iterator[Finding]:
    """Report a space before a comma or full stop, which no language has."""
    in_source, in_target = (" ," in text or " ." in text for text in (pair.source, pair.target))
    if in_target and not in_source and (match := _SPACE_BEFORE.search(read(pair.target).prose)):
        yield Finding("white space before the punctuation; remove it", *match.span())


def _length(pair: Pair) -> Iterator[Finding]:
    source, target = _letters(pair.source), _letters(pair.target)
    if source < 25:
        return
    low, high = _usual_ratio(pair.locale, source)
    letters = f"than usual: {counted(target, 'letter')} for {source}; check if text"
    if target / source < low:
        yield Finding(f"much shorter {letters} is missing")
    elif target / source > high:
        yield Finding(f"much longer {letters} was added")


def _letters(text: str) -> int:
    prose = read(text).prose
    count = sum(map(len, _LETTERS.findall(prose)))
    return count if prose.isascii() else count + sum(map(len, _WIDE_LETTERS.findall(prose)))


def _usual_ratio(locale: str, length: int) -> tuple[float, float]:
    """Return the bounds of the ratio for a source of `length` letters; short texts vary more."""
    step = 0 if length < 50 else 1 if length < 100 else 2
    own = scripts(locale)
    terse = 1.0 if "HIRAGANA" in own else min(_TERSE.get(script, 1.0) for script in own)
    return _SHORTEST[step] * terse, _LONGEST[step]


TEXT_CHECKS = (
    Check("empty", Severity.ERROR, "Readers see nothing.", _empty),
    Check("length", Severity.WARNING, "A text of unusual length may have lost or gained something.", _length),
    Check("doubled-word", Severity.WARNING, "A word is repeated.", _doubled_word),
    Check("double-space", Severity.WARNING, "There is more than one space in a row.", _double_space),
    Check(
        "edge-space", Severity.WARNING, "The source has no white space at its beginning or end.", _edge_space
    ),
    Check(
        "space-before", Severity.WARNING, "There is white space before a comma or full stop.", _space_before
    ),
)
