"""Formats of findings, and mends."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from l10n import parse
from l10n.checks import PAGE_CHECKS, Pair, Severity
from l10n.commands.check import Choice, check
from l10n.commands.fix import mend
from l10n.formats import FORMATS
from tests.helpers.articles import article
from tests.helpers.files import Write
from tests.helpers.findings import NUMBER
from tests.helpers.project import PROJECT

HOSTILE = ("Vent 51 % <b>&\x1b[31m\u202e\ud7ff]]> :: ,\nminutter.", "Wait 15 % <b>&]]> :: ,\nminutes.")


@pytest.fixture
def report(here: Path, write: Write) -> Any:
    write("a, b:%/c.md", article(HOSTILE, NUMBER))
    write("a, b:%/d.po", "no PO file")
    return check([Path("a, b:%")])


def test_sarif_names_rules_and_places(report: Any) -> None:
    log = json.loads(FORMATS["sarif"](report, Severity.ERROR))
    (run,) = log["runs"]
    assert (log["version"], run["tool"]["driver"]["name"]) == ("2.1.0", "l10n")
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    found = {result["ruleId"] for result in run["results"]}
    page = (PROJECT / "docs/checks.md").read_text("utf-8")
    for rule in rules:
        assert rule["help"]["text"] == f"l10n check --explain {rule['id']}"
        assert ("markdown" in rule["help"]) is (rule["id"] in found)
        assert f"\n### {rule['id']}\n\n{rule['help'].get('markdown', '')}" in page or rule["id"] not in found
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "a%2C%20b%3A%25/c.md"
        assert min(place["region"].values()) >= 1
    (problem,) = run["invocations"][0]["toolExecutionNotifications"]
    assert problem["descriptor"]["id"] == "bad-po"


def test_junit_is_xml_whatever_the_text_holds(report: Any) -> None:
    tree = etree.fromstring(FORMATS["junit"](report, Severity.ERROR).encode())
    suites = tree.findall("testsuite")
    assert [suite.get("name") for suite in suites] == ["a, b:%/c.md", "a, b:%/d.po"]
    assert len(tree.findall(".//failure")) + len(tree.findall(".//system-out")) == len(report.findings)
    assert len(tree.findall(".//error")) == 1
    assert int(str(suites[0].get("tests"))) == len(suites[0].findall("testcase"))


def test_workflow_commands_are_escaped_and_one_line_each(report: Any) -> None:
    lines = FORMATS["github"](report, Severity.ERROR).split("\n")
    assert len(lines) == len(report.findings) + 1
    for line in lines:
        command = r"::(error|warning|notice) file=[^,:]+,line=\d+,col=\d+,title=[a-z-]+::[^\r\n]+"
        assert re.fullmatch(command, line), line
    assert "file=a%2C b%3A%25/c.md" in lines[0]


@pytest.mark.parametrize(
    ("source", "target", "mended"),
    [
        ("See [a](b.md#c).", "Se [a](b.md#d).", "Se [a](b.md#c)."),
        ("See [a](b.md).", "Se [a] (b.md).", "Se [a](b.md)."),
        ("See [a](b.md).", "Se [a]（b.md）.", "Se [a](b.md)."),
        ("Run `a b` now.", "Kjør `a c` nå.", "Kjør `a b` nå."),
        ("At https://a.example/b.", "På https://a.example/nb-no/b.", "På https://a.example/b."),
        ("Save it.", " Lagre  den. ", "Lagre den."),
        (r"Replace \<a> by b.", r"Erstatt \ <a> med b.", r"Erstatt \<a> med b."),
        ("Less &lt; more", "Mindre & lt; mer", "Mindre &lt; mer"),
        ("`a` and `b`", "`x` og `y`", None),
        ("Wait 15 minutes.", "Vent 51 minutter.", None),
        ("Save it.", "Lagre den.", None),
    ],
)  # fmt: skip
def test_what_differs_in_one_place_is_mended_and_nothing_else(
    source: str, target: str, mended: str | None
) -> None:
    found = mend(Pair(source, target, "paragraph", "nb_NO"))
    assert (found and found.target) == mended


def test_the_sample_articles_have_faults_to_find() -> None:
    report = check([PROJECT / "articles"], choice=Choice())
    assert report.problems == []
    assert {fault.check for fault in report.findings} >= {
        "code-span",
        "number",
        "link-split",
        "link-destination",
    }
    for fault in report.findings:
        path = Path(fault.path)
        units = parse((path if path.is_absolute() else PROJECT / path).read_bytes(), path.name).units
        of_article = fault.check in {check.name for check in PAGE_CHECKS}
        assert fault.unit in {"" if of_article else unit.id for unit in units}
