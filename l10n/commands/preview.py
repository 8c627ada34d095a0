"""PO files and their articles → static pages for reviewers: each article in both languages, side by side.

Law 4: the same input gives the same bytes, and only pages that change are written. Law 5: only pages of an
earlier preview are overwritten or removed in the folder of the pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from l10n import po
from l10n.checks import CHECKS, Check
from l10n.checks.runner import with_own_severities
from l10n.english.lookups import Lookups
from l10n.english.opening import english_at
from l10n.files import Root
from l10n.inputs import find_po_files
from l10n.jobs.rebuild_article import Rebuilder, Task, Work
from l10n.jobs.run import ONE_PROCESS, Progress, Workers, no_progress, results
from l10n.locating import work_in
from l10n.pages.html import PAGE, assets_key
from l10n.pages.page_job import Known, Listed, Made, PageJob, keys_of_messages
from l10n.pages.site import index_page, names_of, report_page, search_page
from l10n.pages.state_file import read_known, write_known
from l10n.printable import printable
from l10n.problems import Problem, WithProblems, isolated
from l10n.report import MergeReport


@dataclass(slots=True)
class PreviewReport(WithProblems):
    """The result of a `preview`."""

    pages: list[Listed] = field(default_factory=list)
    """The articles that have a page, in order."""
    hidden: int = 0
    """Units of the pages written that are not visible at their places; the page lists them at its end."""
    written: list[str] = field(default_factory=list)
    """Files written, as the user would name them; unchanged ones are not."""
    removed: list[str] = field(default_factory=list)
    """Pages of articles that are gone."""
    problems: list[Problem] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the report in JSON's types."""
        return asdict(self) | {"pages": [page._asdict() for page in self.pages]}


def preview(
    inputs: Sequence[Path],
    output: Path = Path("preview"),
    *,
    articles: Path | None = None,
    english: Path | None = None,
    english_unproved: bool = False,
    checks: Sequence[Check] | None = None,
    checks_key: bytes = b"",
    remote_images: bool = False,
    workers: Workers = ONE_PROCESS,
    progress: Progress = no_progress,
) -> PreviewReport:
    """Write the pages of the articles of the PO files in `inputs` (files and folders) to `output`.

    The articles are found as for `merge`, and shown as it would write them now. `checks`, by default CHECKS,
    find faults in the translations; `checks_key` is something that changes when they or l10n do. Images are
    loaded from the web only with `remote_images`. All problems are in the report.
    """
    report = PreviewReport()
    root = Root.at(output)
    works = _works(inputs, articles, root, report)
    tasks = _tasks(works, report)
    files = english_at(english, takes_unproved=english_unproved)
    rebuilder = Rebuilder(works, "localized", None, frozenset(), False, None, files, writes=False)
    options = repr((remote_images, checks_key)).encode()
    job = PageJob(
        rebuilder,
        root,
        names_of((task, f"{works[task.work].root.path}/{task.reference}", task.reference) for task in tasks),
        keys_of_messages(rebuilder),
        assets_key() + options,
        read_known(root),
        with_own_severities(CHECKS if checks is None else checks),
        remote_images,
    )
    made = list(_made(job, tasks, workers, progress, report))
    pages = sorted((one.known for one in made if one.known), key=lambda page: page.listed.name)
    report.pages = [page.listed for page in pages]
    _write_site(root, works, made, report)
    kept = _remove_old(job, made, pages, report)
    with isolated(root.label("."), report.problems):
        write_known(root, [*pages, *kept])
    report.problems = sorted(set(report.problems))
    return report


def _works(inputs: Sequence[Path], articles: Path | None, output: Root, report: PreviewReport) -> list[Work]:
    """Return the PO files with their articles."""
    merging = MergeReport()
    works = []
    for path in find_po_files(inputs, report.problems):
        with isolated(printable(path.as_posix()), report.problems):
            file = po.PoFile.open(Root.at(path.parent), path.name)
            works.append(work_in(file, articles, output, merging))
    report.problems += merging.problems
    return works


def _tasks(works: Sequence[Work], report: PreviewReport) -> list[Task]:
    """Return the articles of all PO files. If several are for one article and locale, the first has it."""
    tasks: list[Task] = []
    makers: dict[tuple[str, str], str] = {}
    for number, work in enumerate(works):
        for reference in sorted(work.articles):
            maker = makers.setdefault((f"{work.root.path}/{reference}", work.locale), work.label)
            if maker == work.label:
                tasks.append(Task(number, reference))
            elif reference in work.referred:
                message = f"{maker} makes the page of this article, and was used; name only one of them"
                report.problems.append(Problem(work.root.label(reference), 1, 1, "claimed-twice", message))
    return tasks


def _made(
    job: PageJob, tasks: Sequence[Task], workers: Workers, progress: Progress, report: PreviewReport
) -> Iterator[Made]:
    """Yield what became of each article, in order."""

    def label(task: Task) -> str:
        return job.rebuilder.works[task.work].root.label(task.reference)

    lookups: list[Lookups] = []
    for batch, looked_up in results(job, tasks, workers, progress, label, report.problems):
        lookups += [looked_up] if looked_up else []
        for made in batch:
            report.problems += made.problems
            report.hidden += made.hidden
            if made.is_written and made.known:
                report.written.append(job.output.label(made.known.listed.name))
            yield made
    if job.rebuilder.english:
        counting = MergeReport()
        counting.count_english(lookups)
        report.problems += counting.problems


def _write_site(root: Root, works: Sequence[Work], made: Sequence[Made], report: PreviewReport) -> None:
    """Write the index, the search and the report."""
    names = {one.task: one.known.listed.name for one in made if one.known}
    files = {
        "index.html": index_page(report.pages),
        "report.html": report_page(report.pages),
        "search.html": search_page(report.pages, _texts(works, names)),
    }
    for name, html in files.items():
        with isolated(root.label(name), report.problems):
            if root.write(name, html, PAGE):
                report.written.append(root.label(name))


def _texts(works: Sequence[Work], names: dict[Task, str]) -> Iterator[tuple[str, int, str, str]]:
    """Yield page, line, source and translation of each message that a page shows."""
    for number, work in enumerate(works):
        references = {known_as: reference for reference, known_as in work.articles.items()}
        for message in work.candidates.messages:
            for place in message.places[:1]:
                name = names.get(Task(number, references.get(place.path, "")))
                if name:
                    yield name, place.line, message.source, message.translation


def _remove_old(
    job: PageJob, made: Sequence[Made], pages: Sequence[Known], report: PreviewReport
) -> list[Known]:
    """Remove the pages of articles that are gone; return the other old pages that were not made again.

    Those of PO files that this run was not for stay, and those of articles that cannot be read now.
    """
    names = {page.listed.name for page in pages}
    works = job.rebuilder.works
    without = {
        (job.names[one.task], works[one.task.work].locale)
        for one in made
        if not one.known and not one.problems
    }
    kept = []
    for name, old in sorted(job.known.items()):
        if name in names:
            continue
        locale = old.listed.locale
        roots = [work.root for work in works if work.locale == locale]
        is_gone = bool(roots) and all(root.is_gone(old.listed.reference) for root in roots)
        if not (is_gone or (name, locale) in without) or not _is_removed(job.output, name, report):
            kept.append(old)
    return kept


def _is_removed(output: Root, name: str, report: PreviewReport) -> bool:
    """Remove a page unless somebody replaced it; return False if it may be tried again."""
    with isolated(output.label(name), report.problems):
        if not output.is_gone(name) and PAGE.holds(output.read(name, 1 << 30)):
            output.remove(name)
            report.removed.append(output.label(name))
        return True
    return False
