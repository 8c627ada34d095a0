"""Files that an earlier merge wrote, and that are no longer wanted, since what they were made of is gone.

Law 3, nothing is silent: without a report, a deleted article would stay published. Law 2: a file is removed
only on request, only if merge wrote it (`manifest`), and only if it is as merge left it.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from l10n.catalogue.header import Scope
from l10n.files import Root
from l10n.finding import ARTICLE_SUFFIXES
from l10n.limits import PO_BYTES
from l10n.manifest import COPY, WrittenFile, digest
from l10n.problems import Problem, isolated
from l10n.report import MergeReport
from l10n.work import Work, locale_of_folder


def find_left_over(
    works: Sequence[Work], output: Root, manifest: Mapping[str, WrittenFile], made: Container[str]
) -> list[str]:
    """Return the files of an earlier merge that are no longer wanted, without those `made` in this run.

    A folder of articles that is missing as a whole is reported elsewhere; it may come back.
    """
    by_locale: dict[str, list[tuple[Work, Scope]]] = {}
    for work in works:
        present = Scope(entry for entry in work.scope if _is_article(entry) or not _is_gone(work, entry))
        by_locale.setdefault(work.locale, []).append((work, present))
    found = []
    for name, entry in sorted(manifest.items()):
        if name in made:
            continue
        of_locale = by_locale.get(locale_of_folder(name.partition("/")[0]) or "", [])
        if not any(_covers(work, present, entry) for work, present in of_locale):
            continue
        places = {(work.root, work.reference_at(entry.source)) for work, _ in of_locale}
        is_wanted = any(place is not None and not root.is_gone(place) for root, place in places)
        if not is_wanted and not output.is_gone(name):
            found.append(name)
    return found


def report_or_remove(
    output: Root, found: Sequence[str], manifest: dict[str, WrittenFile], report: MergeReport, *, clean: bool
) -> None:
    """Remove the files in `found`, and from `manifest`, with `clean`; otherwise report them."""
    for name in found:
        label = output.label(name)
        with isolated(label, report.problems):
            data = output.read(name, PO_BYTES)
            is_own = digest(data) == manifest[name].digest
            if clean and is_own:
                output.remove(name, data)
                report.removed.append(label)
                del manifest[name]
                continue
            message = "what this was made of is gone; it was left as it is: delete it"
            message += ", or run l10n merge with --clean" if is_own else ", since somebody changed it"
            report.problems.append(Problem(label, 1, 1, "left-over", message))


def _covers(work: Work, present: Scope, entry: WrittenFile) -> bool:
    """Return True if what a file was made of would be there if it was not deleted."""
    place = work.reference_at(entry.source)
    if place is None or entry.form != COPY:
        return place is not None and present.holds(place)
    folder = work.reference_of(work.folder)
    return folder is not None and not work.root.is_gone(folder) and Scope([folder]).holds(place)


def _is_article(entry: str) -> bool:
    return entry.lower().endswith(ARTICLE_SUFFIXES)


def _is_gone(work: Work, entry: str) -> bool:
    return work.root.is_gone(entry.removesuffix("/*"))
