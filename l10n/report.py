"""The results of extract and merge: counts, problems, and the exit code that follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from l10n import words
from l10n.catalogue import Message
from l10n.catalogue.deciding import Change, Outcome
from l10n.english import EnglishCount, Lookups, summed
from l10n.problems import Problem, exit_code


@dataclass(slots=True)
class Tally:
    """A number of messages, and the words of their sources (see `words`)."""

    messages: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Retranslation:
    """A message whose reviewed translation was kept against what the delivery brings."""

    path: str
    """Its PO file, as the user would name it."""
    source: str
    translation: str
    delivered: tuple[str, ...]
    """The delivered targets; they may be better."""
    places: tuple[str, ...]
    """`article:line`, from the PO file's basepath."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A folder of articles, or an article, that a PO file knew by another name."""

    path: str
    """The PO file, as the user would name it."""
    old: str
    """The name that it had, from the PO file's basepath."""
    new: str
    articles: int
    """The number of its articles that the PO file knows."""


@dataclass(slots=True)
class ExtractReport:
    """The result of an `extract`."""

    articles: int = 0
    """Annotated articles read."""
    units: int = 0
    messages: int = 0
    """Messages in use, over all PO files; obsolete ones are not counted."""
    reviewed: int = 0
    """Those of them that are translated and not fuzzy."""
    obsolete: int = 0
    changes: dict[str, Tally] = field(default_factory=dict)
    """The messages by what the update did with them (the values of `Outcome`)."""
    moved: list[Moved] = field(default_factory=list)
    """The folders of articles that were found under another name."""
    retranslated: list[Retranslation] = field(default_factory=list)
    """The messages kept against a new machine translation, in order."""
    ignored: int = 0
    """Files that are no annotated articles: they have neither units nor a locale."""
    unsourced: int = 0
    """Translated strings whose source is not known: only the English files have it."""
    english: EnglishCount | None = None
    """The counts of the English files, if they were named."""
    written: list[str] = field(default_factory=list)
    """PO files written, as the user would name them; one that would not change is not written."""
    problems: list[Problem] = field(default_factory=list)

    def count(self, messages: Sequence[Message]) -> None:
        """Add the messages of a PO file."""
        _count(self, messages)

    def count_changes(self, changes: Iterable[Change], path: str) -> None:
        """Add what an update did with the messages of the PO file `path`."""
        for outcome in Outcome:
            self.changes.setdefault(outcome.value, Tally())
        for outcome, message, delivered, *_ in changes:
            tally = self.changes[outcome.value]
            tally.messages += 1
            tally.words += words.count(message.source)
            if delivered:
                places = tuple(f"{place.path}:{place.line}" for place in message.places)
                self.retranslated.append(
                    Retranslation(path, message.source, message.translation, delivered, places)
                )

    def count_english(self, lookups: Iterable[Lookups]) -> None:
        """Sum up the lookups of English files, of all articles together."""
        self.english, problems = summed(lookups)
        self.problems += problems

    @property
    def exit_code(self) -> int:
        """0 if all went well, 1 if there are problems, 70 if one is a fault of l10n's own."""
        return exit_code(self.problems)

    def as_json(self) -> dict[str, Any]:
        """Return the report in JSON's types, but for the list `retranslated`, which can be long."""
        found = asdict(self)
        del found["retranslated"]
        return found


@dataclass(slots=True)
class MergeReport:
    """The result of a `merge`."""

    articles: int = 0
    """Annotated articles rebuilt."""
    units: int = 0
    messages: int = 0
    """Messages in use, over all PO files; obsolete ones are not counted."""
    reviewed: int = 0
    """Those of them that are translated and not fuzzy."""
    obsolete: int = 0
    changed: int = 0
    """Units that have another target now than the article had."""
    unsourced: int = 0
    """Translated strings whose source is not known: only the English files have it."""
    english: EnglishCount | None = None
    """The counts of the English files, if they were named."""
    written: list[str] = field(default_factory=list)
    """Articles written, as the user would name them; one that would not change is not written."""
    removed: list[str] = field(default_factory=list)
    """Files that were removed because their articles are gone."""
    problems: list[Problem] = field(default_factory=list)

    def count(self, messages: Sequence[Message]) -> None:
        """Add the messages of a PO file."""
        _count(self, messages)

    def count_english(self, lookups: Iterable[Lookups]) -> None:
        """Sum up the lookups of English files, of all articles together."""
        self.english, problems = summed(lookups)
        self.problems += problems

    @property
    def exit_code(self) -> int:
        """0 if all went well, 1 if there are problems, 70 if one is a fault of l10n's own."""
        return exit_code(self.problems)

    def as_json(self) -> dict[str, Any]:
        """Return the report in JSON's types."""
        return asdict(self)


def _count(report: ExtractReport | MergeReport, messages: Sequence[Message]) -> None:
    obsolete = sum(message.obsolete for message in messages)
    report.obsolete += obsolete
    report.messages += len(messages) - obsolete
    report.reviewed += sum(message.is_reviewed for message in messages)
