"""Problems: a fault, its place, and advice.

Law 3, nothing is silent: what cannot be read, matched or written becomes a `Problem` with path, line, column,
a stable code and advice. Problems are data: they are collected and passed on, so that one bad file never
stops the others. An unforeseen exception does not stop them either: it becomes the problem `internal-error`
of its file.

Law 5, input is hostile: nothing foreign is printed raw. Path and message of a problem are printable by
construction, whatever they were made from.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from l10n.printable import printable

EX_SOFTWARE = 70
"""The exit code of a run in which l10n itself failed (sysexits.h), for one file or as a whole."""
DEBUG = "L10N_DEBUG"
"""The environment variable that enables tracebacks of unforeseen exceptions."""
_LONGEST = 200
"""Maximum number of characters of an exception's text in a message."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A problem to report to the user; sorts by place, can be pickled."""

    path: str
    """The file as the user would name it, with forward slashes."""
    line: int
    """1-based; 1 if no line applies (a folder, a file that cannot be opened)."""
    column: int
    """1-based, in characters."""
    code: str
    """A stable name, documented in docs/problems.md."""
    message: str
    """The fault, then what was done or what to do about it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "path", printable(self.path))
        object.__setattr__(self, "message", printable(self.message))

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code}: {self.message}"

    def to_tuple(self) -> tuple[str, int, int, str, str]:
        """Return the values from which it can be made again."""
        return self.path, self.line, self.column, self.code, self.message


class L10nError(Exception):
    """A file that cannot be used at all; carries the problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(self.problem)


def exception_text(error: BaseException) -> str:
    """Return the text of an unforeseen exception, on one line; DEBUG also prints its traceback to stderr."""
    if os.environ.get(DEBUG) and sys.stderr:
        import traceback  # few errors are unforeseen

        for line in "".join(traceback.format_exception(error)).splitlines():
            print(printable(line), file=sys.stderr)
    text = printable(str(error))
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def internal_error(label: str, error: str) -> Problem:
    """Return the problem of a file at which l10n itself failed; `error` is the result of `exception_text`."""
    message = (
        f"{error}; l10n failed at this file, which was left out: this is a fault of l10n, "
        f"please report it, with the file and what {DEBUG}=1 prints"
    )
    return Problem(label, 1, 1, "internal-error", message)


@contextmanager
def isolated(label: str, problems: list[Problem]) -> Iterator[None]:
    """Add any error with the file named `label` to `problems`, so that other files are unaffected.

    An interruption (KeyboardInterrupt) is not caught.
    """
    try:
        yield
    except L10nError as error:
        problems.append(error.problem)
    except Exception as error:
        problems.append(internal_error(label, exception_text(error)))


def exit_code(problems: Sequence[Problem]) -> int:
    """Return 0 if there are no problems, EX_SOFTWARE if one is l10n's own fault, otherwise 1."""
    if any(problem.code == "internal-error" for problem in problems):
        return EX_SOFTWARE
    return 1 if problems else 0


class WithProblems:
    """A report with problems; the base of all reports whose exit code follows from these alone."""

    __slots__ = ()
    problems: list[Problem]

    @property
    def exit_code(self) -> int:
        """0 without problems, 70 if one is an internal error, otherwise 1."""
        return exit_code(self.problems)
