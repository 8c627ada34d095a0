"""docs/exchange.md: its commands, run as a reader would, give the output that the page shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.helpers.files import Write
from tests.helpers.project import PROJECT

PAGE = (PROJECT / "docs/exchange.md").read_text()


def test_the_commands_give_the_output_that_the_page_shows(here: Path, write: Write) -> None:
    shutil.copytree(PROJECT / "locales", here / "locales")
    write("bin/l10n", f'#!/bin/sh\nexec {sys.executable} -m l10n "$@"\n').chmod(0o755)
    path = f"{here / 'bin'}{os.pathsep}{os.environ['PATH']}"
    shown = "".join(re.findall(r"^```console\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE))
    parts = re.split(r"^\$ (.*)\n", shown, flags=re.MULTILINE)[1:]
    assert len(parts) == 10
    for command, output in zip(parts[::2], parts[1::2], strict=True):
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=here,
            env=os.environ | {"PATH": path, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert [line.rstrip() for line in done.stdout.splitlines()] == output.splitlines(), command
