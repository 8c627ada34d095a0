"""The pages around the pages of articles: the index, the search and the report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from l10n.pages.charts import Bar, bars
from l10n.pages.html import direction, document, link, text
from l10n.pages.marks import clean
from l10n.pages.page_job import Listed
from l10n.printable import printable

_Key = TypeVar("_Key")
_NAVIGATION = (
    '<nav><a href="index.html">All articles</a> · <a href="search.html">Search</a> · '
    '<a href="report.html">Report</a></nav>'
)
_COLUMNS = ("article", "locale", "units", "words", "reviewed %", "errors", "warnings", "notes", "doubts")
_NUMBER = ' class="number"'
_FOLDERS, _CHECKS, _ARTICLES = 15, 15, 20
"""Rows of the charts and of the report."""
SEARCHED = 40_000_000
"""Characters of sources and translations that the search page holds: more than a browser reads at once is no
help."""


def index_page(pages: Sequence[Listed]) -> bytes:
    """Return the index: all articles in a table, and charts."""
    folders = sorted({folder for page in pages for folder in _folders(page)})
    options = "".join(f'<option value="{text(folder)}">{text(folder)}</option>' for folder in folders)
    filters = (
        '<div class="filters" hidden>'
        '<p><label for="folder">Folder</label><select id="folder"><option value="">all</option>'
        f"{options}</select></p>"
        '<p><label for="only">Show</label><select id="only"><option value="">all</option>'
        '<option value="open">to review</option><option value="errors">with errors</option>'
        '<option value="warnings">with warnings</option><option value="doubts">with doubts</option>'
        "</select></p>"
        '<p><label for="words">Name</label><input id="words" type="search"></p>'
        '<p id="shown" role="status"></p></div>\n'
    )
    head = "".join(
        f'<th scope="col"{_NUMBER if number >= 2 else ""}>{name}</th>' for number, name in enumerate(_COLUMNS)
    )
    rows = "".join(map(_row, pages))
    body = (
        f'<header class="top">{_NAVIGATION}<h1>Articles to review</h1>{_summary(pages)}</header>\n<main>\n'
        f'<div class="charts">{_charts(pages)}</div>\n{filters}<div class="wide">'
        '<table class="list sortable">'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n</main>"
    )
    return document("Articles to review · l10n", body)


def report_page(pages: Sequence[Listed]) -> bytes:
    """Return the report: progress, findings, and the articles with most left to do."""
    left = sorted(pages, key=lambda page: (page.reviewed_words - page.words, page.name))[:_ARTICLES]
    worst = sorted(pages, key=lambda page: (-page.errors, -page.warnings, page.name))[:_ARTICLES]
    body = (
        f'<header class="top">{_NAVIGATION}<h1>Progress of the review</h1>{_summary(pages)}</header>\n'
        f'<main class="report">\n<div class="charts">{_charts(pages)}</div>\n'
        "<h2>Most words to review</h2>\n"
        + _short(
            [(page, f"{page.words - page.reviewed_words:,} words") for page in left if page.percent < 100]
        )
        + "<h2>Most errors</h2>\n"
        + _short(
            [(page, f"{page.errors:,} errors, {page.warnings:,} warnings") for page in worst if page.errors]
        )
        + "</main>"
    )
    return document("Progress of the review · l10n", body)


def search_page(pages: Sequence[Listed], texts: Iterable[tuple[str, int, str, str]]) -> bytes:
    """Return the search page. `texts` are page, line, source and translation of messages, in order."""
    numbers = {page.name: number for number, page in enumerate(pages)}
    found: list[list[Any]] = []
    size = left_out = 0
    for name, line, source, target in texts:
        size += len(source) + len(target)
        if name in numbers and size <= SEARCHED:
            found.append([numbers[name], line, _shown(source), _shown(target)])
        elif name in numbers:
            left_out += 1
    places = [
        [
            link(page.name, 0),
            page.label,
            page.locale.partition("@")[0].replace("_", "-"),
            direction(page.locale),
        ]
        for page in pages
    ]
    more = f"<p>{left_out:,} messages have no room here and are not searched.</p>" if left_out else ""
    body = (
        f'<header class="top">{_NAVIGATION}<h1>Search</h1></header>\n<main>\n'
        '<p><label for="search">Words in the source or the translation</label><br>'
        f'<input id="search" type="search" size="40"></p>{more}\n<p id="count" role="status"></p>\n'
        '<div id="hits"></div>\n<noscript><p>The search needs JavaScript.</p></noscript>\n</main>'
    )
    data = json.dumps({"pages": places, "texts": found}, ensure_ascii=False, separators=(",", ":"))
    return document("Search · l10n", body, data=data)


def _shown(value: str) -> str:
    return printable(clean(" ".join(value.split())))


def _row(page: Listed) -> str:
    numbers = (
        page.units,
        page.words,
        page.percent,
        page.errors,
        page.warnings,
        page.notes,
        page.doubts,
    )
    cells = "".join(f'<td class="number" data-value="{number}">{number:,}</td>' for number in numbers)
    folder = page.name.rpartition("/")[0]
    return (
        f'<tr data-folder="{text(folder)}" data-open="{page.units - page.reviewed}" '
        f'data-errors="{page.errors}" '
        f'data-warnings="{page.warnings}" data-doubts="{page.doubts}"><td><a href="{link(page.name, 0)}">'
        f"{text(page.label)}</a></td><td>{text(page.locale)}</td>{cells}</tr>\n"
    )


def _folders(page: Listed) -> Iterator[str]:
    """Yield the folders that a page is in, to a depth at which they still help."""
    parts = page.name.split("/")[:-1][:6]
    for end in range(1, len(parts) + 1):
        yield "/".join(parts[:end])


def _summary(pages: Sequence[Listed]) -> str:
    units, done = sum(page.units for page in pages), sum(page.reviewed for page in pages)
    percent = 100 * done // units if units else 100
    return (
        f'<p class="summary">{len(pages):,} articles · {sum(page.words for page in pages):,} words · '
        f"{done:,} of {units:,} units reviewed ({percent} %) · "
        f"{sum(page.errors for page in pages):,} errors · "
        f"{sum(page.warnings for page in pages):,} warnings</p>"
    )


def _charts(pages: Sequence[Listed]) -> str:
    words: Counter[str] = Counter()
    reviewed: Counter[str] = Counter()
    for page in pages:
        folder = page.name.rpartition("/")[0] or "."
        words[folder] += page.words
        reviewed[folder] += page.reviewed_words
    largest = sorted(words, key=lambda folder: (-words[folder], folder))[:_FOLDERS]
    progress = [
        Bar(folder, reviewed[folder], words[folder], _percent(reviewed[folder], words[folder]))
        for folder in sorted(largest)
    ]
    findings: Counter[str] = Counter()
    for page in pages:
        findings.update(page.checks)
    common = sorted(findings.items(), key=lambda item: (-item[1], item[0]))[:_CHECKS]
    most = common[0][1] if common else 0
    named = [Bar(name, number, most, f"{number:,}") for name, number in common]
    return bars("Words reviewed, by folder", progress, "good") + (
        bars("Findings, by check", named, "bad") if named else ""
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part // whole if whole else 100} % of {whole:,}"


def _short(rows: Sequence[tuple[Listed, str]]) -> str:
    items = "".join(
        f'<tr><td><a href="{link(page.name, 0)}">{text(page.label)}</a></td><td>{page.percent} %</td>'
        f"<td>{what}</td></tr>\n"
        for page, what in rows
    )
    return f'<table class="list"><tbody>{items}</tbody></table>\n' if rows else "<p>None.</p>\n"


def names_of(articles: Iterable[tuple[_Key, str, str]]) -> dict[_Key, str]:
    """Return the name of the page of each article, of which key, path and reference are given.

    `mail/rules.md` gets `mail/rules.html`. Where two articles would get one name, the second one keeps its
    suffix: `mail/rules.md.html`.
    """
    owners = dict.fromkeys(("index.html", "search.html", "report.html"), "")
    names: dict[_Key, str] = {}
    for key, path, reference in articles:
        name = f"{reference[:-3] if reference.lower().endswith('.md') else reference}.html"
        if owners.setdefault(name.lower(), path) != path:
            name = f"{reference}.html"
        while owners.setdefault(name.lower(), path) != path:
            name += ".html"
        names[key] = name
    return names
