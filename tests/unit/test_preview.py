"""The preview: marks, blocks, rows, names, and what a page says of a unit."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from l10n import extract, po
from l10n.article import parse
from l10n.commands.preview import Previewer, PreviewReport, preview
from l10n.files import Root
from l10n.pages import index, search, state_file
from l10n.pages.blocks import BlockMaker, PageBlock, paired
from l10n.pages.marks import Marker, clean, faulty, marked, unmarked
from l10n.pages.page_job import Listed
from l10n.pages.publisher_markdown import publisher_markdown
from l10n.pages.sanitizing import Sanitizer
from l10n.pages.serving import follow
from l10n.pages.site import names_of
from tests.helpers.articles import article
from tests.helpers.deliveries import save_as_editors_do
from tests.helpers.files import Write
from tests.helpers.plain import ENGLISH, plain

PO = Path("locales/nb_NO.po")


def blocks(text: str, *, is_yaml: bool = False) -> list[PageBlock]:
    maker = BlockMaker(publisher_markdown(), Sanitizer())
    return maker.blocks(text, Marker(lambda number, first: f"<u{number}>"), is_yaml=is_yaml)


def html(text: str) -> str:
    return "".join(block.html for block in blocks(text)).replace("</span>", "</u>").strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"a {marked(0, 'b')} c", "<p>a <u0>b</u> c</p>"),
        (marked(0, "a **b** c"), "<p><u0>a <strong>b</strong> c</u></p>"),
        (f"**{marked(0, 'a')}**", "<p><strong><u0>a</u></strong></p>"),
        (f"x**{marked(0, '(a)')}**x", "<p>x**<u0>(a)</u>**x</p>"),  # as without the marks
        (marked(0, "_a_ b"), "<p><u0><em>a</em> b</u></p>"),
        (f"**{marked(0, 'a** b')}", "<p><strong><u0>a</u></strong><u0> b</u></p>"),
        (f"[{marked(0, 'a')}](b.md)", '<p><a title="b.md"><u0>a</u></a></p>'),
        (f"<xref:System.String> {marked(0, 'a')}", "<p><code>System.String</code> <u0>a</u></p>"),
        (':::no-loc text="Word"::: ' + marked(0, "a"), "<p>Word <u0>a</u></p>"),
        (f"|{marked(0, 'a')}|\n|-|\n|b|", "<table>\n<thead>\n<tr>\n<th><u0>a</u></th>"),
    ],
)
def test_units_are_elements_of_the_page(text: str, expected: str) -> None:
    assert html(text).startswith(expected)


@pytest.mark.parametrize(
    ("text", "spots", "expected"),
    [
        ("Vent 51 minutter.", [(5, 7)], "Vent <mark>51</mark> minutter."),
        ("**51** minutter", [(2, 4)], "<strong><mark>51</mark></strong> minutter"),
        ("a `b c` d", [(3, 4)], "a <code><mark>b</mark> c</code> d"),
        ("a b c", [(0, 1), (4, 5), (0, 5)], "<mark>a</mark> b <mark>c</mark>"),
        ("x <b>y</b>", [(7, 10)], "x <b>y</b>"),
        # Marks would change what these are.
        ("a **b** c", [(2, 7)], "a <strong>b</strong> c"),
        ("a [b](c.md) d", [(6, 10)], 'a <a title="c.md">b</a> d'),
        ("a b", [(0, 0)], "a b"),
    ],
)
def test_the_faulty_part_of_a_unit_is_marked_if_it_is_plain_text(
    text: str, spots: list[tuple[int, int]], expected: str
) -> None:
    assert html(marked(0, faulty(text, spots))) == f"<p><u0>{expected}</u></p>"
    assert unmarked(marked(0, faulty(text, spots))) == text


def test_the_page_marks_the_faulty_part_where_it_shows_the_checked_text(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Vent 51 minutter.", "Wait 15 minutes."), kind="HT"))
    extract([Path("articles")])
    preview([PO], Path("pages"))
    page = Path("pages/articles/a.html").read_text()
    side = page.partition('lang="nb-NO"')[2].partition("</div>")[0]
    assert "Vent <mark>51</mark> minutter." in side
    text = PO.read_text().replace('msgstr "Vent 51 minutter."', 'msgstr "Vent 52 minutter."')
    PO.write_text(text.replace('msgid "Wait', '#, fuzzy\nmsgid "Wait'))
    preview([PO], Path("pages"))
    side = Path("pages/articles/a.html").read_text().partition('lang="nb-NO"')[2].partition("</div>")[0]
    assert "Vent 51 minutter." in side, "the page shows another text than the one with the fault"


def test_a_run_that_a_save_ends_leaves_what_the_next_one_needs(here: Path, write: Write) -> None:
    class SavedError(Exception):
        pass

    def saved(done: int, total: int) -> None:
        raise SavedError

    write("articles/a.md", article(("Vent 51 minutter.", "Wait 15 minutes.")))
    extract([Path("articles")])
    previewer = Previewer([Path("locales")], Path("pages"), None, None, False, None, b"", False)
    previewer.write()
    previewer.prepare()
    shutil.copy(PO, "locales/nb_NO copy.po")  # as an editor leaves one beside while it saves
    with pytest.raises(SavedError):
        previewer.write(progress=saved)
    Path("locales/nb_NO copy.po").unlink()
    PO.write_text(PO.read_text().replace("#, fuzzy\n", "").replace("Vent 51", "Vent 15"))
    previewer.write_open(["articles/a.html"])
    assert "Vent 15 minutter." in Path("pages/articles/a.html").read_text()


def test_texts_of_images_are_visible() -> None:
    found = html(f"![{marked(0, 'A <b>')}](https://x.example/a.png)")
    assert found == '<p><span class="md-image"><u0>A &lt;b&gt;</u></u></p>'
    image = f':::image type="content" source="a.png" alt-text="{marked(0, "A")}":::'
    assert html(image) == '<p><span class="md-image"><u0>A</u></u></p>'


def test_constructs_of_the_publisher_are_notes() -> None:
    assert html(f"> [!NOTE]\n> {marked(0, 'a')}").startswith(
        '<blockquote class="md-alert">\n<p><span class="md-note">note</u><br>'
    )
    assert html(':::zone pivot="a"').startswith('<p class="md-note">zone pivot="a"</p>')
    assert "include: name ../a.md" in html("[!INCLUDE [name](../a.md)]")
    assert "code-csharp: Main a.cs" in html("[!code-csharp[Main](a.cs)]")


def test_a_list_has_a_block_for_each_item_and_keeps_its_numbers() -> None:
    found = [block.html.split("<li>")[0].strip() for block in blocks("3. a\n4. b\n\ntext\n")]
    assert found == ['<ol start="3">', '<ol start="4">', "<p>text</p>"]


def test_lines_of_front_matter_with_units_are_shown_and_all_of_a_yaml_file() -> None:
    text = f"---\ntitle: {marked(0, 'T')}\nms.date: x\n---\nbody\n"
    assert [block.html.strip() for block in blocks(text)] == ["<pre>title: <u0>T</span></pre>", "<p>body</p>"]
    assert len(blocks("a: b\nc: d\n", is_yaml=True)) == 2


def test_no_text_forges_a_mark() -> None:
    assert "\ufdd0" not in clean("\ufdd01\ufdd1a\ufdd2 \0 \udc80")
    assert "&#" not in clean("&#xFDD0; &#x0fdd1; &#64976; &#64977")
    assert clean("&#65; &#x41; a") == "&#65; &#x41; a"


def test_deep_html_is_shown_as_text() -> None:
    assert "&lt;div&gt;" in html("<div>" * 500)
    assert "&lt;" not in html("<b>a</b>" * 500)


@pytest.mark.parametrize(
    ("source", "target", "sizes"),
    [
        ([(0,), (1,)], [(0,), (1,)], [(1, 1), (1, 1)]),
        ([(0,), (), (1,)], [(0,), (1,)], [(2, 1), (1, 1)]),
        ([(0, 1)], [(0,), (1,)], [(1, 2)]),
        ([], [(0,)], [(0, 1)]),
    ],
)
def test_blocks_that_begin_with_the_same_unit_are_in_one_row(
    source: list[tuple[int, ...]], target: list[tuple[int, ...]], sizes: list[tuple[int, int]]
) -> None:
    rows = paired([PageBlock("x", units) for units in source], [PageBlock("x", units) for units in target])
    assert [(len(row.source), len(row.target)) for row in rows] == sizes


def test_pages_have_names_of_their_own() -> None:
    paths = ["mail/rules.md", "mail/rules.yml", "index.md", "Index.MD", "mail/rules.html.md", "list-1.md"]
    names = names_of((path, path, path) for path in paths)
    assert list(names.values()) == [
        "mail/rules.html",
        "mail/rules.yml.html",
        "index.md.html",
        "Index.MD.html.html",
        "mail/rules.html.html",
        "list-1.md.html",
    ]
    assert len({name.lower() for name in names.values()}) == len(paths)


def made(*, reviewed: str = "") -> str:
    """Return the page of the only article after `reviewed` was written as its first translation."""
    extract([Path("articles")])
    if reviewed:
        catalogue = po.read(PO.read_bytes(), "nb_NO.po")
        catalogue.messages[0].translation = reviewed
        catalogue.messages[0].fuzzy = False
        PO.write_bytes(po.write(catalogue))
    report = preview([PO])
    assert report.problems == []
    return Path("preview/articles/a.html").read_text()


def test_a_page_shows_what_merge_would_write(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Vent 51 minutter.", "Wait 15 minutes."), ("Ha det", "Bye")))
    page = made()
    assert 'class="unit review found" id="u0" data-n="0" data-unit="1a2b3-102"' in page
    assert "number 51 should be 15" in page
    page = made(reviewed="Vent 15 minutter.")
    assert 'class="unit reviewed" id="u0"' in page
    assert "Vent 15 minutter.</span>" in page
    assert "<dt>delivered</dt>" in page
    assert "1 of 2 units reviewed (50 %)" in page


def test_an_edited_source_shows_what_changed(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Vent litt.", "Wait a little while, then try again.")))
    made(reviewed="Vent litt, og prøv igjen.")
    write("articles/a.md", article(("Vent lenge.", "Wait a long while, then try again.")))
    page = made()
    assert 'class="unit carried' in page
    assert "Wait a <del>little</del><ins>long</ins> while" in page
    assert "<dt>in the PO file</dt>" in page


def test_a_plain_article_has_a_page_too(here: Path, write: Write) -> None:
    write("articles/a.md", plain())
    write("english/a.md", ENGLISH)
    extract([Path("articles")], english=Path("english"))
    assert [problem.code for problem in preview([PO]).problems] == ["no-source"]
    report = preview([PO], english=Path("english"))
    assert (report.problems, report.hidden, len(report.pages)) == ([], 0, 1)
    page = Path("preview/articles/a.html").read_text()
    units = parse(Path("articles/a.md").read_bytes()).units
    assert units == ()
    assert len(set(re.findall(r'id="s(\d+)"', page))) == report.pages[0].units > 5


def test_only_what_changed_is_written(here: Path, write: Write) -> None:
    for name in "ab":
        write(f"articles/{name}.md", article((f"Hei {name}", f"Hello {name}")))
    extract([Path("articles")])
    assert len(preview([PO]).written) == 5
    assert preview([PO]).written == []
    PO.write_text(PO.read_text().replace('msgstr "Hei a"', 'msgstr "Hallo a"').replace("#, fuzzy\n", ""))
    files = {path: path.read_bytes() for path in sorted(Path("preview").rglob("*.*"))}
    assert "preview/articles/a.html" in preview([PO]).written
    again = {path: path.read_bytes() for path in sorted(Path("preview").rglob("*.*"))}
    assert preview([PO], Path("fresh")).written
    assert (
        files
        != again
        == {
            Path("preview") / path.relative_to("fresh"): path.read_bytes()
            for path in Path("fresh").rglob("*.*")
        }
    )
    Path("preview/articles/b.html").unlink()
    assert preview([PO]).written == ["preview/articles/b.html"]


def english_set(write: Write) -> None:
    """Write a plain article with its English file, one without, and their PO file."""
    write("articles/a.md", plain())
    write("english/a.md", ENGLISH)
    write("articles/b.md", article(("Hei", "Hello")))
    extract([Path("articles")], english=Path("english"))


def test_an_article_with_an_english_file_is_not_made_again_while_nothing_changed(
    here: Path, write: Write
) -> None:
    english_set(write)
    preview([PO], english=Path("english"))
    page = Path("preview/articles/a.html")
    marked_ = page.read_text().replace("<main>", "<main><!-- not made again -->")
    page.write_text(marked_)
    report = preview([PO], english=Path("english"))
    assert (report.written, [page.label for page in report.pages]) == ([], ["articles/a.md", "articles/b.md"])
    assert page.read_text() == marked_
    write("english/a.md", ENGLISH.replace("\n", "\r\n"))  # the same file for the hash, and other bytes
    assert preview([PO], english=Path("english")).written == ["preview/articles/a.html"]
    Path("english/a.md").unlink()
    assert [one.code for one in preview([PO], english=Path("english")).problems] == ["no-source"]


def test_an_english_file_that_came_later_changes_the_page(here: Path, write: Write) -> None:
    english_set(write)
    without = preview([PO])
    assert [page.label for page in without.pages] == ["articles/b.md"]
    assert preview([PO], english=Path("english")).pages[0].label == "articles/a.md"


def test_problems_of_an_unchanged_page_are_reported_again(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Hei", "Hello"), ("Ha det", "Bye")) + '\n<span data-ttu-id="1a2b3-9">x')
    extract([Path("articles")])
    first = preview([PO])
    page = Path("preview/articles/a.html")
    page.write_text(page.read_text().replace("<main>", "<main><!-- not made again -->"))
    again = preview([PO])
    assert [one.code for one in first.problems] == ["unclosed-unit"]
    assert (again.problems, again.written) == (first.problems, [])


def test_another_name_of_the_po_file_changes_the_page(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Hei", "Hello")))
    extract([Path("articles")])
    preview([PO])
    PO.rename("locales/mine.po")
    assert preview([Path("locales/mine.po")]).written == ["preview/articles/a.html"]


def test_lists_and_parts_that_are_no_longer_needed_are_removed(
    here: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "SHOWN", 1)
    monkeypatch.setattr(index, "LISTED", 1)
    monkeypatch.setattr(search, "PART", 1)
    for name in "abc":
        write(f"articles/{name}.md", article((f"Hei {name}", f"Hello {name}")))
    extract([Path("articles")])
    preview([PO])
    lists = sorted(path.name for path in Path("preview").glob("*-*.html"))
    assert lists == ["list-1.html", "list-2.html", "list-3.html", "search-2.html", "search-3.html"]
    Path("articles/c.md").unlink()
    extract([Path("articles")], prune=True)
    assert preview([PO]).removed == [
        *("preview/list-3.html", "preview/search-3.html", "preview/articles/c.html"),
    ]
    monkeypatch.setattr(index, "SHOWN", 9)
    write("preview/list-2.html", "mine")
    assert preview([PO]).removed == ["preview/list-1.html"]
    assert Path("preview/list-2.html").read_text() == "mine"


def test_folders_to_choose_from_are_as_deep_as_they_help(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [Listed("x", f"a/{n % 3}/{n}/x.html", "x", "nb_NO") for n in range(9)]

    def options() -> int:
        return dict(index.index_pages(pages))["index.html"].count(b'<option value="a')

    assert options() == 1 + 3 + 9
    monkeypatch.setattr(index, "OPTIONS", 12)
    assert options() == 1 + 3


def test_an_open_page_is_made_before_all_others(here: Path, write: Write) -> None:
    for name in "ab":
        write(f"articles/{name}.md", article((f"Hei {name}", f"Hello {name}"), ("Ha det", "Bye")))
    extract([Path("articles")])
    previewer = Previewer([PO], Path("preview"), None, None, False, None, b"", False)
    previewer.write()
    before = {path: path.read_bytes() for path in Path("preview").rglob("*.*")}
    text = PO.read_text().replace('msgstr "Ha det"', 'msgstr "Farvel"')
    PO.write_text(text.replace("#, fuzzy\n", ""))
    previewer.write_open(["articles/a.html", "index.html"])
    early = Path("preview/articles/a.html").read_bytes()
    assert b"Farvel" in early
    assert Path("preview/articles/b.html").read_bytes() == before[Path("preview/articles/b.html")]
    assert "preview/articles/b.html" in previewer.write().written
    assert Path("preview/articles/a.html").read_bytes() == early


def test_a_save_ends_the_work_for_an_earlier_one(here: Path, write: Write) -> None:
    write("a", "0")
    stop = Event()
    calls: list[str] = []

    def remake(check: Callable[[], None]) -> None:
        calls.append(Path("a").read_text())
        if len(calls) == 1:
            check()
            save_as_editors_do(Path("a"), b"later")
            check()
            raise AssertionError
        stop.set()

    threading.Timer(0.2, save_as_editors_do, (Path("a"), b"10")).start()
    follow(lambda: [Path("a")], remake, stop)
    assert calls == ["10", "later"]


def test_the_page_of_an_article_that_is_gone_is_removed_and_nothing_else(here: Path, write: Write) -> None:
    for name in "abc":
        write(f"articles/{name}.md", article((f"Hei {name}", f"Hello {name}")))
    extract([Path("articles")])
    preview([PO])
    write("preview/articles/c.html", "mine")
    for name in "bc":
        Path(f"articles/{name}.md").unlink()
    assert preview([PO]).removed == ["preview/articles/b.html"]
    assert Path("preview/articles/c.html").read_text() == "mine"


def test_the_pages_of_other_po_files_stay(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Hei", "Hello")))
    write("articles/b.md", article(("Hallo", "Hello"), locale="de-DE"))
    extract([Path("articles")])
    preview([Path("locales")])
    for _ in range(2):
        report = preview([PO])
        assert ([page.label for page in report.pages], report.removed) == (["articles/a.md"], [])
        assert Path("preview/articles/b.html").exists()
    Path("articles/b.md").unlink()
    assert preview([Path("locales")]).removed == ["preview/articles/b.html"]


def test_the_page_of_an_article_that_cannot_be_read_stays(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Hei", "Hello")))
    extract([Path("articles")])
    preview([PO])
    Path("articles/a.md").unlink()
    Path("articles/a.md").mkdir()
    assert preview([PO]).removed == []
    assert Path("preview/articles/a.html").exists()


def test_a_file_of_another_kind_is_never_overwritten(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Hei", "Hello")))
    extract([Path("articles")])
    write("preview/index.html", "mine")
    write("preview/articles/a.html", "mine")
    report = preview([PO])
    assert [problem.code for problem in report.problems] == ["other-kind", "other-kind"]
    assert Path("preview/index.html").read_text() == Path("preview/articles/a.html").read_text() == "mine"


def test_two_po_files_for_one_article_are_reported(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Hei", "Hello")))
    extract([Path("articles")])
    write("locales/copy.po", PO.read_text())
    assert [problem.code for problem in preview([Path("locales")]).problems] == ["claimed-twice"]


STATE = (
    '{"form": "l10n preview 3", "risks": {}, "pages": [{"key": "a", "english": "", "has_problems": false, '
    '"severities": "", "linked": {}, "listed": '
    '{"label": "x", "name": "x", "reference": "x", "locale": "nb_NO", %s}}]}'
)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"form": "l10n preview 2", "pages": []}',
        '{"form": "l10n preview 3", "risks": [], "pages": []}',
        '{"form": "l10n preview 3", "risks": {}, "pages": [{"key": 1}]}',
        STATE % '"units": "9"',
        STATE % '"checks": []',
        STATE % '"risk": NaN',
        STATE % '"risk": "9"',
        STATE % '"more": 1',
        (STATE % '"units": 9').replace('"linked": {}', '"linked": {"text a.md": 1}'),
    ],
)
def test_a_state_file_that_somebody_changed_is_forgotten(here: Path, write: Write, content: str) -> None:
    write(state_file.NAME, content)
    assert state_file.read_state(Root.at(here)).pages == {}


def test_a_state_file_is_read_as_it_was_written(here: Path, write: Write) -> None:
    write(state_file.NAME, STATE % '"units": 9')
    assert state_file.read_state(Root.at(here)).pages["x"].listed.units == 9


def test_a_state_file_removes_nothing_outside_of_its_folder(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Hei", "Hello")))
    write("x.html", '<meta name="generator" content="l10n preview">')
    extract([Path("articles")])
    preview([PO])
    path = Path("preview") / state_file.NAME
    named = '"name": "articles/a.html", "reference": "'
    changed = path.read_text().replace(named, '"name": "../x.html", "reference": "no')
    path.write_text(changed)
    report: PreviewReport = preview([PO])
    assert report.removed == []
    assert Path("x.html").exists()
