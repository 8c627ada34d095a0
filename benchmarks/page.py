"""The figures as a Markdown page, as a chart and as three lines."""

from __future__ import annotations

import re
from typing import NamedTuple

from benchmarks.chart import Column, chart
from benchmarks.scale import BESIDE, EXTRACT, MERGE, STATUS, UPDATE, Size
from benchmarks.timing import Lane, ratio
from benchmarks.tools import EXTRACT as READ
from benchmarks.tools import REBUILD, Faithfulness

INTRODUCTION = """\
# Benchmarks

Written by `python -m benchmarks.peers`, which makes the articles, installs the other tools and measures all
of them.

{set-up}

Compare the ratios, not the seconds: all tools ran alternately on the same articles, and each round started
with another tool. A ratio is of two times in the same round, the median of {rounds} rounds. Seconds are
elapsed time of whole processes, the least of the rounds. Peak memory is that of a tool's largest process.
"""
PEERS = """\
## Compared with other tools for Markdown and PO

Each tool reads all articles into PO files, and rebuilds them from these with unchanged translations. The
output should equal the input. l10n reads the annotated articles, in two languages. The others do not know
this format: they read the localized articles, which are less than half the bytes. So l10n has more to read,
whereas the others must parse Markdown, which l10n need not, since the publisher marked the sentences. They
also work with any Markdown, which l10n does not. mdpo promises Markdown with the same meaning, not the same
bytes.

- *Bodies*: articles that are the same below their front matter. po4a rewrites YAML; mdpo does not support
  front matter.
- *Alerts broken*: those whose marker (`> [!NOTE]`) is no longer on a separate line, so readers see a
  quote that begins with "[!NOTE]".
- po4a uses one PO file, translate-toolkit and mdpo one per article, which is the fastest way for each. mdpo
  runs through its library, in one process. No tool wraps lines.
"""
GETTEXT = """\
## Compared with gettext

gettext's tools are written in C and process only the PO file; l10n also reads or writes the articles. `msgcat
--no-wrap` copies the PO file that `l10n extract` wrote, and `msgmerge --previous` updates it with another
from the same articles with {edited} sources edited. A new PO file is made without a cache, the others with
that of an earlier run. {units:,} units in {articles:,} articles, {megabytes:.1f} MB:

| step | seconds | peak MB | compared with | time | memory |
|---|--:|--:|---|--:|--:|
"""
STARTING = """\
## Starting

One article of {units} units, for which nearly all of the time is loading; the median of {rounds} rounds. l10n
has its bytecode, as pip installs it:

| command | seconds |
|---|--:|
"""
SCALE = """\
## Scale

The same steps on more articles of the same kind. The microseconds and kilobytes per unit exclude the start-up
cost of a process, measured with a single article:

| step | units | seconds | peak MB | µs per unit | KB per unit |
|---|--:|--:|--:|--:|--:|
"""
LARGE = """\
One article of {units:,} units, {megabytes:.1f} MB, compared with as many units in {articles:,} articles:

| step | one article, seconds | many, seconds | one : many | one, peak MB | many, peak MB |
|---|--:|--:|--:|--:|--:|
"""


class Row(NamedTuple):
    """The results of one tool on one set of articles."""

    lane: Lane
    version: str
    result: Faithfulness


class Set(NamedTuple):
    """One set of articles and the results of all tools on it, l10n first."""

    name: str
    articles: int
    megabytes: float
    """Size of the annotated articles."""
    rows: list[Row]


class Figures(NamedTuple):
    """All measured figures."""

    machine: str
    versions: dict[str, str]
    rounds: int
    sets: list[Set]
    sizes: list[Size]
    """The smallest first, a single article in front."""
    starting: list[Lane]
    """The commands on the single article."""
    large: tuple[Size, Size]


def page(figures: Figures, picture: str) -> str:
    """Return the whole page; `picture` is the file name of the chart."""
    tools = ", ".join(f"{name} {version}" for name, version in figures.versions.items())
    introduction = INTRODUCTION.format_map(
        {"set-up": f"Last on {figures.machine}; {tools}.", "rounds": figures.rounds}
    )
    parts = [introduction, PEERS, f"![{_title(figures.sets[0])}]({picture})\n"]
    parts += map(_set, figures.sets)
    parts += [
        _gettext(figures.sizes[-1]),
        _starting(figures.starting, figures.sizes[0].units),
        _scale(figures.sizes),
        _large(*figures.large),
    ]
    return "\n".join(parts)


def three_lines(figures: Figures) -> str:
    """Return the three lines for the README."""
    rows = figures.sets[0].rows
    size, lanes = figures.sizes[-1], figures.sizes[-1].lanes
    beside = ", ".join(
        f"`{step.removeprefix('l10n ').split(',')[0]}` {_times(lanes[step], lanes[BESIDE[step]])}"
        for step in (EXTRACT, STATUS, MERGE)
    )
    back = ", ".join(f"{_name(row)} {row.result.identical:,}" for row in rows if row.lane.error is None)
    speed = ", ".join(
        f"{_name(row)} {_rate(row, figures.sets[0].articles):,.0f}" for row in rows if row.lane.error is None
    )
    return (
        f"- Articles that come back byte for byte, of {figures.sets[0].articles:,}: {back}.\n"
        f"- Articles read into PO files per second: {speed}.\n"
        f"- Time over {size.units:,} units, relative to `msgcat --no-wrap`: {beside}; an update with edited "
        f"sources, relative to `msgmerge --previous`: {_times(lanes[UPDATE], lanes[BESIDE[UPDATE]])}.\n"
    )


def picture(figures: Figures) -> bytes:
    """Return the chart of the first set, as SVG."""
    here = figures.sets[0]
    rates = [None if row.lane.error else _rate(row, here.articles) for row in here.rows]
    same = [None if row.lane.error else row.result.identical / row.result.articles for row in here.rows]
    kept = [
        None if row.lane.error else 1 - row.result.broken / max(1, row.result.alerts) for row in here.rows
    ]
    percent = [[_percent(value) for value in values] for values in (same, kept)]
    columns = [
        Column(
            "Articles a second, to PO",
            rates,
            ["failed" if rate is None else f"{rate:,.0f}" for rate in rates],
            max(rate or 0 for rate in rates),
        ),
        Column("Back byte for byte", same, percent[0], 1),
        Column("Alerts kept", kept, percent[1], 1),
    ]
    return chart(_title(here), [_name(row) for row in here.rows], columns)


def _title(here: Set) -> str:
    return f"{here.articles:,} articles, read into PO files and rebuilt"


def _set(here: Set) -> str:
    lines = [
        f"{here.name}: {here.articles:,} articles, {here.megabytes:.1f} MB annotated.\n",
        "| tool | extract, seconds | times l10n | rebuild, seconds | times l10n | extract, articles a second "
        "| peak MB | byte for byte | bodies | alerts broken |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    own = here.rows[0].lane
    for row in here.rows:
        lane, result = row.lane, row.result
        if lane.error is not None:
            lines.append(f"| {_name(row)} {row.version} | failed: {_printable(lane.error)} |" + " |" * 8)
            continue
        cells = [f"{_name(row)} {row.version}"]
        for step in (READ, REBUILD):
            beside = f"{ratio(lane.costs[step], own.costs[step]):.2f}" if own.error is None else "–"
            cells += [f"{lane.seconds(step):.2f}", beside]
        cells += [f"{_rate(row, here.articles):,.0f}", f"{lane.peak():.0f}"]
        cells += [f"{count:,} of {result.articles:,}" for count in (result.identical, result.bodies)]
        cells += [f"{result.broken:,} of {result.alerts:,}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _gettext(size: Size) -> str:
    text = GETTEXT.format(
        edited=size.edited, units=size.units, articles=size.articles, megabytes=size.megabytes
    )
    for name, lane in size.lanes.items():
        beside = size.lanes[BESIDE[name]] if name in BESIDE else None
        if lane.error is not None:
            text += f"| {name} | failed: {_printable(lane.error)} | | | | |\n"
        elif beside is None or beside.error is not None:
            text += f"| {name} | {lane.seconds(name):.2f} | {lane.peak():.0f} | | | |\n"
        else:
            text += (
                f"| {name} | {lane.seconds(name):.2f} | {lane.peak():.0f} | {beside.name} | "
                f"{_times(lane, beside)} | {lane.peak() / beside.peak():.2f} |\n"
            )
    return text


def _starting(lanes: list[Lane], units: int) -> str:
    text = STARTING.format(units=units, rounds=max(len(lane.costs.get(lane.name, ())) for lane in lanes))
    for lane in lanes:
        seconds = _printable(lane.error) if lane.error else f"{lane.median(lane.name):.3f}"
        text += f"| {lane.name} | {seconds} |\n"
    return text


def _scale(sizes: list[Size]) -> str:
    text = SCALE
    start, *others = sizes
    for name in start.lanes:
        for size in (size for size in others if name in size.lanes):
            lane, alone = size.lanes[name], start.lanes[name]
            if lane.error is None and alone.error is None:
                each = (lane.seconds(name) - alone.seconds(name)) / size.units * 1e6
                memory = (lane.peak() - alone.peak()) / size.units * 1024  # less than nothing is noise
                text += (
                    f"| {name} | {size.units:,} | {lane.seconds(name):.2f} | {lane.peak():.0f} | "
                    f"{max(0, each):.0f} | {max(0, memory):.2f} |\n"
                )
    return text


def _large(one: Size, many: Size) -> str:
    text = LARGE.format(units=one.units, megabytes=one.megabytes, articles=many.articles)
    for name, lane in one.lanes.items():
        other = many.lanes[name]
        if lane.error is None and other.error is None:
            text += (
                f"| {name} | {lane.seconds(name):.2f} | {other.seconds(name):.2f} | {_times(lane, other)} | "
                f"{lane.peak():.0f} | {other.peak():.0f} |\n"
            )
    return text


def _times(lane: Lane, beside: Lane) -> str:
    if lane.error is not None or beside.error is not None:
        return "–"
    return f"{ratio(lane.costs[lane.name], beside.costs[beside.name]):.2f}"


def _rate(row: Row, articles: int) -> float:
    return articles / row.lane.seconds(READ)


def _name(row: Row) -> str:
    return row.lane.name


def _percent(value: float | None) -> str:
    return "failed" if value is None else f"{int(value * 100)} %"


def _printable(error: str) -> str:
    """Return the text without folders of this machine, escaped for a table cell."""
    return re.sub(r"(?<![\w:/.])/(?:[^/\s'\"]++/)+", "", error).replace("|", "\\|")
