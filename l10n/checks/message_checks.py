"""Findings of messages: their notes in the PO file, the worst of them, the errors that refuse them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from l10n.catalogue import Message
from l10n.checks import CHECKS, Check, Pair, Severity
from l10n.checks.runner import CheckRunner, Found, with_own_severities

_ACCEPTED = re.compile(r"^[ \t]*+l10n:[ \t]*+ok[ \t]++(.++)$", re.MULTILINE)
_NOTED = {Severity.ERROR: 0, Severity.WARNING: 1}
"""The severities that are noted in messages, the worst first."""


def pair_of(message: Message, locale: str) -> Pair:
    """Return the pair of a message for the checks; `locale` is gettext's name."""
    kind = message.note.kind if message.note else "paragraph"
    return Pair(message.source, message.translation, kind, locale)


def accepted_in(comment: str) -> frozenset[str]:
    """Return the checks that a translator comment accepts: `l10n: ok link-destination, number`."""
    return frozenset(
        name for line in _ACCEPTED.findall(comment) for name in re.split(r"[,\s]+", line) if name
    )


class MessageChecks:
    """Runs checks on each distinct pair once, and returns notes, severities and errors of messages.

    Law 2: a finding that the comment of a message accepts (`l10n: ok NAME`) is neither noted nor refused.
    """

    def __init__(self, checks: Sequence[Check] | None = None) -> None:
        """Run `checks`; by default CHECKS."""
        self.runner = CheckRunner(with_own_severities(CHECKS if checks is None else checks))

    def notes_for(self, message: Message, locale: str) -> tuple[str, ...]:
        """Return a line for each error and warning, the worst first.

        The name of the check comes first, since that is what a comment accepts: `check number (error): 15 is
        missing; …`.
        """
        found = [one for one in self._findings(message, locale) if one.severity in _NOTED]
        found.sort(key=lambda one: _NOTED[one.severity])
        return tuple(
            f"check {one.check} ({one.severity}): {' '.join(one.finding.message.split())}" for one in found
        )

    def worst(self, message: Message, locale: str) -> Severity | None:
        """Return the severity of the worst finding, or None without an error or warning."""
        found = (one.severity for one in self._findings(message, locale) if one.severity in _NOTED)
        return min(found, key=_NOTED.__getitem__, default=None)

    def error_in(self, message: Message, locale: str) -> str | None:
        """Return the first error, for which a strict merge refuses the translation, or None."""
        for one in self._findings(message, locale):
            if one.severity is Severity.ERROR:
                return f"{one.check}: {one.finding.message}"
        return None

    def _findings(self, message: Message, locale: str) -> list[Found]:
        if message.obsolete or not message.translation:
            return []
        accepted = accepted_in(message.comment)
        return [one for one in self.runner.findings(pair_of(message, locale)) if one.check not in accepted]
