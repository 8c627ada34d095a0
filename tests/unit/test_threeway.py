"""Three versions of a catalogue to one: whose work stays, and that none is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from l10n import po
from l10n.catalogue import (
    Message,
    Place,
    reconcile,
)
from l10n.catalogue.threeway import OTHER_DRAFT, OTHER_TRANSLATION, three_way
from tests.helpers.versions import HEADER, catalogue, message


def retired(translation: str, *, fuzzy: bool = False, context: str | None = None) -> Message:
    return Message("No", translation, context, fuzzy, obsolete=True)


def merge(base: Message | None, ours: Message | None, theirs: Message | None) -> tuple[list[Message], int]:
    sides = [catalogue(*filter(None, [side])) for side in (base, ours, theirs)]
    merged = three_way(*sides)
    return merged.catalogue.messages, len(merged.conflicts)


MACHINE = message()


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (message(fuzzy=False), MACHINE, message(fuzzy=False)),
        (message("Ikke", fuzzy=False), message(comment="hm"), message("Ikke", fuzzy=False, comment="hm")),
        (message("Ikke", fuzzy=False), message("Ikke"), message("Ikke", fuzzy=False)),
        (message("Ikke", fuzzy=False), message("Niks", delivered="Niks"), None),
        (message(line=10), message("Ikke", fuzzy=False), None),
        (message("Ikke"), message("Niks", delivered="Niks"), None),
        (message(""), message("Ikke"), message("Ikke")),
    ],
)
def test_what_one_side_did_better_stays(ours: Message, theirs: Message, expected: Message | None) -> None:
    for one, other in ((ours, theirs), (theirs, ours)):
        (found,), conflicts = merge(MACHINE, one, other)
        assert conflicts == 0
        if expected is None:
            best = next(side for side in (ours, theirs) if side.translation == "Ikke")
            assert (found.translation, found.fuzzy) == (best.translation, best.fuzzy)
            moved = next(side for side in (ours, theirs) if side is not best)
            assert found.note and moved.note and best.note
            assert (found.places, found.note.id) == (moved.places, moved.note.id)
            assert found.note.delivered == best.note.delivered  # what the reviewer decided on
        else:
            assert found == expected


def test_comments_of_both_sides_are_joined_and_ours_are_first() -> None:
    ours, theirs = message(comment="a\nb"), message(comment="b\nc")
    assert merge(MACHINE, ours, theirs) == ([message(comment="a\nb\nc")], 0)
    assert merge(MACHINE, theirs, ours) == ([message(comment="b\nc\na")], 0)


@pytest.mark.parametrize("fuzzy", [False, True])
@pytest.mark.parametrize("base", [MACHINE, None])
def test_two_texts_of_equal_worth_are_a_conflict_that_keeps_both(base: Message | None, fuzzy: bool) -> None:
    ours, theirs = message("Ikke", fuzzy=fuzzy, comment="sett på"), message("Aldri", fuzzy=fuzzy)
    (found,), conflicts = merge(base, ours, theirs)
    assert conflicts == 1
    comment = f"{OTHER_TRANSLATION} Aldri\nsett på"
    assert found == replace(ours, fuzzy=True, comment=comment)


def test_a_person_s_draft_is_kept_where_a_review_beats_it() -> None:
    (found,), conflicts = merge(MACHINE, message("Aldri"), message("Ikke", fuzzy=False))
    assert (found, conflicts) == (message("Ikke", fuzzy=False, comment=f"{OTHER_DRAFT} Aldri"), 0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Velg **Ja** «nå»\xa0\u200f.", " Velg **Ja** «nå»\xa0\u200f."),
        ("En\nto\n", '\n"En\\n"\n"to\\n"'),
        (" Nei", '\n" Nei"'),
        ('"Nei"\\', '\n"\\"Nei\\"\\\\"'),
        ("a\u2028b\x85\tc", '\n"a\\u2028b\\x85\\tc"'),
    ],
)
def test_the_other_text_is_told_exactly_and_survives_in_the_file(text: str, told: str) -> None:
    (found,), _ = merge(MACHINE, message("Ikke", fuzzy=False), message(text, fuzzy=False))
    assert found.comment == OTHER_TRANSLATION + told
    assert po.read(po.write(catalogue(found)), "x.po").messages == [found]


def test_a_message_that_one_side_removed_goes_or_is_kept_as_obsolete_if_it_was_worked_on() -> None:
    assert merge(MACHINE, None, MACHINE) == ([], 0)
    assert merge(MACHINE, message("Ikke", fuzzy=False), None) == (
        [retired("Ikke", context="Ikke… 7e831986")],
        0,
    )
    assert merge(MACHINE, None, message(comment="hm")) == (
        [replace(retired("Nei", fuzzy=True, context="Nei"), comment="hm")],
        0,
    )
    assert merge(MACHINE, None, message(line=10, path="b.md")) == ([message(line=10, path="b.md")], 0)


def test_obsolete_on_one_side_and_edited_on_the_other_is_obsolete_with_the_edit() -> None:
    base = message(fuzzy=False)
    assert merge(base, retired("Nei"), message("Ikke", fuzzy=False)) == ([retired("Ikke")], 0)
    assert merge(retired("Nei"), retired("Ikke"), base) == ([message("Ikke", fuzzy=False)], 0)
    assert merge(retired("Nei"), None, base) == ([base], 0)


def test_a_message_whose_places_were_removed_by_both_sides_together_is_not_in_use() -> None:
    base = replace(message(fuzzy=False), places=[Place("a.md", 1), Place("b.md", 1)])
    ours, theirs = replace(base, places=base.places[:1]), replace(base, places=base.places[1:])
    assert merge(base, ours, theirs) == ([retired("Nei", context="Nei")], 0)


def test_a_review_stays_with_its_sense_where_the_other_side_found_a_second_one() -> None:
    ours = message("Ikke", fuzzy=False)
    theirs = [message(context="Nei"), message("Antall", delivered="Antall", context="Antall", line=10)]
    expected = [replace(ours, context="Nei"), theirs[1]]
    assert three_way(catalogue(MACHINE), catalogue(ours), catalogue(*theirs)).catalogue.messages == expected
    assert three_way(catalogue(MACHINE), catalogue(*theirs), catalogue(ours)).catalogue.messages == expected


def test_a_review_stays_with_its_sense_where_the_other_side_lost_the_second_one() -> None:
    base = [message(context="Nei"), message("Antall", delivered="Antall", context="Antall", line=10)]
    ours = [replace(base[0], translation="Ikke", fuzzy=False), replace(base[1], translation="Tall")]
    merged = three_way(catalogue(*base), catalogue(*ours), catalogue(message()))
    assert merged.catalogue.messages == [
        message("Ikke", fuzzy=False),
        retired("Tall", fuzzy=True, context="Antall"),
    ]


def test_a_review_stays_where_the_other_side_has_a_new_machine_translation_of_that_sense() -> None:
    other = message("Antall", delivered="Antall", context="Antall", line=10)
    base = [message(context="Nei"), other]
    ours = [message("Ikke", context="Nei", fuzzy=False), other]
    theirs = [message("Niks", delivered="Niks", context="Niks"), other]
    merged = three_way(catalogue(*base), catalogue(*ours), catalogue(*theirs))
    expected = message("Ikke", delivered="Nei", context="Niks", fuzzy=False)
    assert merged.catalogue.messages == [expected, other]


def test_two_senses_that_the_sides_each_added_are_two_messages() -> None:
    ours, theirs = message(), message("Antall", delivered="Antall", path="b.md")
    merged = three_way(catalogue(), catalogue(ours), catalogue(theirs))
    assert merged.conflicts == []
    assert merged.catalogue.messages == [replace(ours, context="Nei"), replace(theirs, context="Antall")]


def test_both_sides_changed_the_header() -> None:
    base = catalogue(X_L10n_Articles="articles/mail articles/faq.yml")
    ours = catalogue(
        PO_Revision_Date="2021-09-06 10:15+0200",
        Last_Translator="Kari",
        X_L10n_Articles="articles/mail articles/faq.yml 'articles/to do'",
        POT_Creation_Date="2021-08-20 00:00+0000",
        X_Own="1",
    )
    theirs = catalogue(
        PO_Revision_Date="2021-09-06 09:15+0000",
        Last_Translator="Ola",
        X_L10n_Articles="articles",
        POT_Creation_Date="2021-08-19 00:00+0000",
    )
    for one, other in ((ours, theirs), (theirs, ours)):
        header = three_way(base, one, other).catalogue.header
        assert header == theirs.header | {"POT-Creation-Date": "2021-08-20 00:00+0000", "X-Own": "1"}
        assert list(header) == [*HEADER, "X-Own"]


def test_a_header_that_says_nonsense_is_merged_all_the_same() -> None:
    ours = catalogue(PO_Revision_Date="yesterday", X_L10n_Articles="'")
    theirs = catalogue(PO_Revision_Date="2021-09-06 09:15+0000", X_L10n_Articles="b", Last_Translator="Ola")
    header = three_way(catalogue(), ours, theirs).catalogue.header
    assert header == theirs.header | {"X-L10n-Articles": "'"}


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("a\nb", "a\nb", "b", "b"),
        ("a\nb", "b", "a\nb\nc", "b\nc"),
        ("a", "b\n\nb", "a\nc", "b\n\nb\nc"),
        ("", "a\nb", "b\nc", "a\nb\nc"),
        ("a", "", "a\nb", "b"),
    ],
)
def test_a_line_that_either_side_took_out_of_a_comment_goes(
    base: str, ours: str, theirs: str, merged: str
) -> None:
    assert reconcile.lines(base, ours, theirs) == merged


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("abc", "abxc", "aybc", "aybxc"),
        ("abc", "abc", "cba", "cba"),
        ("abc", "axbc", "cba", "cbax"),
        ("abc", "cba", "bac", "cba"),
        ("", "ab", "bc", "abc"),
        ("abc", "ac", "xabcy", "xabcy"),
    ],
)
def test_the_order_is_that_of_the_side_that_changed_it(
    base: str, ours: str, theirs: str, merged: str
) -> None:
    assert "".join(reconcile.order(base, ours, theirs)) == merged
