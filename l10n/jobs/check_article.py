"""The checks on articles and pairs, batch by batch in any process: findings at their places.

Law 5, input is hostile: a pair is checked once in a batch, however often it occurs.
"""

from __future__ import annotations

import marshal
import posixpath
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from l10n.article import Article, Unit, parse
from l10n.article.contentlocale import locale_of
from l10n.article.frontmatter import body_start
from l10n.article.kinds import Kind
from l10n.article.refusals import target_begins_block
from l10n.cache import digest
from l10n.catalogue.header import Scope
from l10n.checks import Finding, PageCheck, Pair, Severity
from l10n.checks.blocks import begins_block
from l10n.checks.page import Page, Spot, page_of
from l10n.checks.references import has_own_labels, labels_defined
from l10n.checks.runner import CheckRunner, Judged
from l10n.checks.targets import names_in
from l10n.english.lookups import Lookups
from l10n.english.plain_units import with_sources
from l10n.files import Root
from l10n.jobs.job import Data, Packed
from l10n.printable import printable
from l10n.problems import L10nError, Problem

if TYPE_CHECKING:
    from l10n.english.english import English

_TITLE = re.compile(r"^title:[ \t]++([^\r\n]++)", re.MULTILINE)
_LINE_BREAK = re.compile(r"\r\n|[\r\n]")
_COST = 8
"""The time to check a text, relative to the time to read it."""


MARK_BYTES = 16
"""Length of a mark."""


def mark_of(pair: Pair) -> bytes:
    """Return a mark that no other pair has."""
    return digest("\0".join(pair).encode("utf-8", "surrogatepass"))


class Occurrence(NamedTuple):
    """A pair at a place of an article or a PO file."""

    pair: Pair
    path: str
    """The article or the PO file that was checked, as the user would name it."""
    line: int
    unit: str
    """The id of the unit; of a message, that of its first unit; empty if it has none."""
    article: tuple[str, int] | None = None
    """Of a message: path and line of the first unit that it is for, if it names one."""
    accepted: frozenset[str] = frozenset()
    """The checks whose findings a reviewer accepts."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding at its place.

    Law 5, nothing foreign is printed raw: path, unit and message are printable by construction; source and
    target are as they are, for whoever shows them.
    """

    path: str
    line: int
    column: int
    unit: str
    check: str
    severity: Severity
    message: str
    source: str
    target: str
    start: int
    """Span of the faulty part in the target; 0 to 0 means the whole of it."""
    end: int
    article: tuple[str, int] | None = None
    """Of a message in a PO file: path and line of its first unit, if it names one."""

    def __post_init__(self) -> None:
        for name in ("path", "unit", "message"):
            object.__setattr__(self, name, printable(getattr(self, name)))

    @classmethod
    def of(
        cls,
        at: Occurrence,
        check: str,
        severity: Severity,
        finding: Finding,
        spot: tuple[int, int] | None = None,
    ) -> Fault:
        """Return a finding of `check` in a pair; `spot` is its line and column, if known."""
        texts = (finding.message, at.pair.source, at.pair.target)
        place = (at.path, *(spot or (at.line, 1)), at.unit)
        return cls(*place, check, severity, *texts, finding.start, finding.end, at.article)

    def to_tuple(self) -> tuple[Any, ...]:
        """Return the finding as plain values."""
        place = (self.path, self.line, self.column, self.unit, self.check, self.severity.value)
        return (*place, self.message, self.source, self.target, self.start, self.end, self.article)

    @classmethod
    def from_tuple(cls, found: Sequence[Any]) -> Fault:
        """Return the finding that `to_tuple` returned as `found`."""
        path, line, column, unit, check, severity, *others = found
        return cls(path, line, column, unit, check, Severity(severity), *others)

    def as_json(self) -> dict[str, Any]:
        """Return the finding in JSON's types."""
        names = ("path", "line", "column", "unit", "check", "severity", "message")
        texts = ("source", "target", "start", "end")
        table: dict[str, Any] = {name: getattr(self, name) for name in (*names, *texts)}
        if self.article:
            table["article"] = dict(zip(("path", "line"), self.article, strict=True))
        return table


@dataclass(slots=True)
class Checked:
    """The findings in an article, or in a batch of pairs."""

    files: int = 0
    units: int = 0
    accepted: int = 0
    findings: list[Fault] = field(default_factory=list)
    pairs: list[Occurrence] = field(default_factory=list)
    """The pairs that were checked, if they are wanted."""
    problems: list[Problem] = field(default_factory=list)
    plain: int = 0
    """Plain articles that were not checked, since their English files are unknown."""
    lookups: Lookups | None = None
    """The lookup of its English file, if there is one."""
    clean: set[bytes] = field(default_factory=set)
    """The marks of the messages without findings."""

    def to_bytes(self) -> bytes:
        """Return the findings in a form that is small, and fast to make and to read."""
        findings = [fault.to_tuple() for fault in self.findings]
        pairs = [(*at.pair, at.path, at.line, at.unit) for at in self.pairs]
        problems = [problem.to_tuple() for problem in self.problems]
        lookups = self.lookups.to_tuple() if self.lookups else None
        counts = (self.files, self.units, self.accepted, self.plain)
        return marshal.dumps((*counts, findings, pairs, problems, lookups))

    @classmethod
    def from_bytes(cls, data: bytes) -> Checked:
        """Return the findings that `to_bytes` returned as `data`."""
        files, units, accepted, plain, findings, pairs, problems, lookups = marshal.loads(data)
        return cls(
            files,
            units,
            accepted,
            [Fault.from_tuple(found) for found in findings],
            [Occurrence(Pair(*found[:4]), *found[4:]) for found in pairs],
            [Problem(*found) for found in problems],
            plain,
            lookups and Lookups.from_tuple(lookups),
        )

    def add(
        self,
        at: Occurrence,
        runner: CheckRunner,
        position: Callable[[int], tuple[int, int]] | None = None,
        excused: frozenset[str] = frozenset(),
    ) -> bool:
        """Check a pair; `position` gives line and column of an offset in its target.

        The article shows that there are no faults of the checks `excused`. Returns False if there are no
        findings at all.
        """
        self.units += 1
        found = runner.findings(at.pair)
        for name, severity, finding in found:
            if name in at.accepted:
                self.accepted += 1
            elif name not in excused:
                spot = position(finding.start) if position else None
                self.findings.append(Fault.of(at, name, severity, finding, spot))
        return bool(found)


@dataclass(frozen=True, slots=True)
class PairChecker:
    """The job of checking pairs."""

    checks: Judged

    def size(self, at: Occurrence) -> int:
        """Return the amount of work for a pair, as bytes to read."""
        return _COST * (len(at.pair.source) + len(at.pair.target))

    def load(self, at: Occurrence) -> Data:
        """Return nothing: a pair needs no file."""
        return b""

    def run(self, pairs: Sequence[Occurrence], data: Iterable[Data]) -> Checked:
        """Return the findings in the pairs."""
        result = Checked()
        runner = CheckRunner(self.checks)
        for at in pairs:
            if not result.add(at, runner):
                result.clean.add(mark_of(at.pair))
        return result


@dataclass(frozen=True, slots=True)
class ArticleChecker:
    """The job of checking articles, named by their references from `root`."""

    root: Root
    fallback: str | None
    """gettext's name of the locale of articles without one."""
    checks: Judged
    title_checks: Judged
    """The checks of an article's title against its first heading."""
    page_checks: Sequence[tuple[PageCheck, Severity]]
    """The checks of an article as a whole."""
    folders: tuple[str, ...]
    """The folders that the user named, by their references: links are followed in these only."""
    wants_pairs: bool
    """True to return the pairs too, for the checks of all pairs together."""
    english: English | None
    """The English files, which plain articles need."""

    def size(self, reference: str) -> int:
        """Return the amount of work for an article, as bytes to read."""
        return _COST * self.root.size(reference)

    def load(self, reference: str) -> Data:
        """Return the bytes of an article."""
        return self.root.load(reference)

    def run(self, references: Sequence[str], data: Iterable[Data]) -> list[Packed]:
        """Return the findings in each article, in bytes."""
        made = []
        runner = CheckRunner(self.checks)
        roots = {folder: Root.at(self.root.locate(folder)) for folder in self.folders}
        files = lru_cache(maxsize=1_000)(partial(names_in, roots))
        with self.english.fresh() if self.english else nullcontext() as english:
            for reference, found in zip(references, data, strict=True):
                checked = self._checked(reference, found, runner, files, english)
                checked.lookups = english.taken_lookups() if english else None
                is_lasting = not (checked.lookups and checked.lookups.broken)
                made.append(Packed.of(found, checked.to_bytes(), is_lasting=is_lasting))
        return made

    def _checked(
        self,
        reference: str,
        data: Data,
        runner: CheckRunner,
        files: Callable[[str], frozenset[str]],
        english: English | None,
    ) -> Checked:
        result = Checked()
        if isinstance(data, Problem):
            result.problems.append(data)
            return result
        try:
            article = self._with_sources(reference, data, english)
            self._check(result, runner, article)
            if article.units and not article.is_yaml and self.page_checks:
                result.findings += _of_page(article, self.page_checks, posixpath.dirname(reference), files)
        except L10nError as error:
            result.problems.append(error.problem)
        return result

    def _with_sources(self, reference: str, data: bytes, english: English | None) -> Article:
        article = parse(data, self.root.label(reference))
        file = None
        if english and (article.is_publishers or english.takes_unproved):
            below = Scope(self.folders).path_below(reference)
            file = english.of(article, self.root.path / reference, below)
        return with_sources(article, file)

    def _check(self, result: Checked, runner: CheckRunner, article: Article) -> None:
        result.problems += article.problems
        if not article.units:
            result.plain += article.is_publishers and not article.is_annotated
            return
        locale = locale_of(article, self.fallback)
        result.files += 1
        headings = {(unit.source, unit.target) for unit in article.units if unit.kind is Kind.HEADING}
        labels = cache(lambda: labels_defined(article.render("localized").decode("utf-8", "replace")))
        for unit in article.units:
            if unit.kind is Kind.FRONT_MATTER and (unit.source, unit.target) in headings:
                result.units += 1  # a title that is the heading's copy has the heading's faults
                continue
            pair = Pair(unit.source, unit.target, unit.kind.value, locale)
            at = Occurrence(pair, article.path, unit.line, unit.id)
            excused = set()
            if "][]" in unit.source and has_own_labels(unit.target, labels()):
                excused.add("link-label")
            if begins_block(pair) and not target_begins_block(article, unit):
                excused.add("block-start")
            result.add(at, runner, _in_article(article, unit), frozenset(excused))
            if self.wants_pairs:
                result.pairs.append(at)
        result.findings += self._of_title(article, locale)

    def _of_title(self, article: Article, locale: str) -> Iterable[Fault]:
        heading = next((unit for unit in article.units if unit.kind is Kind.HEADING), None)
        title = _TITLE.search(article.text, 0, body_start(article.text)) if heading else None
        if heading is None or title is None:
            return
        pair = Pair(title[1].strip("\"' \t"), heading.target, "title", locale)
        at = Occurrence(pair, article.path, heading.line, heading.id)
        for check, severity in self.title_checks:
            for finding in check.find(pair):
                yield Fault.of(at, check.name, severity, finding)


def _in_article(article: Article, unit: Unit) -> Callable[[int], tuple[int, int]]:
    """Return a function from an offset in a target to line and column; a quoted target has one place."""
    is_plain = unit.target_end - unit.target_start == len(unit.target)
    return lambda offset: article.position(unit.target_start + (offset if is_plain else 0))


def _of_page(
    article: Article,
    checks: Sequence[tuple[PageCheck, Severity]],
    folder: str,
    files: Callable[[str], frozenset[str]],
) -> Iterable[Fault]:
    """Yield the findings in a Markdown article as a whole, as its readers see it."""
    localized, source = _page(article.render("localized")), _page(article.render("source"))
    localized.folder, localized.files = folder, files
    places: list[tuple[int, int]] | None = None
    for check, severity in checks:
        for spot in check.find(localized, source):
            places = _line_shifts(article) if places is None else places
            yield _fault(article.path, check.name, severity, spot, places)


def _page(data: bytes) -> Page:
    text = data.decode("utf-8", "surrogateescape")
    body = body_start(text)
    return page_of(text[body:], len(_LINE_BREAK.findall(text, 0, body)))


def _line_shifts(article: Article) -> list[tuple[int, int]]:
    """Return lines of the localized form, each with how many more lines the article has from there on."""
    shifts = [(0, 0)]
    for unit in article.units:
        breaks = len(_LINE_BREAK.findall(article.text, unit.start, unit.end))
        more = breaks - len(_LINE_BREAK.findall(unit.target))
        if more:
            shifts.append((unit.line - shifts[-1][1] + 1, shifts[-1][1] + more))
    return shifts


def _fault(path: str, check: str, severity: Severity, spot: Spot, shifts: Sequence[tuple[int, int]]) -> Fault:
    index = bisect_right(shifts, spot.line, key=lambda shift: shift[0])
    line = max(1, spot.line + shifts[max(0, index - 1)][1])
    return Fault(path, line, 1, "", check, severity, spot.message, "", spot.text, 0, len(spot.text))
