"""Three versions of a catalogue to one: whose work stays, and that none is lost."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from l10n import po
from l10n.catalogue import (
    Catalogue,
    Message,
    Note,
    Place,
    breaks_agree,
    fingerprint,
    reading_order,
    reconcile,
    sense,
)
from l10n.catalogue.header import new_header
from l10n.catalogue.threeway import OTHER_DRAFT, OTHER_TRANSLATION, three_way
from tests.conftest import steps_of

HEADER = new_header("nb_NO", "articles", ["02/27/2020"])


def message(
    translation: str = "Nei",
    source: str = "No",
    *,
    delivered: str = "Nei",
    context: str | None = None,
    fuzzy: bool = True,
    path: str = "a.md",
    line: int = 9,
    comment: str = "",
) -> Message:
    return Message(
        source,
        translation,
        context,
        fuzzy,
        places=[Place(path, line)],
        note=Note("paragraph", f"1a2b3-{line}", False, fingerprint(delivered)),
        comment=comment,
    )


def retired(translation: str, *, fuzzy: bool = False, context: str | None = None) -> Message:
    return Message("No", translation, context, fuzzy, obsolete=True)


def catalogue(*messages: Message, **header: str) -> Catalogue:
    return Catalogue(list(messages), HEADER | {name.replace("_", "-"): v for name, v in header.items()})


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
        (message(comment="a\nb"), message(comment="b\nc"), message(comment="a\nb\nc")),
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
            assert sorted(found.comment) == sorted(expected.comment)
            assert replace(found, comment="") == replace(expected, comment="")


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


# Few draws make a message, since thousands are made.
TEXTS = ["Nei", "Antall", "Nr.", "Ikke", "\nNei", " to\nlinjer", ""]
NAMES = [*((source, sense(text)) for source in ("No", "") for text in TEXTS[:3]), ("No", None), ("Yes", None)]
REVIEWS = list(product(TEXTS, (True, False), (None, "Noo"), ("", "", "hm", "hm\nja")))
PLACES = [[], *([Place("a", n)] for n in range(3)), [Place("a", 1), Place("b", 0)], [Place("b", 2)]]


@st.composite
def messages(draw: st.DrawFn) -> Message:
    source, context = draw(st.sampled_from(NAMES))
    translation, fuzzy, previous, comment = draw(st.sampled_from(REVIEWS))
    fuzzy = bool(translation) and (fuzzy or not breaks_agree(source, translation))
    found = Message(source, translation, context, fuzzy, comment=comment)
    found.previous_source = previous if fuzzy else None
    delivered = draw(st.sampled_from([None, *TEXTS]))
    if delivered is None and translation:
        found.obsolete = True
    else:
        found.places = list(draw(st.sampled_from(PLACES)))
    if delivered is not None:
        found.note = Note("heading", "1a2b3-102", False, fingerprint(delivered))
    return found


headers = st.sampled_from(
    [
        {"PO-Revision-Date": date, "Last-Translator": name, "X-L10n-Articles": scope}
        for date in ("2021-09-06 09:15+0000", "2021-09-07 09:15+0000", "")
        for name in ("Kari", "Ola")
        for scope in ("a", "a b", "a/x", "")
    ]
)


@st.composite
def catalogues(draw: st.DrawFn, sort: Callable[[Message], object] = reading_order) -> Catalogue:
    found = {(m.context, m.source): m for m in draw(st.lists(messages(), max_size=4))}
    ordered = sorted(found.values(), key=sort)  # type: ignore[arg-type]
    return Catalogue(ordered, HEADER | draw(headers))


@st.composite
def versions(draw: st.DrawFn) -> tuple[Catalogue, Catalogue, Catalogue]:
    """Three versions that have much in common."""
    base, ours, theirs = draw(catalogues()), draw(catalogues()), draw(catalogues())
    for side in (ours, theirs):
        own = {(m.context, m.source) for m in side.messages}
        missing = [m for m in base.messages if (m.context, m.source) not in own]
        kept = draw(st.integers(0, 2 ** len(missing) - 1))
        side.messages += [replace(m) for n, m in enumerate(missing) if kept >> n & 1]
        side.messages.sort(key=reading_order)
    return base, ours, theirs


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


@settings(max_examples=300)
@given(any_catalogue, any_catalogue)
def test_what_one_side_or_both_alike_made_of_the_base_is_the_result(base: Catalogue, new: Catalogue) -> None:
    for ours, theirs in ((new, base), (base, new), (new, new)):
        merged = three_way(base, ours, theirs)
        assert merged.conflicts == []
        assert po.write(merged.catalogue) == po.write(new)
        assert merged.catalogue == new


def told(translation: str, messages: list[Message], source: str) -> bool:
    """Whether a translation of `source` is kept by one of the messages."""
    quoted = translation.replace("\n", '\\n"\n"')
    return any(
        m.source == source
        and (m.translation == translation or translation in m.comment or quoted in m.comment)
        for m in messages
    )


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
    assert all(m.fuzzy and OTHER_TRANSLATION in m.comment for m in merged.conflicts)
    back = po.read(po.write(merged.catalogue), "x.po")
    assert back == merged.catalogue


@pytest.mark.skipif(shutil.which("msgcat") is None, reason="gettext's tools are not installed")
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(versions())
def test_gettext_accepts_the_result_and_leaves_it_byte_for_byte_as_it_is(
    tmp_path: Path, three: tuple[Catalogue, Catalogue, Catalogue]
) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(po.write(three_way(*three).catalogue))
    copy = subprocess.run(["msgcat", "--force-po", "--no-wrap", path], capture_output=True, check=True)
    assert copy.stdout == path.read_bytes()
    subprocess.run(["msgfmt", "-c", "-o", tmp_path / "x.mo", path], capture_output=True, check=True)


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
