"""What the checks say of a message: its notes in the PO file, its place in an order, a refusal."""

from __future__ import annotations

import re
from collections.abc import Sequence

from l10n.catalogue import Message
from l10n.checks import CHECKS, Check, Finding, Pair, Severity

_ACCEPTED = re.compile(r"^[ \t]*+l10n:[ \t]*+ok[ \t]++(.++)$", re.MULTILINE)
_RISKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
NO_RISK = 2
"""Of a message without errors and warnings."""
MARK = "check: "
"""What the notes begin with."""


def pair_of(message: Message, locale: str) -> Pair:
    """A message as the checks take it; `locale` is gettext's name."""
    kind = message.note.kind if message.note else "paragraph"
    return Pair(message.source, message.translation, kind, locale)


def accepted_in(comment: str) -> frozenset[str]:
    """The checks that a reviewer's comment accepts: `l10n: ok link-destination, number`."""
    return frozenset(
        name for line in _ACCEPTED.findall(comment) for name in re.split(r"[,\s]+", line) if name
    )


class Judge:
    """Runs `checks` on each distinct pair once, and says what follows for its messages.

    Law 2: what the comment of a message accepts (`l10n: ok NAME`) is neither noted nor refused.
    """

    def __init__(self, checks: Sequence[Check] | None = None) -> None:
        """`checks` are by default CHECKS."""
        self._checks = CHECKS if checks is None else checks
        self._found: dict[Pair, list[tuple[Check, Finding]]] = {}

    def notes_for(self, message: Message, locale: str) -> tuple[str, ...]:
        """A line for each error and warning, the worst first: `check: link destination differs: …`."""
        found = [item for item in self._findings(message, locale) if _RISKS[item[0].severity] < NO_RISK]
        found.sort(key=lambda item: _RISKS[item[0].severity])
        return tuple(MARK + " ".join(finding.message.split()) for _, finding in found)

    def risk(self, message: Message, locale: str) -> int:
        """A key that sorts messages with errors first, then warnings, then the rest."""
        severities = (check.severity for check, _ in self._findings(message, locale))
        return min((*(_RISKS[severity] for severity in severities), NO_RISK))

    def error_in(self, message: Message, locale: str) -> str | None:
        """Why a strict merge does not use the translation: its first error, or None."""
        for check, finding in self._findings(message, locale):
            if check.severity is Severity.ERROR:
                return f"{check.name}: {finding.message}"
        return None

    def _findings(self, message: Message, locale: str) -> list[tuple[Check, Finding]]:
        if message.obsolete or not message.translation:
            return []
        pair = pair_of(message, locale)
        if pair not in self._found:
            self._found[pair] = [(check, finding) for check in self._checks for finding in check.find(pair)]
        accepted = accepted_in(message.comment)
        return [item for item in self._found[pair] if item[0].name not in accepted]
