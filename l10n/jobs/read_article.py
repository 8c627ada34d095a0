"""Articles read for extract, one by one in any process.

Law 3, nothing is silent: an article that cannot be read becomes a problem, and the others go on.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from l10n import po
from l10n.article import Article, Unit, Unmatched, parse
from l10n.article.contentlocale import locale_of
from l10n.catalogue import Place, Segment
from l10n.catalogue.header import Scope
from l10n.catalogue.pairs import pairs_of
from l10n.doubts import Doubt
from l10n.english.lookups import Lookups
from l10n.english.plain_units import with_sources
from l10n.files import Root
from l10n.jobs.job import Data, Packed
from l10n.problems import L10nError, Problem

if TYPE_CHECKING:
    from l10n.english.english import English


class Reading(NamedTuple):
    """The result of reading an article."""

    reference: str
    problems: list[Problem]
    is_read: bool = False
    """False if it could not be read; then the problems say why."""
    locale: str | None = None
    """gettext's name; None if it is no annotated article."""
    packed: bytes = b""
    """The units that a PO file can hold, in order, as `_packed` returns them."""
    units: int = 0
    """The number of all its units."""
    unsourced: int = 0
    handoff: str | None = None
    is_plain: bool = False
    """True if the article has no annotation, but was translated by a publisher or has an English file."""
    unmatched: Sequence[Unmatched] = ()
    """The sentences of a plain article that have no counterpart."""
    lookups: Lookups | None = None
    """The lookup of its English file."""

    @property
    def is_lasting(self) -> bool:
        """False if it may be another one the next time, although no file changed."""
        return not (self.lookups and self.lookups.broken)

    def records(self) -> list[Segment]:
        """Return the units that a PO file can hold, in order."""
        if not self.packed:
            return []
        sources, targets, lines, *others, doubts = marshal.loads(self.packed)
        places = (Place(self.reference, line) for line in lines)
        found = zip(sources, targets, places, *others, map(_doubts, doubts), strict=True)
        return list(map(Segment._make, found))

    def to_bytes(self) -> bytes:
        """Return the result in a form that is small, and fast to make and to read."""
        problems = [problem.to_tuple() for problem in self.problems]
        unmatched = [tuple(one) for one in self.unmatched]
        lookups = self.lookups.to_tuple() if self.lookups else None
        return marshal.dumps((*self[:1], problems, *self[2:9], unmatched, lookups))

    @classmethod
    def from_bytes(cls, data: bytes) -> Reading:
        """Return the result that `to_bytes` returned as `data`."""
        reference, problems, *others, unmatched, lookups = marshal.loads(data)
        found = [Problem(*problem) for problem in problems]
        without = [Unmatched(*one) for one in unmatched]
        return cls._make((reference, found, *others, without, lookups and Lookups.from_tuple(lookups)))


def _packed(records: Sequence[Segment]) -> bytes:
    """Return the records of an article by columns, without its reference."""
    if not records:
        return b""
    sources, targets, places, *others, doubts = zip(*records, strict=True)
    lines = [place.line for place in places]
    return marshal.dumps((sources, targets, lines, *others, [tuple(map(str, some)) for some in doubts]))


def _doubts(names: Sequence[str]) -> tuple[Doubt, ...]:
    return tuple(map(Doubt, names))


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

    def run(self, references: Sequence[str], data: Iterable[Data]) -> list[Packed]:
        """Return a Reading of each article, in bytes."""
        made = []
        with self.english.fresh() if self.english else nullcontext() as english:
            for name, found in zip(references, data, strict=True):
                reading = self._read(name, found, english)
                if english:
                    reading = reading._replace(lookups=english.taken_lookups())
                made.append(Packed.of(found, reading.to_bytes(), is_lasting=reading.is_lasting))
        return made

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
            _packed(pairs.records),
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
