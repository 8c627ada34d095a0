"""What the checks say of a pair in one word or line: for a note in the PO, an order, a refusal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from l10n.checks import CHECKS, Check, Finding, Pair, Severity

_RISKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
NO_RISK = 3


def notes_for(
    pairs: Iterable[Pair], *, checks: Sequence[Check] = CHECKS, least: Severity = Severity.WARNING
) -> dict[Pair, tuple[str, ...]]:
    """The notes to show a reviewer beside each pair that has findings: `check: link destination differs: …`.

    Each is one line, worst first. `least` is the least severity that is noted.
    """
    notes: dict[Pair, tuple[str, ...]] = {}
    for pair in pairs:
        if pair in notes:
            continue
        found = [
            (check, finding)
            for check, finding in _found(pair, checks)
            if _RISKS[check.severity] <= _RISKS[least]
        ]
        if found:
            found.sort(key=lambda item: _RISKS[item[0].severity])
            notes[pair] = tuple(f"check: {' '.join(finding.message.split())}" for _, finding in found)
    return notes


def risk(pair: Pair, *, accepted: Collection[str] = (), checks: Sequence[Check] = CHECKS) -> int:
    """A key that sorts pairs with errors first, then warnings, notes, and the rest."""
    severities = (check.severity for check, _ in _found(pair, checks) if check.name not in accepted)
    return min((_RISKS[severity] for severity in severities), default=NO_RISK)


def error_in(pair: Pair, *, accepted: Collection[str] = (), checks: Sequence[Check] = CHECKS) -> str | None:
    """Why a strict merge would not use the target: its first error, or None.

    `accepted` are the checks that the message's comment accepts.
    """
    for check, finding in _found(pair, checks):
        if check.severity is Severity.ERROR and check.name not in accepted:
            return f"{check.name}: {finding.message}"
    return None


def _found(pair: Pair, checks: Sequence[Check]) -> Iterator[tuple[Check, Finding]]:
    for check in checks:
        for finding in check.find(pair):
            yield check, finding
