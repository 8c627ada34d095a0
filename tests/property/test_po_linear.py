"""Law 5, no input makes time explode: four times the PO file takes four times the CPU time, not sixteen."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.helpers.po_shapes import SHAPES, UNITS
from tests.helpers.project import PROJECT

pytestmark = pytest.mark.slow

_MEASURE = """
import time
from l10n import po
from l10n.catalogue import Catalogue
from l10n.catalogue.header import Scope
from l10n.catalogue.update import update
from l10n.problems import L10nError
from tests.helpers.po_shapes import SHAPES, UNITS

def read(name, n):
    data = SHAPES[name](n)
    def run():
        try:
            po.write(po.read(data, "x.po"))
        except L10nError:
            pass
    return run

def bring(name, n):
    units, old = UNITS[name](n)
    scope = Scope(["articles", "a.md"])
    return lambda: po.write(Catalogue(update(old, units, scope.holds).messages, {}))

def cost(make, name, n):
    run = make(name, n)
    costs = []
    for _ in range(3):
        start = time.process_time()
        run()
        costs.append(time.process_time() - start)
    return min(costs)
"""


@pytest.mark.parametrize("name", [*SHAPES, *UNITS])
def test_four_times_the_size_takes_four_times_the_time(name: str) -> None:
    # Below 600 kB all fits into the cache of the processor, which makes the smaller one far faster.
    make, size = ("read", 40_000) if name in SHAPES else ("bring", 2_000)
    code = f"{_MEASURE}\nsmall, large = (cost({make}, {name!r}, n) for n in ({size}, {4 * size}))\n"
    code += "assert large < 8 * small + 0.02, (small, large)"
    subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True)
