"""What is printed: nothing foreign raw, in no encoding a failure, the exit code true.

"Nothing foreign is printed raw" (l10n/printable.py) is tested for every field of every format.
"""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from l10n.cli.excerpt import columns
from l10n.formats import FORMATS
from tests.helpers.articles import article, unit
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.nasty_texts import BIDI, NASTY, harmless

FORMAT_NAMES = ["text", *FORMATS]


@pytest.mark.parametrize("format_name", FORMAT_NAMES)
def test_no_field_of_an_article_is_printed_raw(here: Path, write: Write, format_name: str) -> None:
    bad = NASTY.replace("<", "&lt;")
    write(
        f"a{NASTY.replace('/', '')}.md",
        article((f"Vent 51 {bad} `x{bad}` {bad}\nm", f"Wait 15 {bad} `y{bad}` {bad}")),
    )
    write("id.md", f"---\nms.contentlocale: nb-NO\n---\n{unit('51', '15', chr(27) + '[2J' + BIDI)}\n")
    write("locale.md", f'---\nms.contentlocale: "nb{NASTY.replace(chr(34), "")}"\n---\n{unit("51", "15")}\n')
    write("broken.md", f'<span data-ttu-id="{BIDI}">a\n')
    write("heading.md", article((f"# {bad}", f"# {bad} 7")))
    done = l10n("check", ".", "--format", format_name, cwd=here)
    assert done.code == 1
    harmless(done.out)
    harmless(done.err)
    assert "Traceback" not in done.err
    if format_name == "junit":
        etree.fromstring(done.out.encode())
    elif format_name in ("json", "sarif"):
        assert done.json


@pytest.mark.parametrize(
    "command", [["extract", "."], ["merge", "locales"], ["status"], ["terms", "."], ["check", "."]]
)
@pytest.mark.parametrize("json_", [False, True])
def test_no_field_of_settings_and_files_is_printed_raw(
    here: Path, write: Write, command: list[str], json_: bool
) -> None:
    write("articles/a.md", article(("Hei", "Hello")))
    l10n("extract", "articles", cwd=here)
    write("locales/x.po", f'msgid ""\nmsgstr "{BIDI}\x1b[2J"\n"Language: {BIDI}\x1b\\n"\n')
    write(f"b{BIDI}\n::error ::\x1b.po", "x")
    write("c.md", f"---\nms.contentlocale: 'nb{BIDI}'\n---\n{unit('51', '15', BIDI)}\n")
    escaped = json.dumps(f"k\x1b{BIDI}\n::stop-commands::x")
    write(
        "l10n.toml",
        f"{escaped} = {escaped}\nenglish = {escaped}\n[check]\n{escaped} = 1\nskip = [{escaped}]\n",
    )
    options = ["--json"] if json_ and command[0] != "check" else []
    done = l10n(*command, *options, cwd=here)
    harmless(done.out)
    harmless(done.err)
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "argument", ["x\x1b[2J\u202e", "--x\x1b[2J\n::error ::\u202e", "--only=\x1b[2J\u202e"]
)
@pytest.mark.parametrize("command", [[], ["check"], ["extract"], ["merge-driver"]])
def test_what_was_typed_is_not_printed_raw(here: Path, command: list[str], argument: str) -> None:
    done = l10n(*command, argument, cwd=here)
    assert done.code == 2
    harmless(done.out)
    harmless(done.err)


@pytest.fixture
def findings(here: Path, write: Write) -> Path:
    write("a.md", article(("Vent 51 分 – «Größe» 🎉.", "Wait 15 minutes – 日本.")))
    return here


def run(
    here: Path, *arguments: str, stdout: Any = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "l10n", *arguments]
    return subprocess.run(
        command, cwd=here, stdout=stdout, stderr=subprocess.PIPE, env=os.environ | environment, check=False
    )


@pytest.mark.parametrize("encoding", ["cp1252", "cp932", "ascii", "latin-1", "koi8-r"])
@pytest.mark.parametrize("format_name", FORMAT_NAMES)
def test_no_encoding_of_the_console_is_a_failure(findings: Path, encoding: str, format_name: str) -> None:
    done = run(findings, "check", "a.md", "--format", format_name, PYTHONIOENCODING=encoding)
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)
    if format_name == "text":
        # click takes ASCII for a console that was not set up, and writes UTF-8.
        assert "51" in done.stdout.decode("utf-8" if encoding == "ascii" else encoding)
    else:
        reference = run(findings, "check", "a.md", "--format", format_name, PYTHONIOENCODING="utf-8")
        assert done.stdout == reference.stdout
        done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    "arguments", [["extract", "."], ["status", "."], ["terms", "."], ["check", "a.md"], ["--help"]]
)
def test_c_is_a_locale_like_others(findings: Path, arguments: list[str]) -> None:
    run(findings, "extract", ".")
    done = run(findings, *arguments, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has it")
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "a.md"],
        ["check", "a.md", "--format", "json"],
        ["extract", "."],
        ["status"],
        ["terms", "."],
        ["--help"],
    ],
)
def test_a_full_disk_behind_stdout_is_said(findings: Path, arguments: list[str]) -> None:
    l10n("extract", ".", cwd=findings)
    with open("/dev/full", "wb") as full:
        done = run(findings, *arguments, stdout=full)
    assert done.returncode == 1
    assert done.stderr.decode() == "The output could not be written: No space left on device.\n"


def test_a_reader_that_goes_away_is_no_failure_to_tell_of(findings: Path, write: Write) -> None:
    write("b.md", article(*((f"Vent {n} 51", f"Wait {n} 15") for n in range(10_000, 12_000))))
    command = f"{sys.executable} -m l10n check . | head -1"
    done = subprocess.run(command, cwd=findings, shell=True, capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b"a.md\n", b"")


def test_a_closed_stdout_is_no_traceback(findings: Path) -> None:
    for closed in (">&-", "2>&-", ">&- 2>&-"):
        command = f"{sys.executable} -m l10n check a.md {closed}"
        done = subprocess.run(command, cwd=findings, shell=True, capture_output=True, check=False)
        assert (done.returncode, b"Traceback" in done.stderr + done.stdout) == (1, False)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_of_a_unit_is_wider_than_the_terminal_and_the_caret_points_at_the_fault(
    here: Path, write: Write, width: int
) -> None:
    target = "漢字仮名" * 30 + " 51 " + "交じり文" * 30
    write("a.md", article((target, "A long text of 15 words. " * 20), locale="ja-JP"))
    main, terminal = pty.openpty()
    command = [sys.executable, "-m", "l10n", "check", "a.md", "--only", "number"]
    environment = os.environ | {"COLUMNS": str(width), "NO_COLOR": "1"}
    done = subprocess.Popen(command, cwd=here, stdout=terminal, stderr=subprocess.DEVNULL, env=environment)
    os.close(terminal)
    written = b""
    try:
        while piece := os.read(main, 4096):
            written += piece
    except OSError:  # Linux says so that the other end is closed
        pass
    done.wait()
    os.close(main)
    lines = written.decode().splitlines()
    at = next(number for number, line in enumerate(lines) if line.strip().startswith("^"))
    caret, text = lines[at], lines[at - 1]
    assert columns(text) < width
    assert columns(text[: text.index("51")]) == caret.index("^")


def test_in_a_pipe_a_text_is_not_cut_to_a_terminal_that_is_not_there(findings: Path, write: Write) -> None:
    write("a.md", article(("Vent 51 " + "ord " * 40, "Wait 15 " + "word " * 30)))
    assert "ord " * 39 in l10n("check", "a.md", "--only", "number", cwd=findings).out


def test_junit_fails_where_the_exit_code_does(findings: Path) -> None:
    for fail_on in ("error", "warning", "note"):
        done = l10n(
            "check", "a.md", "--only", "number", "--format", "junit", "--fail-on", fail_on, cwd=findings
        )
        assert (done.code, len(etree.fromstring(done.out.encode()).findall(".//failure"))) == (1, 1)
    (findings / "l10n.toml").write_text('[check.severity]\nnumber = "warning"\n')
    done = l10n("check", "a.md", "--only", "number", "--format", "junit", cwd=findings)
    assert (done.code, 'failures="0"' in done.out, "<failure" in done.out) == (0, True, False)
    assert "warning: number 51" in done.out


def _names(out: str) -> list[str]:
    return [str(case.get("name")) for case in etree.fromstring(out.encode()).findall(".//testcase")]


def test_junit_knows_a_case_again_when_lines_move(here: Path, write: Write) -> None:
    text = article(("Vent 51 og 52", "Wait 15 and 16"), ("Hei `a`", "Hello `b`"))
    write("a.md", text)
    before = _names(l10n("check", "a.md", "--format", "junit", cwd=here).out)
    assert len(set(before)) == len(before) > 2
    write("a.md", text.replace("\n\n", "\n\n\n\nMore.\n\n"))
    assert _names(l10n("check", "a.md", "--format", "junit", cwd=here).out) == before


def test_a_report_grows_with_its_findings_only(here: Path, write: Write) -> None:
    """Source and target of a unit with many findings are not told whole with each."""
    count = 400
    write(
        "a.md",
        article(
            (
                "".join(f"{n} " for n in range(5000, 5000 + count)),
                "".join(f"{n} " for n in range(1000, 1000 + count)),
            )
        ),
    )
    done = l10n("check", "a.md", "--only", "number", "--format", "junit", cwd=here)
    assert len(done.out) < 1500 * max(1, len(_names(done.out)))


def test_the_summary_counts_what_was_asked_for_only(findings: Path) -> None:
    out = l10n("check", "a.md", "--severity", "error", cwd=findings).out
    assert "errors" in out
    assert "warnings" not in out
    assert "notes" not in out


def test_a_baseline_takes_known_problems_too_so_that_ci_is_green(here: Path, write: Write) -> None:
    text = article(("Vent 51", "Wait 15")) + '\n<span data-ttu-id="1-1">alone\n'
    write("a.md", text)
    first = l10n("check", "a.md", "--baseline", "known.json", "--write-baseline", cwd=here)
    assert first.code == 0
    assert l10n("check", "a.md", "--baseline", "known.json", cwd=here).code == 0
    write("a.md", text.replace("\n\n", "\n\n\n\n"))
    done = l10n("check", "a.md", "--baseline", "known.json", "--format", "json", cwd=here)
    assert (done.code, done.json["problems"], done.json["findings"]) == (0, [], [])
    write("b.md", '<span data-ttu-id="1-1">alone\n')
    done = l10n("check", ".", "--baseline", "known.json", "--format", "json", cwd=here)
    assert (done.code, [problem["path"] for problem in done.json["problems"]]) == (1, ["b.md"])
