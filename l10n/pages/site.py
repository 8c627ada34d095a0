"""The pages around the pages of articles: the report, and the names of all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from l10n.pages.charts import charts, summary
from l10n.pages.html import NAVIGATION, document, link, text
from l10n.pages.page_job import Listed

_Key = TypeVar("_Key")
_ARTICLES = 20
"""Rows of the tables of the report."""
_OWN = re.compile(r"(index|report|search(-\d+)?|list-\d+)\.html")
"""The names of the pages that are not of an article."""


def report_page(pages: Sequence[Listed]) -> bytes:
    """Return the report: progress, findings, and the articles with most left to do."""
    left = sorted(pages, key=lambda page: (page.reviewed_words - page.words, page.name))[:_ARTICLES]
    worst = sorted(pages, key=lambda page: (-page.errors, -page.warnings, page.name))[:_ARTICLES]
    body = (
        f'<header class="top">{NAVIGATION}<h1>Progress of the review</h1>{summary(pages)}</header>\n'
        f'<main class="report">\n<div class="charts">{charts(pages)}</div>\n'
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
    owners: dict[str, str] = {}

    def is_taken(name: str, path: str) -> bool:
        return bool(_OWN.fullmatch(name.lower())) or owners.setdefault(name.lower(), path) != path

    names: dict[_Key, str] = {}
    for key, path, reference in articles:
        name = f"{reference[:-3] if reference.lower().endswith('.md') else reference}.html"
        if is_taken(name, path):
            name = f"{reference}.html"
        while is_taken(name, path):
            name += ".html"
        names[key] = name
    return names
