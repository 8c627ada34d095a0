"""The search finds what a naive search finds, with right offsets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.glossary.boundaries import begins_word, ends_word
from l10n.glossary.folding import fold, folded
from l10n.glossary.prose import non_prose
from l10n.glossary.termsearch import TermEntry, TermSearch
from tests.helpers.searched_terms import LETTERS, terms

texts = st.text(st.sampled_from(LETTERS), max_size=14)


@pytest.mark.slow
@settings(max_examples=500)
@given(texts, st.lists(terms, min_size=1, max_size=5))
def test_the_search_finds_exactly_what_a_naive_search_finds(text: str, wanted: list[str]) -> None:
    search = TermSearch([TermEntry(term) for term in wanted])
    naive = {(i, j, n) for n, term in enumerate(wanted) for i, j in _naive(text, term)}
    assert set(search.find(text)) == naive


def _naive(text: str, term: str) -> list[tuple[int, int]]:
    whole, wanted = fold(text), " ".join(fold(term).split())
    spans = []
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            head, tail = fold(text[:start]), fold(text[end:])
            if fold(text[start:end]) != wanted or head + wanted + tail != whole:
                continue
            if begins_word(whole, len(head)) and ends_word(whole, len(head + wanted)):
                spans.append((start, end))
    return spans


@given(st.text(max_size=40))
def test_offsets_are_right_whatever_is_folded(text: str) -> None:
    whole = folded(text)
    for start in range(len(whole.text)):
        for end in range(start + 1, min(start + 5, len(whole.text)) + 1):
            if span := whole.span(start, end):
                assert fold(text[slice(*span)]) == whole.text[start:end]


@given(st.text(st.sampled_from("`[](){}<>:/a @.!\n\\"), max_size=60))
def test_what_is_no_prose_is_in_order_and_disjoint(text: str) -> None:
    spans = non_prose(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
