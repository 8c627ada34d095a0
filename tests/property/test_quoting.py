"""How a text is written at its place, against PyYAML's own reading."""

from __future__ import annotations

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from l10n.article.quoting import Quoting, damaged_regions, decode, encode

texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(texts)
@example('\\n "x" \t\u2028\x85\xa0\ufeff\0')
def test_a_text_escaped_for_yaml_is_read_back_by_us_and_by_yaml(text: str) -> None:
    raw = encode(text, Quoting.ESCAPED)
    assert decode(raw, Quoting.ESCAPED) == text
    assert yaml.safe_load(f'"{raw}"') == text


@given(
    st.lists(
        st.sampled_from(["a", " ", "\n", "\r\n", "\n\n", '\\"', "\\\\", "\\n", "\\\n ", "\\u00e5", "\t"])
    )
)
def test_escaped_text_is_read_as_yaml_reads_it(parts: list[str]) -> None:
    raw = "x" + "".join(parts) + "x"
    assert decode(raw, Quoting.ESCAPED) == yaml.safe_load(f'"{raw}"')


def test_an_escape_that_yaml_does_not_know_stays() -> None:
    assert decode(r"\q \xZZ \ud800", Quoting.ESCAPED) == r"\q \xZZ \ud800"


@given(texts.filter(lambda text: "&quot;" not in text))
def test_damaged_quotes_are_read_back(text: str) -> None:
    assert decode(encode(text, Quoting.DAMAGED), Quoting.DAMAGED) == text
    assert '"' not in encode(text, Quoting.DAMAGED)


@given(texts)
def test_intact_text_is_itself(text: str) -> None:
    assert encode(text, Quoting.INTACT) == text == decode(text, Quoting.INTACT)


def test_a_region_ends_with_its_intact_quote() -> None:
    text = '<span data-ttu-id="a&quot;>x &quot;y" z'
    (region,) = damaged_regions(text)
    assert text[region.start : region.end] == '&quot;>x &quot;y"'


def test_an_entity_in_an_attribute_of_the_author_is_no_damage() -> None:
    assert damaged_regions('<b title="say &quot;hi&quot;">x</b> <a name="a">') == []
