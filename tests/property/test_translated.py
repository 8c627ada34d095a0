"""Text that is translated without annotation, in any article: nothing else changes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from l10n import Kind, parse, refusal, verify
from l10n.article.frontmatter import body_start
from l10n.article.yaml_values import encode_scalar, translated_scalars
from l10n.english.bare_units import with_bare_units
from tests.helpers.growth import seconds
from tests.helpers.markup import mutated, translations
from tests.helpers.translated import PAIRS

STYLES = [
    "x",
    "x y",
    "'x'",
    '"x"',
    "|-\n  x\n  y",
    ">-\n  x\n  y",
    ">\n  x\n",
    "x\n  y",
    "'x\n  y'",
    '"x\\ty"',
]


@settings(max_examples=300)
@given(
    st.sampled_from(STYLES),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30) | translations,
    st.sampled_from(["\n", "\r\n"]),
)
def test_a_value_of_the_front_matter_is_read_back_and_all_other_values_stay(
    style: str, new: str, line_break: str
) -> None:
    assume(new.strip())
    head = f"---\nms.topic: a\ntitle: {style}\ndescription: d\n---\n".replace("\n", line_break)
    text = head + "body\n"
    first, second = translated_scalars(text, body_start(text))
    assert (first.key, second.key) == ("title", "description")
    raw = encode_scalar(new, text[first.start : first.end])
    again = text[: first.start] + raw + text[first.end :]
    found = translated_scalars(again, body_start(again))
    assert [(s.key, s.value) for s in found] == [("title", new), ("description", "d")]
    loaded = yaml.safe_load(again[: body_start(again)].split("---")[1]) if "---" not in raw else None
    if loaded is not None and isinstance(loaded["title"], str):
        assert loaded["title"].rstrip("\n") == new.rstrip("\n")


@pytest.mark.slow
@settings(max_examples=300)
@given(st.sampled_from(PAIRS), st.integers(0, 2**32), st.booleans())
def test_alignment_never_touches_a_byte_outside_of_what_it_claims(
    pair: tuple[Path, Path], seed: int, of_english: bool
) -> None:
    dice = random.Random(seed)
    data, english = pair[0].read_bytes(), pair[1].read_bytes()
    data, english = (data, mutated(english, dice)) if of_english else (mutated(data, dice), english)
    before = parse(data, pair[0].name)
    article = with_bare_units(before, english)
    assert article.render() == data
    assert [u for u in article.units if not u.is_bare] == list(before.units)
    position = 0
    for one in article.units:
        assert position <= one.start <= one.target_start <= one.target_end <= one.end
        position = one.end
    assert position <= len(article.text)


@pytest.mark.slow
@settings(max_examples=500)
@given(st.sampled_from(PAIRS), st.lists(translations, min_size=1, max_size=5), st.integers(0, 10_000))
def test_what_is_not_refused_is_read_back_at_its_place(
    pair: tuple[Path, Path], new: list[str], number: int
) -> None:
    article = with_bare_units(parse(pair[0].read_bytes(), pair[0].name), pair[1].read_bytes())
    targets = [u.target for u in article.units]
    chosen = [n for n, u in enumerate(article.units) if u.is_bare][number % 3 :: 3]
    for index, target in zip(chosen, new, strict=False):
        if refusal(article, article.units[index], target) is None:
            targets[index] = target
    data = article.render(targets=targets)
    verify(article, data, targets)
    again = with_bare_units(parse(data, article.path), pair[1].read_bytes())
    changed = dict(zip((u.source for u in article.units), targets, strict=True))
    for u in again.units:
        if u.is_bare and u.kind is not Kind.FRONT_MATTER:
            assert u.target == changed[u.source]


def test_the_time_to_review_a_list_of_the_front_matter_grows_with_its_length() -> None:
    """Four times the keywords take less than eight times the CPU time, not sixteen times."""

    def reviewed(count: int) -> float:
        head = "---\ntitle: T\nkeywords:\n" + "".join(f"- {{}} {i}\n" for i in range(count)) + "---\n\n"
        english = head.replace("{}", "word").encode()
        article = with_bare_units(parse(head.replace("{}", "ord").encode(), "a.md"), english)
        assert len(article.units) == count + 1
        return seconds(lambda: [refusal(article, unit, f"{unit.target} ny") for unit in article.units])

    assert reviewed(1_000) < 8 * max(0.02, reviewed(250))
