"""The project's settings: `l10n.toml`, or `[tool.l10n]` of pyproject.toml.

They are searched from the current folder upwards, and their paths are relative to their folder.

Law 3: an unknown key, or a value of the wrong type, is reported. Law 5: settings are input. The files they
name may be read, by the same readers as all input; only the command line may direct output outside of the
folder of the settings.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from l10n.english.repository import find_repository
from l10n.excluded import Excluded
from l10n.files import Root
from l10n.limits import PATH_CHARACTERS, SETTINGS_BYTES
from l10n.problems import L10nError, Problem
from l10n.suggestions import did_you_mean

if TYPE_CHECKING:
    from l10n.checks import Check, Severity


_SHOWN = 80
"""Maximum length of a value in a message, in characters."""


@dataclass(slots=True)
class Settings:
    """The settings of a project. All paths are from the current folder."""

    folder: Path = field(default_factory=Path)
    """The folder of the settings."""
    english: Path | None = None
    """Folder or git repository of the English articles."""
    articles: tuple[Path, ...] = ()
    """The articles to extract and to check."""
    locales: Path | None = None
    """The folder of the PO files; it is in the folder of the settings."""
    output: Path | None = None
    """The folder of the rebuilt articles; it is in the folder of the settings."""
    memory: tuple[Path, ...] = ()
    """The translation memories for new messages."""
    exclude: Excluded = field(default_factory=Excluded)
    """The files in folders that extract and check leave out."""
    extract: dict[str, str | bool] = field(default_factory=dict)
    """The options of extract, by their names."""

    skip: tuple[str, ...] = ()
    """Names of the checks not to run."""
    severity: dict[str, Severity] = field(default_factory=dict)
    """Severities that replace the default ones, by check name."""
    fail_on: Severity | None = None
    """The lowest severity that makes the exit code 1."""
    baseline: Path | None = None
    """The baseline file."""
    glossary: tuple[Path, ...] = ()
    """Glossary files."""
    check_exclude: Excluded = field(default_factory=Excluded)
    """The files in folders that check leaves out: these, and those of [check]."""
    rules: list[Check] = field(default_factory=list)
    """The checks made from user-defined rules."""
    problems: list[Problem] = field(default_factory=list)


def settings_folder(start: Path) -> Path:
    """Return the folder whose settings are for `start`: it, or the next one above it that has some.

    The search ends at the top of a git repository, at the user's home, and at the root. It also ends below a
    folder in which everybody may write (`/tmp`), since its settings may be anybody's.
    """
    here = Path(os.path.realpath(start))
    home = os.path.expanduser("~")
    for folder in (here, *here.parents):
        if folder != here and not _is_trusted(folder):
            break
        if os.path.lexists(folder / "l10n.toml") or _has_own_table(folder):
            return Path(os.path.relpath(folder, os.path.realpath("."))) if folder != here else start
        if os.path.lexists(folder / ".git") or str(folder) == home:
            break
    return start


def _is_trusted(folder: Path) -> bool:
    try:
        return not os.stat(folder).st_mode & stat.S_IWOTH or sys.platform == "win32"
    except OSError:
        return False


def _has_own_table(folder: Path) -> bool:
    """Return True if pyproject.toml has settings of l10n; one that cannot be read is reported where it is."""
    if not os.path.lexists(folder / "pyproject.toml"):
        return False
    data = Root.at(folder).load("pyproject.toml")
    return isinstance(data, bytes) and b"tool.l10n" in data


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
            table: Any = tomllib.loads(Root.at(folder).read(name, SETTINGS_BYTES).decode("utf-8-sig"))
        except L10nError as error:
            return Settings(problems=[error.problem])
        except (ValueError, RecursionError) as error:  # not UTF-8 or not TOML, too many digits, or too deep
            reason = "it is nested too deeply" if isinstance(error, RecursionError) else _short(error)
            label = (folder / name).as_posix()
            problem = _problem(label, f"it cannot be read ({reason}); its settings are not used")
            return Settings(problems=[problem])
        for key in keys:
            table = table.get(key, {}) if isinstance(table, dict) else {}
        if table or not keys:
            return _settings(table, folder, (folder / name).as_posix(), known)
    return Settings(folder)


def _settings(table: Any, folder: Path, label: str, known: Collection[str] | None) -> Settings:
    settings = Settings(folder)

    def report(message: str) -> None:
        settings.problems.append(_problem(label, message))

    if not isinstance(table, dict):
        report("l10n is not a table; write [tool.l10n.check]")
        return settings
    for key, value in table.items():
        with _reported(report):
            if key not in ("check", "extract"):
                _take_common(settings, key, value)
    for key, value in _table(table, "extract", report).items():
        with _reported(report):
            _take_extract(settings, key, value)
    if known is None:
        return settings
    settings.check_exclude = settings.exclude
    check = _table(table, "check", report)
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


def _table(settings: dict[str, Any], name: str, report: Callable[[str], None]) -> dict[str, Any]:
    """Return a copy of a table in the settings; empty if there is none."""
    table = settings.get(name, {})
    if not isinstance(table, dict):
        report(f"{name} is not a table; write [{name}]")
        return {}
    return dict(table)


def _take_common(settings: Settings, key: str, value: Any) -> None:
    """Apply a setting of all commands; raise ValueError with the reason if it cannot be used."""
    if key == "english":
        settings.english = _english(value, settings.folder)
    elif key == "articles":
        settings.articles = _paths(key, value, settings.folder)
    elif key == "memory":
        settings.memory = _paths(key, value, settings.folder)
    elif key == "locales":
        settings.locales = _inside(key, value, settings.folder)
    elif key == "output":
        settings.output = _inside(key, value, settings.folder)
    elif key == "exclude":
        settings.exclude = _excluded(value, settings.folder)
    else:
        raise ValueError(f"there is no setting {_short(key)}{_place_of(key)}")


def _place_of(key: str) -> str:
    """Return where an unknown setting of all commands was probably meant to be."""
    for table, names in (("extract", EXTRACT_OPTIONS), ("check", _CHECK_SETTINGS)):
        if key in names:
            return f" here: write it below [{table}]"
    return did_you_mean(key, (*_COMMON_SETTINGS, "check", "extract"))


_COMMON_SETTINGS = ("english", "articles", "memory", "locales", "output", "exclude")
_CHECK_SETTINGS = ("skip", "severity", "fail-on", "baseline", "glossary", "exclude", "rule")


def _excluded(value: Any, folder: Path, also: Sequence[str] = ()) -> Excluded:
    """Return the files that patterns exclude, and those that the patterns `also` do."""
    _expect(_is_list(value), "exclude is not a list of patterns", value)
    try:
        return Excluded([*also, *value], folder)
    except ValueError as error:
        raise ValueError(f"exclude: {error}") from error


def _paths(key: str, value: Any, folder: Path) -> tuple[Path, ...]:
    paths = [value] if isinstance(value, str) else value
    _expect(
        isinstance(paths, list) and all(map(_is_path, paths)), f"{key} is not a path or a list of them", value
    )
    return tuple(folder / path for path in paths)


def _inside(key: str, value: Any, folder: Path) -> Path:
    """Return a path to write to. Law 5: only the command line may name one outside of the project."""
    _expect(_is_path(value), f"{key} is not a path", value)
    is_inside = Path(os.path.realpath(folder / value)).is_relative_to(os.path.realpath(folder))
    _expect(is_inside, f"{key} leads out of the folder of the settings; name it on the command line", value)
    path: Path = folder / value
    return path


EXTRACT_OPTIONS: dict[str, type] = {
    "split": str,
    "order": str,
    "add-location": str,
    "locale": str,
    "check": bool,
    "fuzzy": bool,
    "english-unproved": bool,
}
"""The options of extract that settings may have, with their types; the command checks the values."""


def _take_extract(settings: Settings, key: str, value: Any) -> None:
    """Apply one setting of [extract]; raise ValueError with the reason if it cannot be used."""
    if key not in EXTRACT_OPTIONS:
        raise ValueError(f"there is no setting extract.{_short(key)}{did_you_mean(key, EXTRACT_OPTIONS)}")
    kind = EXTRACT_OPTIONS[key]
    _expect(isinstance(value, kind), f"{key} is not {'true or false' if kind is bool else 'a text'}", value)
    settings.extract[key] = value


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
        _expect_names(value if _is_list(value) else None, known, "skip is not a list of check names", value)
        settings.skip = tuple(value)
    elif key == "severity":
        names = list(value) if isinstance(value, dict) else None
        _expect_names(names, known, "severity is not a table of check names", value)
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
        settings.check_exclude = _excluded(value, folder, settings.exclude.patterns)
    else:
        raise ValueError(f"there is no setting check.{_short(key)}{did_you_mean(key, _CHECK_SETTINGS)}")


def _expect_names(names: list[str] | None, known: Collection[str], reason: str, value: Any) -> None:
    """Raise ValueError if `names` are not those of checks."""
    strange = [name for name in names or () if name not in known]
    if names is not None and strange:
        raise ValueError(f"there is no check {_short(strange[0])}{did_you_mean(strange[0], known)}")
    _expect(names is not None, reason, value)


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
