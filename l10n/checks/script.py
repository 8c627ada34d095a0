"""Checks of letters: in the script of the locale, undamaged, visible, and not left in English.

Scripts come from CLDR through Babel; the script of a character is the first word of its Unicode
name. CLDR uses the same word for most scripts; `_UNICODE_NAMES` has the others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain, islice, pairwise

from l10n.checks.inside import Inside
from l10n.checks.pair import Check, Finding, Pair, Severity
from l10n.checks.tokens import read
from l10n.locales import language_of, script_name, script_of

_SEVERAL = {
    "Jpan": frozenset({"HIRAGANA", "KATAKANA", "CJK"}),
    "Kore": frozenset({"HANGUL", "CJK"}),
    "Hans": frozenset({"CJK", "BOPOMOFO"}),
    "Hant": frozenset({"CJK", "BOPOMOFO"}),
}
_UNICODE_NAMES = {
    "Aran": "ARABIC", "Beng": "BENGALI", "Cans": "CANADIAN", "Hang": "HANGUL", "Hani": "CJK",
    "Mtei": "MEETEI", "Nkoo": "NKO", "Orya": "ORIYA",
}  # fmt: skip
"""Unicode's names of the scripts that have another name in CLDR."""
_SCRIPTS = frozenset({
    "ADLAM", "ARABIC", "ARMENIAN", "BALINESE", "BENGALI", "BOPOMOFO", "CANADIAN", "CHAKMA", "CHEROKEE", "CJK",
    "COPTIC", "CYRILLIC", "DESERET", "DEVANAGARI", "ETHIOPIC", "GEORGIAN", "GREEK", "GUJARATI", "GURMUKHI",
    "HANGUL", "HANIFI", "HEBREW", "HIRAGANA", "JAVANESE", "KANNADA", "KATAKANA", "KHMER", "LAO", "LATIN",
    "LISU", "MALAYALAM", "MEETEI", "MONGOLIAN", "MYANMAR", "NKO", "NYIAKENG", "OL", "ORIYA", "OSAGE",
    "SHAVIAN", "SINHALA", "SUNDANESE", "SYRIAC", "TAI", "TAMIL", "TELUGU", "THAANA", "THAI", "TIBETAN",
    "TIFINAGH", "VAI", "YI",
})  # fmt: skip
_WITHOUT_SPACES = frozenset({"HIRAGANA", "KATAKANA", "CJK", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN"})
_FOREIGN = re.compile(r"[^\W\d_\x00-\x7f]++")
_LETTERS = re.compile(r"[^\W\d_]{2,}+")
_ENGLISH = frozenset({
    "the", "and", "of", "to", "with", "for", "this", "that", "you", "your", "is", "are", "be", "can",
    "will", "not", "from", "have", "has", "if", "or", "it", "its", "in", "on", "at", "by", "an", "as",
    "when", "how", "what", "which", "where", "does", "don't", "want", "need", "use", "using", "see", "more",
    "do", "was", "were", "should", "must", "may", "into", "about", "select", "click", "choose", "enter",
    "open", "go", "set", "add", "create",
})  # fmt: skip
_ENGLISH_RUN = re.compile(r"(?<![A-Za-z'-])[A-Za-z][A-Za-z'-]*+(?:,?[ ][A-Za-z][A-Za-z'-]*+)+")
_ENGLISH_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*+")
_BEFORE_NAMES = "[(*_\"'\u201c\u201e\u00ab\u300c\u300e\uff08\uff3b\u3010"
_BRACES = re.compile(r"\{[^{}]*+\}|<[^<>]*+>")
_LOST_LETTERS = re.compile(r"\?\?\?++|(?<=[^\W\d_])\?\?++(?=[^\W\d_])")
# UTF-8 read as Windows-1252: a lead byte and its continuation bytes, as that charset shows them.
_MOJIBAKE = re.compile(
    "[\u00c2-\u00df][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
    "|[\u00e0-\u00ef][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2}"
)
# UTF-8 read as Windows-1251: two or more Russian letters.
_CYRILLIC_MOJIBAKE = re.compile(
    "(?:[\u0420\u0421][\u0080-\u00bf\u0401-\u040f\u0451-\u045f\u0490\u0491\u2013-\u203a\u20ac\u2116\u2122]){2,}"
)
_ZERO_WIDTH = re.compile(
    "[\u200b\u200c\u200d\u2060\u2061-\u2064\ufeff\u00ad\u034f\u180e\u115f\u1160\u3164\uffa0]"
)
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_EMBEDDING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NEEDS_JOINERS = frozenset({
    "ARABIC", "BENGALI", "DEVANAGARI", "GUJARATI", "GURMUKHI", "KANNADA", "KHMER", "MALAYALAM", "MONGOLIAN",
    "MYANMAR", "ORIYA", "SINHALA", "SYRIAC", "TAMIL", "TELUGU",
})  # fmt: skip


@cache
def scripts(locale: str) -> frozenset[str]:
    """Return the scripts of a gettext locale, by the names that Unicode uses for their letters."""
    code = script_of(locale)
    name = _UNICODE_NAMES.get(code) or script_name(code).upper().split()[0]
    return _SEVERAL.get(code, frozenset({name}))


@lru_cache(maxsize=10_000)
def script_of_letter(letter: str) -> str:
    """Return the first word of the Unicode name of a letter if it is a script, else an empty text."""
    name = unicodedata.name(letter, "").partition(" ")[0]
    return name if name in _SCRIPTS else ""


def has_spaces(locale: str) -> bool:
    """Return True if the script of the locale has spaces between words."""
    return not scripts(locale) & _WITHOUT_SPACES


def _wrong_script(pair: Pair) -> Iterator[Finding]:
    """Report letters of a script that neither the locale nor English nor the source uses."""
    if pair.target.isascii():
        return
    known = {"", "LATIN", *scripts(pair.locale)}
    known.update(script_of_letter(letter) for letter in pair.source if not letter.isascii())
    for run in _FOREIGN.finditer(read(pair.target).prose):
        for offset, letter in enumerate(run[0], run.start()):
            script = script_of_letter(letter)
            if script not in known and not (script == "GREEK" and len(run[0]) == 1):
                message = (
                    f"{letter} is a {script.capitalize()} letter, not of the locale's script; replace it"
                )
                yield Finding(message, offset, offset + 1)
                return


def _mixed_script(pair: Pair) -> Iterator[Finding]:
    """Report a word of two look-alike scripts, such as a Latin "a" among Cyrillic letters."""
    if pair.target.isascii() or not scripts(pair.locale) & {"CYRILLIC", "GREEK"}:
        return
    inside = Inside(pair.source)
    for word in _LETTERS.finditer(read(pair.target).prose):
        found = {script_of_letter(letter) for letter in word[0]} - {""}
        if len(found & {"LATIN", "CYRILLIC", "GREEK"}) > 1 and word[0] not in inside:
            names = " and ".join(sorted(name.capitalize() for name in found))
            yield Finding(f"{word[0]} mixes {names} letters; use one script", *word.span())
    yield from inside.findings()


def _untranslated(pair: Pair) -> Iterator[Finding]:
    """Report words left in the language of the source; names and identifiers may stay."""
    if language_of(pair.locale) == "en" or not pair.target.strip():
        return
    if pair.target.split() != pair.source.split():
        yield from _english_left(pair)
        return
    prose = read(pair.source).prose
    if len(plain_words(prose)) >= 2 and not _FOREIGN.search(prose):
        yield Finding("the target is the source; translate it")


def plain_words(prose: str) -> list[str]:
    """Return the lower-case words of a prose that are not part of an identifier."""
    prose = _BRACES.sub(" ", prose)
    tokens = (token.strip(".,;:!?()[]\"'*_\u2019\u2014\u2013") for token in prose.split())
    return [token for token in tokens if len(token) > 2 and token.isalpha() and token.islower()]


def _english_left(pair: Pair) -> Iterator[Finding]:
    """Report a run of source words in the target that contains typical English words."""
    prose = read(pair.target).prose
    if len(_ENGLISH.intersection(prose.split())) < 2:
        return
    in_source = [match[0] for match in _ENGLISH_WORD.finditer(read(pair.source).prose)]
    neighbours = set(pairwise(in_source))
    for line in _ENGLISH_RUN.finditer(prose):
        for run in _chains(list(_ENGLISH_WORD.finditer(prose, *line.span())), neighbours):
            start, end = run[0].start(), run[-1].end()
            before = prose[:start].rstrip()[-1:]
            # A title, or a name in the user interface
            is_name = (before and before in _BEFORE_NAMES) or (len(run) < 5 and not run[0][0].islower())
            if not is_name or len(run) / (len(neighbours) + 1) >= 0.6:
                yield Finding("these words are still English; translate them", start, end)
                return


def _chains(found: list[re.Match[str]], neighbours: set[tuple[str, str]]) -> Iterator[list[re.Match[str]]]:
    """Yield runs of four or more words that follow each other in the source as well and look English."""
    run = found[:1]
    for word in (*found[1:], None):
        if word and (run[-1][0], word[0]) in neighbours:
            run.append(word)
            continue
        if len(run) >= 4 and len(_ENGLISH.intersection(m[0] for m in run)) >= 2:
            yield run
        run = [word] if word else []


def has_letter_of(prose: str, locale: str) -> bool:
    """Return True if a prose has a letter of the locale's script."""
    expected = scripts(locale)
    return any(script_of_letter(letter) in expected for run in _FOREIGN.findall(prose) for letter in run)


def _chinese_variant(pair: Pair) -> Iterator[Finding]:
    """Report traditional letters in a simplified text, or the reverse, by the charsets GB 2312 and Big5."""
    code = script_of(pair.locale)
    if code not in ("Hans", "Hant") or pair.target.isascii():
        return
    own, other = ("gb2312", "big5") if code == "Hans" else ("big5", "gb2312")
    strange = [
        offset
        for offset, letter in enumerate(pair.target)
        if "\u4e00" <= letter <= "\u9fff" and not _encodes(letter, own) and _encodes(letter, other)
    ]
    if len(strange) >= 2:
        kind, right = ("traditional", "simplified") if code == "Hans" else ("simplified", "traditional")
        message = f"{pair.target[strange[0]]} is a {kind} letter; use the {right} one"
        yield Finding(message, strange[0], strange[0] + 1)


@lru_cache(maxsize=20_000)
def _encodes(letter: str, charset: str) -> bool:
    try:
        letter.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _replacement(pair: Pair) -> Iterator[Finding]:
    position = pair.target.find("\ufffd")
    if pair.target.count("\ufffd") > pair.source.count("\ufffd"):
        yield Finding("a character was lost here (U+FFFD); restore it", position, position + 1)


def _mojibake(pair: Pair) -> Iterator[Finding]:
    target = pair.target
    if target.isascii() and "??" not in target:
        return
    inside = Inside(pair.source)
    found = (_MOJIBAKE.finditer(target), islice(_CYRILLIC_MOJIBAKE.finditer(target), 1))
    for match in chain.from_iterable(found):
        if (match.re is _CYRILLIC_MOJIBAKE or _decodes(match[0])) and match[0] not in inside:
            message = f"{match[0]} is UTF-8 read in another charset; restore the letters"
            yield Finding(message, *match.span())
            return
    lost = _LOST_LETTERS.search(target)
    if lost and "??" not in pair.source:
        yield Finding("question marks replace lost letters; restore them", *lost.span())


def _decodes(text: str) -> bool:
    """Return True if `text` is the UTF-8 of one character, read as Windows-1252."""
    data = b""
    for character in text:
        try:
            data += character.encode("cp1252")
        except UnicodeEncodeError:
            data += bytes([ord(character)]) if ord(character) < 256 else b"\0"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _invisible(pair: Pair) -> Iterator[Finding]:
    expected = scripts(pair.locale)
    inside = Inside(pair.source)
    for match in _ZERO_WIDTH.finditer(pair.target):
        character = match[0]
        if character in "\u200c\u200d":
            is_of_locale = expected & _NEEDS_JOINERS or _joins_emoji(pair.target, match.start())
        else:
            is_of_locale = character == "\u200b" and not has_spaces(pair.locale) and "CJK" not in expected
        if not is_of_locale and character not in inside:
            name = unicodedata.name(character, "of no name").lower()
            yield Finding(f"invisible character {name} (U+{ord(character):04X}); remove it", *match.span())
            return


def _joins_emoji(text: str, position: int) -> bool:
    return position + 1 < len(text) and unicodedata.category(text[position + 1]) in ("So", "Sk")


def _control(pair: Pair) -> Iterator[Finding]:
    match = _CONTROL.search(pair.target)
    if match and match[0] not in pair.source:
        yield Finding(f"control character U+{ord(match[0]):04X}; remove it", *match.span())


def _bidi(pair: Pair) -> Iterator[Finding]:
    opened: list[tuple[int, int]] = []
    for match in _EMBEDDING.finditer(pair.target):
        if match[0] not in "\u202c\u2069":
            opened.append(match.span())
        elif opened:
            opened.pop()
        else:
            yield Finding("this bidi control closes nothing; remove it", *match.span())
            return
    if opened:
        yield Finding("this bidi control is never closed; close or remove it", *opened[-1])


SCRIPT_CHECKS = (
    Check("untranslated", Severity.WARNING, "Words were left in English.", _untranslated),
    Check("wrong-script", Severity.ERROR, "The locale does not use the script of a letter.", _wrong_script),
    Check(
        "mixed-script", Severity.ERROR, "No search finds a word that mixes look-alike letters.", _mixed_script
    ),
    Check(
        "chinese-variant", Severity.WARNING, "Simplified and traditional letters are mixed.", _chinese_variant
    ),
    Check("replacement-character", Severity.ERROR, "A character was lost.", _replacement),
    Check("mojibake", Severity.ERROR, "Letters were read in the wrong charset.", _mojibake),
    Check("control-character", Severity.ERROR, "A text must not have control characters.", _control),
    Check(
        "bidi-control", Severity.WARNING, "An unbalanced bidi control reverses the rest of the line.", _bidi
    ),
    Check(
        "invisible-character",
        Severity.WARNING,
        "Nobody sees the character, and no search finds the word.",
        _invisible,
    ),
)
