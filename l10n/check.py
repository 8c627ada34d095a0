"""Articles and PO files → what is wrong with their translations, in order of place.

Nothing is written but a baseline, where one is asked for. Law 5: PO files and articles may
come from anyone; they are read through a `Root`, and each pair is checked once, however often
it stands.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from l10n import header, po
from l10n.article import Article, Unit, parse
from l10n.baseline import Key, key, read_baseline, write_baseline
from l10n.checks import ARTICLE_CHECKS, CATALOGUE_CHECKS, CHECKS, Check, Finding, Pair, Severity
from l10n.checks.terms import glossary_checks
from l10n.contentlocale import locale_of
from l10n.files import Root, common_root, find, printable, unlisted
from l10n.frontmatter import body_start
from l10n.glossary import Glossary
from l10n.header import articles_in
from l10n.kinds import Kind
from l10n.locales import gettext_name
from l10n.problems import L10nError, Problem
from l10n.report import Progress, no_progress
from l10n.translated import complete
from l10n.verdict import accepted_in, pair_of

_TITLE = re.compile(r"^title:[ \t]++([^\r\n]++)", re.MULTILINE)
_ORDER = {severity: number for number, severity in enumerate(Severity)}


class Place(NamedTuple):
    """Where a pair stands, and whose it is."""

    path: str
    line: int
    column: int
    unit: str
    """The id of the unit; of a message, that of its first unit; empty if it tells none."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding at its place."""

    path: str
    """The article as the user would name it; the PO file for a message without a place."""
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

    def as_json(self) -> dict[str, Any]:
        """What the JSON format tells of it."""
        table = asdict(self)
        return {
            name: table[name] for name in ("path", "line", "column", "unit", "check", "severity", "message")
        }


@dataclass(slots=True)
class CheckReport:
    """What a run found."""

    files: int = 0
    """Articles and PO files read."""
    units: int = 0
    """Units of articles and messages of PO files that were checked."""
    findings: list[Fault] = field(default_factory=list)
    accepted: int = 0
    """Findings that a comment in the PO file accepts."""
    known: int = 0
    """Findings that the baseline holds."""
    mended: int = 0
    """Messages that `fix` mended before the check."""
    written: list[str] = field(default_factory=list)
    """PO files that `fix` wrote, as the user would name them."""
    problems: list[Problem] = field(default_factory=list)

    def count(self, severity: Severity) -> int:
        """How many findings are of that severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def exit_code(self, fail_on: Severity = Severity.ERROR) -> int:
        """1 if a finding is as bad as `fail_on`, or a file could not be read; else 0."""
        failed = any(_ORDER[finding.severity] <= _ORDER[fail_on] for finding in self.findings)
        return 1 if failed or self.problems else 0


@dataclass(frozen=True, slots=True)
class Choice:
    """Which checks are run, and how their findings are judged."""

    only: tuple[str, ...] = ()
    """If there are any, only these."""
    skip: tuple[str, ...] = ()
    severities: dict[str, Severity] = field(default_factory=dict)
    """Severities other than the checks' own."""
    least: Severity = Severity.NOTE
    """The least severity that is reported."""

    def severity(self, name: str, own: Severity) -> Severity | None:
        """The severity of a check's findings; None if it is not run."""
        severity = self.severities.get(name, own)
        is_out = (
            name in self.skip
            or (self.only and name not in self.only)
            or _ORDER[severity] > _ORDER[self.least]
        )
        return None if is_out else severity


def names() -> tuple[str, ...]:
    """The names of all checks, those of a glossary too."""
    of_catalogues = (check.name for check in CATALOGUE_CHECKS)
    of_glossaries = (check.name for check in glossary_checks(Glossary()))
    return (*(check.name for check in (*CHECKS, *ARTICLE_CHECKS)), *of_catalogues, *of_glossaries)


def check(
    inputs: Sequence[Path],
    *,
    locale: str | None = None,
    choice: Choice | None = None,
    more: Sequence[Check] = (),
    baseline: Path | None = None,
    update_baseline: bool = False,
    progress: Progress = no_progress,
) -> CheckReport:
    """Check the articles and PO files in `inputs` (files and folders).

    `locale` is for articles that do not tell theirs; raises ValueError if there is no such
    one. `more` are checks besides CHECKS. What the file `baseline` holds is not reported;
    with `update_baseline` it is written with all that was found. All other problems are in
    the report.
    """
    fallback = gettext_name(locale) if locale else None
    run = _Run(choice or Choice(), more, fallback)
    files, run.report.problems = files_in(inputs)
    for done, (root, reference) in enumerate(files, 1):
        try:
            run.read(root, reference)
        except L10nError as error:
            run.report.problems.append(error.problem)
        progress(done, len(files))
    run.check_catalogues()
    report = run.report
    report.findings.sort(key=lambda fault: (fault.path, fault.line, fault.column, fault.check, fault.message))
    report.problems = sorted(set(report.problems))
    if baseline is not None:
        _apply_baseline(report, baseline, update_baseline)
    return report


def _apply_baseline(report: CheckReport, path: Path, update: bool) -> None:
    def key_of(fault: Fault) -> Key:
        return key(fault.path, fault.check, fault.source, fault.target)

    try:
        if update:
            write_baseline(path, map(key_of, report.findings))
        known = read_baseline(path)
    except L10nError as error:
        report.problems.append(error.problem)
        return
    new = []
    for fault in report.findings:
        if known[key_of(fault)] > 0:
            known[key_of(fault)] -= 1
        else:
            new.append(fault)
    report.known = len(report.findings) - len(new)
    report.findings = new


class _Run:
    """One run: the findings of each pair are kept, for the same pair stands at many places."""

    def __init__(self, choice: Choice, more: Sequence[Check], fallback: str | None) -> None:
        self.report = CheckReport()
        self._choice = choice
        self._fallback = fallback
        self._checks: list[tuple[Check, Severity]] = [
            (check, severity)
            for check in (*CHECKS, *more)
            if (severity := choice.severity(check.name, check.severity))
        ]
        self._of_catalogues = [
            (check, severity)
            for check in CATALOGUE_CHECKS
            if (severity := choice.severity(check.name, check.severity))
        ]
        self._found: dict[Pair, list[tuple[str, Severity, Finding]]] = {}
        self._pairs: dict[str, list[tuple[Pair, Place, frozenset[str]]]] = {}

    def read(self, root: Root, reference: str) -> None:
        """Check a file; raises L10nError if it cannot be read or tells no locale."""
        label = printable(root.label(reference))
        if reference.lower().endswith(".po"):
            self._read_po(root, reference, label)
        else:
            self._read_article(complete(parse(root.read(reference), label)))

    def _read_article(self, article: Article) -> None:
        if not article.units:
            return
        locale = locale_of(article, self._fallback)
        self.report.files += 1
        self.report.problems += article.problems
        headings = {(unit.source, unit.target) for unit in article.units if unit.kind is Kind.HEADING}
        for unit in article.units:
            if unit.kind is Kind.FRONT_MATTER and (unit.source, unit.target) in headings:
                self.report.units += 1  # a title that is the heading's copy has the heading's faults
                continue
            pair = Pair(unit.source, unit.target, unit.kind.value, locale)
            self._check(
                pair, Place(article.path, unit.line, 0, unit.id), frozenset(), _in_article(article, unit)
            )
        self._check_title(article, locale)

    def _check_title(self, article: Article, locale: str) -> None:
        heading = next((unit for unit in article.units if unit.kind is Kind.HEADING), None)
        title = _TITLE.search(article.text, 0, body_start(article.text)) if heading else None
        if heading is None or title is None:
            return
        pair = Pair(title[1].strip("\"' \t"), heading.target, "title", locale)
        place = Place(article.path, heading.line, 1, heading.id)
        for check in ARTICLE_CHECKS:
            severity = self._choice.severity(check.name, check.severity)
            for finding in check.find(pair) if severity else ():
                self._add(pair, place, frozenset(), check.name, severity or check.severity, finding, None)

    def _read_po(self, root: Root, reference: str, label: str) -> None:
        data = root.read(reference)
        catalogue = po.read(data, label)
        locale = header.locale_of(catalogue.header, label)
        folder = root.locate(reference).parent
        try:
            articles: Root | None = header.root_of(catalogue.header, folder, label)
        except L10nError:
            articles = None  # only the names of the articles are wanted, and those it has
        lines = po.message_lines(data, label)
        self.report.files += 1
        labels: dict[str, str] = {}  # to make one takes long
        for message, line in zip(catalogue.messages, lines, strict=True):
            if message.obsolete or not message.translation:
                continue
            unit = message.note.id if message.note else ""
            place = Place(label, line, 1, unit)
            if message.places:
                path, number = message.places[0]
                if path not in labels:
                    labels[path] = printable(articles.label(path) if articles else path)
                place = Place(labels[path], number or 1, 1, unit)
            pair = pair_of(message, locale)
            self._check(pair, place, accepted_in(message.comment), None)

    def _check(
        self,
        pair: Pair,
        place: Place,
        accepted: frozenset[str],
        position: Callable[[int], tuple[int, int]] | None,
    ) -> None:
        self.report.units += 1
        if self._of_catalogues:
            self._pairs.setdefault(pair.locale, []).append((pair, place, accepted))
        found = self._found.get(pair)
        if found is None:
            found = self._found[pair] = [
                (check.name, severity, finding)
                for check, severity in self._checks
                for finding in check.find(pair)
            ]
        for name, severity, finding in found:
            self._add(pair, place, accepted, name, severity, finding, position)

    def check_catalogues(self) -> None:
        """What only all pairs of a locale together tell."""
        for check, severity in self._of_catalogues:
            for pairs in self._pairs.values():
                for index, finding in check.find([pair for pair, _, _ in pairs]):
                    pair, place, accepted = pairs[index]
                    self._add(pair, place, accepted, check.name, severity, finding, None)

    def _add(
        self,
        pair: Pair,
        place: Place,
        accepted: frozenset[str],
        name: str,
        severity: Severity,
        finding: Finding,
        position: Callable[[int], tuple[int, int]] | None,
    ) -> None:
        if name in accepted:
            self.report.accepted += 1
            return
        line, column = position(finding.start) if position else (place.line, max(1, place.column))
        self.report.findings.append(
            Fault(
                place.path,
                line,
                column,
                place.unit,
                name,
                severity,
                finding.message,
                pair.source,
                pair.target,
                finding.start,
                finding.end,
            )
        )


def files_in(inputs: Sequence[Path]) -> tuple[list[tuple[Root, str]], list[Problem]]:
    """The articles and PO files in `inputs`, each once and in order, and what could not be listed."""
    root = common_root(inputs)
    found: set[str] = set()
    problems: list[Problem] = []

    def on_unlisted(error: OSError) -> None:
        problems.append(unlisted(error))

    for path in inputs:
        reference = root.reference(Path(os.path.realpath(path)))
        try:
            inside = articles_in(root, reference, on_unlisted)
            if path.is_dir():
                inside += [root.reference(po_file) for po_file in find(path, on_unlisted, (".po",))]
        except L10nError as error:
            problems.append(error.problem)
            continue
        if not inside and path.is_file():
            inside = [reference]
        if not inside and not problems:
            message = "there are no articles (.md, .yml, .yaml) and no PO files here"
            problems.append(Problem(printable(root.label(reference)), 1, 1, "no-articles", message))
        found.update(inside)
    return [(root, reference) for reference in sorted(found)], problems


def _in_article(article: Article, unit: Unit) -> Callable[[int], tuple[int, int]]:
    """How an offset in a unit's target becomes line and column; quoted targets have one place."""
    is_plain = unit.target_end - unit.target_start == len(unit.target)
    return lambda offset: article.position(unit.target_start + (offset if is_plain else 0))
