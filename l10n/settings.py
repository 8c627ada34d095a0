"""The project's settings: `l10n.toml`, or `[tool.l10n]` of pyproject.toml.

Law 3: an unknown key, or a value of the wrong type, is reported. Law 5: settings are input. The files they
name may be read, by the same readers as all input; only the command line may direct output outside of the
project.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
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
        import tomllib  # the only use, and most folders have no settings

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

    def report(message: str) -> None:
        settings.problems.append(_problem(label, message))

    if not isinstance(table, dict):
        report("l10n is not a table; write [tool.l10n.check]")
        return settings
    for key in sorted(set(table) - {"check", "english"}):
        report(f"there is no setting {_short(key)}; settings of check belong in [check]")
    if "english" in table:
        with _reported(report):
            settings.english = _english(table["english"], folder)
    if known is None:
        return settings
    check = table.get("check", {})
    if not isinstance(check, dict):
        report("check is not a table; write [check]")
        return settings
    for reason in _take_rules(settings, check.pop("rule", []), known):
        report(f"{reason}; the rule is not used")
    known = {*known, *(rule.name for rule in settings.rules)}
    for key, value in check.items():
        with _reported(report):
            _take(settings, key, value, folder, known)
    return settings


@contextmanager
def _reported(report: Callable[[str], None]) -> Iterator[None]:
    """Report the reason why a setting is not used, a ValueError."""
    try:
        yield
    except ValueError as error:
        report(f"{error}; it is not used")


def _english(value: Any, folder: Path) -> Path:
    """Return the path of the English articles; raise ValueError with the reason if it cannot be used."""
    _expect(_is_path(value), "english is not a path", value)
    path: Path = folder / value
    is_usable = os.path.isdir(path) or find_repository(path) is not None
    _expect(is_usable, "english is neither a folder nor in a git repository", value)
    return path


def _take(settings: Settings, key: str, value: Any, folder: Path, known: Collection[str]) -> None:
    """Apply one setting of [check]; raise ValueError with the reason if it cannot be used."""
    from l10n.checks import Severity  # slow to import, and few commands need it

    levels = list(Severity)
    if key == "skip":
        _expect(_is_list(value) and set(value).issubset(known), "skip is not a list of check names", value)
        settings.skip = tuple(value)
    elif key == "severity":
        is_table = isinstance(value, dict) and set(value).issubset(known)
        _expect(is_table, "severity is not a table of check names", value)
        is_valid = all(level in levels for level in value.values())
        _expect(is_valid, "severity has a value other than error, warning or note", value)
        settings.severity = {name: Severity(level) for name, level in value.items()}
    elif key == "fail-on":
        _expect(value in levels, "fail-on is not error, warning or note", value)
        settings.fail_on = Severity(value)
    elif key == "baseline":
        _expect(_is_path(value), "baseline is not a path", value)
        settings.baseline = folder / value
    elif key == "glossary":
        paths = [value] if isinstance(value, str) else value
        is_valid = isinstance(paths, list) and all(map(_is_path, paths))
        _expect(is_valid, "glossary is neither a path nor a list of paths", value)
        settings.glossary = tuple(folder / path for path in paths)
    elif key == "exclude":
        _expect(_is_list(value), "exclude is not a list of patterns", value)
        try:
            settings.exclude = Excluded(value)
        except ValueError as error:
            raise ValueError(f"exclude: {error}") from error
    else:
        raise ValueError(f"there is no setting check.{_short(key)}")


def _expect(is_valid: bool, reason: str, value: Any) -> None:
    if not is_valid:
        raise ValueError(f"{reason}: {_short(value)}")


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


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


def _is_path(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= PATH_CHARACTERS and "\0" not in value


def _short(value: Any) -> str:
    """Shorten a value or an error of any length for a message."""
    text = str(value) if isinstance(value, Exception) else repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _problem(label: str, message: str) -> Problem:
    return Problem(label, 1, 1, "bad-settings", message)
