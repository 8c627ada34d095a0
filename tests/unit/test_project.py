"""The project's own promises: samples, documentation, names, laws."""

from __future__ import annotations

import ast
import hashlib
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from docs import commands
from l10n import extract, parse, po
from l10n.cli import main
from tests.helpers.command import l10n
from tests.helpers.project import PROJECT

ARTICLES = sorted(path for path in (PROJECT / "articles").rglob("*") if path.is_file())


def test_the_sample_articles_are_many_and_hold_no_damage() -> None:
    assert len(ARTICLES) >= 14
    locales = {parse(path.read_bytes(), path.name).metadata.contentlocale for path in ARTICLES}
    assert locales == {"nb-NO", "ja-JP", "ar-SA", "sr-Latn-RS"}
    assert [problem for path in ARTICLES for problem in parse(path.read_bytes(), path.name).problems] == []


def test_the_sample_articles_prove_their_english() -> None:
    for path in ARTICLES:
        english = (PROJECT / "tests/english" / path.relative_to(PROJECT / "articles")).read_bytes()
        told = parse(path.read_bytes(), path.name).metadata.openlocfilehash
        assert told in {hashlib.sha1(data).hexdigest() for data in (english, english.replace(b"\n", b"\r\n"))}


def test_the_sample_po_files_are_what_extract_makes_of_the_articles(here: Path) -> None:
    shutil.copytree(PROJECT / "articles", here / "articles")
    shutil.copytree(PROJECT / "locales", here / "locales")
    report = extract([Path("articles")])
    assert (report.problems, report.written) == ([], [])
    assert 50 < report.reviewed < report.messages - 50
    for path in (here / "locales").iterdir():
        extract([Path("articles")], Path("fresh"))
        fresh = po.read((here / "fresh" / path.name).read_bytes(), path.name).messages
        kept = po.read(path.read_bytes(), path.name).messages
        assert [(m.context, m.source, m.places) for m in kept] == [
            (m.context, m.source, m.places) for m in fresh
        ]


def test_every_problem_code_is_documented_and_no_other() -> None:
    text = "".join(path.read_text() for path in (PROJECT / "l10n").rglob("*.py"))
    used = set(re.findall(r'(?:Problem|Finding|_find)\([^"]*?"([a-z]+(?:-[a-z0-9]+)+)"', text))
    used |= set(re.findall(r'code ?= ?"([a-z-]+)"', text)) | {"bad-po"}
    documented = set(
        re.findall(r"^## ([a-z0-9-]+)$", (PROJECT / "docs/problems.md").read_text(), re.MULTILINE)
    )
    assert documented == used
    assert len(used) > 20


@pytest.mark.parametrize("name", main.list_commands(click.Context(main)))
def test_every_command_and_option_is_documented(name: str) -> None:
    page = (PROJECT / "docs/commands.md").read_text()
    _, _, section = page.partition(f"\n## l10n {name}\n")
    section, _, _ = section.partition("\n## ")
    manual = commands.manuals()[f"l10n-{name}.1"]
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[-1] in section, parameter.opts
            assert parameter.opts[-1] in manual.replace("\\-", "-"), parameter.opts


def test_the_page_of_the_commands_is_made_from_the_help() -> None:
    assert (PROJECT / "docs/commands.md").read_text() == commands.page()


@pytest.mark.skipif(shutil.which("groff") is None, reason="needs groff (Debian: apt install groff-base)")
def test_man_pages_have_no_faults(tmp_path: Path) -> None:
    for name, text in commands.manuals().items():
        (tmp_path / name).write_text(text)
        command = ["groff", "-man", "-Kutf8", "-Tutf8", "-ww", name]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        assert (done.stderr, len(done.stdout) > 500) == ("", True)


def test_the_site_has_every_page() -> None:
    pages = {path.stem for path in (PROJECT / "docs").glob("*.md")}
    listed = re.findall(r"^([a-z]+)$", (PROJECT / "docs/index.md").read_text(), re.MULTILINE)
    assert sorted(listed) == sorted(pages - {"index"})


def test_every_relative_link_in_the_documentation_leads_somewhere() -> None:
    pages = [*PROJECT.glob("*.md"), *(PROJECT / "docs").glob("*.md")]
    links = 0
    for page in pages:
        for target in re.findall(
            r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(), flags=re.S)
        ):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
            links += 1
    assert links > 20


LAWS = {
    1: "nothing is lost",
    2: "a reviewer's work is sacred",
    3: "nothing is silent",
    4: "same input, same bytes",
    5: "input is hostile",
}


class Keeper(NamedTuple):
    """A module that keeps a law, the sentence of its docstrings that says so, and the test that proves it."""

    law: int
    module: str
    sentence: str
    test: str


KEEPERS = [
    Keeper(
        1,
        "article/article.py",
        "Law 1, nothing is lost: parsing and rendering an article unchanged gives its bytes, "
        "whatever they are.",
        "property/test_laws.py::test_any_bytes_render_to_themselves",
    ),
    Keeper(
        1,
        "article/article.py",
        "An edited translation changes the bytes of its own target and no others.",
        "property/test_laws.py::test_an_edited_translation_changes_the_bytes_of_its_own_target_and_no_others",
    ),
    Keeper(
        1,
        "article/target_faults.py",
        "Law 1: a translation changes what is read inside of its unit, and nothing around it.",
        "property/test_outside.py::"
        "test_a_translation_changes_what_is_read_inside_its_unit_and_nothing_around_it",
    ),
    Keeper(
        1,
        "english/plain_units.py",
        "Law 1: such a unit claims the bytes of its target and no others.",
        "property/test_plain_units.py::"
        "test_an_edited_translation_changes_the_bytes_of_its_own_target_and_no_others",
    ),
    Keeper(
        1,
        "article/annotating.py",
        "the localized form of the annotated article is the plain article, byte for byte.",
        "property/test_plain_units.py::"
        "test_the_localized_form_of_the_annotated_article_is_the_plain_article_byte_for_byte",
    ),
    Keeper(
        1,
        "po/reading.py",
        "Law 1, nothing is lost: what other tools write into a PO file is kept",
        "unit/test_po_foreign.py::test_nothing_is_lost_of_what_other_tools_write",
    ),
    Keeper(
        2,
        "catalogue/deciding.py",
        "Law 2, a reviewer's work is sacred: no update drops or overwrites a reviewed translation.",
        "property/test_catalogue.py::test_no_update_drops_or_overwrites_a_reviewed_translation",
    ),
    Keeper(
        2,
        "catalogue/threeway.py",
        "Law 2, a reviewer's work is sacred: whatever one side translated is in the result",
        "property/test_threeway.py::test_whatever_one_side_translated_is_in_the_result",
    ),
    Keeper(
        2,
        "writing.py",
        "Law 2, a reviewer's work is sacred: just before the rename what is there is compared with what was "
        "read, and nothing is replaced that somebody saved meanwhile.",
        "unit/test_writing.py::test_a_file_that_is_saved_again_and_again_is_left_as_it_was_saved",
    ),
    Keeper(
        2,
        "po/reading.py",
        "Law 2: a PO that was not understood to its last line is never updated",
        "unit/test_po.py::test_what_gettext_would_refuse_is_refused_with_line_and_reason",
    ),
    Keeper(
        2,
        "exchange/homecoming.py",
        "Law 2, a reviewer's work is sacred: a translation is taken only if its message is as it was "
        "exported",
        "unit/test_exchange.py::test_what_was_changed_meanwhile_stays",
    ),
    Keeper(
        2,
        "memory/filling.py",
        "Law 2, a reviewer's work is sacred: only a message that needs review and still has the delivered "
        "machine translation, without a comment, is filled.",
        "property/test_memory.py::test_a_memory_changes_only_what_nobody_has_worked_on",
    ),
    Keeper(
        3,
        "problems.py",
        "Law 3, nothing is silent: what cannot be read, matched or written becomes a `Problem` with path, "
        "line, column, a stable code and advice.",
        "end_to_end/test_advice.py::test_the_advice_helps",
    ),
    Keeper(
        3,
        "jobs/run.py",
        "Law 3: an item at which the job fails, whatever it raises, is one Failure, and the rest goes on.",
        "end_to_end/test_isolation.py::test_an_article_at_which_extract_fails_is_one_problem",
    ),
    Keeper(
        4,
        "catalogue/header.py",
        "Law 4, same input, same bytes: the dates come from the deliveries, never from the clock.",
        "unit/test_po.py::test_the_shape_of_a_file",
    ),
    Keeper(
        4,
        "jobs/run.py",
        "Law 4, same input, same bytes, whatever the number of processes",
        "end_to_end/test_run.py::"
        "test_extract_and_merge_write_the_same_bytes_whatever_the_number_of_processes",
    ),
    Keeper(
        4,
        "catalogue/update.py",
        "Law 4, a second run changes nothing",
        "property/test_fixed_point.py::test_an_update_of_what_an_update_made_is_what_it_made",
    ),
    Keeper(
        4,
        "memory/filling.py",
        "Law 4, a second run changes nothing: a filled message says so in its note, and is not filled again.",
        "property/test_memory.py::test_a_second_run_with_a_memory_changes_nothing",
    ),
    Keeper(
        4,
        "memory/memory.py",
        "Law 4, same input, same bytes: matches depend on the pairs alone, not on the order in which "
        "they are added.",
        "property/test_memory.py::test_the_order_of_the_pairs_does_not_matter",
    ),
    Keeper(
        5,
        "files.py",
        "Law 5, input is hostile: no path leaves the folders that the user named.",
        "property/test_files.py::test_whatever_a_reference_says_what_it_locates_is_inside",
    ),
    Keeper(
        5,
        "exchange/returned.py",
        "Law 5: a document type is refused, whatever it declares, so no entity exists",
        "unit/test_exchange.py::test_what_is_not_plain_xliff_is_refused",
    ),
    Keeper(
        5,
        "printable.py",
        "Law 5, input is hostile: nothing foreign is printed raw.",
        "property/test_output.py::test_what_is_printable_is_one_line_and_stays_as_it_is",
    ),
    Keeper(
        5,
        "pages/html.py",
        "Law 5, input is hostile: a page runs its own script and no other, known by its hash, and loads "
        "nothing.",
        "end_to_end/test_preview_browser.py::test_nothing_of_an_article_runs_and_nothing_is_loaded",
    ),
    Keeper(
        5,
        "pages/sanitizing.py",
        "Law 5, input is hostile: what stays are elements of text",
        "property/test_preview.py::test_a_page_has_known_elements_only",
    ),
    Keeper(
        5,
        "article/scan.py",
        "Law 5, no input makes the time explode",
        "property/test_laws.py::test_no_input_makes_the_time_explode",
    ),
    Keeper(
        5,
        "catalogue/candidates.py",
        "Law 5, no input makes the time explode",
        "property/test_catalogue.py::test_no_update_makes_the_time_explode",
    ),
]


@pytest.mark.parametrize("keeper", KEEPERS, ids=lambda keeper: f"{keeper.law}-{keeper.module}")
def test_the_code_that_keeps_a_law_says_so_and_a_test_proves_it(keeper: Keeper) -> None:
    said = docstrings(PROJECT / "l10n" / keeper.module)
    assert any(f"Law {keeper.law}" in text and keeper.sentence in text for text in said)
    path, name = keeper.test.split("::")
    tests = ast.parse((PROJECT / "tests" / path).read_text()).body
    assert name in [node.name for node in tests if isinstance(node, ast.FunctionDef)]


def test_every_law_has_keepers_and_is_said_alike_everywhere() -> None:
    assert {keeper.law for keeper in KEEPERS} == set(LAWS)
    for page in ("README.md", "docs/design.md"):
        headings = re.findall(
            r"^(?:\| |\d\. )\*\*([A-Z][^*]+)\*\*", (PROJECT / page).read_text(), re.MULTILINE
        )
        assert [heading.rstrip(".").lower() for heading in headings[: len(LAWS)]] == list(LAWS.values()), page
    named = [
        law
        for path in (PROJECT / "l10n").rglob("*.py")
        for text in docstrings(path)
        for law in re.findall(r"Law (\d+)", text)
    ]
    assert {int(law) for law in named} == set(LAWS)


def test_no_class_has_the_name_of_another_one_and_no_module_is_long() -> None:
    modules = sorted((PROJECT / "l10n").rglob("*.py"))
    long = [path.name for path in modules if len(path.read_text().splitlines()) > 400]
    trees = [ast.parse(path.read_text()) for path in modules]
    names = Counter(node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert long == []
    assert [name for name, count in names.items() if count > 1] == []
    assert [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "id"] == []
    assert len(names) > 100


def test_no_function_is_long() -> None:
    long = [
        f"{path.name}: {node.name}"
        for path in (PROJECT / "l10n").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and lines_of_code(node) > 36
    ]
    assert long == []


def lines_of_code(function: ast.FunctionDef) -> int:
    """Return the number of lines of a function, without its parameters and its docstring.

    A command has a parameter for each of its options.
    """
    assert function.end_lineno is not None
    first = function.body[ast.get_docstring(function) is not None :]
    return function.end_lineno - first[0].lineno + 1 if first else 0


def docstrings(path: Path) -> list[str]:
    """Return the docstrings of a module, its classes and its functions, each on one line."""
    nodes = ast.walk(ast.parse(path.read_text()))
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    found = [ast.get_docstring(node) for node in nodes if isinstance(node, kinds)]
    return [re.sub(r"\s+", " ", text) for text in found if text]


def test_the_page_of_the_checks_has_an_index_of_all() -> None:
    page = (PROJECT / "docs/checks.md").read_text()
    index = re.findall(r"^\| \[([a-z0-9-]+)\]\([^)]+\) \| (\w+) \| (.+) \|$", page, re.MULTILINE)
    run = l10n("check", "--list", "--json", cwd=PROJECT)
    found = [(check["name"], check["severity"], check["reason"]) for check in run.json["checks"]]
    assert index == sorted(found)
