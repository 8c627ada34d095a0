"""`l10n check`: find faults in translations and show them with their place and reason."""

from __future__ import annotations

import os
import shutil
import sys
from itertools import groupby
from pathlib import Path

import click

from l10n.checks import CHECKS, Check, Severity
from l10n.checks.terms import glossary_checks
from l10n.cli.console import (
    EXISTING,
    locale_option,
    print_problems,
    print_summary,
    running,
    workers_of,
    workers_options,
)
from l10n.cli.excerpt import columns, excerpt
from l10n.cli.streams import hand_over, say
from l10n.commands.check import CheckReport, Choice, check, names
from l10n.commands.fix import fix
from l10n.formats import FORMATS
from l10n.glossary.glossaries import read_glossaries
from l10n.jobs.check_article import Fault
from l10n.settings import read_settings

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_LEVELS = click.Choice([severity.value for severity in Severity])
_MARGIN = 19
"""Columns to the left of a source or target."""
_WIDTH_IN_PIPE = 200


def _check_names(
    context: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    chosen = tuple(name.strip() for text in value for name in text.split(",") if name.strip())
    unknown = sorted(set(chosen) - set(names()))
    if unknown:
        raise click.BadParameter(f"there is no check {unknown[0]!r}; docs/checks.md lists them all")
    return chosen


@click.command("check")
@click.argument("inputs", nargs=-1, required=True, type=EXISTING, metavar="ARTICLES|PO...")
@locale_option
@click.option("--only", multiple=True, callback=_check_names, metavar="NAME", help="Run only these checks.")
@click.option("--skip", multiple=True, callback=_check_names, metavar="NAME", help="Do not run these checks.")
@click.option(
    "--severity", type=_LEVELS, default="note", show_default=True, help="Lowest severity to report."
)
@click.option("--fail-on", type=_LEVELS, help="Lowest severity that makes the exit code 1.  [default: error]")
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
@workers_options
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", *FORMATS]),
    default="text",
    show_default=True,
    help="Output format.",
)
def check_command(
    inputs: tuple[Path, ...],
    locale: str | None,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    severity: str,
    fail_on: str | None,
    baseline: Path | None,
    write_baseline: bool,
    glossaries: tuple[Path, ...],
    mend: bool,
    jobs: int | None,
    scheduler: str | None,
    shared_storage: bool,
    format_name: str,
) -> None:
    """Find what machine translation broke in articles or PO files, or folders of them.

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
    workers = workers_of(jobs, scheduler, shared_storage)
    if mend and workers.scheduler:
        raise click.UsageError("--fix runs on this computer only: leave out --scheduler")
    settings = read_settings(Path(), names())
    known = baseline or settings.baseline
    if write_baseline and known is None:
        raise click.UsageError("--write-baseline needs a file: name one with --baseline")
    if write_baseline and baseline is None and not _is_here(known):
        # Settings are part of a project: only the user may direct output outside of it.
        raise click.UsageError(
            "the baseline in the settings is outside the current folder: name it with --baseline"
        )
    glossary = read_glossaries(glossaries or settings.glossary)
    choice = Choice(only, (*settings.skip, *skip), settings.severity, Severity(severity))
    with running("Checking") as progress:
        fixed = fix(inputs, checks=_mendable(choice), exclude=settings.exclude) if mend else None
        report = check(
            inputs,
            locale=locale,
            choice=choice,
            checks=(*CHECKS, *(glossary_checks(glossary) if glossary.terms else ()), *settings.rules),
            exclude=settings.exclude,
            baseline=known if known and (write_baseline or os.path.exists(known) or baseline) else None,
            update_baseline=write_baseline,
            workers=workers,
            progress=progress,
        )
    report.problems += [*settings.problems, *glossary.problems, *(fixed.problems if fixed else ())]
    report.problems = sorted(set(report.problems))
    if fixed:
        report.mended, report.written = fixed.mended, fixed.written
    failing = Severity(fail_on) if fail_on else settings.fail_on or Severity.ERROR
    if format_name == "text":
        _print(report, mend, Severity(severity))
    else:
        text = FORMATS[format_name](report, failing)
        if text:
            hand_over(text)
    sys.exit(report.exit_code(failing))


def _is_here(path: Path | None) -> bool:
    """Return True if the path leads to a place below the current folder."""
    return path is not None and Path(os.path.realpath(path)).is_relative_to(os.path.realpath("."))


def _mendable(choice: Choice) -> list[Check]:
    return [check for check in CHECKS if choice.severity(check.name, check.severity)]


def _print(report: CheckReport, mend: bool, least: Severity) -> None:
    room = _room()
    for path, faults in groupby(report.findings, key=lambda fault: fault.path):
        say(click.style(path, bold=True))
        for _, same in groupby(
            faults, key=lambda fault: (fault.line, fault.unit, fault.source, fault.target)
        ):
            _print_unit(list(same), room)
        say()
    print_problems(report.problems)
    rows = {"files": report.files, "units": report.units}
    rows |= {f"{severity}s": report.count(severity) for severity in Severity if severity.is_as_bad_as(least)}
    if mend:
        rows["mended"] = report.mended
    if report.accepted:
        rows["accepted"] = report.accepted
    if report.excluded:
        rows["excluded"] = report.excluded
    if report.known:
        rows["known"] = report.known
    print_summary(rows | {"problems": len(report.problems)})


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
