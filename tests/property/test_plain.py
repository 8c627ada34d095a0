"""What holds for any two texts: pairs are disjoint and in order, and time grows with the length only."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.plain import PlainAlignment, align

_PIECES = [
    "# ", "- ", "1. ", "> ", "    ", "\t", "| ", "|---|", "```\n", "~~~", ":::row:::", "[!NOTE]",
    '[!div class="op_selector"]', "[a](b.md)", "![a](b)", "![", "](", "[", "]", "**", "_", "`",
    "<br>", "<!-- ", "-->", "<pre>", "</pre>", "<p>", '<a name="a"></a>', "---\n", "title: a\n",
    "===\n", "\n", "\n\n", "\r\n", "\r", "  \n", "\\\n", "\\", "$a$", "&nbsp;",
    "https://a.example. ", "Word. ", "word? ", "e.g. ", "A1.b ", "文。", "อ อ", "।", "؟ ", "\xa0",
    "\ue000", "\ue004", "\udcff", "\x00", "\ufeff", "- - ", "(", ")", '"', 'alt-text="a"',
]  # fmt: skip
texts = st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=40).map("".join)


def _holds(result: PlainAlignment, localized: str, english: str) -> None:
    end = 0
    for pair in result.pairs:
        assert end <= pair.start <= pair.end <= len(localized)
        assert 0 <= pair.source_start <= pair.source_end <= len(english)
        assert 0 <= pair.confidence <= 1
        end = pair.end
    for piece in result.missing_localized:
        assert localized[piece.start : piece.end] == piece.text or piece.text in localized
    for piece in result.missing_english:
        assert english[piece.start : piece.end] == piece.text or piece.text in english


@given(texts, texts, st.booleans())
@settings(max_examples=400, deadline=None)
def test_any_two_texts_give_disjoint_pairs_in_order_and_the_same_ones_again(
    localized: str, english: str, is_yaml: bool
) -> None:
    result = align(localized, english, is_yaml=is_yaml)
    _holds(result, localized, english)
    assert result == align(localized, english, is_yaml=is_yaml)


@given(texts)
@settings(max_examples=400, deadline=None)
def test_an_article_aligned_with_itself_is_its_own_translation(text: str) -> None:
    result = align(text, text)
    _holds(result, text, text)
    for pair in result.pairs:
        assert (pair.start, pair.end) == (pair.source_start, pair.source_end)


def _calls(localized: str, english: str) -> int:
    """Return the number of lines of l10n.plain that run: a measure of time without a clock."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        if "plain" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        align(localized, english)
    finally:
        sys.settrace(before)
    return count


_GROWING = [
    ("Wort. ", "Word. "), ("x", "y"), ("x ", "y "), ("a\n\n", "b\n\n"), ("# a\n", "# b\n"),
    ("[", "["), ("[a](b). ", "[a](b). "), ("![a](b) ", "![a](b) "), ("*a. ", "*a. "),
    ("`a``b. ", "`a``b. "), ("> ", "> "), ("|a", "|b"), ("|a|b|\n", "|a|b|\n"), ("$a ", "$a "),
    ("<br>a", "<br>b"), ("<!-- ", "<!-- "), ("文。", "A. "), ("อ อ ", "A b. "), ("A{i}. ", "A{i}. "),
    ("a  \n", "b  \n"), (".", "."), ('."', '."'), ("( a. ", "( a. "), (":::a\n", ":::a\n"),
    ("> a\nb\n", "> a\nb\n"), ("[a]: b\n", "[a]: b\n"), ("a\n", "b\n"), ("    a\n", "    b\n"),
    (' title="', ' title="'), ("- a\n\n  b\n\n", "- a\n\n  b\n\n"),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("localized", "english"), _GROWING)
def test_twice_as_much_takes_at_most_twice_the_steps(localized: str, english: str) -> None:
    def times(text: str, count: int) -> str:
        return "".join(text.replace("{i}", str(i)) for i in range(count))

    # The second text is shorter, so that nothing fits exactly. Beyond some length windows stay the same.
    once = _calls(times(localized, 600), times(english, 575))
    twice = _calls(times(localized, 1200), times(english, 1150))
    assert twice < 2.3 * once + 10_000
