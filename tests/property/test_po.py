"""Any catalogue survives in a PO file, and any entry is read alike by both readers."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from l10n import L10nError, po
from l10n.catalogue import Catalogue, Message, Place
from tests.helpers.catalogues import HEAD, HEADER, catalogues, messages, texts


@pytest.mark.slow
@settings(max_examples=300)
@given(catalogues())
@example(Catalogue([Message("a", "b", places=[Place("my a.md", n) for n in range(1, 30)])], dict(HEADER)))
def test_everything_survives_exactly(catalogue: Catalogue) -> None:
    data = po.write(catalogue)
    back = po.read(data, "x.po")
    assert back.messages == catalogue.messages
    assert back.header == catalogue.header
    assert po.write(back) == data


@pytest.mark.slow
@settings(max_examples=300)
@given(messages(), st.none() | texts)
def test_an_entry_of_the_usual_shape_is_written_as_any_other(message: Message, context: str | None) -> None:
    message.comment, message.previous_context = "", context
    commented = replace(message, comment="unusual")
    usual, unusual = (po.write(Catalogue([one], dict(HEADER))) for one in (message, commented))
    assert usual == unusual.replace(b"# unusual\n", b"")


# Lines that come before a message's fields: usual ones, and such as other tools and people write.
COMMENTS = [
    *("#", "# a", "#  a ", "# b\xa0", "# \u2003\x1c ", "#c", "##", "# \x85 \u2028 x"),
    *("#.", "#. paragraph · a-1 · mt 76d5d540", "#. heading · q · ht 76d5d540 · Über… ", "#.  r\xa0", "#. "),
    *(
        "#: a.md:1",
        "#: a:b:3 c d.md:12345678901",
        "#: \u2068a%20b.md\u2069:3 %41.md:4",
        "#: a\xa0b.md:3 å.md:5",
    ),
    *(
        "#: a.md:² b.md:٣ :5 5",
        "#: a.md:1\tb.md:2 ",
        "#: a.md:007 c.md:0",
        "#:",
        "#, fuzzy",
        "#, fuzzy, no-wrap",
    ),
    *('#| msgctxt "q"', '#| msgid "x\\n"', '#| "y\\\\"', '#~| msgid "o"', '#~| "p"', "", " "),
]
STRINGS = ['"a"', '"b\\"q\\""', '"\\\\"', '"\\a\\\\a\\n"', '""', '"日本 \U0001f600"', '"# c"', '"#: z"']


@st.composite
def entry_lines(draw: st.DrawFn) -> list[str]:
    lines = sorted(draw(st.lists(st.sampled_from(COMMENTS), max_size=5)), key=COMMENTS.index)
    if draw(st.booleans()):
        lines = draw(st.permutations(lines))
    mark = draw(st.sampled_from(["", "", "#~ "]))
    for name in ("msgctxt", "msgid", "msgstr")[draw(st.integers(0, 1)) :]:
        first, *others = draw(st.lists(st.sampled_from(STRINGS), min_size=1, max_size=3))
        space = draw(st.sampled_from(["", "", "  "]))
        lines += [f"{mark}{name} {first}", *(mark + space + other for other in others)]
        lines[-1] += draw(st.sampled_from([*[""] * 9, " "]))
    return [*lines, *draw(st.sampled_from([[], [""]]))]


def reading(data: bytes) -> list[Message] | tuple[int, str]:
    """The messages, or line and reason of the error."""
    try:
        return po.read(data, "x.po").messages
    except L10nError as error:
        return error.problem.line, error.problem.message


@pytest.mark.slow
@settings(max_examples=1000)
@given(st.lists(entry_lines(), min_size=1, max_size=4))
def test_an_entry_of_the_usual_shape_is_read_as_line_by_line(entries: list[list[str]]) -> None:
    data = (HEAD + "\n".join(line for entry in entries for line in entry)).encode()
    unusual = re.sub(rb"^((?:#~ )?msgid) ", rb"\1  ", data, flags=re.MULTILINE)  # so none is
    assert reading(data) == reading(unusual)


@pytest.mark.slow
@settings(max_examples=200)
@given(catalogues())
def test_what_is_written_is_read_alike_line_by_line(catalogue: Catalogue) -> None:
    data = po.write(catalogue)
    assert po.read(re.sub(rb"^((?:#~ )?msgid) ", rb"\1  ", data, flags=re.MULTILINE), "x.po") == po.read(
        data, "x.po"
    )


def reading_in_pieces(data: bytes, size: int) -> list[Message] | None:
    """The messages of all pieces of a file; None if one cannot be read, or a name is there twice."""
    try:
        found = [
            message for piece in po.pieces(data, "x.po", size) for message in piece.catalogue("x.po").messages
        ]
    except L10nError:
        return None
    names = {(message.context, message.source) for message in found}
    return found if len(names) == len(found) else None


@pytest.mark.slow
@settings(max_examples=1000)
@given(
    st.lists(entry_lines(), min_size=1, max_size=6),
    st.sampled_from(["\n", "\n\n", "\n\n\n"]),
    st.integers(0, 90),
)
def test_a_file_in_pieces_is_read_as_a_whole(entries: list[list[str]], between: str, size: int) -> None:
    data = (HEAD + between.join("\n".join(entry) for entry in entries)).encode()
    whole = reading(data)
    assert reading_in_pieces(data, size) == (whole if isinstance(whole, list) else None)
    if isinstance(whole, list):
        pieces = list(po.pieces(data, "x.po", size))
        assert [line for piece in pieces for line in piece.lines("x.po")] == po.message_lines(data, "x.po")
