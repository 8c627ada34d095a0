"""What the checks are for: a list of them, and the section of docs/checks.md about one."""

from __future__ import annotations

import re
from importlib.resources import files

import click

from l10n.checks import ARTICLE_CHECKS, CATALOGUE_CHECKS, CHECKS, PAGE_CHECKS
from l10n.checks.terms import glossary_checks
from l10n.cli.streams import say
from l10n.glossary import Glossary

_NO_SECTION = "It needs a glossary: see docs/glossary.md."


def print_list() -> None:
    """Print name, severity and reason of each check."""
    groups = (CHECKS, ARTICLE_CHECKS, PAGE_CHECKS, CATALOGUE_CHECKS, glossary_checks(Glossary()))
    checks = [check for group in groups for check in group]
    width = max(len(check.name) for check in checks)
    for check in checks:
        say(f"{click.style(check.name.ljust(width), bold=True)}  {check.severity:<7}  {check.reason}")


def print_explanation(name: str) -> None:
    """Print the section of docs/checks.md about a check, with its examples."""
    page = files("l10n.cli").joinpath("checks.md").read_text("utf-8")
    section = re.search(rf"^### {re.escape(name)}\n(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL)
    say(click.style(name, bold=True))
    say()
    say(section[1].strip() if section else _NO_SECTION)
