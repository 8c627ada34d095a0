"""What a fresh interpreter loads."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import l10n
from tests.helpers.project import PROJECT


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_the_help_loads_no_library_but_click(arguments: list[str]) -> None:
    script = (
        "import sys; from l10n.cli import main; main(sys.argv[1:], standalone_mode=False); "
        "print(*sorted({'babel', 'polib', 'rapidfuzz', 'rich', 'yaml', 'l10n.article'} & {*sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == ""


@pytest.mark.parametrize("command", ["extract", "merge"])
def test_a_run_loads_only_what_it_needs(here: Path, command: str) -> None:
    shutil.copytree(PROJECT / "articles", here / "articles")
    l10n.extract([Path("articles")])
    script = (
        "import sys; from l10n.cli import main\n"
        "try: main(sys.argv[1:], standalone_mode=False)\n"
        "except SystemExit: print()\n"
        "print(*sorted({'lxml', 'markdown_it', 'nh3', 'polib', 'l10n.plain'} & {*sys.modules}))"
    )
    inputs = "articles" if command == "extract" else "locales"
    done = subprocess.run(
        [sys.executable, "-c", script, command, inputs], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == ""


@pytest.mark.parametrize("name", l10n.__all__)
def test_a_name_of_the_library_is_never_its_module(name: str) -> None:
    script = (
        "import sys, types, l10n, l10n.cli.extract, l10n.cli.merge, l10n.cli.status, l10n.commands.check; "
        "value = getattr(l10n, sys.argv[1]); assert sys.argv[1] in dir(l10n); "
        "sys.exit(isinstance(value, types.ModuleType))"
    )
    subprocess.run([sys.executable, "-c", script, name], check=True)
