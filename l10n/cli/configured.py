"""The checks and the English articles that settings and options together define."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from l10n import __version__
from l10n.cli.console import settings_problems
from l10n.english.repository import find_repository
from l10n.jobs.run import Workers

if TYPE_CHECKING:
    from l10n.checks import Check
    from l10n.settings import Settings


def english_for(option: Path | None, workers: Workers, *, unproved: bool) -> Path | None:
    """Return what `english_of` does; raise a usage error if `workers` cannot read the English articles."""
    if option is not None and not os.path.isdir(option) and find_repository(option) is None:
        raise click.BadParameter("it is neither a folder nor in a git repository", param_hint="--english")
    english = english_of(option)
    if unproved and (english is None or not os.path.isdir(english)):
        raise click.UsageError(
            "--english-unproved needs a folder of English articles: name it with --english"
        )
    if english is not None and workers.scheduler is not None and not workers.shared_storage:
        raise click.UsageError(
            "--english with --scheduler needs --shared-storage: the workers read the English files"
        )
    return english


def english_of(option: Path | None) -> Path | None:
    """Return `option`, or else the setting `english`."""
    return option if option is not None else project_settings().english


def read_checks(glossaries: Sequence[Path] = ()) -> tuple[Settings, list[Check]]:
    """Return the settings, and all checks of pairs; `glossaries` replace those of the settings."""
    from l10n.checks import CHECKS
    from l10n.commands.check import names

    settings = project_settings(names())
    return settings, [*CHECKS, *_glossary_checks(glossaries or settings.glossary), *settings.rules]


def project_settings(known: Collection[str] | None = None) -> Settings:
    """Read the settings, with those of check if the names of the checks are `known`.

    What is wrong with them is reported at the end of the run.
    """
    from l10n.settings import read_settings, settings_folder

    settings = read_settings(settings_folder(Path()), known)
    settings_problems().extend(settings.problems)
    return settings


def _glossary_checks(paths: Sequence[Path]) -> Sequence[Check]:
    if not paths:
        return ()
    from l10n.checks.terms import glossary_checks
    from l10n.glossary.glossaries import read_glossaries

    glossary = read_glossaries(paths)
    settings_problems().extend(glossary.problems)
    return glossary_checks(glossary) if glossary.terms else ()


def configured_checks() -> list[Check]:
    """Return the checks that the settings do not skip, with their severities."""
    from l10n.commands.check import Choice

    settings, checks = read_checks()
    choice = Choice(skip=settings.skip, severities=settings.severity)
    return [replace(check, severity=severity) for check, severity in choice.chosen(checks)]


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


def defaults_of_settings() -> dict[str, dict[str, Any]]:
    """Return by command the values of parameters that the settings give."""
    settings = project_settings()
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
    return defaults


_PO_FILES = {"merge": "catalogues", "status": "catalogues", "preview": "catalogues", "export": "inputs"}
"""The commands that take PO files, and the names of these parameters."""
