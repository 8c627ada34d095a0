"""What the command line says: lists, explanations, counts, and what the user may have meant."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from l10n.commands.check import names
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.project import PROJECT

NUMBER = ("Vent 51 minutter.", "Wait 15 minutes.")
SPACED = ("Velg  knappen.", "Select the button.")


def test_the_list_has_every_check(here: Path) -> None:
    run = l10n("check", "--list", cwd=here)
    assert (run.code, run.err) == (0, "")
    assert {line.split()[0] for line in run.out.splitlines()} == set(names())


def test_each_check_is_explained_by_the_page_that_ships_with_the_package(here: Path) -> None:
    page = (PROJECT / "docs/checks.md").read_text("utf-8")
    out = l10n("check", "--explain", "number", cwd=here).out
    section = page.partition("\n### number\n")[2].partition("\n##")[0].strip()
    assert out == f"number\n\n{section}\n"
    for name in ("do-not-translate", "term-missing"):
        assert "docs/glossary.md" in l10n("check", "--explain", name, cwd=here).out


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["chek"], "check"),
        (["check", "--explain", "link-txt"], "link-text"),
        (["check", "a.md", "--only", "numbr"], "number"),
        (["check", "a.md", "--sevrity", "note"], "--severity"),
    ],
)
def test_a_name_that_does_not_exist_is_wrong_usage_with_a_proposal(
    here: Path, write: Write, arguments: list[str], meant: str
) -> None:
    write("a.md", article(NUMBER))
    run = l10n(*arguments, cwd=here)
    assert run.code == 2
    assert "id you mean" in run.err
    assert meant in run.err


def test_a_name_that_is_like_no_other_gets_no_proposal(here: Path) -> None:
    assert "did you mean" not in l10n("x" * 100_000, cwd=here).err


def test_check_ends_in_a_table_by_check(here: Path, write: Write) -> None:
    write("a.md", article(NUMBER, SPACED, ("Vent 52 minutter.", "Wait 25 minutes.")))
    lines = l10n("check", "a.md", cwd=here).out.splitlines()
    start = lines.index("error    number        2")
    assert lines[start + 1] == "warning  double-space  1"
    counted = l10n("check", "a.md", "--statistics", cwd=here).out.splitlines()
    assert counted == lines[start:]


def test_notes_are_shown_on_request(here: Path, write: Write) -> None:
    write("a.md", article(("Slett den.", "Delete it."), ("Fjern den.", "Delete it.")))
    assert l10n("check", "a.md", "--json", cwd=here).json["findings"] == []
    for option in (["--severity", "note"], ["--fail-on", "note"]):
        found = l10n("check", "a.md", "--json", *option, cwd=here).json["findings"]
        assert {one["severity"] for one in found} == {"note"}


@pytest.mark.parametrize("name", ["json", "sarif", "junit", "github"])
def test_a_report_is_written_to_a_file_and_only_over_its_own_kind(
    here: Path, write: Write, name: str
) -> None:
    write("a.md", article(NUMBER))
    expected = l10n("check", "a.md", "--format", name, cwd=here).out
    run = l10n("check", "a.md", "--format", name, "-o", "report", cwd=here)
    assert (run.code, "number 51 should be 15" in run.out) == (1, True)
    assert (here / "report").read_text("utf-8") == expected
    assert l10n("check", "a.md", "--format", name, "-o", "report", cwd=here).code == 1
    write("report", "mine")
    run = l10n("check", "a.md", "--format", name, "-o", "report", cwd=here)
    assert "other-kind" in run.err
    assert (here / "report").read_text() == "mine"


def test_a_report_for_people_has_no_file(here: Path, write: Write) -> None:
    write("a.md", article(NUMBER))
    assert l10n("check", "a.md", "-o", "report", cwd=here).code == 2


@pytest.mark.parametrize("command", ["extract", "merge", "check", "status", "export", "terms"])
def test_json_is_asked_for_in_the_same_two_ways(here: Path, write: Write, command: str) -> None:
    write("a.md", article(NUMBER))
    l10n("extract", "a.md", cwd=here)
    arguments = {
        "extract": ["a.md"],
        "check": ["a.md"],
        "status": [],
        "export": ["locales", "--to", "tsv"],
    }.get(command, ["locales"])
    l10n(command, *arguments, cwd=here)
    one = l10n(command, *arguments, "--json", cwd=here)
    other = l10n(command, *arguments, "--format", "json", cwd=here)
    assert json.loads(one.out)["command"] == command
    assert one == other


def test_quiet_prints_problems_only_and_verbose_each_file(here: Path, write: Write) -> None:
    write("a.md", article(NUMBER))
    assert l10n("extract", "a.md", "-v", cwd=here).out.startswith("written: locales/nb_NO.po\n")
    for arguments in (
        ["extract", "a.md"],
        ["merge", "locales"],
        ["status"],
        ["check", "a.md"],
        ["terms", "a.md"],
    ):
        run = l10n(*arguments, "-q", cwd=here)
        assert (run.out, run.err) == ("", "")
    write("b.po", "no PO file")
    run = l10n("check", "b.po", "-q", cwd=here)
    assert (run.out, "bad-po" in run.err) == ("", True)


def test_a_shell_completes_the_names_of_checks(here: Path) -> None:
    environment = {
        "_L10N_COMPLETE": "bash_complete",
        "COMP_WORDS": "l10n check --only link-l",
        "COMP_CWORD": "3",
    }
    script = "from l10n.cli import main; main(prog_name='l10n')"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["plain,link-lost", "plain,link-locale", "plain,link-label"]


def test_the_version_has_a_short_option(here: Path) -> None:
    assert l10n("-V", cwd=here).out == l10n("--version", cwd=here).out


def test_sarif_marks_the_faulty_part_and_knows_a_finding_again_when_lines_move(
    here: Path, write: Write
) -> None:
    def result() -> dict[str, Any]:
        (found,) = l10n("check", "a.md", "--format", "sarif", cwd=here).json["runs"][0]["results"]
        return dict(found)

    path = write("a.md", article(NUMBER))
    first = result()
    region = first["locations"][0]["physicalLocation"]["region"]
    line = path.read_text().splitlines()[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "51"
    path.write_text(path.read_text().replace("---\n\n", "---\n\n\n\n", 1))
    again = result()
    assert again["locations"] != first["locations"]
    assert again["partialFingerprints"] == first["partialFingerprints"]
    path.write_text(path.read_text().replace("51", "52"))
    assert result()["partialFingerprints"] != first["partialFingerprints"]
