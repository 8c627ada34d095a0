"""The counts of a PO file, and the badge."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from l10n.badge import badge
from l10n.catalogue import Message, Note
from l10n.cli.status import _rows
from l10n.commands.status import Counts, FileStatus, LocaleStatus, Status, counts_of, status
from tests.helpers.files import Write
from tests.helpers.status import message, po


def test_a_file_is_counted_by_its_messages_units_and_source_words(here: Path, write: Write) -> None:
    write("locales/nb_NO.po", po())
    found = status()
    assert found.problems == []
    (locale,) = found.locales
    assert (locale.locale, [file.path for file in locale.files]) == ("nb_NO", ["locales/nb_NO.po"])
    assert locale.counts == found.total == locale.files[0].counts
    assert found.total == Counts(
        articles=2,
        units=4,  # two units of a pair on one line of an article are one here
        messages=3,
        reviewed=1,
        needs_review=1,
        untranslated=1,
        obsolete=1,
        mt=1,
        ht=1,
        unknown=1,
        words=7,  # 3 + 3 + 1
        reviewed_words=3,
        needs_review_words=3,
        untranslated_words=1,
        target_words=4,  # E-postappen is two
    )
    assert (found.total.percent, found.total.percent_words) == (33, 42)


def test_a_hundred_percent_of_the_words_says_so_too_where_words_are_few() -> None:
    assert counts_of([message(True), message(False, "—")]).percent_words == 99
    assert counts_of([message(True, "…"), message(False, "—")]).percent_words == 50
    assert counts_of([message(False, "—")]).percent_words == 0
    assert counts_of([]).percent == counts_of([]).percent_words == 100


def test_an_untranslated_message_needs_no_review_whatever_its_flag() -> None:
    counts = counts_of([Message("No", "", fuzzy=True, note=Note("heading", "1a-1", True, "0123abcd"))])
    assert (counts.untranslated, counts.needs_review, counts.ht) == (1, 0, 1)


def test_what_poedit_does_to_a_file_changes_no_count(here: Path, write: Write) -> None:
    write("locales/nb_NO.po", po())
    before = status()
    text = po().replace(
        '"Language: nb_NO\\n"\n',
        '"Project-Id-Version: x\\n"\n"Language: nb_NO\\n"\n"X-Generator: Poedit 3.2.2\\n"\n',
    )
    text = text.replace("#, fuzzy\n", '# Sjekk dette.\n#, fuzzy\n#| msgid "The mail app"\n')
    write("locales/nb_NO.po", text.replace("\n", "\r\n"))
    (here / "locales/nb_NO.mo").write_bytes(b"\xde\x12\x04\x95\0\0\0\0")
    write("locales/nb_NO.po~", "half")
    write("locales/.l10n-0123.tmp", "")
    assert status() == before


def test_the_work_of_the_rows_grows_with_their_number_only() -> None:
    def calls(files: int) -> int:
        locale = LocaleStatus("de", [FileStatus(f"locales/de/{n}.po", Counts()) for n in range(files)])
        count = 0

        def profile(*_: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(profile)
        try:
            rows = list(_rows(Status([locale])))
        finally:
            sys.setprofile(None)
        assert len(rows) == files + 1
        return count

    assert calls(80) < 3 * calls(40)


def test_the_threshold_is_for_all_files_of_a_locale_together(here: Path, write: Write) -> None:
    write("locales/nb_NO/mail.po", po())
    write("locales/nb_NO/devices/a.po", po(body='\nmsgid "No"\nmsgstr "Nei"\n'))
    assert status(fail_under=50).problems == []
    (problem,) = status(fail_under=51).problems
    assert (problem.path, problem.code) == ("locales/nb_NO", "under-threshold")


@pytest.mark.parametrize("percent", [0, 49, 50, 74, 75, 99, 100, None])
def test_the_badge_can_be_read_on_its_colour(percent: int | None) -> None:
    """White on it has the contrast that WCAG 2.1 asks for."""
    fills = re.findall(r'<rect [^>]*fill="#([0-9a-f]{6})"', badge("reviewed", percent).decode())
    assert len(fills) == 2
    assert all(1.05 / (_luminance(fill) + 0.05) >= 4.5 for fill in fills)


def test_only_a_hundred_percent_is_green() -> None:
    colours = [badge("reviewed", percent).decode().split('fill="')[2][:7] for percent in range(101)]
    assert colours.count(colours[100]) == 1
    assert colours.index(colours[50]) == 50


def _luminance(fill: str) -> float:
    parts = (int(fill[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
