"""The preview of real articles: nearly all of their units are marked on both sides of the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from l10n import Article, parse
from l10n.english.bare_units import with_bare_units
from l10n.english.plain_units import with_plain_units
from l10n.pages.blocks import BlockMaker, paired
from l10n.pages.marks import Marker, clean, marked
from l10n.pages.publisher_markdown import publisher_markdown
from l10n.pages.sanitizing import Sanitizer

ANNOTATED = ("alch-nb", "alch-ja", "alch-ar", "alch-srlatn", "nuget-ja", "contrib-ru", "console-de")
PLAIN = ("nuget-ja", "contrib-ru", "console-de")


def articles(corpus: Path, name: str, form: str) -> Iterator[Article]:
    folder = corpus / name / form
    for path in sorted(folder.rglob("*")):
        english = corpus / name / "english" / path.relative_to(folder)
        if path.suffix not in (".md", ".yml"):
            continue
        article = parse(path.read_bytes(), path.name)
        if form == "plain":
            if english.exists():
                yield with_plain_units(article, english.read_bytes())
        else:
            yield with_bare_units(article, english.read_bytes() if english.exists() else None)


def count(found: Iterator[Article]) -> tuple[int, int, int, int]:
    """Return the units, those that are marked on both sides, the rows, and those of several blocks."""
    maker = BlockMaker(publisher_markdown(), Sanitizer())
    units = seen = rows = uneven = 0
    for article in found:
        sides, markers = [], []
        for form in ("source", "localized"):
            marker = Marker(lambda number, first: "<span>")
            text = article.rendered_text(form, None, lambda number, raw: marked(number, clean(raw)))
            sides.append(maker.blocks(text, marker, is_yaml=article.is_yaml))
            markers.append(marker)
        units += len(article.units)
        seen += len(markers[0].seen & markers[1].seen)
        pairs = paired(*sides)
        rows += len(pairs)
        uneven += sum(len(row.source) != 1 or len(row.target) != 1 for row in pairs)
    return units, seen, rows, uneven


@pytest.mark.slow
def test_nearly_all_units_are_marked_in_the_pages(corpus: Path) -> None:
    counts = [count(articles(corpus, name, "annotated")) for name in ANNOTATED]
    counts += [count(articles(corpus, name, "plain")) for name in PLAIN]
    units, seen, rows, uneven = (sum(column) for column in zip(*counts, strict=True))
    print(f"{units:,} units, {units - seen} not marked; {rows:,} rows, {uneven} of several blocks")
    assert units > 150_000
    assert seen >= 0.9999 * units
    assert uneven <= 0.001 * rows
