"""The reports of extract and merge: counts, problems and the exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from l10n import words
from l10n.catalogue import Message
from l10n.catalogue.deciding import Change, Outcome
from l10n.english.lookups import EnglishCount, Lookups, summed
from l10n.problems import Problem, exit_code

if TYPE_CHECKING:
    from l10n.article import Unmatched


@dataclass(slots=True)
class Tally:
    """A number of messages, and of words in their sources (see `words`)."""

    messages: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Retranslation:
    """A message that keeps its reviewed translation against a new machine translation."""

    path: str
    """The PO file, as the user would name it."""
    source: str
    translation: str
    delivered: tuple[str, ...]
    """The delivered targets; they may be better."""
    places: tuple[str, ...]
    """`article:line`, from the PO file's basepath."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A folder of articles, or an article, that was renamed since the last extract."""

    path: str
    """The PO file, as the user would name it."""
    old: str
    """The old name, from the PO file's basepath."""
    new: str
    articles: int
    """The number of its articles in the PO file."""


@dataclass(frozen=True, slots=True)
class NoCounterpart:
    """A sentence of a plain article, or of its English file, that has no counterpart in the other one."""

    path: str
    """The article, as the user would name it."""
    side: Literal["source", "target"]
    """`source` if the English file has it, `target` if the article has it."""
    line: int
    """1-based line in the English file or in the article."""
    text: str


def no_counterparts(path: str, unmatched: Iterable[Unmatched]) -> list[NoCounterpart]:
    """Return the sentences of an article, known to the user as `path`, that have no counterpart."""
    return [
        NoCounterpart(path, "source" if one.is_english else "target", one.line, one.text) for one in unmatched
    ]


@dataclass(slots=True)
class RunReport:
    """The part of the report that extract and merge share."""

    articles: int = 0
    """Annotated articles read."""
    units: int = 0
    messages: int = 0
    """Messages of all PO files, without obsolete ones."""
    reviewed: int = 0
    """Messages that are translated and not fuzzy."""
    obsolete: int = 0
    unsourced: int = 0
    """Translated strings whose source is unknown, since only the English files have it."""
    english: EnglishCount | None = None
    """The counts of the English files, if they were named."""
    written: list[str] = field(default_factory=list)
    """Files written, as the user would name them; a file that would not change is not written."""
    removed: list[str] = field(default_factory=list)
    """Files removed: PO files of another split, or output of articles that are gone."""
    is_dry: bool = False
    """True if nothing was written or removed: the lists have what would be."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """As of all reports; 1 too if a dry run would write or remove a file."""
        return exit_code(self.problems) or int(self.is_dry and bool(self.written or self.removed))

    def count(self, messages: Sequence[Message]) -> None:
        """Add the messages of a PO file."""
        obsolete = sum(message.obsolete for message in messages)
        self.obsolete += obsolete
        self.messages += len(messages) - obsolete
        self.reviewed += sum(message.is_reviewed for message in messages)

    def count_english(self, lookups: Iterable[Lookups]) -> None:
        """Sum up the lookups of English files, of all articles together."""
        self.english, problems = summed(lookups)
        self.problems += problems

    def as_json(self) -> dict[str, Any]:
        """Return the report in JSON's types, without the list `retranslated`, which can be long."""
        found = asdict(self)
        found.pop("retranslated", None)
        return found


@dataclass(slots=True)
class MemoryCount:
    """The counts of the translation memories of an extract."""

    pairs: int = 0
    """The pairs read in the locales of the articles."""
    left_out: int = 0
    """Units with codes that their file does not hold."""
    seconds: float = 0.0
    """The time that reading took."""
    exact: Tally = field(default_factory=Tally)
    """Messages filled from the same source."""
    fuzzy: Tally = field(default_factory=Tally)
    """Messages filled from a similar source."""
    without: Tally = field(default_factory=Tally)
    """Messages to review that nobody has worked on, without a match."""

    def add(self, other: MemoryCount) -> None:
        """Add the matches in another PO file."""
        for own, more in (
            (self.exact, other.exact),
            (self.fuzzy, other.fuzzy),
            (self.without, other.without),
        ):
            own.messages += more.messages
            own.words += more.words


@dataclass(slots=True)
class ExtractReport(RunReport):
    """The report of `extract`."""

    changes: dict[str, Tally] = field(default_factory=dict)
    """The messages by outcome of the update (the values of `Outcome`)."""
    moved: list[Moved] = field(default_factory=list)
    """The renamed folders of articles."""
    retranslated: list[Retranslation] = field(default_factory=list)
    """The messages kept against a new machine translation, in order."""
    memory: MemoryCount | None = None
    """The counts of the translation memories, if any were named."""
    plain: int = 0
    """Articles without annotation whose English file was not found."""
    unmatched: list[NoCounterpart] = field(default_factory=list)
    """The sentences of plain articles and their English files that have no counterpart, in order."""
    ignored: int = 0
    """Files that are not annotated articles: they have neither units nor a locale."""
    excluded: int = 0
    """Files in the folders that were left out, as the user wanted."""

    def count_filled(self, before: Iterable[Message], after: Iterable[Message]) -> None:
        """Add the messages of a PO file that a memory filled in this run, and those that it left."""
        from l10n.memory import is_fillable, is_filled  # few runs have a memory

        assert self.memory
        known = {(message.source, message.delivered) for message in before if is_filled(message)}
        for message in after:
            if is_filled(message) and (message.source, message.delivered) not in known:
                tally = self.memory.fuzzy if message.is_carried_over else self.memory.exact
            elif is_fillable(message):
                tally = self.memory.without
            else:
                continue
            tally.messages += 1
            tally.words += words.count(message.source)

    def count_changes(self, changes: Iterable[Change], path: str) -> None:
        """Add the outcomes of the messages of the PO file `path`."""
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

    def add(self, other: ExtractReport) -> None:
        """Add what is told of another PO file."""
        self.written += other.written
        self.moved += other.moved
        self.problems += other.problems
        if self.memory and other.memory:
            self.memory.add(other.memory)
        self.messages += other.messages
        self.reviewed += other.reviewed
        self.obsolete += other.obsolete
        for outcome, tally in other.changes.items():
            own = self.changes.setdefault(outcome, Tally())
            own.messages += tally.messages
            own.words += tally.words
        self.retranslated += other.retranslated


@dataclass(slots=True)
class MergeReport(RunReport):
    """The report of `merge`."""

    changed: int = 0
    """Units whose target differs from that in the article."""
    held_back: int = 0
    """Articles that were left out, since too little of them is reviewed."""
    copied: int = 0
    """The files written that are copies: the other files of the publisher's tree."""
