"""The findings of `check`: for people here, for programs by `formats`.

Law 5, nothing foreign is printed raw: paths, units and messages of findings are printable by construction,
`excerpt` makes sources and targets so.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from functools import wraps
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeVar, cast

import click

from l10n.checks import Severity
from l10n.cli.console import is_quiet, print_problems, print_summary, volume_options
from l10n.cli.excerpt import columns, excerpt
from l10n.cli.streams import hand_over, say
from l10n.commands.check import CheckReport
from l10n.files import Root
from l10n.jobs.check_article import Fault
from l10n.problems import L10nError
from l10n.writing import FileKind

_Command = TypeVar("_Command", bound=Callable[..., Any])
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_MARGIN = 19
"""Columns to the left of a source or target."""
_WIDTH_IN_PIPE = 200
FORMAT_NAMES = ("text", "json", "sarif", "junit", "github")
"""The output formats: the one for people, which this module prints, and those of `formats`."""
_REPORT = FileKind(
    "a report of l10n check",
    re.compile(
        rb'\{\s*"(?:command": "check"|\$schema": "[^"]*sarif)|<\?xml[^>]*>\s*<testsuites name="l10n|::'
    ).match,
)
"""The kind of file that a report may overwrite."""


class Shown(NamedTuple):
    """How the findings are shown."""

    format: str
    """One of FORMAT_NAMES."""
    output: Path | None
    """The file that gets the report for programs."""
    only_counts: bool


def report_options(command: _Command) -> _Command:
    """Add --format, --json, -o, --statistics, -q and -v to a command, which gets `shown`."""

    @wraps(command)
    def with_shown(
        *, format_name: str, as_json: bool, output: Path | None, statistics: bool, **others: object
    ) -> None:
        name = "json" if as_json else format_name
        if output and name == "text":
            raise click.UsageError("-o writes a report for programs: add --format sarif, or another format")
        command(**others, shown=Shown(name, output, statistics))

    options = (
        click.option("--statistics", is_flag=True, help="Print the number of findings of each check only."),
        click.option(
            "-o",
            "--output",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Write the report of --format to a file, and print the text.",
        ),
        click.option(
            "--format",
            "format_name",
            type=click.Choice(FORMAT_NAMES),
            default="text",
            show_default=True,
            help="Output format.",
        ),
        click.option("--json", "as_json", is_flag=True, help="The same as --format json."),
        volume_options,
    )
    wrapped: Any = with_shown
    for option in reversed(options):
        wrapped = option(wrapped)
    return cast(_Command, wrapped)


def finish_check(
    report: CheckReport, fail_on: Severity, least: Severity, shown: Shown, *, mend: bool
) -> NoReturn:
    """Print the findings, or hand them over to a program, and exit with the exit code of the report.

    `least` is the least severity that was looked for, `mend` says that faults were fixed before.
    """
    if shown.format != "text":
        from l10n.formats import FORMATS

        text = FORMATS[shown.format](report, fail_on)
        if shown.output is None:
            if text:
                hand_over(text)
            sys.exit(report.exit_code(fail_on))
        _write(text, shown.output, report)
    if not shown.only_counts and not is_quiet():
        _print_findings(report)
    print_problems(report.problems)
    if not is_quiet():
        _print_counts(report)
    print_summary(_rows(report, least, mend=mend), report.written)
    sys.exit(report.exit_code(fail_on))


def _write(text: str, file: Path, report: CheckReport) -> None:
    root = Root.at(file.parent)
    try:
        if root.write(file.name, f"{text}\n".encode("utf-8", "backslashreplace"), _REPORT):
            report.written.append(root.label(file.name))
    except L10nError as error:
        report.problems.append(error.problem)


def _print_findings(report: CheckReport) -> None:
    room = _room()
    for path, faults in groupby(report.findings, key=lambda fault: fault.path):
        say(click.style(path, bold=True))
        for _, same in groupby(
            faults, key=lambda fault: (fault.line, fault.unit, fault.source, fault.target)
        ):
            _print_unit(list(same), room)
        say()


def _print_counts(report: CheckReport) -> None:
    """Print the number of findings of each check, the worst and most frequent first."""
    counts = Counter((fault.severity, fault.check) for fault in report.findings)
    if not counts:
        return
    severities = list(Severity)
    ordered = sorted(counts.items(), key=lambda one: (severities.index(one[0][0]), -one[1], one[0][1]))
    names = max(len(check) for _, check in counts)
    numbers = max(len(f"{count:,}") for count in counts.values())
    for (severity, check), count in ordered:
        name = click.style(f"{severity:<7}  {check:<{names}}", fg=_COLOURS[severity])
        say(f"{name}  {count:>{numbers},}")
    say()


def _rows(report: CheckReport, least: Severity, *, mend: bool) -> dict[str, int]:
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
