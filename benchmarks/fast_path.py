"""The time that the fast path of PO files saves (`l10n.po.ordinary`).

    python -m benchmarks.fast_path ARTICLES [ROUNDS]

Runs `l10n extract` again over articles that have not changed, with and without the fast path in turn, in one
process each time. Prints the CPU time of both (the lowest of the rounds) and the part that is saved. The exit
code is 1 if the bytes of the PO files differ.
"""

from __future__ import annotations

import gc
import os
import re
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from l10n.cli import main as l10n
from l10n.po import ordinary


def again(articles: Path, output: str, *, is_fast: bool) -> float:
    """Return the CPU seconds of an extract in a process of its own."""
    child = os.fork()
    if child == 0:
        if not is_fast:
            ordinary.ORDINARY = re.compile(rb"(?!)")
            ordinary.write = lambda message: None
        gc.disable()  # as the entry point of the command does
        sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115
        with suppress(SystemExit):
            l10n(["extract", str(articles), "-o", output, "--jobs", "1"])
        os._exit(0)
    usage = os.wait4(child, 0)[2]
    return usage.ru_utime + usage.ru_stime


def main(articles: Path, rounds: int = 5) -> int:
    """Measure in turn, and print."""
    with tempfile.TemporaryDirectory() as output:
        again(articles, output, is_fast=True)
        first = {path.name: path.read_bytes() for path in Path(output).iterdir()}
        times: dict[bool, list[float]] = {True: [], False: []}
        for _ in range(rounds):
            for is_fast, found in times.items():
                found.append(again(articles, output, is_fast=is_fast))
        is_same = first == {path.name: path.read_bytes() for path in Path(output).iterdir()}
    fast, plain = min(times[True]), min(times[False])
    print(f"fast path {fast:.2f} s, without {plain:.2f} s: it saves {(plain - fast) / plain:.0%}")
    return 0 if is_same else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *map(int, sys.argv[2:])))
