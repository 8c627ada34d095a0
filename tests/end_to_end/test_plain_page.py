"""docs/plain.md: its example, run as a reader would, gives the output that the page shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from hashlib import sha1
from pathlib import Path

from tests.helpers.files import Write
from tests.helpers.git import git
from tests.helpers.project import PROJECT

PAGE = (PROJECT / "docs/plain.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def steps() -> list[tuple[str, str]]:
    """Return each command of the page with the output that it shows."""
    text = "".join(blocks("console"))
    commands = re.split(r"^\$ (.*)\n", text, flags=re.MULTILINE)[1:]
    return list(zip(commands[::2], commands[1::2], strict=True))


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip("\n").split("\n")]


def test_the_example_gives_the_output_that_the_page_shows(here: Path, write: Write) -> None:
    english, localized = blocks("markdown")
    write("docs/mail/shared.md", english)
    git(here / "docs", "init", "-q")
    git(here / "docs", "add", ".")
    git(here / "docs", "commit", "-qm", "Shared mailboxes")
    commit = git(here / "docs", "rev-parse", "HEAD")
    keys = localized.replace("HASH", sha1(english.encode()).hexdigest()).replace("COMMIT", commit)
    write("articles/nb-NO/mail/shared.md", keys)
    write("bin/l10n", f'#!/bin/sh\nexec {sys.executable} -m l10n "$@"\n').chmod(0o755)
    path = f"{here / 'bin'}{os.pathsep}{os.environ['PATH']}"
    shown = steps()
    assert len(shown) >= 5
    for command, output in shown:
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=here,
            env=os.environ | {"PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == "", command
        assert lines(done.stdout) == lines(output), command
