"""The command as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Run:
    """The exit code and output of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def codes(self) -> list[str]:
        return [problem["code"] for problem in self.json["problems"]]


def l10n(*arguments: str | Path, cwd: Path, timeout: float | None = None) -> Run:
    """Run the command through its entry point, for at most `timeout` seconds."""
    command = [sys.executable, "-m", "l10n", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False, timeout=timeout
    )
    return Run(done.returncode, done.stdout, done.stderr)
