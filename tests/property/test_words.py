"""What holds for the word count of any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.words import count

# Any text where words stand between spaces; "<" is left out, since a tag may hold spaces.
WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\uabff\uf900-\uffff\U00010000-\U0010ffff]"
)
spaced = st.text(
    st.characters(exclude_characters="<") | st.sampled_from(" _.,:'\"’()[]\\&;#*`aåי5\u0301")
).filter(lambda text: not WITHOUT_SPACES.search(text))
breaks = st.sampled_from([" ", "\n", "  ", "\u00a0", "\t"])


@given(spaced, breaks, spaced)
def test_the_words_of_two_sentences_are_those_of_the_one_and_of_the_other(a: str, b: str, c: str) -> None:
    assert count(a + b + c) == count(a) + count(c)


@settings(max_examples=1000)
@given(st.text(st.characters(max_codepoint=0xFF) | st.sampled_from(" _.,:'\"[]()<>\\&;#aÅ5\u00ad")))
def test_a_dash_that_is_not_latin_1_does_not_change_how_the_rest_is_counted(text: str) -> None:
    assert count(text) == count(f"{text} —")


@pytest.mark.parametrize("letters", ["あア亜。 x", "漢字。 x", "กี่ x", "ខី x"])
@given(data=st.data(), between=breaks)
def test_where_words_have_no_spaces_but_for_the_rounding(
    letters: str, data: st.DataObject, between: str
) -> None:
    a, b = (letters[0] + data.draw(st.text(letters)) for _ in range(2))
    assert abs(count(a + between + b) - count(a) - count(b)) <= 1


@given(st.text())
def test_there_are_no_more_words_than_characters_and_none_only_without_letters(text: str) -> None:
    assert 0 <= count(text) <= len(text)
    assert count("x " + text.replace("<", "")) >= 1


@given(st.text(" \n\t!?*_-—…()|`\U0001f642", min_size=1))
def test_punctuation_is_no_word(text: str) -> None:
    assert count(text) == 0


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        ("_", 0),
        ("a.", 1),
        ("1,", 1),
        ("](", 0),
        ("](<", 0),
        ("](a(", 0),
        ("<a ", 200_000),
        ("&#", 0),
        ("\\", 0),
        ("あ", 66_667),
        ("\u0301", 0),
    ],
)
def test_no_text_makes_the_time_explode(piece: str, words: int) -> None:
    """In quadratic time this would take hours."""
    assert count(piece * 200_000) == words
