"""A value of an option that no system can open is wrong usage or a problem, never a fault of l10n."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Write, article, l10n


@pytest.mark.parametrize("command", ["extract", "merge"])
def test_a_path_that_is_too_long_is_wrong_usage(here: Path, write: Write, command: str) -> None:
    write("articles/a.md", article(("Hei.", "Hello.")))
    assert l10n("extract", "articles", cwd=here).code == 0
    given = {"extract": "articles", "merge": "locales"}[command]
    done = l10n(command, given, "--english", "x" * 10_000, cwd=here)
    assert done.code == 2
    assert "neither a folder nor in a git repository" in done.err


def test_a_path_in_the_settings_that_is_too_long_is_a_problem(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Hei.", "Hello.")))
    write("l10n.toml", f'english = "{"x" * 10_000}"\n')
    assert l10n("extract", "articles", "--json", cwd=here).codes == ["bad-settings"]
