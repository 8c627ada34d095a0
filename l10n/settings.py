"""The project's settings: `l10n.toml`, or `[tool.l10n]` of pyproject.toml.

Law 3: an unknown key, or a value of the wrong type, is reported. Law 5: settings are input. The files they
name may be read, by the same readers as all input; only the command line may direct output outside of the
project.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from l10n.english.repository import find_repository
from l10n.excluded import Excluded
from l10n.files import Root
from l10n.limits import PATH_CHARACTERS, SETTINGS_BYTES
from l10n.problems import L10nError, Problem

if TYPE_CHECKING:
    from l10n.checks import Check, Severity


_SHOWN = 80
"""Maximum length of a value in a message, in characters."""


@dataclass(slots=True)
class Settings:
    """The settings of a project; all except `english` are for the checks."""

    english: Path | None = None
    """Folder or git repository of the English articles, as a path from the current folder."""

    skip: tuple[str, ...] = ()
    """Names of the checks not to run."""
    severity: dict[str, Severity] = field(default_factory=dict)
    """Severities that replace the default ones, by check name."""
    fail_on: Severity | None = None
    """The lowest severity that makes the exit code 1."""
    baseline: Path | None = None
    """The baseline file, as a path from the current folder."""
    glossary: tuple[Path, ...] = ()
    """Glossary files, as paths from the current folder."""
    exclude: Excluded = field(default_factory=Excluded)
    """Patterns of the files in folders that check skips."""
    rules: list[Check] = field(default_factory=list)
    """The checks made from user-defined rules."""
    problems: list[Problem] = field(default_factory=list)


def read_settings(folder: Path, known: Collection[str] | None = None) -> Settings:
    """Read the settings in `folder`: from `l10n.toml` if it exists, otherwise from `pyproject.toml`.

    `known` has the names of the checks; without it, `[check]` is not read. Errors are added to
    `Settings.problems` (`bad-settings`); the other settings are used.
    """
    for name, keys in (("l10n.toml", ()), ("pyproject.toml", ("tool", "l10n"))):
        if not os.path.lexists(folder / name):
            continue
        try:
            table: Any = tomllib.loads(Root.at(folder).read(name, SETTINGS_BYTES).decode())
        except L10nError as error:
            return Settings(problems=[error.problem])
        except (ValueError, RecursionError) as error:  # not UTF-8 or not TOML, too many digits, or too deep
            reason = "it is nested too deeply" if isinstance(error, RecursionError) else _short(error)
            return Settings(
                problems=[_problem(name, f"it cannot be read ({reason}); its settings are not used")]
            )
        for key in keys:
            table = table.get(key, {}) if isinstance(table, dict) else {}
        if table or not keys:
            return _settings(table, folder, name, known)
    return Settings()


def _settings(table: Any, folder: Path, label: str, known: Collection[str] | None) -> Settings:
    settings = Settings()
    if not isinstance(table, dict):
        settings.problems.append(_problem(label, "l10n is not a table; write [tool.l10n.check]"))
        return settings
    for key in sorted(set(table) - {"check", "english"}):
        settings.problems.append(
            _problem(label, f"there is no setting {_short(key)}; settings of check belong in [check]")
        )
    if "english" in table and (reason := _take_english(settings, table["english"], folder)):
        settings.problems.append(_problem(label, f"{reason}; it is not used"))
    if known is None:
        return settings
    check = table.get("check", {})
    if not isinstance(check, dict):
        settings.problems.append(_problem(label, "check is not a table; write [check]"))
        return settings
    for reason in _take_rules(settings, check.pop("rule", []), known):
        settings.problems.append(_problem(label, f"{reason}; the rule is not used"))
    known = {*known, *(rule.name for rule in settings.rules)}
    for key, value in check.items():
        reason = _take(settings, key, value, folder, known)
        if reason:
            settings.problems.append(_problem(label, f"{reason}; it is not used"))
    return settings


def _take_english(settings: Settings, value: Any, folder: Path) -> str | None:
    """Use `value` as the path of the English articles; return why it cannot be used, or None."""
    if not _is_path(value):
        return f"english is not a path: {_short(value)}"
    path = folder / value
    if not os.path.isdir(path) and find_repository(path) is None:
        return f"english is neither a folder nor in a git repository: {_short(value)}"
    settings.english = path
    return None


def _take_glossary(settings: Settings, value: Any, folder: Path) -> str | None:
    """Use `value` as the paths of glossaries; return why it cannot be used, or None."""
    paths = [value] if isinstance(value, str) else value
    if not isinstance(paths, list) or not all(map(_is_path, paths)):
        return f"glossary is neither a path nor a list of paths: {_short(value)}"
    settings.glossary = tuple(folder / path for path in paths)
    return None


def _take_exclude(settings: Settings, value: Any) -> str | None:
    """Use `value` as the patterns of files to skip; return why it cannot be used, or None."""
    if not isinstance(value, list) or not all(isinstance(pattern, str) for pattern in value):
        return f"exclude is not a list of patterns: {_short(value)}"
    try:
        settings.exclude = Excluded(value)
    except ValueError as error:
        return f"exclude: {error}"
    return None


def _take_rules(settings: Settings, value: Any, known: Collection[str]) -> Iterator[str]:
    """Use `value` as the tables [[check.rule]]; yield the reason for each rule that cannot be used."""
    from l10n.checks import Severity
    from l10n.checks.user_rules import Rule, rule_check

    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        yield f"rule is not a table: write [[check.rule]], not {_short(value)}"
        return
    taken = set(known)
    for number, table in enumerate(value, 1):
        label = f"rule {_short(table.get('name', number))}"
        if strange := sorted(set(table) - {"name", "source", "target", "message", "severity"}):
            yield f"{label} has the unknown key {_short(strange[0])}"
        elif wrong := [key for key in table if not isinstance(table[key], str)]:
            yield f"{label}: {wrong[0]} is not a string"
        elif absent := [key for key in ("name", "target", "message") if not table.get(key)]:
            yield f"{label} has no {absent[0]}"
        elif table["name"] in taken:
            yield f"{label} has the name of another check"
        elif table.get("severity", "warning") not in list(Severity):
            yield f"{label}: severity is not error, warning or note"
        else:
            severity = Severity(table.get("severity", "warning"))
            rule = Rule(table["name"], table.get("source", ""), table["target"], table["message"], severity)
            try:
                settings.rules.append(rule_check(rule))
                taken.add(rule.name)
            except ValueError as error:
                yield f"{label}: {error}"


def _take(  # noqa: C901 - a branch for each key
    settings: Settings, key: str, value: Any, folder: Path, known: Collection[str]
) -> str | None:
    """Apply one setting of [check]; return why it cannot be used, or None."""
    from l10n.checks import Severity  # slow to import, and few commands need it

    if key == "skip":
        if not isinstance(value, list) or not all(isinstance(name, str) and name in known for name in value):
            return f"skip is not a list of check names: {_short(value)}"
        settings.skip = tuple(value)
    elif key == "severity":
        if not isinstance(value, dict) or not all(name in known for name in value):
            return f"severity is not a table of check names: {_short(value)}"
        if not all(level in list(Severity) for level in value.values()):
            return f"severity has a value other than error, warning or note: {_short(value)}"
        settings.severity = {name: Severity(level) for name, level in value.items()}
    elif key == "fail-on":
        if value not in list(Severity):
            return f"fail-on is not error, warning or note: {_short(value)}"
        settings.fail_on = Severity(value)
    elif key == "baseline":
        if not _is_path(value):
            return f"baseline is not a path: {_short(value)}"
        settings.baseline = folder / value
    elif key == "glossary":
        return _take_glossary(settings, value, folder)
    elif key == "exclude":
        return _take_exclude(settings, value)
    else:
        return f"there is no setting check.{_short(key)}"
    return None


def _is_path(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= PATH_CHARACTERS and "\0" not in value


def _short(value: Any) -> str:
    """Shorten a value or an error of any length for a message."""
    text = str(value) if isinstance(value, Exception) else repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _problem(label: str, message: str) -> Problem:
    return Problem(label, 1, 1, "bad-settings", message)
