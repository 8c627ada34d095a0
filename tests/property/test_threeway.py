"""Any three versions of a catalogue: no work is lost, and how time grows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from l10n import po
from l10n.catalogue import (
    Catalogue,
    Message,
    breaks_agree,
    reading_order,
)
from l10n.catalogue.threeway import OTHER_TRANSLATION, three_way
from tests.helpers.steps import steps_of
from tests.helpers.versions import catalogue, catalogues, message, told, versions


@pytest.mark.parametrize("shape", ["one context each", "added by both", "nameless", "renamed"])
def test_the_time_grows_with_the_number_of_messages_of_a_source_only(shape: str) -> None:
    """Law 5: twice the messages take about twice the steps; steps are lines of Python run."""

    def side(count: int, name: str) -> Catalogue:
        context = "" if shape == "one context each" else name if shape == "renamed" else "c"
        delivered = "x" if shape == "renamed" else name
        made = [message(name, delivered=f"{delivered}{n}", context=f"{context}{n}") for n in range(count)]
        if shape == "nameless":
            made = [replace(m, note=None, context="x" * n, obsolete=n > 0) for n, m in enumerate(made)]
        return catalogue(*made)

    def steps(count: int) -> int:
        ours, theirs = side(count, "ours"), side(count, "theirs")
        base = side(count, "base") if shape == "renamed" else catalogue()
        return steps_of(lambda: three_way(base, ours, theirs))

    assert steps(400) < 3 * steps(200)


any_catalogue = catalogues() | catalogues(sort=lambda m: (m.obsolete, m.translation))


@pytest.mark.slow
@settings(max_examples=300)
@given(any_catalogue, any_catalogue)
def test_what_one_side_or_both_alike_made_of_the_base_is_the_result(base: Catalogue, new: Catalogue) -> None:
    for ours, theirs in ((new, base), (base, new), (new, new)):
        merged = three_way(base, ours, theirs)
        assert merged.conflicts == []
        assert po.write(merged.catalogue) == po.write(new)
        assert merged.catalogue == new


@pytest.mark.slow
@settings(max_examples=500)
@given(versions())
def test_whatever_one_side_translated_is_in_the_result(
    three: tuple[Catalogue, Catalogue, Catalogue],
) -> None:
    base, ours, theirs = three
    before = [replace(side, messages=[replace(m) for m in side.messages]) for side in three]
    merged = three_way(base, ours, theirs)
    result = merged.catalogue.messages
    assert list(three) == before
    known = {(m.source, m.translation) for m in base.messages}
    for side, other in ((ours, theirs), (theirs, ours)):
        for m in side.messages:
            is_work = m.translation and (not m.fuzzy or m.is_edited)
            if is_work and ((m.source, m.translation) not in known or m in other.messages):
                assert told(m.translation, result, m.source), m
    names = [(m.context, m.source) for m in result]
    assert len(set(names)) == len(names)
    assert (None, "") not in names
    assert all(m.fuzzy or not m.translation or breaks_agree(m.source, m.translation) for m in result)
    assert sorted(result, key=reading_order) == result
    assert all(
        m.fuzzy and OTHER_TRANSLATION in m.comment
        for m in map(merged.catalogue.messages.__getitem__, merged.conflicts)
    )
    back = po.read(po.write(merged.catalogue), "x.po")
    assert back == merged.catalogue


@pytest.mark.slow
@settings(max_examples=500)
@given(versions())
def test_the_sides_are_equal_but_for_who_stays_in_a_conflict(
    three: tuple[Catalogue, Catalogue, Catalogue],
) -> None:
    base, ours, theirs = three
    one, other = three_way(base, ours, theirs), three_way(base, theirs, ours)
    assert len(one.conflicts) == len(other.conflicts)

    def reviewed(messages: list[Message]) -> list[tuple[str, str]]:
        return sorted((m.source, m.translation) for m in messages if m.is_reviewed)

    assert reviewed(one.catalogue.messages) == reviewed(other.catalogue.messages)
    revised = [c.catalogue.header["PO-Revision-Date"] for c in (one, other)]
    assert revised[0] == revised[1]
