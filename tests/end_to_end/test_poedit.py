"""A reviewer's day with the real Poedit, and what Poedit may leave behind.

Law 2, a reviewer's work is sacred: whatever Poedit does to a file, `extract` and `merge`
find in it just what the reviewer decided.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import ExtractReport, extract, merge, po
from l10n.catalogue import Message
from l10n.catalogue.deciding import Outcome
from l10n.manifest import NAME
from tests.helpers.articles import article
from tests.helpers.files import Write
from tests.helpers.poedit import TRANSLATOR, Poedit, Screen, missing_packages
from tests.helpers.project import PROJECT

OWN_FIELDS = {"PO-Revision-Date", "Last-Translator", "X-Generator"}
"""The header fields in which Poedit tells of itself."""


@pytest.fixture
def programs() -> None:
    """Poedit and what drives it; tests that need them are skipped where they are not, except in CI."""
    if missing := missing_packages():
        message = f"the real Poedit is not tested: install {' '.join(missing)}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)


needs_poedit = pytest.mark.usefixtures("programs")


@pytest.fixture
def day(here: Path) -> Path:
    """The sample articles and their reviewed PO files in the current folder, and `before`, what they make."""
    shutil.copytree(PROJECT / "articles", here / "articles")
    shutil.copytree(PROJECT / "locales", here / "locales")
    assert extract([Path("articles")]).written == []
    merge([Path("locales")], output=Path("before"))
    return here


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def built(day: Path) -> dict[str, tuple[bytes, bytes]]:
    """The articles that differ from before, as they were and as they are: by name in `build`."""
    report = merge([Path("locales")])
    assert report.problems == []
    before, after = tree(day / "before"), tree(day / "build")
    del before[NAME], after[NAME]
    assert before.keys() == after.keys()
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}


def entries(data: bytes) -> list[str]:
    """A PO file's entries as they stand there, the header first."""
    return data.decode().split("\n\n")


def changed(before: bytes, after: bytes) -> dict[str, Message]:
    """The messages that a review changed, by source.

    Fails if any other line of the file did, or a header field that is not Poedit's own.
    """
    old, new = po.read(before, "before"), po.read(after, "after")
    assert list(old.header) == [field for field in new.header if field in old.header]
    names = [*new.header]
    differing = {name for name in names if old.header.get(name) != new.header[name]}
    assert "X-Generator" in differing <= OWN_FIELDS
    assert new.header["Last-Translator"] == TRANSLATOR
    assert (old.header_comment, old.crlf) == (new.header_comment, new.crlf)
    assert len(old.messages) == len(new.messages)
    pairs = list(zip(old.messages, new.messages, strict=True))
    found = {b.source: b for a, b in pairs if a != b}
    for a, b in pairs:  # a reviewer's decision touches nothing but these two
        assert replace(a, fuzzy=b.fuzzy, translation=b.translation) == b
    lines = list(zip(entries(before)[1:], entries(after)[1:], strict=True))
    assert sum(a != b for a, b in lines) == len(found)
    return found


def kept_all(report: ExtractReport) -> bool:
    """Whether an extract kept every message as it was."""
    return all(not tally.messages for outcome, tally in report.changes.items() if outcome != Outcome.KEPT)


def assert_nothing_to_extract() -> None:
    """Extract again: no file is written, there is no problem."""
    report = extract([Path("articles")])
    assert (report.problems, report.written, kept_all(report)) == ([], [], True)


@needs_poedit
def test_a_review_changes_its_messages_and_the_targets_of_these_and_nothing_else(day: Path) -> None:
    path = day / "locales/nb_NO.po"
    before = path.read_bytes()
    with Screen() as screen:
        poedit = Poedit(screen, path)
        poedit.go_to("For 42 dager siden")
        poedit.retype("Før – 42 døgn på «ærlig» vis")
        poedit.go_to("Velg **Ja** når du blir bedt om å bekrefte.")
        poedit.toggle_needs_work()
        poedit.go_to("Bruk `-HvaHvis` for å se hva som blir slettet, før du kjører kommandoen.")
        poedit.accept()
        poedit.save()
        poedit.quit()
    after = path.read_bytes()
    decided = {source: (m.translation, m.fuzzy) for source, m in changed(before, after).items()}
    assert decided == {
        "42 days ago": ("Før – 42 døgn på «ærlig» vis", False),
        "Select **Yes** when you're asked to confirm.": ("Velg **Ja** når du blir bedt om å bekrefte.", True),
        "Use `-WhatIf` to see what will be deleted before you run the command.": (
            "Bruk `-HvaHvis` for å se hva som blir slettet, før du kjører kommandoen.",
            False,
        ),
    }
    assert_nothing_to_extract()
    assert path.read_bytes() == after
    # The marked one leaves the article its own, faulty target; the accepted one is that already.
    ((name, (old, new)),) = built(day).items()
    assert name == "nb-NO/devices/delete-a-device.md"
    text = old.decode()
    for was, becomes in {
        "For 42 dager siden": "Før – 42 døgn på «ærlig» vis",
        "Velg **Ja** når": "Velg **Ja når",
    }.items():
        assert text.count(was) == 1
        text = text.replace(was, becomes)
    assert new.decode() == text


@needs_poedit
@pytest.mark.parametrize(
    ("name", "old", "new", "built_article"),
    [
        (
            "ar_SA.po",
            "الإبلاغ عن جهاز مفقود",
            "الإبلاغ عن فقدان جهاز: `PHONE-2203` (1)",
            "ar-SA/devices/lost-device.md",
        ),
        (
            "sr_RS@latin.po",
            "Povezivanje laptopa",
            "Povežite se čim uđete: šuštavi žižak, ćup, đak",
            "sr-Latn-RS/devices/connect-to-wi-fi.md",
        ),
    ],
    ids=["ar_SA", "sr_RS@latin"],
)
def test_right_to_left_and_serbian_in_latin_letters(
    day: Path, name: str, old: str, new: str, built_article: str
) -> None:
    path = day / "locales" / name
    before = path.read_bytes()
    with Screen() as screen:
        poedit = Poedit(screen, path)
        poedit.go_to(old)
        poedit.retype(new)
        assert poedit.is_right_to_left() == (name == "ar_SA.po")
        poedit.save()
        poedit.quit()
    after = path.read_bytes()
    assert [(m.translation, m.fuzzy) for m in changed(before, after).values()] == [(new, False)]
    assert po.read(after, name).header["Language"] == name.removesuffix(".po")
    assert_nothing_to_extract()
    ((article_name, (was, becomes)),) = built(day).items()
    assert article_name == built_article
    assert was.count(old.encode()) == 1
    assert becomes == was.replace(old.encode(), new.encode())


@needs_poedit
def test_code_occurrences_open_the_article_at_the_line_of_the_message(here: Path, write: Write) -> None:
    # Names without spaces: Poedit 3.2.2 opens no others, however they are written (docs/design.md).
    names = ["a/plain.md", "a/åpne-プリンター.md", "b/100%.md"]
    for number, name in enumerate(names):
        pairs = [(f"Setning {number}, {n}.", f"Sentence {number}, {n}.") for n in range(60)]
        write(f"articles/{name}", article(*pairs))
    assert extract([Path("articles")]).problems == []
    path = here / "locales/nb_NO.po"
    # Of each article the second last sentence, so that the reviewer has few to go down.
    data = po.read(path.read_bytes(), "x.po")
    chosen = [m for m in data.messages if m.source.endswith(", 58.")]
    data.messages = chosen
    path.write_bytes(po.write(data))
    assert len(chosen) == len(names)
    with Screen() as screen:
        poedit = Poedit(screen, path)
        for message in chosen:
            poedit.go_to(message.translation)
            shown, marked = poedit.code_occurrence()
            text = (here / message.places[0].path).read_text()
            assert shown.splitlines() == text.splitlines()
            assert marked.rstrip("\n") == text.splitlines()[message.places[0].line - 1]
            assert message.translation in marked
        poedit.quit()


@needs_poedit
def test_a_file_with_crlf_stays_so_in_poedit_and_in_extract(day: Path) -> None:
    path = day / "locales/ar_SA.po"
    before = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before)
    assert_nothing_to_extract()
    with Screen() as screen:
        poedit = Poedit(screen, path)
        poedit.accept()
        poedit.save()
        poedit.quit()
    after = path.read_bytes()
    assert after.count(b"\n") == after.count(b"\r\n")
    assert len(changed(before.replace(b"\r\n", b"\n"), after.replace(b"\r\n", b"\n"))) == 1
    assert_nothing_to_extract()
    assert path.read_bytes() == after
    assert built(day) == {}


@needs_poedit
def test_a_compiled_catalogue_beside_the_po_file_disturbs_nothing(day: Path) -> None:
    path = day / "locales/ar_SA.po"
    with Screen(compile_mo=True) as screen:
        poedit = Poedit(screen, path)
        poedit.retype("عنوان آخر")
        poedit.save()
        poedit.quit()
    assert (day / "locales/ar_SA.mo").is_file()
    assert_nothing_to_extract()
    assert list(built(day)) == ["ar-SA/devices/lost-device.md"]


@needs_poedit
def test_the_picture_in_the_readme_can_be_made_by_anyone(tmp_path: Path) -> None:
    picture = tmp_path / "poedit.png"
    script = [sys.executable, str(PROJECT / "docs/screenshot.py"), str(picture)]
    subprocess.run(script, cwd=tmp_path, check=True, capture_output=True)
    kept = (PROJECT / "docs/poedit.png").read_bytes()
    signature_and_size = slice(0, 24)  # PNG specification, 11.2.1: width and height come first
    assert picture.read_bytes()[signature_and_size] == kept[signature_and_size]


def _as_crlf(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def _as_mixed(data: bytes) -> bytes:
    head, rest = data.split(b"\n\n", 1)
    return head + b"\n\n" + rest.replace(b"\n", b"\r\n")


def _in_another_order(data: bytes) -> bytes:
    head, *others = data.rstrip(b"\n").split(b"\n\n")
    random.Random(1).shuffle(others)
    return b"\n\n".join([head, *others]) + b"\n"


def _with_a_flag_that_poedit_drops(data: bytes) -> bytes:
    return data.replace(b"#, fuzzy\n", b"#, fuzzy, md-format\n")


def _with_references_line_by_line(data: bytes) -> bytes:
    return re.sub(rb"(:\d+) (?=articles/)", rb"\1\n#: ", data)


def _with_another_header(data: bytes) -> bytes:
    head, rest = data.split(b"\n\n", 1)
    first, second, third, *fields = head.split(b"\n")
    random.Random(1).shuffle(fields)
    own = [b'"X-Generator: Poedit 3.2.2\\n"', b'"X-Poedit-Bookmarks: 1,-1\\n"']
    return b"\n".join([first, second, third, *fields, *own]) + b"\n\n" + rest


@pytest.mark.parametrize(
    "effect",
    [
        _as_crlf,
        _as_mixed,
        _in_another_order,
        _with_a_flag_that_poedit_drops,
        _with_references_line_by_line,
        _with_another_header,
    ],
)
def test_what_an_editor_does_to_a_file_changes_no_message_and_no_article(
    day: Path, effect: Callable[[bytes], bytes]
) -> None:
    path = day / "locales/nb_NO.po"
    before = path.read_bytes()
    path.write_bytes(effect(before))
    assert path.read_bytes() != before
    (day / "locales/nb_NO.mo").write_bytes(b"\xde\x12\x04\x95 stray")
    (day / "articles/nb_NO.mo").write_bytes(b"\xde\x12\x04\x95 stray")
    assert built(day) == {}
    report = extract([Path("articles")])
    assert (report.problems, kept_all(report)) == ([], True)
    after = [replace(message, flags=()) for message in po.read(path.read_bytes(), "x.po").messages]
    assert after == po.read(before, "x.po").messages
    assert built(day) == {}
    assert_nothing_to_extract()
    assert (day / "locales/nb_NO.mo").read_bytes() == b"\xde\x12\x04\x95 stray"


def test_extract_keeps_crlf_where_a_file_has_nothing_else(day: Path, write: Write) -> None:
    path = day / "locales/nb_NO.po"
    path.write_bytes(_as_crlf(path.read_bytes()))
    write("articles/nb-NO/new.md", article(("En ny setning.", "A new sentence.")))
    assert extract([Path("articles")]).written == ["locales/nb_NO.po"]
    data = path.read_bytes()
    assert b"A new sentence." in data
    assert data.count(b"\n") == data.count(b"\r\n")
    path.write_bytes(_as_mixed(data.replace(b"\r\n", b"\n")))
    extract([Path("articles")])
    assert path.read_bytes() == data.replace(b"\r\n", b"\n")
