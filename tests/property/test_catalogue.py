"""Law 2 and law 4 of updates: any sequence of deliveries and edits, and how time grows."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.catalogue import (
    CONTEXT_LIMIT,
    Message,
    Segment,
    fingerprint,
    sense,
)
from l10n.catalogue.update import update
from tests.helpers.records import everywhere, fresh, record, reviewed
from tests.helpers.steps import steps_of


@given(st.text(max_size=80))
def test_a_context_is_short_and_readable_and_is_its_target_or_ends_in_its_fingerprint(target: str) -> None:
    context = sense(target)
    assert len(context) <= CONTEXT_LIMIT
    # Not `isprintable`, which says another thing in each version of Python.
    assert not {"Cc", "Cs", "Co", "Zl", "Zp"} & {unicodedata.category(character) for character in context}
    assert context == target or context.endswith(f"… {fingerprint(target)}")


words = st.sampled_from(["Nei", "Antall", "Nr.", "Ikke", ""])
sentences = st.sampled_from(
    [
        "No",
        "Yes",
        "",
        "Select the file and then close it.",
        "Select the files and then close them.",
        "Select it.",
    ]
)


@st.composite
def deliveries(
    draw: st.DrawFn,
    words: st.SearchStrategy[str] = words,
    human: st.SearchStrategy[set[str]] = st.sets(st.sampled_from(["a.md", "b.md", "c.md"])),  # noqa: B008
) -> list[Segment]:
    """The units of a delivery; an article is of one kind as a whole."""
    by_people = draw(human)
    paths = st.sampled_from(["a.md", "b.md", "c.md"])
    found = draw(st.lists(st.tuples(words, sentences, paths, st.integers(1, 4)), max_size=8))
    units = [record(target, source, path, line, path in by_people) for target, source, path, line in found]
    return sorted(units, key=lambda unit: unit.place)


edits = st.lists(st.tuples(words, st.booleans(), st.sampled_from(["", "hm"])), max_size=8)


def work_on(messages: list[Message], how: list[tuple[str, bool, str]]) -> None:
    """Edit messages as a reviewer would; what Poedit saves as reviewed has no previous source."""
    for message, (translation, fuzzy, comment) in zip(messages, how, strict=False):
        message.translation, message.fuzzy, message.comment = (
            translation,
            fuzzy and bool(translation),
            comment,
        )
        if not message.fuzzy:
            message.previous_source = message.previous_context = None


def texts(messages: list[Message]) -> set[tuple[str, str]]:
    return {(m.source, m.translation) for m in messages}


@pytest.mark.slow
@settings(max_examples=500)
@given(deliveries(), st.lists(st.tuples(deliveries(), edits), max_size=4), st.data())
def test_no_update_drops_or_overwrites_a_reviewed_translation(
    before: list[Segment],
    steps: list[tuple[list[Segment], list[tuple[str, bool, str]]]],
    data: st.DataObject,
) -> None:
    old = fresh(*before)
    for delivery, how in steps:
        work_on(old, how)
        covered = data.draw(st.sets(st.sampled_from(["a.md", "b.md", "c.md"])))
        after = [unit for unit in delivery if unit.place.path in covered]
        result = update(old, after, covered.__contains__)

        keys = [(m.context, m.source) for m in result.messages]
        assert len(set(keys)) == len(keys)
        assert ("", None) not in [(m.source, m.context) for m in result.messages]
        kept = [m for m in result.messages if not m.fuzzy]
        assert texts([m for m in old if m.is_reviewed]) <= texts(kept)
        # What waits for review with a text that it only carried over may go, the text may not.
        own = [m for m in old if m.is_touched and m.translation and m.previous_source is None]
        assert texts(own) <= texts(result.messages)
        carried = {m.translation for m in old if m.is_worked_on}
        assert carried <= {m.translation for m in result.messages}
        old = result.messages


marks = st.lists(st.tuples(st.sampled_from(["", "!", "?"]), st.booleans()), max_size=8)


@pytest.mark.slow
@settings(max_examples=300)
@given(deliveries(), st.lists(st.tuples(deliveries(), marks), max_size=3), st.data())
def test_a_second_run_changes_nothing(
    before: list[Segment],
    steps: list[tuple[list[Segment], list[tuple[str, bool]]]],
    data: st.DataObject,
) -> None:
    old = fresh(*before)
    for delivery, how in steps:
        work_on(old, [(m.translation + mark, fuzzy, "") for m, (mark, fuzzy) in zip(old, how, strict=False)])
        covered = data.draw(st.sets(st.sampled_from(["a.md", "b.md", "c.md"])))
        after = [unit for unit in delivery if unit.place.path in covered]
        old = update(old, after, covered.__contains__).messages
        assert update(old, after, covered.__contains__).messages == old


@pytest.mark.slow
@settings(max_examples=300)
@given(
    deliveries(human=st.just({"c.md"})),
    st.lists(words.filter(bool), min_size=6, max_size=6),
    deliveries(human=st.just({"c.md"})),
    st.sampled_from(["", "!"]),
)
def test_deliveries_a_b_a_bring_back_the_messages_of_a_with_all_their_reviews(
    a: list[Segment], targets: list[str], b: list[Segment], mark: str
) -> None:
    # Of a source with several senses in one article the reviews come back, but not surely in place.
    sources = sorted({unit.source for unit in a})
    a = [unit._replace(target=targets[sources.index(unit.source)]) for unit in a]
    old = fresh(*a)
    for message in old:
        message.translation, message.fuzzy = message.translation + mark, False
    there = update(old, b, everywhere).messages
    back = [m for m in update(there, a, everywhere).messages if not m.obsolete]
    assert back == old


HOSTILE = {
    "one source, a new target at every place": lambda n: [record(f"x{i}", line=i) for i in range(n)],
    "the same, in another article": lambda n: [record(f"x{i}", path="new.md", line=i) for i in range(n)],
    "every source edited": lambda n: [
        record("x", f"Select item {i} and then close it.", line=i) for i in range(n)
    ],
    "sources of many words": lambda n: [
        record("x", f"{i} a b c d e f g h i j k" * 9, line=i) for i in range(n)
    ],
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_no_update_makes_the_time_explode(shape: str) -> None:
    """Twice the messages and units take about twice the steps; steps are lines of Python run."""

    def steps(n: int) -> int:
        old = reviewed(*(record(f"t{i}", line=i) for i in range(n)))
        old += reviewed(*(record(f"u{i}", f"Select item {i}, then close it.", line=i) for i in range(n)))
        return steps_of(lambda: update(old, HOSTILE[shape](n), everywhere))

    assert steps(400) <= 2.3 * steps(200) + 2000
