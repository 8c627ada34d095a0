"""The pages of articles, one by one in any process.

Law 4: a page depends on its article, the files that this one shows, its messages, its English file, the
settings and this version alone. Keys made of all of them show that a page that was written before is still
the same; then the article is neither read in depth nor rendered.
"""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from l10n.article import Article, parse_metadata
from l10n.catalogue import Message
from l10n.checks import Check, Severity
from l10n.checks.message_checks import MessageChecks
from l10n.english.english import English, EnglishFile
from l10n.english.lookups import Lookups
from l10n.files import Root
from l10n.jobs.job import Data
from l10n.jobs.rebuild_article import Chosen, Rebuilder, Task
from l10n.pages.blocks import BlockMaker
from l10n.pages.html import PAGE
from l10n.pages.included import IncludeReader
from l10n.pages.linked_files import LinkedFiles, way_to
from l10n.pages.marks import clean
from l10n.pages.page import About, PageMaker
from l10n.pages.publisher_markdown import publisher_markdown
from l10n.pages.review import Reviewed, State, reviewed_units
from l10n.pages.sanitizing import Sanitizer
from l10n.problems import Problem, isolated
from l10n.risk import RiskModel, score_of

_NO_SOURCE = "it has no annotation, so it has no page: name its English file with --english"
_OTHER_LOCALE = "its locale is not that of its PO file, so it has no page: run l10n extract again"
_SEVERITIES = {severity[0]: severity for severity in Severity}
_NO_SEVERITY = "-"
_NO_LOCALE = "it has no ms.contentlocale, so it has no page; extract it with --locale"


class Listed(NamedTuple):
    """What the index says of an article."""

    label: str
    """The article, as the user would name it."""
    name: str
    """Its page, from the folder of all pages."""
    reference: str
    """The article, as its PO file refers to it."""
    locale: str
    units: int = 0
    reviewed: int = 0
    words: int = 0
    reviewed_words: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    doubts: int = 0
    checks: Mapping[str, int] = {}
    """The number of findings of each check."""
    risk: float = 0.0
    """The sum of words times risk of its messages, in words, as `status --by article` has it."""

    @property
    def percent(self) -> int:
        """Reviewed units of all, rounded down."""
        return 100 * self.reviewed // self.units if self.units else 100


class Known(NamedTuple):
    """A page that was written before, with what it was made from."""

    key: str
    english: str
    """A key of its English file; empty without one."""
    has_problems: bool
    """True if problems were reported; they are found again, so the article is read in depth."""
    severities: str
    """For each of its messages, the first letter of the severity of its worst finding, or a hyphen."""
    linked: Mapping[str, str]
    """What was asked of the files that it shows (see `LinkedFiles.asked`)."""
    listed: Listed


class Risky(NamedTuple):
    """What the risk of the messages of an article depends on, in the order of `PageJob.messages`."""

    severities: str
    scores: Sequence[float | None]


@dataclass(slots=True)
class Made:
    """The result for one article; compact and picklable."""

    task: Task
    known: Known | None = None
    """The page; None if the article has none."""
    risky: Risky | None = None
    """What the risk of its messages depends on; None if it is known, or the article cannot be read."""
    is_written: bool = False
    hidden: int = 0
    """Units that the page does not show at their places."""
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageJob:
    """The job of making pages."""

    rebuilder: Rebuilder
    output: Root
    names: Mapping[Task, str]
    """The name of each page."""
    messages: Mapping[Task, ArticleMessages]
    obsolete: Sequence[frozenset[str]]
    """For each PO file: the sources of its obsolete messages that no message in use has."""
    common_key: bytes
    """A key of what all pages depend on."""
    known: Mapping[str, Known]
    """By the name of a page: what was written before."""
    models: Mapping[str, RiskModel | None]
    """By locale: the model of the messages' risk; no entry if their risk is known."""
    checks: Sequence[Check] | None
    """By default CHECKS."""
    remote_images: bool

    def size(self, task: Task) -> int:
        """Return the size of an article in bytes, times the work for each."""
        return 4 * self.rebuilder.size(task)

    def load(self, task: Task) -> Data:
        """Return the bytes of an article."""
        return self.rebuilder.load(task)

    def run(self, tasks: Sequence[Task], data: Iterable[Data]) -> tuple[list[Made], Lookups | None]:
        """Write the pages of a batch that have changed; return all, and the lookups of English files."""
        maker = PageMaker(BlockMaker(publisher_markdown(), Sanitizer()), self.remote_images)
        of_articles, of_included = (
            one.fresh() if one else nullcontext() for one in [self.rebuilder.english] * 2
        )
        with of_articles as english, of_included as also_english:
            included = IncludeReader(self.rebuilder, lambda task: self.messages[task].key, also_english)
            tools = _Tools(maker, MessageChecks(self.checks), included)
            made = [self._made(task, found, english, tools) for task, found in zip(tasks, data, strict=True)]
        return made, english.lookups if english else None

    def _made(self, task: Task, data: Data, english: English | None, tools: _Tools) -> Made:
        made = Made(task)
        if isinstance(data, Problem):
            made.problems.append(data)
            return made
        with isolated(self.rebuilder.works[task.work].root.label(task.reference), made.problems):
            file = _EnglishOnce(english)
            key, data = self._key(task, data), _harmless(data)
            files = self._files(task, tools.included)
            old = made.known = self._unchanged(task, key, data, file, files)
            if old is None or old.has_problems:
                chosen = self.rebuilder.choose(task, data, file.of)
                self._report(made, chosen)
                if old is None:
                    self._write(made, key, chosen, file, files, tools)
            self._rate(made, tools.checks)
        return made

    def _files(self, task: Task, included: IncludeReader) -> LinkedFiles:
        """Return the files that an article links to."""
        _, below = self.rebuilder.whereabouts(task)
        below = below or posixpath.basename(task.reference)
        return LinkedFiles(
            *(self.rebuilder.works[task.work].root, task.reference.removesuffix(below), task.reference),
            os.path.join(self.output.path, self.names[task]),
            lambda reference: included.read(Task(task.work, reference)),
            lambda reference: self.names.get(Task(task.work, reference)),
            is_remote=self.remote_images,
        )

    def _unchanged(
        self, task: Task, key: str, data: bytes, file: _EnglishOnce, files: LinkedFiles
    ) -> Known | None:
        """Return the page that was written before if it would be the same again, else None."""
        old, work = self.known.get(self.names[task]), self.rebuilder.works[task.work]
        if (
            old is None
            or old.key != key
            or not files.still_answers(old.linked)
            or self.output.is_gone(self.names[task])
        ):
            return None
        label = work.root.label(task.reference)
        if file.english:
            file.of(parse_metadata(data, label), *self.rebuilder.whereabouts(task))
        # These two are never taken from a file of the last run.
        listed = old.listed._replace(label=label, locale=work.locale)
        return old._replace(listed=listed) if old.english == file.key else None

    def _report(self, made: Made, chosen: Chosen) -> None:
        """Add the problems of an article."""
        made.problems += chosen.result.problems
        label = self.rebuilder.works[made.task.work].root.label(made.task.reference)
        if chosen.result.is_without_source:
            made.problems.append(Problem(label, 1, 1, "no-source", _NO_SOURCE))
        elif chosen.result.other_locale:
            made.problems.append(Problem(label, 1, 1, "other-locale", _OTHER_LOCALE))
        elif chosen.result.is_homeless:
            made.problems.append(Problem(label, 1, 1, "no-locale", _NO_LOCALE))

    def _write(
        self, made: Made, key: str, chosen: Chosen, file: _EnglishOnce, files: LinkedFiles, tools: _Tools
    ) -> None:
        """Write the page of an article, if it has changed."""
        article, work = chosen.article, self.rebuilder.works[made.task.work]
        if article is None or not article.units:
            return
        messages = {start: work.candidates.messages[number] for start, number in chosen.messages.items()}
        place = work.articles[made.task.reference]

        def is_obsolete(source: str, message: Message | None) -> bool:
            if message is None:
                return source in self.obsolete[made.task.work]
            return bool(message.places) and all(path != place for path, _ in message.places)

        units = reviewed_units(
            *(article, chosen.targets, messages, work.locale, tools.checks.runner, is_obsolete)
        )
        about = About(article.path, self.names[made.task], chosen.tag, work.locale, work.label)
        page = tools.maker.page(article, chosen.targets, units, about, files)
        made.hidden = len(page.hidden)
        made.is_written = self.output.write(about.name, page.html, PAGE)
        listed = _listed(units, about, made.task.reference)
        # Messages that the article's key does not count may tell the state of a unit without one.
        key = "" if any(problem.code == "no-message" for problem in made.problems) else key
        made.known = Known(key, file.key, bool(made.problems), "", files.asked, listed)

    def _rate(self, made: Made, checks: MessageChecks) -> None:
        """Add what the risk of the article's messages depends on."""
        work = self.rebuilder.works[made.task.work]
        messages = [work.candidates.messages[number] for number in self.messages[made.task].numbers]
        letters = made.known.severities if made.known else ""
        if len(letters) != len(messages):
            letters = "".join(map(letter_of, (checks.worst(message, work.locale) for message in messages)))
        if made.known:
            made.known = made.known._replace(severities=letters)
        if work.locale in self.models:
            model = self.models[work.locale]
            severities = map(severity_of, letters)
            scores = [score_of(*one, model) for one in zip(messages, severities, strict=True)]
            made.risky = Risky(letters, scores)

    def _key(self, task: Task, data: bytes) -> str:
        work = self.rebuilder.works[task.work]
        way = way_to(work.root.path, self.output.path)  # images are shown where they are
        names = (work.root.label(task.reference), work.label, work.locale, work.fallback_tag, way)
        key = blake2b(self.common_key, digest_size=16)
        for part in (repr(names).encode(), self.messages[task].key, data):
            key.update(len(part).to_bytes(8, "big"))
            key.update(part)
        return key.hexdigest()


@dataclass(slots=True)
class _EnglishOnce:
    """Looks up the English file of one article, once."""

    english: English | None
    key: str = ""
    """A key of the file; empty without one."""
    _found: EnglishFile | None = None
    _is_done: bool = False

    def of(self, article: Article, path: Path, below: str | None) -> EnglishFile | None:
        """Return the English file, as `English.of` does."""
        if self.english and not self._is_done:
            self._found, self._is_done = self.english.of(article, path, below), True
            if self._found:
                self.key = (
                    f"{blake2b(self._found.data, digest_size=16).hexdigest()} {self._found.is_proved:d}"
                )
        return self._found


class _Tools(NamedTuple):
    """What makes pages and finds faults; for one batch."""

    maker: PageMaker
    checks: MessageChecks
    included: IncludeReader


def letter_of(severity: Severity | None) -> str:
    """Return the first letter of a severity; a hyphen without one."""
    return severity[0] if severity else _NO_SEVERITY


def severity_of(letter: str) -> Severity | None:
    """Return the severity that begins with a letter, or None."""
    return _SEVERITIES.get(letter)


def _harmless(data: bytes) -> bytes:
    """Return an article without the characters that the marks of units use."""
    text = data.decode("utf-8", "surrogateescape")
    cleaned = clean(text)
    return data if cleaned == text else cleaned.encode()


def _listed(units: Sequence[Reviewed], about: About, reference: str) -> Listed:
    found = [one for unit in units for one in unit.findings]
    severities = Counter(str(one.severity) for one in found)
    done = [unit for unit in units if not unit.is_open]
    return Listed(
        about.label,
        about.name,
        reference,
        about.locale,
        len(units),
        len(done),
        sum(unit.words for unit in units),
        sum(unit.words for unit in done),
        severities["error"],
        severities["warning"],
        severities["note"],
        sum(unit.state is State.DOUBTFUL for unit in units),
        dict(sorted(Counter(one.check for one in found).items())),
    )


class ArticleMessages(NamedTuple):
    """The messages that refer to an article."""

    numbers: Sequence[int]
    """In an order that is the same as long as the key is."""
    key: bytes
    """A key of all messages that can be matched with its units: these, and the others of their sources. If
    the PO file refers to no articles, all of its messages count."""


def messages_of(rebuilder: Rebuilder) -> tuple[dict[Task, ArticleMessages], list[bytes]]:
    """Return the messages of each article, and a key of all messages of each PO file."""
    found: dict[Task, ArticleMessages] = {}
    keys = []
    for number, work in enumerate(rebuilder.works):
        messages = work.candidates.messages
        of_source = {
            source: _digest(
                "".join(_content(messages[one]) for one in numbers).encode("utf-8", "surrogatepass")
            )
            for source, numbers in work.candidates.in_use.items()
        }
        sources: dict[str, dict[str, list[int]]] = {}
        for one, message in enumerate(messages):
            for path in {place.path: None for place in message.places}:
                sources.setdefault(path, {}).setdefault(message.source, []).append(one)
        keys.append(_digest(b"".join(of_source.values())))
        everything = b"" if sources else keys[-1]
        for reference, known_as in work.articles.items():
            own = sources.get(known_as, {})
            numbers = [one for of_one_source in own.values() for one in of_one_source]
            key = _digest(b"".join(of_source[source] for source in own)) if own else everything
            found[Task(number, reference)] = ArticleMessages(numbers, key)
    return found, keys


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def _content(message: Message) -> str:
    """Return all of a message that a page may depend on."""
    places = "\t".join(f"{path}:{line}" for path, line in message.places)
    parts = (
        message.source,
        message.translation,
        message.context or "",
        str(message.fuzzy),
        str(message.note),
        message.comment,
        message.previous_source or "",
        places,
    )
    return "".join(f"{len(part)}:{part}" for part in parts)
