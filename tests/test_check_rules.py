"""Rules of the user's own, from the settings, and that no expression makes time explode."""
# ruff: noqa: E501

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from click.testing import CliRunner

from l10n.checks import Pair, Severity
from l10n.checks.user_rules import Rule, rule_check
from l10n.cli import main
from l10n.limits import RULE_CHARACTERS

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: de_DE\\n"

msgid "Do you see it?"
msgstr "Siehst du es?"
"""
RULES = """
[[check.rule]]
name = "formal-address"
source = '\\byou\\b'
target = '\\b(?:du|dich)\\b'
message = "we say Sie"
severity = "error"
"""


def run(folder: Path, settings: str, *options: str) -> tuple[int, str]:
    (folder / "l10n.toml").write_text(settings, "utf-8")
    (folder / "de_DE.po").write_text(PO, "utf-8")
    before = Path.cwd()
    os.chdir(folder)
    try:
        result = CliRunner().invoke(main, ["check", "de_DE.po", *options])
    finally:
        os.chdir(before)
    return result.exit_code, result.output


def test_a_rule_of_the_settings_is_a_check(tmp_path: Path) -> None:
    code, output = run(tmp_path, RULES)
    assert code == 1
    assert "error formal-address" in output
    assert "we say Sie" in output


def test_a_rule_can_be_skipped_and_given_another_severity(tmp_path: Path) -> None:
    assert run(tmp_path, RULES + '[check]\nskip = ["formal-address"]\n'.replace("[check]\n", ""))[0] == 1
    settings = '[check]\nskip = ["formal-address"]\n' + RULES
    assert "formal-address" not in run(tmp_path, settings)[1]
    settings = '[check.severity]\nformal-address = "note"\n' + RULES
    assert run(tmp_path, settings)[0] == 0


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ('name = "A b"\ntarget = "x"\nmessage = "m"', "no name"),
        ('name = "number"\ntarget = "x"\nmessage = "m"', "name of another check"),
        ('name = "a"\nmessage = "m"', "has no target"),
        ('name = "a"\ntarget = "["\nmessage = "m"', "cannot be read"),
        ('name = "a"\ntarget = "x"\nmessage = "m"\nseverity = "bad"', "severity"),
        ('name = "a"\ntarget = "x"\nmessage = "m"\ncolour = "red"', "colour"),
        ('name = "a"\ntarget = 3\nmessage = "m"', "not a string"),
        ('name = "a"\ntarget = "(a+)+b"\nmessage = "m"', "too many ways"),
    ],
)
def test_a_rule_that_cannot_be_used_is_reported(table: str, reason: str, tmp_path: Path) -> None:
    code, output = run(tmp_path, f"[[check.rule]]\n{table}\n")
    assert code == 1
    assert "bad-settings" in output
    assert reason in " ".join(output.split())


EXPLODING = [
    "(a+)+b", "(a|a)*b", "(a|aa)+$", "(.*)\\1", "(?>a+)", "a*+b", ".*.*.*x", "(\\w{1,50}){1,50}", "a?" * 60 + "a" * 60,
    "((a{0,9}){0,9}){0,9}", "(a*)*", "(?:(?=a*)a*)*b", "(x)(?(1)a|b)", "(a{5000}){5000}",
]  # fmt: skip


@pytest.mark.parametrize("expression", EXPLODING)
def test_an_expression_that_could_take_too_long_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match=r"too many ways|cannot be"):
        rule_check(Rule("a", "", expression, "m"))


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("(?i)e-mail", "E-Mail"),
        (r"\w+\s+\w+", "a b"),
        (r"(?s)\A(?!.*Konto)", "Ein\nWort"),
        ("a.*b", "a" + "x" * 90 + "b"),
    ],
)
def test_usual_expressions_find_what_they_say(expression: str, text: str) -> None:
    assert list(rule_check(Rule("a", "", expression, "m")).find(Pair("x", text, "paragraph", "de_DE")))


def test_a_repetition_reaches_a_hundred_times() -> None:
    rule = rule_check(Rule("a", "", "a.*b", "m"))
    assert not list(rule.find(Pair("x", "a" + "x" * 101 + "b", "paragraph", "de_DE")))


def test_a_text_that_is_too_long_for_rules_is_reported() -> None:
    long = Pair("x", "a" * (RULE_CHARACTERS + 1), "paragraph", "de_DE")
    (finding,) = rule_check(Rule("a", "", "b", "m")).find(long)
    assert "not checked" in finding.message


def test_a_rule_can_be_sent_to_another_process() -> None:
    rule = pickle.loads(pickle.dumps(rule_check(Rule("a", "x", "b", "m", Severity.NOTE))))
    assert [f.message for f in rule.find(Pair("x", "b", "paragraph", "de_DE"))] == ["m"]
