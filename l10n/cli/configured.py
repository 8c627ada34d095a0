"""The checks and the English articles that settings and options together define."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from l10n import __version__
from l10n.english.repository import find_repository
from l10n.jobs.run import Workers
from l10n.problems import Problem

if TYPE_CHECKING:
    from l10n.checks import Check
    from l10n.settings import Settings


def english_for(
    option: Path | None, workers: Workers, *, unproved: bool
) -> tuple[Path | None, list[Problem]]:
    """Return what `english_of` does; raise a usage error if `workers` cannot read the English articles."""
    if option is not None and not os.path.isdir(option) and find_repository(option) is None:
        raise click.BadParameter("it is neither a folder nor in a git repository", param_hint="--english")
    english, problems = english_of(option)
    if unproved and (english is None or not os.path.isdir(english)):
        raise click.UsageError(
            "--english-unproved needs a folder of English articles: name it with --english"
        )
    if english is not None and workers.scheduler is not None and not workers.shared_storage:
        raise click.UsageError(
            "--english with --scheduler needs --shared-storage: the workers read the English files"
        )
    return english, problems


def english_of(option: Path | None) -> tuple[Path | None, list[Problem]]:
    """Return `option`, or else the setting `english`, and the problems of the settings."""
    from l10n.settings import read_settings, settings_folder

    if option is not None:
        return option, []
    settings = read_settings(settings_folder(Path()))
    return settings.english, settings.problems


def read_checks(glossaries: Sequence[Path] = ()) -> tuple[Settings, list[Check], list[Problem]]:
    """Return the settings, all checks of source and target, and the problems of settings and glossaries.

    `glossaries` replace those of the settings.
    """
    from l10n.checks import CHECKS
    from l10n.commands.check import names
    from l10n.settings import read_settings, settings_folder

    settings = read_settings(settings_folder(Path()), names())
    of_terms, problems = _glossary_checks(glossaries or settings.glossary)
    return settings, [*CHECKS, *of_terms, *settings.rules], [*settings.problems, *problems]


def _glossary_checks(paths: Sequence[Path]) -> tuple[Sequence[Check], Sequence[Problem]]:
    if not paths:
        return (), ()
    from l10n.checks.terms import glossary_checks
    from l10n.glossary.glossaries import read_glossaries

    glossary = read_glossaries(paths)
    return glossary_checks(glossary) if glossary.terms else (), glossary.problems


def configured_checks() -> tuple[list[Check], list[Problem]]:
    """Return the checks that the settings do not skip, with their severities, and the problems."""
    from l10n.commands.check import Choice

    settings, checks, problems = read_checks()
    choice = Choice(skip=settings.skip, severities=settings.severity)
    return [replace(check, severity=severity) for check, severity in choice.chosen(checks)], problems


def settings_key(glossaries: Sequence[Path] = ()) -> bytes:
    """Return what changes when the checks do: the version, and the contents of settings and glossaries.

    `glossaries` replace those of the settings.
    """
    from l10n.commands.check import names
    from l10n.files import Root
    from l10n.settings import read_settings, settings_folder

    folder = settings_folder(Path())
    of_terms = glossaries or read_settings(folder, names()).glossary
    paths = (folder / "l10n.toml", folder / "pyproject.toml", *of_terms)
    parts = [__version__.encode()]
    for path in paths:
        data = Root.at(path.parent).load(path.name)
        parts.append(f"{len(data)}:".encode() + data if isinstance(data, bytes) else b"-")
    return b"".join(parts)


def defaults_of_settings() -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    """Return by command the values of parameters that the settings give, and the problems of the settings."""
    from l10n.settings import read_settings, settings_folder

    settings = read_settings(settings_folder(Path()))
    options: dict[str, Any] = {name.replace("-", "_"): value for name, value in settings.extract.items()}
    if (fuzzy := options.pop("fuzzy", None)) is not None:
        options["no_fuzzy"] = not fuzzy
    if settings.memory:
        options["memory"] = settings.memory
    defaults: dict[str, dict[str, Any]] = {"extract": options, "check": {}, "merge": {}}
    if settings.articles:
        defaults["extract"]["articles"] = defaults["check"]["inputs"] = settings.articles
    if settings.locales:
        options["output"] = settings.locales
        for command, name in _PO_FILES.items():
            defaults.setdefault(command, {})[name] = (settings.locales,)
        defaults["import"] = {"into": settings.locales}
    if settings.output:
        defaults["merge"]["output"] = settings.output
    return defaults, settings.problems


_PO_FILES = {"merge": "catalogues", "status": "catalogues", "preview": "catalogues", "export": "inputs"}
"""The commands that take PO files, and the names of these parameters."""
