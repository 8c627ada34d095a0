"""No note, comment, flag or header field ends its line."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from l10n import po
from l10n.catalogue import Catalogue, Message, Note, Place, Segment
from tests.helpers.odd_texts import odd_texts


@settings(max_examples=200)
@given(odd_texts, odd_texts)
@example("12\0 45", "a \u200b")
@example("", " ")
@example("a", 'b" · 3 places · c · mt 01234567')
@example("a", 'under "b"')
def test_a_note_is_read_as_it_was_written(name: str, under: str) -> None:
    unit = Segment("s", "t", Place("a.md", 1), "paragraph", name, False, under)
    note = Note.of(unit, False, "01234567")
    for places in (1, 2, 17):
        line = note.line(places)
        assert Note.parse(line) == note
        assert "\n" not in line
        line.encode()


any_text = st.text(max_size=8)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_text, any_text, any_text, any_text, st.booleans())
def test_comments_flags_hints_and_header_fields_of_any_characters_end_no_line(
    tmp_path: Path, one: str, other: str, name: str, value: str, crlf: bool
) -> None:
    message = Message("a", "b", comment=one, hints=(other,), flags=(value,), places=[Place(one or "a", 3)])
    storable = [text for text in (one, other, name, value) if "\0" in text]
    if storable:
        return  # they come from a PO file, which holds no NUL
    header = {
        "Language": "nb_NO",
        f"X{name}".replace(":", ""): value,
        "Content-Type": "text/plain; charset=UTF-8",
    }
    # What it is made of comes from a PO file, too; so that is where it begins.
    data = po.write(po.read(po.write(Catalogue([message], header, crlf=crlf)), "x.po"))
    back = po.read(data, "x.po")
    assert po.write(back) == data
    assert [(m.source, m.translation) for m in back.messages] == [("a", "b")]
    assert back.header["Language"] == "nb_NO"
