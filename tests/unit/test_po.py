"""The shape of a PO file, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n import L10nError, po
from l10n.catalogue import Catalogue, Message, Note, Place
from tests.helpers.catalogues import HEAD, HEADER


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
        (HEAD + 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', 7, "line 4 occurs again here"),
        (HEAD + 'msgid "a"\nmsgstr "b"\n\n#~ msgid "a"\n#~ msgstr "c"\n', 7, "line 4 occurs again here"),
        (HEAD + '#~ msgid ""\n#~ msgstr "a"\n', 4, "line 1 occurs again here"),
        (HEAD + 'msgid "a"\nmsgstr "b"\n#| "c"\nmsgid "d"\nmsgstr "e"\n', 6, "syntax"),
        (HEAD + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n\nmsgid "a"\nmsgstr ""\n', 8, "line 4 occurs"),
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
