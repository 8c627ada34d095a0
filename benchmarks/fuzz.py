"""Attack the laws with a million mutated articles and PO files.

    python -m benchmarks.fuzz [--cases 1000000] [--seed 0] [--jobs 2] [--keep FOLDER]

The cases are those of tests/helpers/mutated.py. hypothesis generates them in rounds of 5,000, and reduces a
failing case to the smallest that still fails. Prints each failure with the seed of its round, which
reproduces it, and writes its bytes to FOLDER. The exit code is 1 if there is a failure.

A case may take at most SECONDS of CPU time: law 5, no input makes the time explode.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.helpers.mutated import article_files, check_article, check_po, delivery_of, po_files, translations
from tests.helpers.project import PROJECT

ROUND = 5_000
"""Cases of one round; hypothesis remembers a round's cases, so this bounds its memory."""
SECONDS = 2.0
"""CPU time of one case. The originals are small: a usual case takes some milliseconds."""


class Failure(NamedTuple):
    """A case that broke a law."""

    kind: str
    seed: int
    traceback: str
    data: bytes


def articles_round(seed: int) -> Failure | None:
    """Run one round of mutated articles."""
    last: list[bytes] = [b""]

    @given(article_files(), st.sampled_from(["a.md", "a.yml"]), translations, st.integers(0, 1000))
    def attack(data: bytes, name: str, translation: str, number: int) -> None:
        last[0] = data
        _timed(partial(check_article, data, name, translation, number))

    return _round("article", seed, attack, last)


def po_round(seed: int) -> Failure | None:
    """Run one round of mutated PO files."""
    last: list[bytes] = [b""]
    delivery = delivery_of(PROJECT / "articles/nb-NO/devices/delete-a-device.md")

    @given(po_files())
    def attack(data: bytes) -> None:
        last[0] = data
        _timed(partial(check_po, data, delivery))

    return _round("po", seed, attack, last)


def _timed(case: Callable[[], None]) -> None:
    start = time.process_time()
    case()
    assert time.process_time() - start < SECONDS, "it takes too long"


def _round(kind: str, seed: int, attack: Callable[[], Any], last: list[bytes]) -> Failure | None:
    run = settings(
        max_examples=ROUND,
        database=None,
        deadline=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )(hypothesis.seed(seed)(attack))
    try:
        run()
    except Exception:  # any exception of l10n is a failure
        text, _, _ = traceback.format_exc(limit=-4).partition("Failing test case")
        return Failure(kind, seed, text, last[0])
    return None


def main() -> None:
    """Run the attack and print what it found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cases", type=int, default=1_000_000, help="number of cases, half of them PO files")
    parser.add_argument("--seed", type=int, default=0, help="seed of the first round")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="number of processes")
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"), help="folder for the failing cases")
    arguments = parser.parse_args()
    rounds = max(1, arguments.cases // (2 * ROUND))
    seeds = range(arguments.seed, arguments.seed + rounds)
    failures = 0
    start = time.monotonic()
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for attack in (articles_round, po_round):
            for number, failure in enumerate(pool.map(attack, seeds), 1):
                print(f"{attack.__name__} {number}/{rounds}", file=sys.stderr)
                if failure:
                    failures += 1
                    arguments.keep.mkdir(parents=True, exist_ok=True)
                    kept = arguments.keep / f"{failure.kind}-{failure.seed}"
                    kept.write_bytes(failure.data)
                    print(
                        f"{failure.kind}, round {failure.seed}, kept as {kept}:\n{failure.traceback}",
                        flush=True,
                    )
    cases = 2 * rounds * ROUND
    print(f"{cases:,} cases, {failures} rounds failed, {time.monotonic() - start:.0f} s")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
