"""The library as its page shows it: each example runs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import l10n
from tests.helpers.project import PROJECT

PAGE = (PROJECT / "docs/api.md").read_text()


def test_the_examples_of_the_page_run(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("articles", "locales"):
        shutil.copytree(PROJECT / folder, here / folder)
    names: dict[str, object] = {}
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    for block in blocks:
        exec(compile(block, "docs/api.md", "exec"), names)
    assert len(blocks) == 14
    assert "% of" in capsys.readouterr().out


def test_the_page_names_each_command_and_its_options() -> None:
    for name in ("extract", "merge", "check", "fix", "status", "export", "import_", "terms", "merge_driver"):
        assert f"l10n.{name}(" in PAGE
    for name in ("extract", "merge"):
        function = getattr(l10n, name)
        for option in set(function.__kwdefaults__) - {"checks"}:
            assert f"`{option}`" in PAGE, (name, option)
