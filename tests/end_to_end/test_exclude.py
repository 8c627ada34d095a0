"""`exclude` in the settings and `--exclude`: what each command leaves out."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.po_files import edit

BROKEN = article(("Se [her](b.md).", "See [here](a.md)."))


def _checked(*arguments: str, here: Path) -> dict[str, Any]:
    done = l10n("check", *arguments, "--format", "json", cwd=here)
    assert done.code in (0, 1)
    table: dict[str, Any] = json.loads(done.out)
    return table


@pytest.fixture
def project(here: Path, write: Write) -> Path:
    for name in ("articles/a.md", "articles/old/b.md"):
        write(name, BROKEN)
    write("l10n.toml", '[check]\nexclude = ["old/"]\n')
    return here


def test_check_leaves_out_what_the_settings_exclude_and_counts_it(project: Path) -> None:
    table = _checked("articles", here=project)
    assert {finding["path"] for finding in table["findings"]} == {"articles/a.md"}
    assert (table["files"], table["excluded"], table["problems"]) == (1, 1, [])
    assert "excluded" in l10n("check", "articles", cwd=project).out


def test_a_file_that_is_named_is_checked_in_any_case(project: Path) -> None:
    table = _checked("articles", "articles/old/b.md", here=project)
    assert (table["files"], table["excluded"]) == (2, 0)


def test_fix_mends_no_file_that_is_excluded(project: Path) -> None:
    assert l10n("extract", "articles", "-o", "old", cwd=project).code == 0
    (before,) = [path.read_bytes() for path in (project / "old").iterdir() if path.suffix == ".po"]
    l10n("check", ".", "--fix", cwd=project)
    (after,) = [path.read_bytes() for path in (project / "old").iterdir() if path.suffix == ".po"]
    assert before == after


def test_extract_reads_what_is_excluded_from_the_check(project: Path) -> None:
    assert l10n("extract", "articles", cwd=project).code == 0
    assert b"articles/old/b.md" in (project / "locales/nb_NO.po").read_bytes()


@pytest.mark.parametrize(
    "value",
    [
        '"old"',
        "[1]",
        '["!a"]',
        '["../a"]',
        '[""]',
        '["a\\\\b"]',
        f'["{"x" * 300}"]',
        f'["{"x/" * 17}"]',
        f"{['x'] * 101}",
    ],
)
def test_a_pattern_that_cannot_be_used_is_reported(project: Path, value: str) -> None:
    (project / "l10n.toml").write_text(f"[check]\nexclude = {value}\n")
    (problem,) = _checked("articles", here=project)["problems"]
    assert problem["code"] == "bad-settings"
    assert "exclude" in problem["message"]


PO = Path("locales/nb_NO.po")


def test_a_setting_of_all_commands_is_for_extract_and_check_alike(project: Path, write: Write) -> None:
    write("articles/new/c.md", BROKEN)
    write("l10n.toml", 'articles = "articles"\nexclude = ["old/"]\n[check]\nexclude = ["new/"]\n')
    assert l10n("extract", "--json", cwd=project).json["excluded"] == 1
    assert re.findall("#: (.*)", PO.read_text()) == ["articles/a.md:7 articles/new/c.md:7"]
    assert {finding["path"] for finding in _checked(here=project)["findings"]} == {"articles/a.md"}


@pytest.mark.parametrize("where", ["settings", "option"])
def test_an_excluded_article_is_neither_in_the_po_file_nor_rebuilt(
    project: Path, write: Write, where: str
) -> None:
    write("l10n.toml", 'exclude = ["old/"]\n' if where == "settings" else "")
    option = [] if where == "settings" else ["--exclude", "old/"]
    assert l10n("extract", "articles", *option, cwd=project).code == 0
    assert "old/b.md" not in PO.read_text()
    merged = l10n("merge", "locales", "--json", cwd=project).json
    assert (merged["problems"], merged["articles"]) == ([], 1)
    assert l10n("merge", "locales", "--articles", "articles", "--json", cwd=project).json["articles"] == 1
    assert l10n("status", "--by", "article", cwd=project).code == 0
    shutil.rmtree("build")
    write("articles/old/d.md", BROKEN)  # a part of the articles alone does not undo it
    assert l10n("extract", "articles/a.md", cwd=project).code == 0
    assert l10n("merge", "locales", "--json", cwd=project).json["articles"] == 1


def test_a_review_of_an_article_that_is_excluded_now_returns_with_it(project: Path, write: Write) -> None:
    write("l10n.toml", "")
    write("articles/old/b.md", article(("Nei", "No")))
    l10n("extract", "articles", cwd=project)
    edit(PO, lambda one: replace(one, translation="Niks", fuzzy=False) if one.source == "No" else None)
    before = PO.read_bytes()
    for _ in range(2):
        assert l10n("extract", "articles", "--exclude", "old/", cwd=project).code == 0
        assert '#~ msgstr "Niks"' in PO.read_text()
    assert l10n("extract", "articles", cwd=project).code == 0
    assert PO.read_bytes() == before


def test_a_hostile_pattern_in_a_po_file_excludes_nothing(project: Path, write: Write) -> None:
    write("l10n.toml", "")
    l10n("extract", "articles", "--exclude", "old/", cwd=project)
    for value in ("../", "'", "a " * 101):
        text = re.sub("(?<=X-L10n-Exclude: ).*(?=.n)", value, PO.read_text())
        PO.write_text(text)
        merged = l10n("merge", "locales", "--json", cwd=project).json
        assert merged["articles"] == 2


def test_a_pattern_that_leads_outside_is_wrong_usage(project: Path) -> None:
    done = l10n("extract", "articles", "--exclude", "../x", cwd=project)
    assert (done.code, "--exclude" in done.err) == (2, True)
