"""`l10n check`: find faults in translations and show them with their place and reason."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from l10n.cache import CacheFolder
from l10n.checks import CHECKS, Severity
from l10n.cli.configured import english_for, read_checks, settings_key
from l10n.cli.console import (
    EXISTING,
    cache_option,
    english_option,
    locale_option,
    print_problems,
    print_summary,
    running,
    unproved_option,
    workers_options,
)
from l10n.cli.excerpt import columns, excerpt
from l10n.cli.files_from import files_from_option
from l10n.cli.streams import hand_over, say
from l10n.commands.check import CheckReport, Choice, check, names
from l10n.excluded import Excluded
from l10n.jobs.check_article import Fault
from l10n.jobs.run import Workers

if TYPE_CHECKING:
    from l10n.commands.fix import FixReport
    from l10n.problems import Problem

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_LEVELS = click.Choice([severity.value for severity in Severity])
_MARGIN = 19
"""Columns to the left of a source or target."""
_WIDTH_IN_PIPE = 200
FORMAT_NAMES = ("text", "json", "sarif", "junit", "github")
"""The output formats: the one for people, which this module prints, and those of `formats`."""


def _check_names(
    context: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    chosen = tuple(name.strip() for text in value for name in text.split(",") if name.strip())
    unknown = sorted(set(chosen) - set(names()))
    if unknown:
        raise click.BadParameter(f"there is no check {unknown[0]!r}; docs/checks.md lists them all")
    return chosen


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
@click.argument("inputs", nargs=-1, type=EXISTING, metavar="[ARTICLES|PO]...")
@files_from_option("inputs", "ARTICLES or PO files")
@locale_option
@click.option("--only", multiple=True, callback=_check_names, metavar="NAME", help="Run only these checks.")
@click.option("--skip", multiple=True, callback=_check_names, metavar="NAME", help="Do not run these checks.")
@click.option(
    "--severity",
    type=_LEVELS,
    callback=_severity,
    default="note",
    show_default=True,
    help="Lowest severity to report.",
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
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMAT_NAMES),
    default="text",
    show_default=True,
    help="Output format.",
)
def check_command(
    inputs: tuple[Path, ...],
    locale: str | None,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    severity: Severity,
    fail_on: Severity | None,
    baseline: Path | None,
    write_baseline: bool,
    glossaries: tuple[Path, ...],
    mend: bool,
    english: Path | None,
    english_unproved: bool,
    workers: Workers,
    cache: CacheFolder | None,
    format_name: str,
) -> None:
    """Run `l10n check`."""
    settings, checks, problems = read_checks(glossaries)
    english, more = english_for(english, workers, unproved=english_unproved)
    baseline = _baseline(baseline, settings.baseline, write_baseline)
    choice = Choice(only, (*settings.skip, *skip), settings.severity, severity)
    with running("Checking") as progress:
        fixed = _fixed(inputs, choice, settings.exclude, workers) if mend else None
        report = check(
            inputs,
            locale=locale,
            choice=choice,
            checks=checks,
            exclude=settings.exclude,
            baseline=baseline,
            update_baseline=write_baseline,
            english=english,
            english_unproved=english_unproved,
            cache=cache and cache._replace(settings=settings_key(glossaries)),
            workers=workers,
            progress=progress,
        )
    _complete(report, {*problems, *more}, fixed)
    _finish(report, fail_on or settings.fail_on or Severity.ERROR, format_name, _rows(report, severity, mend))


def _fixed(inputs: Sequence[Path], choice: Choice, exclude: Excluded | None, workers: Workers) -> FixReport:
    """Fix what the chosen checks find in the PO files; raise a usage error if `workers` are a cluster."""
    from l10n.commands.fix import fix

    if workers.scheduler:
        raise click.UsageError("--fix runs on this computer only: leave out --scheduler")
    return fix(inputs, checks=[one for one, _ in choice.chosen(CHECKS)], exclude=exclude)


def _complete(report: CheckReport, problems: set[Problem], fixed: FixReport | None) -> None:
    """Add the other problems of the run, and what `--fix` did, to the report."""
    if fixed:
        report.mended, report.written = fixed.mended, fixed.written
        problems = problems.union(fixed.problems)
    report.problems = sorted(problems.union(report.problems))


def _baseline(option: Path | None, setting: Path | None, write: bool) -> Path | None:
    """Return the baseline to use, or None; raise a usage error if it may not be written."""
    if option is not None:
        return option
    if not write:
        return setting if setting and os.path.exists(setting) else None
    if setting is None:
        raise click.UsageError("--write-baseline needs a file: name one with --baseline")
    if not Path(os.path.realpath(setting)).is_relative_to(os.path.realpath(".")):
        # Settings are part of a project: only the user may direct output outside of it.
        raise click.UsageError(
            "the baseline in the settings is outside the current folder: name it with --baseline"
        )
    return setting


def _rows(report: CheckReport, least: Severity, mend: bool) -> dict[str, int]:
    rows = {"files": report.files, "units": report.units}
    rows |= {f"{severity}s": report.count(severity) for severity in Severity if severity.is_as_bad_as(least)}
    if mend:
        rows["mended"] = report.mended
    others = {
        "plain, without English": report.plain,
        "accepted": report.accepted,
        "excluded": report.excluded,
        "known": report.known,
    }
    rows |= {name: count for name, count in others.items() if count}
    return rows | {"problems": len(report.problems)}


def _finish(report: CheckReport, fail_on: Severity, format_name: str, rows: dict[str, int]) -> NoReturn:
    """Print the report, and exit with its exit code."""
    _print(report, fail_on, format_name, rows)
    sys.exit(report.exit_code(fail_on))


def _print(report: CheckReport, fail_on: Severity, format_name: str, rows: dict[str, int]) -> None:
    if format_name != "text":
        from l10n.formats import FORMATS

        if text := FORMATS[format_name](report, fail_on):
            hand_over(text)
        return
    room = _room()
    for path, faults in groupby(report.findings, key=lambda fault: fault.path):
        say(click.style(path, bold=True))
        for _, same in groupby(
            faults, key=lambda fault: (fault.line, fault.unit, fault.source, fault.target)
        ):
            _print_unit(list(same), room)
        say()
    print_problems(report.problems)
    print_summary(rows)


def _room() -> int:
    """Return the columns for a text: the terminal's without the margin, or a fixed number in a pipe."""
    if not sys.stdout or not sys.stdout.isatty():
        return _WIDTH_IN_PIPE
    return max(20, shutil.get_terminal_size().columns - _MARGIN - 1)


def _print_unit(faults: list[Fault], room: int) -> None:
    first = faults[0]
    source = "".join(excerpt(first.source, 0, 0, room))
    if first.article:
        say(f"  {click.style('article', dim=True)}  {first.article[0]}:{first.article[1]}")
    for fault in faults:
        place = f"{fault.line}:{fault.column}"
        name = click.style(f"{fault.severity} {fault.check}", fg=_COLOURS[fault.severity])
        say(f"  {place:<8} {name}  {fault.message}")
        before, marked, after = excerpt(fault.target, fault.start, fault.end, room)
        say(f"           {click.style('source', dim=True)}  {source}")
        say(f"           {click.style('target', dim=True)}  {before}{marked}{after}")
        if fault.end > fault.start:
            mark = "^" * max(1, columns(marked))
            say(" " * (_MARGIN + columns(before)) + click.style(mark, fg=_COLOURS[fault.severity]))
