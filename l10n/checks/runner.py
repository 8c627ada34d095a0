"""The one runner of checks: for check, fix, extract --check and merge --strict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from l10n.checks.pair import Check, Finding, Pair, Severity

Judged = Sequence[tuple[Check, Severity]]
"""Checks, each with the severity that its findings get."""


class Found(NamedTuple):
    """A finding, and the check that reports it."""

    check: str
    severity: Severity
    finding: Finding


class CheckRunner:
    """Runs checks on each distinct pair once.

    Law 5, no input makes the time explode: a pair that occurs many times is checked once.
    """

    def __init__(self, checks: Judged) -> None:
        self._checks = checks
        self._found: dict[Pair, list[Found]] = {}

    def findings(self, pair: Pair) -> Sequence[Found]:
        """Return all findings in a pair, in the order of the checks."""
        if pair not in self._found:
            self._found[pair] = [
                Found(check.name, severity, finding)
                for check, severity in self._checks
                for finding in check.find(pair)
            ]
        return self._found[pair]


def with_own_severities(checks: Iterable[Check]) -> Judged:
    """Return checks with the severities that they have by default."""
    return [(check, check.severity) for check in checks]
