"""The laws of articles, word for word as the docstrings say them, over inputs that nobody thought of."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import Article, L10nError, parse, refusal, verify
from l10n.catalogue.pairs import pairs_of
from l10n.english.bare_units import with_bare_units
from tests.helpers.articles import unit
from tests.helpers.markup import FRAGMENTS, SAMPLES, markup, mutated, translations
from tests.helpers.steps import steps_of

WITH_UNITS = [path for path in SAMPLES if parse(path.read_bytes(), path.name).units]
names = st.sampled_from(["a.md", "a.yml"])


@given(st.binary(max_size=300), names)
def test_any_bytes_render_to_themselves(data: bytes, name: str) -> None:
    assert parse(data, name).render() == data


@given(markup, names)
def test_any_markup_renders_to_itself(text: str, name: str) -> None:
    data = text.encode()
    assert parse(data, name).render() == data


@settings(max_examples=300)
@given(st.sampled_from(SAMPLES), st.integers(0, 2**32))
def test_any_mutation_of_an_article_renders_to_itself(path: Path, seed: int) -> None:
    data = mutated(path.read_bytes(), random.Random(seed))
    assert parse(data, path.name).render() == data


@settings(max_examples=300)
@given(st.sampled_from(WITH_UNITS), st.integers(0, 10_000), translations)
def test_an_edited_translation_changes_the_bytes_of_its_own_target_and_no_others(
    path: Path, number: int, translation: str
) -> None:
    before = parse(path.read_bytes(), path.name)
    unit = before.units[number % len(before.units)]
    targets = [u.target for u in before.units]
    targets[number % len(targets)] = translation
    if refusal(before, unit, translation):
        return
    data = before.render(targets=targets)
    head = before.text[: unit.target_start].encode("utf-8", "surrogateescape")
    tail = before.text[unit.target_end :].encode("utf-8", "surrogateescape")
    assert data.startswith(head)
    assert data.endswith(tail)


@settings(max_examples=500)
@given(st.sampled_from(WITH_UNITS), st.lists(translations, min_size=1, max_size=5), st.integers(0, 10_000))
def test_what_is_not_refused_parses_back_to_the_same_units_with_exactly_the_targets_given(
    path: Path, translations: Sequence[str], number: int
) -> None:
    before = parse(path.read_bytes(), path.name)
    targets = [u.target for u in before.units]
    for offset, translation in enumerate(translations):
        index = (number + offset * 7) % len(targets)
        if not refusal(before, before.units[index], translation):
            targets[index] = translation
    data = before.render(targets=targets)
    assert _facts(parse(data, path.name)) == [
        (u.id, u.kind, u.source, target) for u, target in zip(before.units, targets, strict=True)
    ]
    verify(before, data, targets)


def _facts(found: Article) -> list[tuple[str, str, str, str]]:
    return [(u.id, u.kind, u.source, u.target) for u in found.units]


@given(markup, translations)
def test_refusals_hold_in_any_article(text: str, translation: str) -> None:
    before = parse(text.encode())
    for index, found in enumerate(before.units):
        if refusal(before, found, translation) is None:
            targets = [u.target for u in before.units]
            targets[index] = translation
            assert [u.target for u in parse(before.render(targets=targets)).units] == targets


HOSTILE = [
    *FRAGMENTS,
    '<span data-ttu-id="a">x',
    "![x",
    "> - ",
    "> - \n",
    '<span data-ttu-id="a">x</span>',
    "a|",
    "&quot;>",
    unit("x", "y").replace('2">', "2&quot;>", 1),
    "| " + unit("x", "y"),
    "- " + unit("x", "y") + "\n",
    "[a](b) ",
    "[[a]",
    'x="y" ',
    'x="',
    "\\*",
    '# <a name="x"></a>' + unit("y", "x") + "\n",
    '![a](b "x")\n' + unit(r"\*", r"\*"),
    "# " + unit("x", "y"),
]


NESTED = [("> ", "\na"), ("- ", "\n\n"), ("- ", "\nx"), ("* ", unit("x", "y"))]


@pytest.mark.slow
@pytest.mark.parametrize("parts", [*((part, part) for part in HOSTILE), *NESTED], ids=repr)
def test_no_input_makes_the_time_explode(parts: tuple[str, str]) -> None:
    """Twice the input takes about twice the steps; steps are lines of Python run, so no clock decides."""
    end = unit("x", "y")  # kinds are asked for up to the last unit
    once, twice = (
        _steps(("".join(part * (size // len(part)) for part in parts) + end).encode())
        for size in (10_000, 20_000)
    )
    assert twice <= 2.2 * once + 200


def _steps(data: bytes) -> int:
    def work() -> None:
        article = parse(data)
        article.render("localized")
        with_bare_units(article).render("source")
        completed = with_bare_units(article, data.replace(b"x", b"y"))
        pairs_of(completed, "a.md")
        targets = [f"{unit.target}y" for unit in completed.units]
        for each, target in zip(completed.units, targets, strict=True):
            refusal(completed, each, target)
        with suppress(L10nError):
            verify(completed, completed.render("annotated", targets), targets)

    return steps_of(work)
