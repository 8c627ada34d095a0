"""Parts shared by the commands: options, progress, the summary, problems and exit codes."""

from __future__ import annotations

import gc
import json
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

import click

from l10n.cache import CacheFolder, user_cache_folder
from l10n.cli.streams import INTERRUPTED, hand_over, say
from l10n.jobs.run import Progress, Workers, no_progress
from l10n.locales import gettext_name
from l10n.problems import L10nError, Problem

if TYPE_CHECKING:
    from rich.console import Console

    from l10n.report import RunReport

_Command = TypeVar("_Command", bound=Callable[..., Any])
EXISTING = click.Path(exists=True, readable=False, path_type=Path)
_REDRAW = 0.1
"""Seconds between two updates of the progress bar."""
Row = int | tuple[int, int]
"""A count, or a count of messages and one of their words."""
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object on stdout, and nothing else."
)


jobs_option = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Number of processes for large sets; 1 uses only this one.  [default: all cores]",
)
_scheduler_option = click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Dask scheduler whose workers do the work, such as tcp://host:8786.",
)
_shared_storage_option = click.option(
    "--shared-storage",
    is_flag=True,
    help="The workers read all files themselves, under the same paths; none are sent.",
)
english_option = click.option(
    "--english",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="English articles: a folder, a git repository, or a folder in one.  [default: from the settings]",
)

memory_option = click.option(
    "--memory",
    type=EXISTING,
    multiple=True,
    metavar="FILE",
    help="Translation memory: PO, TMX or XLIFF file, or a folder of them. May be repeated.",
)
unproved_option = click.option(
    "--english-unproved",
    is_flag=True,
    help="For plain articles without a proved English file, use the file of the same path.",
)


def _check_locale(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    try:
        if value is not None:
            gettext_name(value)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--locale") from error
    return value


locale_option = click.option(
    "--locale",
    metavar="TAG",
    callback=_check_locale,
    help="Locale of articles that do not name theirs, such as nb-NO or nb_NO.",
)


def cache_option(command: _Command) -> _Command:
    """Add --no-cache to a command, which gets the user's folder of caches, or None, as `cache`."""

    @wraps(command)
    def with_cache(*, no_cache: bool, **others: object) -> None:
        command(**others, cache=None if no_cache else CacheFolder(user_cache_folder()))

    option = click.option("--no-cache", is_flag=True, help="Read every file again, also unchanged ones.")
    return cast(_Command, option(with_cache))


def workers_options(command: _Command) -> _Command:
    """Add -j, --scheduler and --shared-storage to a command, which gets them as `workers`."""

    @wraps(command)
    def with_workers(
        *, jobs: int | None, scheduler: str | None, shared_storage: bool, **others: object
    ) -> None:
        if scheduler is None and shared_storage:
            raise click.UsageError("--shared-storage needs --scheduler")
        if scheduler is not None and jobs is not None:
            raise click.UsageError(
                "--jobs is for this computer, --scheduler for a cluster: leave out one of them"
            )
        command(**others, workers=Workers(jobs, scheduler, shared_storage))

    return cast(_Command, jobs_option(_scheduler_option(_shared_storage_option(with_workers))))


@contextmanager
def running(task: str) -> Iterator[Progress]:
    """Show progress on a terminal; exit with 130 if interrupted, with 2 on an `L10nError`.

    No file is left half-written.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    gc.disable()  # the process is short, and creates hundreds of thousands of objects without cycles
    try:
        with _progress_bar(task) as progress:
            yield progress
    except L10nError as error:  # the workers cannot be used: wrong usage, like a path that does not exist
        print_problems([error.problem])
        sys.exit(2)
    except KeyboardInterrupt:
        say(INTERRUPTED, to_stderr=True)
        sys.exit(130)


def _interrupt(signal_number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


@contextmanager
def _progress_bar(task: str) -> Iterator[Progress]:
    if sys.stderr is None or not sys.stderr.isatty():  # None: the caller closed it
        yield no_progress
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # It redraws only when progress is reported: a process with a second thread is not safe to fork.
    with Bar(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        number = bar.add_task(task, total=None)
        drawn = 0.0

        def progress(done: int, total: int) -> None:
            nonlocal drawn
            is_due = done == total or monotonic() - drawn > _REDRAW
            drawn = monotonic() if is_due else drawn
            bar.update(number, completed=done, total=total, refresh=is_due)

        yield progress


def finish(
    command: str, report: RunReport, rows: Mapping[str, Row], as_json: bool, hints: Sequence[str] = ()
) -> NoReturn:
    """Print problems, summary and hints, and exit with the report's exit code."""
    if as_json:
        print_json(command, report.as_json())
        sys.exit(report.exit_code)
    print_problems(report.problems)
    if report.english:
        rows = {
            **rows,
            "English proved": report.english.proved,
            **({"  by path alone": report.english.unproved} if report.english.unproved else {}),
            "  missing": len(report.english.missing),
            "  mismatched": report.english.mismatched,
        }
    print_summary({**rows, "problems": len(report.problems)})
    if report.unsourced:
        strings, them = ("strings have", "them") if report.unsourced > 1 else ("string has", "it")
        hint = "" if report.english else f"; --english finds {them}"
        say(f"{report.unsourced:,} translated {strings} no source here{hint}")
    for text in hints:
        say(text)
    sys.exit(report.exit_code)


def print_json(command: str, report: dict[str, Any]) -> None:
    """Print a report as one JSON object."""
    hand_over(json.dumps({"command": command} | report, indent=2))


def table_console() -> Console:
    """Return a console of the terminal's width; in a pipe, one as wide as any table."""
    from rich.console import Console

    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=10_000)


def print_problems(problems: Iterable[Problem]) -> None:
    """Print the problems on stderr, one per line, as a compiler does."""
    for problem in problems:
        say(_coloured(problem), to_stderr=True)


def _coloured(problem: Problem) -> str:
    place, code, message = str(problem).partition(f": {problem.code}: ")
    return click.style(place, bold=True) + click.style(code, fg="yellow") + message


def print_summary(rows: Mapping[str, Row]) -> None:
    """Print a table of names and counts on stdout."""
    counts = {name: count if isinstance(count, tuple) else (count, None) for name, count in rows.items()}
    cells = [
        (name, f"{messages:,}", "" if words is None else f"{words:,} words")
        for name, (messages, words) in counts.items()
    ]
    names, numbers, texts = (max(map(len, column)) for column in zip(*cells, strict=True))
    for name, number, text in cells:
        colour = "cyan" if name != "problems" else "yellow" if rows[name] else "green"
        say(f"{click.style(name.ljust(names), fg=colour)}  {number:>{numbers}}  {text:>{texts}}".rstrip())
