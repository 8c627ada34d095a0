"""Whatever a text holds, it comes back from each format as it was."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pyarrow.parquet import read_table

from l10n.catalogue import Catalogue, Message, Note, Place, breaks_agree, fingerprint
from l10n.exchange.formats import FORMAT_NAMES, exchange_format
from l10n.exchange.homecoming import come_home, is_touched
from l10n.exchange.inline import source_parts, target_parts
from l10n.exchange.records import Languages, PoSource, Selection, TextFormat
from l10n.exchange.returned import Returned, read_returned
from l10n.memory.xml_pairs import xml_pairs
from tests.helpers.catalogues import HEADER
from tests.helpers.odd_texts import ODD, odd_texts

pytestmark = pytest.mark.slow

MARKS = [
    "**",
    "`",
    "``",
    "[",
    "](",
    ")",
    "![",
    "<b>",
    "</b>",
    "https://a.example/",
    "{x}",
    "%s",
    "\\*",
    "&nbsp;",
]
NOT_XML = {*map(chr, range(0x20)), "\ufffe", "\uffff", *map(chr, range(0xD800, 0xE000))} - {"\t", "\n", "\r"}
texts = st.lists(st.sampled_from([*ODD, *MARKS, " ", "a"]) | st.characters(), max_size=8).map("".join)
clean = texts.map(lambda text: "".join(letter for letter in text if letter not in NOT_XML))
comments = clean.map(lambda text: text.replace("\r", "")).filter(lambda text: not text or bool(text.strip()))
XLIFF = [("xliff", False), ("xliff", True), ("xliff2", False), ("xliff2", True)]


def message(source: str, target: str, comment: str = "", *, fuzzy: bool = False) -> Message:
    note = Note("paragraph", "1a2b3-104", False, fingerprint(target), "Heading")
    fuzzy = fuzzy and bool(target)
    return Message(source, target, fuzzy=fuzzy, places=[Place("a.md", 3)], note=note, comment=comment)


messages = st.builds(message, clean.filter(bool), clean, comments, fuzzy=st.booleans())


def written(name: str, *all_messages: Message, plain_text: bool = False) -> tuple[list[bytes], Selection]:
    form = exchange_format(name, plain_text=plain_text)
    selection = Selection(pairs_only=form.pairs_only)
    source = PoSource("nb_NO.po", "nb_NO.po", "nb_NO", Catalogue([*all_messages], HEADER), lambda: [7] * 99)
    languages = Languages("en", "nb-NO")
    if isinstance(form.form, TextFormat):
        begin_po, end_po = form.form.begin_po, form.form.end_po
        before = form.form.begin(languages) + (begin_po("nb_NO.po", languages, 1) if begin_po else "")
        units = "".join(form.form.unit(record, languages) for record in selection.records(source))
        return [f"{before}{units}{end_po}{form.form.end}".encode()], selection
    return list(form.form([source], languages, selection).values()), selection


def returned(name: str, one: Message, *, plain_text: bool = False) -> Returned:
    (data,), _ = written(name, one, plain_text=plain_text)
    (unit,) = read_returned(data, "a.xlf")
    return unit


@pytest.mark.parametrize(("name", "plain_text"), XLIFF)
@given(one=messages)
def test_xliff_holds_each_text_and_is_not_taken_for_changed(
    name: str, plain_text: bool, one: Message
) -> None:
    unit = returned(name, one, plain_text=plain_text)
    assert (unit.source, unit.target) == (one.source, one.translation)
    assert unit.is_fuzzy is (one.fuzzy or not one.translation)
    assert "\n".join(unit.comments) == one.comment
    assert not is_touched(unit)
    before = replace(one)
    assert come_home(one, unit) == (False, False, "")
    assert one == before


@pytest.mark.parametrize(("name", "plain_text"), XLIFF)
@given(one=messages, text=clean.filter(bool), comment=comments)
def test_what_a_translator_wrote_comes_home(
    name: str, plain_text: bool, one: Message, text: str, comment: str
) -> None:
    other = replace(one, translation=text, fuzzy=False)
    edited = returned(name, other, plain_text=plain_text)
    base = returned(name, one, plain_text=plain_text)
    notes = tuple(filter(None, (one.comment, comment)))
    unit = edited._replace(version=base.version, comment_mark=base.comment_mark, comments=notes)
    result = come_home(one, unit)
    if breaks_agree(one.source, text):
        assert (result.refusal, one.translation, one.fuzzy) == ("", text, False)
    assert comment in one.comment


@given(source=texts, target=texts)
def test_the_parts_of_a_text_are_the_text(source: str, target: str) -> None:
    parts = source_parts(source)
    assert "".join(part.text for part in parts) == source
    others = target_parts(target, parts)
    assert "".join(part.text for part in others) == target
    for side in (parts, others):
        numbers = [part.code for part in side if part.code]
        assert len(numbers) == len({*numbers})
    known = {part.code: part.text for part in parts if part.code}
    assert all(known.get(part.code, part.text) == part.text for part in others if part.code)


@given(all_messages=st.lists(messages, max_size=4))
def test_the_lines_of_tables_and_corpora_are_as_many_as_the_messages(all_messages: list[Message]) -> None:
    pairs = [one for one in all_messages if one.translation]
    (table,), _ = written("tsv", *all_messages)
    lines = table.decode().splitlines()
    assert len(lines) == len(all_messages) + 1
    assert [cells(line)[:2] for line in lines[1:]] == [[one.source, one.translation] for one in all_messages]
    (objects,), _ = written("jsonl", *all_messages)
    found = [json.loads(line) for line in objects.decode().splitlines()]
    assert [(one["source"], one["target"]) for one in found] == [
        (one.source, one.translation) for one in all_messages
    ]
    both, _ = written("moses", *all_messages)
    for data in both:
        assert len(gzip.decompress(data).decode().splitlines()) == len(pairs)


@given(all_messages=st.lists(messages, max_size=4))
def test_memories_and_data_sets_hold_each_pair_as_it_was(all_messages: list[Message]) -> None:
    pairs = [(one.source, one.translation) for one in all_messages if one.translation]
    (memory,), _ = written("tmx", *all_messages)
    assert list(xml_pairs(BytesIO(memory), "a.tmx")) == [(*pair, "nb-NO") for pair in pairs]
    (data_set,), _ = written("parquet", *all_messages)
    rows = read_table(BytesIO(data_set)).to_pylist()
    assert [(row["translation"]["en"], row["translation"]["nb"]) for row in rows] == pairs
    comments = [one.comment for one in all_messages if one.translation]
    assert [row["comment"] for row in rows] == comments
    assert [unit.findtext("note", "") for unit in etree.fromstring(memory).iter("tu")] == comments


def cells(line: str) -> list[str]:
    marks = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    found = []
    for cell in line.split("\t"):
        assert not cell.startswith(("=", "+", "-", "@", '"'))
        text, rest = "", cell.removeprefix("'")
        while rest:
            if rest.startswith("\\u"):
                text, rest = text + chr(int(rest[2:6], 16)), rest[6:]
            elif rest.startswith("\\"):
                text, rest = text + marks[rest[1]], rest[2:]
            else:
                text, rest = text + rest[0], rest[1:]
        found.append(text)
    return found


@pytest.mark.parametrize("name", FORMAT_NAMES)
@given(source=odd_texts.filter(bool), target=odd_texts, good=messages)
def test_what_no_format_can_hold_is_said_and_left_out(
    name: str, source: str, target: str, good: Message
) -> None:
    bad = message(source, target)
    is_bad = not NOT_XML.isdisjoint(source + target)
    data, selection = written(name, bad, good)
    assert data == written(name, bad, good)[0]
    if is_bad and (target or not selection.pairs_only):
        assert [(one.code, one.line) for one in selection.problems] == [("not-exported", 7)]
        assert data == written(name, good)[0]
    else:
        assert selection.problems == []
