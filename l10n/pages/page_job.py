"""The pages of articles, one by one in any process.

Law 4: a page depends on its article, its messages and the checks alone. A key made of all of them shows that
a page that was written before is still the same; then nothing is rendered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from l10n.catalogue import Message
from l10n.checks.runner import CheckRunner, Judged
from l10n.english.english import English
from l10n.english.lookups import Lookups
from l10n.files import Root
from l10n.jobs.job import Data
from l10n.jobs.rebuild_article import Chosen, Rebuilder, Task
from l10n.pages.blocks import BlockMaker
from l10n.pages.html import PAGE
from l10n.pages.marks import clean
from l10n.pages.page import About, PageMaker
from l10n.pages.publisher_markdown import publisher_markdown
from l10n.pages.review import Reviewed, State, reviewed_units
from l10n.pages.sanitizing import Sanitizer
from l10n.problems import Problem, isolated

_NO_SOURCE = "it has no annotation, so it has no page: name its English file with --english"
_OTHER_LOCALE = "its locale is not that of its PO file, so it has no page: run l10n extract again"
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

    @property
    def percent(self) -> int:
        """Reviewed units of all, rounded down."""
        return 100 * self.reviewed // self.units if self.units else 100


class Known(NamedTuple):
    """A page that was written before, with its key."""

    key: str
    listed: Listed


@dataclass(slots=True)
class Made:
    """The result for one article; compact and picklable."""

    task: Task
    known: Known | None = None
    """The page; None if the article has none."""
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
    keys: Mapping[Task, bytes]
    """A key of the messages of each article."""
    common_key: bytes
    """A key of what all pages depend on."""
    known: Mapping[str, Known]
    """By the name of a page: what was written before."""
    checks: Judged
    remote_images: bool

    def size(self, task: Task) -> int:
        """Return the size of an article in bytes, times the work for each."""
        return 4 * self.rebuilder.size(task)

    def load(self, task: Task) -> Data:
        """Return the bytes of an article."""
        return self.rebuilder.load(task)

    def run(self, tasks: Sequence[Task], data: Iterable[Data]) -> tuple[list[Made], Lookups | None]:
        """Write the pages of a batch that have changed; return all, and the lookups of English files."""
        maker = PageMaker(
            BlockMaker(publisher_markdown(), Sanitizer(remote_images=self.remote_images)), self.remote_images
        )
        runner = CheckRunner(self.checks)
        with self.rebuilder.english.fresh() if self.rebuilder.english else nullcontext() as english:
            made = [
                self._made(task, found, english, maker, runner)
                for task, found in zip(tasks, data, strict=True)
            ]
        return made, english.lookups if english else None

    def _made(
        self, task: Task, data: Data, english: English | None, maker: PageMaker, runner: CheckRunner
    ) -> Made:
        made = Made(task)
        if isinstance(data, Problem):
            made.problems.append(data)
            return made
        work = self.rebuilder.works[task.work]
        label = work.root.label(task.reference)
        with isolated(label, made.problems):
            key = self._key(task, data)
            old = self.known.get(self.names[task])
            if old and english is None and old.key == key and self._is_there(self.names[task]):
                # These two are never taken from a file of the last run.
                made.known = old._replace(listed=old.listed._replace(label=label, locale=work.locale))
            else:
                self._make(made, key, self.rebuilder.choose(task, _harmless(data), english), maker, runner)
        return made

    def _make(self, made: Made, key: str, chosen: Chosen, maker: PageMaker, runner: CheckRunner) -> None:
        """Write the page of an article, if it has changed."""
        made.problems += chosen.result.problems
        article, work = chosen.article, self.rebuilder.works[made.task.work]
        label = work.root.label(made.task.reference)
        if chosen.result.is_without_source:
            made.problems.append(Problem(label, 1, 1, "no-source", _NO_SOURCE))
        elif chosen.result.other_locale:
            made.problems.append(Problem(label, 1, 1, "other-locale", _OTHER_LOCALE))
        elif chosen.result.is_homeless:
            made.problems.append(Problem(label, 1, 1, "no-locale", _NO_LOCALE))
        if article is None or not article.units:
            return
        messages = {start: work.candidates.messages[number] for start, number in chosen.messages.items()}
        units = reviewed_units(article, chosen.targets, messages, work.locale, runner)
        about = About(article.path, self.names[made.task], chosen.tag, work.locale, work.label)
        page = maker.page(article, chosen.targets, units, about)
        made.hidden = len(page.hidden)
        made.is_written = self.output.write(about.name, page.html, PAGE)
        # The next run shows the problems of this article again, so it may not skip it.
        made.known = Known("" if made.problems else key, _listed(units, about, made.task.reference))

    def _is_there(self, name: str) -> bool:
        return not self.output.is_gone(name)

    def _key(self, task: Task, data: bytes) -> str:
        key = blake2b(self.common_key, digest_size=16)
        for part in (self.keys[task], data):
            key.update(len(part).to_bytes(8, "big"))
            key.update(part)
        return key.hexdigest()


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


def keys_of_messages(rebuilder: Rebuilder) -> dict[Task, bytes]:
    """Return a key for each article of all that can be matched with its units.

    These are the messages that refer to it, and the other messages of their sources. If the PO file refers
    to no articles, all of its messages count.
    """
    keys: dict[Task, bytes] = {}
    for number, work in enumerate(rebuilder.works):
        messages = work.candidates.messages
        of_source = {
            source: _digest(
                "".join(_content(messages[one]) for one in found).encode("utf-8", "surrogatepass")
            )
            for source, found in work.candidates.in_use.items()
        }
        sources: dict[str, dict[str, None]] = {}
        for message in messages:
            for place in message.places:
                sources.setdefault(place.path, {})[message.source] = None
        everything = b"" if sources else _digest(b"".join(of_source.values()))
        for reference, known_as in work.articles.items():
            parts = b"".join(of_source[source] for source in sources.get(known_as, ()))
            keys[Task(number, reference)] = _digest(parts) if parts else everything
    return keys


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
