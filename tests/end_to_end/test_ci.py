"""The recipes for CI do what they say: each command of theirs is run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.git import git
from tests.helpers.project import PROJECT

RECIPES = PROJECT / "docs/ci"
NUMBER = ("Vent 51 minutter.", "Wait 15 minutes.")


@pytest.fixture
def project(here: Path, write: Write) -> Path:
    """A project as the recipes expect it, up to date and reviewed."""
    write("articles/a.md", article(NUMBER, kind="HT"))
    l10n("extract", "articles", cwd=here)
    l10n("check", "articles", "--baseline", "known.json", "--write-baseline", cwd=here)
    return here


def github_steps(name: str) -> list[str]:
    recipe: Any = yaml.safe_load((RECIPES / name).read_text())
    (job,) = recipe["jobs"].values()
    return [step["run"] for step in job["steps"] if "run" in step]


def gitlab_steps() -> list[str]:
    recipe: Any = yaml.safe_load((RECIPES / "gitlab.yml").read_text())
    return [*recipe["translations"]["before_script"], *recipe["translations"]["script"]]


def run(step: str, cwd: Path) -> int:
    """Run a step in a shell, in which l10n is the one under test; return its exit code."""
    script = f'l10n() {{ {shlex.quote(sys.executable)} -m l10n "$@"; }}\n{step}'
    return subprocess.run(["bash", "-ec", script], cwd=cwd, check=False, capture_output=True).returncode


def local(steps: list[str]) -> list[str]:
    """Leave out what needs a network."""
    return [step for step in steps if not re.match(r"pip install|git push", step)]


@pytest.mark.parametrize("steps", [github_steps("github.yml"), gitlab_steps()], ids=["github", "gitlab"])
def test_a_project_that_is_up_to_date_passes(project: Path, steps: list[str]) -> None:
    assert len(local(steps)) == 3
    assert [run(step, project) for step in local(steps)] == [0, 0, 0]
    report = project / ("l10n.sarif" if "sarif" in str(steps) else "l10n.xml")
    assert report.stat().st_size > 100


@pytest.mark.parametrize("steps", [github_steps("github.yml"), gitlab_steps()], ids=["github", "gitlab"])
def test_each_step_fails_for_its_own_reason(project: Path, write: Write, steps: list[str]) -> None:
    write("articles/b.md", article(("Vent 52 minutter.", "Wait 25 minutes."), prefix="c"))
    assert [run(step, project) for step in local(steps)] == [1, 1, 0]
    l10n("extract", "articles", cwd=project)
    assert [run(step, project) for step in local(steps)] == [0, 1, 1]


def test_a_delivery_is_extracted_and_committed_once(project: Path, write: Write) -> None:
    git(project, "init", "-q", "-b", "main")
    git(project, "add", ".")
    git(project, "commit", "-qm", "first")
    write("articles/b.md", article(NUMBER, ("Ha det", "Bye"), prefix="c"))
    for _ in range(2):
        assert [run(step, project) for step in local(github_steps("github-delivery.yml"))] == [0, 0, 0]
    commits = git(project, "log", "--format=%s").split("\n")
    assert [line for line in commits if line] == ["PO files of the new delivery", "first"]
    assert "reviewed.svg" in git(project, "ls-files")


def test_pre_commit_runs_the_hooks_on_the_files_that_are_theirs(
    project: Path, write: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The hooks run with the l10n under test instead of one that is installed from the network."""
    hooks = tmp_path_factory.mktemp("hooks")
    (hooks / ".pre-commit-hooks.yaml").write_bytes((PROJECT / ".pre-commit-hooks.yaml").read_bytes())
    git(hooks, "init", "-q")
    git(hooks, "add", "-A")
    git(hooks, "commit", "-qm", "hooks")
    entry = f"{sys.executable} -m l10n"
    uses = [
        {"id": f"l10n-{name}", "language": "system", "entry": f"{entry} {name}"}
        for name in ("check", "extract")
    ]
    rev = git(hooks, "rev-parse", "HEAD").strip()
    write(
        ".pre-commit-config.yaml",
        yaml.safe_dump({"repos": [{"repo": str(hooks), "rev": rev, "hooks": uses}]}),
    )
    write("l10n.toml", 'articles = "articles"\n')
    write("other.py", "")
    git(project, "init", "-q")
    git(project, "add", "-A")

    def pre_commit(*arguments: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "pre_commit", "run", "--color", "never", "--verbose", *arguments]
        environment = os.environ | {"PRE_COMMIT_HOME": str(hooks / "home")}
        done = subprocess.run(
            command, cwd=project, env=environment, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    code, said = pre_commit("l10n-check", "--all-files")
    assert (code, "number 51 should be 15" in said) == (1, True), said
    code, said = pre_commit("l10n-check", "--files", "other.py")
    assert (code, "no files to check" in said) == (0, True), said
    assert pre_commit("l10n-extract", "--all-files")[0] == 0
    write("articles/b.md", article(("Ha det", "Bye")))
    git(project, "add", "-A")
    code, said = pre_commit("l10n-extract", "--all-files")
    assert (code, "files were modified by this hook" in said) == (1, True), said
