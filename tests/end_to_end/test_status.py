"""`l10n status`: what it prints, demands and draws."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from l10n.badge import badge
from l10n.commands.status import status
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.project import PROJECT
from tests.helpers.status import HEADER, po


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


def test_json_has_every_count(here: Path, write: Write) -> None:
    write("locales/nb_NO.po", po())
    found = l10n("status", "--json", cwd=here)
    expected = asdict(status().total) | {"percent": 33, "percent_words": 42}
    assert found.json["total"] == expected
    assert json.loads(found.out)["locales"][0] == {
        "locale": "nb_NO",
        **expected,
        "files": [{"path": "locales/nb_NO.po", "translator": "", "scope": [], **expected}],
    }
