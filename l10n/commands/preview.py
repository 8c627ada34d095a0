"""PO files and their articles → static pages for reviewers: each article in both languages, side by side.

Law 4: the same input gives the same bytes, and only pages that change are written. Law 5: only pages of an
earlier preview are overwritten or removed in the folder of the pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from l10n import po
from l10n.catalogue.candidates import Candidates
from l10n.checks import Check
from l10n.english.lookups import Lookups
from l10n.english.opening import english_at
from l10n.files import Root
from l10n.inputs import find_po_files
from l10n.jobs.job import run_here
from l10n.jobs.rebuild_article import Rebuilder, Task
from l10n.jobs.run import ONE_PROCESS, Progress, Workers, no_progress, results
from l10n.locating import work_in
from l10n.pages.html import PAGE, assets_key
from l10n.pages.index import index_pages, name_of_list
from l10n.pages.page_job import ArticleMessages, Known, Listed, Made, PageJob, messages_of
from l10n.pages.page_risks import models_of, risk_keys, with_risks
from l10n.pages.search import Searched, name_of_part, search_pages
from l10n.pages.site import names_of, report_page
from l10n.pages.state_file import read_state, write_state
from l10n.po.rereading import Rereader
from l10n.printable import printable
from l10n.problems import L10nError, Problem, WithProblems, isolated
from l10n.report import MergeReport
from l10n.work import Work


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
    return Previewer(
        inputs, output, articles, english, english_unproved, checks, checks_key, remote_images
    ).write(workers, progress)


@dataclass(slots=True)
class Previewer:
    """Writes the pages, and writes them again after a save; the fields are those of `preview`."""

    inputs: Sequence[Path]
    output: Path
    articles: Path | None
    english: Path | None
    english_unproved: bool
    checks: Sequence[Check] | None
    checks_key: bytes
    remote_images: bool
    _job: PageJob | None = None
    """What the pages were made from last."""
    _files: list[tuple[Path, po.PoFile]] = field(default_factory=list)
    """The PO files of the job."""
    _readers: list[Rereader] = field(default_factory=list)
    """One for each of them; none before `prepare`."""

    def write(self, workers: Workers = ONE_PROCESS, progress: Progress = no_progress) -> PreviewReport:
        """Write all pages that have changed."""
        report = PreviewReport()
        root = Root.at(self.output)
        files, works = _works(self.inputs, self.articles, root, report)
        tasks = _tasks(works, report)
        progress(0, len(tasks))
        job, risk_keys = self._job_for(works, tasks, root, [_obsolete(file) for _, file in files])
        # Together, since `progress` may end this run after a save.
        self._job, self._files, self._readers = job, files, []
        made = list(_made(job, tasks, workers, progress, report))
        pages = sorted(with_risks(job, made), key=lambda page: page.listed.name)
        report.pages = [page.listed for page in pages]
        _write_site(root, works, made, report)
        kept = _remove_old(job, made, pages, report)
        with isolated(root.label("."), report.problems):
            write_state(root, [*pages, *kept], risk_keys)
        report.problems = sorted(set(report.problems))
        return report

    def _job_for(
        self, works: Sequence[Work], tasks: Sequence[Task], root: Root, obsolete: Sequence[frozenset[str]]
    ) -> tuple[PageJob, dict[str, str]]:
        """Return the job of making the pages, and by locale what the risks of its messages depend on."""
        english = english_at(self.english, takes_unproved=self.english_unproved)
        rebuilder = Rebuilder(works, "localized", None, frozenset(), False, None, english, writes=False)
        common_key = assets_key() + repr((self.remote_images, self.checks_key)).encode()
        names = names_of(
            (task, f"{works[task.work].root.path}/{task.reference}", task.reference) for task in tasks
        )
        state = read_state(root)
        messages, keys_of_messages = messages_of(rebuilder)
        keys = risk_keys(works, keys_of_messages, common_key)
        new = {works[task.work].locale for task in tasks if names[task] not in state.pages}
        unrated = [
            locale for locale, key in keys.items() if locale in new or state.risk_keys.get(locale) != key
        ]
        models = models_of(works, unrated)
        job = PageJob(
            *(rebuilder, root, names, messages, obsolete, common_key, state.pages, models),
            *(self.checks, self.remote_images),
        )
        return job, {**state.risk_keys, **keys}

    @property
    def folders(self) -> list[Path]:
        """The folders of the articles that were shown last; their images are shown with them."""
        found = []
        for work in self._job.rebuilder.works if self._job else ():
            for entry in work.scope:
                with suppress(L10nError):
                    work.root.locate(entry)
                    path = work.root.path / entry.removesuffix("/*")
                    found.append(path if path.is_dir() else path.parent)
        return list(dict.fromkeys(found))

    def prepare(self) -> None:
        """Prepare `write_open`."""
        if not self._readers:
            self._readers = [Rereader(one.data, one.catalogue.messages, one.label) for _, one in self._files]

    def write_open(self, names: Iterable[str]) -> None:
        """Write the pages with these names after a save, before all others.

        This is for speed alone: it reports nothing, and `write` has to follow.
        """
        self.prepare()
        works = self._works_again()
        if self._job is None or works is None:
            return
        job = replace(
            self._job,
            rebuilder=replace(self._job.rebuilder, works=works),
            messages=dict.fromkeys(self._job.names, ArticleMessages((), b"")),
            known={},
            models={},
        )
        tasks = {name: task for task, name in job.names.items()}
        for name in names:
            if name in tasks:
                run_here(job, [tasks[name]])

    def _works_again(self) -> list[Work] | None:
        """Return the PO files as they are now; None if they have to be read as a whole."""
        works = []
        for (path, _), reader, work in zip(
            self._files, self._readers, self._job.rebuilder.works if self._job else (), strict=True
        ):
            with suppress(L10nError):
                messages = reader.read(Root.at(path.parent).read(path.name))
                if messages is not None:
                    active = [message for message in messages if not message.obsolete]
                    works.append(replace(work, candidates=Candidates(active)))
        return works if len(works) == len(self._files) else None


def _works(
    inputs: Sequence[Path], articles: Path | None, output: Root, report: PreviewReport
) -> tuple[list[tuple[Path, po.PoFile]], list[Work]]:
    """Return the PO files, and the same with their articles."""
    merging = MergeReport()
    files = []
    works = []
    for path in find_po_files(inputs, report.problems):
        with isolated(printable(path.as_posix()), report.problems):
            file = po.PoFile.open(Root.at(path.parent), path.name)
            works.append(work_in(file, articles, output, merging))
            files.append((path, file))
    report.problems += merging.problems
    return files, works


def _obsolete(file: po.PoFile) -> frozenset[str]:
    """Return the sources of the obsolete messages that no message in use has."""
    messages = file.catalogue.messages
    in_use = {message.source for message in messages if not message.obsolete}
    return frozenset(message.source for message in messages if message.obsolete) - in_use


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
    """Write the index, the search and the report; remove lists and parts that are no longer needed."""
    numbers = {page.name: number for number, page in enumerate(report.pages)}
    of_tasks = {one.task: numbers[one.known.listed.name] for one in made if one.known}
    files = {
        **dict(index_pages(report.pages)),
        **dict(search_pages(report.pages, _texts(works, of_tasks))),
        "report.html": report_page(report.pages),
    }
    for name, html in files.items():
        with isolated(root.label(name), report.problems):
            if root.write(name, html, PAGE):
                report.written.append(root.label(name))
    for name_of in (name_of_list, name_of_part):
        following = (name for name in map(name_of, count(1)) if name not in files)
        while _is_removed(root, next(following), report):
            pass


def _texts(works: Sequence[Work], numbers: Mapping[Task, int]) -> Iterator[Searched]:
    """Yield the messages that a page shows."""
    for number, work in enumerate(works):
        references = {known_as: reference for reference, known_as in work.articles.items()}
        for message in work.candidates.messages:
            for place in message.places[:1]:
                page = numbers.get(Task(number, references.get(place.path, "")))
                if page is not None:
                    yield Searched(page, place.line, message.source, message.translation)


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
        is_old = is_gone or (name, locale) in without
        if not is_old or (not _is_removed(job.output, name, report) and not job.output.is_gone(name)):
            kept.append(old)
    return kept


def _is_removed(output: Root, name: str, report: PreviewReport) -> bool:
    """Remove a page unless somebody replaced it; return True if it was removed."""
    with isolated(output.label(name), report.problems):
        if not output.is_gone(name) and PAGE.holds(output.read(name, 1 << 30)):
            output.remove(name)
            report.removed.append(output.label(name))
            return True
    return False
