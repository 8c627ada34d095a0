"""The project's own promises: samples, documentation, names."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import click
import pytest

from l10n import extract, parse, po
from l10n.cli import main
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
    readme = (PROJECT / "README.md").read_text()
    assert f"l10n {name}" in readme
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[-1] in readme, parameter.opts


def test_every_relative_link_in_the_documentation_leads_somewhere() -> None:
    pages = [*PROJECT.glob("*.md"), *(PROJECT / "docs").glob("*.md")]
    for page in pages:
        for target in re.findall(
            r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(), flags=re.S)
        ):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_each_law_stands_in_the_docstring_of_the_code_that_keeps_it() -> None:
    text = " ".join(re.sub(r"\s+", " ", path.read_text()) for path in (PROJECT / "l10n").rglob("*.py"))
    for law in range(1, 6):
        assert f"Law {law}" in text
