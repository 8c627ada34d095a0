"""What went wrong, where, and what to do about it.

Law 3, nothing is silent: what cannot be read, matched or written becomes a
`Problem` with path, line, column, a stable code and advice. Problems are data:
they are collected and handed on, so that one bad file never stops the others.

Law 5, input is hostile: nothing foreign is printed raw. Path and message of a problem are printable by
construction, whatever they were made of.
"""

from __future__ import annotations

from dataclasses import dataclass

from l10n.printable import printable


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to tell the user; sorts by place, survives pickling."""

    path: str
    """The file as the user would name it, with forward slashes."""
    line: int
    """1-based; 1 where there is no line to name (a folder, a file that cannot be opened)."""
    column: int
    """1-based, in characters."""
    code: str
    """A stable name, documented in docs/problems.md."""
    message: str
    """What is the matter, then what was done or what to do about it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "path", printable(self.path))
        object.__setattr__(self, "message", printable(self.message))

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code}: {self.message}"


class L10nError(Exception):
    """A file that cannot be used at all; carries the problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(self.problem)
