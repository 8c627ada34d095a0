"""Articles read for extract, one by one in any process.

Law 3, nothing is silent: an article that cannot be read becomes a problem, and the others go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from l10n import po
from l10n.article import Article, Unit, Unmatched, parse
from l10n.article.contentlocale import locale_of
from l10n.catalogue import Segment
from l10n.catalogue.header import Scope
from l10n.catalogue.pairs import pairs_of
from l10n.english.lookups import Lookups
from l10n.english.plain_units import with_sources
from l10n.files import Root
from l10n.jobs.job import Data
from l10n.problems import L10nError, Problem

if TYPE_CHECKING:
    from l10n.english.english import English


class Reading(NamedTuple):
    """The result of reading an article; compact and picklable."""

    reference: str
    problems: list[Problem]
    is_read: bool = False
    """False if it could not be read; then the problems say why."""
    locale: str | None = None
    """gettext's name; None if it is no annotated article."""
    records: Sequence[Segment] = ()
    """The units that a PO file can hold, in order."""
    units: int = 0
    """The number of all its units."""
    unsourced: int = 0
    handoff: str | None = None
    is_plain: bool = False
    """True if the article has no annotation, but was translated by a publisher or has an English file."""
    unmatched: Sequence[Unmatched] = ()
    """The sentences of a plain article that have no counterpart."""


@dataclass(frozen=True, slots=True)
class Reader:
    """The job of reading articles, named by their references from `root`."""

    root: Root
    fallback: str | None
    """gettext's name of the locale of articles without one."""
    english: English | None
    scope: tuple[str, ...] = ()
    """The folders and articles that the user named."""

    def size(self, reference: str) -> int:
        """Return the size of an article in bytes."""
        return self.root.size(reference)

    def load(self, reference: str) -> Data:
        """Return the bytes of an article."""
        return self.root.load(reference)

    def run(self, references: Sequence[str], data: Iterable[Data]) -> tuple[list[Reading], Lookups | None]:
        """Return the articles read, and the lookups of their English files."""
        with self.english.fresh() if self.english else nullcontext() as english:
            read = [self._read(name, found, english) for name, found in zip(references, data, strict=True)]
        return read, english.lookups if english else None

    def _read(self, reference: str, data: Data, english: English | None) -> Reading:
        label = self.root.label(reference)
        if not po.can_refer_to(reference):
            return Reading(reference, [bad_name(label)])
        if isinstance(data, Problem):
            return Reading(reference, [data])
        article = parse(data, label)
        problems = list(article.problems)
        file = None
        if english and (article.is_publishers or english.takes_unproved):
            file = english.of(article, self.root.path / reference, Scope(self.scope).path_below(reference))
        if not article.is_publishers and file is None:
            return Reading(reference, problems, is_read=True)
        try:
            locale = locale_of(article, self.fallback)
        except L10nError as error:
            return Reading(reference, [*problems, error.problem])
        is_plain = not article.is_annotated
        article = with_sources(article, file)
        pairs = pairs_of(article, reference)
        return Reading(
            reference,
            problems + [_unstorable(article, unit) for unit in pairs.unstorable],
            True,
            locale,
            pairs.records,
            len(article.units),
            article.unsourced,
            article.metadata.lasthandoff,
            is_plain,
            article.unmatched,
        )


def bad_name(label: str) -> Problem:
    """Return the problem of a file whose name no PO file can hold."""
    return Problem(label, 1, 1, "bad-file-name", "its name holds characters that a PO file cannot; rename it")


def _unstorable(article: Article, unit: Unit) -> Problem:
    message = (
        f"unit {unit.id} holds characters that a PO file cannot (NUL, EOT or bytes that are not "
        "UTF-8); it stays as it is: mend the article"
    )
    return article.problem(unit.start, code="cannot-store", message=message)
