"""The page of an article: both languages side by side, the states in the margin, findings, all texts.

It is whole without JavaScript; the script adds keys and the panel.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from l10n.article import Article
from l10n.pages.blocks import BlockMaker, PageBlock, Row, paired
from l10n.pages.html import direction, document, link, text
from l10n.pages.linked_files import IncludedTexts, LinkedFiles
from l10n.pages.marks import Marker, clean, faulty, marked
from l10n.pages.review import STYLES, Reviewed, State
from l10n.pages.sections import Sections
from l10n.printable import printable

_WORD = re.compile(r"\w+|\s+|.", re.DOTALL)
_COMPARED = 300
"""Words up to which two sources are compared: it takes quadratic time."""
_OUTDATED = (State.OBSOLETE, State.NO_MESSAGE)
_HELP = (
    '<p class="help"><kbd>j</kbd> <kbd>k</kbd> next, previous · <kbd>n</kbd> next that needs review · '
    "<kbd>f</kbd> next finding · <kbd>c</kbd> copy the source · <kbd>Esc</kbd> close</p>"
)


class ArticlePage(NamedTuple):
    """A page, and what it does not show."""

    html: bytes
    hidden: list[int]
    """The numbers of the units that are not visible on one side or the other."""


@dataclass(frozen=True, slots=True)
class PageMaker:
    """Makes the pages of articles."""

    blocks: BlockMaker
    remote_images: bool

    def page(
        self,
        article: Article,
        targets: Sequence[str],
        units: Sequence[Reviewed],
        about: About,
        files: LinkedFiles,
    ) -> ArticlePage:
        """Return the page of an article with these targets, units and files."""
        source = Marker(lambda number, first: _start_tag(units[number], "s" if first else ""), files.image)
        target = Marker(lambda number, first: _start_tag(units[number], "u" if first else ""), files.image)
        rows = paired(
            self._side(article, source, IncludedTexts(files, "source"), targets, lambda _, raw: raw),
            self._side(
                *(article, target, IncludedTexts(files, "localized"), targets),
                lambda number, raw: _with_faults(units[number], raw),
            ),
        )
        hidden = sorted(set(range(len(units))) - (source.seen & target.seen))
        depth = about.name.count("/")
        body = (
            f'<header class="top"><nav><a href="{link("index.html", depth)}">All articles</a></nav>'
            f"<h1>{text(about.label)}</h1>{_summary(units)}{_included(files, depth)}{_HELP}</header>\n"
            f"<main>\n{_legend(units)}"
            + "".join(_sections(rows, units, about))
            + "</main>\n"
            + _hidden(hidden, units)
            + _unmatched(article)
            + _details(units, about)
            + '<aside id="panel" hidden aria-live="polite"></aside>'
        )
        return ArticlePage(document(f"{about.label} · l10n", body, images=self._image_sources), hidden)

    @property
    def _image_sources(self) -> str:
        """Where a page may load images from: the folder of the articles, by disk or by `--serve`."""
        return f"'self' file:{' https:' if self.remote_images else ''}"

    def _side(
        self,
        article: Article,
        marker: Marker,
        included: IncludedTexts,
        targets: Sequence[str],
        with_faults: Callable[[int, str], str],
    ) -> list[PageBlock]:
        def mark(number: int, raw: str) -> str:
            return marked(number, with_faults(number, clean(raw)))

        written = article.rendered_text(included.form, targets, mark)
        return self.blocks.blocks(written, marker, is_yaml=article.is_yaml, included=included)


class About(NamedTuple):
    """The names of an article and its PO file."""

    label: str
    """The article, as the user would name it."""
    name: str
    """The page, from the folder of all pages."""
    tag: str
    locale: str
    po_file: str


def _with_faults(one: Reviewed, raw: str) -> str:
    """Return the text of a unit on the page with marks around its faulty parts, if it is the checked text."""
    if not one.findings or raw != one.checked:
        return raw
    return faulty(raw, [(found.finding.start, found.finding.end) for found in one.findings])


def _start_tag(one: Reviewed, prefix: str) -> str:
    identity = f' id="{prefix}{one.number}"' if prefix else ""
    style = STYLES[one.state][0] + (" found" if one.findings else "")
    return (
        f'<span class="unit {style}"{identity} data-n="{one.number}" data-unit="{text(one.unit.id)}" '
        f'data-line="{one.unit.line}">'
    )


def _sections(rows: Iterable[Row], units: Sequence[Reviewed], about: About) -> Iterator[str]:
    """Yield the rows of a page, in the sections of the article."""
    sections = Sections()
    for row in rows:
        html = _row(row, units, about)
        if row.fence:
            yield from sections.around(row.fence, html)
        else:
            yield html
    yield sections.end()


def _row(row: Row, units: Sequence[Reviewed], about: About) -> str:
    numbers = sorted({number for block in (*row.source, *row.target) for number in block.units})
    inside = [units[number] for number in numbers if number < len(units)]
    return (
        '<div class="row">\n<div class="side" lang="en" dir="ltr">'
        + "".join(block.html for block in row.source)
        + f'</div>\n<div class="bar">{"".join(map(_bar, inside))}</div>\n'
        + f'<div class="side" lang="{text(about.tag)}" dir="{direction(about.locale)}">'
        + "".join(block.html for block in row.target)
        + f"</div>\n{_box(inside)}</div>\n"
    )


def _bar(one: Reviewed) -> str:
    style, sign = STYLES[one.state]
    more = f", findings: {len(one.findings)}" if one.findings else ""
    return (
        f'<a class="state {style}{" found" if one.findings else ""}" href="#d{one.number}" '
        f'data-n="{one.number}" aria-label="unit {one.number + 1}: {one.state}{more}">{sign}</a>'
    )


def _box(units: Iterable[Reviewed]) -> str:
    items = [
        f'<li class="{found.severity}"><a href="#u{one.number}" data-n="{one.number}">{text(found.check)}</a>'
        f" ({found.severity}): {text(found.finding.message)}</li>"
        for one in units
        for found in one.findings
    ]
    return f'<ul class="findings">{"".join(items)}</ul>\n' if items else ""


def _summary(units: Sequence[Reviewed]) -> str:
    done = sum(not one.is_open for one in units)
    findings = sum(len(one.findings) for one in units)
    percent = 100 * done // len(units) if units else 100
    return (
        f'<p class="summary">{done} of {len(units)} units reviewed ({percent} %) · '
        f"{sum(one.words for one in units):,} words · findings: {findings}</p>"
    )


def _included(files: LinkedFiles, depth: int) -> str:
    links = ", ".join(f'<a href="{link(name, depth)}">{text(label)}</a>' for label, name in files.pages())
    return f'<p class="summary">Included, with pages of their own: {links}</p>' if links else ""


def _legend(units: Sequence[Reviewed]) -> str:
    states = {one.state for one in units}
    shown = [
        f'<span class="state {style}">{sign}</span> {state}'
        for state, (style, sign) in STYLES.items()
        if state in states
    ]
    return f'<p class="legend">{" &nbsp; ".join(shown)}</p>\n' if shown else ""


def _hidden(hidden: Sequence[int], units: Sequence[Reviewed]) -> str:
    """Return the units that the page does not show at their places."""
    if not hidden:
        return ""
    items = "".join(
        f'<li><a href="#d{number}" data-n="{number}">{text(units[number].unit.source)}</a></li>'
        for number in hidden
    )
    return f'<section class="extra"><h2>Units that are not visible above</h2><ul>{items}</ul></section>\n'


def _unmatched(article: Article) -> str:
    """Return the sentences of a plain article that have no counterpart."""
    if not article.unmatched:
        return ""
    items = "".join(
        f"<li>{'English' if one.is_english else 'translation'}, line {one.line}: {text(one.text)}</li>"
        for one in article.unmatched
    )
    return f'<section class="extra"><h2>Sentences without a counterpart</h2><ul>{items}</ul></section>\n'


def _details(units: Sequence[Reviewed], about: About) -> str:
    """Return the texts of all units; the panel shows those of one."""
    shown = "".join(_detail(one, about) for one in units)
    return f'<details class="texts" id="texts"><summary>All texts</summary>\n{shown}</details>\n'


def _detail(one: Reviewed, about: About) -> str:
    unit, message = one.unit, one.message
    there = f' lang="{text(about.tag)}" dir="{direction(about.locale)}"'
    rows = [("source", ' lang="en" dir="ltr" class="source"', text(unit.source))]
    rows.append(("on the page", there, text(one.shown)))
    if one.checked != one.shown:
        rows.append(("in the PO file", there, _with_spots(one)))
    elif one.findings:
        rows[-1] = ("on the page", there, _with_spots(one))
    if unit.target not in (one.shown, one.checked):
        rows.append(("delivered", there, text(unit.target)))
    if message and message.previous_source:
        rows.append(
            ("previous source", ' lang="en" dir="ltr"', _difference(message.previous_source, unit.source))
        )
    if message and message.comment:
        rows.append(("comment", "", text(message.comment)))
    if one.state in _OUTDATED:
        rows.append(("to do", "", "run l10n extract with this delivery: the PO file is of an older one"))
    rows += [("doubt", "", text(doubt)) for doubt in one.doubts]
    rows += [
        (f"{found.severity}", ' class="finding"', f"{text(found.check)}: {text(found.finding.message)}")
        for found in one.findings
    ]
    po_file = text(about.po_file) if message else "no message"
    rows.append(("place", "", f"{po_file} · {text(about.label)}:{unit.line} · {text(unit.id)}"))
    listed = "".join(f"<dt>{name}</dt><dd{attributes}>{value}</dd>" for name, attributes, value in rows)
    return (
        f'<section class="detail" id="d{one.number}" data-n="{one.number}"><h3><a href="#u{one.number}" '
        f'data-n="{one.number}">Unit {one.number + 1}</a>: {one.state}, {unit.kind}</h3><dl>{listed}</dl>'
        "</section>\n"
    )


def _with_spots(one: Reviewed) -> str:
    """Return the checked text with the faulty parts marked."""
    spots = sorted((found.finding.start, found.finding.end) for found in one.findings)
    parts: list[str] = []
    end = 0
    for start, stop in spots:
        if end <= start < stop:
            parts += (text(one.checked[end:start]), f"<mark>{text(one.checked[start:stop])}</mark>")
            end = stop
    return "".join(parts) + text(one.checked[end:])


def _difference(old: str, new: str) -> str:
    """Return the old source with what is gone, and what came, marked; long ones as they are."""
    before, after = _WORD.findall(printable(old)), _WORD.findall(printable(new))
    if max(len(before), len(after)) > _COMPARED:
        return text(old)
    parts = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = text("".join(before[i:j])), text("".join(after[k:m]))
        if kind == "equal":
            parts.append(gone)
        else:
            parts += ([f"<del>{gone}</del>"] if gone else []) + ([f"<ins>{come}</ins>"] if come else [])
    return "".join(parts)
