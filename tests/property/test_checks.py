"""Any pair can be checked, and no pair makes the time explode."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.checks import CHECKS, Pair
from l10n.checks.tokens import read
from tests.helpers.steps import steps_of


@given(st.text(alphabet="ab `*_[](){}<>!\\|&;:/.,0\n\0а", max_size=60), st.text(max_size=60))
@settings(max_examples=300)
def test_any_pair_is_checked_and_spans_stand_in_the_target(source: str, target: str) -> None:
    for one, other in ((source, target), (target, source)):
        pair = Pair(one, other, "table cell", "nb_NO")
        for check in CHECKS:
            for finding in check.find(pair):
                assert 0 <= finding.start <= finding.end <= len(other), check.name
                assert "\0" not in finding.message or "\0" in one + other


@given(st.text(alphabet="ab `*_[](){}<>!\\|&;:/.,0\n", max_size=80))
def test_a_text_taken_apart_keeps_its_offsets(text: str) -> None:
    taken = read(text)
    assert len(taken.prose) == len(taken.visible) == len(text)
    for token in (*taken.urls, *taken.tags, *taken.entities, *taken.escapes, *taken.ticks):
        assert text[token.start : token.end] == token.text


HOSTILE = [
    "[", "]", "](", "[a](", "![", "(", ")", "`", "`` ", "*", "**a", "_", "_a", "<", "<a", "<a ", "<!--",
    "</b", "&", "&a", "&#1", "\\", "\\<", "http://", "mailto:", "a@", "a.", "a-", "{", "}", "{{", "%",
    "$", "$a", "0", "0,", "0 ", "0.0 ", "\u00a0", " ", "  \n", "\n", "\n>", "|", ":::", "::: a=", "[!",
    "][", "a ", "the and ", "Get-", "--a", "-a", "A_", "aB", "а", "あ", "\u202a", "\u200b", "Ã", "?", "??",
    '"', "'", "::: a=\"", "](a \"", "](a (", "C:\\", "\\\\a", "e.", "...", "\ud83d", "x@y.", "万", "0万",
]  # fmt: skip


@pytest.mark.parametrize("part", HOSTILE, ids=repr)
@pytest.mark.parametrize("side", ["source", "target", "both"])
def test_no_pair_makes_the_time_explode(part: str, side: str) -> None:
    """Twice the text takes about twice the steps; steps are lines of Python run, so no clock decides."""
    once, twice = (_steps(_hostile(part, side, count)) for count in (400, 800))
    assert twice <= 2.3 * once + 400
    for check in CHECKS:
        list(check.find(_hostile(part, side, 10_000)))


def _hostile(part: str, side: str, count: int) -> Pair:
    text = part * count
    source = text if side != "target" else "See it."
    target = text if side != "source" else "Se det."
    return Pair(source, target, "table cell", "nb_NO")


def _steps(pair: Pair) -> int:
    read.cache_clear()
    return steps_of(lambda: [list(check.find(pair)) for check in CHECKS])
