"""`exclude` in the settings: what check leaves out, and what it never does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.excluded import Excluded
from l10n.limits import PATTERN_CHARACTERS
from tests.conftest import Write, article, l10n, steps_of

BROKEN = article(("Se [her](b.md).", "See [here](a.md)."))


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*.md", "a/b/c.md"),
        ("drafts", "drafts/a.md"),
        ("drafts/", "x/drafts/y/a.md"),
        ("/drafts", "drafts/a.md"),
        ("./drafts/", "drafts/a.md"),
        ("articles/**/old", "articles/old/a.md"),
        ("articles/**/old", "articles/a/b/old/c/d.md"),
        ("articles/*.md", "articles/a.md"),
        ("**/a.md", "a.md"),
        ("articles/**", "articles/a/b.md"),
        ("v[0-9].md", "x/v7.md"),
        ("v[!0-9]?.md", "vxy.md"),
        ("v[]].md", "v].md"),
        ("v[.md", "v[.md"),
        ("a*b*c", "aXbXbXc"),
    ],
)
def test_a_pattern_leaves_out(pattern: str, path: str) -> None:
    assert Excluded([pattern]).holds(path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*.md", "a.yml"),
        ("drafts/", "drafts"),
        ("/drafts", "x/drafts/a.md"),
        ("articles/*.md", "articles/x/a.md"),
        ("articles/a", "x/articles/a"),
        ("drafts", "drafts2/a.md"),
        ("v[0-9].md", "vx.md"),
        ("v[!0-9].md", "v7.md"),
        ("a?c", "a/c"),
        ("articles/**", "articles"),
    ],
)
def test_a_pattern_leaves_in(pattern: str, path: str) -> None:
    assert not Excluded([pattern]).holds(path)


@given(st.text(st.sampled_from("ab*"), max_size=8), st.text(st.sampled_from("ab"), max_size=10))
def test_a_star_is_any_characters(pattern: str, name: str) -> None:
    def simple(pattern: str, name: str) -> bool:
        if not pattern:
            return not name
        if pattern[0] == "*":
            return any(simple(pattern[1:], name[at:]) for at in range(len(name) + 1))
        return name[:1] == pattern[0] and simple(pattern[1:], name[1:])

    if pattern and name and "**" not in pattern:
        assert Excluded([pattern]).holds(name) == simple(pattern, name)


def test_no_pattern_makes_time_explode() -> None:
    excluded = Excluded(["*a" * (PATTERN_CHARACTERS // 2 - 1) + "b"])
    once = steps_of(lambda: excluded.holds("a" * 2000))
    twice = steps_of(lambda: excluded.holds("a" * 4000))
    assert twice < 2.5 * once


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
