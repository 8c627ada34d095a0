"""Percentages and badges of any counts and labels."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from l10n.badge import badge
from l10n.commands.status import counts_of
from tests.helpers.status import message


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_hundred_percent_says_that_all_are_reviewed(reviewed: int, others: int) -> None:
    counts = counts_of([message(True)] * reviewed + [message(False)] * others)
    assert (counts.percent == 100) == (counts.percent_words == 100) == (others == 0)
    if reviewed + others:
        assert 0 <= 100 * reviewed / (reviewed + others) - counts.percent < 1


SVG = "{http://www.w3.org/2000/svg}"


@given(st.text("reviewed <&\"'>ø", min_size=1), st.none() | st.integers(0, 100))
def test_the_badge_is_xml_that_says_what_it_shows(label: str, percent: int | None) -> None:
    picture = ET.fromstring(badge(label, percent))
    value = "unknown" if percent is None else f"{percent} %"
    assert picture.findtext(f"{SVG}title") == picture.get("aria-label") == f"{label}: {value}"
    assert [text.text for text in picture.iter(f"{SVG}text")] == [label, value]
    left, right = (float(rect.get("width", 0)) for rect in picture.findall(f".//{SVG}g/{SVG}rect"))
    assert left + right == float(picture.get("width", 0))
    for text, room in zip(picture.iter(f"{SVG}text"), (left, right), strict=True):
        assert 0 < float(text.get("textLength", 0)) == room - 12
    assert not re.search(rb"href|url\((?!#)|<script|<style", badge(label, percent))
