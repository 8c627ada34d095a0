"""`l10n status`: what it counts, shows, demands, and draws."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.badge import badge
from l10n.catalogue import Message, Note, Place
from l10n.cli.status import _rows
from l10n.commands.status import Counts, FileStatus, LocaleStatus, Status, counts_of, status
from tests.conftest import PROJECT, Write, article, l10n

HEADER = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
BODY = r"""
#. paragraph · 1a2b3-101 · mt 0123abcd
#: articles/a.md:3 articles/b.md:7 articles/a.md:3
msgid "Open the file."
msgstr "Åpne filen."

#. heading · 1a2b3-102 · ht 0123abcd
#: articles/a.md:5
#, fuzzy
msgid "The [mail](https://contoso.com/mail) app"
msgstr "E-postappen"

#: articles/a.md:9
msgid "Save"
msgstr ""

#~ msgid "Old words here"
#~ msgstr "Gamle ord her"
"""


def po(locale: str = "nb_NO", body: str = BODY) -> str:
    return HEADER.format(locale) + body


def test_a_file_is_counted_by_its_messages_units_and_source_words(here: Path, write: Write) -> None:
    write("locales/nb_NO.po", po())
    found = status()
    assert found.problems == []
    (locale,) = found.locales
    assert (locale.locale, [file.path for file in locale.files]) == ("nb_NO", ["locales/nb_NO.po"])
    assert locale.counts == found.total == locale.files[0].counts
    assert found.total == Counts(
        articles=2,
        units=4,  # two units of a pair on one line of an article are one here
        messages=3,
        reviewed=1,
        needs_review=1,
        untranslated=1,
        obsolete=1,
        mt=1,
        ht=1,
        unknown=1,
        words=7,  # 3 + 3 + 1
        reviewed_words=3,
        needs_review_words=3,
        untranslated_words=1,
        target_words=4,  # E-postappen is two
    )
    assert (found.total.percent, found.total.percent_words) == (33, 42)


def test_it_counts_what_extract_extracted(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Nei", "No"), ("Ja", "Yes")))
    write("articles/b.md", article(("Nei", "No"), kind="HT"))
    write("articles/c.md", article(("否", "No"), locale="zh-TW"))
    told = l10n("extract", "articles", "--json", cwd=here).json
    total = status().total
    assert (total.articles, total.units, total.messages, total.reviewed) == tuple(
        told[name] for name in ("articles", "units", "messages", "reviewed")
    )


@pytest.mark.parametrize(
    ("references", "articles", "units"),
    [("#: a.md:1 b.md:2", 2, 2), ("#: a.md b.md", 2, None), ("#: a.md:1 b.md", 2, None), ("#", None, None)],
)
def test_what_references_do_not_tell_is_not_known(
    here: Path, write: Write, references: str, articles: int | None, units: int | None
) -> None:
    """gettext can leave out the lines (`--add-location=file`) or all (`--no-location`)."""
    write("locales/nb_NO.po", po(body=f'\n{references}\nmsgid "No"\nmsgstr "Nei"\n'))
    write("locales/de.po", po("de"))
    german, norwegian = status().locales
    assert (norwegian.counts.articles, norwegian.counts.units) == (articles, units)
    assert (german.counts.articles, german.counts.units) == (2, 4)
    run = l10n("status", "--json", cwd=here)
    assert run.json["total"]["units"] == (None if units is None else 6)
    line = next(line for line in l10n("status", cwd=here).out.splitlines() if line.startswith("nb_NO"))
    assert line.split()[1:3] == [("–" if n is None else str(n)) for n in (articles, units)]


def message(reviewed: bool, source: str = "word", **more: object) -> Message:
    return Message(source, "ord" if reviewed else "", places=[Place("a.md", 1)], **more)  # type: ignore[arg-type]


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_hundred_percent_says_that_all_are_reviewed(reviewed: int, others: int) -> None:
    counts = counts_of([message(True)] * reviewed + [message(False)] * others)
    assert (counts.percent == 100) == (counts.percent_words == 100) == (others == 0)
    assert 0 <= counts.percent <= 100 * reviewed / max(1, reviewed + others) or not reviewed + others


def test_a_hundred_percent_of_the_words_says_so_too_where_words_are_few() -> None:
    assert counts_of([message(True), message(False, "—")]).percent_words == 99
    assert counts_of([message(True, "…"), message(False, "—")]).percent_words == 50
    assert counts_of([message(False, "—")]).percent_words == 0
    assert counts_of([]).percent == counts_of([]).percent_words == 100


def test_an_untranslated_message_needs_no_review_whatever_its_flag() -> None:
    counts = counts_of([Message("No", "", fuzzy=True, note=Note("heading", "1a-1", True, "0123abcd"))])
    assert (counts.untranslated, counts.needs_review, counts.ht) == (1, 0, 1)


def test_what_poedit_does_to_a_file_changes_no_count(here: Path, write: Write) -> None:
    write("locales/nb_NO.po", po())
    before = status()
    text = po().replace(
        '"Language: nb_NO\\n"\n',
        '"Project-Id-Version: x\\n"\n"Language: nb_NO\\n"\n"X-Generator: Poedit 3.2.2\\n"\n',
    )
    text = text.replace("#, fuzzy\n", '# Sjekk dette.\n#, fuzzy\n#| msgid "The mail app"\n')
    write("locales/nb_NO.po", text.replace("\n", "\r\n"))
    (here / "locales/nb_NO.mo").write_bytes(b"\xde\x12\x04\x95\0\0\0\0")
    write("locales/nb_NO.po~", "half")
    write("locales/.l10n-0123.tmp", "")
    assert status() == before


def test_a_file_that_cannot_be_read_is_reported_and_the_others_go_on(here: Path, write: Write) -> None:
    write("locales/nb_NO.po", po())
    write("locales/de.po", po("de") + 'msgid "x" oops\n')
    write("locales/none.po", HEADER.format("xx_YY"))
    run = l10n("status", "--json", cwd=here)
    assert run.code == 1
    assert run.codes == ["bad-po", "bad-po"]
    assert [locale["locale"] for locale in run.json["locales"]] == ["nb_NO"]
    run = l10n("status", cwd=here)
    assert run.err.startswith("locales/de.po:23:1: bad-po: ")
    assert "nb_NO" in run.out


@pytest.mark.parametrize("arguments", [[], ["."]])
def test_a_folder_without_po_files_is_said(here: Path, arguments: list[str]) -> None:
    run = l10n("status", *arguments, cwd=here)
    assert (run.code, run.out) == (1, "")
    assert re.fullmatch(r"(locales|\.):1:1: no-catalogues: there are no PO files here; .*\n", run.err)


def test_each_file_counts_once_and_has_its_row_where_a_locale_has_several(here: Path, write: Write) -> None:
    write("locales/nb_NO/mail.po", po())
    write("locales/nb_NO/devices/[red]x.po", po())
    write("locales/de.po", po("de"))
    run = l10n("status", "locales", "locales/de.po", "locales/nb_NO", cwd=here)
    assert (run.code, run.err) == (0, "")
    lines = run.out.splitlines()
    assert [re.split(" {2,}", line.lstrip())[0] for line in lines[2:-1]] == [
        *("de", "nb_NO", "devices/[red]x.po", "mail.po", "total")
    ]
    assert len({len(line) for line in lines[1:-1]}) == 1
    assert lines[-2].split()[1:8] == ["6", "12", "9", "3", "3", "3", "3"]
    assert "█" * 6 + "▒" * 7 + "·" * 7 + "  33     42" in lines[-2]
    found = l10n("status", "--json", cwd=here).json
    assert [file["path"] for file in found["locales"][1]["files"]] == [
        *("locales/nb_NO/devices/[red]x.po", "locales/nb_NO/mail.po")
    ]
    assert (found["command"], found["locales"][1]["messages"], found["total"]["messages"]) == ("status", 6, 9)


def test_the_table_is_the_same_in_any_pipe(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("locales/nb_NO.po", po())
    wide = l10n("status", cwd=tmp_path).out
    monkeypatch.setenv("COLUMNS", "20")
    assert l10n("status", cwd=tmp_path).out == wide
    assert "\x1b" not in wide
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    assert "#" * 6 + "=" * 7 + "." * 7 in l10n("status", cwd=tmp_path).out


def test_the_work_of_the_rows_grows_with_their_number_only() -> None:
    def calls(files: int) -> int:
        locale = LocaleStatus("de", [FileStatus(f"locales/de/{n}.po", Counts()) for n in range(files)])
        count = 0

        def profile(*_: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(profile)
        try:
            rows = list(_rows(Status([locale])))
        finally:
            sys.setprofile(None)
        assert len(rows) == files + 1
        return count

    assert calls(80) < 3 * calls(40)


@pytest.mark.skipif(os.name != "posix", reason="a terminal is simulated with a pty")
@pytest.mark.parametrize("columns", [30, 45, 80, 147, 200])
def test_no_line_is_wider_than_the_terminal(tmp_path: Path, columns: int) -> None:
    shutil.copytree(PROJECT / "locales", tmp_path / "locales")
    text = _in_terminal(tmp_path, columns, "status")
    lines = [re.sub("\x1b\\[[0-9;?]*[A-Za-z]", "", line) for line in re.split("[\r\n]+", text)]
    rows = [line for line in lines if line.startswith(("nb_NO ", "total "))]
    assert len(rows) == 2
    assert all(len(row) <= columns and row.rstrip().endswith(("35", "36", "37")) for row in rows)
    assert max(map(len, lines)) <= columns
    assert ("Narrow terminal" in text) == (columns < 147)
    assert "\x1b[32m█" in text


def _in_terminal(folder: Path, columns: int, *arguments: str) -> str:
    import pty

    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": str(columns)}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "l10n", *arguments]
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=theirs, stderr=subprocess.DEVNULL)
    os.close(theirs)
    parts = []
    try:
        while data := os.read(ours, 65536):
            parts.append(data)
    except OSError:  # how Linux says that the other side is closed
        pass
    os.close(ours)
    assert process.wait() == 0
    return b"".join(parts).decode()


def test_the_threshold_is_for_each_locale(here: Path, write: Write) -> None:
    write("locales/nb_NO.po", po())
    write("locales/de.po", po("de", '\nmsgid "No"\nmsgstr "Nein"\n'))
    write("locales/sv.po", po("sv", ""))
    assert l10n("status", "--fail-under", "33", cwd=here).code == 0
    run = l10n("status", "--fail-under", "34", cwd=here)
    assert (run.code, run.err) == (
        1,
        "locales/nb_NO.po:1:1: under-threshold: nb_NO is reviewed to 33 %, not to 34 %; "
        "review 1 more of its 3 messages\n",
    )
    run = l10n("status", "--fail-under", "100", "--json", cwd=here)
    assert (run.code, run.err, run.codes) == (1, "", ["under-threshold"])
    assert "review 2 more of its 3 messages" in run.json["problems"][0]["message"]


def test_the_threshold_is_for_all_files_of_a_locale_together(here: Path, write: Write) -> None:
    write("locales/nb_NO/mail.po", po())
    write("locales/nb_NO/devices/a.po", po(body='\nmsgid "No"\nmsgstr "Nei"\n'))
    assert status(fail_under=50).problems == []
    (problem,) = status(fail_under=51).problems
    assert (problem.path, problem.code) == ("locales/nb_NO", "under-threshold")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--fail-under", "101"],
        ["--fail-under", "nan"],
        ["--badge", "locales/nb_NO.po"],
        ["--badge", "folder.svg"],
        ["missing"],
    ],
)
def test_wrong_usage_writes_nothing(tmp_path: Path, write: Write, arguments: list[str]) -> None:
    path = write("locales/nb_NO.po", po())
    (tmp_path / "folder.svg").mkdir()
    run = l10n("status", *arguments, cwd=tmp_path)
    assert run.code == 2
    assert "Error: " in run.err
    assert path.read_text() == po()


def test_the_badge_shows_all_files_together(here: Path, write: Write) -> None:
    write("locales/nb_NO.po", po())
    write("locales/de.po", po("de", '\nmsgid "No"\nmsgstr "Nein"\n'))
    run = l10n("status", "--badge", "media/badge.svg", cwd=here)
    assert (run.code, run.out.splitlines()[-1]) == (0, "written: media/badge.svg")
    path = here / "media/badge.svg"
    assert path.read_bytes() == badge("reviewed", 50)
    before = path.stat().st_mtime_ns
    assert l10n("status", "--badge", "media/badge.svg", "--json", cwd=here).json["written"] == []
    assert path.stat().st_mtime_ns == before


def test_the_badge_never_takes_a_part_for_the_whole(here: Path, write: Write) -> None:
    """A file under the threshold was counted; one that cannot be read was not."""
    write("locales/nb_NO.po", po())
    assert l10n("status", "--fail-under", "90", "--badge", "b.svg", cwd=here).code == 1
    assert (here / "b.svg").read_bytes() == badge("reviewed", 33)
    write("locales/de.po", "oops")
    assert l10n("status", "--badge", "b.svg", cwd=here).code == 1
    assert (here / "b.svg").read_bytes() == badge("reviewed", None)


def test_a_badge_that_cannot_be_written_is_a_problem(here: Path, write: Write) -> None:
    write("locales/nb_NO.po", po())
    write("file", "")
    assert l10n("status", "--badge", "file/b.svg", "--json", cwd=here).codes == ["cannot-write"]


SVG = "{http://www.w3.org/2000/svg}"


@given(st.text("reviewed <&\"'>ø", min_size=1), st.none() | st.integers(0, 100))
def test_the_badge_is_xml_that_says_what_it_shows(label: str, percent: int | None) -> None:
    picture = ET.fromstring(badge(label, percent))
    value = "unknown" if percent is None else f"{percent} %"
    assert picture.findtext(f"{SVG}title") == picture.get("aria-label") == f"{label}: {value}"
    assert [text.text for text in picture.iter(f"{SVG}text")] == [label, value]
    left, right = (float(rect.get("width", 0)) for rect in picture.findall(f".//{SVG}g/{SVG}rect"))
    assert left + right == float(picture.get("width", 0))
    for text, room in zip(picture.iter(f"{SVG}text"), (left, right), strict=True):
        assert 0 < float(text.get("textLength", 0)) == room - 12
    assert not re.search(rb"href|url\((?!#)|<script|<style", badge(label, percent))


@pytest.mark.parametrize("percent", [0, 49, 50, 74, 75, 99, 100, None])
def test_the_badge_can_be_read_on_its_colour(percent: int | None) -> None:
    """White on it has the contrast that WCAG 2.1 asks for."""
    fills = re.findall(r'<rect [^>]*fill="#([0-9a-f]{6})"', badge("reviewed", percent).decode())
    assert len(fills) == 2
    assert all(1.05 / (_luminance(fill) + 0.05) >= 4.5 for fill in fills)


def test_only_a_hundred_percent_is_green() -> None:
    colours = [badge("reviewed", percent).decode().split('fill="')[2][:7] for percent in range(101)]
    assert colours.count(colours[100]) == 1
    assert colours.index(colours[50]) == 50


def _luminance(fill: str) -> float:
    parts = (int(fill[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_json_has_every_count(here: Path, write: Write) -> None:
    write("locales/nb_NO.po", po())
    found = l10n("status", "--json", cwd=here)
    expected = asdict(status().total) | {"percent": 33, "percent_words": 42}
    assert found.json["total"] == expected
    assert json.loads(found.out)["locales"][0] == {
        "locale": "nb_NO",
        **expected,
        "files": [{"path": "locales/nb_NO.po", **expected}],
    }
