"""Measure how time and memory grow with each construct: for twice the input, at most 2.5 times.

    python -m benchmarks.growth [WORD ...]

Law 5, no input makes the time explode. Each case of `tests/helpers/growth.py` whose name contains a word
(by default, every case) runs in a separate process with n and 2n repetitions. CPU time and peak memory are
those of the process, minus those of one repetition. If the output more than doubles (a longer text may
differ in more places), time and memory may grow as much. Prints the cases that grow faster; the exit
code is 1 if there are any.
"""

from __future__ import annotations

import gc
import os
import resource
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NamedTuple

from l10n.cli import main as l10n
from tests.helpers.growth import MOST, file_cases, files_of

_COUNT = 4_000
"""Repetitions in the smaller run; the larger one has twice as many."""
_SECONDS = 0.25
"""Less CPU time is too short to be measured."""
_BYTES = 40 << 20
"""Less memory is too little to be measured."""
_LONGEST = 60
"""Seconds of CPU time after which a process is ended."""


class Cost(NamedTuple):
    """CPU time and memory of a run."""

    seconds: float
    bytes: int
    output: int = 1
    """Bytes printed."""


def run(files: dict[str, str], lines: Sequence[str]) -> Cost:
    """Measure the last of the command lines, in a folder with the files; run the others before it."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "surrogateescape"))
        with tempfile.TemporaryFile() as before, tempfile.TemporaryFile() as output:
            for line in lines[:-1]:
                _child(folder, line, before)
            cost = _child(folder, lines[-1], output)
            return cost._replace(output=max(1, os.fstat(output.fileno()).st_size))


def _child(folder: str, line: str, output: IO[bytes]) -> Cost:
    child = os.fork()
    if child == 0:
        gc.disable()  # as the entry point of the command does
        os.chdir(folder)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(output.fileno(), 1)
        os.dup2(nothing, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (_LONGEST, _LONGEST))
        options = [] if line.split(maxsplit=1)[0] in ("status", "terms", "merge-driver") else ["--jobs", "1"]
        try:
            l10n.main([*line.split(), *options], standalone_mode=False)
        finally:
            os._exit(0)
    _, _, usage = os.wait4(child, 0)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def grows(kind: str, name: str, lines: Sequence[str]) -> str | None:
    """Return the growth of a case if it exceeds the limit."""
    base = run(files_of(kind, name, 1), lines)
    small = large = Cost(0, 0)
    for tries in range(3):  # other processes make a run slower, never faster
        new = [run(files_of(kind, name, count), lines) for count in (_COUNT, 2 * _COUNT)]
        small = Cost(max(small.seconds, new[0].seconds), max(small.bytes, new[0].bytes))
        large = new[1] if not tries else min(large, new[1])
        more = max(1, new[1].output / new[0].output / 2)
        time = _ratio(large.seconds - base.seconds, small.seconds - base.seconds, _SECONDS)
        memory = _ratio(large.bytes - base.bytes, small.bytes - base.bytes, _BYTES)
        if max(time, memory) <= MOST * more:
            return None
    took = f"{small.seconds:.2f} s, {large.seconds:.2f} s; {small.bytes >> 20} MB, {large.bytes >> 20} MB"
    return f"{_COUNT:,} and {2 * _COUNT:,} times: {took}"


def _ratio(large: float, small: float, enough: float) -> float:
    return large / max(small, enough / MOST) if large > enough else 0


def main(words: Sequence[str]) -> int:
    """Measure the cases with one of `words` in their names; return the exit code."""
    gc.freeze()
    failed = done = 0
    for kind, name, command, lines in file_cases():
        label = f"{kind} / {name} / {command}"
        if words and not any(word in label for word in words):
            continue
        done += 1
        if growth := grows(kind, name, lines):
            failed += 1
            print(f"{label}: {growth}", flush=True)
    print(f"{done:,} cases, {failed:,} grow faster than {MOST} times")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
