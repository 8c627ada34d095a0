"""The preview: sections of an article, the files that it includes, its images, and outdated PO files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from l10n import extract, po
from l10n.commands.preview import preview
from l10n.files import Root
from l10n.pages.linked_files import Included, IncludedTexts, LinkedFiles, resolved
from tests.helpers.articles import article, unit
from tests.helpers.files import Write
from tests.helpers.plain import ENGLISH, plain

PO = Path("locales/nb_NO.po")
PAGE = Path("preview/articles/a.html")
PNG = b"\x89PNG\r\n\x1a\n"


def page_of(write: Write, text: str) -> str:
    """Return the page of `articles/a.md`, an article with `text`."""
    write("articles/a.md", article() + text)
    extract([Path("articles")])
    assert preview([PO]).problems == []
    return PAGE.read_text()


def outline(page: str) -> str:
    """Return the sections of a page, and the sources in them."""
    main = page.split("<main>")[1].split("</main>", maxsplit=1)[0]
    found = re.findall(
        r'<section class="part" aria-label="([^"]*)">|(</section>)|id="s\d+"[^>]*>([^<]*)', main
    )
    return " ".join(f"({name}" if name else ")" if end else source for name, end, source in found)


UNITS = [unit(f"M{number}", f"S{number}", 102 + number) for number in range(4)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f':::zone pivot="a"\n\n{UNITS[0]}\n\n:::zone-end\n\n{UNITS[1]}',
            "(zone pivot=&quot;a&quot; S0 ) S1",
        ),
        (f'::: moniker range="x"\n{UNITS[0]}\n::: moniker-end\n', "(moniker range=&quot;x&quot; S0 )"),
        (
            f":::row:::\n   :::column:::\n      {UNITS[0]}\n   :::column-end:::\n   :::column:::\n"
            f"      - {UNITS[1]}\n   :::column-end:::\n\n{UNITS[2]}\n\n:::row-end:::\n",
            "(row (column S0 ) (column S1 ) S2 )",
        ),
        (
            f"# [{UNITS[0]}](#tab/one)\n\n{UNITS[1]}\n\n# [{UNITS[2]}](#tab/two)\n\n---\n\n{UNITS[3]}",
            "(tab one S0 S1 ) (tab two S2 ) S3",
        ),
        (f"{UNITS[0]}\n\n---\n\n{UNITS[1]}", "S0 S1"),
        (f":::zone-end\n\n{UNITS[0]}\n\n:::row:::\n\n{UNITS[1]}", "S0 (row S1 )"),
        (
            f':::zone pivot="a"\n\n:::row:::\n\n{UNITS[0]}\n\n:::zone-end\n\n{UNITS[1]}',
            "(zone pivot=&quot;a&quot; (row S0 ) ) S1",
        ),
    ],
)
def test_parts_of_an_article_are_sections_of_its_page(
    here: Path, write: Write, text: str, expected: str
) -> None:
    assert outline(page_of(write, text)) == expected


def test_sections_are_never_deep(here: Path, write: Write) -> None:
    found = outline(page_of(write, ':::zone pivot="a"\n\n' * 500 + UNITS[0]))
    assert found.count("(zone") == found.count(" )") == 20


def test_text_in_a_column_is_no_code(here: Path, write: Write) -> None:
    column = f"   :::column:::\n      {UNITS[0]}\n\n          code\n   :::column-end:::\n"
    page = page_of(write, f":::row:::\n{column}:::row-end:::\n\n      outside\n")
    assert "<p><span" in page.split("(column")[0]
    assert re.findall(r"<pre><code>(.*)", page) == ["   code"] * 2 + ["  outside"] * 2


@pytest.fixture
def including(here: Path, write: Write) -> None:
    """An article with two included files, of which the first one includes the second."""
    write("articles/x/one.md", article(("En", "One")) + "\n[!INCLUDE [two](../y/two.md)]\n![p](p.png)\n")
    write("articles/y/two.md", article(("To", "Two"), kind="HT"))
    write("articles/x/p.png", "")
    write(
        "articles/a.md",
        article(("Hei", "Hello"))
        + "\n[!INCLUDE [one](x/one.md)]\n\nBefore [!include[two](~/y/two.md)] after\n",
    )
    extract([Path("articles")])


def test_included_files_are_shown_as_merge_would_write_them(including: None) -> None:
    catalogue = po.read(PO.read_bytes(), "nb_NO.po")
    one = next(message for message in catalogue.messages if message.source == "One")
    one.translation, one.fuzzy = "Den ene", False
    PO.write_bytes(po.write(catalogue))
    report = preview([PO])
    page = PAGE.read_text()
    sides = re.findall(
        r'<div class="md-include"><p class="md-note">include: one x/one.md</p>(.*?)</div></div>', page, re.S
    )
    assert [("One" in side, "Den ene" in side, "Two" in side, "To<" in side) for side in sides] == [
        (True, False, True, False),
        (False, True, False, True),
    ]
    assert page.count('src="../../articles/x/p.png"') == 2
    assert ('Before <span class="md-include">Two</span> after' in page, report.hidden) == (True, 0)
    links = re.findall(r'pages of their own: <a href="([^"]*)">([^<]*)</a>, <a href="([^"]*)">', page)
    assert links == [("../articles/x/one.html", "articles/x/one.md", "../articles/y/two.html")]
    assert page.count('id="s') == 1  # the units of included files are reviewed on their own pages


def test_a_page_follows_the_files_that_it_shows(including: None, write: Write) -> None:
    preview([PO])
    assert preview([PO]).written == []
    two = Path("articles/y/two.md")
    two.write_text(two.read_text() + "\nmore\n")
    assert "preview/articles/a.html" in preview([PO]).written
    Path("articles/x/p.png").unlink()
    assert preview([PO]).written == ["preview/articles/a.html", "preview/articles/x/one.html"]
    assert preview([PO]).written == []
    write("articles/x/p.png", "")
    assert preview([PO]).written == ["preview/articles/a.html", "preview/articles/x/one.html"]
    PO.write_text(PO.read_text().replace('msgstr "To"', 'msgstr "Begge"'))
    assert "preview/articles/a.html" in preview([PO]).written
    assert "Begge" in PAGE.read_text()


def test_a_plain_included_file_is_shown_in_both_languages(here: Path, write: Write) -> None:
    write("articles/inc.md", plain())
    write("english/inc.md", ENGLISH)
    write("articles/a.md", article(("Hei", "Hello")) + "\n[!INCLUDE [inc](inc.md)]\n")
    extract([Path("articles")], english=Path("english"))
    preview([PO], english=Path("english"))
    source, localized = re.findall(r'<div class="md-include">(.*?)</div></div>', PAGE.read_text(), re.S)
    heading = re.search(r"^# (.*)", ENGLISH, re.M)
    assert heading and heading[1] in source
    assert heading[1] not in localized


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("b.md", "articles/x/b.md"),
        ("./b%20c.md?view=x#y", "articles/x/b c.md"),
        ("..\\y\\b.md", "articles/y/b.md"),
        ("~/b.md", "articles/b.md"),
        ("../b.md", "articles/b.md"),
        ("../../b.md", None),
        ("../../articles2/b.md", None),
        ("../../../b.md", None),
        ("%2e%2e/%2e%2e/%2e%2e/b.md", None),
        ("~/../b.md", None),
        ("/etc/passwd", None),
        ("//evil.example/b.md", None),
        ("\\\\evil.example\\b.md", None),
        ("https://evil.example/b.md", None),
        ("file:b.md", None),
        ("b\0.md", None),
        ("", None),
    ],
)
def test_an_address_names_a_file_of_the_folder(address: str, expected: str | None) -> None:
    assert resolved("articles/", "articles/x/a.md", address) == expected


def test_no_file_outside_of_the_folder_is_shown(here: Path, write: Write) -> None:
    write("outside/secret.md", "secret")
    write("outside/secret.png", "")
    write("articles/b.md", article(("Hei", "Hello")))
    Path("articles/link.md").symlink_to(here / "outside/secret.md")
    Path("articles/link.png").symlink_to(here / "outside/secret.png")
    Path("articles/folder").symlink_to(here / "outside")
    names = ("../outside/secret", "link", "folder/secret", str(here / "outside/secret"))
    write(
        "articles/a.md",
        article(("Ha det", "Bye"))
        + "".join(
            f"\n[!INCLUDE [x]({name}.md)]\n\n![x]({name}.png) <img src='{name}.png'>\n" for name in names
        ),
    )
    extract([Path("articles")])
    preview([PO])
    page = PAGE.read_text()
    assert ("secret<" in page, "<img" in page, 'class="md-include' in page) == (
        False,
        False,
        False,
    )


def test_files_that_include_each_other_end(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Hei", "Hello")) + "\n[!INCLUDE [b](b.md)]\n")
    write("articles/b.md", "[!INCLUDE [a](a.md)]\n\n[!INCLUDE [b](b.md)]\n\ntext\n")
    extract([Path("articles")])
    preview([PO])
    assert PAGE.read_text().count("<p>text</p>") == 2


def test_included_files_never_multiply_beyond_a_limit(here: Path) -> None:
    shown: list[str] = []
    files = LinkedFiles(Root.at(here), "", "a.md", "a.html", included, lambda _: None, is_remote=False)
    for number in range(30):
        (here / f"{number}.md").write_text("")
    texts = IncludedTexts(files, "source")

    def render(text: str) -> str:
        shown.append(text)
        return "".join(texts.show(f"{int(text) + 1}.md", render) or "" for _ in range(3))

    for _ in range(100):
        texts.show("0.md", render)
    assert len(shown) <= 200
    assert max(map(int, shown)) == 7


def included(reference: str) -> Included:
    return Included(reference, "key", reference.removesuffix(".md"), "")


def test_an_outdated_po_file_is_a_state_of_the_unit(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Hei", "Hello"), ("Ha det", "Bye"), ("Ny", "New")))
    extract([Path("articles")])
    text = PO.read_text().replace("#: articles/a.md:7\n", "#: articles/gone.md:7\n")
    blocks = text.split("\n\n")
    blocks = [
        re.sub("^", "#~ ", re.sub(r"(?m)^#.*\n", "", one), flags=re.M) if '"Bye"' in one else one
        for one in blocks
    ]
    PO.write_text("\n\n".join(one for one in blocks if '"New"' not in one) + "\n")
    preview([PO])
    states = re.findall(r'aria-label="unit \d+: ([^",]*)', PAGE.read_text())
    assert states == ["obsolete reference", "obsolete reference", "not in the PO file"]
    assert "run l10n extract with this delivery" in PAGE.read_text()


def test_a_unit_without_a_message_follows_the_obsolete_ones(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Hei", "Hello"), ("Ha det", "Bye")))
    extract([Path("articles")])
    whole = PO.read_text()
    PO.write_text(whole[: whole.index("#. paragraph · 1a2b3-103")])
    preview([PO])
    assert 'aria-label="unit 2: not in the PO file"' in PAGE.read_text()
    PO.write_text(PO.read_text().rstrip() + '\n\n#~ msgid "Bye"\n#~ msgstr "Ha det"\n')
    assert "preview/articles/a.html" in preview([PO]).written
    assert 'aria-label="unit 2: obsolete reference"' in PAGE.read_text()
