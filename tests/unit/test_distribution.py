"""The distribution's name: `l10n` on PyPI is somebody else's tool, and no text leads anybody to it."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest

from tests.helpers.project import PROJECT

NAME = "l10n-docs"
ANOTHER = re.compile(
    r"\b(?:pip|pipx|uv)\b[^\n`]*\b(?:install|add|inject)\b[^\n`]*(?<![\w./-])l10n(?![\w./-])|l10n\["
)
"""What installs the distribution `l10n`, or asks for an extra of it."""


def _texts() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    names = [
        name for name in listed.stdout.split("\0") if name and not name.startswith(("tests/", "articles/"))
    ]
    return [f"{name}: {(PROJECT / name).read_bytes().decode('utf-8', 'replace')}" for name in names]


def test_no_text_leads_to_the_tool_of_somebody_else() -> None:
    texts = _texts()
    assert len(texts) > 50
    assert [(text.split(":")[0], match[0]) for text in texts for match in ANOTHER.finditer(text)] == []


@pytest.mark.parametrize(
    "text", ["pip install l10n", "pip install -U 'l10n[cluster]'", "pipx install l10n", '"l10n[test]"']
)
def test_what_leads_there_is_known(text: str) -> None:
    assert ANOTHER.search(text)


@pytest.mark.parametrize(
    "text", ["pip install l10n-docs", "pip install 'l10n-docs[cluster]'", "pip install ./l10n"]
)
def test_what_does_not_lead_there_is_not_taken_for_it(text: str) -> None:
    assert not ANOTHER.search(text)


def test_the_distribution_has_a_name_of_its_own_and_the_command_keeps_its_own() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    assert project["name"] == NAME
    assert project["scripts"] == {"l10n": "l10n.cli:entry"}
    assert f"{NAME}[cluster]" in project["optional-dependencies"]["test"]
