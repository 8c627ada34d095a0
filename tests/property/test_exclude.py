"""Patterns of `exclude`: what a star means, and how time grows."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from l10n.excluded import Excluded
from l10n.limits import PATTERN_CHARACTERS
from tests.helpers.steps import steps_of

# Two stars are another pattern, and no pattern or name is empty.
patterns = st.text(st.sampled_from("ab*"), min_size=1, max_size=8).map(lambda text: re.sub(r"\*+", "*", text))


@given(patterns, st.text(st.sampled_from("ab"), min_size=1, max_size=10))
def test_a_star_is_any_characters(pattern: str, name: str) -> None:
    def simple(pattern: str, name: str) -> bool:
        if not pattern:
            return not name
        if pattern[0] == "*":
            return any(simple(pattern[1:], name[at:]) for at in range(len(name) + 1))
        return name[:1] == pattern[0] and simple(pattern[1:], name[1:])

    assert Excluded([pattern]).holds(name) == simple(pattern, name)


def test_no_pattern_makes_time_explode() -> None:
    excluded = Excluded(["*a" * (PATTERN_CHARACTERS // 2 - 1) + "b"])
    once = steps_of(lambda: excluded.holds("a" * 2000))
    twice = steps_of(lambda: excluded.holds("a" * 4000))
    assert twice < 2.5 * once
