"""Law 5, no input makes time explode: four times the PO file takes four times the CPU time, not sixteen."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from l10n.catalogue import Message, Place, Segment
from tests.conftest import PROJECT

_HEAD = b'msgid ""\nmsgstr "Language: nb_NO\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
_ONE = b'msgid "a"\nmsgstr "b"\n'
SHAPES: dict[str, Callable[[int], bytes]] = {
    "comments and notes in turn": lambda n: _HEAD + b"# a\n#. b\n" * n + _ONE,
    "a previous text in many lines": lambda n: _HEAD + b'#| msgid "a"\n' + b'#| "b"\n\n' * n + _ONE,
    "the same, and a fault at the end": lambda n: (
        _HEAD + b'#| msgid "a"\n' + b'#| "b"\n \n' * n + b'msgid "a\n'
    ),
    "a text in many lines": lambda n: _HEAD + b'msgid "a"\nmsgstr ""\n' + b' "b\\n"\n' * n,
    "escapes without an end": lambda n: _HEAD + b'msgid "a"\nmsgstr "' + b"\\\\" * 8 * n + b"\n",
    "blank lines": lambda n: _HEAD + b" \n\n" * n + _ONE,
    "flags": lambda n: _HEAD + b"#, " + b"a,  b," * n + b"\n" + _ONE,
    "references": lambda n: _HEAD + b"#: " + "a b:3 \u2068x y\u2069:3 ".encode() * (n // 8) + b"\n" + _ONE,
    "isolates that are never closed": lambda n: _HEAD + b"#: " + "\u2068".encode() * n + b"\n" + _ONE,
    "one name of many colons": lambda n: _HEAD + b"#: a" + b":1" * 8 * n + b"\n" + _ONE,
    "header fields": lambda n: _HEAD[:-3] + b"".join(b'"X-%d: charset=b\\n"\n' % i for i in range(n // 4)),
    "plural entries": lambda n: (
        _HEAD + b"".join(b'msgid "%d"\nmsgid_plural "b"\nmsgstr[0] "d"\n\n' % i for i in range(n // 8))
    ),
    "comments behind the last message": lambda n: _HEAD + _ONE + b"\n# a\n#. b\n" * n,
}


def _units(n: int, source: str = "s", under: str = "") -> list[Segment]:
    return [
        Segment(source or f"s{i}", f"t{i}", Place("a.md", i), "paragraph", "1-102", False, under)
        for i in range(n)
    ]


UNITS: dict[str, Callable[[int], tuple[list[Segment], list[Message]]]] = {
    # The units of an extract, and the messages that there are.
    "a long heading over many units": lambda n: (_units(n, "", "h " * 10 * n), []),
    "a long context": lambda n: (_units(n), [Message("s", "x", "c" * 20 * n)]),
    "a context of many ellipses": lambda n: (_units(n), [Message("s", "x", "… " * 20 * n)]),
    "a long translation": lambda n: (_units(n), [Message("s", "x" * 20 * n)]),
    "a long path": lambda n: (_units(n), [Message("s", "x", places=[Place("a/" * 10 * n + "b.md", 1)])]),
}
_MEASURE = """
import time
from l10n import po
from l10n.catalogue import Catalogue
from l10n.catalogue.header import Scope
from l10n.catalogue.update import update
from l10n.problems import L10nError
from tests.test_po_linear import SHAPES, UNITS

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
    make, size = ("read", 20_000) if name in SHAPES else ("bring", 2_000)
    code = f"{_MEASURE}\nsmall, large = (cost({make}, {name!r}, n) for n in ({size}, {4 * size}))\n"
    code += "assert large < 8 * small + 0.02, (small, large)"
    subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True)
