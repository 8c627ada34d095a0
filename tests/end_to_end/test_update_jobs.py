"""The PO files of a delivery are updated by any number of processes, with the same bytes and reports."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from l10n import po
from l10n.jobs.run import SMALL
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.po_files import tree

LOCALES = ("nb-NO", "da-DK", "sv-SE")


@pytest.fixture
def delivery(here: Path, write: Write) -> Path:
    """Three locales, each large enough for several processes."""
    for locale in LOCALES:
        for number in range(30):
            pairs = [
                (f"Mål {number} {n} {'tekst ' * 45}", f"Goal {number} {n} {'text ' * 45}") for n in range(40)
            ]
            write(f"articles/{locale}/{number % 3}/{number}.md", article(*pairs, locale=locale))
    assert sum(path.stat().st_size for path in Path("articles").rglob("*.md")) > SMALL
    return here


def told(run_: object) -> str:
    found = dict(run_) if isinstance(run_, dict) else {}
    return json.dumps({name: value for name, value in found.items() if name != "memory"}, sort_keys=True)


@pytest.mark.parametrize(
    "options", [[], ["--split", "folder"], ["--check", "--order", "risk"], ["--memory", "old.po"]]
)
def test_any_number_of_processes_updates_alike(delivery: Path, write: Write, options: list[str]) -> None:
    write("old.po", 'msgid ""\nmsgstr "Language: nb_NO\\nContent-Type: text/plain; charset=UTF-8\\n"\n')
    found = []
    for jobs in ("1", "3"):
        steps = []
        for change in ("", "text", "goal"):
            if change == "text":  # an edited source, and a review
                path = Path("articles/nb-NO/1/1.md")
                path.write_text(path.read_text().replace("Goal 1 7 ", "Goal 1 70 "))
                for file in sorted(Path("locales").rglob("*.po")):
                    file.write_bytes(file.read_bytes().replace(b"#, fuzzy\n", b"", 3))
            run = l10n("extract", "articles", "--json", "-j", jobs, *options, cwd=delivery)
            assert run.code == 0, run.err
            steps.append((told(run.json), tree(Path("locales"))))
        found.append(steps)
        path = Path("articles/nb-NO/1/1.md")
        path.write_text(path.read_text().replace("Goal 1 70 ", "Goal 1 7 "))
        for file in sorted(Path("locales").rglob("*.po")):
            file.unlink()
    assert found[0] == found[1]


def test_one_bad_po_file_does_not_stop_the_others_in_another_process(delivery: Path) -> None:
    l10n("extract", "articles", "-j", "2", cwd=delivery)
    bad = Path("locales/da_DK.po")
    bad.write_text(bad.read_text() + "\nnonsense\n")
    before = bad.read_bytes()
    path = Path("articles/sv-SE/1/1.md")
    path.write_text(path.read_text().replace("Goal 1 7 ", "Goal 1 70 "))
    run = l10n("extract", "articles", "--json", "-j", "2", "--no-cache", cwd=delivery)
    assert [(one["path"], one["code"]) for one in run.json["problems"]] == [("locales/da_DK.po", "bad-po")]
    assert (run.json["written"], bad.read_bytes()) == (["locales/sv_SE.po"], before)


def test_a_second_run_knows_what_other_processes_found(delivery: Path) -> None:
    first = l10n("extract", "articles", "--json", "-j", "2", cwd=delivery)
    before = {path: os.stat(path).st_mtime_ns for path in Path("locales").iterdir()}
    again = l10n("extract", "articles", "--json", "-j", "2", cwd=delivery)
    assert (again.json["written"], again.json["messages"]) == ([], first.json["messages"])
    assert {path: os.stat(path).st_mtime_ns for path in Path("locales").iterdir()} == before
    assert len(po.read(Path("locales/nb_NO.po").read_bytes(), "x").messages) == 1_200
