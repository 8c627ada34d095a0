"""The pages of the documentation: their commands, run as a reader would, give the output that they show.

A comment above a block says what is in the folder, and what is run before: `<!-- fresh: articles; rm x -->`.
$PROJECT is the folder of the project there.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.helpers.files import Write
from tests.helpers.project import PROJECT

OWN_TEST = {"plain.md", "settings.md", "memory.md"}
"""Pages whose examples have a test of their own, since they make other files first."""
PAGES = sorted(
    path.name
    for path in (PROJECT / "docs").glob("*.md")
    if "```console" in path.read_text("utf-8") and path.name not in OWN_TEST
)
BLOCK = re.compile(
    r"(?:^<!-- fresh: ([a-z ]*)(?:; ([^\n]*))? -->\n)?^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE
)


class Step(NamedTuple):
    folders: list[str] | None
    """The folders of the project that the block begins with; None if it goes on from the one before."""
    before: str
    command: str
    output: list[str]


def steps(page: str) -> Iterator[Step]:
    for folders, before, shown in BLOCK.findall((PROJECT / "docs" / page).read_text("utf-8")):
        parts = re.split(r"^\$ (.*)\n", shown, flags=re.MULTILINE)[1:]
        for number in range(0, len(parts), 2):
            is_first = bool(folders) and not number
            output = [line.rstrip() for line in parts[number + 1].splitlines()]
            yield Step(
                folders.split() if is_first else None, before if is_first else "", parts[number], output
            )


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_give_the_output_that_the_page_shows(here: Path, write: Write, page: str) -> None:
    write("bin/l10n", f'#!/bin/sh\nexec {sys.executable} -m l10n "$@"\n').chmod(0o755)
    path = f"{here / 'bin'}{os.pathsep}{os.environ['PATH']}"
    folder = project(here, ["articles", "locales"])
    found = list(steps(page))
    assert found
    for step in found:
        folder = folder if step.folders is None else project(here, step.folders)
        for command in filter(None, (step.before, step.command)):
            done = subprocess.run(
                ["/bin/sh", "-c", command],
                cwd=folder,
                env=os.environ | {"PATH": path, "LC_ALL": "C.UTF-8", "PROJECT": str(PROJECT)},
                capture_output=True,
                text=True,
                check=False,
            )
        assert [line.rstrip() for line in done.stdout.splitlines()] == step.output, step.command


def project(here: Path, folders: list[str]) -> Path:
    made = Path(tempfile.mkdtemp(dir=here))
    for name in folders:
        shutil.copytree(PROJECT / name, made / name)
    return made


def test_the_pages_with_commands_are_many() -> None:
    assert {"start.md", "exchange.md", "research.md", "leading.md", "glossary.md"} <= set(PAGES)
