"""Numbers: the same ones as in the source, whatever the digits, separators and words.

Digits are read by their Unicode value, separators by CLDR through Babel. A number is known
by its digits without separators and leading zeros ("3:00" is "03.00"), then by its value,
so that "1.5" is neither "15" nor, where the comma is the decimal sign, "1.500".
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from l10n.checks.pair import Check, Finding, Pair, Severity
from l10n.checks.tokens import BLANK, read
from l10n.locales import number_symbols

_SPACES = " \u00a0\u202f\u2009"
# A space groups digits in threes only; other signs may stand between any.
_NUMBER = re.compile(
    r"\d++(?::\d\d(?!\d)|\0?[.,\u066b\u066c'\u2019]\d++|[ \u00a0\u202f\u2009]\d{3}(?!\d))*+"
    r"(?:[ \u00a0]?[\u5343\u4e07\u842c\ub9cc\u5104\u4ebf\uc5b5])?"
)
_GROUPED = re.compile(r"\d{1,3}(?!\d)")
_DIGITS = re.compile(r"\d++")
# Thousand, ten thousand and a hundred million, in Chinese, Japanese and Korean.
_MYRIADS = {"\u5343": 3, "\u4e07": 4, "\u842c": 4, "\ub9cc": 4, "\u5104": 8, "\u4ebf": 8, "\uc5b5": 8}
_SMALL = 12
"""Numbers up to this are as often written in words."""
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
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORD = re.compile(r"[A-Za-z]++")
_HALF_DAY = re.compile(r"\d\s?(?:[ap]\.?m\b)", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
# The brand may stand for what the source calls by its pronoun.
_BRAND = re.compile(r"(?:Microsoft|Office|Dynamics)[ \u00a0]365\Z")
_SCALE = re.compile(r"\b(?:thousand|million|billion|trillion|hundred)s?\b|\d[KMB]\b", re.IGNORECASE)


class Number(NamedTuple):
    """A number in a text."""

    digits: str
    """Its digits as ASCII, without separators and leading zeros."""
    text: str
    start: int
    end: int


def numbers(prose: str, *, spaced: bool = True) -> list[Number]:
    """The numbers in a prose; `spaced`, if a plain space may group digits."""
    found: list[Number] = []
    for match in _NUMBER.finditer(prose):
        text = match[0]
        separators = _SPACES if not _GROUPED.match(text) else "" if spaced else " "
        if text[-1] in _MYRIADS or not any(space in text for space in separators):
            found.append(_number(text, match.start()))
            continue
        parts = re.finditer(rf"[^{separators}]++", text)
        found += [_number(part[0], match.start() + part.start()) for part in parts]
    return found


def _number(text: str, start: int) -> Number:
    if text.isascii():
        digits = "".join(_DIGITS.findall(text))
    else:
        digits = "".join(
            str(unicodedata.digit(c)) for c in text if c.isdigit() and unicodedata.digit(c, -1) >= 0
        )
    if text[-1] in _MYRIADS:
        fraction = len(_DIGITS.findall(text)[-1]) if "." in text else 0
        digits += "0" * max(0, _MYRIADS[text[-1]] - fraction)
    return Number(digits.lstrip("0") or "0", text.replace(BLANK, ""), start, start + len(text))


def _number_changed(pair: Pair) -> Iterator[Finding]:
    source, target = read(pair.source).prose, read(pair.target).prose
    wanted, given = (
        numbers(source, spaced=False),
        numbers(target, spaced=number_symbols(pair.locale)[1] in _SPACES),
    )
    if not wanted and not given:
        return
    lost, added = _differences(wanted, given)
    is_half_day = bool(lost and added) and _HALF_DAY.search(source) is not None
    if is_half_day:
        lost, added = _without_hours(lost, added)
    if any(":" in number.text for number in (*lost, *added)):  # 3:30 may be 3 h 30
        lost, added = _differences(_without_colons(lost), _without_colons(added))
        if is_half_day:
            lost, added = _without_hours(lost, added)
    if lost or added:
        yield from _judged(lost, added, pair, source)


def _without_colons(found: list[Number]) -> list[Number]:
    return [
        _number(part[0], number.start + part.start())
        for number in found
        for part in re.finditer(r"[^:]++", number.text)
    ]


def _differences(wanted: list[Number], given: list[Number]) -> tuple[list[Number], list[Number]]:
    left = Counter(number.digits for number in given)
    lost = []
    for number in wanted:
        if left[number.digits]:
            left[number.digits] -= 1
        else:
            lost.append(number)
    kept = Counter(number.digits for number in wanted)
    added = []
    for number in given:
        if kept[number.digits]:
            kept[number.digits] -= 1
        else:
            added.append(number)
    # What one language writes in groups the other may not: 1-800 555, 2,3.
    if lost and added and "".join(n.digits for n in lost) == "".join(n.digits for n in added):
        return [], []
    return lost, added


def _judged(lost: list[Number], added: list[Number], pair: Pair, source: str) -> Iterator[Finding]:
    if _SCALE.search(source):
        return
    spelled = _spelled(source)
    added = [
        number for number in added if not _BRAND.search(pair.target[max(0, number.end - 20) : number.end])
    ]
    strange = [number for number in added if not _may_be_spelled(number, spelled)]
    if len(lost) == len(added) == 1:
        strange = added  # one for the other, whatever the words say
    # A repeated number is style, not another number.
    if len(strange) != 1 or len(lost) != 1:
        strange = [number for number in strange if number.digits not in {n.digits for n in numbers(source)}]
        lost = [number for number in lost if number.digits not in {n.digits for n in numbers(pair.target)}]
    for index, number in enumerate(strange):
        if index < len(lost):
            message = f"number differs: {number.text}, the source has {lost[index].text}"
            yield Finding(message, number.start, number.end)
        elif int(number.digits[:9]) > _SMALL or lost or _is_month(number, pair.target, source):
            yield Finding(f"the source has no number {number.text}", number.start, number.end)
    for number in lost[len(strange) :]:
        if _ORDINAL.match(source, number.end):
            continue  # the 23rd may be written in words
        if int(number.digits[:9]) > _SMALL or len(number.text) > 2:
            yield Finding(f"the number {number.text} is lost")


def _is_month(number: Number, target: str, source: str) -> bool:
    """Whether a number is a month's in Chinese, Japanese or Korean, where the source names another."""
    if target[number.end :].lstrip()[:1] not in ("\u6708", "\uc6d4"):
        return False
    return any(word[0].isupper() and word.lower()[:3] in _MONTHS for word in _WORD.findall(source))


def _spelled(source: str) -> set[int]:
    """What the source says in words that a language may say in digits."""
    found = set()
    for word in _WORD.findall(source):
        lower = word.lower()
        value = _WORDS.get(lower, _WORDS.get(lower.removesuffix("s")))
        if value is not None:
            found.add(value)
        if word[0].isupper() and lower[:3] in _MONTHS:
            found.add(_MONTHS.index(lower[:3]) + 1)
    return found


def _may_be_spelled(number: Number, spelled: set[int]) -> bool:
    return len(number.digits) < 5 and int(number.digits) in spelled


def _without_hours(lost: list[Number], added: list[Number]) -> tuple[list[Number], list[Number]]:
    """Without the hours that differ by half a day: 3 PM is 15."""
    for number in list(lost):
        for other in added:
            if _is_half_day_apart(number.digits, other.digits):
                lost = [n for n in lost if n is not number]
                added = [n for n in added if n is not other]
                break
    return lost, added


def _is_half_day_apart(one: str, other: str) -> bool:
    """Whether two times, such as 4 and 1600, are the same by clocks of twelve and of twenty-four hours."""
    if len(one) > 4 or len(other) > 4:
        return False
    (hour, minute), (other_hour, other_minute) = _time(one), _time(other)
    return minute == other_minute and (hour - other_hour) % 12 == 0


def _time(digits: str) -> tuple[int, int]:
    return (int(digits), 0) if len(digits) < 3 else divmod(int(digits), 100)


def _separator(pair: Pair) -> Iterator[Finding]:
    """A number with the digits of the source's and another value."""
    wanted = [n for n in numbers(read(pair.source).prose, spaced=False) if len(n.digits) > 1]
    wanted = [number for number in wanted if ":" not in number.text]
    if not wanted:
        return
    decimal, group = number_symbols(pair.locale)
    given: dict[str, list[Number]] = {}
    for number in numbers(read(pair.target).prose, spaced=group in _SPACES):
        given.setdefault(number.digits, []).append(number)
    for number in wanted:
        same = given.get(number.digits, [])
        if same and not any(_equal(number.text, other.text, decimal, group) for other in same):
            other = same[0]
            yield Finding(
                f"number differs: {other.text}, the source has {number.text}", other.start, other.end
            )


def _equal(source: str, target: str, decimal: str, group: str) -> bool:
    """Whether a target's number may have the value of the source's.

    It may be written as the source's, as the locale has it, or with any sign in groups of three.
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
    return len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])


NUMBER_CHECKS = (
    Check("number", Severity.ERROR, "Another number says something else.", _number_changed),
    Check("number-separator", Severity.ERROR, "A number's value changed with its separators.", _separator),
)
