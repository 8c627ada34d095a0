"""XLIFF from strangers, and the rules by which a unit comes home to its message."""

from __future__ import annotations

from dataclasses import replace

import pytest

from l10n import L10nError
from l10n.catalogue import Message, Note
from l10n.exchange.homecoming import come_home, is_touched
from l10n.exchange.records import Languages, name_mark, version_mark
from l10n.exchange.returned import Returned, read_returned

ONE = '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">'
TWO = '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="nb">'
FILE = '<file original="nb.po" source-language="en" target-language="nb" datatype="plaintext"><body>'


def units(text: str) -> list[Returned]:
    return list(read_returned(text.encode(), "a.xlf"))


def unit_1(inside: str, attributes: str = "") -> Returned:
    unit = f'<trans-unit id="1" {attributes}>{inside}</trans-unit>'
    (found,) = units(f"{ONE}{FILE}{unit}</body></file></xliff>")
    return found


def unit_2(inside: str) -> Returned:
    (found,) = units(f'{TWO}<file id="f"><unit id="1">{inside}</unit></file></xliff>')
    return found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not XML"),
        ("<tmx/>", "not XLIFF"),
        (f"{ONE}<file>", "not XML"),
        ('<!DOCTYPE xliff SYSTEM "http://contoso.example/x.dtd"><xliff/>', "document type"),
        ('<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><xliff>&c;</xliff>', "document type"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff>&a;</xliff>', "document type"),
        (ONE + "<file>" * 1000 + "</file>" * 1000 + "</xliff>", "deeply"),
        (f"{ONE}&undeclared;</xliff>", "not XML"),
        (f"{ONE}\x1b</xliff>", "not XML"),
    ],
)
def test_what_is_not_plain_xliff_is_refused(text: str, reason: str) -> None:
    with pytest.raises(L10nError, match=reason) as caught:
        units(text)
    assert caught.value.problem.code == "bad-xliff"


def test_the_units_before_a_fault_are_read() -> None:
    unit = '<trans-unit id="1"><source>a</source><target>b</target></trans-unit>'
    reading = read_returned(f"{ONE}{FILE}{unit}<".encode(), "a.xlf")
    assert next(reading).target == "b"
    with pytest.raises(L10nError, match="bad-xliff"):
        next(reading)


@pytest.mark.parametrize(
    ("attributes", "state", "is_fuzzy"),
    [
        ("", "", None),
        ('approved="yes"', "", False),
        ('approved="no"', "", True),
        ('approved="yes"', 'state="final"', False),
        ('approved="no"', 'state="translated"', False),  # Poedit leaves `approved` as it was
        ('approved="yes"', 'state="needs-review-translation"', True),
        ("", 'state="new"', True),
        ("", 'state="x-of-a-tool"', None),
    ],
)
def test_the_states_of_version_1(attributes: str, state: str, is_fuzzy: bool | None) -> None:
    assert unit_1(f"<source>a</source><target {state}>b</target>", attributes).is_fuzzy is is_fuzzy


def test_marks_of_tools_are_looked_through() -> None:
    inside = (
        '<source>Select <ph id="1">**</ph>Yes<ph id="2">**</ph>.</source>'
        '<seg-source><mrk mtype="seg" mid="0">Select Yes.</mrk></seg-source>'
        '<target><mrk mtype="seg" mid="0">Velg <g id="9"><x id="1"/>Ja<ph id="2"/></g>.</mrk></target>'
        "<alt-trans><target>Trykk Ja.</target></alt-trans><note>En</note><note from='l10n'>x</note>"
    )
    unit = unit_1(inside)
    assert (unit.source, unit.target) == ("Select **Yes**.", "Velg **Ja**.")
    assert unit.comments == ("En",)


def test_segments_of_version_2_are_joined() -> None:
    inside = (
        '<notes><note category="l10n">x</note><note>En</note></notes>'
        '<originalData><data id="d1">**</data></originalData>'
        '<segment state="final"><source>A <ph id="1" dataRef="d1"/>b.</source>'
        '<target>Å <ph id="1"/>b<cp hex="001B"/>.</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment state="initial"><source>C.</source><target><mrk id="m" type="x">D</mrk>.</target></segment>'
    )
    unit = unit_2(inside)
    assert (unit.source, unit.target, unit.is_fuzzy) == ("A **b. C.", "Å **b\x1b. D.", True)
    assert (unit.locale, unit.comments) == ("nb", ("En",))


def base(message: Message) -> Returned:
    version = version_mark(message.translation, is_fuzzy=message.fuzzy)
    name = name_mark(message)
    state = message.fuzzy
    return Returned(1, "", "nb", name, version, "", message.source, message.translation, state, ())


FUZZY = Message("Yes", "Jo", fuzzy=True, previous_source="Yes!")
REVIEWED = Message("Yes", "Ja")
EMPTY = Message("Yes", "")


@pytest.mark.parametrize(
    ("message", "target", "is_fuzzy", "expected"),
    [
        (FUZZY, "Ja", False, ("Ja", False)),
        (FUZZY, "Jo", False, ("Jo", False)),
        (FUZZY, "Ja", True, ("Ja", True)),
        (FUZZY, "Ja", None, ("Ja", True)),
        (FUZZY, "Jo", None, ("Jo", True)),
        (EMPTY, "Ja", False, ("Ja", False)),
        (EMPTY, "Ja", None, ("Ja", True)),
        (REVIEWED, "Jada", False, ("Jada", False)),
        (REVIEWED, "Ja", True, ("Ja", True)),
        (REVIEWED, "Ja", None, ("Ja", False)),
    ],
)
def test_a_change_comes_home(
    message: Message, target: str, is_fuzzy: bool | None, expected: tuple[str, bool]
) -> None:
    changed = replace(message)
    unit = base(message)._replace(target=target, is_fuzzy=is_fuzzy)
    assert come_home(changed, unit).refusal == ""
    assert (changed.translation, changed.fuzzy) == expected
    assert (changed.previous_source is None) == (not changed.fuzzy or message is not FUZZY)


@pytest.mark.parametrize(
    ("message", "target", "is_fuzzy", "reason"),
    [
        (REVIEWED, "Jada", True, "reviewed"),
        (REVIEWED, "Jada", None, "reviewed"),
        (REVIEWED, "", False, "empty"),
        (FUZZY, "Ja\0", False, "characters"),
        (FUZZY, "Ja\n", False, "line break"),
    ],
)
def test_a_change_that_would_lose_something_stays_out(
    message: Message, target: str, is_fuzzy: bool | None, reason: str
) -> None:
    changed = replace(message)
    result = come_home(changed, base(message)._replace(target=target, is_fuzzy=is_fuzzy))
    assert reason in result.refusal
    assert changed == message


def test_what_was_changed_meanwhile_stays() -> None:
    unit = base(FUZZY)._replace(target="Ja", is_fuzzy=False)
    now = replace(FUZZY, translation="Jepp", fuzzy=False)
    assert "meanwhile" in come_home(now, unit).refusal
    assert now.translation == "Jepp"
    assert come_home(replace(FUZZY, translation="Ja", fuzzy=False), unit) == (False, False, "")


def test_a_unit_of_another_tool_fills_only_what_is_not_reviewed() -> None:
    unit = base(FUZZY)._replace(version="", target="Ja", is_fuzzy=False)
    assert come_home(replace(FUZZY), unit).has_translation
    assert "meanwhile" in come_home(replace(REVIEWED, translation="Jepp"), unit).refusal


@pytest.mark.parametrize(
    ("old", "notes", "new"),
    [
        ("", ("En",), "En"),
        ("En", ("En",), "En"),
        ("En", ("En", "To"), "En\nTo"),
        ("En", ("To",), "En\nTo"),
        ("En", ("En og to",), "En og to"),
        ("En", ("",), "En"),
        ("", ("A\r\nB",), "A\nB"),
        ("En", ("paragraph · 1a2b3-104 · mt 00000000", "To"), "En\nTo"),  # a tool lost who wrote the first
    ],
)
def test_comments_are_added_and_none_is_dropped(old: str, notes: tuple[str, ...], new: str) -> None:
    message = replace(REVIEWED, comment=old, note=Note("paragraph", "1a2b3-104", False, "00000000"))
    unit = base(message)._replace(comments=notes, comment_mark="")
    assert is_touched(unit) == bool("".join(notes))
    come_home(message, unit)
    assert message.comment == new


def test_the_codes_of_a_corpus_differ() -> None:
    assert Languages("en", "nb-NO").codes == ("en", "nb")
    assert Languages("en-US", "en-GB").codes == ("en-US", "en-GB")


def test_marks_are_as_in_files_that_are_with_an_agency() -> None:
    assert name_mark(Message("Yes", "Ja", "ctx")) == "320d88eeca618ed39706"
    assert version_mark("Ja", is_fuzzy=False) == "05028e36"
