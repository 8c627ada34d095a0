"""Time grows with the size of the input only: a harness over everything that a unit can hold.

`benchmarks/growth.py` does so for whole files and all commands, in processes of their own.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

import pytest

from l10n.checks import CHECKS, Pair
from l10n.checks.inside import BOUND_MET, MOST, Inside
from l10n.checks.tokens import read
from tests.growth import CONSTRUCTS, RELATIONS, texts


def _clear() -> None:
    """Forget the texts taken apart before, so that each pair pays for its own."""
    for name, module in list(sys.modules.items()):
        for value in list(vars(module).values()) if name.startswith("l10n") else ():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


@pytest.fixture
def without_gc() -> Iterator[None]:
    """As the command line works: else a collection falls into one of two measurements."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def _steps(pair: Pair) -> dict[str, float]:
    """CPU seconds of each check for a pair, and of taking its texts apart."""
    import time

    _clear()
    found = {}
    start = time.process_time()
    read(pair.source)
    read(pair.target)
    found["read"] = time.process_time() - start
    for check in CHECKS:
        start = time.process_time()
        list(check.find(pair))
        found[check.name] = time.process_time() - start
    return found


def _pair(construct: str, relation: str, size: int) -> Pair:
    return Pair(*texts(CONSTRUCTS[construct], relation, size), "paragraph", "nb_NO")


@pytest.mark.usefixtures("without_gc")
@pytest.mark.parametrize("relation", RELATIONS)
def test_no_check_takes_more_than_its_share_of_a_long_text(relation: str) -> None:
    """Four times the text takes at most 2.5 times 2.5 times the time; looked at anew where it seems more.

    What is quadratic takes sixteen times as long, and what takes no time to speak of is not measured.
    """
    for construct in CONSTRUCTS:
        slow = _suspects(construct, relation, None)
        for _ in range(3):  # another process can make a measurement longer, none can make it shorter
            slow = slow and _suspects(construct, relation, slow)
        assert not slow, (construct, relation)


def _suspects(construct: str, relation: str, among: dict[str, float] | None) -> dict[str, float]:
    small, large = (_steps(_pair(construct, relation, size)) for size in (4_000, 16_000))
    return {
        name: large[name]
        for name in (among or large)
        if large[name] > 0.05 and large[name] > 8 * max(small[name], 0.002)
    }


@pytest.mark.parametrize("construct", ["placeholder", "xref", "snake", "mail", "command", "address"])
def test_a_bound_that_was_met_is_said(construct: str) -> None:
    pair = _pair(construct, "lost", 8_000)
    told = [finding.message for check in CHECKS for finding in check.find(pair)]
    assert BOUND_MET in told


def test_what_was_not_looked_for_is_no_finding() -> None:
    inside = Inside("a1 a2")
    assert "a1" in inside
    assert "b" not in inside
    for number in range(2 * MOST):
        assert (f"c{number}" in inside) == (number >= MOST - 2)
    assert inside.is_met
    assert "b" not in inside
