"""Rules of the user's own, from the settings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from l10n.cli import main

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
        ('name = "A b"\ntarget = "x"\nmessage = "m"', "not a valid name"),
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
