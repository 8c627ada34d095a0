"""`l10n check` and `l10n fix`: places, formats, what is accepted, what is known, what is mended."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from l10n import extract, po
from l10n.formats import FORMATS
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.findings import NUMBER, found

SPLIT = ("Se [Regler] (rules.md).", "See [Rules](rules.md).")
GOOD = ("Lagre filen.", "Save the file.")


def test_findings_of_articles_stand_at_their_place_in_order(here: Path, write: Write) -> None:
    write("articles/b.md", article(SPLIT, GOOD))
    write("articles/a.md", article(GOOD, NUMBER))
    run = l10n("check", "articles", "--format", "json", cwd=here)
    assert run.code == 1
    assert [(f["path"], *place) for f, place in zip(run.json["findings"], found(run), strict=True)] == [
        ("articles/a.md", "number", 9, 36, "1a2b3-103"),
        ("articles/b.md", "link-split", 7, 41, "1a2b3-102"),
    ]
    about = {"path", "line", "column", "unit", "check", "severity", "message"}
    assert set(run.json["findings"][0]) == {*about, "source", "target", "start", "end"}
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
    assert (run.code, "l10n check --list" in run.err) == (2, True)
    assert l10n("check", "a.md", "--write-baseline", cwd=here).code == 2


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


def test_a_title_that_is_the_headings_copy_is_reported_once(here: Path, write: Write) -> None:
    title = ("Vent 51 minutter", "Wait 15 minutes")
    write("a.md", article(title, prefix="# ").replace("title: Tittel", f"title: {title[0]}"))
    run = l10n("check", "a.md", "--format", "json", cwd=here)
    assert ([name for name, *_ in found(run)], run.json["units"]) == (["number"], 2)
