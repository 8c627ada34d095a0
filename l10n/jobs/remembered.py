"""Jobs on articles whose results are remembered: an article that did not change is not read again.

Law 4, same input, same bytes: an article is known by its stamp (size, times, inode), and if that is another,
by its content. What a job returns for it depends on nothing but the content and the key of the cache.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from l10n.cache import ArticleResult, Cache, digest, stamp_of
from l10n.files import Root
from l10n.jobs.job import Data, Failure, Job, Packed
from l10n.jobs.run import Progress, Workers, in_order
from l10n.problems import Problem

LEAST = 1 << 18
"""Bytes of articles that are read faster than a cache is opened."""
_AT_ONCE = 1000
"""Results that are stored together."""


class ArticleJob(Job[str, list[Packed]], Protocol):
    """A job on articles, which are named by their references from `root`."""

    @property
    def root(self) -> Root:
        """The folder of the articles."""


class _Known(NamedTuple):
    """What the cache has, and the stamps of the articles of which it has nothing."""

    results: dict[str, Packed]
    stamps: dict[str, bytes]
    gone: list[str]
    """The articles that the cache knows, and that are not among these."""


def remembered(
    job: ArticleJob,
    references: Sequence[str],
    workers: Workers,
    progress: Progress,
    problems: list[Problem],
    cache: Cache | None,
) -> Iterator[tuple[str, Packed]]:
    """Yield the articles with the results of a job, in order; one at which it fails is added to `problems`.

    Raises L10nError (`no-cluster`).
    """
    known = _known(job, references, cache) if cache else _Known({}, {}, [])
    fresh = [reference for reference in references if reference not in known.results]

    def further(done: int, _: int) -> None:
        progress(done + len(known.results), len(references))

    made = _made(job, fresh, workers, further)
    new: dict[str, ArticleResult] = {}
    for reference in references:
        if found := known.results.get(reference):
            yield reference, found
            continue
        result = next(made)
        if isinstance(result, Failure):
            problems.append(result.problem(job.root.label(reference)))
            continue
        if cache and result.digest and reference in known.stamps:
            new[reference] = ArticleResult(known.stamps[reference], *result)
            if len(new) == _AT_ONCE:
                cache.store_articles(new)
                new.clear()
        yield reference, result
    if cache and (new or known.gone):
        cache.store_articles(new)
        cache.forget_articles(known.gone)


def _known(job: ArticleJob, references: Sequence[str], cache: Cache) -> _Known:
    """Return what the cache has of the articles as they are now."""
    known = _Known({}, {}, [])
    now = time.time_ns()
    found = [(reference, job.root.status(reference)) for reference in references]
    if sum(status.st_size for _, status in found if status) < LEAST:
        return known
    entries = cache.articles()
    known.gone.extend(entries.keys() - set(references))
    touched: dict[str, ArticleResult] = {}
    for reference, status in found:
        if status is None:
            continue
        stamp = stamp_of(status, now)
        entry = entries.get(reference)
        if entry and not (stamp and stamp == entry.stamp):
            data = job.load(reference)
            if _is_of(data, entry):
                touched[reference] = entry._replace(stamp=stamp)
            else:
                entry = None
        if entry:
            known.results[reference] = Packed(entry.digest, entry.result)
        else:
            known.stamps[reference] = stamp
    if touched:
        cache.store_articles(touched)
    return known


def _is_of(data: Data, entry: ArticleResult) -> bool:
    return isinstance(data, bytes) and digest(data) == entry.digest


def _made(
    job: ArticleJob, references: Sequence[str], workers: Workers, progress: Progress
) -> Iterator[Packed | Failure]:
    """Yield the result for each article, in order."""
    for _, result in in_order(job, references, workers, progress):
        if isinstance(result, Failure):
            yield result
        else:
            yield from result
