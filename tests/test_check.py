"""The command check: places, formats, what is accepted, what is known, what is mended."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from l10n import extract, parse, po
from l10n.checks import CHECKS, PAGE_CHECKS, Pair, Severity
from l10n.cli.excerpt import columns, excerpt
from l10n.commands.check import Choice, check
from l10n.commands.fix import mend
from l10n.formats import FORMATS
from l10n.printable import printable
from tests.conftest import PROJECT, Run, Write, article, l10n

SPLIT = ("Se [Regler] (rules.md).", "See [Rules](rules.md).")
NUMBER = ("Vent 51 minutter.", "Wait 15 minutes.")
GOOD = ("Lagre filen.", "Save the file.")


def found(run: Run) -> list[tuple[str, int, int, str]]:
    return [(f["check"], f["line"], f["column"], f["unit"]) for f in run.json["findings"]]


def test_findings_of_articles_stand_at_their_place_in_order(here: Path, write: Write) -> None:
    write("articles/b.md", article(SPLIT, GOOD))
    write("articles/a.md", article(GOOD, NUMBER))
    run = l10n("check", "articles", "--format", "json", cwd=here)
    assert run.code == 1
    assert [(f["path"], *place) for f, place in zip(run.json["findings"], found(run), strict=True)] == [
        ("articles/a.md", "number", 9, 36, "1a2b3-103"),
        ("articles/b.md", "link-split", 7, 41, "1a2b3-102"),
    ]
    assert set(run.json["findings"][0]) == {"path", "line", "column", "unit", "check", "severity", "message"}
    assert (run.json["errors"], run.json["warnings"], run.json["units"], run.json["problems"]) == (
        2,
        0,
        4,
        [],
    )


def test_each_empty_folder_is_said(here: Path) -> None:
    for name in ("a", "b"):
        (here / name).mkdir()
    run = l10n("check", "a", "b", "--format", "json", cwd=here)
    assert [(p["path"], p["code"]) for p in run.json["problems"]] == [
        ("a", "no-articles"),
        ("b", "no-articles"),
    ]


def test_an_article_whose_only_unit_is_broken_is_told_of(here: Path, write: Write) -> None:
    write("articles/a.md", article(GOOD).replace("</span></span>", ""))
    run = l10n("check", "articles", "--format", "json", cwd=here)
    assert (run.code, run.codes) == (1, ["unclosed-unit"])


def test_the_column_is_where_the_fault_begins(here: Path, write: Write) -> None:
    text = article(NUMBER)
    write("a.md", text)
    (finding,) = l10n("check", "a.md", "--format", "json", cwd=here).json["findings"]
    line = text.splitlines()[finding["line"] - 1]
    assert line[finding["column"] - 1 :].startswith("51 minutter")


def test_findings_of_po_files_stand_at_the_line_to_mend_and_name_the_article(
    here: Path, write: Write
) -> None:
    write("articles/a.md", article(GOOD, NUMBER))
    extract([Path("articles")])
    run = l10n("check", "locales/nb_NO.po", "--format", "json", cwd=here)
    (finding,) = run.json["findings"]
    assert (finding["path"], finding["article"]) == ("locales/nb_NO.po", {"path": "articles/a.md", "line": 9})
    assert found(run) == [("number", finding["line"], 1, "1a2b3-103")]
    assert Path("locales/nb_NO.po").read_text().splitlines()[finding["line"] - 1].startswith("msgid ")
    sarif = l10n("check", "locales/nb_NO.po", "--format", "sarif", cwd=here).json["runs"][0]["results"][0]
    for key, path, line in (
        ("locations", finding["path"], finding["line"]),
        ("relatedLocations", "articles/a.md", 9),
    ):
        (place,) = (one["physicalLocation"] for one in sarif[key])
        assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == (path, line)
    told = l10n("check", "locales/nb_NO.po", "--format", "github", cwd=here).out
    assert f"file=locales/nb_NO.po,line={finding['line']}," in told
    assert told.endswith("(articles/a.md:9)\n")
    assert "article  articles/a.md:9" in l10n("check", "locales/nb_NO.po", cwd=here).out


def test_a_message_without_a_place_is_named_by_its_line_of_the_po_file(here: Path, write: Write) -> None:
    head = 'msgid ""\nmsgstr ""\n"Language: nb_NO\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    write("nb_NO.po", head + 'msgid "Wait 15 minutes."\nmsgstr "Vent 51 minutter."\n')
    run = l10n("check", "nb_NO.po", "--format", "json", cwd=here)
    assert (run.json["findings"][0]["path"], found(run)) == ("nb_NO.po", [("number", 6, 1, "")])


def test_a_comment_in_the_po_file_accepts_a_finding_once_and_for_all(here: Path, write: Write) -> None:
    write("articles/a.md", article(NUMBER, SPLIT))
    extract([Path("articles")])
    path = Path("locales/nb_NO.po")
    text = path.read_text("utf-8")
    path.write_text(text.replace("#. paragraph", "# Riktig.\n# l10n: ok number, bold\n#. paragraph"), "utf-8")
    run = l10n("check", path, "--format", "json", cwd=here)
    assert ([name for name, *_ in found(run)], run.json["accepted"]) == (["link-split"], 1)
    extract([Path("articles")])
    assert l10n("check", path, "--format", "json", cwd=here).json["accepted"] == 1


def test_a_baseline_lets_only_new_findings_fail_however_lines_move(here: Path, write: Write) -> None:
    write("a.md", article(NUMBER))
    first = l10n("check", "a.md", "--baseline", "known.json", "--write-baseline", cwd=here)
    assert (first.code, Path("known.json").exists()) == (0, True)
    data = Path("known.json").read_bytes()
    write("a.md", article(GOOD, NUMBER))
    run = l10n("check", "a.md", "--baseline", "known.json", "--format", "json", cwd=here)
    assert (run.code, run.json["known"], run.json["findings"]) == (0, 1, [])
    write("a.md", article(NUMBER, NUMBER, SPLIT))
    run = l10n("check", "a.md", "--baseline", "known.json", "--format", "json", cwd=here)
    assert (run.code, [name for name, *_ in found(run)]) == (1, ["number", "link-split"])
    assert Path("known.json").read_bytes() == data


@pytest.mark.parametrize("text", ["", "{", "[]", '{"findings": 1}', '{"findings": {"a": {"b": {"c": "d"}}}}'])
def test_a_broken_baseline_is_said(here: Path, write: Write, text: str) -> None:
    write("a.md", article(GOOD))
    write("known.json", text)
    run = l10n("check", "a.md", "--baseline", "known.json", "--format", "json", cwd=here)
    assert (run.code, run.codes) == (1, ["bad-baseline"])


@pytest.mark.parametrize(
    ("arguments", "code", "names"),
    [
        ([], 1, ["link-split", "double-space"]),
        (["--severity", "error"], 1, ["link-split"]),
        (["--only", "double-space"], 0, ["double-space"]),
        (["--only", "double-space", "--fail-on", "warning"], 1, ["double-space"]),
        (["--skip", "link-split,number"], 0, ["double-space"]),
        (["--skip", "link-split", "--skip", "double-space"], 0, []),
    ],
)
def test_checks_are_chosen(
    here: Path, write: Write, arguments: list[str], code: int, names: list[str]
) -> None:
    write("a.md", article(SPLIT, ("Lagre  filen.", "Save the file.")))
    run = l10n("check", "a.md", *arguments, "--format", "json", cwd=here)
    assert (run.code, [name for name, *_ in found(run)]) == (code, names)


@pytest.mark.parametrize("name", ["l10n.toml", "pyproject.toml"])
def test_settings_are_read(here: Path, write: Write, name: str) -> None:
    table = "tool.l10n.check" if name == "pyproject.toml" else "check"
    write(name, f'[{table}]\nskip = ["number"]\nfail-on = "note"\nseverity = {{ link-split = "note" }}\n')
    write("a.md", article(NUMBER, SPLIT))
    run = l10n("check", "a.md", "--format", "json", cwd=here)
    assert (run.code, [f["severity"] for f in run.json["findings"]]) == (1, ["note"])
    assert l10n("check", "a.md", "--fail-on", "error", cwd=here).code == 0


@pytest.mark.parametrize(
    "text",
    [
        "[check",
        "skip = []",
        "[chekc]",
        "[check]\nskips = []",
        '[check]\nskip = ["numbers"]',
        "[check]\nskip = 1",
        '[check]\nfail-on = "never"',
        '[check.severity]\nnumber = "off"',
        '[check.severity]\nnumbers = "note"',
        "[check]\nbaseline = 1",
        "[check]\nglossary = 1",
        "english = 1",
        "english = 'nowhere'",
        "check = 1",
    ],
)
def test_settings_that_are_none_are_said_and_the_rest_is_done(here: Path, write: Write, text: str) -> None:
    write("l10n.toml", text)
    write("a.md", article(NUMBER))
    run = l10n("check", "a.md", "--format", "json", cwd=here)
    assert run.codes == ["bad-settings"]
    assert [name for name, *_ in found(run)] == ["number"]


def test_another_tool_s_pyproject_is_no_concern(here: Path, write: Write) -> None:
    write("pyproject.toml", '[project]\nname = "x"\n')
    write("a.md", article(GOOD))
    assert l10n("check", "a.md", cwd=here).code == 0


def test_articles_without_a_locale_need_one(here: Path, write: Write) -> None:
    write("a.md", article(NUMBER).replace("ms.contentlocale: nb-NO\n", ""))
    assert l10n("check", "a.md", "--format", "json", cwd=here).codes == ["no-locale"]
    run = l10n("check", "a.md", "--locale", "nb-NO", "--format", "json", cwd=here)
    assert [name for name, *_ in found(run)] == ["number"]
    assert l10n("check", "a.md", "--locale", "no way", cwd=here).code == 2


def test_files_that_cannot_be_read_do_not_stop_the_others(here: Path, write: Write) -> None:
    write("x/a.md", article(NUMBER))
    write("x/b.po", "no PO file")
    run = l10n("check", "x", "--format", "json", cwd=here)
    assert ([name for name, *_ in found(run)], run.codes, run.code) == (["number"], ["bad-po"], 1)
    write("empty/readme.txt", "")
    assert l10n("check", "empty", "--format", "json", cwd=here).codes == ["no-articles"]


@pytest.mark.parametrize("name", ["--only", "--skip"])
def test_checks_that_are_none_are_wrong_usage(here: Path, write: Write, name: str) -> None:
    write("a.md", article(GOOD))
    run = l10n("check", "a.md", name, "numbers", cwd=here)
    assert (run.code, "docs/checks.md" in run.err) == (2, True)
    assert l10n("check", "a.md", "--write-baseline", cwd=here).code == 2


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


def test_a_clean_run_is_whole_in_every_format(here: Path, write: Write) -> None:
    write("a.md", article(GOOD))
    for name in FORMATS:
        run = l10n("check", "a.md", "--format", name, cwd=here)
        assert (run.code, run.err) == (0, "")
        if name == "junit":
            assert etree.fromstring(run.out.encode()) is not None
        elif name != "github":
            assert run.json


def test_the_text_shows_source_and_target_and_underlines_the_fault(here: Path, write: Write) -> None:
    write("a.md", article(("Vent 51 \x1b[31m分 minutter.", "Wait 15 minutes.")))
    run = l10n("check", "a.md", "--only", "number", cwd=here)
    lines = run.out.splitlines()
    assert lines[0] == "a.md"
    assert "error number  number 51 should be 15, as in the source" in lines[1]
    assert lines[2].strip() == "source  Wait 15 minutes."
    assert lines[4].index("^^") == lines[3].index("51")
    assert "\x1b" not in run.out


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200), st.integers(2, 60))
@example("0\x1f0", 0, 2, 2)
def test_an_excerpt_is_of_one_line_and_begins_in_the_span(text: str, one: int, other: int, room: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    before, marked, after = excerpt(text, start, end, room)
    assert columns(before + marked + after) <= room
    line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    line = printable(text[line_start:].split("\n", maxsplit=1)[0].split("\r", maxsplit=1)[0])
    assert before + marked + after in line
    assert printable(text[start:end]).startswith(marked)


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


@given(st.sampled_from(["a", "**b**", "`c`", "[d](e.md)", "  ", "&lt;", r"\<", "https://f.example"]).map(str))
def test_each_mend_removes_its_finding_and_adds_none(part: str) -> None:
    for source, target in ((f"x {part} y", f"x {part}z y"), (f"x {part} y", f" x  {part} "), (part, "q")):
        pair = Pair(source, target, "paragraph", "nb_NO")
        found = mend(pair)
        if found is None:
            continue
        before = {(c.name, f.message) for c in CHECKS for f in c.find(pair)}
        after = {
            (c.name, f.message)
            for c in CHECKS
            for f in c.find(Pair(source, found.target, "paragraph", "nb_NO"))
        }
        assert after < before
        assert not {name for name, _ in after} & set(found.checks)


def test_fix_mends_what_waits_for_review_and_keeps_the_machine_s_text(here: Path, write: Write) -> None:
    write("articles/a.md", article(SPLIT, NUMBER, GOOD))
    extract([Path("articles")])
    path = Path("locales/nb_NO.po")
    run = l10n("check", "locales", "--fix", "--format", "json", cwd=here)
    assert [name for name, *_ in found(run)] == ["number"]
    assert (run.json["mended"], run.json["written"]) == (1, ["locales/nb_NO.po"])
    split, number, _ = po.read(path.read_bytes(), "x").messages
    assert (split.translation, split.fuzzy) == ("Se [Regler](rules.md).", True)
    assert split.comment == f"l10n: mended link-split; it was:\n{SPLIT[0]}"
    assert (number.translation, number.comment) == (NUMBER[0], "")
    before = path.read_bytes()
    l10n("check", "locales", "--fix", cwd=here)
    assert path.read_bytes() == before


def test_fix_leaves_reviewed_and_accepted_messages_and_articles_alone(here: Path, write: Write) -> None:
    text = article(SPLIT, kind="HT")
    write("articles/a.md", text)
    write("articles/b.md", article(("Se [X] (x.md).", "See [X](x.md).")))
    extract([Path("articles")])
    path = Path("locales/nb_NO.po")
    note = "#. paragraph · 1a2b3-102 · mt"
    content = path.read_text("utf-8").replace(note, f"# l10n: ok link-split\n{note}")
    path.write_text(content, "utf-8")
    l10n("check", "articles", "locales", "--fix", cwd=here)
    assert path.read_text("utf-8") == content
    assert Path("articles/a.md").read_text("utf-8") == text


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


def test_a_title_that_is_the_headings_copy_is_reported_once(here: Path, write: Write) -> None:
    title = ("Vent 51 minutter", "Wait 15 minutes")
    write("a.md", article(title, prefix="# ").replace("title: Tittel", f"title: {title[0]}"))
    run = l10n("check", "a.md", "--format", "json", cwd=here)
    assert ([name for name, *_ in found(run)], run.json["units"]) == (["number"], 2)
