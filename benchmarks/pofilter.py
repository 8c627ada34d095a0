"""Compare `l10n check` with translate-toolkit's pofilter on the same PO file.

    python -m benchmarks.pofilter CORPUS/NAME/annotated POFILTER

POFILTER is the command, in a separate environment. The PO file has the human translations, with a fault
planted in every second message. A fault counts as found if its message is reported; any other reported
message is a false alarm. Seconds are CPU seconds of whole processes on the PO file of all articles, the best
of three.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.planted import ERRORS, WARNINGS, Plant, good_pairs
from l10n import po
from l10n.catalogue import Catalogue, Message, Place, header
from l10n.checks import Pair

RUNS = 3


def main() -> None:
    folder, pofilter = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    tool = [sys.executable, "-m", "l10n"]
    with tempfile.TemporaryDirectory() as scratch:
        planted = _planted_po(folder, Path(scratch, "planted.po"))
        extract = [*tool, "extract", str(folder), "-o", "all"]  # its problems do not matter here
        subprocess.run(extract, cwd=scratch, check=False, capture_output=True)
        (everything,) = Path(scratch, "all").iterdir()
        print("| tool | planted faults found | false alarms | seconds |")
        print("|---|--:|--:|--:|")
        check = [*tool, "check", "--format", "json"]
        levels = {"errors and warnings": "warning", "errors only": "error"}
        for name, level in levels.items():
            run = subprocess.run(
                [*check, "--severity", level, "planted.po"], cwd=scratch, capture_output=True, check=False
            )
            named = {finding["line"] for finding in json.loads(run.stdout)["findings"]}
            seconds = _best([*check, "--severity", level, str(everything)], scratch)
            print(_row(f"l10n check, {name}", named, planted, seconds))
        named = _pofilter(pofilter, scratch)
        seconds = _best([str(pofilter), "--nonotes", str(everything), "out.po"], scratch)
        print(_row("pofilter", named, planted, seconds))


def _planted_po(folder: Path, path: Path) -> dict[int, bool]:
    """Write the PO file; return which messages, by number, have a planted fault."""
    dice = random.Random("pofilter")
    kinds = sorted({**ERRORS, **WARNINGS}.items())
    messages, planted = [], {}
    pairs = {pair.source: pair for pair in good_pairs(folder) if "\0" not in pair.target}
    for number, pair in enumerate(pairs.values(), 1):
        target = _fault(pair, kinds, dice) if number % 2 else None
        planted[number] = target is not None
        messages.append(Message(pair.source, target or pair.target, places=[Place("a.md", number)]))
    fields = header.new_header(next(iter(pairs.values())).locale, "planted", [])
    path.write_bytes(po.write(Catalogue(messages, fields | {header.BASEPATH: "."})))
    return planted


def _fault(pair: Pair, kinds: list[tuple[str, Plant]], dice: random.Random) -> str | None:
    for _, plant in dice.sample(kinds, len(kinds)):
        target = plant(pair, dice)
        if target and target != pair.target and "\0" not in target:
            return target
    return None


def _pofilter(pofilter: Path, scratch: str) -> set[int]:
    subprocess.run(
        [str(pofilter), "--nonotes", "planted.po", "found.po"], cwd=scratch, capture_output=True, check=False
    )
    found = Path(scratch, "found.po").read_text("utf-8")
    return {int(line.rpartition(":")[2]) for line in found.splitlines() if line.startswith("#: ")}


def _row(name: str, named: set[int], planted: dict[int, bool], seconds: float) -> str:
    faults = [number for number, is_planted in planted.items() if is_planted]
    good = [number for number, is_planted in planted.items() if not is_planted]
    found, alarms = (len(named.intersection(numbers)) for numbers in (faults, good))
    return f"| {name} | {found:,} of {len(faults):,} | {alarms:,} of {len(good):,} | {seconds:.2f} |"


def _best(command: list[str], folder: str) -> float:
    """Return the least CPU seconds of several runs, those least disturbed by other work on the machine."""
    times = []
    for _ in range(RUNS):
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        times.append(usage.ru_utime + usage.ru_stime)
    return min(times)


if __name__ == "__main__":
    main()
