"""Measure a translation memory: the time and the memory that it takes to find matches in it.

    python benchmarks/memory.py [PAIRS] [WANTED]

A TMX file of PAIRS made-up pairs (one million, fixed seed) is written to a temporary folder. Its words are as
frequent as in a language (Zipf's law). Of the WANTED sources (5,000), two thirds are in the memory, and one
third is there with one word less.
"""

from __future__ import annotations

import gc
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from l10n.memory import Memory
from l10n.memory.reading import find_memory_files, read_memory
from l10n.problems import Problem

_WORDS = 30_000
_SENTENCE = (4, 20)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header srclang="en"/><body>\n'
_TU = '<tu><tuv xml:lang="en"><seg>{}</seg></tuv><tuv xml:lang="nb"><seg>{}</seg></tuv></tu>\n'


def sentences(dice: random.Random) -> Iterator[str]:
    letters = "abcdefghijklmnoprstuv"
    words = ["".join(dice.choices(letters, k=dice.randint(2, 9))) for _ in range(_WORDS)]
    weights = [1 / (rank + 5) for rank in range(_WORDS)]
    while True:
        pool = dice.choices(words, weights, k=1_000_000)
        start = 0
        while start < len(pool):
            length = dice.randint(*_SENTENCE)
            yield " ".join(pool[start : start + length]) + "."
            start += length


def write_tmx(path: Path, pairs: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        for source in islice(sentences(random.Random(3)), pairs):
            file.write(_TU.format(source, source.upper()))
        file.write("</body></tmx>\n")


def wanted_sources(pairs: int, wanted: int) -> list[str]:
    step = max(1, pairs // wanted)
    found = list(islice(sentences(random.Random(3)), 0, pairs, step))[:wanted]
    return [source if n % 3 else source.replace(" ", " new ", 1) for n, source in enumerate(found)]


def main(pairs: int, wanted: int) -> None:
    gc.disable()  # as the command does
    sources = wanted_sources(pairs, wanted)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "memory.tmx")
        write_tmx(path, pairs)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        wall, start = time.monotonic(), time.process_time()
        memory = Memory({"nb_NO": sources}, 75)
        problems: list[Problem] = []
        read_memory(find_memory_files([path], problems), memory, problems)
        read = time.process_time() - start
        matches = [memory.match(source, "nb_NO") for source in sources]
        matched = time.process_time() - start - read
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10
        exact = sum(match is not None and match.percent == 100 for match in matches)
        fuzzy = sum(match is not None and match.percent < 100 for match in matches)
        print(f"{memory.pairs:,} pairs ({os.stat(path).st_size >> 20:,} MiB), {len(sources):,} sources")
        print(f"exact {exact:,}, fuzzy {fuzzy:,}, without {len(sources) - exact - fuzzy:,}")
        print(f"CPU seconds: reading {read:.1f}, matching {matched:.1f}")
        print(f"wall seconds: {time.monotonic() - wall:.1f}; memory: {grown:,} MiB more")


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [1_000_000, 5_000][len(numbers) :]))
