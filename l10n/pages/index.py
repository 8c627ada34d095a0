"""The index of the articles: a table that is sorted and filtered, and lists for browsers without JavaScript.

The index holds all articles as compact data, of which its script shows a part. Time and size grow with the
number of articles in a straight line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from l10n.pages.charts import charts, summary
from l10n.pages.html import NAVIGATION, document, link, shown, text
from l10n.pages.page_job import Listed

_COLUMNS = (
    *("article", "locale"),
    *("units", "words", "reviewed %", "errors", "warnings", "notes", "doubts", "words × risk"),
)
SHOWN = 200
"""Rows of the index that are shown at once; the script has the same number."""
LISTED = 500
"""Rows of a list."""
OPTIONS, _DEPTH = 1_000, 6
"""The most folders to choose from, and the most folders in a folder that can be chosen."""


def index_pages(pages: Sequence[Listed]) -> Iterator[tuple[str, bytes]]:
    """Yield the index and the lists, each with its name; there are lists if not all articles are shown."""
    yield "index.html", _index(pages)
    if len(pages) > SHOWN:
        parts = [pages[start : start + LISTED] for start in range(0, len(pages), LISTED)]
        for number, part in enumerate(parts, 1):
            yield name_of_list(number), _list(part, number, len(parts))


def name_of_list(number: int) -> str:
    """Return the name of a list; they are numbered from 1."""
    return f"list-{number}.html"


def _index(pages: Sequence[Listed]) -> bytes:
    options = "".join(f'<option value="{text(folder)}">{text(folder)}</option>' for folder in _folders(pages))
    filters = (
        '<div class="filters" hidden>'
        '<p><label for="folder">Folder</label><select id="folder"><option value="">all</option>'
        f"{options}</select></p>"
        '<p><label for="only">Show</label><select id="only"><option value="">all</option>'
        '<option value="open">to review</option><option value="errors">with errors</option>'
        '<option value="warnings">with warnings</option><option value="doubts">with doubts</option>'
        '<option value="risk">with risk</option></select></p>'
        '<p><label for="words">Name</label><input id="words" type="search"></p>'
        '<p id="shown" role="status"></p></div>\n'
    )
    body = (
        f'<header class="top">{NAVIGATION}<h1>Articles to review</h1>{summary(pages)}</header>\n<main>\n'
        f'<div class="charts">{charts(pages)}</div>\n{filters}{_table(pages[:SHOWN], " sortable")}'
        f"{_lists(pages)}</main>"
    )
    data = json.dumps(_data(pages), ensure_ascii=False, separators=(",", ":"))
    return document("Articles to review · l10n", body, data=data)


def _data(pages: Sequence[Listed]) -> dict[str, Any]:
    """Return the rows of all articles as the script reads them: folders and locales by number."""
    folders: dict[tuple[str, str, str], int] = {}
    locales: dict[str, int] = {}
    rows = []
    for page in pages:
        folder, name = _cut(shown(page.label))
        of_page, file = _cut(page.name)
        is_usual = name.endswith(".md") and file == f"{name[:-3]}.html"
        rows.append(
            (
                folders.setdefault((folder, link(of_page, 0), shown(of_page)), len(folders)),
                name,
                0 if is_usual else link(file, 0),
                locales.setdefault(page.locale, len(locales)),
                *_numbers(page),
                page.units - page.reviewed,
            )
        )
    return {"folders": list(folders), "locales": list(locales), "rows": rows}


def _cut(path: str) -> tuple[str, str]:
    """Return folder, with its slash, and name."""
    start = path.rfind("/") + 1
    return path[:start], path[start:]


def _numbers(page: Listed) -> tuple[float, ...]:
    return (
        *(page.units, page.words, page.percent),
        *(page.errors, page.warnings, page.notes, page.doubts, page.risk),
    )


def _lists(pages: Sequence[Listed]) -> str:
    """Return the links to the lists, if there are any."""
    if len(pages) <= SHOWN:
        return ""
    items = "".join(
        f'<li><a href="{name_of_list(start // LISTED + 1)}">{text(pages[start].label)} – '
        f"{text(pages[min(start + LISTED, len(pages)) - 1].label)}</a></li>\n"
        for start in range(0, len(pages), LISTED)
    )
    return f'<nav class="lists"><h2>All {len(pages):,} articles</h2><ol>\n{items}</ol></nav>\n'


def _list(pages: Sequence[Listed], number: int, of: int) -> bytes:
    steps = [(number - 1, "previous"), (number + 1, "next")]
    links = " · ".join(f'<a href="{name_of_list(n)}">{word}</a>' for n, word in steps if 0 < n <= of)
    title = f"Articles to review, list {number} of {of}"
    body = (
        f'<header class="top">{NAVIGATION}<h1>{title}</h1></header>\n<main>\n'
        f"{_table(pages)}<nav>{links}</nav>\n</main>"
    )
    return document(f"{title} · l10n", body)


def _table(pages: Sequence[Listed], style: str = "") -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS)
    return (
        f'<div class="wide"><table class="list articles{style}"><thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{''.join(map(_row, pages))}</tbody></table></div>\n"
    )


def _row(page: Listed) -> str:
    cells = "".join(f"<td>{number:,.0f}</td>" for number in _numbers(page))
    return (
        f'<tr><td><a href="{link(page.name, 0)}">{text(page.label)}</a></td><td>{text(page.locale)}</td>'
        f"{cells}</tr>\n"
    )


def _folders(pages: Sequence[Listed]) -> list[str]:
    """Return the folders to choose from, as deep as there are not too many of them."""
    parts = {
        tuple(folder.split("/")[:-1][:_DEPTH]) for folder in {_cut(shown(page.name))[0] for page in pages}
    }
    chosen: set[str] = set()
    for depth in range(1, _DEPTH + 1):
        more = {"/".join(part[:depth]) for part in parts if len(part) >= depth}
        if len(chosen) + len(more) > OPTIONS:
            break
        chosen |= more
    return sorted(chosen)
