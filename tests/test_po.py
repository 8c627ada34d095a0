"""The PO file: what survives in it, that gettext's own tools agree, and what is refused."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from l10n import L10nError, po
from l10n.catalogue import Catalogue, Message, Note, Place, breaks_agree, fingerprint, is_storable
from l10n.catalogue.header import new_header

HEADER = new_header("nb_NO", "articles", ["02/27/2020"])

ODD = [
    "\\",
    '"',
    "\n",
    "\r",
    "\t",
    "\a",
    "\b",
    "\v",
    "\f",
    "\x1b",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "\xa0",
    "#",
]
ODD += ["# ", "#~ ", 'msgid "', "%s", "å", "日", "\U0001f600", "\u2068", " ", "a", "\\n", "\x1c", "\ufeff"]
texts = (
    st.sampled_from(ODD)
    | st.lists(st.sampled_from(ODD), max_size=8).map("".join)
    | st.text(max_size=20).filter(is_storable)
)
NAMES = [
    "a.md",
    "my file.md",
    "my other file.md",
    "how to a.md",
    "how to b.md",
    "åpne.md",
    "日本語\u3000名.md",
]
NAMES += [
    "nb\xa0sp.md",
    "x" * 60 + ".md",
    "a:3.md",
    "100%.md",
    "a%20b.md",
    "d  s.md",
    "-.md",
    "(a) b.md",
    "a, b.md",
]
places = st.lists(st.builds(Place, st.sampled_from(NAMES), st.integers(1, 99_999)), min_size=1, max_size=12)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    source, translation = draw(texts), draw(texts)
    message = Message(source, translation, context=draw(st.none() | texts) if source else "x" + draw(texts))
    message.obsolete = draw(st.booleans()) and bool(translation)
    message.fuzzy = bool(translation) and (draw(st.booleans()) or not breaks_agree(source, translation))
    message.comment = draw(st.sampled_from(["", "en kommentar", "to\nlinjer\n\nog en"]))
    if not message.obsolete:
        message.places = sorted(set(draw(places)))
        message.remarks = draw(st.sampled_from([(), ("source changed: 30 → 60",), ("check: 1", "check: å")]))
        message.hints = draw(st.sampled_from([(), ("somebody else's",), ("two", "", "lines: å")]))
        message.flags = draw(st.sampled_from([(), ("no-wrap",)]))
        under = draw(st.sampled_from(["", "Step 1 · Find it", "#~ msgid"]))
        message.note = Note("list item", "1a2b3-p107", draw(st.booleans()), fingerprint(translation), under)
    if message.fuzzy:
        message.previous_source = draw(st.none() | texts)
    return message


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    found = {(m.context, m.source): m for m in draw(st.lists(messages(), max_size=6))}
    return Catalogue(sorted(found.values(), key=lambda m: m.obsolete), dict(HEADER))


@settings(max_examples=300)
@given(catalogues())
@example(Catalogue([Message("a", "b", places=[Place("my a.md", n) for n in range(1, 30)])], dict(HEADER)))
def test_everything_survives_exactly(catalogue: Catalogue) -> None:
    data = po.write(catalogue)
    back = po.read(data, "x.po")
    assert back.messages == catalogue.messages
    assert back.header == catalogue.header
    assert po.write(back) == data


@settings(max_examples=300)
@given(messages(), st.none() | texts)
def test_an_entry_of_the_usual_shape_is_written_as_any_other(message: Message, context: str | None) -> None:
    message.comment, message.previous_context = "", context
    commented = replace(message, comment="unusual")
    usual, unusual = (po.write(Catalogue([one], dict(HEADER))) for one in (message, commented))
    assert usual == unusual.replace(b"# unusual\n", b"")


needs_gettext = pytest.mark.skipif(shutil.which("msgcat") is None, reason="gettext's tools are not installed")


@needs_gettext
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(catalogues())
def test_gettext_accepts_every_file_and_leaves_it_byte_for_byte_as_it_is(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(po.write(catalogue))
    copy = subprocess.run(["msgcat", "--force-po", "--no-wrap", path], capture_output=True, check=True)
    assert copy.stdout == path.read_bytes()
    subprocess.run(["msgfmt", "-c", "-o", tmp_path / "x.mo", path], capture_output=True, check=True)


@needs_gettext
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(catalogues())
def test_a_file_that_gettext_wrapped_says_the_same(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(po.write(catalogue))
    indented = subprocess.run(["msgcat", "--force-po", "-i", path], capture_output=True, check=True).stdout
    assert po.read(indented, "x.po").messages == catalogue.messages
    wrapped = subprocess.run(["msgcat", "--force-po", path], capture_output=True, check=True).stdout
    assert po.read(wrapped, "x.po").messages == catalogue.messages
    assert po.read(wrapped.replace(b"\n", b"\r\n"), "x.po").messages == catalogue.messages


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


@settings(max_examples=1000)
@given(st.lists(entry_lines(), min_size=1, max_size=4))
def test_an_entry_of_the_usual_shape_is_read_as_line_by_line(entries: list[list[str]]) -> None:
    data = (HEAD + "\n".join(line for entry in entries for line in entry)).encode()
    unusual = re.sub(rb"^((?:#~ )?msgid) ", rb"\1  ", data, flags=re.MULTILINE)  # so none is
    assert reading(data) == reading(unusual)


@settings(max_examples=200)
@given(catalogues())
def test_what_is_written_is_read_alike_line_by_line(catalogue: Catalogue) -> None:
    data = po.write(catalogue)
    assert po.read(re.sub(rb"^((?:#~ )?msgid) ", rb"\1  ", data, flags=re.MULTILINE), "x.po") == po.read(
        data, "x.po"
    )


def test_the_shape_of_a_file() -> None:
    note = Note("heading", "1a2b3-102", False, "0123abcd")
    message = Message(
        "No", "Nei", context="Nei", fuzzy=True, places=[Place("a b.md", 3)], note=note, comment="hm"
    )
    text = po.write(Catalogue([message], dict(HEADER))).decode()
    assert text == (
        "#\n"
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: articles\\n"\n'
        '"Report-Msgid-Bugs-To: \\n"\n'
        '"POT-Creation-Date: 2020-02-27 00:00+0000\\n"\n'
        '"PO-Revision-Date: 2020-02-27 00:00+0000\\n"\n'
        '"Last-Translator: \\n"\n'
        '"Language-Team: Norwegian Bokmål (Norway)\\n"\n'
        '"Language: nb_NO\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
        '"X-L10n-Articles: \\n"\n'
        '"X-Poedit-Basepath: \\n"\n'
        '"X-Source-Language: en\\n"\n'
        "\n"
        "# hm\n"
        "#. heading · 1a2b3-102 · mt 0123abcd\n"
        "#: \u2068a b.md\u2069:3\n"
        "#, fuzzy\n"
        'msgctxt "Nei"\n'
        'msgid "No"\n'
        'msgstr "Nei"\n'
    )


def test_header_fields_stay_where_poedit_puts_them() -> None:
    header = HEADER | {"X-Generator": "Poedit 3.2.2", "A-Field": "x"}
    assert list(po.read(po.write(Catalogue([], header)), "x.po").header) == list(header)


HEAD = 'msgid ""\nmsgstr "Language: nb_NO\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (HEAD + 'msgid "a"\nmsgstr "b\n', 5, "syntax"),
        (HEAD + 'msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', 4, "not msgid, then msgstr"),
        (HEAD + 'msgid "a"\n', 4, "not msgid, then msgstr"),
        (HEAD + 'msgid "a" x\nmsgstr "b"\n', 4, "syntax"),
        (HEAD + 'msgid "a"b"\nmsgstr "b"\n', 4, "syntax"),
        (HEAD + 'msgid "\\x41"\nmsgstr "b"\n', 4, "syntax"),
        (HEAD + "rubbish\n", 4, "syntax"),
        (HEAD + '#| msgid "old\nmsgid "a"\nmsgstr "b"\n', 4, "syntax"),
        (HEAD + 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', 7, "line 4 stands here again"),
        (HEAD + 'msgid "a"\nmsgstr "b"\n\n#~ msgid "a"\n#~ msgstr "c"\n', 7, "line 4 stands here again"),
        (HEAD + '#~ msgid ""\n#~ msgstr "a"\n', 4, "line 1 stands here again"),
        (HEAD + 'msgid "a"\nmsgstr "b"\n#| "c"\nmsgid "d"\nmsgstr "e"\n', 6, "syntax"),
        (HEAD + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n\nmsgid "a"\nmsgstr ""\n', 8, "line 4 stands"),
        (HEAD + 'msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', 4, "not msgid, then msgstr"),
        (HEAD + 'msgid "a"\nmsgid_plural "b"\n', 4, "not msgid, then msgstr"),
        (HEAD + 'msgid "a"\nmsgstr[0] "c"\n', 4, "not msgid, then msgstr"),
        (HEAD + 'msgid "a"\n#~ msgstr "c"\n', 4, "not msgid, then msgstr"),
        (HEAD + '#| msgstr "c"\nmsgid "a"\nmsgstr "b"\n', 4, "syntax"),
        (HEAD + '#| msgid "c"\n\n#| msgid "d"\nmsgid "a"\nmsgstr "b"\n', 6, "syntax"),
        (HEAD + 'msgid "a"\nmsgstr "\0"\n', 5, "NUL"),
        (HEAD.replace("UTF-8", "ISO-8859-1"), 2, "charset"),
        (HEAD.replace("; charset=UTF-8", ""), 1, "charset"),
        (HEAD + 'msgid "a"\nmsgstr "r\udcf8d"\n', 5, "not UTF-8"),
        ('msgid "a"\nmsgstr "b"\n', 1, "no header"),
        ("", 1, "no header"),
        ("\n\n# only a comment\n", 1, "no header"),
    ],
)
def test_what_gettext_would_refuse_is_refused_with_line_and_reason(text: str, line: int, reason: str) -> None:
    with pytest.raises(L10nError) as caught:
        po.read(text.encode("utf-8", "surrogateescape"), "x.po")
    problem = caught.value.problem
    assert (problem.path, problem.line, problem.code) == ("x.po", line, "bad-po")
    assert reason in problem.message


def test_comments_at_the_end_and_a_message_without_a_source_leave_the_header_as_it_is() -> None:
    text = HEAD + 'msgctxt ""\nmsgid ""\nmsgstr "a"\n#:\n#,fuzzy\n'
    found = po.read(text.encode(), "x.po")
    assert found.messages == [Message("", "a", context="")]
    assert list(found.header) == ["Language", "Content-Type"]


@pytest.mark.parametrize("text", ["a\0", "a\ud800"])
def test_what_no_po_file_can_hold_is_never_written(text: str) -> None:
    with pytest.raises(ValueError):
        po.write(Catalogue([Message("a", text)], dict(HEADER)))


def test_an_end_of_transmission_that_is_there_stays() -> None:
    data = (HEAD + 'msgid "a\4"\nmsgstr "b\4"\n').encode()
    written = po.write(po.read(data, "x.po"))
    assert b'msgid "a\4"\nmsgstr "b\4"\n' in written
    assert po.write(po.read(written, "x.po")) == written


def test_long_texts_and_comments_of_many_lines_are_read(here: Path) -> None:
    message = Message("a\n" * 50_000, "b\n" * 50_000, comment="c\n" * 50_000 + "d")
    assert po.read(po.write(Catalogue([message], dict(HEADER))), "x.po").messages == [message]


def test_what_other_tools_write_is_understood() -> None:
    header = 'msgid ""\nmsgstr ""\n"Language: nb_NO\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    text = (
        f"# Title\n#\n{header}\n"
        "#y no space\n#. somebody else's note\n#: a.md:1 b.md\n#, fuzzy, no-wrap\n"
        '#| msgid "x"\nmsgid ""\n"a"\n"b"\nmsgstr "c"\n\n'
        '#~| msgid "y"\n#~ msgid "d"\n#~ msgstr "e"\n\n# at the end\n'
    )
    found = po.read(text.encode(), "x.po")
    assert found.header_comment == "Title\n"
    assert found.messages == [
        Message(
            "ab",
            "c",
            fuzzy=True,
            hints=("somebody else's note",),
            flags=("no-wrap",),
            places=[Place("a.md", 1), Place("b.md", 0)],
            comment="y no space",
            previous_source="x",
        ),
        Message("d", "e", obsolete=True, previous_source="y"),
    ]
    assert found.foreign.end == "# at the end"
