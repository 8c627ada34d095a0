"""Text that is translated without annotation: which units it becomes, and that nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n import Article, L10nError, parse, refusal, verify
from l10n.article.frontmatter import body_start
from l10n.article.yaml_values import translated_scalars
from l10n.catalogue.pairs import pairs_of
from l10n.english.bare_units import with_bare_units
from tests.helpers.articles import unit
from tests.helpers.translated import PAIRS

KEYS = "ms.translationtype: MT\nms.contentlocale: nb-NO\n"


def completed(annotated: str, english: str | None) -> Article:
    article = parse(annotated.encode(), "a.md")
    return with_bare_units(article, None if english is None else english.encode())


def bare(article: Article) -> list[tuple[str, str, str, str]]:
    return [(u.kind.value, u.id, u.source, u.target) for u in article.units if u.is_bare]


def edited(article: Article, **edits: str) -> str:
    """The article with the targets of bare units replaced, by their source with _ for spaces."""
    targets = [
        edits.get(u.source.replace(" ", "_"), u.target) if u.is_bare else u.target for u in article.units
    ]
    for u, target in zip(article.units, targets, strict=True):
        assert refusal(article, u, target) is None
    data = article.render(targets=targets)
    verify(article, data, targets)
    return data.decode()


ANNOTATED = f"""---
title: Tittel
description: 'Beskrivelsen: kort'
ms.topic: article
keywords: >-
  ett, to,
  tre
{KEYS}---
# <a name="a-heading"></a>{unit("En overskrift", "A heading", 104)}

![Et bilde](media/a.png) og `[kode](x)`

{unit("Avsnitt.", "Paragraph.", 106)} ![{unit("Annotert", "Annotated", 107)}](b.png)

:::image type="content" source="c.png" alt-text="Et skjermbilde":::

> [!div class="op_single_selector" title1="Plattform"]
> - [Maskiner med Windows](w.md)
> - [Linux](l.md)

[Søket]: https://search.example/
"""
ENGLISH = """---
title: "Title"
description: The description
ms.topic: article
keywords: one, two, three
---

# A heading

![An image](media/a.png) og `[kode](x)`

Paragraph. ![Annotated](b.png)

:::image type="content" source="c.png" alt-text="A screenshot":::

> [!div class="op_single_selector" title1="Platform"]
> - [Windows
>   machines](w.md)
> - [Linux](l.md)

[Search]: https://search.example/
"""


def test_every_translated_string_becomes_a_unit_with_its_own_kind_and_number() -> None:
    article = completed(ANNOTATED, ENGLISH)
    assert bare(article) == [
        ("front matter", "1a2b3-101", "Title", "Tittel"),
        ("front matter", "1a2b3-102", "The description", "Beskrivelsen: kort"),
        ("front matter", "1a2b3-103", "one, two, three", "ett, to, tre"),
        ("image text", "1a2b3-105", "An image", "Et bilde"),
        ("image text", "1a2b3-108", "A screenshot", "Et skjermbilde"),
        ("attribute", "1a2b3-109", "Platform", "Plattform"),
        ("link text", "1a2b3-110", "Windows machines", "Maskiner med Windows"),
        ("label", "1a2b3-111", "Search", "Søket"),
    ]
    assert article.unsourced == 0
    assert article.render() == ANNOTATED.encode()
    assert article.render("source") == ENGLISH.encode()
    assert [u.line for u in article.units if u.is_bare] == [2, 3, 5, 13, 17, 19, 20, 23]


def test_a_record_tells_the_heading_above_and_of_an_image_its_file() -> None:
    records = pairs_of(completed(ANNOTATED, ENGLISH), "a.md").records
    assert [(record.source, record.under) for record in records] == [
        ("Title", ""),
        ("The description", ""),
        ("one, two, three", ""),
        ("A heading", ""),
        ("An image", "a.png"),
        ("Paragraph.", "A heading"),
        ("Annotated", "b.png"),
        ("A screenshot", "c.png"),
        ("Platform", "A heading"),
        ("Windows machines", "A heading"),
        ("Search", "A heading"),
    ]


def test_one_edit_changes_only_its_own_bytes() -> None:
    article = completed(ANNOTATED, ENGLISH)
    assert edited(article, An_image="Bildet") == ANNOTATED.replace("![Et bilde]", "![Bildet]")
    assert edited(article, A_screenshot="Skjerm [1]") == ANNOTATED.replace("Et skjermbilde", "Skjerm [1]")
    assert edited(article, Search="Finn") == ANNOTATED.replace("[Søket]", "[Finn]")
    assert edited(article, Title="Ny: tittel") == ANNOTATED.replace("title: Tittel", "title: 'Ny: tittel'")
    assert edited(article, Title="Ny tittel") == ANNOTATED.replace("title: Tittel", "title: Ny tittel")
    assert edited(article, The_description="Det er 'kort'") == ANNOTATED.replace(
        "'Beskrivelsen: kort'", "'Det er ''kort'''"
    )
    assert edited(article, **{"one,_two,_three": "én, to"}) == ANNOTATED.replace(
        "  ett, to,\n  tre\n", "  én, to\n"
    )


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("An image", "a ] b", "end too early"),
        ("An image", "a [ b", "end too early"),
        ("An image", "ab\\", "backslash at its end"),
        ("An image", "a\nb", "a line break cannot stand in an image text"),
        ("A screenshot", 'a " b', 'a " would end it'),
        ("Platform", 'a " b', 'a " would end it'),
        ("Title", "a\nb", "a line break cannot stand in the front matter"),
        ("Title", '<span data-ttu-id="x">', "annotation markup"),
        ("Search", "]: x", "end too early"),
    ],
)
def test_what_would_break_its_place_is_refused(source: str, target: str, reason: str) -> None:
    article = completed(ANNOTATED, ENGLISH)
    (one,) = [u for u in article.units if u.source == source]
    assert reason in str(refusal(article, one, target))


def test_an_image_text_in_a_table_holds_no_bare_bar() -> None:
    article = completed(f"| ![Ett](a.png) | {unit('b', 'c')} |\n", "| ![One](a.png) | c |\n")
    (one,) = [u for u in article.units if u.is_bare]
    assert "begins another cell" in str(refusal(article, one, "a | b"))
    assert refusal(article, one, "a \\| b") is None


def test_without_english_a_title_that_is_the_heading_takes_its_source_and_the_rest_is_counted() -> None:
    text = ANNOTATED.replace("title: Tittel", "title: En overskrift")
    article = completed(text, None)
    assert bare(article) == [("front matter", "1a2b3-101", "A heading", "En overskrift")]
    assert article.unsourced == 4  # description, keywords, two image texts
    assert bare(completed(ANNOTATED, None)) == []
    later = completed(
        "---\ndescription: a\n" + text.removeprefix("---\n").replace("description: '", "x: '"), None
    )
    assert bare(later) == [("front matter", "1a2b3-102", "A heading", "En overskrift")]
    assert article.render("source").decode() == (
        text.replace("title: En overskrift", "title: A heading")
        .replace(KEYS + "---\n", "---\n\n")
        .replace('<a name="a-heading"></a>', "")
        .replace(unit("En overskrift", "A heading", 104), "A heading")
        .replace(unit("Avsnitt.", "Paragraph.", 106), "Paragraph.")
        .replace(unit("Annotert", "Annotated", 107), "Annotated")
    )


def test_a_difference_that_is_no_translation_is_left_alone_and_counted() -> None:
    annotated = f"![Ett](a.png)\n\n{unit('b', 'c')}\n\nnoe annet\n\n{unit('d', 'eeeeeeee')}\n\n![To](b.png)\n"
    article = completed(annotated, "![One](a.png)\n\nc\n\nsomething\n\neeeeeeee\n\n![Two](b.png)\n")
    assert [u[2] for u in bare(article)] == ["One", "Two"]
    assert article.unsourced == 1


def test_where_the_way_is_lost_it_is_counted_once_and_found_again() -> None:
    wrong = "\n\n".join(unit(f"mål {n}", f"source {n}", n) for n in range(200, 210))
    right = "\n\n".join(f"other {n}" for n in range(200, 210))
    article = completed(
        f"![Ett](a.png)\n\n{wrong}\n\n{unit('b', 'The end of it.', 300)} ![To](b.png)\n",
        f"![One](a.png)\n\n{right}\n\nThe end of it. ![Two](b.png)\n",
    )
    assert [u[2] for u in bare(article)] == ["One", "Two"]
    assert article.unsourced == 1


def test_an_image_text_is_only_what_has_the_same_text_around_it() -> None:
    article = completed(f"{unit('b', 'c')} ![Ett](a.png)\n", "c ![One](other.png)\n")
    assert bare(article) == []


def test_damaged_quotes_in_translated_text_are_mended_in_the_localized_form() -> None:
    damaged = unit("Ja", "Yes").replace('">Ja', "&quot;>Ja").replace('">Yes', "&quot;>Yes")
    damaged = damaged.replace('class="sxs-lookup"', "class=&quot;sxs-lookup&quot;")
    damaged = damaged.replace('data-stu-id="', "data-stu-id=&quot;")
    text = f'{damaged} ![Et &quot;bilde&quot;](a.png)\n\n"{unit("b", "c", 104)}\n'
    article = completed(text, 'Yes ![An "image"](a.png)\n\n"c\n')
    assert bare(article) == [("image text", "1a2b3-103", 'An "image"', "Et &quot;bilde&quot;")]
    assert article.render("localized").decode() == 'Ja ![Et "bilde"](a.png)\n\n"b\n'


def test_an_article_of_nothing_but_translated_text_has_ids_too() -> None:
    article = completed("![Et](a.png)\n", "![One](a.png)\n")
    assert bare(article) == [("image text", "00000-101", "One", "Et")]


@pytest.mark.parametrize(
    ("target", "source", "english", "localized"),
    [
        (r"a \* b", r"c \* d", "c * d", "a * b"),
        (r"a \* b", r"c \* d", r"c \* d", r"a \* b"),
        (r"a \* b \* c", r"d \* e \* f", r"d * e \* f", r"a * b \* c"),
        (r"a \* b", "c d", "c d", "a * b"),
        (r"[\`a](b)", r"[\`c](b)", "[`c](b)", "[`a](b)"),
        (r"a\] b", r"c\] d", "c] d", "a] b"),
        (r"a \\ b \_ c", r"d \\ e \_ f", r"d \\ e \_ f", r"a \\ b \_ c"),
        ("a\\\nb", "c\\\nd", "c\nd", "a\nb"),
        (r"a\ b", r"c\ d", "c\\\nd", r"a\ b"),
        (r"a\ b", r"c\ d", "c d", "a b"),
        (r"a\ b", r"c\ d", "c\\\nd", r"a\ b"),
        (r"a\ b", r"c\ d", "c d", "a b"),
        (r"a\_b", "cd", "cd", r"a\_b"),
    ],
)
def test_backslashes_that_the_author_did_not_write_go_from_the_localized_form(
    target: str, source: str, english: str, localized: str
) -> None:
    annotated = f"{unit('x', 'y', 101)}\n\n{unit(target, source)}\n"
    article = completed(annotated, f"y\n\n{english}\n")
    assert article.render("localized").decode() == f"x\n\n{localized}\n"
    assert article.render().decode() == annotated


def test_a_backslash_that_the_reviewer_wrote_stays() -> None:
    article = completed(f"{unit('a', 'b')}\n", "b\n")
    assert article.render("localized", [r"a \*"]).decode() == "a \\*\n"
    article = completed(unit(r"a \*", r"b \*") + "\n", "b *\n")
    assert article.render("localized", [r"new \*"]).decode() == "new *\n"
    assert article.render("localized", [r"\*new\*"]).decode() == "\\*new\\*\n"


def test_without_english_only_a_backslash_that_the_source_does_not_have_goes() -> None:
    article = completed(unit(r"a \* b", r"c \* d", 101) + "\n\n" + unit(r"\*e", "f") + "\n", None)
    assert article.render("localized").decode() == "a \\* b\n\n*e\n"


@pytest.mark.parametrize(
    "head",
    [
        "title: &a x\n",
        "title: *a\n",
        "title: !!str x\n",
        "title: [a, b]\n",
        "title: {a: b}\n",
        "title:\n",
        "title: ''\n",
        "{title: x}\n",
        "- title: x\n",
        "meta:\n  title: x\n",
        "title: x\ntitle: y\n",
        "a: *b\ntitle: 'x\n",
        "? title\n? title: x\n",
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n'title': *c\n",
    ],
)
def test_odd_front_matter_gives_no_unit(head: str) -> None:
    text = f"---\n{head}---\nbody\n"
    assert translated_scalars(text, body_start(text)) == []


YAML = """### YamlMime:FAQ
metadata:
  title: Spørsmål
  description: 'Svar: alle'
  ms.topic: faq
  ms.openlocfilehash: x
  ms.contentlocale: nb-NO
items:
- displayName: "Konto"
  name: "{unit}"
  order: 1
- {{displayName: Flyt}}
- ""
"""
ENGLISH_YAML = """### YamlMime:FAQ
metadata:
  title: "Questions"
  description: >-
    Answers:
    all
  ms.topic: faq
items:
  - displayName: Account
    name: Name
    order: 1
  - {{displayName: Flow}}
  -
"""


def test_values_of_a_yaml_file_are_units_too() -> None:
    text = YAML.format(unit=unit("Navn", "Name", 104).replace('"', '\\"'))
    article = with_bare_units(parse(text.encode(), "a.yml"), ENGLISH_YAML.encode())
    assert bare(article) == [
        ("front matter", "1a2b3-101", "Questions", "Spørsmål"),
        ("front matter", "1a2b3-102", "Answers: all", "Svar: alle"),
        ("attribute", "1a2b3-103", "Account", "Konto"),
    ]
    assert article.unsourced == 0
    assert article.render() == text.encode()
    assert edited(article, Account="«Ny»", Questions="Hva: nå") == text.replace('"Konto"', '"«Ny»"').replace(
        "title: Spørsmål", "title: 'Hva: nå'"
    )
    assert with_bare_units(parse(text.encode(), "a.yml")).unsourced == 2


@pytest.mark.parametrize("english", ["", "{", "- a\n", "a: b\n", "metadata:\n  title: [x]\n", "\0"])
def test_a_yaml_file_beside_something_else_has_no_units_of_it(english: str) -> None:
    text = YAML.format(unit="x")
    article = with_bare_units(parse(text.encode(), "a.yml"), english.encode())
    assert bare(article) == []
    assert article.unsourced == 6


def test_a_list_of_keywords_is_a_unit_for_each() -> None:
    article = completed(
        f"---\nkeywords:\n- en\n- 'to'\n{KEYS}---\nx\n", "---\nkeywords: \n  - one\n  - two\n---\nx\n"
    )
    assert [u[2:] for u in bare(article)] == [("one", "en"), ("two", "to")]


@pytest.mark.parametrize(("path", "original"), PAIRS, ids=lambda path: path.name)
def test_the_sample_articles_have_nothing_left_without_a_source(path: Path, original: Path) -> None:
    article = with_bare_units(parse(path.read_bytes(), path.name), original.read_bytes())
    assert article.unsourced == 0
    assert article.render() == path.read_bytes()
    assert article.render("source") == original.read_bytes()


def test_verify_reads_text_without_annotation_again() -> None:
    article = completed(ANNOTATED, ENGLISH)
    targets = [u.target for u in article.units]
    with pytest.raises(L10nError):
        verify(article, article.render(targets=targets).replace(b"Et bilde", b"Et bildx"), targets)
    with pytest.raises(L10nError):
        verify(article, article.render(targets=targets).replace(b"title: Tittel", b"title: Titler"), targets)
