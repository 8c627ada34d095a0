"""The PO files of a delivery are updated by any number of processes, with the same bytes and reports."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

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


def deliver_twice(here: Path, jobs: str, options: list[str]) -> list[tuple[dict[str, Any], dict[str, bytes]]]:
    """Extract, review, edit a source, and extract twice again; return each report and the PO files then."""
    article_, source = Path("articles/nb-NO/1/1.md"), "Goal 1 7 "
    steps = []
    for step in ("new", "edited", "nothing changed"):
        if step == "edited":
            article_.write_text(article_.read_text().replace(source, "Goal 1 70 "))
            for file in sorted(Path("locales").rglob("*.po")):
                file.write_bytes(file.read_bytes().replace(b"#, fuzzy\n", b"", 3))
        run = l10n("extract", "articles", "--json", "-j", jobs, *options, cwd=here)
        assert run.code == 0, run.err
        report = {name: value for name, value in run.json.items() if name != "memory"}  # it has seconds
        steps.append((report, tree(Path("locales"))))
    article_.write_text(article_.read_text().replace("Goal 1 70 ", source))
    shutil.rmtree("locales")
    return steps


OPTIONS = [[], ["--split", "folder"], ["--check", "--order", "risk"], ["--memory", "old.po"]]


@pytest.mark.parametrize("options", OPTIONS)
def test_any_number_of_processes_updates_alike(delivery: Path, write: Write, options: list[str]) -> None:
    head = 'msgid ""\nmsgstr "Language: nb_NO\\nContent-Type: text/plain; charset=UTF-8\\n"\n'
    goal = f"Goal 1 70 {'text ' * 45}".strip()
    write("old.po", f'{head}\nmsgid "{goal}"\nmsgstr "Fra minnet"\n')
    one, three = (deliver_twice(delivery, jobs, options) for jobs in ("1", "3"))
    assert one == three
    assert one[2][0]["written"] == []
    if options == OPTIONS[3]:
        assert b"Fra minnet" in one[1][1]["nb_NO.po"]


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
