"""What was found when English files were looked up: counts and problems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from l10n.problems import Problem


@dataclass(slots=True)
class EnglishCount:
    """Counts of the articles' English files."""

    proved: int = 0
    """The number of articles whose English file was found and verified by its hash."""
    unproved: int = 0
    """The number of articles whose English file was found by its path alone."""
    mismatched: int = 0
    """The number of articles whose English file is another version."""
    missing: list[str] = field(default_factory=list)
    """Articles without an English file, as the user would name them."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An English file that is another version."""

    problem: Problem
    path: str
    depth: int
    """The number of leading folders of the article's path that were left out to find the file."""


@dataclass(slots=True)
class Lookups:
    """Counts and problems of one batch's lookups; `summed` adds up several."""

    proved: int = 0
    unproved: int = 0
    missing: list[str] = field(default_factory=list)
    mismatches: list[Mismatch] = field(default_factory=list)
    depths: set[int] = field(default_factory=set)
    """For each file found, the number of leading folders of the article's path that were left out."""
    broken: Problem | None = None

    def to_tuple(self) -> tuple[Any, ...]:
        """Return the lookups as tuples of plain values."""
        mismatches = [(one.problem.to_tuple(), one.path, one.depth) for one in self.mismatches]
        broken = self.broken and self.broken.to_tuple()
        return self.proved, self.unproved, self.missing, mismatches, sorted(self.depths), broken

    @classmethod
    def from_tuple(cls, found: Sequence[Any]) -> Lookups:
        """Return the lookups that `to_tuple` returned as `found`."""
        proved, unproved, missing, mismatches, depths, broken = found
        different = [Mismatch(Problem(*problem), path, depth) for problem, path, depth in mismatches]
        return cls(proved, unproved, missing, different, set(depths), broken and Problem(*broken))


def summed(parts: Iterable[Lookups]) -> tuple[EnglishCount, list[Problem]]:
    """Return counts and problems of all articles' lookups.

    Read errors matter only if an article has no English file. A file with another hash, found by
    fewer folders of the article's path than any verified one, is not the article's: it counts as missing.
    """
    parts = list(parts)
    count = EnglishCount(sum(part.proved for part in parts), sum(part.unproved for part in parts))
    count.missing = [path for part in parts for path in part.missing]
    mismatches = [mismatch for part in parts for mismatch in part.mismatches]
    depths = {depth for part in parts for depth in part.depths}
    broken = next((part.broken for part in parts if part.broken), None)
    problems = [broken] if broken and (mismatches or count.missing) else []
    for mismatch in mismatches:
        if not depths or mismatch.depth <= max(depths):
            problems.append(mismatch.problem)
            count.mismatched += 1
        else:
            count.missing.append(mismatch.path)
    count.missing.sort()
    return count, problems
