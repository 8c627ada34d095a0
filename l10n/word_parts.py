"""Share out the articles of a locale to parts of about the same number of words.

Law 2: an article keeps its part. New articles go to the part of their neighbours while it has room, and then
to new parts. The parts follow the order of folders and articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from l10n.catalogue import Segment
from l10n.words import count

_ROOM = 1.25
"""How far beyond its size a part may grow by new articles of its folders."""


def words_of(units: Sequence[Segment]) -> int:
    """Return the words of the distinct sources of an article."""
    return sum(count(source) for source in {unit.source for unit in units})


def share_out(
    words: Mapping[str, int], size: int, known: Mapping[str, str], new_parts: Iterator[str]
) -> dict[str, str]:
    """Return the part of each article.

    `words` has the number of words of each article, `size` is about that of a part, `known` has the parts of
    articles that have one, and `new_parts` yields names for new ones.
    """
    found = {article: known[article] for article in words if article in known}
    sizes: Counter[str] = Counter()
    for article, part in found.items():
        sizes[part] += words[article]
    ordered = sorted(words, key=_by_folder)
    for article, neighbour in _neighbours(ordered, found):
        if sizes[neighbour] + words[article] <= _ROOM * size:
            found[article] = neighbour
            sizes[neighbour] += words[article]
    rest = [article for article in ordered if article not in found]
    folders: Counter[str] = Counter()
    for article in rest:
        folders[_folder(article)] += words[article]
    part, filled, folder = "", 0, ""
    for article in rest:
        is_next = (
            _folder(article) != folder and 2 * filled >= size and filled + folders[_folder(article)] > size
        )
        if not part or is_next or (filled and filled + words[article] > size):
            part, filled = next(new_parts), 0
        found[article] = part
        filled, folder = filled + words[article], _folder(article)
    return found


def _neighbours(ordered: Sequence[str], found: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the new articles whose folder has a part, with that of the article before or after them."""
    near: dict[str, str] = {}
    for articles in (ordered[::-1], ordered):
        last: dict[str, str] = {}
        for article in articles:
            folder = _folder(article)
            if article in found:
                last[folder] = found[article]
            elif folder in last:
                near[article] = last[folder]
    return [(article, near[article]) for article in ordered if article in near]


def _folder(article: str) -> str:
    return str(PurePosixPath(article).parent)


def _by_folder(article: str) -> tuple[tuple[str, ...], str]:
    path = PurePosixPath(article)
    return path.parent.parts, path.name
