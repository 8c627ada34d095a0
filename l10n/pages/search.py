"""The search: pages that hold sources and translations, each those of a part of the articles.

The pages work without a server, and no page is larger than a browser reads at once, however many articles
there are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from l10n.pages.html import NAVIGATION, direction, document, link, shown, text
from l10n.pages.page_job import Listed

PART = 10_000_000
"""Characters of sources and translations at which a part is full."""


class Searched(NamedTuple):
    """A message that is searched."""

    page: int
    """The number of its page."""
    line: int
    source: str
    translation: str


def search_pages(pages: Sequence[Listed], texts: Iterable[Searched]) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of the search, each with its name."""
    parts = list(_parts(sorted(texts)))
    for number, part in enumerate(parts, 1):
        yield name_of_part(number), _page(pages, parts, number, part)


def name_of_part(number: int) -> str:
    """Return the name of a page of the search; they are numbered from 1."""
    return f"search-{number}.html" if number > 1 else "search.html"


def _parts(texts: Iterable[Searched]) -> Iterator[list[Searched]]:
    """Yield the texts in parts; there is at least one, and none divides an article."""
    part: list[Searched] = []
    size = 0
    for one in texts:
        if size >= PART and one.page != part[-1].page:
            yield part
            part, size = [], 0
        part.append(one)
        size += len(one.source) + len(one.translation)
    yield part


def _page(
    pages: Sequence[Listed], parts: Sequence[Sequence[Searched]], number: int, part: Sequence[Searched]
) -> bytes:
    numbers = {page: number for number, page in enumerate(dict.fromkeys(one.page for one in part))}
    places = [
        [
            link(pages[page].name, 0),
            shown(pages[page].label),
            pages[page].locale.partition("@")[0].replace("_", "-"),
            direction(pages[page].locale),
        ]
        for page in numbers
    ]
    found = [(numbers[one.page], one.line, shown(one.source), shown(one.translation)) for one in part]
    body = (
        f'<header class="top">{NAVIGATION}<h1>Search</h1></header>\n<main>\n'
        '<p><label for="search">Words in the source or the translation</label><br>'
        '<input id="search" type="search" size="40"></p>\n<p id="count" role="status"></p>\n'
        f'<div id="hits"></div>\n{_links(pages, parts, number)}'
        "<noscript><p>The search needs JavaScript.</p></noscript>\n</main>"
    )
    data = json.dumps({"pages": places, "texts": found}, ensure_ascii=False, separators=(",", ":"))
    return document("Search · l10n", body, data=data)


def _links(pages: Sequence[Listed], parts: Sequence[Sequence[Searched]], number: int) -> str:
    """Return links to all parts, if there are several."""
    if len(parts) == 1:
        return ""
    items = "".join(
        f'<li><a href="{name_of_part(other)}"{_role(other, number)}>{text(pages[part[0].page].label)} – '
        f"{text(pages[part[-1].page].label)}</a></li>\n"
        for other, part in enumerate(parts, 1)
    )
    more = "<p>Press Enter to search the next part.</p>" if number < len(parts) else ""
    return (
        f'<nav class="parts"><h2>This is part {number} of {len(parts)}</h2>{more}<ol>\n{items}</ol></nav>\n'
    )


def _role(other: int, number: int) -> str:
    return {number: ' aria-current="page"', number + 1: ' rel="next"'}.get(other, "")
