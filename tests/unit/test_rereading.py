"""A PO file read again after a save."""

from __future__ import annotations

from dataclasses import replace

import pytest

from l10n import po
from l10n.po import rereading
from l10n.po.rereading import Rereader

FILE = """# A comment
msgid ""
msgstr ""
"Language: nb_NO\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

#: a.md:1
#, fuzzy
msgid "One"
msgstr "En"

# mine
#: a.md:2
msgid "Two"
msgstr ""
"To\\n"
"\\n"
"to"

#~ msgid "Three"
#~ msgstr "Tre"
"""


def reader(text: str = FILE) -> Rereader:
    return Rereader(text.encode(), po.read(text.encode(), "a.po").messages, "a.po")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("x", "x"),
        ("Language: nb_NO", "Language: nb"),
        ('#, fuzzy\nmsgid "One"\nmsgstr "En"', 'msgid "One"\nmsgstr "Ei"'),
        ("# mine", "# mine too"),
        ('msgid "Two"', 'msgctxt "x"\nmsgid "Two"'),
        ('#~ msgid "Three"\n#~ msgstr "Tre"\n', ""),
        ("#~ msgid", 'msgid "New"\nmsgstr "Ny"\n\n#~ msgid'),
        ("\n", "\r\n"),
    ],
)
def test_the_messages_are_those_of_the_whole_file(old: str, new: str) -> None:
    text = FILE.replace(old, new)
    again = reader()
    for _ in range(2):
        assert again.read(text.encode()) == po.read(text.encode(), "a.po").messages


def test_only_what_changed_is_parsed() -> None:
    messages = [replace(one, comment="kept") for one in po.read(FILE.encode(), "a.po").messages]
    found = Rereader(FILE.encode(), messages, "a.po").read(FILE.replace("mine", "ours").encode())
    assert found
    assert [one.comment for one in found] == ["kept", "ours", "kept"]


@pytest.mark.parametrize(
    "text",
    [
        FILE.replace('"En"', '"En'),
        FILE.replace("\n\n# mine", "\n# mine"),
        FILE.replace("\n\n# mine", "\n\n\n\n#\n\n# mine"),
        FILE.replace('msgstr "En"', 'msgid_plural "x"\nmsgstr[0] "En"'),
    ],
)
def test_a_file_of_another_form_has_to_be_read_as_a_whole(text: str) -> None:
    assert reader().read(text.encode()) is None


def test_so_has_one_with_plural_entries_or_with_many_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    plural = FILE.replace('msgstr "En"', 'msgid_plural "x"\nmsgstr[0] "En"')
    assert reader(plural).read(plural.encode()) is None
    changed = FILE.replace("One", "1").replace("Two", "2")
    monkeypatch.setattr(rereading, "MOST", 1)
    assert reader().read(changed.encode()) is None
    monkeypatch.setattr(rereading, "MOST", 2)
    assert reader().read(changed.encode())
