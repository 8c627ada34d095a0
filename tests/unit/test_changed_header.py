"""A PO file whose header or name somebody changed: one clear error that names the field, or it is healed."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import extract, merge, po, status
from l10n.commands.check import check
from tests.helpers.articles import article
from tests.helpers.files import Write
from tests.helpers.po_files import codes, edit, tree

PO = Path("locales/nb_NO.po")


@pytest.fixture
def reviewed(here: Path, write: Write) -> Path:
    """A project with two articles, each message of which is reviewed, one of them with other words."""
    write("articles/a.md", article(("Nei", "No"), ("Ja", "Yes")))
    write("articles/b.md", article(("Kanskje", "Maybe")))
    write("articles/plain.md", "---\nms.contentlocale: nb-NO\n---\nTekst.\n")
    assert extract([Path("articles")]).problems == []
    edit(PO, lambda m: replace(m, fuzzy=False, translation=m.translation.replace("Nei", "Niks")))
    return here


def change(pattern: str, new: str, path: Path = PO) -> None:
    text = path.read_text()
    changed = re.sub(pattern, new, text, flags=re.M)
    assert changed != text
    path.write_text(changed)


def field(name: str, value: str | None, path: Path = PO) -> None:
    """Change a field of the header, or take it out."""
    change(rf'^"{name}: .*\n', "" if value is None else f'"{name}: {value}\\\\n"\n', path)


@pytest.mark.parametrize("value", ["de", "nn_NO", "nb", "nb_SJ", "de_DE", "sr_RS@latin"])
def test_another_language_is_one_error_that_names_the_field(reviewed: Path, value: str) -> None:
    field("Language", value)
    before = tree(reviewed)
    for report in (
        extract([Path("articles")]),
        merge([Path("locales")]),
        merge([Path("locales")], in_place=True),
        merge([Path("locales")], articles=Path("articles")),
        status(),
        check([Path("locales")]),
    ):
        assert [problem.code for problem in report.problems] == ["other-language"]
        assert f"Language: {value}" in report.problems[0].message
        assert "Language: nb_NO" in report.problems[0].message
    assert tree(reviewed) == before
    field("Language", "nb_NO")  # as the message says
    assert (
        extract([Path("articles")]).problems == merge([Path("locales")]).problems == status().problems == []
    )


@pytest.mark.parametrize("value", ["nb-NO", "nb_no", "NB_NO"])
def test_another_way_to_write_the_same_language_is_none(reviewed: Path, value: str) -> None:
    field("Language", value)
    assert (
        extract([Path("articles")]).problems == merge([Path("locales")]).problems == status().problems == []
    )


@pytest.mark.parametrize("value", ["", None, "Norwegian", "zz_ZZ", "nb_NO.UTF-8"])
def test_a_language_that_is_none_is_written_again_by_extract(reviewed: Path, value: str | None) -> None:
    before = tree(reviewed)
    if value == "":
        change(r'^"Language: .*\n', '"Language: \\\\n"\n')
    else:
        field("Language", value)
    for report in (merge([Path("locales")]), status(), check([Path("locales")])):
        assert [problem.code for problem in report.problems] == ["bad-po"]
        assert "write Language: nb_NO into its header" in report.problems[0].message
    assert extract([Path("articles")]).problems == []
    assert sorted(PO.read_text().splitlines()) == sorted(before["locales/nb_NO.po"].decode().splitlines())
    assert merge([Path("locales")]).problems == []


def test_a_po_file_whose_name_tells_no_locale_is_measured_by_its_articles(reviewed: Path) -> None:
    shutil.move(PO, "locales/work.po")
    field("Language", "de_DE", Path("locales/work.po"))
    report = merge([Path("locales")])
    assert codes(report) == ["other-language"]
    assert all(text in report.problems[0].message for text in ("Language: de_DE", "nb-NO"))
    assert report.problems[0].path == "locales/work.po"


def test_articles_without_a_locale_tell_the_language_of_their_po_file(here: Path, write: Write) -> None:
    text = re.sub("ms.contentlocale: .*\n", "", article(("Nei", "No")))
    write("articles/a.md", text)
    extract([Path("articles")], locale="nb-NO")
    shutil.move(PO, "work.po")
    field("Language", "de_DE", Path("work.po"))
    report = merge([Path("work.po")])
    assert codes(report) == ["other-language"]
    assert "nb_NO" in report.problems[0].message


@pytest.mark.parametrize(
    ("name", "language"),
    [("my.po", "nb_NO"), ("work.po", "nb_NO"), ("nb.po", "nb_NO"), ("it/is/work.po", "nb_NO")],
)
def test_a_po_file_may_have_a_name_that_is_a_word(reviewed: Path, name: str, language: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    shutil.move(PO, name)
    change(
        r"X-Poedit-Basepath: \.\.",
        f"X-Poedit-Basepath: {'/'.join(['..'] * name.count('/')) or '.'}",
        Path(name),
    )
    report = merge([Path(name)])
    assert (report.problems, report.changed) == ([], 1)


def test_a_part_of_a_split_is_measured_by_its_folder(here: Path, write: Write) -> None:
    write("articles/my/a.md", article(("Nei", "No")))
    extract([Path("articles")], split="folder")
    path = Path("locales/nb_NO/my.po")
    assert merge([Path("locales")]).problems == []
    field("Language", "de_DE", path)
    assert codes(merge([Path("locales")])) == ["other-language"]


def test_a_po_file_without_references_is_merged_by_its_scope(reviewed: Path) -> None:
    before = PO.read_bytes()
    change(r"^#: .*\n", "")
    report = merge([Path("locales")])
    assert (report.problems, report.articles, report.changed) == ([], 3, 1)
    assert extract([Path("articles")]).problems == []
    assert PO.read_bytes() == before


def without_fields() -> None:
    change(r'^"X-.*\n', "")


def test_a_po_file_without_references_and_fields_names_what_is_missing(reviewed: Path) -> None:
    before = PO.read_bytes()
    change(r"^#: .*\n", "")
    without_fields()
    report = merge([Path("locales")])
    assert (codes(report), report.written) == (["missing-field"], [])
    assert "X-L10n-Articles" in report.problems[0].message
    named = merge([Path("locales")], articles=Path("articles"))
    assert (named.problems, named.articles, named.changed) == ([], 3, 1)
    assert extract([Path("articles")]).problems == []
    lines = [line for line in before.splitlines() if b"X-Source-Language" not in line]
    assert sorted(PO.read_bytes().splitlines()) == sorted(lines)
    assert merge([Path("locales")]).problems == []


def test_a_po_file_without_fields_names_what_is_missing(reviewed: Path) -> None:
    without_fields()
    report = merge([Path("locales")])
    assert (codes(report), report.written) == (["missing-field"], [])
    assert "X-Poedit-Basepath" in report.problems[0].message
    assert extract([Path("articles")]).problems == []
    assert merge([Path("locales")]).problems == []
    assert sum(message.is_reviewed for message in po.read(PO.read_bytes(), "").messages) == 3


def test_a_po_file_without_a_scope_is_merged_as_far_as_its_messages_tell(reviewed: Path) -> None:
    field("X-L10n-Articles", None)
    report = merge([Path("locales")])
    assert (codes(report), report.articles, report.changed) == (["missing-field"], 2, 1)
    assert "X-L10n-Articles" in report.problems[0].message
    assert extract([Path("articles")]).problems == []
    report = merge([Path("locales")])
    assert (report.problems, report.articles) == ([], 3)


@pytest.mark.parametrize("lost", [r"^#\. .*\n", r"^#[.:] .*\n"])
def test_reviews_are_kept_when_another_tool_dropped_the_notes(reviewed: Path, lost: str) -> None:
    change(lost, "")
    assert extract([Path("articles")]).problems == []
    found = po.read(PO.read_bytes(), "").messages
    assert {(m.source, m.translation) for m in found if m.is_reviewed} == {
        ("No", "Niks"),
        ("Yes", "Ja"),
        ("Maybe", "Kanskje"),
    }


def test_a_renamed_po_file_is_not_begun_anew_beside_it(reviewed: Path) -> None:
    shutil.move(PO, "locales/norsk.po")
    before = tree(reviewed)
    report = extract([Path("articles")])
    assert [(problem.path, problem.code) for problem in report.problems] == [
        ("locales/norsk.po", "other-name")
    ]
    assert tree(reviewed) == before
    assert merge([Path("locales")]).problems == []
    shutil.move("locales/norsk.po", PO)  # as the message says
    assert extract([Path("articles")]).problems == []


def test_po_files_of_other_tools_and_locales_are_no_renamed_ones(reviewed: Path, write: Write) -> None:
    shutil.move(PO, "nb_NO.po")
    write("locales/app.po", 'msgid ""\nmsgstr "Language: nb_NO\\n"\n')
    write("locales/broken.po", "msgid")
    shutil.copy("nb_NO.po", "locales/tysk.po")
    field("Language", "de_DE", Path("locales/tysk.po"))
    assert extract([Path("articles")]).problems == []
    assert PO.exists()


def test_a_copied_po_file_is_told_from_the_first(reviewed: Path) -> None:
    shutil.copy(PO, "locales/nb_NO (copy).po")
    assert set(codes(merge([Path("locales")]))) == {"claimed-twice"}
    shutil.copy(PO, "locales/nn_NO.po")
    assert "other-language" in codes(merge([Path("locales")]))
