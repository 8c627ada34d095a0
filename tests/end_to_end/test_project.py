"""What a fresh interpreter loads."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import l10n
from l10n.checks import GLOSSARY_CHECK_NAMES
from l10n.checks.terms import glossary_checks
from l10n.cli.check_output import FORMAT_NAMES
from l10n.formats import FORMATS
from l10n.glossary import Glossary
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


NEVER = {
    *("ahocorasick_rs", "babel.messages", "lxml", "markdown_it", "nh3", "polib", "rapidfuzz", "yaml"),
    *("multiprocessing", "subprocess", "tomllib", "urllib.request"),
    *("l10n.english.english", "l10n.glossary", "l10n.memory", "l10n.plain"),
}
"""What no command needs for one annotated article that has its PO file."""


@pytest.mark.parametrize(
    ("arguments", "others"),
    [
        (["extract", "one.md"], {"rich", "l10n.checks"}),
        (["merge", "locales"], {"rich", "l10n.checks"}),
        (["check", "one.md"], {"rich", "l10n.formats", "l10n.commands.fix", "l10n.report"}),
        (["status"], {"l10n.article", "l10n.checks"}),
    ],
)
def test_a_run_loads_only_what_it_needs(here: Path, arguments: list[str], others: set[str]) -> None:
    shutil.copy(PROJECT / "articles/nb-NO/includes/support-hours.md", here / "one.md")
    l10n.extract([Path("one.md")])
    script = (
        "import sys; from l10n.cli import main\n"
        "try: main(sys.argv[1:], standalone_mode=False)\n"
        "except SystemExit as done: print('', done.code, *sorted(sys.modules), sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    printed = done.stdout.splitlines()
    assert "0" in printed
    assert "l10n.cli" in printed
    assert (NEVER | others).intersection(printed) == set()


def test_the_names_of_what_is_loaded_late_are_true() -> None:
    assert ("text", *FORMATS) == FORMAT_NAMES
    assert tuple(check.name for check in glossary_checks(Glossary())) == GLOSSARY_CHECK_NAMES


@pytest.mark.parametrize("name", l10n.__all__)
def test_a_name_of_the_library_is_never_its_module(name: str) -> None:
    script = (
        "import sys, types, l10n, l10n.cli.extract, l10n.cli.merge, l10n.cli.status, l10n.commands.check; "
        "value = getattr(l10n, sys.argv[1]); assert sys.argv[1] in dir(l10n); "
        "sys.exit(isinstance(value, types.ModuleType))"
    )
    subprocess.run([sys.executable, "-c", script, name], check=True)
