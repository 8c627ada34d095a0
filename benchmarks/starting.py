"""Measure how long the commands take for one small article: what a person or a hook waits for.

Nearly all of it is loading: Python, click, and the modules that the command needs.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from benchmarks import synthetic
from benchmarks.timing import Lane, Step, alternate
from benchmarks.tools import TOOL

PYTHON = "python -c pass"
ROUNDS = 10
"""Rounds for each one that the longer measurements have: a run is short, and others disturb it more."""


def measure(folder: Path, units: int, rounds: int) -> list[Lane]:
    """Measure the commands on an article of `units` units, alternately; Python alone comes first."""
    work = folder / "starting"
    synthetic.write(work, 1, units)
    shutil.copy(next((work / "annotated").iterdir()), work / "one.md")
    commands = {
        PYTHON: [sys.executable, "-c", "pass"],
        "l10n --help": [*TOOL, "--help"],
        "l10n extract one.md": [*TOOL, "extract", "one.md"],
        "l10n merge": [*TOOL, "merge", "locales"],
        "l10n status": [*TOOL, "status"],
        "l10n check one.md": [*TOOL, "check", "one.md"],
    }
    lanes = [Lane(name, [Step(name, command, work, accepted=(0, 1))]) for name, command in commands.items()]
    alternate(lanes[2:3], 1)  # the others need its PO file
    alternate(lanes, rounds * ROUNDS)
    return lanes
