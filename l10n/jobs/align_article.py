"""Plain articles aligned with their English files, one by one in any process, and annotated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from l10n.article import Article, Unit, Unmatched, parse
from l10n.article.annotating import annotate
from l10n.english.english import EnglishFile, english_bytes_limit, is_original
from l10n.english.plain_units import with_sources
from l10n.files import Root
from l10n.jobs.job import Data
from l10n.locales import gettext_name
from l10n.problems import L10nError, Problem


class Aligned(NamedTuple):
    """The result for one article; compact and picklable."""

    reference: str
    problems: list[Problem]
    data: bytes | None = None
    """The annotated article; None if nothing in it could be annotated."""
    is_aligned: bool = False
    is_proved: bool = False
    """True if the hash of the English file was verified."""
    units: int = 0
    """The units that are annotated."""
    uncertain: int = 0
    """The units that are not, since their source is uncertain."""
    unmatched: Sequence[Unmatched] = ()


@dataclass(frozen=True, slots=True)
class Aligner:
    """The job of aligning the articles of one folder with those of another."""

    localized: Root
    english: Root
    locale: str | None
    """gettext's name of the only locale wanted; None for any."""

    def size(self, reference: str) -> int:
        """Return the size of an article in bytes."""
        return self.localized.size(reference)

    def load(self, reference: str) -> Data:
        """Return the bytes of an article."""
        return self.localized.load(reference)

    def run(self, references: Sequence[str], data: Iterable[Data]) -> list[Aligned]:
        """Return the articles aligned."""
        return [self._aligned(reference, found) for reference, found in zip(references, data, strict=True)]

    def _aligned(self, reference: str, data: Data) -> Aligned:
        label = self.localized.label(reference)
        if isinstance(data, Problem):
            return Aligned(reference, [data])
        article = parse(data, label)
        if problem := self._left_out(reference, label, article.metadata.contentlocale, article.is_annotated):
            return Aligned(reference, [problem])
        try:
            english = self.english.read(reference, english_bytes_limit(len(article.text)))
        except L10nError as error:
            return Aligned(reference, [error.problem])
        is_proved = is_original(english, (article.metadata.openlocfilehash or "").lower())
        article = with_sources(article, EnglishFile(english, reference))
        annotated, units, refused = annotate(article)
        problems = [_not_annotated(article, refused)] if refused else []
        return Aligned(
            reference,
            [*article.problems, *problems],
            annotated if units else None,
            True,
            is_proved,
            len(units),
            len(article.doubts),
            article.unmatched,
        )

    def _left_out(self, reference: str, label: str, tag: str | None, is_annotated: bool) -> Problem | None:
        """Return why an article is left out, or None."""
        if is_annotated:
            message = "it is annotated already, so it was left out: l10n extract reads it as it is"
            return Problem(label, 1, 1, "annotated-already", message)
        if self.locale and tag and not _is_locale(tag, self.locale):
            message = (
                f"its locale is {tag}, not {self.locale}, so it was left out: name the other with --locale"
            )
            return Problem(label, 1, 1, "other-locale", message)
        if self.english.is_gone(reference):
            message = (
                f"there is no {self.english.label(reference)}, so it was left out: name two folders in which "
                "the articles have the same paths"
            )
            return Problem(label, 1, 1, "no-source", message)
        return None


def _not_annotated(article: Article, units: Sequence[Unit]) -> Problem:
    message = (
        f"{len(units)} of its sentences would not be read back, or would change the article, so they have no "
        "annotation; the first is here: look for markup that is not closed"
    )
    return article.problem(units[0].start, code="cannot-annotate", message=message)


def _is_locale(tag: str, locale: str) -> bool:
    try:
        return gettext_name(tag) == locale
    except ValueError:
        return False
