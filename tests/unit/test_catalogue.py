"""Units to messages, and what an update keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from l10n.catalogue import (
    Message,
    Note,
    Place,
    Segment,
    fingerprint,
    sense,
)
from l10n.catalogue.deciding import Update
from l10n.catalogue.similarity import Similar, closest, containing
from l10n.catalogue.update import update
from tests.helpers.records import everywhere, fresh, record, reviewed


def nowhere(path: str) -> bool:
    return False


def only(*paths: str) -> Callable[[str], bool]:
    return lambda path: path in paths


def test_one_message_for_each_pair_with_every_place() -> None:
    (message,) = fresh(record("Nei"), record("Nei", line=12), record("Nei", path="b.md"))
    assert message == Message(
        "No",
        "Nei",
        fuzzy=True,
        places=[Place("a.md", 9), Place("a.md", 12), Place("b.md", 9)],
        note=Note("paragraph", "1a2b3-9", False, fingerprint("Nei")),
    )


def test_several_targets_of_a_source_are_told_apart_by_context() -> None:
    messages = fresh(record("Nei"), record("Antall", line=10), record("Ja", source="Yes", line=11))
    assert [(m.context, m.translation) for m in messages] == [
        ("Nei", "Nei"),
        ("Antall", "Antall"),
        (None, "Ja"),
    ]


def test_the_context_of_a_pair_does_not_depend_on_the_others() -> None:
    one = fresh(record("Nei"), record("Nr.", line=10))
    other = fresh(record("Ingen", path="0.md"), record("Nr.", line=10), record("Nei", line=11))
    assert {m.translation: m.context for m in one} == {"Nei": "Nei", "Nr.": "Nr."}
    assert {m.translation: m.context for m in other} == {"Ingen": "Ingen", "Nr.": "Nr.", "Nei": "Nei"}


@pytest.mark.parametrize(
    ("target", "context"),
    [
        ("Nei", "Nei"),
        ("", "… 1271cf25"),
        ("a\nb", "a b… 59900c43"),
        ("\x00", "… 0ad83173"),
        ("Nei ", "Nei… e12fbb63"),
        ("En lang setning som ikke får plass i en merkelapp", "En lang setning som ik… f1968662"),
    ],
)
def test_a_context_is_the_target_or_its_beginning_and_fingerprint(target: str, context: str) -> None:
    """PO files keep contexts, so these may never change."""
    assert sense(target) == context


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


def outcomes(result: Update) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for outcome, message, *_ in result.changes:
        found.setdefault(outcome.value, []).append(message.translation)
    return found


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


def test_a_reviewed_decision_beats_a_machine_one_wherever_it_stands() -> None:
    old = reviewed(record("Nei"), translation="Ikke")
    result = update(old, [record("Nei"), record("Antall", path="b.md")], everywhere)
    (message,) = result.messages
    assert (message.translation, message.is_reviewed) == ("Ikke", True)
    assert outcomes(result) == {"kept_against_new_mt": ["Ikke"]}
    assert result.changes[0].delivered == ("Antall",)
    assert update(result.messages, [record("Nei"), record("Antall", path="b.md")], everywhere).messages == [
        message
    ]


def test_a_machine_translation_that_nobody_reviewed_binds_no_other_place() -> None:
    result = update(fresh(record("Nei")), [record("Nei"), record("Antall", path="b.md")], everywhere)
    assert [(m.context, m.translation) for m in result.messages] == [("Nei", "Nei"), ("Antall", "Antall")]


def test_another_human_translation_is_another_sense() -> None:
    old = reviewed(record("Nei"), translation="Ikke")
    result = update(old, [record("Nei"), record("Antall", path="b.md", human=True)], everywhere)
    assert [(m.context, m.translation, m.fuzzy) for m in result.messages] == [
        ("Nei", "Ikke", False),
        ("Antall", "Antall", False),
    ]
    back = update(result.messages, [record("Nei")], everywhere)
    assert [(m.context, m.translation) for m in back.messages if not m.obsolete] == [(None, "Ikke")]


def test_the_publisher_s_own_translators_may_correct_themselves_but_no_reviewer() -> None:
    old = fresh(record("Nei", human=True))
    result = update(old, [record("Ikke", human=True)], everywhere)
    assert [(m.translation, m.obsolete) for m in result.messages] == [("Ikke", False), ("Nei", True)]
    edited = reviewed(record("Nei", human=True), translation="Niks")
    (message,) = update(edited, [record("Ikke", human=True)], everywhere).messages
    assert (message.translation, message.is_reviewed) == ("Niks", True)


def test_senses_are_told_apart_by_their_article() -> None:
    units = [record("Nei"), record("Antall", path="b.md")]
    old = [replace(m, fuzzy=False, translation=m.translation + "!") for m in fresh(*units)]
    for after in (["Null", "Null"], ["Antall", "Nei"], ["Null", "Nei"]):
        new = [record(after[0]), record(after[1], path="b.md", line=40)]
        result = update(old, new, everywhere)
        assert [m.translation for m in result.messages if m.is_reviewed] == ["Nei!", "Antall!"], after
        assert [m.places for m in result.messages] == [[unit.place] for unit in new]
        assert update(result.messages, new, everywhere).messages == result.messages


def table(*senses: str, path: str = "a.md") -> list[Segment]:
    """A row of a table for each sense: a name, then the word in question."""
    names = ["Alpha", "Beta", "Gamma", "Delta"]
    rows = [
        (record(n, n, path, 10 + i), record(s, path=path, line=10 + i))
        for i, (n, s) in enumerate(zip(names, senses, strict=False))
    ]
    return [unit for row in rows for unit in row]


def test_senses_of_one_article_are_told_apart_by_their_neighbours() -> None:
    old = [
        replace(m, fuzzy=False, translation=m.translation + "!")
        for m in fresh(*table("Nei", "Antall", "Nr."))
    ]
    rows = table("x", "y", "z")
    moved = [*rows[4:], *rows[:4]]  # the last row first, and everything translated anew
    result = update(old, moved, everywhere)
    senses = [m for m in result.messages if m.source == "No"]
    assert [(m.translation, m.places[0].line) for m in senses] == [
        ("Nei!", 10),
        ("Antall!", 11),
        ("Nr.!", 12),
    ]
    assert all(m.is_reviewed for m in senses)


def test_senses_move_with_their_article() -> None:
    units = [*table("Nei", "Antall"), record("Tips", "Tip", "z.md"), record("Nr.", path="z.md", line=11)]
    old = [replace(m, fuzzy=False, translation=m.translation + "!") for m in fresh(*units)]
    result = update(old, table("x", "y", path="moved.md"), everywhere)
    active = {m.translation: m for m in result.messages if not m.obsolete}
    assert active["Nei!"].places == [Place("moved.md", 10)]
    assert active["Antall!"].places == [Place("moved.md", 11)]
    assert [m.translation for m in result.messages if m.obsolete] == ["Tips!", "Nr.!"]


def test_in_doubt_of_the_sense_the_best_candidate_is_offered_fuzzy() -> None:
    units = [record("Nei"), record("Nei", path="c.md"), record("Antall", path="b.md")]
    old = [replace(m, fuzzy=False, translation=m.translation + "!") for m in fresh(*units)]
    result = update(old, [*units, record("Null", path="new.md")], everywhere)
    (offered,) = [m for m in result.messages if m.places == [Place("new.md", 9)]]
    assert (offered.translation, offered.fuzzy, offered.context) == ("Nei!", True, "Null")
    assert (offered.previous_source, offered.previous_context) == ("No", "Nei")
    assert outcomes(result)["carried_over"] == ["Nei!"]
    again = update(result.messages, [*units, record("Null", path="new.md")], everywhere)
    assert again.messages == result.messages
    assert update(again.messages, units, everywhere).messages == old


def test_what_a_pair_became_in_one_article_it_is_in_all() -> None:
    old = [
        replace(m, fuzzy=False, translation=m.translation + "!")
        for m in fresh(record("Nei"), record("Antall", path="b.md"))
    ]
    after = [record("Null"), record("Antall", path="b.md"), record("Null", path="new.md")]
    no, number = update(old, after, everywhere).messages
    assert (no.translation, no.is_reviewed) == ("Nei!", True)
    assert [place.path for place in no.places] == ["a.md", "new.md"]
    assert number == old[1]


def test_work_in_a_moved_article_gives_way_to_work_that_fits_its_new_target() -> None:
    sources = ["One", "Two", "Three", "Four"]
    page = [record(source, source, "old.md", line) for line, source in enumerate(sources)]
    units = [record("Antall"), *page, record("Nei", path="old.md")]
    old = [replace(m, fuzzy=False, translation=m.translation + "!") for m in fresh(*units)]
    moved = [segment._replace(place=Place("new.md", segment.place.line)) for segment in page]
    after = [record("Antall"), *moved, record("Antall", path="new.md")]
    result = update(old, after, everywhere)
    assert [m.translation for m in result.messages if m.source == "No"] == ["Antall!", "Nei!"]
    assert [m.obsolete for m in result.messages if m.source == "No"] == [False, True]


def test_the_start_of_an_article_is_no_neighbour() -> None:
    def rows(*cells: tuple[str, str]) -> list[Segment]:
        units = [
            record(target, source) for word, name in cells for target, source in ((word, "No"), (name, name))
        ]
        return [unit._replace(place=Place("a.md", line)) for line, unit in enumerate(units)]

    before = rows(("Nei", "Alpha"), ("Antall", "Beta"), ("Nr.", "Gamma"))
    old = [replace(m, fuzzy=False, translation=m.translation + "!") for m in fresh(*before)]
    after = rows(("x", "Gamma"), ("y", "Alpha"), ("z", "Beta"))  # the last row first
    result = update(old, after, everywhere).messages
    assert not [m for m in result if m.places == [Place("a.md", 0)] and m.is_reviewed]
    assert [m.translation for m in result if m.places == [Place("a.md", 4)]] == ["Antall!"]


def test_the_only_message_of_a_line_has_all_its_units() -> None:
    old = [
        replace(m, obsolete=True, places=[], note=None) for m in reviewed(record("Nr."), translation="Nr.!")
    ]
    units = [record("Nei", human=True), record("Antall", human=True)]
    once = update(old, units, everywhere).messages
    assert [(m.translation, len(m.places)) for m in once] == [("Nr.!", 1)]
    assert update(once, units, everywhere).messages == once


def test_what_people_deliver_goes_before_what_was_only_approved_elsewhere() -> None:
    old = reviewed(record("Nei"))
    after = [record("Nei"), record("Antall", path="b.md", human=True), record("Antall", path="c.md")]
    active = update(old, after, everywhere).messages
    assert [(m.translation, m.is_reviewed, len(m.places)) for m in active] == [
        ("Nei", True, 1),
        ("Antall", True, 2),
    ]


LONG = "Select the users whose passwords you want to reset."


def test_an_edited_source_begins_with_the_reviewed_translation_of_what_it_was() -> None:
    old = reviewed(record("Velg brukerne.", LONG), translation="Velg dem.", comment="sjekket")
    after = [record("Velg nye brukere.", LONG.replace("users", "30 users"))]
    result = update(old, after, everywhere)
    active, kept = result.messages
    assert (active.translation, active.fuzzy, active.comment) == ("Velg dem.", True, "sjekket")
    assert active.previous_source == LONG
    assert active.remarks == ("source changed: 30 added",)
    assert kept == replace(old[0], obsolete=True, places=[], note=None, context="Velg dem.… 7efbd788")
    assert outcomes(result) == {"carried_over": ["Velg dem."], "obsolete": ["Velg dem."]}
    assert update(result.messages, after, everywhere).messages == result.messages
    # The delivery of before comes back, and so does all that was there.
    assert update(result.messages, [record("Velg brukerne.", LONG)], everywhere).messages == old


@pytest.mark.parametrize(
    "change", [("you want", "you do not want"), ("users", "2 users"), ("reset", "`reset`")]
)
def test_a_changed_source_is_never_a_silent_match(change: tuple[str, str]) -> None:
    old = reviewed(record("Velg brukerne.", LONG))
    for human in (False, True):
        result = update(old, [record("Velg brukerne.", LONG.replace(*change), human=human)], everywhere)
        assert result.messages[0].fuzzy
        assert result.messages[0].previous_source == LONG
        assert change[1].split()[-2 if "not" in change[1] else 0] in result.messages[0].remarks[0]


def test_what_people_translated_anew_is_not_put_in_doubt() -> None:
    old = reviewed(record("Velg brukerne.", LONG, human=True))
    result = update(old, [record("Velg nye brukere.", LONG + " Then sign in.", human=True)], everywhere)
    assert [(m.translation, m.fuzzy) for m in result.messages if not m.obsolete] == [
        ("Velg nye brukere.", False)
    ]


def test_without_fuzzy_an_edited_source_is_new() -> None:
    old = reviewed(record("Velg brukerne.", LONG))
    result = update(old, [record("Velg.", LONG + " Now.")], everywhere, fuzzy=False)
    assert [(m.translation, m.obsolete) for m in result.messages] == [
        ("Velg.", False),
        ("Velg brukerne.", True),
    ]


def test_the_sentence_at_its_place_is_preferred_to_one_more_alike_elsewhere() -> None:
    def page(path: str, middle: Segment) -> list[Segment]:
        return [
            record("Først", f"First of {path}", path, 8),
            middle,
            record("Sist", f"Last of {path}", path, 10),
        ]

    here = record("Velg Lagre.", "Select **Save**, then close the window.")
    elsewhere = record("Velg Send.", "Select **Send**.", "b.md")
    old = [replace(m, fuzzy=False) for m in fresh(*page("a.md", here), *page("b.md", elsewhere))]
    after = [*page("a.md", record("Velg det.", "Select **Save**.")), *page("b.md", elsewhere)]
    (carried,) = [m for m in update(old, after, everywhere).messages if m.fuzzy]
    assert (carried.translation, carried.previous_source) == ("Velg Lagre.", here.source)


def test_an_edited_sentence_is_found_in_any_article() -> None:
    old = reviewed(record("Velg brukerne.", LONG), record("Ferdig", "Done", line=10))
    after = [record("Ferdig", "Done", line=10), record("Velg.", LONG + " Now.", path="b.md")]
    (carried,) = [m for m in update(old, after, everywhere).messages if m.fuzzy]
    assert (carried.translation, carried.previous_source) == ("Velg brukerne.", LONG)


def test_a_sentence_that_lost_most_of_its_text_is_found_at_its_place() -> None:
    short = "Select the file."
    first, last = record("Først", "First", line=8), record("Sist", "Last", line=10)
    before = "Select the file. Then close the window, sign out, and wait until the computer is off again."
    old = reviewed(first, record("Velg filen.", before), last)
    (carried,) = [
        m for m in update(old, [first, record("Velg.", short), last], everywhere).messages if m.fuzzy
    ]
    assert (carried.translation, carried.previous_source) == ("Velg filen.", before)


def test_a_chain_of_edits_tells_the_source_that_was_reviewed() -> None:
    old = reviewed(record("Velg brukerne.", LONG))
    once = update(old, [record("Velg.", LONG + " Now.")], everywhere).messages
    twice = update(once, [record("Velg nå.", LONG + " Now or later.")], everywhere).messages
    assert [(m.previous_source, m.obsolete) for m in twice] == [(LONG, False), (None, True)]


def test_a_reviewer_s_wish_to_leave_it_fuzzy_and_a_comment_travel_with_the_message() -> None:
    old = [replace(m, translation="Ikke", fuzzy=True, comment="spør Kari") for m in fresh(record("Nei"))]
    (message,) = update(old, [record("Niks", path="b.md", line=3)], everywhere).messages
    assert (message.translation, message.fuzzy, message.comment) == ("Ikke", True, "spør Kari")


def test_what_is_gone_becomes_obsolete_if_there_is_work_in_it() -> None:
    old = reviewed(record("Nei")) + fresh(record("Ja", "Yes"))
    result = update(old, [], everywhere)
    assert [(m.source, m.obsolete) for m in result.messages] == [("No", True)]
    assert outcomes(result) == {"obsolete": ["Nei"], "removed": ["Ja"]}


def test_messages_without_places_go_with_the_articles_only_if_all_of_them_were_read() -> None:
    old = [replace(m, places=[]) for m in reviewed(record("Nei"), record("Ja", "Yes", "b.md"))]
    part = update(old, [record("Nei")], only("a.md"))
    assert [m.obsolete for m in part.messages] == [False, False]
    whole = update(old, [record("Nei")], everywhere, covers_all=True)
    assert [(m.translation, m.obsolete) for m in whole.messages] == [("Nei", False), ("Ja", True)]


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
    assert [(m.translation, m.context, m.obsolete) for m in result.messages] == [
        ("Nei", "Nei", False),
        ("Nada", "Antall", False),
        ("Ingen", "Nei… 7e831986", True),
    ]


def test_texts_of_any_length_are_compared_within_bounds() -> None:
    """Long texts are held against a few others word by word, and those beyond any sentence against none."""
    long = "word " * 900
    assert containing(long + "end of it", [long, "word"], 0.8) == long
    assert containing("x " * 5_000, ["x " * 4_000], 0.8) is None
    assert closest("x " * 5_000, ["x " * 5_000], 0.1) is None
    assert Similar(["x " * 5_000]).closest("x " * 100, 0.1) is None
    assert containing("Select", ["Select the file"], 0.8) is None  # one word is held by too many
    assert (
        containing("In the editor.", ["Select", "In the editor, add a value."], 0.8)
        == "In the editor, add a value."
    )
