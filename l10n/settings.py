"""The project's settings: the table `[check]` of `l10n.toml`, or `[tool.l10n.check]` of pyproject.toml.

Law 3: a key that is not known, or has a value of another type, is reported.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from l10n.checks import Severity
from l10n.files import printable
from l10n.problems import Problem


@dataclass(slots=True)
class Settings:
    """What a project asks of `check`, once and for all."""

    skip: tuple[str, ...] = ()
    """Names of checks that are not run."""
    severity: dict[str, Severity] = field(default_factory=dict)
    """Severities of checks, other than their own."""
    fail_on: Severity | None = None
    """The least severity that makes the exit code 1."""
    baseline: Path | None = None
    """The baseline file, as a path from the current folder."""
    problems: list[Problem] = field(default_factory=list)


def read_settings(folder: Path, known: Collection[str]) -> Settings:
    """The settings in `folder`: of `l10n.toml` if it is there, else of `pyproject.toml`.

    `known` are the names of the checks. What is wrong stands in `Settings.problems`
    (`bad-settings`); the rest is used.
    """
    for name, keys in (("l10n.toml", ()), ("pyproject.toml", ("tool", "l10n"))):
        path = folder / name
        if not path.is_file():
            continue
        label = printable(name)
        try:
            table: Any = tomllib.loads(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            return Settings(
                problems=[_problem(label, f"it cannot be read ({error}); its settings are not used")]
            )
        for key in keys:
            table = table.get(key, {}) if isinstance(table, dict) else {}
        if table or not keys:
            return _settings(table, folder, label, known)
    return Settings()


def _settings(table: Any, folder: Path, label: str, known: Collection[str]) -> Settings:
    settings = Settings()
    if not isinstance(table, dict):
        settings.problems.append(_problem(label, "l10n is no table; write [tool.l10n.check]"))
        return settings
    for key in sorted(set(table) - {"check"}):
        settings.problems.append(
            _problem(label, f"there is no setting {key!r}; those of check stand in [check]")
        )
    check = table.get("check", {})
    if not isinstance(check, dict):
        settings.problems.append(_problem(label, "check is no table; write [check]"))
        return settings
    for key, value in check.items():
        reason = _take(settings, key, value, folder, known)
        if reason:
            settings.problems.append(_problem(label, f"{reason}; it is not used"))
    return settings


def _take(settings: Settings, key: str, value: Any, folder: Path, known: Collection[str]) -> str | None:
    """Put a setting where it belongs; returns why it cannot be, or None."""
    if key == "skip":
        if not isinstance(value, list) or not all(name in known for name in value):
            return f"skip is no list of names of checks: {value!r}"
        settings.skip = tuple(value)
    elif key == "severity":
        if not isinstance(value, dict) or not all(name in known for name in value):
            return f"severity is no table of names of checks: {value!r}"
        if not all(level in list(Severity) for level in value.values()):
            return f"severity holds another word than error, warning or note: {value!r}"
        settings.severity = {name: Severity(level) for name, level in value.items()}
    elif key == "fail-on":
        if value not in list(Severity):
            return f"fail-on is not error, warning or note: {value!r}"
        settings.fail_on = Severity(value)
    elif key == "baseline":
        if not isinstance(value, str):
            return f"baseline is no path: {value!r}"
        settings.baseline = folder / value
    else:
        return f"there is no setting check.{key}"
    return None


def _problem(label: str, message: str) -> Problem:
    return Problem(label, 1, 1, "bad-settings", message)
