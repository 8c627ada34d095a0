"""What a run did: counts, problems, and the exit code that follows from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from l10n.catalogue import Message
from l10n.problems import Problem

Progress = Callable[[int, int], None]
"""Told after each article how many are done, of how many."""


@dataclass(slots=True)
class EnglishCount:
    """The English files of the articles."""

    proved: int = 0
    """Articles whose English file was found, and is the one by its hash."""
    mismatched: int = 0
    """Articles whose English file is another version."""
    missing: list[str] = field(default_factory=list)
    """Articles without an English file, as the user would name them."""


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
    added: int = 0
    """Messages that an extract added to a PO file."""
    retired: int = 0
    """Messages with a reviewer's work in them that became obsolete in an extract."""
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
    problems: list[Problem] = field(default_factory=list)

    def count(self, messages: Sequence[Message]) -> None:
        """Add the messages of a PO file to the counts."""
        obsolete = sum(message.obsolete for message in messages)
        self.obsolete += obsolete
        self.messages += len(messages) - obsolete
        self.reviewed += sum(message.is_reviewed for message in messages)

    @property
    def exit_code(self) -> int:
        """0 if all went well, 1 if there are problems."""
        return 1 if self.problems else 0

    def as_json(self) -> dict[str, Any]:
        """The report in JSON's types."""
        return asdict(self)


def no_progress(done: int, total: int) -> None:
    """Take no notice."""
