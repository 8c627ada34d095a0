"""The progress of the review: for each PO file, each locale, and all of them.

PO files are read; articles only to find those that are stale.

A message is reviewed (translated and not fuzzy), needs review (fuzzy) or is untranslated (without
a translation); obsolete ones are counted apart. Words are those of the source, since that is
what a translator's work is measured by; see `words`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from l10n import po
from l10n.badge import BADGE
from l10n.badge import badge as badge_of
from l10n.catalogue import Message, header
from l10n.english.lookups import EnglishCount, summed
from l10n.files import Root
from l10n.finding import unlisted
from l10n.inputs import articles_in, find_po_files
from l10n.jobs.run import Progress, no_progress
from l10n.printable import printable
from l10n.problems import L10nError, Problem, WithProblems, isolated
from l10n.words import count

if TYPE_CHECKING:
    from l10n.article import Article
    from l10n.by_article import ArticleList, ArticleStatus
    from l10n.checks import Check
    from l10n.english.stale import Stale


@dataclass(slots=True)
class Counts:
    """The counts of a PO file, or the sum of several."""

    articles: int | None = 0
    """Those that a file's references name, summed over the files; None if a file has no references."""
    units: int | None = 0
    """The places of the messages. A place is a line of an article, so units of one pair on one
    line are one here, and `extract`, which reads the articles, may count more. None if a file
    has no references or no lines in them."""
    messages: int = 0
    reviewed: int = 0
    needs_review: int = 0
    untranslated: int = 0
    obsolete: int = 0
    """Not among the messages."""
    mt: int = 0
    """Messages whose first unit is of an article from machine translation (MT)."""
    ht: int = 0
    """Those of an article that a person translated (HT)."""
    unknown: int = 0
    """Those without a note, so that this is unknown."""
    words: int = 0
    """Of the sources of the messages."""
    reviewed_words: int = 0
    needs_review_words: int = 0
    untranslated_words: int = 0
    target_words: int = 0
    """Of the translations, reviewed or not."""

    @property
    def percent(self) -> int:
        """Reviewed messages of all, rounded down: 100 says that all are. Of none, all are."""
        return 100 * self.reviewed // self.messages if self.messages else 100

    @property
    def percent_words(self) -> int:
        """Reviewed words of all, rounded down; where there are no words, the messages decide."""
        if self.reviewed == self.messages:
            return 100
        return min(99, 100 * self.reviewed_words // self.words) if self.words else self.percent

    def add(self, other: Counts) -> None:
        """Add the counts of another file."""
        for name in Counts.__slots__:
            a, b = getattr(self, name), getattr(other, name)
            setattr(self, name, None if a is None or b is None else a + b)

    def as_json(self) -> dict[str, Any]:
        """The counts and percentages in JSON's types; what is not known is null."""
        return asdict(self) | {"percent": self.percent, "percent_words": self.percent_words}


@dataclass(slots=True)
class FileStatus:
    """One PO file."""

    path: str
    """As the user would name it."""
    counts: Counts
    translator: str = ""
    """The name of who saved it last, from its header; empty if it names nobody."""
    scope: list[str] = field(default_factory=list)
    """The folders and articles that it is for."""

    @classmethod
    def of(cls, file: po.PoFile) -> FileStatus:
        """Count the messages of a PO file."""
        name = file.catalogue.header.get("Last-Translator", "").partition("<")[0].strip()
        is_known = name != "FULL NAME"  # what gettext writes where nobody is known
        scope: list[str] = []
        with suppress(L10nError):  # the commands that need it report it
            scope = file.scope
        counts = counts_of(file.catalogue.messages)
        return cls(file.label, counts, printable(name) if is_known else "", scope)

    def as_json(self) -> dict[str, Any]:
        """The status in JSON's types."""
        about = {"path": self.path, "translator": self.translator, "scope": self.scope}
        return about | self.counts.as_json()


@dataclass(slots=True)
class LocaleStatus:
    """A locale, gettext's name, and its PO files."""

    locale: str
    files: list[FileStatus] = field(default_factory=list)

    @property
    def counts(self) -> Counts:
        """The sum of its files."""
        return _sum(file.counts for file in self.files)

    @property
    def folder(self) -> PurePosixPath:
        """The folder that all its files are in, as the user would name it."""
        paths = [PurePosixPath(file.path) for file in self.files]
        shared = (path for path in paths[0].parents if all(other.is_relative_to(path) for other in paths))
        return next(shared, PurePosixPath())


@dataclass(slots=True)
class Status(WithProblems):
    """The result of a `status`, locales and files in order."""

    locales: list[LocaleStatus] = field(default_factory=list)
    english: EnglishCount | None = None
    """The counts of the English files, if they were named."""
    stale: list[Stale] = field(default_factory=list)
    """The articles whose English files have changed since they were translated, in order."""
    articles: list[ArticleStatus] | None = None
    """The articles by words times risk, if they were asked for."""
    written: list[str] = field(default_factory=list)
    """The badge, if it was not the same already."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def total(self) -> Counts:
        """The sum of all locales."""
        return _sum(locale.counts for locale in self.locales)

    def as_json(self) -> dict[str, Any]:
        """The status in JSON's types."""
        return {
            "locales": [
                {"locale": locale.locale}
                | locale.counts.as_json()
                | {"files": [file.as_json() for file in locale.files]}
                for locale in self.locales
            ],
            "total": self.total.as_json(),
            "english": asdict(self.english) if self.english else None,
            "articles": self.articles
            and [asdict(article) | {"percent": article.percent} for article in self.articles],
            "stale": [asdict(stale) for stale in self.stale],
            "written": self.written,
            "problems": [asdict(problem) for problem in self.problems],
        }


def status(
    inputs: Sequence[Path] = (),
    *,
    fail_under: int = 0,
    badge: Path | None = None,
    english: Path | None = None,
    by_article: bool = False,
    checks: Sequence[Check] | None = None,
    progress: Progress = no_progress,
) -> Status:
    """Count the PO files in `inputs` (files and folders), by default those in `locales`.

    A locale of which less than `fail_under` percent of the messages are reviewed is a problem
    (`under-threshold`). `badge` is an SVG file to write, with the percentage of all files
    together; it says that this is unknown if a file could not be counted, for a part may
    not be taken for the whole. `english` is a git repository, or a folder in one, of the
    English articles; then the articles are read, and the stale ones listed. Raises ValueError
    if it is none. With `by_article`, the articles are listed by words times risk (see `risk`); `checks`, by
    default CHECKS, find the errors. Problems are in the result.
    """
    result = Status()
    paths = find_po_files(inputs or [Path("locales")], result.problems)
    locales: dict[str, LocaleStatus] = {}
    articles: dict[Path, tuple[Root, str]] = {}
    listed = _article_list(checks) if by_article else None
    for done, path in enumerate(paths, 1):
        with isolated(printable(path.as_posix()), result.problems):
            file = po.PoFile.open(Root.at(path.parent), path.name)
            counted = FileStatus.of(file)
            if english is not None:
                articles |= _articles_of(file, result)
            if listed:
                listed.add(file)
            locales.setdefault(file.locale, LocaleStatus(file.locale)).files.append(counted)
        progress(done, len(paths))
    result.locales = [locales[name] for name in sorted(locales)]
    for found in result.locales:
        found.files.sort(key=lambda file: file.path)
    result.articles = listed.in_order() if listed else None
    is_whole = not result.problems
    if english is not None:
        _tell_stale(result, articles, english)
    low = (found for found in result.locales if found.counts.percent < fail_under)
    result.problems += [_too_low(found, fail_under) for found in low]
    if badge is not None:
        _write_badge(badge, result, is_whole)
    result.problems.sort()
    return result


def _article_list(checks: Sequence[Check] | None) -> ArticleList:
    # The checks take long to load, and few runs want them.
    from l10n.by_article import ArticleList

    return ArticleList(checks)


def _articles_of(file: po.PoFile, result: Status) -> dict[Path, tuple[Root, str]]:
    """Return the articles that a PO file is for and that exist: root and reference of each, by path."""
    root = file.root
    references = {place.path for message in file.catalogue.messages for place in message.places}
    excluded = header.excluded_of(file.catalogue.header)
    for entry in file.scope:
        inside = articles_in(root, entry, lambda error: result.problems.append(unlisted(error)))
        references.update(reference for reference in inside if not excluded.holds(reference))
    return {root.path / name: (root, name) for name in references if os.path.isfile(root.path / name)}


def _tell_stale(result: Status, articles: dict[Path, tuple[Root, str]], english: Path) -> None:
    # Few runs name English files, and only these read articles.
    from l10n.article import parse
    from l10n.english.english import English
    from l10n.english.stale import stale_articles

    def read() -> Iterator[tuple[Article, Path]]:
        for path, (root, reference) in sorted(articles.items()):
            label = root.label(reference)
            article: Article | None = None
            with isolated(label, result.problems):
                article = parse(root.read(reference), label)
            if article and (article.units or article.metadata.openlocfilehash):
                yield article, path

    with English(english) as files:
        failed: list[Problem] = []
        try:
            result.stale = stale_articles(read(), files)
        except L10nError as error:
            failed = [error.problem]
        result.english, problems = summed([files.lookups])
        # A repository that cannot be read is reported once.
        result.problems += failed + [one for one in problems if not failed or one.code != "no-english"]


def counts_of(messages: Iterable[Message]) -> Counts:
    """The counts of the messages of one PO file."""
    counts = Counts()
    active = []
    for message in messages:
        if message.obsolete:
            counts.obsolete += 1
        else:
            active.append(message)
            _count(counts, message)
    places = [place for message in active for place in set(message.places)]
    if places or not active:
        counts.articles = len({place.path for place in places})
        counts.units = len(places) if all(place.line for place in places) else None
    else:
        counts.articles = counts.units = None
    return counts


def _count(counts: Counts, message: Message) -> None:
    words = count(message.source)
    counts.messages += 1
    counts.words += words
    counts.target_words += count(message.translation)
    if not message.translation:
        counts.untranslated += 1
        counts.untranslated_words += words
    elif message.fuzzy:
        counts.needs_review += 1
        counts.needs_review_words += words
    else:
        counts.reviewed += 1
        counts.reviewed_words += words
    if message.note is None:
        counts.unknown += 1
    elif message.note.human:
        counts.ht += 1
    else:
        counts.mt += 1


def _sum(parts: Iterable[Counts]) -> Counts:
    total = Counts()
    for part in parts:
        total.add(part)
    return total


def _too_low(found: LocaleStatus, percent: int) -> Problem:
    counts = found.counts
    missing = -(-percent * counts.messages // 100) - counts.reviewed
    message = (
        f"{found.locale} is reviewed to {counts.percent} %, not to {percent} %; "
        f"review {missing:,} more of its {counts.messages:,} messages"
    )
    path = str(found.folder) if len(found.files) > 1 else found.files[0].path
    return Problem(path, 1, 1, "under-threshold", message)


def _write_badge(path: Path, result: Status, is_whole: bool) -> None:
    folder = Root.at(path.parent)
    drawn = badge_of("reviewed", result.total.percent if is_whole else None)
    try:
        if folder.write(path.name, drawn, BADGE):
            result.written.append(folder.label(path.name))
    except L10nError as error:
        result.problems.append(error.problem)
