"""Dates, years and hours: the numbers that may differ because languages write them in other ways.

`02/15/2011` is `15.02.2011`, `2/15/11`, 26.11.1389 in Iran and 2554 in Thailand; 3 PM is 15.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from typing import Protocol, TypeVar

HALF_DAY = re.compile(r"\d\s?(?:[ap]\.?m\b)", re.IGNORECASE)
"""A time on the twelve-hour clock."""
_SLASHED = re.compile(r"(?<![\d/.])\d{1,4}(?:/\d{1,4}){1,2}(?![\d/])")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(
    rf"(?:(?<!\d)(?P<before>\d{{1,2}})(?:st|nd|rd|th)?[ \u00a0-](?:of )?)?"
    rf"\b(?P<month>{'|'.join(MONTHS)})[a-z]{{0,6}}\.?[ \u00a0-]"
    r"(?(before)|(?P<day>\d{1,2})(?!\d)(?:st|nd|rd|th)?,?[ \u00a0]?)(?P<year>\d{4})?",
    re.IGNORECASE | re.ASCII,
)
_DIGITS = re.compile(r"\d++")
_YEARS = range(1800, 2200)
_CALENDARS = {
    "am": (7, 8), "ar": (578, 579, 580, 581, 582, 583), "fa": (621, 622), "ja": (1988, 2018),
    "ne": (-56, -57), "ps": (621, 622), "th": (-543,), "ti": (7, 8), "zh": (1911,),
}  # fmt: skip
"""The offsets in years between the calendars of a language and the Gregorian one."""
_OTHER_DAYS = frozenset(["am", "ar", "fa", "ne", "ps", "ti"])
"""Languages whose days and months differ as well."""


class _Numbered(Protocol):
    @property
    def digits(self) -> str: ...


Num = TypeVar("Num", bound=_Numbered)


def dates_in(source: str) -> frozenset[tuple[int, ...]]:
    """Return the dates of an English source as sorted parts; a date with a year also without it."""
    found = [match[0].split("/") for match in _SLASHED.finditer(source)]
    for match in _NAMED.finditer(source):
        month = str(MONTHS.index(match["month"].lower()) + 1)
        found.append([month, match["before"] or match["day"], *([match["year"]] if match["year"] else [])])
    short = [parts[:2] for parts in found if len(parts) == 3]
    return frozenset(_sorted_parts(parts) for parts in [*found, *short])


def _sorted_parts(parts: Iterable[str]) -> tuple[int, ...]:
    """Return the sorted parts of a date; years without their century, which may be left out."""
    return tuple(sorted(int(part) % 100 if len(part) == 4 else int(part) for part in parts))


def date_parts(text: str, dates: frozenset[tuple[int, ...]]) -> list[tuple[str, int]]:
    """Return the parts of a number that is a date, with their offsets; nothing for other numbers.

    A date has full stops between its parts, and a year of four digits or the parts of one of `dates`.
    """
    if "." not in text or len(text) > 10 or any(not (c.isdigit() or c == ".") for c in text):
        return []
    parts = [(match[0], match.start()) for match in _DIGITS.finditer(text)]
    if len(parts) == 3:
        first, middle, last = (int(part) for part, _ in parts)
        if 1 <= middle <= 31 and (
            (last in _YEARS and 1 <= first <= 31) or (first in _YEARS and 1 <= last <= 31)
        ):
            return parts
    return parts if _sorted_parts(part for part, _ in parts) in dates else []


def without_hours(lost: list[Num], added: list[Num]) -> tuple[list[Num], list[Num]]:
    """Drop the hours that differ by half a day: 3 PM is 15, and 4:00 is 1600."""

    def hour(number: Num) -> Hashable:
        if len(number.digits) > 4:
            return None
        hours, minutes = (
            (int(number.digits), 0) if len(number.digits) < 3 else divmod(int(number.digits), 100)
        )
        return hours % 12, minutes

    return _without_pairs(lost, added, lambda number: [hour(number)], hour)


def without_years(
    lost: list[Num], added: list[Num], language: str, *, has_short_years: bool
) -> tuple[list[Num], list[Num]]:
    """Drop the years of another calendar; if `has_short_years`, also those without a century."""
    if not lost or not added:
        return lost, added
    if has_short_years:
        lost, added = _without_pairs(lost, added, _short_years, lambda number: number.digits)
    offsets = _CALENDARS.get(language, ())
    before = len(lost)

    def other_years(number: Num) -> list[Hashable]:
        year = int(number.digits) if len(number.digits) == 4 else 0
        return [str(year - offset) for offset in offsets] if year in _YEARS else []

    lost, added = _without_pairs(lost, added, other_years, lambda number: number.digits)
    if len(lost) < before and language in _OTHER_DAYS:
        lost, added = _without_pairs(lost, added, lambda number: [_is_day(number)], _is_day)
    return lost, added


def _short_years(number: _Numbered) -> list[Hashable]:
    digits = number.digits
    if len(digits) == 4:
        return [str(int(digits[2:]))]
    return ["20" + digits.zfill(2), "19" + digits.zfill(2)] if len(digits) < 3 else []


def _is_day(number: _Numbered) -> bool | None:
    return True if len(number.digits) < 3 and 0 < int(number.digits) < 32 else None


def _without_pairs(
    lost: list[Num],
    added: list[Num],
    keys: Callable[[Num], list[Hashable]],
    key: Callable[[Num], Hashable],
) -> tuple[list[Num], list[Num]]:
    """Drop each of `lost` that shares a key with one of `added`, and that one; None is no key."""
    by_key: dict[Hashable, list[int]] = {}
    for index in range(len(added) - 1, -1, -1):
        by_key.setdefault(key(added[index]), []).append(index)
    kept, gone = [], set()
    for number in lost:
        found = next((k for k in keys(number) if k is not None and by_key.get(k)), None)
        if found is None:
            kept.append(number)
        else:
            gone.add(by_key[found].pop())
    return kept, [number for index, number in enumerate(added) if index not in gone]
