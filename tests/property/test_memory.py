"""A translation memory fills what nobody has worked on, once, whatever the order of its pairs."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.catalogue import Message, Segment
from l10n.catalogue.update import update
from l10n.memory import Filler, Memory, is_filled
from tests.property.test_fixed_point import (
    PATHS,
    SOURCES,
    TARGETS,
    delivery,
    next_delivery,
    stored,
    without_lines,
    work_on,
)

Pairs = list[tuple[str, str]]
LOCALE = "nb_NO"


def memory_pairs(dice: random.Random) -> Pairs:
    sources = [*SOURCES, "Select these files and then close them.", "Select it!"]
    return [(dice.choice(sources), dice.choice([*TARGETS, "Minnet"])) for _ in range(dice.randint(0, 8))]


def filler(pairs: Pairs) -> Filler:
    memory = Memory({LOCALE: SOURCES}, 75)
    for source, target in pairs:
        memory.add(source, target, "nb", "old.tmx")
    return Filler(memory)


def run(old: list[Message], units: list[Segment], pairs: Pairs, has_lines: bool) -> list[Message]:
    """What a run of extract with a memory leaves in the PO file."""
    made_by = filler(pairs)

    def told(messages: list[Message]) -> list[Message]:
        filled = made_by.fill(messages, LOCALE)
        return filled if has_lines else without_lines(filled)

    result = update(old, units, PATHS.__contains__, covers_all=True, stored=told)
    return stored(told(result.messages))


@pytest.mark.slow
@settings(max_examples=400)
@given(st.randoms(use_true_random=False), st.booleans())
def test_a_second_run_with_a_memory_changes_nothing(dice: random.Random, has_lines: bool) -> None:
    units = delivery(dice)
    pairs = memory_pairs(dice)
    old = run([], units, pairs, has_lines)
    assert run(old, units, pairs, has_lines) == old
    for _ in range(2):
        units = next_delivery(dice, units)
        pairs = memory_pairs(dice)
        old = run(stored(work_on(dice, old)), units, pairs, has_lines)
        assert run(old, units, pairs, has_lines) == old
        mixed = dice.sample(pairs, len(pairs))
        assert run(old, units, mixed, has_lines) == old
        assert run(old, units, [], has_lines) == old


@settings(max_examples=200)
@given(st.randoms(use_true_random=False))
def test_a_memory_changes_only_what_nobody_has_worked_on(dice: random.Random) -> None:
    messages = update([], delivery(dice), lambda path: True).messages
    messages = stored(work_on(dice, messages))
    filled = filler(memory_pairs(dice)).fill(messages, LOCALE)
    assert len(filled) == len(messages)
    for old, new in zip(messages, filled, strict=True):
        if old.is_touched or old.is_carried_over or old.obsolete:
            assert new is old
        elif new is not old:
            assert new.fuzzy and is_filled(new)
            assert (new.source, new.places, new.note) == (old.source, old.places, old.note)


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_pairs_does_not_matter(dice: random.Random) -> None:
    pairs = memory_pairs(dice)
    mixed = dice.sample(pairs, len(pairs))
    first, second = filler(pairs).memory, filler(mixed).memory
    for source in SOURCES:
        assert first.match(source, LOCALE) == second.match(source, LOCALE)
