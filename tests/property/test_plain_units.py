"""The laws, in the words of the docstrings, for plain articles: real ones, mutated ones, any translations."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from l10n import Article, L10nError, parse, refusal, verify
from l10n.article.annotating import annotate
from l10n.english.plain_units import with_plain_units
from tests.helpers.markup import markup, mutated, translations
from tests.helpers.translated import PAIRS

SAMPLES = [
    (path.name, parse(path.read_bytes(), path.name).render("localized"), english.read_bytes())
    for path, english in PAIRS
    if english.exists()
]
samples = st.sampled_from(SAMPLES)


def aligned(name: str, localized: bytes, english: bytes) -> Article:
    return with_plain_units(parse(localized, name), english)


@given(samples, st.integers(0, 2**32))
def test_any_mutation_of_a_plain_article_renders_to_itself_with_disjoint_units(
    sample: tuple[str, bytes, bytes], seed: int
) -> None:
    name, localized, english = sample
    localized = mutated(localized, random.Random(seed))
    article = aligned(name, localized, english)
    assume(article.is_plain)
    assert article.render() == article.render("localized") == localized
    assert article.render("source") == english
    edges = [offset for unit in article.units for offset in (unit.start, unit.end)]
    assert edges == sorted(edges)
    assert len({unit.id for unit in article.units}) == len(article.units)


@given(markup, markup)
def test_any_two_texts_can_be_aligned(localized: str, english: str) -> None:
    data = localized.encode()
    article = parse(data, "a.md")
    assume(not article.is_annotated)
    assert with_plain_units(article, english.encode()).render("localized") == data


@settings(max_examples=200)
@given(samples, st.integers(0, 10_000), translations)
def test_an_edited_translation_changes_the_bytes_of_its_own_target_and_no_others(
    sample: tuple[str, bytes, bytes], number: int, translation: str
) -> None:
    article = aligned(*sample)
    assume(article.is_plain and article.units)
    unit = article.units[number % len(article.units)]
    targets = [one.target for one in article.units]
    targets[number % len(targets)] = translation
    if refusal(article, unit, translation):
        return
    data = article.render("localized", targets)
    assert data.startswith(article.text[: unit.start].encode())
    assert data.endswith(article.text[unit.end :].encode())
    verify(article, data, targets)


@settings(max_examples=100)
@given(samples, st.integers(0, 10_000), translations)
def test_what_verify_accepts_has_the_target_in_its_place(
    sample: tuple[str, bytes, bytes], number: int, translation: str
) -> None:
    article = aligned(*sample)
    assume(article.is_plain and article.units)
    unit = article.units[number % len(article.units)]
    targets = [translation if one is unit else one.target for one in article.units]
    try:
        verify(article, article.render(targets=targets), targets)
    except L10nError:
        return
    assert article.render("localized", targets) == article.render(targets=targets)


def test_the_localized_form_of_the_annotated_article_is_the_plain_article_byte_for_byte() -> None:
    count = 0
    for name, localized, english in SAMPLES:
        article = aligned(name, localized, english)
        if article.is_plain and not article.is_yaml:
            data, units, _ = annotate(article)
            assert parse(data, name).render("localized") == localized
            count += len(units)
    assert count > 200


@given(markup, markup, st.booleans())
def test_any_plain_article_is_annotated_without_a_change_of_its_localized_form(
    localized: str, english: str, is_same: bool
) -> None:
    data = localized.encode()
    article = parse(data, "a.md")
    assume(not article.is_annotated)
    found, *_ = annotate(with_plain_units(article, data if is_same else english.encode()))
    assert parse(found, Path("a.md").name).render("localized") == data
