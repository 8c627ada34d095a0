"""Parts shared by the commands: options, progress, the summary, problems and exit codes."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeVar, cast

import click

from l10n.cache import CacheFolder, user_cache_folder
from l10n.cli.streams import INTERRUPTED, SETTINGS_PROBLEMS, hand_over, say
from l10n.jobs.run import Progress, Workers, no_progress
from l10n.locales import gettext_name
from l10n.problems import L10nError, Problem

if TYPE_CHECKING:
    from rich.console import Console

    from l10n.report import RunReport

DRY = {"files written": "files to write", "files removed": "files to remove"}
"""The names of rows of the summary of a run that writes nothing."""
_Command = TypeVar("_Command", bound=Callable[..., Any])
EXISTING = click.Path(exists=True, readable=False, path_type=Path)
_REDRAW = 0.1
"""Seconds between two updates of the progress bar."""
Row = int | tuple[int, int]
"""A count, or a count of messages and one of their words."""
_QUIET, _VERBOSE = "l10n.quiet", "l10n.verbose"
"""Keys of the context of a command: only problems are wanted, or also the names of written files."""


def output_options(command: _Command) -> _Command:
    """Add --json and --format, -q and -v to a command, which gets `as_json`."""

    @wraps(command)
    def with_output(*, flag: bool, format_name: str, **others: object) -> None:
        command(**others, as_json=flag or format_name == "json")

    formats = click.option(
        "--format",
        "format_name",
        type=click.Choice(["text", "json"]),
        default="text",
        help="Output for people, or one JSON object.  [default: text]",
    )
    flag = click.option(
        "--json", "flag", is_flag=True, help="Print one JSON object on stdout, and nothing else."
    )
    return cast(_Command, flag(formats(volume_options(with_output))))


def _note_in_context(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    context.meta[_QUIET if parameter.name == "quiet" else _VERBOSE] = value


def volume_options(command: _Command) -> _Command:
    """Add -q and -v to a command; what it prints through this module follows them."""
    common: dict[str, Any] = {"is_flag": True, "expose_value": False, "callback": _note_in_context}
    quiet = click.option("-q", "--quiet", **common, help="Print problems only.")
    verbose = click.option("-v", "--verbose", **common, help="Also name each file that is written.")
    return quiet(verbose(command))


def _is_wanted(key: str) -> bool:
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(key))


def settings_problems() -> list[Problem]:
    """Return the problems of settings and glossaries that were found in this run so far, to be added to."""
    meta = click.get_current_context().meta
    found: list[Problem] = meta.setdefault(SETTINGS_PROBLEMS, [])
    return found


def with_settings_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems of a run with those of the settings, in order, each once."""
    return sorted({*problems, *settings_problems()})


def is_quiet() -> bool:
    """Return True if the user wants to see problems only."""
    return _is_wanted(_QUIET)


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
    if is_quiet() or sys.stderr is None or not sys.stderr.isatty():  # None: the caller closed it
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


class _Report(Protocol):
    """What the reports of the commands that write files have in common."""

    problems: list[Problem]
    written: list[str]

    @property
    def exit_code(self) -> int: ...

    def as_json(self) -> dict[str, Any]: ...


def conclude(command: str, report: _Report, rows: Mapping[str, Row], as_json: bool) -> NoReturn:
    """Print problems and summary, or one JSON object, and exit with the report's exit code."""
    report.problems = with_settings_problems(report.problems)
    if as_json:
        print_json(command, report.as_json())
    else:
        print_problems(report.problems)
        counts = {"files written": len(report.written), "problems": len(report.problems)}
        print_summary({**rows, **counts}, report.written)
    sys.exit(report.exit_code)


def finish(
    command: str, report: RunReport, rows: Mapping[str, Row], as_json: bool, hints: Sequence[str] = ()
) -> NoReturn:
    """Print problems, summary and hints, and exit with the report's exit code."""
    report.problems = with_settings_problems(report.problems)
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
    if report.is_dry:
        rows = {DRY.get(name, name): count for name, count in rows.items()}
    print_summary({**rows, "problems": len(report.problems)}, report.written)
    if is_quiet():
        sys.exit(report.exit_code)
    if report.unsourced:
        strings, them = ("strings have", "them") if report.unsourced > 1 else ("string has", "it")
        hint = "" if report.english else f"; --english finds {them}"
        say(f"{report.unsourced:,} translated {strings} no source here{hint}")
    for text in hints:
        say(text)
    sys.exit(report.exit_code)


def print_json(command: str, report: dict[str, Any]) -> None:
    """Print a report as one JSON object."""
    import json  # people read no JSON

    hand_over(json.dumps({"command": command} | report, indent=2))


def table_console() -> Console:
    """Return a console of the terminal's width; in a pipe, one as wide as any table."""
    from rich.console import Console

    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    # Else FORCE_COLOR alone would decide, and leave bold letters where NO_COLOR forbids colours.
    is_forced = False if os.environ.get("NO_COLOR") and not is_terminal else None
    return Console(highlight=False, force_terminal=is_forced, width=None if is_terminal else 10_000)


def print_problems(problems: Iterable[Problem]) -> None:
    """Print the problems on stderr, one per line, as a compiler does."""
    for problem in problems:
        say(_coloured(problem), to_stderr=True)


def _coloured(problem: Problem) -> str:
    place, code, message = str(problem).partition(f": {problem.code}: ")
    return click.style(place, bold=True) + click.style(code, fg="yellow") + message


def print_summary(rows: Mapping[str, Row], written: Iterable[str] = ()) -> None:
    """Print a table of names and counts on stdout, and before it with -v the names of `written` files."""
    if is_quiet():
        return
    for name in written if _is_wanted(_VERBOSE) else ():
        say(f"written: {name}")
    counts = {name: count if isinstance(count, tuple) else (count, None) for name, count in rows.items()}
    cells = [
        (name, f"{messages:,}", "" if words is None else f"{words:,} words")
        for name, (messages, words) in counts.items()
    ]
    names, numbers, texts = (max(map(len, column)) for column in zip(*cells, strict=True))
    for name, number, text in cells:
        colour = "cyan" if name != "problems" else "yellow" if rows[name] else "green"
        say(f"{click.style(name.ljust(names), fg=colour)}  {number:>{numbers}}  {text:>{texts}}".rstrip())
