"""Consoles in any encoding: what they cannot show is written with escapes, and no command fails at it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.files import Write
from tests.helpers.project import PROJECT

ENCODINGS = ["cp1252", "cp932", "cp437", "ascii", "utf-16"]
COMMANDS = [
    "extract articles -v",
    "merge locales -v --copy-rest",
    "status",
    "status --by article",
    "status --analysis",
    "check articles --severity note",
    "check locales --statistics",
    "check --list",
    "check --explain invisible-character",
    "preview locales -v",
    "export locales --to tsv -v",
    "terms articles --minimum 2",
    "align articles/ja-JP articles/ja-JP -o aligned -v",
    "extract --help",
    "extract 日本語",
]


@pytest.fixture
def project(here: Path, write: Write) -> Path:
    for name in ("articles", "locales"):
        shutil.copytree(PROJECT / name, here / name)
    write("articles/ja-JP/壊れた.md", '<span data-ttu-id="1a2b3-9">x')
    return here


def run(command: str, encoding: str, cwd: Path) -> tuple[int, bytes, bytes]:
    environment = os.environ | {
        "PYTHONIOENCODING": encoding,
        "PYTHONUTF8": "0",
        "LC_ALL": "C",
        "COLUMNS": "100",
    }
    done = subprocess.run(
        [sys.executable, "-m", "l10n", *command.split()],
        cwd=cwd,
        env=environment,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_command_speaks_to_a_console_in_any_encoding(project: Path, encoding: str) -> None:
    for command in COMMANDS:
        code, out, err = run(command, encoding, project)
        assert code in (0, 1, 2), (command, err)
        assert b"Traceback" not in err, command
        # Where nothing says which encoding it is, as with LC_ALL=C, text is UTF-8.
        shown = "utf-8" if encoding == "ascii" else encoding
        assert out.decode(shown) + err.decode(shown), command


@pytest.mark.parametrize("encoding", ENCODINGS[:4])
def test_what_a_program_gets_does_not_depend_on_the_encoding(project: Path, encoding: str) -> None:
    for command in ("extract articles -o fresh", "check articles", "status", "terms articles --minimum 2"):
        code, out, _ = run(f"{command} --json", encoding, project)
        again, expected, _ = run(f"{command} --json", "utf-8", project)
        if command.startswith("extract"):
            assert json.loads(out)["messages"] == json.loads(expected)["messages"]
        else:
            assert (code, json.loads(out)) == (again, json.loads(expected)), command
