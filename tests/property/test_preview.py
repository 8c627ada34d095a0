"""The pages of any text: nothing but known elements, no unit lost, no time that explodes."""

from __future__ import annotations

import re
from functools import partial
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.pages.blocks import BlockMaker
from l10n.pages.marks import MARK, Marker, clean, marked
from l10n.pages.publisher_markdown import publisher_markdown
from l10n.pages.sanitizing import Sanitizer
from tests.helpers.growth import CONSTRUCTS, MOST, repeated, seconds

MAKER = BlockMaker(publisher_markdown(), Sanitizer())
PIECES = [piece.format(i=1) for piece in CONSTRUCTS.values()]
PIECES += [
    "<script>",
    "</script>",
    "<p onclick='x'>",
    "<img src=x onerror=y>",
    "<svg>",
    "<style>",
    "</span>",
    "\n\n",
]
PIECES += [
    "> ",
    "    ",
    "<!--",
    "-->",
    "<table>",
    "<tr><td>",
    "<a href='javascript:x'>",
    ":::",
    "\ufdd01\ufdd1",
]
TAG = re.compile(r"<[^>]*>")
OWN = re.compile(
    r'</?[a-z][a-z0-9]*(?: (?:class|title|colspan|rowspan|start|alt)="[^"]*")*>'
    r'|<img alt="" loading="lazy" src="image.png">'
)


def page(text: str) -> tuple[str, Marker]:
    marker = Marker(lambda number, first: '<span class="unit">', lambda address: "image.png")
    return "".join(block.html for block in MAKER.blocks(text, marker, is_yaml=False)), marker


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=12))
def test_a_page_has_known_elements_only(pieces: list[str]) -> None:
    html, _ = page("".join(marked(n, clean(p)) if n % 3 else clean(p) for n, p in enumerate(pieces)))
    assert MARK.search(html) is None
    for tag in TAG.findall(html):
        assert OWN.fullmatch(tag), tag
    assert not re.search(r"<(script|style|svg|iframe|form|input)\b", html)


@given(
    st.lists(st.from_regex(r"[A-Za-z0-9 .,()'*_]{0,20}[A-Za-z0-9]", fullmatch=True), min_size=1, max_size=8)
)
def test_every_unit_of_plain_sentences_is_an_element(texts: list[str]) -> None:
    html, marker = page("Before " + " ".join(marked(n, text) for n, text in enumerate(texts)) + " after\n")
    assert marker.seen == set(range(len(texts)))
    bare, _ = page("Before " + " ".join(texts) + " after\n")
    assert unescape(TAG.sub("", html)) == unescape(TAG.sub("", bare))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(CONSTRUCTS))
def test_no_construct_makes_the_time_explode(name: str) -> None:
    def work(count: int) -> None:
        pieces = list(map(clean, repeated(CONSTRUCTS[name], count)))
        page("".join(pieces))
        page("".join(marked(number, piece) for number, piece in enumerate(pieces)))

    for _ in range(4):
        small, large = (seconds(partial(work, count)) for count in (400, 1_600))
        if large <= MOST**2 * max(small, 0.05):
            return
    raise AssertionError((name, small, large))
