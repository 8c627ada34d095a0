"""`l10n check`: find faults in translations and show them with their place and reason."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from l10n.cache import CacheFolder
from l10n.checks import CHECKS, Severity
from l10n.cli.check_output import Shown, finish_check, report_options
from l10n.cli.configured import english_for, read_checks, settings_key
from l10n.cli.console import (
    EXISTING,
    cache_option,
    english_option,
    locale_option,
    running,
    unproved_option,
    with_settings_problems,
    workers_options,
)
from l10n.cli.excluding import exclude_option
from l10n.cli.files_from import files_from_option
from l10n.commands.check import CheckReport, Choice, check, names
from l10n.excluded import Excluded
from l10n.jobs.run import Workers
from l10n.suggestions import did_you_mean

if TYPE_CHECKING:
    from l10n.commands.fix import FixReport
    from l10n.settings import Settings

_LEVELS = click.Choice([severity.value for severity in Severity])


def _check_names(
    context: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    chosen = tuple(name.strip() for text in value for name in text.split(",") if name.strip())
    for name in sorted(set(chosen) - set(names())):
        raise click.BadParameter(_no_check(name))
    return chosen


def _no_check(name: str) -> str:
    proposal = did_you_mean(name, names())
    return f"there is no check {name!r}{proposal or ';'} l10n check --list shows them all"


def _complete_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Return the names of checks for the completion of a shell."""
    return [name for name in names() if name.startswith(incomplete)]


def _explained(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and value not in names():
        raise click.BadParameter(_no_check(value))
    return value


def _explaining_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add --list and --explain to a command, which is not called with them."""

    @click.option("--list", "lists", is_flag=True, help="List all checks.")
    @click.option(
        "--explain",
        "explained",
        callback=_explained,
        shell_complete=_complete_names,
        metavar="NAME",
        help="Explain a check, with examples.",
    )
    @wraps(command)
    def with_explaining(*, lists: bool, explained: str | None, **others: object) -> None:
        if not lists and explained is None:
            command(**others)
            return
        from l10n.cli.explaining import explain_checks  # it loads the checks of glossaries

        explain_checks(explained, is_json=bool(others["as_json"]) or others["format_name"] == "json")

    return with_explaining


def _severity(context: click.Context, parameter: click.Parameter, value: str | None) -> Severity | None:
    return Severity(value) if value else None


_HELP = """\
Find what machine translation broke in articles or PO files, or folders of them.

The checks cover links, code, markup, numbers, letters, punctuation and more; docs/checks.md
describes each with a bad and a good example. To accept a finding, add the comment
"l10n: ok NAME" to the message in the PO file. Settings are read from [check] in l10n.toml
or [tool.l10n.check] in pyproject.toml.

\b
Examples:
  l10n check articles/
  l10n check locales/nb_NO.po --severity error
  l10n check articles/ --glossary glossary.csv
  l10n check articles/ --baseline known.json --write-baseline
  l10n check articles/ --format json | jq '.findings[] | .message'

Exit codes: 0 no finding reaches the severity of --fail-on; 1 a finding does, or there were problems.
"""


@click.command("check", help=_HELP)
@_explaining_options
@click.argument("inputs", nargs=-1, type=EXISTING, metavar="[ARTICLES|PO]...")
@files_from_option("inputs", "ARTICLES or PO files")
@locale_option
@click.option(
    "--only",
    multiple=True,
    callback=_check_names,
    shell_complete=_complete_names,
    metavar="NAME",
    help="Run only these checks.",
)
@click.option(
    "--skip",
    multiple=True,
    callback=_check_names,
    shell_complete=_complete_names,
    metavar="NAME",
    help="Do not run these checks.",
)
@click.option(
    "--severity",
    type=_LEVELS,
    callback=_severity,
    help="Lowest severity to report.  [default: warning, or that of --fail-on if it is lower]",
)
@click.option(
    "--fail-on",
    type=_LEVELS,
    callback=_severity,
    help="Lowest severity that makes the exit code 1.  [default: error]",
)
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="File of known findings and problems, which are not reported again.",
)
@click.option(
    "--write-baseline", is_flag=True, help="Write all current findings and problems to the baseline file."
)
@click.option(
    "--glossary",
    "glossaries",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, readable=False, path_type=Path),
    metavar="FILE",
    help="Glossary to check names and terms against (CSV or TBX); may be repeated.",
)
@exclude_option
@click.option(
    "--fix",
    "mend",
    is_flag=True,
    help="Fix in PO files what can be fixed with certainty; the messages still need review.",
)
@english_option
@unproved_option
@workers_options
@cache_option
@report_options
def check_command(
    inputs: tuple[Path, ...],
    locale: str | None,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    severity: Severity | None,
    fail_on: Severity | None,
    baseline: Path | None,
    write_baseline: bool,
    glossaries: tuple[Path, ...],
    exclude: Excluded | None,
    mend: bool,
    english: Path | None,
    english_unproved: bool,
    workers: Workers,
    cache: CacheFolder | None,
    shown: Shown,
) -> None:
    """Run `l10n check`."""
    settings, checks = read_checks(glossaries)
    english = english_for(english, workers, unproved=english_unproved)
    baseline = _baseline(baseline, settings, write_baseline)
    fail_on = fail_on or settings.fail_on or Severity.ERROR
    exclude = exclude or settings.check_exclude
    choice = Choice(only, (*settings.skip, *skip), settings.severity, severity or _least(fail_on))
    with running("Checking") as progress:
        fixed = _fixed(inputs, choice, exclude, workers) if mend else None
        report = check(
            inputs,
            locale=locale,
            choice=choice,
            checks=checks,
            exclude=exclude,
            baseline=baseline,
            update_baseline=write_baseline,
            english=english,
            english_unproved=english_unproved,
            cache=cache and cache._replace(settings=partial(settings_key, glossaries)),
            workers=workers,
            progress=progress,
        )
    _complete(report, fixed)
    finish_check(report, fail_on, choice.least, shown, mend=mend)


def _least(fail_on: Severity) -> Severity:
    """Return the least severity that is reported by default: what makes the run fail is shown."""
    return Severity.NOTE if fail_on is Severity.NOTE else Severity.WARNING


def _fixed(inputs: Sequence[Path], choice: Choice, exclude: Excluded | None, workers: Workers) -> FixReport:
    """Fix what the chosen checks find in the PO files; raise a usage error if `workers` are a cluster."""
    from l10n.commands.fix import fix

    if workers.scheduler:
        raise click.UsageError("--fix runs on this computer only: leave out --scheduler")
    return fix(inputs, checks=[one for one, _ in choice.chosen(CHECKS)], exclude=exclude)


def _complete(report: CheckReport, fixed: FixReport | None) -> None:
    """Add the problems of the settings, and what `--fix` did, to the report."""
    if fixed:
        report.mended, report.written = fixed.mended, fixed.written
        report.problems += fixed.problems
    report.problems = with_settings_problems(report.problems)


def _baseline(option: Path | None, settings: Settings, write: bool) -> Path | None:
    """Return the baseline to use, or None; raise a usage error if it may not be written."""
    setting = settings.baseline
    if option is not None:
        return option
    if not write:
        return setting if setting and os.path.exists(setting) else None
    if setting is None:
        raise click.UsageError("--write-baseline needs a file: name one with --baseline")
    if not Path(os.path.realpath(setting)).is_relative_to(os.path.realpath(settings.folder)):
        # Settings are part of a project: only the user may direct output outside of it.
        raise click.UsageError(
            "the baseline in the settings is outside of their folder: name it with --baseline"
        )
    return setting
