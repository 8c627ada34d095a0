"""What each locale of CLDR writes in its own way is no fault: its words, dates, times, numbers, signs."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal

import pytest
from babel import Locale
from babel.dates import format_date, format_time
from babel.localedata import locale_identifiers
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from l10n.checks import CHECKS, Pair
from l10n.locales import gettext_name

pytestmark = pytest.mark.slow

DATES = (datetime.date(2011, 2, 15), datetime.date(2024, 12, 31), datetime.date(1999, 10, 9))
TIMES = (datetime.time(15, 30), datetime.time(0, 5), datetime.time(11, 59), datetime.time(12, 0))
NUMBERS = (1_234_567.5, 100_000, 10_500, 0.25, 12.5, 1_000)
SCALED = (500_000, 1_500_000, 2_000_000, 12_000, 3_000_000_000)
BABEL_FAULTS = ("tok", "sw")
"""Where Babel itself writes another number: "elfu 1200" for 12,000, "10 000 0" for 100,000."""
NATIVE = {"fa": "۰۱۲۳۴۵۶۷۸۹", "ar": "٠١٢٣٤٥٦٧٨٩", "bn": "০১২৩৪৫৬৭৮৯", "hi": "०१२३४५६७८९", "my": "၀၁၂၃၄၅၆၇၈၉",
          "th": "๐๑๒๓๔๕๖๗๘๙", "km": "០១២៣៤៥៦៧៨៩", "mr": "०१२३४५६७८९", "ne": "०१२३४५६७८९"}  # fmt: skip


def locales() -> Iterator[tuple[Locale, str]]:
    """Each locale of CLDR that gettext has a name for, once, and that name."""
    seen = set()
    for identifier in sorted(locale_identifiers()):
        try:
            name = gettext_name(identifier.replace("_", "-"))
        except ValueError:
            continue
        if name not in seen and identifier.replace("_", "-") not in ("zh-Latn", "zh-Latn-CN"):
            seen.add(name)
            yield Locale.parse(identifier), name


LOCALES = list(locales())


def findings(source: str, target: str, locale: str, *only: str) -> list[tuple[str, str, str, str, str]]:
    pair = Pair(source, target, "paragraph", locale)
    return [
        (locale, check.name, finding.message, source, target)
        for check in CHECKS
        if not only or check.name in only
        for finding in check.find(pair)
    ]


def native(text: str, locale: Locale) -> str:
    return text.translate({ord(str(n)): digit for n, digit in enumerate(NATIVE.get(locale.language, ""))})


def test_all_locales_are_tried() -> None:
    assert len(LOCALES) > 900


def test_the_words_of_a_locale_are_in_its_script_and_language() -> None:
    """The names of the weekdays, which CLDR has for nearly all."""
    found = []
    for locale, name in LOCALES:
        words = " ".join(locale.days["format"]["wide"].values())
        if words.isascii() or locale.script == "Hans" != gettext_script(name):
            continue  # CLDR has none of its own, or gettext's name says another script
        source = "Open it on Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, and Sunday"
        found += findings(source, words, name, "wrong-script", "wrong-language", "mixed-script")
    assert found == []


def gettext_script(name: str) -> str:
    from l10n.locales import script_of

    return script_of(name)


def test_a_date_is_the_same_in_the_order_and_signs_of_every_locale() -> None:
    found = []
    for locale, name in LOCALES:
        for date in DATES:
            for wanted in ("short", "medium", "long"):
                source = f"Changed on {format_date(date, wanted, 'en_US')} by us."
                for given in ("short", "medium", "long"):
                    text = format_date(date, given, locale)
                    for written in {text, native(text, locale)}:
                        found += findings(source, f"– {written} –", name, "number", "number-separator")
                source = f"Changed on {date:%m/%d/%Y} by us."
                found += findings(source, f"– {text} –", name, "number", "number-separator")
    assert found == []


def test_a_time_is_the_same_by_the_clock_of_every_locale() -> None:
    found = []
    for locale, name in LOCALES:
        for time in TIMES:
            source = f"It starts at {format_time(time, 'short', locale='en_US')} today."
            text = format_time(time, "short", locale=locale)
            for written in {text, native(text, locale)}:
                found += findings(source, f"– {written} –", name, "number", "number-separator")
    assert found == []


def test_a_number_is_the_same_with_the_signs_of_every_locale() -> None:
    found = []
    for locale, name in LOCALES:
        if locale.language in BABEL_FAULTS:
            continue
        for number in NUMBERS:
            source = f"It holds {format_decimal(number, locale='en_US')} of them."
            text = format_decimal(number, locale=locale)
            for written in {text, native(text, locale)}:
                found += findings(source, f"– {written} –", name, "number", "number-separator")
        source = f"It is {format_percent(0.45, locale='en_US')} full."
        found += findings(source, f"– {format_percent(0.45, locale=locale)} –", name, "number")
    assert found == []


@pytest.mark.parametrize("wanted", ["short", "long", "plain"])
@pytest.mark.parametrize("given", ["short", "long", "plain"])
def test_a_number_is_the_same_with_a_word_of_scale_of_every_locale(wanted: str, given: str) -> None:
    found = []
    for locale, name in LOCALES:
        if locale.language in BABEL_FAULTS:
            continue
        for number in SCALED:
            source = f"It holds {compact(number, wanted, Locale('en'))} of them."
            target = f"– {compact(number, given, locale)} –"
            found += findings(source, target, name, "number", "number-separator")
    assert found == []


def compact(number: int, form: str, locale: Locale) -> str:
    if form == "plain":
        return format_decimal(number, locale=locale)
    kind: Literal["short", "long"] = (
        "long" if form == "long" and "long" in locale.compact_decimal_formats else "short"
    )
    return format_compact_decimal(number, format_type=kind, locale=locale, fraction_digits=1)
