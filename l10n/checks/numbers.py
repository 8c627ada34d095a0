"""Checks of numbers: the target has those of the source, whatever its digits, separators and words.

Digits are read by their Unicode value, separators and words of scale ("500 K", "5 Mio.") as CLDR
has them, through Babel. Numbers are compared by their digits without separators and leading zeros
("3:00" is "03.00"), then by their value, so that "1.5" is neither "15" nor, where the comma is the
decimal sign, "1.500". A date is its parts in any order; `calendars` knows the clocks and calendars
that a language may use instead.

Law 5: numbers are matched through tables, never each with each, so the time stays linear.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from l10n.checks.calendars import HALF_DAY, MONTHS, date_parts, dates_in, without_hours, without_years
from l10n.checks.pair import Check, Finding, Pair, Severity
from l10n.checks.script import has_spaces
from l10n.checks.tokens import BLANK, read, surplus
from l10n.locales import language_of, number_symbols, scale_words

_SPACES = " \u00a0\u202f\u2009"
# A space groups digits in threes only; other signs may separate any digits. Each part begins with
# another character, so nothing is read twice.
_NUMBER = re.compile(
    r"\d++(?::\d\d(?!\d)|\0?[.,\u060c\u066b\u066c\u2e41'\u2019]\d++|[ \u00a0\u202f\u2009]\d{3}(?!\d))*"
    r"(?:[ \u00a0]?[\u5343\u4e07\u842c\ub9cc\u5104\u4ebf\uc5b5])?"
)
_GROUPED = re.compile(r"\d{1,3}(?!\d)")
_DIGITS = re.compile(r"\d++")
# Thousand, ten thousand and a hundred million, in Chinese, Japanese and Korean.
_MYRIADS = {"\u5343": 3, "\u4e07": 4, "\u842c": 4, "\ub9cc": 4, "\u5104": 8, "\u4ebf": 8, "\uc5b5": 8}
_SMALL = 12
"""Numbers up to this one are often written in words."""
_WORDS = {
    "zero": 0, "no": 0, "none": 0, "a": 1, "an": 1, "one": 1, "once": 1, "single": 1, "first": 1, "only": 1,
    "each": 1, "another": 1, "same": 1, "every": 1, "per": 1, "either": 1, "two": 2, "twice": 2, "both": 2,
    "second": 2, "double": 2, "pair": 2, "bi": 2, "half": 2, "multi": 2, "couple": 2, "dual": 2, "three": 3,
    "third": 3, "triple": 3, "four": 4, "fourth": 4, "quarter": 4, "five": 5, "fifth": 5, "six": 6, "sixth":
    6, "seven": 7, "seventh": 7, "eight": 8, "eighth": 8, "nine": 9, "ninth": 9, "ten": 10, "tenth": 10,
    "eleven": 11, "twelve": 12, "noon": 12, "midnight": 12, "dozen": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty":
    30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
    "thousand": 1000, "day": 24, "week": 7,
}  # fmt: skip
_WORD = re.compile(r"[A-Za-z]++")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
# The target may repeat the brand where the source has a pronoun.
_BRAND = re.compile(r"(?:Microsoft|Office|Dynamics)[ \u00a0]365\Z")
# A number in words only, such as "two million", has no digits in the source.
_SPELLED_SCALE = re.compile(
    r"(?<!\d[ \u00a0-])\b(?:thousand|million|billion|trillion|hundred)s?\b", re.IGNORECASE
)
_MONTH = re.compile(r"\s{0,4}[\u6708\uc6d4]")
_DECIMALS = ".,\u066b"
_MOST_WRITINGS = 20
"""Different spellings of the same digits that are compared; a text with more is no prose (law 5)."""


class Number(NamedTuple):
    """A number in a text."""

    digits: str
    """ASCII digits without separators and leading zeros, with the zeros of its scale."""
    text: str
    start: int
    end: int
    is_scaled: bool = False
    """True if a word or sign of scale follows: "500 K"."""


def numbers(prose: str, *, spaced: bool = True, locale: str = "") -> list[Number]:
    """Return the numbers in a prose; with `spaced`, a plain space may group digits.

    Words of scale are those of `locale`; without a locale there are none.
    """
    found: list[Number] = []
    for match in _NUMBER.finditer(prose):
        text, start = match[0], match.start()
        separators = _SPACES if not _GROUPED.match(text) else "" if spaced else " "
        if text[-1] in _MYRIADS or not any(space in text for space in separators):
            found.append(_number(text, start, _power_of(match, locale) if locale else 0))
        else:
            parts = re.finditer(rf"[^{separators}]++", text)
            found += [_number(part[0], start + part.start()) for part in parts]
    return found


def _power_of(match: re.Match[str], locale: str) -> int:
    """Return the power of ten of the word of scale next to a number; 0 if there is none."""
    prose, start, end = match.string, match.start(), match.end()
    before, after = _scale_patterns(locale)
    if before and (word := before.search(prose, max(0, start - 20), start)):
        return scale_words(locale).before[word[1]]
    is_name = prose[start - 1 : start].isalnum()  # B2B
    word = None if is_name else after.match(prose, end)
    return scale_words(locale).after[word[1]] if word else 0


@cache
def _scale_patterns(locale: str) -> tuple[re.Pattern[str] | None, re.Pattern[str]]:
    """Return patterns for a word of scale at the end of a text, and for one right after a number."""
    before, after = (
        "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
        for words in scale_words(locale)
    )
    end = (
        r"(?![^\s.,;:!?)\]\"'*_\0\u00bb\u200f\u2019\u201d\u2026])"
        if has_spaces(locale)
        else "(?![A-Za-z0-9])"
    )
    first = re.compile(rf"({before})[ \u00a0]?\Z") if before else None
    return first, re.compile(rf"[ \u00a0\u202f\u200f]?({after}){end}")


def _number(text: str, start: int, power: int = 0) -> Number:
    """Return the number; a word of scale multiplies it by ten to the power of `power`."""
    digits = "".join(str(unicodedata.digit(c)) for c in text if c.isdigit())
    written = text.replace(BLANK, "")
    if power := _MYRIADS.get(text[-1], power):
        parts = _DIGITS.findall(text)
        # "1.5 million" has a fraction; in "1,500 million" the sign groups digits.
        has_fraction = len(parts) == 2 and len(parts[1]) < 3 and any(sign in text for sign in _DECIMALS)
        digits += "0" * max(0, power - (len(parts[1]) if has_fraction else 0))
    return Number(digits.lstrip("0") or "0", written, start, start + len(text), bool(power))


def _number_changed(pair: Pair) -> Iterator[Finding]:
    source, target = read(pair.source).prose, read(pair.target).prose
    wanted = numbers(source, spaced=False, locale="en")
    given = numbers(target, spaced=number_symbols(pair.locale)[1] in _SPACES, locale=pair.locale)
    if not wanted and not given:
        return
    dates = dates_in(source)
    lost, added = _differences(_split_dates(wanted, dates), _split_dates(given, dates))
    lost, added = _without_scaled(lost, added)
    is_half_day = HALF_DAY.search(source) is not None
    if is_half_day:
        lost, added = without_hours(lost, added)
    if any(":" in number.text for number in (*lost, *added)):  # 3:30 may be 3 h 30
        lost, added = _differences(_without_colons(lost), _without_colons(added))
        if is_half_day:
            lost, added = without_hours(lost, added)
    lost, added = without_years(lost, added, language_of(pair.locale), has_short_years=bool(dates))
    if lost or added:
        yield from _judged(lost, added, pair, source)


def _split_dates(found: list[Number], dates: frozenset[tuple[int, ...]]) -> list[Number]:
    """Return the numbers, with dates split into their parts."""
    split: list[Number] = []
    for number in found:
        parts = date_parts(number.text, dates)
        split += [_number(text, number.start + offset) for text, offset in parts] or [number]
    return split


def _without_scaled(lost: list[Number], added: list[Number]) -> tuple[list[Number], list[Number]]:
    """Drop pairs that differ by zeros only, if a word of scale follows one of the two."""
    if not any(number.is_scaled for number in (*lost, *added)):
        return lost, added
    by_digits: dict[str, list[Number]] = {}
    for number in reversed(added):
        by_digits.setdefault(number.digits.rstrip("0"), []).append(number)
    kept, gone = [], set()
    for number in lost:
        same = by_digits.get(number.digits.rstrip("0"), [])
        if same and (number.is_scaled or same[-1].is_scaled):
            gone.add(same.pop())
        else:
            kept.append(number)
    return kept, [number for number in added if number not in gone]


def _without_colons(found: list[Number]) -> list[Number]:
    return [
        _number(part[0], number.start + part.start())
        for number in found
        for part in re.finditer(r"[^:]++", number.text)
    ]


def _differences(wanted: list[Number], given: list[Number]) -> tuple[list[Number], list[Number]]:
    lost = surplus(wanted, map(_digits_of, given), _digits_of)
    added = surplus(given, map(_digits_of, wanted), _digits_of)
    # One language may group digits that the other does not: 1-800 555, 2,3.
    if "".join(map(_digits_of, lost)) == "".join(map(_digits_of, added)):
        return [], []
    return lost, added


_digits_of: Callable[[Number], str] = attrgetter("digits")


def _judged(lost: list[Number], added: list[Number], pair: Pair, source: str) -> Iterator[Finding]:
    if _SPELLED_SCALE.search(source):
        return
    added = [one for one in added if not _BRAND.search(pair.target[max(0, one.end - 20) : one.end])]
    months = _months(source)
    spelled = _spelled(source) | months
    strange = [one for one in added if len(one.digits) >= 5 or int(one.digits) not in spelled]
    if len(lost) == len(added) == 1:
        strange = added  # one replaces the other, whatever the words say
    # Repeating a number is style, not another number.
    if len(strange) != 1 or len(lost) != 1:
        in_source = {number.digits for number in numbers(source)}
        in_target = {number.digits for number in numbers(pair.target)}
        strange = [number for number in strange if number.digits not in in_source]
        lost = [number for number in lost if number.digits not in in_target]
    for new, old in zip(strange, lost, strict=False):
        message = f"number {new.text} should be {old.text}, as in the source"
        yield Finding(message, new.start, new.end)
    for new in strange[len(lost) :]:
        if _is_large(new) or lost or (months and _MONTH.match(pair.target, new.end)):
            message = f"the source has no number {new.text}; correct or remove it"
            yield Finding(message, new.start, new.end)
    for old in lost[len(strange) :]:
        # The 23rd may be written in words.
        if not _ORDINAL.match(source, old.end) and (_is_large(old) or len(old.text) > 2):
            yield Finding(f"the number {old.text} is missing; add it")


def _is_large(number: Number) -> bool:
    """Return True if a number is seldom written in words."""
    return int(number.digits[:9]) > _SMALL


def _months(source: str) -> set[int]:
    """Return the months that are named; Chinese, Japanese and Korean write them as numbers."""
    names = {word[:3].lower() for word in _WORD.findall(source) if word[0].isupper()}
    return {MONTHS.index(name) + 1 for name in names.intersection(MONTHS)}


def _spelled(source: str) -> set[int]:
    """Return the numbers that the source has in words and a language may write in digits."""
    words = [word.lower() for word in _WORD.findall(source)]
    return {_WORDS[one] for word in words for one in (word, word.removesuffix("s")) if one in _WORDS}


def _separator(pair: Pair) -> Iterator[Finding]:
    """Report a number that has the digits of one in the source but another value."""
    source = read(pair.source).prose
    found = numbers(source, spaced=False, locale="en")
    wanted = [number for number in found if len(number.digits) > 1 and ":" not in number.text]
    if not wanted:
        return
    decimal, group = number_symbols(pair.locale)
    given: dict[str, dict[str, Number]] = {}
    for number in numbers(read(pair.target).prose, spaced=group in _SPACES, locale=pair.locale):
        given.setdefault(number.digits, {}).setdefault(number.text, number)
    compared = [number for number in wanted if len(given.get(number.digits, ())) <= _MOST_WRITINGS]
    for number in compared:
        same = given.get(number.digits, {}).values()
        text = _with_zero(number, source)
        is_same = (other.is_scaled or _equal(text, other.text, decimal, group) for other in same)
        if same and not number.is_scaled and not any(is_same):
            other = next(iter(same))
            message = f"number {other.text} differs from {text} in the source; correct its separators"
            yield Finding(message, other.start, other.end)
    if len(compared) < len(wanted):
        yield Finding(
            f"a number is written in more than {_MOST_WRITINGS} ways and was not compared; check it yourself"
        )


def _with_zero(number: Number, source: str) -> str:
    """Return the text of a number; .25 is 0.25."""
    before = source[max(0, number.start - 2) : number.start]
    return f"0.{number.text}" if before.endswith(".") and not before[:-1].isalnum() else number.text


def _equal(source: str, target: str, decimal: str, group: str) -> bool:
    """Return True if a number of the target may have the value of one of the source.

    It may be written as in the source, as in the locale, or with any sign between groups of three.
    """
    if source == target:
        return True
    if source.count(".") > 1 and not _grouped(source.split(".")):
        return len(_DIGITS.findall(target)) == len(_DIGITS.findall(source))  # a version or an address: 4.1.0
    whole, _, fraction = source.partition(".") if source.count(".") == 1 else (source, "", "")
    groups = _DIGITS.findall(target)
    if not fraction:
        return len(groups) == 1 or _grouped(groups)
    if _grouped([whole, fraction]) and len(fraction) == 3 and _grouped(groups):
        return True
    return len(groups[-1]) == len(fraction) or target.endswith(decimal + fraction) or group in target


def _grouped(parts: list[str]) -> bool:
    """Return True if digits are grouped in threes, or as in India: 12,34,567."""
    if len(parts) > 2 and len(parts[-1]) == 3 and len(parts[0]) <= 2:
        return all(len(part) == 2 for part in parts[1:-1]) or all(len(part) == 3 for part in parts[1:])
    return len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])


NUMBER_CHECKS = (
    Check("number", Severity.ERROR, "A number was changed, lost or added.", _number_changed),
    Check("number-separator", Severity.ERROR, "Changed separators change the value of a number.", _separator),
)
