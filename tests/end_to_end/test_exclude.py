"""`exclude` in the settings: what each command leaves out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write

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


def test_extract_reads_what_is_excluded_so_that_no_message_becomes_obsolete(project: Path) -> None:
    assert l10n("extract", "articles", cwd=project).code == 0
    assert b"articles/old/b.md" in (project / "locales/nb_NO.po").read_bytes()


@pytest.mark.parametrize(
    "value", ['"old"', "[1]", '["!a"]', '["../a"]', '[""]', '["a\\\\b"]', f'["{"x" * 300}"]']
)
def test_a_pattern_that_cannot_be_used_is_reported(project: Path, value: str) -> None:
    (project / "l10n.toml").write_text(f"[check]\nexclude = {value}\n")
    (problem,) = _checked("articles", here=project)["problems"]
    assert problem["code"] == "bad-settings"
    assert "exclude" in problem["message"]
