"""Charts of the index and the report as inline SVG: bars with their numbers as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from l10n.pages.html import text
from l10n.pages.page_job import Listed

_ROW, _NAME, _WIDTH, _NUMBER = 22, 220, 200, 110
_LETTERS = 28
"""Letters of a name that have room."""
_FOLDERS, _CHECKS = 15, 15
"""The most bars of a chart."""


class _Bar(NamedTuple):
    """A bar with its name."""

    name: str
    value: int
    of: int
    label: str


def _bars(title: str, rows: Sequence[_Bar], style: str) -> str:
    """Return a chart of horizontal bars; `style` is `good` or `bad`."""
    height = _ROW * len(rows)
    parts = []
    for number, bar in enumerate(rows):
        y = number * _ROW
        length = _WIDTH * bar.value / bar.of if bar.of else 0
        name = bar.name if len(bar.name) <= _LETTERS else "…" + bar.name[1 - _LETTERS :]
        parts.append(
            f'<text x="0" y="{y + 15}">{text(name)}</text>'
            f'<rect class="track" x="{_NAME}" y="{y + 4}" width="{_WIDTH}" height="14"/>'
            f'<rect class="{style}" x="{_NAME}" y="{y + 4}" width="{length:.1f}" height="14"/>'
            f'<text x="{_NAME + _WIDTH + 8}" y="{y + 15}">{text(bar.label)}</text>'
        )
    width = _NAME + _WIDTH + _NUMBER
    caption = text(title)
    return (
        f'<figure><figcaption>{caption}</figcaption><svg width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="{caption}">'
        f"{''.join(parts)}</svg></figure>\n"
    )


def summary(pages: Sequence[Listed]) -> str:
    """Return the progress of all articles in a line."""
    units, done = sum(page.units for page in pages), sum(page.reviewed for page in pages)
    percent = 100 * done // units if units else 100
    return (
        f'<p class="summary">{len(pages):,} articles · {sum(page.words for page in pages):,} words · '
        f"{done:,} of {units:,} units reviewed ({percent} %) · "
        f"{sum(page.errors for page in pages):,} errors · "
        f"{sum(page.warnings for page in pages):,} warnings</p>"
    )


def charts(pages: Sequence[Listed]) -> str:
    """Return the progress by folder, and the findings by check."""
    words: Counter[str] = Counter()
    reviewed: Counter[str] = Counter()
    for page in pages:
        folder = page.name.rpartition("/")[0] or "."
        words[folder] += page.words
        reviewed[folder] += page.reviewed_words
    largest = sorted(words, key=lambda folder: (-words[folder], folder))[:_FOLDERS]
    progress = [
        _Bar(folder, reviewed[folder], words[folder], _percent(reviewed[folder], words[folder]))
        for folder in sorted(largest)
    ]
    findings: Counter[str] = Counter()
    for page in pages:
        findings.update(page.checks)
    common = sorted(findings.items(), key=lambda item: (-item[1], item[0]))[:_CHECKS]
    most = common[0][1] if common else 0
    named = [_Bar(name, number, most, f"{number:,}") for name, number in common]
    return _bars("Words reviewed, by folder", progress, "good") + (
        _bars("Findings, by check", named, "bad") if named else ""
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part // whole if whole else 100} % of {whole:,}"
