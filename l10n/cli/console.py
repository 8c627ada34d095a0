"""What the commands share: options, progress, the summary, problems and exit codes."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from l10n.problems import Problem
from l10n.report import Progress, Report, no_progress

EXISTING = click.Path(exists=True, readable=False, path_type=Path)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object on stdout, and nothing else there."
)


@contextmanager
def running(task: str) -> Iterator[Progress]:
    """Show progress on a terminal; an interruption ends the program without half-written files."""
    signal.signal(signal.SIGTERM, _interrupt)
    gc.disable()  # the process is short, and holds hundreds of thousands of objects without cycles
    try:
        with _progress_bar(task) as progress:
            yield progress
    except KeyboardInterrupt:
        click.echo("Interrupted. Files that were written are whole; run the command again.", err=True)
        sys.exit(130)


def _interrupt(signal_number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


@contextmanager
def _progress_bar(task: str) -> Iterator[Progress]:
    if not sys.stderr.isatty():
        yield no_progress
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        number = bar.add_task(task, total=None)
        yield lambda done, total: bar.update(number, completed=done, total=total)


def finish(command: str, report: Report, rows: dict[str, int], as_json: bool) -> NoReturn:
    """Print problems and summary, and exit as they demand."""
    if as_json:
        click.echo(json.dumps({"command": command} | report.as_json(), indent=2))
        sys.exit(report.exit_code)
    print_problems(report.problems)
    print_summary(rows | {"problems": len(report.problems)})
    sys.exit(report.exit_code)


def print_problems(problems: Sequence[Problem]) -> None:
    """Print a line on stderr for each problem."""
    color = False if os.environ.get("NO_COLOR") else None  # None: only on a terminal
    for problem in problems:
        click.echo(_coloured(problem), err=True, color=color)


def _coloured(problem: Problem) -> str:
    place, code, message = str(problem).partition(f": {problem.code}: ")
    return click.style(place, bold=True) + click.style(code, fg="yellow") + message


def print_summary(rows: dict[str, int]) -> None:
    """Print a table of names and counts on stdout."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="cyan")
    table.add_column(justify="right")
    for name, count in rows.items():
        style = None if name != "problems" else "yellow" if count else "green"
        table.add_row(name, f"{count:,}", style=style)
    Console(highlight=False).print(table)
