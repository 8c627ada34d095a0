"""Messages out to other tools and back: the commands, the schemas, and the tools themselves."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from pyarrow.parquet import read_table
from translate.storage.tmx import tmxfile
from translate.storage.xliff import xlifffile
from translate.storage.xliff2 import Xliff2File

from l10n import L10nError, export, extract, import_
from l10n.catalogue import Message
from l10n.exchange.formats import FORMAT_NAMES
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.exchange import missing_packages, tmx_dtd, translate_in_omegat, xliff_schema
from tests.helpers.files import Write
from tests.helpers.po_files import edit, messages, tree
from tests.helpers.poedit import Poedit, Screen
from tests.helpers.poedit import missing_packages as missing_for_poedit
from tests.helpers.project import PROJECT

NB = Path("locales/nb_NO.po")
XLIFF = ["xliff", "xliff2"]
AGO, NEW = "For 42 dager siden", "For 42 døgn siden"


def needs(missing: list[str]) -> pytest.MarkDecorator:
    """Skip where Debian's packages are not installed; CI installs them, and may not skip."""
    reason = f"not installed: {', '.join(missing)}"
    return pytest.mark.skipif(bool(missing) and "CI" not in os.environ, reason=reason)


needs_programs = needs(missing_packages())
needs_poedit = needs(missing_for_poedit())


@pytest.fixture
def day(here: Path) -> Path:
    """The sample articles and their PO files."""
    for folder in ("articles", "locales"):
        shutil.copytree(PROJECT / folder, here / folder)
    return here


def exported(name: str, output: str = "a.xlf") -> Path:
    report = export([NB], name, Path(output))
    assert (report.problems, report.written) == ([], [output])
    return Path(output)


def by_target(path: Path, target: str) -> Message:
    (found,) = [message for message in messages(path) if message.translation == target]
    return found


def changed_lines(before: bytes) -> list[str]:
    old, new = before.decode().splitlines(), NB.read_text().splitlines()
    return [line for line in new if line not in old]


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_each_format_is_written_for_each_locale_and_again_with_the_same_bytes(day: Path, name: str) -> None:
    report = export([Path("locales")], name)
    assert (report.problems, report.catalogues, report.messages) == ([], 4, 341)
    assert len(report.written) == (8 if name == "moses" else 4)
    assert export([Path("locales")], name).written == []
    first = tree(day / "export")
    shutil.rmtree("export")
    export([Path("locales")], name)
    assert tree(day / "export") == first


@needs_programs
def test_what_is_written_is_valid(day: Path) -> None:
    edit(NB, lambda message: setattr(message, "comment", "A & B\n<c>"))
    export([Path("locales")], "tmx")
    for version, name in (("1.2", "xliff"), ("2.0", "xliff2")):
        schema = xliff_schema(version)
        for number, locale in enumerate(sorted(Path("locales").iterdir())):
            path = Path(f"{name}{number}.xlf")
            export([locale], name, path)
            schema.assertValid(etree.parse(path))
    dtd = tmx_dtd()
    found = sorted(Path("export").iterdir())
    assert len(found) == 4
    for path in found:
        dtd.assertValid(etree.parse(path))


def test_the_source_that_a_translation_was_made_for_is_an_alternative(day: Path) -> None:
    def carry_over(message: Message) -> None:
        message.fuzzy, message.previous_source = bool(message.translation), "The <old> source"

    edit(NB, carry_over)
    path = exported("xliff")
    if not missing_packages():
        xliff_schema("1.2").assertValid(etree.parse(path))
    root = etree.parse(path).getroot()
    found = root.findall(".//{*}alt-trans")
    assert len(found) == sum(bool(message.translation) for message in messages(NB))
    assert {one.findtext("{*}source") for one in found} == {"The <old> source"}
    targets = [unit.findtext("{*}target") for unit in root.findall(".//{*}trans-unit[{*}alt-trans]")]
    assert len(targets) == len(found)
    before = NB.read_bytes()
    assert import_([path]).problems == []
    assert NB.read_bytes() == before


def test_a_previous_source_that_xml_cannot_hold_is_left_out(day: Path) -> None:
    def carry_over(message: Message) -> None:
        message.fuzzy, message.previous_source = bool(message.translation), "old\x1b"

    edit(NB, carry_over)
    assert "<alt-trans" not in exported("xliff").read_text()


def test_markdown_is_protected_unless_the_user_wants_plain_text(day: Path) -> None:
    text = exported("xliff").read_text()
    assert 'Select <ph id="1">**</ph>Devices<ph id="2">**</ph>, and find' in text
    report = export([NB], "xliff", Path("plain.xlf"), plain_text=True)
    assert report.problems == []
    assert "Select **Devices**, and find" in Path("plain.xlf").read_text()
    assert "<ph" not in Path("plain.xlf").read_text()


@pytest.mark.parametrize("name", XLIFF)
def test_a_round_trip_without_an_edit_changes_nothing(day: Path, name: str) -> None:
    before = tree(day / "locales")
    export([Path("locales")], name)
    report = import_(sorted(Path("export").iterdir()))
    assert (report.files, report.units, report.written, report.problems) == (4, 341, [], [])
    assert tree(day / "locales") == before


@pytest.mark.parametrize("name", XLIFF)
def test_an_edit_changes_the_bytes_of_its_message_and_no_others(day: Path, name: str) -> None:
    before = NB.read_bytes()
    path = exported(name)
    path.write_text(path.read_text().replace(AGO, NEW))
    report = import_([path])
    assert (report.translations, report.comments, report.problems) == (1, 0, [])
    assert report.written == [str(NB)]
    assert changed_lines(before) == [f'msgstr "{NEW}"']
    assert import_([path]).written == []


@pytest.mark.parametrize("name", XLIFF)
def test_what_was_changed_meanwhile_is_kept_and_said(day: Path, name: str) -> None:
    path = exported(name)
    path.write_text(path.read_text().replace(AGO, NEW))
    edit(NB, lambda one: setattr(one, "translation", "42 dager") if one.translation == AGO else None)
    before = NB.read_bytes()
    report = import_([path])
    (problem,) = report.problems
    assert (problem.path, problem.code, problem.line) == ("a.xlf", "not-imported", 13)
    assert NEW in problem.message
    assert (report.written, NB.read_bytes()) == ([], before)


def test_a_message_that_is_gone_is_said(day: Path, write: Write) -> None:
    path = exported("xliff")
    path.write_text(path.read_text().replace(AGO, NEW))
    write("locales/nb_NO.po", NB.read_text().replace('"42 days ago"', '"43 days ago"'))
    before = NB.read_bytes()
    assert [problem.code for problem in import_([path]).problems] == ["not-imported"]
    assert NB.read_bytes() == before


def test_a_message_comes_home_to_another_po_file_of_its_locale(day: Path) -> None:
    path = exported("xliff")
    path.write_text(path.read_text().replace(AGO, NEW))
    shutil.rmtree("locales")
    extract([Path("articles")], split="folder")
    report = import_([path])
    assert (report.translations, report.problems) == (1, [])
    assert AGO not in Path(report.written[0]).read_text()


def test_a_language_without_a_po_file_is_one_problem(day: Path) -> None:
    path = exported("xliff")
    text = path.read_text().replace('target-language="nb-NO"', 'target-language="fr"')
    path.write_text(text.replace("enhet", "ENHET"))
    (problem,) = import_([path]).problems
    assert problem.code == "not-imported"
    assert "'fr'" in problem.message


def test_an_xliff_file_that_is_there_is_never_overwritten(day: Path) -> None:
    path = exported("xliff")
    path.write_text(path.read_text().replace(AGO, NEW))
    before = path.read_bytes()
    assert [problem.code for problem in export([NB], "xliff", path).problems] == ["other-kind"]
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", sorted({*FORMAT_NAMES} - {"moses"}))
def test_a_file_of_another_kind_is_never_overwritten(day: Path, name: str) -> None:
    assert [problem.code for problem in export([NB], name, NB).problems] == ["other-kind"]


def test_corpora_hold_what_was_chosen(day: Path) -> None:
    everything = export([NB], "jsonl", Path("all.jsonl")).messages
    reviewed = export([NB], "jsonl", Path("some.jsonl"), reviewed_only=True).messages
    assert (everything, reviewed) == (233, 84)
    found = [json.loads(line) for line in Path("some.jsonl").read_text().splitlines()]
    assert {one["state"] for one in found} == {"reviewed"}
    assert {one["origin"] for one in found} == {"mt", "ht"}
    edit(NB, lambda one: setattr(one, "translation", "") if one.translation == AGO else None)
    assert export([NB], "moses", Path("corpus")).messages == 232
    sizes = [
        len(gzip.decompress(Path(f"corpus.{code}.gz").read_bytes()).splitlines()) for code in ("en", "nb")
    ]
    assert sizes == [232, 232]


def test_a_pair_that_occurs_in_two_files_is_exported_once(here: Path, write: Write) -> None:
    write("articles/x/a.md", article(("Ja", "Yes"), ("Nei", "No")))
    write("articles/y/b.md", article(("Ja", "Yes")))
    extract([Path("articles")], split="folder")
    assert export([Path("locales")], "tsv", Path("all.tsv")).messages == 3
    assert export([Path("locales")], "tsv", Path("once.tsv"), dedupe=True).messages == 2


def test_parquet_is_a_data_set_of_hugging_face(day: Path) -> None:
    export([NB], "parquet", Path("a.parquet"))
    rows = read_table("a.parquet").to_pylist()
    assert len(rows) == 233
    assert rows[0]["translation"] == {
        "en": "Delete a device from your account",
        "nb": "Slette en enhet fra kontoen",
    }
    assert rows[0]["line"] == 2


def test_a_formula_is_text_in_a_spreadsheet(here: Path, write: Write) -> None:
    write("articles/a.md", article(("=1+1", "Yes"), ('"Ja', "@No")))
    extract([Path("articles")])
    export([Path("locales")], "tsv", Path("a.tsv"))
    rows = [line.split("\t")[:2] for line in Path("a.tsv").read_text().splitlines()[1:]]
    assert rows == [["Yes", "'=1+1"], ["'@No", "'\"Ja"]]


def test_a_control_character_is_said_with_its_line_and_left_out(day: Path) -> None:
    edit(NB, lambda one: setattr(one, "translation", "a\x0bb") if one.translation == AGO else None)
    for name in FORMAT_NAMES:
        (problem,) = export([NB], name, Path(f"out.{name}")).problems
        assert problem.code == "not-exported"
        assert "U+000B" in problem.message
        assert NB.read_text().splitlines()[problem.line - 1] == 'msgid "42 days ago"'


def test_wrong_usage(day: Path) -> None:
    with pytest.raises(L10nError, match="several-locales"):
        export([Path("locales")], "tmx", Path("a.tmx"))
    assert l10n("export", "locales", "--to", "tmx", "-o", "a.tmx", cwd=day).code == 2
    assert l10n("export", NB, "--to", "xliff", "--dedupe", cwd=day).code == 2
    assert l10n("export", NB, "--to", "tmx", "--plain-text", cwd=day).code == 2
    assert l10n("export", NB, cwd=day).code == 2


def test_the_commands(day: Path) -> None:
    run = l10n("export", NB, "--to", "xliff", "-o", "a.xlf", "--json", cwd=day)
    assert (run.code, run.json["messages"], run.json["written"]) == (0, 233, ["a.xlf"])
    path = day / "a.xlf"
    path.write_text(path.read_text().replace(AGO, NEW))
    run = l10n("import", "a.xlf", "--into", "locales", "--json", cwd=day)
    assert (run.code, run.json["translations"], run.json["written"]) == (0, 1, [str(NB)])
    run = l10n("import", "a.xlf", cwd=day)
    assert (run.code, run.err) == (0, "")
    path.write_text("<tmx/>")
    run = l10n("import", "a.xlf", cwd=day)
    assert (run.code, run.err.split(": ")[1]) == (1, "bad-xliff")


def _toolkit_1(path: Path, change: Callable[[object], None]) -> int:
    return _in_toolkit(xlifffile.parsefile(str(path)), path, change)


def _toolkit_2(path: Path, change: Callable[[object], None]) -> int:
    return _in_toolkit(Xliff2File.parsefile(str(path)), path, change)


def _in_toolkit(store: object, path: Path, change: Callable[[object], None]) -> int:
    units = store.units  # type: ignore[attr-defined]
    for unit in units:
        change(unit)
    store.savefile(str(path))  # type: ignore[attr-defined]
    return sum(not unit.isfuzzy() for unit in units)


@pytest.mark.parametrize(("name", "tool"), [("xliff", _toolkit_1), ("xliff2", _toolkit_2)])
def test_translate_toolkit_reads_edits_and_saves(
    day: Path, name: str, tool: Callable[[Path, Callable[[object], None]], int]
) -> None:
    def change(unit: object) -> None:
        if unit.target == AGO:  # type: ignore[attr-defined]
            unit.target = NEW  # type: ignore[attr-defined]
            unit.markfuzzy(False)  # type: ignore[attr-defined]

    before = NB.read_bytes()
    path = exported(name)
    assert tool(path, lambda unit: None) == 84
    report = import_([path])
    assert (report.written, report.problems) == ([], [])
    assert tool(path, change) == 85
    report = import_([path])
    assert (report.translations, report.problems) == (1, [])
    assert changed_lines(before) == [f'msgstr "{NEW}"']
    assert not by_target(NB, NEW).fuzzy


def test_translate_toolkit_reads_the_memory(day: Path) -> None:
    export([NB], "tmx", Path("a.tmx"))
    found = [(unit.source, unit.target) for unit in tmxfile.parsefile("a.tmx").units]
    assert found == [(message.source, message.translation) for message in messages(NB)]


@needs_programs
def test_omegat_translates_a_project_and_the_result_comes_back(day: Path) -> None:
    before = NB.read_bytes()
    back = translate_in_omegat(day / "omegat", exported("xliff"), {AGO: NEW})
    report = import_([back])
    assert (report.units, report.translations, report.problems) == (233, 1, [])
    assert changed_lines(before) == [f'msgstr "{NEW}"']
    assert by_target(NB, NEW).fuzzy  # OmegaT leaves the state as it was


@needs_poedit
@pytest.mark.parametrize(
    ("name", "before", "after"),
    [("xliff", '<ph id="1">**</ph>', '<ph id="2">**</ph>'), ("xliff2", "{1}", "{2}")],
    ids=XLIFF,
)
def test_the_real_poedit_edits_accepts_and_saves(day: Path, name: str, before: str, after: str) -> None:
    data = NB.read_bytes()
    path = exported(name)
    with Screen() as screen:
        poedit = Poedit(screen, path)
        poedit.go_to(f"Velg {before}enheter{after}, og finn enheten i listen.")
        poedit.retype(f"Velg {before}Enheter{after}, og finn den.")
        poedit.go_to(AGO)
        poedit.retype(NEW)
        poedit.save()
        poedit.quit()
    report = import_([path])
    assert (report.translations, report.comments, report.problems) == (2, 0, [])
    assert changed_lines(data) == ['msgstr "Velg **Enheter**, og finn den."', f'msgstr "{NEW}"']
    assert not by_target(NB, NEW).fuzzy
