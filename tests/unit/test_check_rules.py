"""Expressions of rules of the user's own: which are refused, and what they find."""

# ruff: noqa: E501

from __future__ import annotations

import pickle

import pytest

from l10n.checks import Pair, Severity
from l10n.checks.user_rules import Rule, rule_check
from l10n.limits import RULE_CHARACTERS

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
