"""A fault of the merge driver itself leaves ours, and git lists the file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from l10n.problems import EX_SOFTWARE
from tests.helpers.project import PROJECT

_FAILS = """
import sys
from l10n import cli
from l10n.commands import merge_driver as driver
def fail(*_):
    raise RecursionError("deep")
driver.three_way = fail
sys.argv = ["l10n", "merge-driver", "base", "ours", "theirs"]
cli.entry()
"""


def test_a_fault_of_its_own_leaves_ours_and_git_lists_the_file(here: Path) -> None:
    data = (PROJECT / "locales/nb_NO.po").read_bytes()
    for name in ("base", "ours", "theirs"):
        Path(name).write_bytes(data)
    done = subprocess.run([sys.executable, "-c", _FAILS], capture_output=True, text=True, check=False)
    assert done.returncode == EX_SOFTWARE < 128
    assert done.stderr.startswith("l10n: internal-error: RecursionError: deep; this is a fault of l10n")
    assert done.stderr.count("\n") == 1
    assert Path("ours").read_bytes() == data
