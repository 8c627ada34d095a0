"""Law 3: no exception of one file reaches another; what nobody foresaw is told as such, and ends with 70."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from l10n import check, extract, merge, parse, problems, status
from l10n.cli import main
from l10n.commands.fix import fix
from l10n.commands.terms import terms
from l10n.jobs import run
from l10n.jobs.run import Workers
from tests.helpers.articles import article

ERRORS = [
    RuntimeError("odd\x1b[2J\nline"),
    MemoryError(),
    RecursionError("too deep"),
    UnicodeEncodeError("utf-8", "a\udcffb", 1, 2, "surrogates not allowed"),
    AssertionError(),
    OSError(5, "Input/output error"),
]
LOCALES = {"ja-JP": "ja_JP", "nb-NO": "nb_NO", "zh-CN": "zh_CN"}


@pytest.fixture
def project(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Articles of three locales; all of one locale, and one of another, are to fail."""
    monkeypatch.setattr(run, "BATCH", 3000)
    monkeypatch.setattr(run, "SMALL", 0)
    for locale in LOCALES:
        folder = here / "articles" / locale
        folder.mkdir(parents=True)
        for number in range(4):
            text = article((f"Mål {number}", f"Goal {number}"), locale=locale)
            (folder / f"{number}.md").write_text(
                text.replace("Goal 2", "BOOM") if locale == "nb-NO" else text
            )
    return here


def failing(
    original: Callable[..., Any], error: BaseException, is_hit: Callable[..., bool]
) -> Callable[..., Any]:
    """`original`, but for some calls, which raise `error`."""

    def call(*arguments: Any) -> Any:
        if is_hit(*arguments):
            raise error
        return original(*arguments)

    return call


def has_boom(data: Any, *_: Any) -> bool:
    return b"BOOM" in data


def only_internal(found: list[problems.Problem], *paths: str) -> None:
    assert [problem.path for problem in found] == list(paths)
    assert {problem.code for problem in found} == {"internal-error"}
    for problem in found:
        assert problem.message.isprintable()
        assert "please report it" in problem.message
    assert problems.exit_code(found) == 70


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_article_at_which_extract_fails_is_one_problem(
    project: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, processes: int
) -> None:
    monkeypatch.setattr("l10n.jobs.read_article.parse", failing(parse, error, has_boom))
    report = extract([Path("articles")], workers=Workers(processes))
    only_internal(report.problems, "articles/nb-NO/2.md")
    assert type(error).__name__ in report.problems[0].message
    assert report.exit_code == 70
    assert report.articles == 11
    assert sorted(path.stem for path in Path("locales").iterdir()) == sorted(LOCALES.values())


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_a_po_file_at_which_extract_fails_is_one_problem_and_stays_as_it_is(
    project: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    from l10n import po
    from l10n.po import po_file

    extract([Path("articles")])
    before = Path("locales/ja_JP.po").read_bytes()
    for locale in LOCALES:
        (project / "articles" / locale / "new.md").write_text(article(("Ny", "New"), locale=locale))
    monkeypatch.setattr(
        po_file, "proved", failing(po.proved, error, lambda c, *_: c.header["Language"] == "ja_JP")
    )
    report = extract([Path("articles")])
    only_internal(report.problems, "locales/ja_JP.po")
    assert report.written == ["locales/nb_NO.po", "locales/zh_CN.po"]
    assert Path("locales/ja_JP.po").read_bytes() == before


def test_a_po_that_could_not_be_read_again_is_not_written(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from l10n.po import ordinary

    write = ordinary.write
    monkeypatch.setattr(ordinary, "write", lambda message: (write(message) or "").replace("BOOM", 'B"OOM'))
    report = extract([Path("articles")])
    only_internal(report.problems, "locales/nb_NO.po")
    assert not Path("locales/nb_NO.po").exists()
    assert Path("locales/zh_CN.po").exists()


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_article_at_which_merge_fails_is_one_problem(
    project: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, processes: int
) -> None:
    extract([Path("articles")])
    monkeypatch.setattr("l10n.jobs.rebuild_article.parse", failing(parse, error, has_boom))
    report = merge([Path("locales")], workers=Workers(processes))
    only_internal(report.problems, "articles/nb-NO/2.md")
    assert len(report.written) == 11


@pytest.mark.parametrize("command", [merge, check, status, terms, fix])
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_a_po_file_that_cannot_be_taken_in_is_one_problem_of_each_command(
    project: Path, monkeypatch: pytest.MonkeyPatch, command: Callable[..., Any], error: Exception
) -> None:
    from l10n import po
    from l10n.po import po_file

    extract([Path("articles")])
    monkeypatch.setattr(po_file, "read", failing(po.read, error, lambda data, label: "ja_JP" in label))
    result = command([Path("locales")])
    only_internal(result.problems, "locales/ja_JP.po")


@pytest.mark.parametrize("processes", [1, 2])
def test_an_article_and_a_message_at_which_a_check_fails_are_one_problem_each(
    project: Path, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    from l10n.jobs import check_article as checking

    extract([Path("articles")])
    before = check([Path("articles"), Path("locales")], workers=Workers(processes))
    hit = failing(checking.Checked.add, RuntimeError("x"), lambda self, at, *_: at.pair.source == "BOOM")
    monkeypatch.setattr(checking.Checked, "add", hit)
    report = check([Path("articles"), Path("locales")], workers=Workers(processes))
    only_internal(report.problems, "articles/nb-NO/2.md", "locales/nb_NO.po")
    assert report.units == before.units - 2


def test_an_article_at_which_terms_fails_is_one_problem(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("l10n.commands.terms.parse", failing(parse, RuntimeError("x"), has_boom))
    proposal = terms([Path("articles")])
    only_internal(proposal.problems, "articles/nb-NO/2.md")
    assert (proposal.articles, proposal.exit_code) == (11, 70)


@pytest.mark.parametrize("command", [merge, check, status, terms, fix])
def test_an_interruption_is_not_taken_for_a_fault(
    project: Path, monkeypatch: pytest.MonkeyPatch, command: Callable[..., Any]
) -> None:
    from l10n import po
    from l10n.po import po_file

    extract([Path("articles")])
    monkeypatch.setattr(po_file, "read", failing(po.read, KeyboardInterrupt(), lambda *_: True))
    with pytest.raises(KeyboardInterrupt):
        command([Path("locales")])
    monkeypatch.setattr("l10n.jobs.read_article.parse", failing(parse, KeyboardInterrupt(), has_boom))
    with pytest.raises(KeyboardInterrupt):
        extract([Path("articles")])


@pytest.mark.parametrize(
    "command", ["extract articles", "merge locales", "check locales", "status", "terms locales"]
)
def test_a_fault_at_one_file_ends_the_command_with_70(
    project: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    from l10n import po
    from l10n.po import po_file

    extract([Path("articles")])
    monkeypatch.setattr(
        po_file, "read", failing(po.read, RuntimeError("x"), lambda data, label: "ja_JP" in label)
    )
    result = CliRunner().invoke(main, command.split())
    assert result.exit_code == 70
    assert "locales/ja_JP.po:1:1: internal-error: RuntimeError: x; l10n failed at this file" in result.output
    assert "Traceback" not in result.output


_FAILS = """
import sys
from l10n import cli
from l10n.cli import extract
def fail(*_, **__):
    raise {error}
extract.extract = fail
sys.argv = ["l10n", "extract", "articles"]
cli.entry()
"""


@pytest.mark.parametrize("error", [r"RuntimeError('odd\nline')", "OSError(5, 'odd\\\\nline', 'a.md')"])
@pytest.mark.parametrize("debug", ["", "1"])
def test_a_fault_outside_any_file_is_one_line_that_asks_for_a_report(
    project: Path, error: str, debug: str
) -> None:
    command = [sys.executable, "-c", _FAILS.format(error=error)]
    environment = {**os.environ, "L10N_DEBUG": debug}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 70
    *traceback, line = done.stderr.splitlines()
    assert re.match(
        r"l10n: internal-error: \w+Error: .*odd\\nline.*; this is a fault of l10n: please report", line
    )
    assert ("Traceback (most recent call last):" in traceback) is bool(traceback) is bool(debug)
