"""The laws, word for word as the docstrings say them, over inputs that nobody thought of."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import Article, L10nError, parse, verify
from l10n.catalogue.pairs import pairs_of
from l10n.english.translated import complete
from tests.conftest import PROJECT, article, steps_of, unit
from tests.mutated import ARTICLE_FRAGMENTS

SAMPLES = sorted(
    path
    for folder in ("articles", "tests/golden")
    for path in (PROJECT / folder).rglob("*.*")
    if path.suffix != ".json"
)

FRAGMENTS = [
    *ARTICLE_FRAGMENTS,
    "<span class=&quot;sxs-lookup&quot;>",
    "<span>",
    "ms.contentlocale: nb-NO\n",
    "\n",
    "\r\n",
    "a",
    "å",
]
markup = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)
names = st.sampled_from(["a.md", "a.yml"])
translations = st.one_of(markup, st.text(max_size=30))


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
    data = _mutated(path.read_bytes(), random.Random(seed))
    assert parse(data, path.name).render() == data


def _mutated(data: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.randint(1, 6)):
        start = dice.randint(0, len(data))
        end = min(len(data), start + dice.randint(0, 40))
        new = dice.choice(
            [b"", bytes([dice.randrange(256)]), dice.choice(FRAGMENTS).encode(), data[start:end] * 2]
        )
        data = data[:start] + new + data[end:]
    return data


@settings(max_examples=300)
@given(st.sampled_from(SAMPLES), st.integers(0, 10_000), translations)
def test_an_edited_translation_changes_the_bytes_of_its_own_target_and_no_others(
    path: Path, number: int, translation: str
) -> None:
    before = parse(path.read_bytes(), path.name)
    if not before.units:
        return
    unit = before.units[number % len(before.units)]
    targets = [u.target for u in before.units]
    targets[number % len(targets)] = translation
    if before.refusal(unit, translation):
        return
    data = before.render(targets=targets)
    head = before.text[: unit.target_start].encode("utf-8", "surrogateescape")
    tail = before.text[unit.target_end :].encode("utf-8", "surrogateescape")
    assert data.startswith(head)
    assert data.endswith(tail)


@settings(max_examples=500)
@given(st.sampled_from(SAMPLES), st.lists(translations, min_size=1, max_size=5), st.integers(0, 10_000))
def test_what_is_not_refused_parses_back_to_the_same_units_with_exactly_the_targets_given(
    path: Path, translations: Sequence[str], number: int
) -> None:
    before = parse(path.read_bytes(), path.name)
    targets = [u.target for u in before.units]
    for offset, translation in enumerate(translations):
        index = (number + offset * 7) % max(1, len(targets))
        if index < len(targets) and not before.refusal(before.units[index], translation):
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
        if before.refusal(found, translation) is None:
            targets = [u.target for u in before.units]
            targets[index] = translation
            assert [u.target for u in parse(before.render(targets=targets)).units] == targets


def test_verify_tells_targets_that_would_not_be_read_back() -> None:
    before = parse(article(("Ja", "Yes")).encode())
    with pytest.raises(L10nError, match="cannot-verify"):
        verify(before, before.render(targets=[unit("a", "b")]), [unit("a", "b")])


@pytest.mark.parametrize(
    ("prefix", "translation", "reason"),
    [
        ("| ", "a | b", "begins another cell"),
        ("| ", "a\nb", "line break"),
        ("# ", "a\nb", "line break"),
        ("![", "a\nb", "line break"),
        ("", "a\n\nb", "blank line"),
        ("", "a\n# b", "block of its own"),
        ("> ", "a\n- b", "block of its own"),
        ("", "a</span>", "other half"),
        ("", "<span>a", "other half"),
        ("", '<span data-ttu-id="x">a', "annotation markup"),
        ("", unit("a", "b"), "annotation markup"),
        ("", '<a name="x&quot;>', "annotation markup"),
        ("", "\ud800", "UTF-8"),
    ],
)
def test_what_would_break_the_article_is_refused(prefix: str, translation: str, reason: str) -> None:
    found = parse(article(("Ja", "Yes"), prefix=prefix).encode())
    assert reason in (found.refusal(found.units[0], translation) or "")


@pytest.mark.parametrize(
    ("line", "translation", "reason"),
    [
        ("title: {}", "Ja: nei", "break the YAML"),
        ("title: {}", "Ja #1", "break the YAML"),
        ("title: {}", '"Ja" nei', "break the YAML"),
        ("title: {}", "[Ja", "break the YAML"),
        ("title: '{}'", "det's", "break the YAML"),
        ("title: '{}'", "Ja: nei", None),
        ("title: {}", "to\nlinjer", "line break"),
        ("title: {}", "Nei", None),
    ],
)
def test_front_matter_stays_yaml(line: str, translation: str, reason: str | None) -> None:
    data = f"---\n{line.format(unit('Ja', 'Yes'))}\nms.contentlocale: nb-NO\n---\n".encode()
    found = parse(data)
    refusal = found.refusal(found.units[0], translation)
    assert reason in refusal if refusal and reason else refusal == reason, refusal


def test_headings_and_cells_in_yaml_files_keep_their_line() -> None:
    markup = unit("Ja", "Yes").replace('"', '\\"')
    found = parse(f'a: "# {markup}\\n\\n| {markup} |\\n\\n{markup}"\n'.encode(), "a.yml")
    assert [unit.kind for unit in found.units] == ["heading", "table cell", "paragraph"]
    assert [bool(found.refusal(unit, "a\nb")) for unit in found.units] == [True, True, False]


@pytest.mark.parametrize(
    ("prefix", "translation"),
    [
        ("| ", r"a \| b"),
        ("", "a | b"),
        ("", "a\nb"),
        ("- ", "a\n  b"),
        ("", "<span>a</span>"),
        ("# ", ""),
        ("", '"Ja" & <b>nei</b>'),
    ],
)
def test_what_does_not_break_the_article_is_taken(prefix: str, translation: str) -> None:
    found = parse(article(("Ja", "Yes"), prefix=prefix).encode())
    assert found.refusal(found.units[0], translation) is None


def test_as_many_targets_as_units_are_wanted() -> None:
    with pytest.raises(ValueError, match="zip"):
        parse(article(("Ja", "Yes")).encode()).render(targets=[])


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
        complete(article).render("source")
        completed = complete(article, data.replace(b"x", b"y"))
        pairs_of(completed, "a.md")
        targets = [f"{unit.target}y" for unit in completed.units]
        for each, target in zip(completed.units, targets, strict=True):
            completed.refusal(each, target)
        with suppress(L10nError):
            verify(completed, completed.render("annotated", targets), targets)

    return steps_of(work)
