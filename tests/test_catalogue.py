"""Units to messages, and what an update keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.catalogue import (
    CONTEXT_LIMIT,
    Message,
    Note,
    Place,
    UnitRecord,
    fingerprint,
    sense,
)
from l10n.update import update


def record(
    target: str, source: str = "No", path: str = "a.md", line: int = 9, human: bool = False
) -> UnitRecord:
    return UnitRecord(source, target, Place(path, line), "paragraph", f"1a2b3-{line}", human)


def everywhere(path: str) -> bool:
    return True


def nowhere(path: str) -> bool:
    return False


def only(*paths: str) -> Callable[[str], bool]:
    return lambda path: path in paths


def fresh(*units: UnitRecord) -> list[Message]:
    return update([], units, everywhere).messages


def test_one_message_for_each_pair_with_every_place() -> None:
    (message,) = fresh(record("Nei"), record("Nei", line=12), record("Nei", path="b.md"))
    assert message == Message(
        "No",
        "Nei",
        fuzzy=True,
        places=[Place("a.md", 9), Place("a.md", 12), Place("b.md", 9)],
        note=Note("paragraph", "1a2b3-9", False, (fingerprint("Nei"),)),
    )


def test_several_targets_of_a_source_are_told_apart_by_context() -> None:
    messages = fresh(record("Nei"), record("Antall", line=10), record("Ja", source="Yes", line=11))
    assert [(m.context, m.translation) for m in messages] == [
        ("Nei", "Nei"),
        ("Antall", "Antall"),
        (None, "Ja"),
    ]


@given(st.text(max_size=80))
def test_a_context_is_short_readable_and_of_its_target_alone(target: str) -> None:
    context = sense(target)
    assert len(context) <= CONTEXT_LIMIT
    assert context.isprintable()
    assert context == sense(target)
    assert target or context


def test_the_context_of_a_pair_does_not_depend_on_the_others() -> None:
    one = fresh(record("Nei"), record("Nr.", line=10))
    other = fresh(record("Ingen", path="0.md"), record("Nr.", line=10), record("Nei", line=11))
    assert {m.translation: m.context for m in one}.items() <= {
        m.translation: m.context for m in other
    }.items()


def test_an_empty_source_always_has_a_context() -> None:
    (message,) = fresh(record("noe", source=""))
    assert message.context == "noe"


def test_machine_work_is_fuzzy_human_work_is_not_and_both_is_not() -> None:
    assert [m.fuzzy for m in fresh(record("Nei"))] == [True]
    assert [m.fuzzy for m in fresh(record("Nei", human=True))] == [False]
    assert [m.fuzzy for m in fresh(record("Nei"), record("Nei", line=12, human=True))] == [False]


def test_a_missing_target_is_untranslated_not_fuzzy() -> None:
    (message,) = fresh(record(""))
    assert not message.fuzzy
    assert not message.is_reviewed


def test_messages_stand_in_reading_order() -> None:
    units = [record("1", "a"), record("2", "b"), record("3", "c", line=10), record("0", "z", path="b.md")]
    assert [m.source for m in fresh(*units)] == ["a", "b", "c", "z"]


def reviewed(*units: UnitRecord, **changes: object) -> list[Message]:
    return [replace(message, fuzzy=False, **changes) for message in fresh(*units)]  # type: ignore[arg-type]


def test_an_update_keeps_translation_flag_and_comment() -> None:
    old = reviewed(record("Nei"), translation="Ikke", comment="sett på")
    assert update(old, [record("Nei")], everywhere).messages == old


def test_units_find_their_message_after_they_were_given_its_translation() -> None:
    old = reviewed(record("Nei"), translation="Ikke")
    assert update(old, [record("Ikke")], everywhere).messages == old


def test_two_messages_that_came_to_translate_alike_stay_two() -> None:
    old = reviewed(record("Nei"), record("Antall", line=10), translation="Ikke")
    assert update(old, [record("Ikke"), record("Ikke", line=10)], everywhere).messages == old


def test_no_message_is_left_without_while_there_are_units_that_it_fits() -> None:
    old = reviewed(record("Nei"), record("Antall"), translation="Nr.")
    result = update(old, [record("Nr."), record("Nr."), record("Nr.")], everywhere)
    assert result.messages == old


def test_a_new_machine_translation_does_not_take_a_review() -> None:
    old = reviewed(record("Nei"), translation="Ikke")
    (message,) = update(old, [record("Niks")], everywhere).messages
    assert message.translation == "Ikke"
    assert message.is_reviewed
    again = update([message], [record("Niks")], everywhere).messages
    assert again == [message]


def test_a_new_machine_translation_takes_the_place_of_one_that_nobody_touched() -> None:
    (message,) = update(fresh(record("Nei")), [record("Niks")], everywhere).messages
    assert (message.translation, message.fuzzy) == ("Niks", True)


def test_another_sense_in_another_article_is_another_message() -> None:
    old = reviewed(record("Nei"), translation="Ikke")
    result = update(old, [record("Nei"), record("Antall", path="b.md")], everywhere)
    assert [(m.context, m.translation, m.fuzzy) for m in result.messages] == [
        ("Nei", "Ikke", False),
        ("Antall", "Antall", True),
    ]
    back = update(result.messages, [record("Nei")], everywhere)
    assert [(m.context, m.translation) for m in back.messages] == [(None, "Ikke")]


def test_what_is_gone_becomes_obsolete_if_there_is_work_in_it() -> None:
    old = reviewed(record("Nei")) + fresh(record("Ja", "Yes"))
    result = update(old, [], everywhere)
    assert [(m.source, m.obsolete) for m in result.messages] == [("No", True)]
    assert result.retired == 1


@pytest.mark.parametrize("changes", [{"translation": "Ikke"}, {"comment": "hm"}])
def test_fuzzy_work_is_kept_too(changes: dict[str, str]) -> None:
    old = [replace(message, **changes) for message in fresh(record("Nei"))]  # type: ignore[arg-type]
    (message,) = update(old, [], everywhere).messages
    assert message.obsolete
    assert message.fuzzy


def test_what_comes_back_is_revived() -> None:
    old = reviewed(record("Nei"), translation="Ikke")
    gone = update(old, [], everywhere).messages
    lost_note = [replace(message, note=None, places=[]) for message in gone]
    for target in ("Nei", "Ikke", "Niks"):
        (message,) = update(lost_note, [record(target)], everywhere).messages
        assert (message.translation, message.obsolete, message.is_reviewed) == ("Ikke", False, True)


def test_what_stands_in_articles_that_were_not_read_is_left_alone() -> None:
    old = reviewed(record("Nei"), record("Ja", "Yes", path="b.md"))
    result = update(old, [record("Nei", line=20)], only("a.md"))
    assert [m.places for m in result.messages] == [[Place("a.md", 20)], [Place("b.md", 9)]]
    assert update(old, [], nowhere).messages == old


def test_human_work_on_a_pair_confirms_it_once() -> None:
    old = fresh(record("Nei"))
    units = [record("Nei"), record("Nei", path="b.md", human=True)]
    (message,) = update(old, units, everywhere).messages
    assert not message.fuzzy
    message.fuzzy = True  # the reviewer does not agree
    assert update([message], units, everywhere).messages[0].fuzzy


def test_a_pair_that_gettext_refuses_as_reviewed_stays_fuzzy() -> None:
    result = update([], [record("Nei\n", human=True)], everywhere)
    assert result.messages[0].fuzzy
    assert result.unsafe == result.messages


def test_contexts_stay_unique_when_a_target_reads_like_another_s_context() -> None:
    long = "En lang setning som ikke får plass i en merkelapp"
    messages = fresh(record(long), record(sense(long), line=10), record("Kort", line=11))
    assert len({m.context for m in messages}) == 3


def test_an_obsolete_message_gives_way_to_an_active_one_of_its_name() -> None:
    old = [
        *reviewed(record("Nei")),
        Message("No", "Ingen", obsolete=True, context="Nei"),
        Message("No", "Nada", obsolete=True, context="Antall"),
    ]
    result = update(old, [record("Nei"), record("Antall", path="b.md")], everywhere)
    keys = [(m.context, m.source) for m in result.messages]
    assert len(set(keys)) == len(keys)
    assert {"Ingen", "Nada"} <= {m.translation for m in result.messages}


words = st.sampled_from(["Nei", "Antall", "Nr.", "Ikke", ""])
units = st.lists(
    st.builds(
        record,
        words,
        st.sampled_from(["No", "Yes", ""]),
        st.sampled_from(["a.md", "b.md", "c.md"]),
        st.integers(1, 4),
        st.booleans(),
    ),
    max_size=8,
).map(lambda found: sorted(found, key=lambda unit: unit.place))


@settings(max_examples=500)
@given(
    units,
    units,
    st.lists(st.tuples(words, st.booleans(), st.sampled_from(["", "hm"])), max_size=8),
    st.data(),
)
def test_no_update_drops_or_overwrites_a_reviewed_translation(
    before: list[UnitRecord],
    after: list[UnitRecord],
    edits: list[tuple[str, bool, str]],
    data: st.DataObject,
) -> None:
    old = fresh(*before)
    for message, (translation, fuzzy, comment) in zip(old, edits, strict=False):
        message.translation, message.fuzzy, message.comment = (
            translation,
            fuzzy and bool(translation),
            comment,
        )
    covered = data.draw(st.sets(st.sampled_from(["a.md", "b.md", "c.md"])))
    after = [unit for unit in after if unit.place.path in covered]
    result = update(old, after, covered.__contains__)

    keys = [(m.context, m.source) for m in result.messages]
    assert len(set(keys)) == len(keys)
    assert ("", None) not in [(m.source, m.context) for m in result.messages]
    kept = {(m.source, m.translation) for m in result.messages if not m.fuzzy}
    assert {(m.source, m.translation) for m in old if m.is_reviewed} <= kept
    worked = {(m.source, m.translation) for m in result.messages}
    assert {(m.source, m.translation) for m in old if m.is_touched and m.translation} <= worked
    assert update(result.messages, after, covered.__contains__).messages == result.messages
