"""Time grows with the size of the input only: a harness over everything that a unit can hold.

`benchmarks/growth.py` does so for whole files and all commands, in processes of their own.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Iterator
from functools import partial

import pytest

from benchmarks.growth import grows
from l10n.checks import CHECKS, Pair
from l10n.checks.inside import BOUND_MET, MOST, Inside
from l10n.checks.tokens import read
from l10n.glossary.candidates import candidates
from l10n.glossary.termsearch import Form, TermEntry, TermSearch
from tests.helpers.growth import CONSTRUCTS, RELATIONS, changed, file_cases, repeated, seconds, texts

pytestmark = pytest.mark.slow


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
    """Four times the text takes less than eight times the CPU time; it is looked at anew where it seems more.

    What is linear takes four times as long, what is quadratic sixteen times. What takes less than 50 ms for
    16,000 characters is not compared.
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


def test_a_bound_of_urls_is_said_where_none_is_lost() -> None:
    """Law 3: URLs that became destinations of links are looked for, too."""
    urls = [f"http://a.com/{number}x" for number in range(MOST + 1)]
    url = next(check for check in CHECKS if check.name == "url")
    for count, told in ((MOST, []), (MOST + 1, [BOUND_MET])):
        target = " ".join(f"[x]({one})" for one in urls[:count])
        pair = Pair(" ".join(urls[:count]), target, "paragraph", "nb_NO")
        assert [finding.message for finding in url.find(pair)] == told


def test_a_bound_of_the_ways_to_write_a_number_is_said() -> None:
    separator = next(check for check in CHECKS if check.name == "number-separator")
    writings = [f"{'1,' * number}{'1' * (25 - number)}" for number in range(24)]
    pair = Pair("1" * 25, "; ".join(writings), "paragraph", "nb_NO")
    assert any("20 ways" in finding.message for finding in separator.find(pair))


@pytest.mark.usefixtures("without_gc")
@pytest.mark.parametrize("piece", ["git -Ab{i} "])
def test_names_of_a_long_unit_are_counted_in_linear_time(piece: str) -> None:
    letters = str.maketrans("0123456789", "bcdfghjklm")  # each name and word is another one

    def pairs(count: int) -> dict[tuple[str, str], int]:
        pieces = repeated(piece, count)
        return {("".join(pieces).translate(letters), "".join(changed(pieces)).translate(letters)): 5}

    for _ in range(4):
        small, large = (seconds(partial(candidates, pairs(count), "nb_NO")) for count in (1_000, 4_000))
        if large <= 6.25 * max(small, 0.05):
            return
    raise AssertionError((piece, small, large))


def test_a_glossary_of_one_stem_is_searched_in_linear_time() -> None:
    """Each place of a text is read once for all targets that begin with the same word."""

    def search(count: int) -> float:
        terms = TermSearch([TermEntry(f"rapport ord{n}", Form.INFLECTED) for n in range(count)])
        text = "rapport om " * count
        return seconds(partial(terms.find, text))

    for _ in range(4):
        small, large = search(1_000), search(4_000)
        if large <= 6.25 * max(small, 0.05):
            return
    raise AssertionError((small, large))


def test_what_was_not_looked_for_is_no_finding() -> None:
    inside = Inside("a1 a2")
    assert "a1" in inside
    assert "b" not in inside
    for number in range(2 * MOST):
        assert (f"c{number}" in inside) == (number >= MOST - 2)
    assert inside.is_met
    assert "b" not in inside


_QUICK = [
    ("sources", "one file for all", "extract"),
    ("sources", "a long history", "status"),
    ("english", "keywords", "merge reviews"),
    ("english", "image texts in one line", "extract"),
    ("english", "text that differs", "merge"),
]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process of its own is measured by fork")
@pytest.mark.parametrize(("kind", "name", "command"), _QUICK)
def test_twice_as_much_for_english_files_takes_at_most_two_and_a_half_times(
    kind: str, name: str, command: str
) -> None:
    """CPU time and peak memory of the whole command; `benchmarks/growth.py` measures all cases."""
    (lines,) = (case[3] for case in file_cases() if case[:3] == (kind, name, command))
    assert grows(kind, name, lines) is None
