"""Files that an earlier merge wrote for articles that were deleted since.

Law 3, nothing is silent: without a report, a deleted article would stay published. Law 2: a file is removed
only on request, and only if its article is gone and it has the PO file's locale.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from l10n.files import Root
from l10n.finding import ARTICLE_SUFFIXES
from l10n.inputs import articles_in
from l10n.jobs.rebuild_article import Work, locale_in
from l10n.locales import gettext_name
from l10n.problems import L10nError, Problem, isolated
from l10n.report import MergeReport


def find_left_over(
    works: Sequence[Work], output: Root, made: Container[str], report: MergeReport
) -> list[str]:
    """Return the references in `output` of deleted articles, without the files `made` in this run."""
    roots: dict[str, dict[Path, Root]] = {}
    for work in works:
        roots.setdefault(work.locale, {})[work.root.path] = work.root
    folders = {locale: _folders_of(output, locale) for locale in roots}
    found: set[str] = set()
    for work in works:
        for folder in folders[work.locale]:
            for reference in _articles_below(work, output, folder):
                source = reference.removeprefix(f"{folder}/")
                if reference in made or not all(root.is_gone(source) for root in roots[work.locale].values()):
                    continue
                if _is_of(output, reference, work.locale, report):
                    found.add(reference)
    return sorted(found)


def report_or_remove(output: Root, found: Sequence[str], report: MergeReport, *, prune: bool) -> None:
    """Remove the files in `found` with `prune`; otherwise add them to the problems of `report`."""
    for reference in found:
        label = output.label(reference)
        with isolated(label, report.problems):
            if prune:
                output.remove(reference)
                report.removed.append(label)
            else:
                message = (
                    "the article that this was made of is gone; it was left as it is: delete it, or run "
                    "l10n merge with --prune"
                )
                report.problems.append(Problem(label, 1, 1, "left-over", message))


def _folders_of(output: Root, locale: str) -> list[str]:
    """Return the folders of the output that a publisher's name of the locale names."""
    try:
        names = sorted(os.listdir(output.path))
    except OSError:
        return []
    return [name for name in names if _locale(name) == locale and os.path.isdir(output.path / name)]


def _articles_below(work: Work, output: Root, folder: str) -> Iterator[str]:
    for entry in work.scope:
        is_article = entry.lower().endswith(ARTICLE_SUFFIXES)
        # merge reports a folder that is missing as a whole; it may come back.
        if entry and (is_article or not work.root.is_gone(entry.removesuffix("/*"))):
            with suppress(L10nError):  # merge writes there, too, and reports the reason
                yield from articles_in(output, f"{folder}/{entry}".removesuffix("/."), lambda error: None)


def _is_of(output: Root, reference: str, locale: str, report: MergeReport) -> bool:
    """Return True if a file has this locale, or none."""
    with isolated(output.label(reference), report.problems):
        tag = locale_in(output.read(reference))
        return tag is None or _locale(tag.decode()) == locale
    return False


def _locale(tag: str) -> str | None:
    try:
        return gettext_name(tag)
    except ValueError:
        return None
