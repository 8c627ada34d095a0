"""The command line, through its real entry point, as a user or a program runs it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.project import PROJECT

MT = article(("Nei", "No"), ("Ja", "Yes"))


def test_the_pipeline(tmp_path: Path, write: Write) -> None:
    write("articles/a.md", MT)
    run = l10n("extract", "articles", cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    assert re.search(r"^messages +2 *$", run.out, re.MULTILINE)
    po = tmp_path / "locales/nb_NO.po"
    po.write_text(po.read_text().replace('#, fuzzy\nmsgid "No"\nmsgstr "Nei"', 'msgid "No"\nmsgstr "Ikke"'))
    run = l10n("merge", "locales/nb_NO.po", cwd=tmp_path)
    assert run.code == 0
    merged = (tmp_path / "build/nb-NO/a.md").read_text()
    assert merged.endswith("---\n\nIkke\n\nJa\n")


def test_json_is_one_object_and_nothing_else(tmp_path: Path, write: Write) -> None:
    write("articles/a.md", MT)
    write("articles/b.md", article(("Nei", "No"), locale="xx-YY"))
    run = l10n("extract", "articles", "--json", cwd=tmp_path)
    assert (run.code, run.err) == (1, "")
    found = json.loads(run.out)
    assert found["command"] == "extract"
    assert (found["articles"], found["units"], found["messages"], found["reviewed"]) == (1, 2, 2, 0)
    (problem,) = found["problems"]
    assert set(problem) == {"path", "line", "column", "code", "message"}
    assert (problem["path"], problem["line"], problem["code"]) == ("articles/b.md", 4, "unknown-locale")
    assert "--locale" in problem["message"]
    found = l10n("merge", "locales", "--json", cwd=tmp_path).json
    assert (found["articles"], found["units"], found["written"]) == (1, 2, ["build/nb-NO/a.md"])


def test_problems_go_to_stderr_as_a_compiler_s_would(tmp_path: Path, write: Write) -> None:
    write("articles/a.md", MT + '- <span data-ttu-id="1a2b3-107">Uten kilde</span>\n')
    run = l10n("extract", "articles", cwd=tmp_path)
    assert run.code == 1
    assert run.err.startswith(
        "articles/a.md:10:3: unclosed-unit: unit 1a2b3-107 has no source; its text was left"
    )
    assert re.search(r"^problems +1 *$", run.out, re.MULTILINE)


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract"],
        ["extract", "missing"],
        ["extract", ".", "--locale", "xx-YY"],
        ["extract", ".", "--split", "word"],
        ["merge", "missing.po"],
        ["merge", ".", "--in-place", "--form", "source"],
        ["merge", ".", "--in-place", "-o", "x"],
        ["translate"],
    ],
)
def test_wrong_usage_is_told_and_exits_with_2(tmp_path: Path, arguments: list[str]) -> None:
    run = l10n(*arguments, cwd=tmp_path)
    assert run.code == 2
    assert "Error: " in run.err
    assert "Traceback" not in run.err


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    run = l10n("extract", ".", "--json", cwd=tmp_path)
    assert (run.code, run.codes) == (1, ["no-articles"])
    run = l10n("merge", ".", "--json", cwd=tmp_path)
    assert (run.code, run.codes) == (1, ["no-catalogues"])


def test_help_has_examples_and_version_is_told(tmp_path: Path) -> None:
    for command in ("extract", "merge"):
        run = l10n(command, "--help", cwd=tmp_path)
        assert run.code == 0
        assert f"Examples:\n    l10n {command}" in run.out
    assert "version" in l10n("--version", cwd=tmp_path).out


def test_the_console_script_is_the_same_command(tmp_path: Path) -> None:
    script = Path(sys.executable).parent / "l10n"
    done = subprocess.run([script, "--version"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == l10n("--version", cwd=tmp_path).out


def test_an_output_that_cannot_be_written_is_said(tmp_path: Path, write: Write) -> None:
    write("articles/a.md", MT)
    write("file", "")
    run = l10n("extract", "articles", "-o", "file/locales", "--json", cwd=tmp_path)
    assert (run.code, run.codes) == (1, ["cannot-write"])
    l10n("extract", "articles", cwd=tmp_path)
    run = l10n("merge", "locales", "-o", "file/build", "--json", cwd=tmp_path)
    assert (run.code, run.codes) == (1, ["cannot-write"])


COLOURED = [
    ("extract articles", 0),
    ("merge locales", 0),
    ("check articles", 1),
    ("check --list", 0),
    ("status", 0),
    ("preview locales", 0),
    ("export locales --to tmx", 0),
    ("terms articles --minimum 1", 0),
]


@pytest.mark.parametrize(("command", "code"), COLOURED)
def test_colours_can_be_forced_and_forbidden(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch, command: str, code: int
) -> None:
    write("articles/a.md", article(("Vent 51 minutter med Contoso.", "Wait 15 minutes with Contoso.")))
    l10n("extract", "articles", cwd=tmp_path)
    for variables, has_colours in (
        (["FORCE_COLOR"], True),
        (["FORCE_COLOR", "NO_COLOR"], False),
        ([], False),
    ):
        for name in ("FORCE_COLOR", "NO_COLOR"):
            monkeypatch.delenv(name, raising=False)
        for name in variables:
            monkeypatch.setenv(name, "1")
        run = l10n(*command.split(), cwd=tmp_path)
        assert (run.code, "\x1b[" in run.out + run.err) == (code, has_colours), variables
        if command != "check --list":
            assert "\x1b[" not in l10n(*command.split(), "--json", cwd=tmp_path).out


def test_an_interruption_half_way_leaves_no_half_written_file(tmp_path: Path, write: Write) -> None:
    text = article(*((f"Mål {n}", f"Source {n}") for n in range(40)))
    for number in range(1500):
        write(f"articles/{number}.md", text)
    assert l10n("extract", "articles", cwd=tmp_path).code == 0
    command = [sys.executable, "-m", "l10n", "merge", "locales", "--jobs", "1"]
    with subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        build = tmp_path / "build/nb-NO"
        while not build.exists() or len(os.listdir(build)) < 20:
            time.sleep(0.002)
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert process.returncode == 130
    assert err.startswith("Interrupted.")
    written = list(build.iterdir())
    assert 0 < len(written) < 1500
    assert {path.suffix for path in written} == {".md"}
    assert {path.read_bytes().endswith(b"\n\nM\xc3\xa5l 39\n") for path in written} == {True}


def test_colours_only_on_a_terminal(tmp_path: Path, write: Write) -> None:
    write("articles/a.md", "\x80" + MT)
    run = l10n("extract", "articles", cwd=tmp_path)
    assert "\x1b" not in run.out + run.err
    if shutil.which("script") is None:
        pytest.skip("script(1), which makes a terminal, is not installed")
    command = f"{sys.executable} -m l10n extract articles"
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | {"TERM": "xterm"}
    for extra, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        shown = subprocess.run(
            ["script", "-qec", command, "/dev/null"],
            cwd=tmp_path,
            env=environment | extra,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
        ).stdout
        assert (b"\x1b[33m" in shown) == coloured


def test_it_runs_from_any_folder(tmp_path: Path, write: Write) -> None:
    write("set/articles/a.md", MT)
    (tmp_path / "elsewhere").mkdir()
    run = l10n(
        "extract", tmp_path / "set/articles", "-o", tmp_path / "set/locales", cwd=tmp_path / "elsewhere"
    )
    assert run.code == 0
    po = (tmp_path / "set/locales/nb_NO.po").read_text()
    assert "#: articles/a.md:7\n" in po
    assert '"X-Poedit-Basepath: ..\\n"' in po
    assert l10n("merge", tmp_path / "set/locales", cwd=tmp_path / "elsewhere").code == 0
    assert (tmp_path / "elsewhere/build/nb-NO/a.md").exists()


def test_the_library_works_without_the_command_line() -> None:
    code = "import sys, l10n; assert not {'click', 'rich'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True)


def test_what_was_kept_against_a_new_machine_translation_is_listed_on_request(
    tmp_path: Path, write: Write
) -> None:
    write("articles/a.md", article(("Nei", "No"), kind="HT"))
    l10n("extract", "articles", cwd=tmp_path)
    po = tmp_path / "locales/nb_NO.po"
    po.write_text(po.read_text().replace('msgstr "Nei"', 'msgstr "Ikke"'))
    write("articles/a.md", article(("Niks", "No")))
    run = l10n("extract", "articles", "--report", "list.json", "--json", cwd=tmp_path)
    assert run.code == 0
    assert run.json["changes"]["kept_against_new_mt"] == {"messages": 1, "words": 1}
    assert json.loads((tmp_path / "list.json").read_text()) == {
        "kept_against_new_mt": [
            {
                "path": "locales/nb_NO.po",
                "source": "No",
                "translation": "Ikke",
                "delivered": ["Niks"],
                "places": ["articles/a.md:7"],
            }
        ]
    }
    run = l10n("extract", "articles", "--report", "articles/a.md/list.json", cwd=tmp_path)
    assert run.code == 1
    assert "cannot-write" in run.err
