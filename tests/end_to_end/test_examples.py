"""Every example of the help and of the README is a command that works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers.articles import unit
from tests.helpers.git import git
from tests.helpers.plain import ENGLISH, NORWEGIAN
from tests.helpers.project import PROJECT

EXAMPLES = re.findall(
    r"^(?:l10n|git) .*$",
    "".join(
        re.findall(
            r"^Examples:\n\n```\n(.*?)```", (PROJECT / "docs/commands.md").read_text("utf-8"), re.S | re.M
        )
    ),
    re.M,
)
SERVES = [line for line in EXAMPLES if "--serve" in line]
"""It runs until somebody ends it; the tests of the preview do."""
FAILS = {
    "l10n check articles/",
    "l10n check locales/nb_NO.po --severity error",
    "l10n check articles/ --glossary glossary.csv",
    "l10n check articles/ --format json | jq '.findings[] | .message'",
    "l10n status --fail-under 95 --badge reviewed.svg",
}
"""Their exit code is 1 for these articles: there are errors, and less than 95 % is reviewed."""
JQ = """
import json, sys
json.load(sys.stdin)
"""
"""In place of jq: it refuses what is not one JSON object."""


@dataclass(frozen=True)
class Project:
    folder: Path

    def run(self, line: str) -> subprocess.CompletedProcess[str]:
        path = f"{self.folder.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
        shell = ["bash", "-c", f"set -o pipefail; {line}"]
        environment = os.environ | {"PATH": path, "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            shell, cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A folder with all that the examples name."""
    for name, script in (("l10n", "-m l10n"), ("jq", f"-c '{JQ}'"), ("poedit", "-c ''")):
        file = tmp_path / "bin" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f'#!/bin/sh\nexec {sys.executable} {script} "$@"\n')
        file.chmod(0o755)
    folder = tmp_path / "work"
    for name in ("articles", "locales"):
        shutil.copytree(PROJECT / name, folder / name)
    shutil.copytree(PROJECT / "articles", folder / "delivery/articles")
    shutil.copytree(folder / "locales", tmp_path / "product-b/locales")
    for name, text in (("en", ENGLISH), ("nb", NORWEGIAN.format(keys=""))):
        (folder / "docs" / name).mkdir(parents=True)
        (folder / "docs" / name / "a.md").write_text(text)
    yield Project(folder)


def prepare(project: Project, line: str) -> None:
    """Make what an example says that an earlier command, or somebody else, has made."""
    folder = project.folder
    if "README.md" in line:
        (folder / "articles/README.md").write_text(f"# {unit('Les dette', 'Read this')}\n")
    if "--glossary" in line:
        (folder / "glossary.csv").write_text("source,target\nmailbox,postboks\n")
    if "docs.git" in line:
        english = folder.parent / "docs"
        shutil.copytree(PROJECT / "tests/english", english)
        git(english, "init", "-q", "-b", "main")
        git(english, "add", ".")
        git(english, "commit", "-qm", "one")
        git(folder.parent, "clone", "-q", "--bare", str(english), str(folder.parent / "docs.git"))
    if line.startswith("git"):
        git(folder, "init", "-q", "-b", "main")
        git(folder, "add", ".")
        git(folder, "commit", "-qm", "one")
        (article,) = folder.glob("articles/nb-NO/mail/shared-mailbox.md")
        article.write_bytes(article.read_bytes() + b"\n")
    if "annotated/ --locale" in line:
        assert project.run("l10n align docs/en docs/nb -o annotated/").returncode == 0
    for file, name in (("old.tmx", "tmx"), ("from-agency.xlf", "xliff")):
        if file in line:
            assert project.run(f"l10n export locales/nb_NO.po --to {name} -o {file}").returncode == 0


@pytest.mark.parametrize("line", [line for line in EXAMPLES if line not in SERVES])
def test_an_example_of_the_help_works(project: Project, line: str) -> None:
    prepare(project, line)
    done = project.run(line)
    assert done.returncode == int(line in FAILS), done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_the_examples_are_many() -> None:
    assert len(EXAMPLES) > 30
    assert len(SERVES) == 1
    assert set(EXAMPLES) >= FAILS


def test_the_commands_of_the_readme_work(project: Project) -> None:
    (block,) = re.findall(r"^```\n(l10n .*?)```", (PROJECT / "README.md").read_text("utf-8"), re.S | re.M)
    for line in block.splitlines():
        done = project.run(line)
        assert (done.returncode, done.stderr) == (0, "")
    assert "build/nb-NO/" in block
    assert any((project.folder / "build/nb-NO").rglob("*.md"))
