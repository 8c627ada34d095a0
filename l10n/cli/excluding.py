"""`--exclude`: the files in folders that a command leaves out, instead of those of the settings."""

from __future__ import annotations

from pathlib import Path

import click

from l10n.excluded import Excluded
from l10n.settings import settings_folder


def _excluded(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> Excluded | None:
    try:
        return Excluded(value, settings_folder(Path())) if value else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--exclude") from error


exclude_option = click.option(
    "--exclude",
    multiple=True,
    metavar="PATTERN",
    callback=_excluded,
    help="Leave out files in folders; a pattern as in .gitignore. May be repeated."
    "  [default: from the settings]",
)
