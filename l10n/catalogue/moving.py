"""Articles that were moved to another folder.

A folder that was renamed as a whole keeps the paths below it. So a place that is gone is followed to a
new article if both have the same name, half of the new one's sources were there, and most of
what is gone below the old folder is found below the new one in the same way. The new article may be edited
and a few may be missing, as in a delivery; a name that every folder has (`index.md`) proves nothing.

Law 5: the time grows with the size of the paths and messages only. Each article is compared with three: its
two neighbours in an order by names from the last to the first, and the one that shares most of its
rare sources.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from l10n.catalogue.candidates import COMMON
from l10n.catalogue.message import Message, Segment


class Move(NamedTuple):
    """A folder, or an article, that has another name now."""

    old: str
    """Its reference at the last delivery; empty for the root."""
    new: str
    articles: int
    """The number of articles below it that moved."""


class Moves(NamedTuple):
    """All that moved."""

    folders: list[Move]
    paths: dict[str, str]
    """The new reference of each old one that is gone."""

    def entry(self, entry: str) -> str:
        """Return the new name of an entry of a PO file's scope, if it is gone."""
        renamed = {old: new for old, new, _ in self.folders}
        end = len(entry)
        while end > 0 and entry[:end] not in renamed:
            end = max(0, entry.rfind("/", 0, end))
        if entry[:end] not in renamed:
            return entry
        return _joined(renamed[entry[:end]], entry[end:].lstrip("/")) or "."


class _Articles:
    """The articles of two deliveries, by their sources."""

    def __init__(
        self, messages: Sequence[Message], units: Sequence[Segment], is_gone: Callable[[str], bool]
    ) -> None:
        then = {place.path for message in messages for place in message.places}
        self.fresh = sorted({unit.place.path for unit in units} - then)
        """Those that are new at their paths."""
        self.gone = sorted(filter(is_gone, then)) if self.fresh else []
        if not self.gone:  # as nearly always; what follows takes long
            return
        self._then = _sources((place.path, m.source) for m in messages for place in m.places)
        self._now = _sources((unit.place.path, unit.source) for unit in units)
        self._standing = _paths_by_source(self._now, self.fresh)

    def most_alike(self, path: str) -> list[str]:
        """Return the new article that has most of the sources of an old one; of several the first by name."""
        shared = Counter(new for source in self._then[path] for new in self._standing.get(source, ()))
        return [min(shared, key=lambda new: (-shared[new], new))] if shared else []

    def is_it(self, path: str, candidate: str) -> bool:
        """Return True if half of the sources of a new article were in an old one."""
        now = self._now[candidate]
        return 2 * len(self._then[path] & now) >= len(now)


def find_moves(
    messages: Sequence[Message], units: Sequence[Segment], is_gone: Callable[[str], bool]
) -> Moves:
    """Find the folders of articles that are gone, and that `units` have under another name."""
    articles = _Articles(messages, units, is_gone)
    by_name = sorted((_from_the_name(path), path) for path in articles.fresh)
    votes: Counter[tuple[str, str]] = Counter()
    for path in articles.gone:
        for candidate in {*_neighbours(by_name, path), *articles.most_alike(path)}:
            old, new = _without_common_end(path, candidate)
            is_same_name = len(old) < len(path)
            if is_same_name and articles.is_it(path, candidate):
                votes[old, new] += 1
    moves = Moves([], {})
    for (old, new), count in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
        below = _below(articles.gone, old)
        if 2 * count > len(below) and below[0] not in moves.paths:
            followed = [path for path in below if path not in moves.paths]
            moves.folders.append(Move(old, new, len(followed)))
            moves.paths.update((path, _joined(new, _rest(path, old))) for path in followed)
    return moves


def find_moved_articles(
    messages: Sequence[Message], units: Sequence[Segment], is_gone: Callable[[str], bool]
) -> dict[str, str]:
    """Find the new article for each one that is gone, whatever its name: the most similar one."""
    articles = _Articles(messages, units, is_gone)
    found = ((path, candidate) for path in articles.gone for candidate in articles.most_alike(path))
    return {path: candidate for path, candidate in found if articles.is_it(path, candidate)}


def _sources(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path, source in pairs:
        found.setdefault(path, set()).add(source)
    return found


def _from_the_name(path: str) -> str:
    """A path that sorts by its name, then by the folder that it is in, and so on."""
    return "\0".join(reversed(path.split("/"))) + "\0"


def _neighbours(fresh: Sequence[tuple[str, str]], path: str) -> list[str]:
    """Those of the sorted paths with which the longest end is shared."""
    place = bisect_left(fresh, (_from_the_name(path), ""))
    return [candidate for _, candidate in fresh[max(0, place - 1) : place + 1]]


def _paths_by_source(sources: Mapping[str, Collection[str]], paths: Iterable[str]) -> dict[str, list[str]]:
    """Return by source the articles at `paths` that have it, if these are few."""
    found: dict[str, list[str]] = {}
    for path in paths:
        for source in sources[path]:
            found.setdefault(source, []).append(path)
    return {source: known for source, known in found.items() if len(known) <= COMMON}


def _without_common_end(one: str, other: str) -> tuple[str, str]:
    """Two paths without the names that both end in."""
    ones, others = one.split("/"), other.split("/")
    while ones and others and ones[-1] == others[-1]:
        ones.pop()
        others.pop()
    return "/".join(ones), "/".join(others)


def _below(paths: Sequence[str], folder: str) -> Sequence[str]:
    """Those of the sorted paths that are below a folder."""
    if not folder:
        return paths
    return paths[bisect_left(paths, f"{folder}/") : bisect_left(paths, f"{folder}0")]  # "0" follows "/"


def _joined(folder: str, rest: str) -> str:
    return f"{folder}/{rest}" if folder and rest else folder or rest


def _rest(path: str, folder: str) -> str:
    """A path from a folder that it is below; empty if it is not."""
    if not folder:
        return path
    return path[len(folder) + 1 :] if path.startswith(f"{folder}/") else ""
