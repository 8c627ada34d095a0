"""Inline Markdown taken apart: the kinds of spans, their order, and the views made of them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.markdown import BLANK, SpanKind, blanked, placeholders, prose, spans, without_addresses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text, [brackets] (and) more", []),
        ("run `dotnet build` or ``a`b``", [(SpanKind.CODE, "dotnet build"), (SpanKind.CODE, "a`b")]),
        (r"\`not code\`", [(SpanKind.ESCAPE, r"\`"), (SpanKind.ESCAPE, r"\`")]),
        ("half ` of it", [(SpanKind.BACKTICKS, "`")]),
        ("[a](b.md 'title') ![c](<d e>)", [(SpanKind.DESTINATION, "b.md"), (SpanKind.DESTINATION, "d e")]),
        ("[a](b c)", []),
        ("(see https://a.example/b(c).)", [(SpanKind.URL, "https://a.example/b(c)")]),
        ("<https://a.example>", [(SpanKind.AUTOLINK, "<https://a.example>")]),
        ("<xref:A.B>", [(SpanKind.AUTOLINK, "<xref:A.B>")]),
        (
            "<br/> <name> <имя>",
            [(SpanKind.TAG, "<br/>"), (SpanKind.TAG, "<name>"), (SpanKind.PLACEHOLDER, "<имя>")],
        ),
        ('<img src="a"\nalt="b">', [(SpanKind.TAG, '<img src="a"\nalt="b">')]),
        ("x <y\n> z", []),
        ("<!-- a > b --> <!-- c", [(SpanKind.COMMENT, "<!-- a > b -->")]),
        ("a&nbsp;b", [(SpanKind.ENTITY, "&nbsp;")]),
        (r"\***a**", [(SpanKind.ESCAPE, r"\*"), (SpanKind.EMPHASIS, "**"), (SpanKind.EMPHASIS, "**")]),
        ("`<a>` `[b](c)`", [(SpanKind.CODE, "<a>"), (SpanKind.CODE, "[b](c)")]),
    ],
)  # fmt: skip
def test_a_text_has_these_spans(text: str, expected: list[tuple[SpanKind, str]]) -> None:
    assert [(span.kind, text[slice(*span.inner)]) for span in spans(text)] == expected


@pytest.mark.parametrize(("text", "opening"), [("[a](b)", 0), ("x ![a](b)", 2), ("a](b)", -1)])
def test_a_destination_has_the_bracket_that_opens_its_link(text: str, opening: int) -> None:
    assert [span.opening for span in spans(text)] == [opening]


@given(st.text(st.sampled_from("`[](){}<>:/a @.!\n\\*_&;%-="), max_size=60))
def test_spans_are_in_order_and_disjoint_and_the_views_as_long_as_the_text(text: str) -> None:
    found = spans(text)
    assert all(span.start <= span.inner[0] <= span.inner[1] <= span.end for span in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert len(prose(text, found)) == len(without_addresses(text, found)) == len(text)
    assert prose(text, found) == "".join(
        new if new == BLANK else old for old, new in zip(text, prose(text, found), strict=True)
    )


def test_placeholders_are_found_in_prose_only() -> None:
    text = r"<a> \<b c> {d} {{e}} %s 5 %d% `{f}` [g](h{i}) <https://{j}>"
    assert [text[start:end] for start, end in placeholders(text, spans(text))] == [
        "<a>", r"\<b c>", "{d}", "{{e}}", "%s",
    ]  # fmt: skip


def test_blanks_replace_each_character() -> None:
    assert blanked("abcdef", [(1, 3), (5, 6)], "-") == "a--de-"


@pytest.mark.parametrize(
    "part", ["`", "`` ` ", "](", "](a(", "<a", "<a b=", "<a \n", "[a", "<!--", "http://", "&a"]
)
def test_half_a_million_characters_are_read_in_linear_time(part: str) -> None:
    """In quadratic time this would not end."""
    text = part * (500_000 // len(part))
    assert len(prose(text, spans(text))) == len(text)
