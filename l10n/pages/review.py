"""The units of an article as a reviewer sees them: state, texts, findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from l10n.article import Article, Unit
from l10n.catalogue import Message
from l10n.checks import Pair
from l10n.checks.message_checks import accepted_in
from l10n.checks.runner import CheckRunner, Found
from l10n.doubts import Doubt
from l10n.words import count


class State(StrEnum):
    """The state of a unit, in words for the reviewer."""

    REVIEWED = "reviewed"
    NEEDS_REVIEW = "needs review"
    CARRIED_OVER = "carried over"
    UNTRANSLATED = "untranslated"
    DOUBTFUL = "doubtful alignment"
    OBSOLETE = "obsolete reference"
    """The PO file has the source, but not of this article: an older delivery was extracted."""
    NO_MESSAGE = "not in the PO file"


STYLES = {
    State.REVIEWED: ("reviewed", "✓"),
    State.NEEDS_REVIEW: ("review", "!"),
    State.CARRIED_OVER: ("carried", "↻"),
    State.UNTRANSLATED: ("empty", "∅"),
    State.DOUBTFUL: ("doubt", "?"),
    State.OBSOLETE: ("obsolete", "×"),
    State.NO_MESSAGE: ("none", "–"),
}
"""By state: the name of its style, and the sign that shows it without colour."""


class Reviewed(NamedTuple):
    """A unit with its message."""

    number: int
    unit: Unit
    shown: str
    """The target that merge writes now."""
    state: State
    message: Message | None
    doubts: Sequence[Doubt]
    findings: Sequence[Found]
    """The findings in `checked`."""

    @property
    def checked(self) -> str:
        """The translation to review: that of the PO file, if it has one."""
        return self.message.translation if self.message and self.message.translation else self.shown

    @property
    def words(self) -> int:
        """The number of words of the source."""
        return count(self.unit.source)

    @property
    def is_open(self) -> bool:
        """True if somebody has to look at it."""
        return self.state is not State.REVIEWED


def reviewed_units(
    article: Article,
    targets: Sequence[str],
    messages: Mapping[int, Message],
    locale: str,
    runner: CheckRunner,
    is_obsolete: Callable[[str, Message | None], bool],
) -> list[Reviewed]:
    """Return the units of an article; `messages` has their messages by the start of the unit.

    `is_obsolete` returns True if the PO file has the source, or this message, but not of this article.
    """
    found = []
    for number, (unit, shown) in enumerate(zip(article.units, targets, strict=True)):
        message = messages.get(unit.start)
        doubts = article.doubts.get(unit.start, ())
        state = State.OBSOLETE if is_obsolete(unit.source, message) else _state(message, doubts)
        one = Reviewed(number, unit, shown, state, message, doubts, ())
        pair = Pair(unit.source, one.checked, unit.kind.value, locale)
        accepted = accepted_in(message.comment) if message else frozenset()
        findings = [finding for finding in runner.findings(pair) if finding.check not in accepted]
        found.append(one._replace(findings=findings))
    return found


def _state(message: Message | None, doubts: Sequence[Doubt]) -> State:
    if message is None:
        return State.NO_MESSAGE
    if message.is_reviewed:
        return State.REVIEWED
    if not message.translation:
        return State.UNTRANSLATED
    if message.is_carried_over:
        return State.CARRIED_OVER
    return State.DOUBTFUL if Doubt.UNCERTAIN in doubts else State.NEEDS_REVIEW
