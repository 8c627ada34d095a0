"""Patterns of `exclude`."""

from __future__ import annotations

import pytest

from l10n.excluded import Excluded


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
