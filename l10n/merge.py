"""PO files → articles: every article of the locale rebuilt, with the reviewed targets.

The law that merge keeps: what it writes parses back to the same units with exactly the
targets given. A translation that would break its article is refused, with the reason, and
the article keeps its own target.

Law 5: a PO is untrusted. Its references are read and written through a `Root`; nothing
outside the articles' folder is read, nothing outside the output folder written.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from l10n import header, po
from l10n.article import Article, Form, Unit, parse
from l10n.catalogue import Message
from l10n.english import English
from l10n.files import ARTICLE_SUFFIXES, Root, common_root, printable, unlisted
from l10n.locales import gettext_name
from l10n.matching import Index
from l10n.pairs import pairs_of
from l10n.pofiles import po_files
from l10n.problems import L10nError, Problem
from l10n.report import Progress, Report, no_progress
from l10n.translated import complete
from l10n.verify import verify

if TYPE_CHECKING:
    from l10n.checks import Check
    from l10n.verdict import Judge


@dataclass(frozen=True, slots=True)
class _Work:
    """One PO file, and the articles that it is for."""

    label: str
    locale: str
    fallback_tag: str | None
    root: Root
    index: Index
    articles: dict[str, str]
    """By reference from the root, the one that the PO knows it by."""
    referred: frozenset[str]


def merge(
    inputs: Sequence[Path],
    *,
    articles: Path | None = None,
    form: Form = "localized",
    output: Path = Path("build"),
    in_place: bool = False,
    include_fuzzy: bool = False,
    english: Path | None = None,
    strict: bool = False,
    checks: Sequence[Check] | None = None,
    progress: Progress = no_progress,
) -> Report:
    """Rebuild the articles of the PO files in `inputs` (files and folders).

    They are found through each PO's header and references, or in the folder `articles`,
    and written in `form` to `output/<content locale>/<reference>`; with `in_place` the
    annotated form goes back to where the articles are. `english` is as for `extract`.
    With `strict`, translations with an error of `checks`, by default CHECKS, are refused too.
    Problems are in the report.
    """
    report = Report()
    target = None if in_place else Root.at(output)
    works = []
    for path in po_files(inputs, report.problems):
        try:
            works.append(_work(path, articles, target, report))
        except L10nError as error:
            report.problems.append(error.problem)
    originals = {str(work.root.path / reference) for work in works for reference in work.articles}
    merger = _Merger(report, "annotated" if in_place else form, target, include_fuzzy, originals)
    if strict:
        merger.judge(checks)
    if english is None:
        merger.merge_all(works, progress, None)
    else:
        with English(english) as files:
            merger.merge_all(works, progress, files)
            report.count_english(files)
    report.problems += merger.homeless()
    report.problems = sorted(set(report.problems))
    return report


def _work(path: Path, articles: Path | None, target: Root | None, report: Report) -> _Work:
    folder = Root.at(path.parent)
    label = printable(folder.label(path.name))
    catalogue = po.read(folder.read(path.name), label)
    locale = header.locale_of(catalogue.header, label)
    report.count(catalogue.messages)
    active = [message for message in catalogue.messages if not message.obsolete]
    scope = header.scope_of(catalogue.header, label)
    found: dict[str, str] = {}
    referred: frozenset[str] = frozenset()
    if articles is not None:
        root = common_root([articles])
        for entry in scope or ["."]:
            moved = _moved(entry, Root.at(articles).path)
            base = root.reference(moved) if moved else ""
            for reference in _articles_of(
                root, base + entry[len(entry.removesuffix("/*")) :], target, report
            ):
                inside = PurePosixPath(reference).relative_to(base)
                found[reference] = str(PurePosixPath(entry.removesuffix("/*")) / inside)
    else:
        root = header.root_of(catalogue.header, folder.path, label)
        if target is None:
            _check_in_place(root, folder, locale, label)
        referred = frozenset(place.path for message in active for place in message.places)
        found = {reference: reference for reference in referred}
        for entry in scope:
            found |= {reference: reference for reference in _articles_of(root, entry, target, report)}
    tag = catalogue.header.get(header.FALLBACK)
    return _Work(label, locale, _safe_tag(tag, locale), root, Index(active), found, referred)


def _moved(entry: str, folder: Path) -> Path | None:
    """Where in `folder` an entry of the scope is: by as much of its end as is there."""
    parts = PurePosixPath(entry.removesuffix("/*")).parts
    is_file = entry.lower().endswith(ARTICLE_SUFFIXES)
    for start in (*range(1, len(parts)), 0, len(parts)):
        path = folder.joinpath(*parts[start:])
        if os.path.isfile(path) if is_file else os.path.isdir(path):
            return path
    return None


def _articles_of(root: Root, entry: str, target: Root | None, report: Report) -> list[str]:
    """The references of the articles in an entry of the scope."""
    if not entry:
        return []
    try:
        found = header.articles_in(root, entry, lambda error: report.problems.append(unlisted(error)))
    except L10nError as error:
        report.problems.append(error.problem)
        return []
    if target and target.path.is_relative_to(root.path / entry):
        # What an earlier merge wrote among the articles is none to rebuild.
        found = [name for name in found if not (root.path / name).is_relative_to(target.path)]
    return found


def _check_in_place(root: Root, folder: Root, locale: str, label: str) -> None:
    """Articles are overwritten only below the current folder or beside the PO files.

    Raises L10nError (`outside-folder`); naming the folder with `articles` allows any.
    """
    split = next((parent for parent in (folder.path, *folder.path.parents) if parent.name == locale), None)
    beside = (split.parent if split else folder.path).parent
    here = Root.at(Path.cwd()).path
    if not root.path.is_relative_to(here) and not root.path.is_relative_to(beside):
        message = (
            f"its articles are in {root.path.as_posix()}, which you did not name; "
            "to overwrite them there, say so with --articles"
        )
        raise L10nError(Problem(label, 1, 1, "outside-folder", message))


def _safe_tag(tag: str | None, locale: str) -> str | None:
    """The tag for articles without one, if it is the PO's own locale."""
    try:
        return tag if tag and gettext_name(tag) == locale else None
    except ValueError:
        return None


class _Merger:
    """Gives articles the targets of a catalogue, and writes them."""

    def __init__(
        self, report: Report, form: Form, output: Root | None, include_fuzzy: bool, originals: Iterable[str]
    ) -> None:
        self._report = report
        self._form: Form = form
        self._output = output
        self._include_fuzzy = include_fuzzy
        self._originals = frozenset(originals)
        self._judge: Judge | None = None
        self._claimed: dict[str, str] = {}
        self._at_home: set[str] = set()
        self._homeless: dict[str, Problem] = {}

    def judge(self, checks: Sequence[Check] | None) -> None:
        """Refuse what has an error of `checks`, by default CHECKS."""
        from l10n.verdict import Judge  # the checks take long to load, and few runs want them

        self._judge = Judge() if checks is None else Judge(checks)

    def merge_all(self, works: Sequence[_Work], progress: Progress, english: English | None) -> None:
        """Rebuild the articles of all PO files."""
        total = sum(len(work.articles) for work in works)
        done = 0
        for work in works:
            for reference in sorted(work.articles):
                try:
                    self.merge_article(work, reference, english)
                except L10nError as error:
                    self._report.problems.append(error.problem)
                done += 1
                progress(done, total)

    def homeless(self) -> list[Problem]:
        """The articles without a locale that no PO file was for."""
        return [problem for path, problem in self._homeless.items() if path not in self._at_home]

    def merge_article(self, work: _Work, reference: str, english: English | None) -> None:
        """Rebuild one article; raises L10nError if it cannot be read or written."""
        label = printable(work.root.label(reference))
        data = self._read(work, reference, label)
        if data is None:
            return
        article = parse(data, label)
        tag = self._tag(work, reference, article)
        if tag is None:
            return
        root, name = work.root, reference
        if self._output is not None:
            root, name = self._output, f"{tag}/{reference}"
        path = str(root.path / name)
        if (claimant := self._claimed.setdefault(path, work.label)) != work.label:
            message = f"{claimant} makes the same file, and was used; name only one of them"
            if self._output:
                message += ", or merge them one at a time, each with its own -o"
            raise L10nError(Problem(label, 1, 1, "claimed-twice", message))
        self._at_home.add(str(work.root.path / reference))
        if self._output is not None and path in self._originals:
            message = "it would be overwritten by its own rebuilt form; name another folder with -o"
            raise L10nError(Problem(label, 1, 1, "cannot-write", message))
        article = complete(article, english.of(article, work.root.path / reference) if english else None)
        self._report.articles += 1
        self._report.unsourced += article.unsourced
        self._report.units += len(article.units)
        self._report.problems += article.problems
        targets = self._verified(article, self._targets(work, reference, article))
        rendered = article.render(self._form, targets)
        if root.write(name, rendered):
            self._report.written.append(printable(root.label(name)))

    def _read(self, work: _Work, reference: str, label: str) -> bytes | None:
        path = work.root.locate(reference)
        try:
            os.stat(path)
            is_there = True
        except PermissionError:
            is_there = True  # reading it says why it cannot be
        except OSError:
            is_there = False
        if is_there or reference not in work.referred:
            return work.root.read(reference)
        message = f"{work.label} refers to this article, but it is not here; run l10n extract again"
        self._report.problems.append(Problem(label, 1, 1, "missing-article", message))
        return None

    def _tag(self, work: _Work, reference: str, article: Article) -> str | None:
        """The article's locale as the publisher writes it, or None if it is not the PO's."""
        tag = article.metadata.contentlocale
        try:
            if tag is None:
                if article.units and work.fallback_tag:
                    return work.fallback_tag
            elif gettext_name(tag) == work.locale:
                return tag
        except ValueError:
            if work.fallback_tag:
                return work.fallback_tag
        if tag is None and article.units:
            message = "it has no ms.contentlocale, so it was left out; extract it with --locale"
            self._homeless[str(work.root.path / reference)] = Problem(
                article.path, 1, 1, "no-locale", message
            )
        elif reference in work.referred:
            message = (
                f"{work.label} refers to this article, but its locale is {tag or 'not told'}; "
                "it was left out: run l10n extract again"
            )
            self._report.problems.append(Problem(article.path, 1, 1, "other-locale", message))
        return None

    def _targets(self, work: _Work, reference: str, article: Article) -> list[str]:
        """The target of each unit: its message's translation, or the one that it has."""
        units, records, _ = pairs_of(article, work.articles[reference])
        messages = work.index.match(records)
        for number, found in enumerate(messages):
            if found is None and (heir := work.index.heir(records, number)) and heir.is_sure:
                messages[number] = heir.message
        given: dict[int, str] = {}
        unknown: list[Unit] = []
        for unit, message in zip(units, messages, strict=True):
            if message is None:
                unknown.append(unit)
            elif self._is_used(message) and message.translation != unit.target:
                if reason := article.refusal(unit, message.translation):
                    self._refuse(article, unit, reason, code="refused-target")
                elif self._judge and (reason := self._judge.error_in(message, work.locale)):
                    self._refuse(article, unit, reason, code="strict-target")
                else:
                    given[unit.start] = message.translation
        if unknown:
            line, column = article.position(unknown[0].start)
            count = f"{len(unknown)} units are" if len(unknown) > 1 else f"unit {unknown[0].id} is"
            code = "no-message"
            text = f"{count} not in {work.label}, and kept the article's target; run l10n extract again"
            if not po.can_refer_to(reference):
                code = "bad-file-name"
                text = (
                    "its name holds characters that a PO file cannot, so no PO file has its units; rename it"
                )
            self._report.problems.append(Problem(article.path, line, column, code, text))
        return [given.get(unit.start, unit.target) for unit in article.units]

    def _verified(self, article: Article, targets: list[str]) -> list[str]:
        """The targets if they are read back from the article, else its own; counts the changed ones."""
        own = [unit.target for unit in article.units]
        if targets == own:
            return own
        try:
            verify(article, article.render("annotated", targets), targets)
        except L10nError as error:
            self._report.problems.append(error.problem)
            return own
        self._report.changed += sum(target != old for target, old in zip(targets, own, strict=True))
        return targets

    def _is_used(self, message: Message) -> bool:
        return bool(message.translation) and (self._include_fuzzy or not message.fuzzy)

    def _refuse(self, article: Article, unit: Unit, reason: str, *, code: str) -> None:
        line, column = article.position(unit.start)
        message = f"the translation of unit {unit.id} was not used, the old one stays: {reason}"
        self._report.problems.append(Problem(article.path, line, column, code, message))
