"""A merge driver for git: three versions of a PO file in, the merged one out.

Law 3, nothing is silent: what both sides translated, each in its own way, is a problem of the
line in the file. Law 1, nothing is lost: what is not a PO file that `po` can read is
merged by git's own driver for text.
"""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from l10n import po
from l10n.catalogue import Catalogue
from l10n.catalogue.threeway import three_way
from l10n.english.git import find_program
from l10n.files import Root
from l10n.limits import PO_BYTES
from l10n.po.entries import LEFT_ALONE
from l10n.problems import L10nError, Problem


class Merged(NamedTuple):
    """The result of a merge."""

    problems: list[Problem]
    exit_code: int
    """0 if it is merged, another number if git is to list it as conflicted."""


def merge_driver(base: Path, ours: Path, theirs: Path, label: str) -> Merged:
    """Merge what `ours` and `theirs` made of `base` into `ours`, message by message.

    All three are files; an empty `base` means that there was none. `label` is how to name
    the file to the user. Raises L10nError if a file cannot be read or written.
    """
    versions = [_read(path) for path in (base, ours, theirs)]
    by_line = _merge_lines(base, ours, theirs)
    try:
        catalogues = [
            _catalogue(data, label, whose)
            for data, whose in zip(versions, ("the common", "our", "their"), strict=True)
        ]
    except L10nError as error:
        if by_line is None:
            return Merged([_with(error.problem, "it cannot be merged, and is as it was: take one side's")], 1)
        _write(ours, versions[1], by_line.stdout)
        advice = "the file was merged line by line, as without l10n: look it over"
        return Merged([_with(error.problem, advice)], by_line.returncode)
    merged = three_way(*catalogues)
    data = po.proved(merged.catalogue, None, label)
    if by_line and by_line.returncode == 0 and _say_the_same(by_line.stdout, data, merged.catalogue, label):
        data = by_line.stdout  # with the line breaks that other tools put into long texts
    _write(ours, versions[1], data)
    if not merged.conflicts:
        return Merged([], 0)
    lines = po.message_lines(data, label)
    return Merged([_conflict(label, lines[number]) for number in merged.conflicts], 1)


def _merge_lines(base: Path, ours: Path, theirs: Path) -> subprocess.CompletedProcess[bytes] | None:
    """Return the result of git's own text merge; None if they are no text, or there is no git."""
    names = [argument for name in ("ours", "base", "theirs") for argument in ("-L", name)]
    git = find_program("git")
    if git is None:
        return None
    command = [git, "merge-file", "-p", *names, "--", str(ours), str(base), str(theirs)]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return None
    return done if done.returncode <= _MOST_CONFLICTS else None


_MOST_CONFLICTS = 127
"""The highest exit code of `git merge-file` that counts conflicts; from 128 on it failed."""


def _catalogue(data: bytes, label: str, whose: str) -> Catalogue:
    """The catalogue of one version; raises L10nError (`bad-po`) if it does not hold all that is there."""
    if not data and whose == "the common":
        return Catalogue()
    try:
        catalogue = po.read(data, label)
    except L10nError as error:
        reason = error.problem.message.removesuffix(f"; {LEFT_ALONE}")
        raise _not_by_message(label, error.problem.line, whose, reason) from error
    plurals, end = catalogue.foreign.plurals, catalogue.foreign.end
    if plurals or end:
        lines = plurals[0].lines if plurals else end
        what = "plural forms" if plurals else "comments behind the last message"
        raise _not_by_message(label, _line_of(data, lines), whose, f"there are {what}")
    return catalogue


def _line_of(data: bytes, lines: str) -> int:
    """Return the 1-based line at which lines of another tool begin."""
    at = data.find(lines.partition("\n")[0].encode())
    return data.count(b"\n", 0, max(0, at)) + 1


def _say_the_same(data: bytes, other: bytes, catalogue: Catalogue, label: str) -> bool:
    """Return True if `data` is a PO file of `catalogue`, as `other` is."""
    if data == other:
        return True
    try:
        found = po.read(data, label)
    except L10nError:
        return False
    return found == catalogue and list(found.header) == list(catalogue.header)


def _read(path: Path) -> bytes:
    return Root.at(path.parent).read(path.name, PO_BYTES)


def _write(path: Path, old: bytes, data: bytes) -> None:
    Root.at(path.parent).replace(path.name, old, data)


def _not_by_message(label: str, line: int, whose: str, reason: str) -> L10nError:
    return L10nError(Problem(label, line, 1, "bad-po", f"in {whose} version {reason}"))


def _with(problem: Problem, advice: str) -> Problem:
    return replace(problem, message=f"{problem.message}; {advice}")


def _conflict(label: str, line: int) -> Problem:
    message = (
        "both sides translated this message, each in its own way; ours is kept as fuzzy, theirs in its "
        "comment: settle it in Poedit, then git add the file"
    )
    return Problem(label, line, 1, "po-conflict", message)
