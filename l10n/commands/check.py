"""Articles and PO files → what is wrong with their translations, in order of place.

Nothing is written but a baseline, where one is asked for; `jobs.check_article` does the work. Law 5: PO
files and articles may come from anyone; they are read through a `Root`.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from l10n import po
from l10n.cache import Cache, CacheFolder, opened
from l10n.checks import (
    ARTICLE_CHECKS,
    CATALOGUE_CHECKS,
    CHECKS,
    GLOSSARY_CHECK_NAMES,
    PAGE_CHECKS,
    CatalogueCheck,
    Check,
    PageCheck,
    Severity,
)
from l10n.checks.baseline import Key, key, problem_key, read_baseline, write_baseline
from l10n.checks.message_checks import accepted_in, pair_of
from l10n.checks.targets import all_names
from l10n.english.lookups import Lookups, summed
from l10n.english.opening import english_at
from l10n.excluded import Excluded
from l10n.files import Root
from l10n.inputs import find_inputs
from l10n.jobs.check_article import (
    MARK_BYTES,
    ArticleChecker,
    Checked,
    Fault,
    Occurrence,
    PairChecker,
    mark_of,
)
from l10n.jobs.remembered import remembered
from l10n.jobs.run import ONE_PROCESS, Progress, Workers, no_progress, results
from l10n.locales import gettext_name
from l10n.printable import printable
from l10n.problems import L10nError, Problem, exit_code, isolated

_CLEAN = b"messages without findings"
"""The key of their marks in a cache."""
_MANY = 500
"""Messages that are checked faster than a cache is opened."""


@dataclass(slots=True)
class CheckReport:
    """The result of a `check`."""

    files: int = 0
    """Articles and PO files read."""
    units: int = 0
    """Units of articles and messages of PO files that were checked."""
    findings: list[Fault] = field(default_factory=list)
    accepted: int = 0
    """Findings that a comment in the PO file accepts."""
    known: int = 0
    """Findings and problems that the baseline holds."""
    mended: int = 0
    """Messages that `fix` mended before the check."""
    written: list[str] = field(default_factory=list)
    """PO files that `fix` wrote, as the user would name them."""
    excluded: int = 0
    """Files in the folders named that the settings leave out."""
    plain: int = 0
    """Plain articles that were not checked, since their English files are unknown."""
    problems: list[Problem] = field(default_factory=list)

    def add(self, checked: Checked) -> None:
        """Add the result for an article or for some messages, without the lookups."""
        self.plain += checked.plain
        self.files += checked.files
        self.units += checked.units
        self.accepted += checked.accepted
        self.findings += checked.findings
        self.problems += checked.problems

    def count(self, severity: Severity) -> int:
        """Return the number of findings of a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def exit_code(self, fail_on: Severity = Severity.ERROR) -> int:
        """1 if a finding is as bad as `fail_on`, or a file could not be read; else 0.

        70 if l10n itself failed at a file.
        """
        failed = any(finding.severity.is_as_bad_as(fail_on) for finding in self.findings)
        return exit_code(self.problems) or int(failed)


AnyCheck = TypeVar("AnyCheck", Check, CatalogueCheck, PageCheck)


@dataclass(frozen=True, slots=True)
class Choice:
    """The checks to run, and the severities of their findings."""

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
            or not severity.is_as_bad_as(self.least)
        )
        return None if is_out else severity

    def chosen(self, checks: Iterable[AnyCheck]) -> list[tuple[AnyCheck, Severity]]:
        """Those of `checks` that are run, each with the severity of its findings."""
        severities = ((check, self.severity(check.name, check.severity)) for check in checks)
        return [(check, severity) for check, severity in severities if severity]


def names() -> tuple[str, ...]:
    """The names of all checks, those of a glossary too."""
    of_catalogues = (check.name for check in CATALOGUE_CHECKS)
    of_pages = (check.name for check in PAGE_CHECKS)
    return (
        *(check.name for check in (*CHECKS, *ARTICLE_CHECKS)),
        *of_pages,
        *of_catalogues,
        *GLOSSARY_CHECK_NAMES,
    )


def check(
    inputs: Sequence[Path],
    *,
    locale: str | None = None,
    choice: Choice | None = None,
    checks: Sequence[Check] | None = None,
    exclude: Excluded | None = None,
    baseline: Path | None = None,
    update_baseline: bool = False,
    english: Path | None = None,
    english_unproved: bool = False,
    cache: CacheFolder | None = None,
    workers: Workers = ONE_PROCESS,
    progress: Progress = no_progress,
) -> CheckReport:
    """Check the articles and PO files in `inputs` (files and folders).

    `locale` is for articles without one; raises ValueError if there is no such one. `checks` are those of
    single pairs, by default CHECKS. The files in folders that `exclude` holds are left out. The findings and
    problems that the file `baseline` holds are not reported; with `update_baseline` it is written with all
    that there are. `english` and `english_unproved` are as for `extract`: plain articles are checked with
    their help. What `cache` knows of unchanged articles and messages is not checked again; its settings are
    what `checks` are made of. The checks are run by `workers`; raises L10nError (`no-cluster`) if they cannot
    be used. All other problems are in the report.
    """
    choice = choice or Choice()
    found = find_inputs(inputs, exclude=exclude)
    report = CheckReport(problems=found.problems, excluded=found.excluded)
    of_pairs = choice.chosen(CHECKS if checks is None else checks)
    of_catalogues = choice.chosen(CATALOGUE_CHECKS)
    article_checker = ArticleChecker(
        found.root,
        gettext_name(locale) if locale else None,
        of_pairs,
        choice.chosen(ARTICLE_CHECKS),
        choice.chosen(PAGE_CHECKS),
        tuple(sorted({_folder_of(path, found.root) for path in inputs})),
        bool(of_catalogues),
        english_at(english, takes_unproved=english_unproved),
    )
    with opened(cache, "check", partial(_key_of, article_checker, choice)) as known:
        pairs = _check_articles(article_checker, found.articles, workers, progress, report, known)
        messages = _messages(found.root, found.po_files, report)
        _check_messages(PairChecker(of_pairs), messages, workers, progress, report, known)
    _compare_pairs([*pairs, *messages], of_catalogues, report)
    report.findings.sort(key=lambda fault: (fault.path, fault.line, fault.column, fault.check, fault.message))
    report.problems = sorted(set(report.problems))
    if baseline is not None:
        _apply_baseline(report, baseline, update_baseline)
    return report


def _key_of(checker: ArticleChecker, choice: Choice) -> tuple[object, ...] | None:
    """Return what the findings depend on, except articles and settings; None if unknown.

    Findings name their articles from the current folder.
    """
    english = checker.english.state() if checker.english else ()
    names = all_names(Root.at(checker.root.locate(folder)) for folder in checker.folders)
    if english is None or names is None:
        return None
    severities = sorted((name, severity.value) for name, severity in choice.severities.items())
    chosen = (choice.only, choice.skip, severities, choice.least.value)
    return str(checker.root.path), os.getcwd(), checker.folders, checker.fallback, chosen, english, names


def _check_articles(
    checker: ArticleChecker,
    references: Sequence[str],
    workers: Workers,
    progress: Progress,
    report: CheckReport,
    cache: Cache | None,
) -> list[Occurrence]:
    """Check articles, and return their pairs; counts, findings and problems go to `report`."""
    pairs: list[Occurrence] = []
    lookups: list[Lookups] = []
    for _, made in remembered(checker, references, workers, progress, report.problems, cache):
        checked = Checked.from_bytes(made.result)
        report.add(checked)
        pairs += checked.pairs
        lookups += [checked.lookups] if checked.lookups else []
    report.problems += summed(lookups)[1]
    return pairs


def _check_messages(
    checker: PairChecker,
    messages: Sequence[Occurrence],
    workers: Workers,
    progress: Progress,
    report: CheckReport,
    cache: Cache | None,
) -> None:
    """Check messages, except those in which an earlier run found nothing; the result goes to `report`."""
    known: frozenset[bytes] = frozenset()
    if cache and len(messages) >= _MANY:
        known = _split(cache.result(_CLEAN) or b"")
    marks = [mark_of(at.pair) for at in messages] if known else []
    fresh = [at for at, mark in zip(messages, marks, strict=True) if mark not in known] if known else messages
    report.units += len(messages) - len(fresh)
    clean = set(known.intersection(marks))
    for checked in results(checker, fresh, workers, progress, lambda at: at.path, report.problems):
        report.add(checked)
        clean.update(checked.clean)
    if cache and len(messages) >= _MANY:
        cache.store_result(_CLEAN, b"".join(sorted(clean)))


def _split(marks: bytes) -> frozenset[bytes]:
    return frozenset(marks[start : start + MARK_BYTES] for start in range(0, len(marks), MARK_BYTES))


def _messages(root: Root, references: Sequence[str], report: CheckReport) -> list[Occurrence]:
    """Return the translated messages of PO files."""
    messages: list[Occurrence] = []
    for reference in references:
        with isolated(root.label(reference), report.problems):
            messages += _messages_of(root, reference)
            report.files += 1
    return messages


def _compare_pairs(
    pairs: Sequence[Occurrence], checks: Sequence[tuple[CatalogueCheck, Severity]], report: CheckReport
) -> None:
    """Run the checks that need all pairs of a locale together."""
    by_locale: dict[str, list[Occurrence]] = {}
    for at in pairs if checks else ():
        by_locale.setdefault(at.pair.locale, []).append(at)
    for check, severity in checks:
        for own in by_locale.values():
            for index, finding in check.find([at.pair for at in own]):
                if check.name in own[index].accepted:
                    report.accepted += 1
                else:
                    report.findings.append(Fault.of(own[index], check.name, severity, finding))


def _folder_of(path: Path, root: Root) -> str:
    """Return the folder that `path` is or is in, from `root`: that of a link, or else of its target."""
    if path.is_dir():
        return root.reference(Path(os.path.realpath(path)))
    try:
        return root.reference(Path(os.path.realpath(path.parent)))
    except ValueError:
        return root.reference(Path(os.path.realpath(path)).parent)


def _apply_baseline(report: CheckReport, path: Path, update: bool) -> None:
    def named(path: str) -> str:
        return os.path.relpath(path, path_of_folder).replace(os.sep, "/")

    path_of_folder = os.path.dirname(os.path.abspath(path))

    def key_of(fault: Fault) -> Key:
        return key(named(fault.path), fault.check, fault.source, fault.target)

    def key_of_problem(problem: Problem) -> Key:
        return problem_key(replace(problem, path=named(problem.path)))

    try:
        if update:
            write_baseline(path, map(key_of, report.findings), map(key_of_problem, report.problems))
        known, known_problems = read_baseline(path)
    except L10nError as error:
        report.problems.append(error.problem)
        return
    before = len(report.findings) + len(report.problems)
    report.findings = _new(report.findings, key_of, known)
    report.problems = _new(report.problems, key_of_problem, known_problems)
    report.known = before - len(report.findings) - len(report.problems)


_Found = TypeVar("_Found", Fault, Problem)


def _new(found: Iterable[_Found], key_of: Callable[[_Found], Key], known: Counter[Key]) -> list[_Found]:
    """Those that are found more often than they are known."""
    new = []
    for one in found:
        if known[key_of(one)] > 0:
            known[key_of(one)] -= 1
        else:
            new.append(one)
    return new


def _messages_of(root: Root, reference: str) -> list[Occurrence]:
    """The messages of a PO file that have a translation; raises L10nError if it cannot be read."""
    file = po.PoFile.open(root, reference)
    locale = file.locale
    try:
        articles: Root | None = file.root
    except L10nError:
        articles = None  # only the names of the articles are wanted, and those it has
    labels: dict[str, str] = {}  # to make one takes long
    found = []
    for message, po_line in zip(file.catalogue.messages, file.message_lines(), strict=True):
        if message.obsolete or not message.translation:
            continue
        article = None
        if message.places:
            path, line = message.places[0]
            if path not in labels:
                labels[path] = articles.label(path) if articles else printable(path)
            article = (labels[path], line or 1)
        unit, accepted = message.note.id if message.note else "", accepted_in(message.comment)
        found.append(Occurrence(pair_of(message, locale), file.label, po_line, unit, article, accepted))
    return found
