"""Law 1: a translation changes what is read inside of its unit, and nothing around it.

Proved by an independent reader of CommonMark over articles that nobody thought of.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import Article, parse, refusal
from tests.helpers.articles import unit
from tests.helpers.outside import INSIDE, PARTS, is_undisturbed

BLOCKS = [
    "{}",
    "{} {} b.",
    "Zz {}",
    "- {}\n- {}",
    "-   {}\n    - {}\n\n      {}",
    "1. {}\n2. {}\n\n   {}",
    "> {}\n> {}",
    "> [!NOTE]\n> {}",
    '## <a name="zz"></a>{}',
    "## {} ##",
    "{}\n---",
    "[{}](guide.md) zz {}",
    "Zz [{}](guide.md 'zz') {} ![{}](zz.png \"zz\")",
    "**{}** zz {} **zz**",
    "zz*{}*zz **{}**zz",
    "_{}_ __{}__ ~~{}~~",
    "Zz `{}` `` {} `` zz `zz`",
    'Zz <a title="{}" href="zz">{}</a> zz "{}"',
    "| zz | {} |\n|---|---|\n| {} | **{}** |\n|{}|{}|",
    "{}\n{}\nzz *zz* [zz](zz)",
    "<div>\n{}\n</div>",
    "<p>{}</p>",
    "zz{}zz",
    "Zz ({}) [zz {}] <https://zz.zz>{}",
    "Zz **zz {}\nzz {}** `zz` {}",
    "- [{}](zz)\n\n      zz {}",
]
nasty = st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map(lambda parts: "".join((*parts, INSIDE)))
nasty = st.one_of(nasty, nasty.map(lambda text: text[::-1]))


def article_of(blocks: list[str]) -> Article:
    text = "\n\n".join(block.replace("{}", unit("Vi flyttet", "We moved")) for block in blocks)
    return parse(f"{text}\n\nZz\n".encode())


@pytest.mark.slow
@settings(max_examples=1_000)
@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=3), st.integers(0, 50), nasty)
def test_a_translation_changes_what_is_read_inside_its_unit_and_nothing_around_it(
    blocks: list[str], number: int, target: str
) -> None:
    article = article_of(blocks)
    number %= len(article.units)
    if refusal(article, article.units[number], target) is None:
        assert is_undisturbed(article, number, target), article.render("localized").decode()


@pytest.mark.parametrize("block", [block for block in BLOCKS if "zz*{}*zz" not in block])
def test_plain_text_is_taken_anywhere(block: str) -> None:
    article = article_of([block])
    for found in article.units:
        for target in ("Den 21. juli - flyttet (vi).", "\u00abJa\u00bb: 3 > 2 & 5 * 3", "A-B_C, 10\u00a0%"):
            assert refusal(article, found, target) is None
