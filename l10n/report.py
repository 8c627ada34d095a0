"""What a run did: counts, problems, and the exit code that follows from them."""

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
    """How many messages, and how many words their sources have (see `words`)."""

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
    """How many articles of it the PO file knows."""


@dataclass(slots=True)
class Report:
    """What `extract` or `merge` did."""

    articles: int = 0
    """Annotated articles read."""
    units: int = 0
    messages: int = 0
    """Messages in use, over all PO files; obsolete ones are not counted."""
    reviewed: int = 0
    """Those of them that are translated and not fuzzy."""
    obsolete: int = 0
    changes: dict[str, Tally] = field(default_factory=dict)
    """What an extract did with the messages, by outcome."""
    moved: list[Moved] = field(default_factory=list)
    """The folders of articles that an extract found under another name."""
    retranslated: list[Retranslation] = field(default_factory=list)
    """Those kept against a new machine translation, in order."""
    changed: int = 0
    """Units that a merge gave another target than the article had."""
    ignored: int = 0
    """Files that are no annotated articles: they have neither units nor a locale."""
    unsourced: int = 0
    """Translated strings whose source is not known: only the English files have it."""
    english: EnglishCount | None = None
    """What became of the English files, if they were named."""
    written: list[str] = field(default_factory=list)
    """Files written, as the user would name them; what was the same already is not written."""
    removed: list[str] = field(default_factory=list)
    """Files that a merge removed because their articles are gone."""
    problems: list[Problem] = field(default_factory=list)

    def count(self, messages: Sequence[Message]) -> None:
        """Add the messages of a PO file to the counts."""
        obsolete = sum(message.obsolete for message in messages)
        self.obsolete += obsolete
        self.messages += len(messages) - obsolete
        self.reviewed += sum(message.is_reviewed for message in messages)

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

    def count_english(self, seen: Iterable[Lookups]) -> None:
        """Tell what became of the English files, of all articles together."""
        self.english, problems = summed(seen)
        self.problems += problems

    @property
    def exit_code(self) -> int:
        """0 if all went well, 1 if there are problems, 70 if one is a fault of l10n's own."""
        return exit_code(self.problems)

    def as_json(self) -> dict[str, Any]:
        """The report in JSON's types, but for the list `retranslated`, which can be long."""
        found = asdict(self)
        del found["retranslated"]
        return found
