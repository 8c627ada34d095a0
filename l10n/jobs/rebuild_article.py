"""Articles rebuilt with the targets of a catalogue, one by one in any process.

The law that merge keeps: what it writes parses back to the same units with exactly the targets given. A
translation that would break its article is refused with the reason, and the article keeps its own target.

Law 5: a PO file is untrusted. Its references are read and written through a `Root`: nothing outside the
articles' folder is read, and nothing outside the output folder is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from l10n import po
from l10n.article import Article, Form, Unit, parse
from l10n.article.refusals import refusal
from l10n.article.verify import verify
from l10n.catalogue import Message
from l10n.catalogue.header import Scope
from l10n.catalogue.matching import match
from l10n.catalogue.pairs import pairs_of
from l10n.english.lookups import Lookups
from l10n.english.plain_units import with_sources
from l10n.files import Root
from l10n.identity import Identity, identities
from l10n.jobs.job import Data
from l10n.limits import GROWN_CHARACTERS, GROWTH
from l10n.locales import gettext_name
from l10n.manifest import COPY, JOURNAL, WrittenFile, digest, note
from l10n.problems import L10nError, Problem, isolated
from l10n.work import Work, locale_in
from l10n.writing import FileKind

if TYPE_CHECKING:
    from l10n.checks.message_checks import MessageChecks
    from l10n.english.english import English, EnglishFile

    FindEnglish = Callable[[Article, Path, str | None], EnglishFile | None]
    """Finds the English file of an article by its path, and by that in the folder that it is for."""


class Task(NamedTuple):
    """An article to rebuild."""

    work: int
    """The number of its PO file among those of the run."""
    reference: str


@dataclass(slots=True)
class Rebuilt:
    """The result for one article; compact and picklable."""

    task: Task
    name: str | None = None
    """The file to write, from the output's root; None if the article is not the PO's, or cannot be read."""
    is_homeless: bool = False
    """True if it has no locale, and the PO file has none for it."""
    is_without_source: bool = False
    """True if it has no annotation and no English file, although the PO file has messages of it."""
    other_locale: str | None = None
    """Its locale, if the PO file refers to it but is for another locale."""
    data: bytes | None = None
    """The bytes to write, unless they were written already."""
    digest: str = ""
    """A hash of these bytes, if they go to an output folder."""
    original: bytes | None = None
    """The bytes that were read, if the file is to be overwritten."""
    is_written: bool = False
    """True if the file was written; it is not if it would not change."""
    units: int = 0
    unsourced: int = 0
    changed: int = 0
    """Units that have another target now."""
    reviewed: int = 0
    """Units whose message is reviewed."""
    is_held_back: bool = False
    """True if too little of it is reviewed to be written."""
    problems: list[Problem] = field(default_factory=list)


class Wanted(NamedTuple):
    """What a merge writes to its output."""

    changed_only: bool = False
    """True for only those that get another target."""
    at_least: int = 0
    """The percentage of its units that must be reviewed."""
    rest: bool = False
    """True to copy also the other files beside the articles."""
    clean: bool = False
    """True to remove what an earlier merge wrote for files that are gone."""


EVERY_ARTICLE = Wanted()


class Chosen(NamedTuple):
    """An article with the targets that it gets; without one, the result says why."""

    result: Rebuilt
    tag: str = ""
    """Its locale as the publisher writes it."""
    article: Article | None = None
    targets: Sequence[str] = ()
    """One for each unit."""
    messages: Mapping[int, int] = {}
    """By the start of a unit: the number of its message among the candidates."""


@dataclass(frozen=True, slots=True)
class Rebuilder:
    """The job of rebuilding the articles of PO files."""

    works: Sequence[Work]
    form: Form
    output: Root | None
    """Where the articles go; None if they are overwritten."""
    originals: frozenset[Identity]
    """The identities of all articles, which other articles may not overwrite."""
    include_fuzzy: bool
    checks: MessageChecks | None
    """Refuses translations with errors, if there is one."""
    english: English | None
    writes: bool
    """True if the worker writes the files; otherwise the caller does."""
    wanted: Wanted = EVERY_ARTICLE
    earlier: Mapping[str, WrittenFile] = field(default_factory=dict)
    """The files in the output that an earlier merge wrote."""

    def size(self, task: Task) -> int:
        """Return the size of an article in bytes."""
        return self.works[task.work].root.size(task.reference)

    def load(self, task: Task) -> Data:
        """Return the bytes of an article."""
        return self.works[task.work].root.load(task.reference)

    def run(self, tasks: Sequence[Task], data: Iterable[Data]) -> tuple[list[Rebuilt], Lookups | None]:
        """Return the articles rebuilt, and the lookups of their English files."""
        with self.english.fresh() if self.english else nullcontext() as english:
            rebuilt = [self._done(task, found, english) for task, found in zip(tasks, data, strict=True)]
        if self.writes:
            self.save(rebuilt)
        return rebuilt, english.lookups if english else None

    def _done(self, task: Task, data: Data, english: English | None) -> Rebuilt:
        problems: list[Problem] = []
        with isolated(self._label(task), problems):
            return self._rebuild(task, data, english)
        return Rebuilt(task, problems=problems)

    def _rebuild(self, task: Task, data: Data, english: English | None) -> Rebuilt:
        chosen = self.choose(task, data, english.of if english else None)
        result = chosen.result
        if chosen.article is None or (self.wanted.changed_only and not result.changed):
            return result
        if 100 * result.reviewed < self.wanted.at_least * result.units:
            result.is_held_back = True
            return result
        result.data = chosen.article.render(self.form, chosen.targets)
        result.original = data if self.output is None and isinstance(data, bytes) else None
        result.digest = digest(result.data) if self.output else ""
        return result

    def choose(self, task: Task, data: Data, find: FindEnglish | None) -> Chosen:
        """Return the article of a task with its new targets, and the result so far.

        `find` finds its English file, as `English.of` does.
        """
        result = Rebuilt(task)
        if isinstance(data, Problem):
            result.problems.append(data)
            return Chosen(result)
        work, reference = self.works[task.work], task.reference
        article = parse(data, work.root.label(reference))
        tag = self._tag(work, article, result)
        if tag is None:
            return Chosen(result)
        name = reference if self.output is None else f"{tag}/{work.name_of(reference)}"
        if self.output is not None and self._is_original(self.output, name):
            message = "it would be overwritten by its own rebuilt form; name another folder with -o"
            result.problems.append(Problem(article.path, 1, 1, "cannot-write", message))
            return Chosen(result)
        article = with_sources(article, find(article, *self.whereabouts(task)) if find else None)
        result.is_without_source = not article.units and reference in work.referred
        result.name = name
        result.units, result.unsourced = len(article.units), article.unsourced
        result.problems += article.problems
        targets, messages = self._targets(work, article, result)
        return Chosen(result, tag, article, self._verified(article, targets, result), messages)

    def _label(self, task: Task) -> str:
        return self.works[task.work].root.label(task.reference)

    def whereabouts(self, task: Task) -> tuple[Path, str | None]:
        """Return the path of an article, and that in the folder that it is for, to find its English file."""
        work = self.works[task.work]
        return work.root.path / task.reference, Scope(work.scope).path_below(task.reference)

    def save(self, results: Sequence[Rebuilt]) -> None:
        """Write the files of `results`, and drop their bytes; each result says whether it was written.

        They are noted first, so that a merge that is killed leaves no file that the next one does not know.
        """
        made = [result for result in results if result.data is not None]
        unnoted: list[Problem] = []
        if self.output and made:
            with isolated(self.output.label(JOURNAL), unnoted):
                note(self.output, dict(self._changed(made)))
        for result in made:
            failed = [*unnoted]
            if not failed:
                with isolated(self._label(result.task), failed):
                    result.is_written = self._write(result)
            result.problems += failed
            result.digest = "" if failed else result.digest
            result.data = result.original = None

    def _changed(self, results: Iterable[Rebuilt]) -> Iterator[tuple[str, WrittenFile]]:
        """Yield the files of results that are not as an earlier merge left them."""
        for result in results:
            earlier = self.earlier.get(result.name or "")
            if result.name and not (earlier and earlier.digest == result.digest):
                source = self.works[result.task.work].path_of(result.task.reference)
                yield result.name, WrittenFile(source, self.form, result.digest)

    def _write(self, result: Rebuilt) -> bool:
        """Write the file of `result`; return True if its content changed.

        Law 2: an article written in place overwrites the bytes that were read, and nothing else. Elsewhere it
        overwrites only an older form of the same article, or a copy of it that merge made. Raises L10nError.
        """
        name, data = result.name, result.data
        if name is None or data is None:
            return False
        if self.output is None:
            assert result.original is not None
            return self.works[result.task.work].root.replace(name, result.original, data)
        earlier = self.earlier.get(name)
        if earlier and earlier.form not in (self.form, COPY) and not self.output.is_gone(name):
            message = (
                "what is there is another form of this article, which an earlier merge wrote; it was left as "
                "it is: name another folder with -o"
            )
            raise L10nError(Problem(self.output.label(name), 1, 1, "other-kind", message))

        def looks(old: bytes) -> bool:
            is_copy = earlier is not None and earlier.form == COPY and digest(old) == earlier.digest
            return is_copy or _is_form_of(name.split("/")[0], data, old)

        return self.output.write(name, data, FileKind("an older form of this article", looks))

    def _is_original(self, output: Root, name: str) -> bool:
        """Return True if a file to write is an article that is read, by this or any other name."""
        return not self.originals.isdisjoint(identities(output.path / name))

    def _tag(self, work: Work, article: Article, result: Rebuilt) -> str | None:
        """Return the article's locale as the publisher writes it, or None if it is not the PO's."""
        tag = article.metadata.contentlocale
        try:
            if tag is None:
                is_wanted = bool(article.units) or result.task.reference in work.referred
                if is_wanted and work.fallback_tag:
                    return work.fallback_tag
            elif gettext_name(tag) == work.locale:
                return tag
        except ValueError:
            if work.fallback_tag:
                return work.fallback_tag
        if tag is None and article.units:
            result.is_homeless = True
        elif result.task.reference in work.referred:
            result.other_locale = tag or "not given"
        return None

    def _targets(self, work: Work, article: Article, result: Rebuilt) -> tuple[list[str], dict[int, int]]:
        """Return the target of each unit, its message's translation or its own, and the messages' numbers."""
        reference = result.task.reference
        units, records, _ = pairs_of(article, work.articles[reference])
        matches = match(records, work.candidates, fuzzy=False)
        unknown: list[Unit] = []
        edited: list[tuple[Unit, Message]] = []
        numbers: dict[int, int] = {}
        for number, unit in enumerate(units):
            found = matches.get(number)
            if found is None or not found.is_exact:
                unknown.append(unit)
                continue
            numbers[unit.start] = found.message
            message = work.candidates.messages[found.message]
            result.reviewed += message.is_reviewed
            if self._is_used(message) and message.translation != unit.target:
                edited.append((unit, message))
        if unknown:
            result.problems.append(_unknown(work, article, unknown, reference))
        if problem := _outgrown(article, [message for _, message in edited]):
            result.problems.append(problem)
            edited = []
        given: dict[int, str] = {}
        for unit, message in edited:
            if reason := refusal(article, unit, message.translation, given):
                result.problems.append(_refused(article, unit, reason, code="refused-target"))
            elif self.checks and (reason := self.checks.error_in(message, work.locale)):
                result.problems.append(_refused(article, unit, reason, code="strict-target"))
            else:
                given[unit.start] = message.translation
        return [given.get(unit.start, unit.target) for unit in article.units], numbers

    def _verified(self, article: Article, targets: list[str], result: Rebuilt) -> list[str]:
        """Return the targets if they are read back from the article, otherwise its own; count the changes."""
        own = [unit.target for unit in article.units]
        if targets == own:
            return own
        try:
            verify(article, article.render("annotated", targets), targets)
        except L10nError as error:
            result.problems.append(error.problem)
            return own
        result.changed = sum(target != old for target, old in zip(targets, own, strict=True))
        return targets

    def _is_used(self, message: Message) -> bool:
        return bool(message.translation) and (self.include_fuzzy or not message.fuzzy)


def _is_form_of(tag: str, data: bytes, old: bytes) -> bool:
    """Return True if `old` looks like a form of the same article as `data`, whose locale is `tag`.

    It has the locale of the article, or none like the source form. A form without sources never overwrites an
    annotated one, which may be an original that this run does not know.
    """
    if b"data-ttu-id" in old and b"data-ttu-id" not in data:
        return False
    locales = {tag.lower().encode(), locale_in(data)}
    return locale_in(old) in locales and not _MESSAGE.search(old) and b"\0" not in old


_MESSAGE = re.compile(rb"^(?:#~[ \t]*)?msgid[ \t]", re.M)


def _outgrown(article: Article, edited: Sequence[Message]) -> Problem | None:
    """Return a problem if the translations would make the article far larger than it is.

    Law 5: many units may have the same long translation: 231 kB of article and 200 kB of PO would make
    400 MB.
    """
    size = sum(len(message.translation) for message in edited)
    if size <= GROWN_CHARACTERS + GROWTH * len(article.text):
        return None
    message = (
        f"its {len(edited)} new translations have {size:,} characters, far more than the article, which was "
        "left as it was: shorten the long ones in the PO file"
    )
    return Problem(article.path, 1, 1, "outgrown-article", message)


def _refused(article: Article, unit: Unit, reason: str, *, code: str) -> Problem:
    message = f"the translation of unit {unit.id} was not used, the old one stays: {reason}"
    return article.problem(unit.start, code=code, message=message)


def _unknown(work: Work, article: Article, units: Sequence[Unit], reference: str) -> Problem:
    code = "no-message"
    count = f"{len(units)} units are" if len(units) > 1 else f"unit {units[0].id} is"
    text = f"{count} not in {work.label}, and kept the article's target; run l10n extract again"
    if not po.can_refer_to(reference):
        code = "bad-file-name"
        text = "its name holds characters that a PO file cannot, so no PO file has its units; rename it"
    return article.problem(units[0].start, code=code, message=text)
