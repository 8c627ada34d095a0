"""The English articles and the checks, as settings and options together define them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from l10n.problems import Problem

if TYPE_CHECKING:
    from l10n.checks import Check


def english_of(option: Path | None) -> tuple[Path | None, list[Problem]]:
    """Return `option`, or else the setting `english`, and the problems of the settings."""
    from l10n.settings import read_settings

    if option is not None:
        return option, []
    settings = read_settings(Path())
    return settings.english, settings.problems


def configured_checks() -> tuple[list[Check], list[Problem]]:
    """Return the checks of source and target that the settings and glossaries define, and their problems."""
    from l10n.checks import CHECKS
    from l10n.checks.terms import glossary_checks
    from l10n.commands.check import Choice, names
    from l10n.glossary.glossaries import read_glossaries
    from l10n.settings import read_settings

    settings = read_settings(Path(), names())
    glossary = read_glossaries(settings.glossary)
    choice = Choice(skip=settings.skip, severities=settings.severity)
    checks = [
        replace(check, severity=severity)
        for check in (
            *CHECKS,
            *(glossary_checks(glossary) if glossary.terms else ()),
            *settings.rules,
        )
        if (severity := choice.severity(check.name, check.severity))
    ]
    return checks, [*settings.problems, *glossary.problems]
