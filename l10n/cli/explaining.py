"""What the checks are for: a list of them, and the section of docs/checks.md about one."""

from __future__ import annotations

import json

import click

from l10n.checks import ARTICLE_CHECKS, CATALOGUE_CHECKS, CHECKS, PAGE_CHECKS
from l10n.checks.explanations import explanation
from l10n.checks.terms import glossary_checks
from l10n.cli.streams import hand_over, say
from l10n.glossary import Glossary


def explain_checks(name: str | None, *, is_json: bool) -> None:
    """Print name, severity and reason of each check, or all about one, as text or as one JSON object."""
    groups = (CHECKS, ARTICLE_CHECKS, PAGE_CHECKS, CATALOGUE_CHECKS, glossary_checks(Glossary()))
    checks = [check for group in groups for check in group if name in (None, check.name)]
    if is_json:
        texts = {"text": explanation(name)} if name else {}
        found = [
            {"name": check.name, "severity": check.severity.value, "reason": check.reason} | texts
            for check in checks
        ]
        hand_over(json.dumps({"command": "check", "checks": found}, indent=2))
    elif name:
        say(click.style(name, bold=True))
        say()
        say(explanation(name))
    else:
        width = max(len(check.name) for check in checks)
        for check in checks:
            say(f"{click.style(check.name.ljust(width), bold=True)}  {check.severity:<7}  {check.reason}")
