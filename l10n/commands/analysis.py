"""PO files → the work that is left in them, by its matches, as an agency's quote counts it.

Only messages that are not reviewed count. The memory is what is reviewed in the PO files of the locale, and
the files that the user names. A message counts as a repetition if an earlier one has the same source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from l10n import po
from l10n.files import Root
from l10n.inputs import find_po_files
from l10n.jobs.run import Progress, no_progress
from l10n.memory import Memory
from l10n.memory.reading import find_memory_files, read_memory
from l10n.printable import printable
from l10n.problems import Problem, WithProblems, isolated
from l10n.report import Tally
from l10n.words import count

REPETITIONS, NEW = "repetitions", "new"
BANDS = {"100": 100, "95-99": 95, "85-94": 85, "75-84": 75, "50-74": 50}
"""The bands of matches, with the lowest percentage of each."""
ROWS = (REPETITIONS, *BANDS, NEW)


@dataclass(slots=True)
class LocaleAnalysis:
    """The messages of a locale that are not reviewed, in the order of `ROWS`."""

    locale: str
    matches: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in ROWS})

    @property
    def total(self) -> Tally:
        """The sum of all matches."""
        tallies = self.matches.values()
        return Tally(sum(one.messages for one in tallies), sum(one.words for one in tallies))


@dataclass(slots=True)
class Analysis(WithProblems):
    """The analysis of several PO files."""

    locales: list[LocaleAnalysis] = field(default_factory=list)
    """In order."""
    problems: list[Problem] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the analysis in JSON's types."""
        locales = [asdict(locale) | {"total": asdict(locale.total)} for locale in self.locales]
        return {"locales": locales, "problems": [asdict(problem) for problem in self.problems]}


def analysis(
    inputs: Sequence[Path] = (), *, memory: Sequence[Path] = (), progress: Progress = no_progress
) -> Analysis:
    """Count the messages to translate in PO files, by default those in `locales`, by their best matches.

    `memory` are PO, TMX and XLIFF files, and folders of them. Problems are in the result.
    """
    result = Analysis()
    left: dict[str, list[str]] = {}
    reviewed: list[tuple[str, str, str, str]] = []
    paths = find_po_files(inputs or [Path("locales")], result.problems)
    for done, path in enumerate(paths, 1):
        with isolated(printable(path.as_posix()), result.problems):
            file = po.PoFile.open(Root.at(path.parent), path.name)
            sources = left.setdefault(file.locale, [])
            for message in file.catalogue.messages:
                if message.translation and not message.fuzzy:
                    reviewed.append((message.source, message.translation, file.locale, path.name))
                elif not message.obsolete:
                    sources.append(message.source)
        progress(done, len(paths))
    known = Memory(left, min(BANDS.values()))
    for pair in reviewed:
        known.add(*pair)
    read_memory(find_memory_files(memory, result.problems), known, result.problems)
    result.locales = [_analysed(locale, left[locale], known) for locale in sorted(left)]
    result.problems.sort()
    return result


def _analysed(locale: str, sources: Iterable[str], memory: Memory) -> LocaleAnalysis:
    result = LocaleAnalysis(locale)
    seen: set[str] = set()
    for source in sources:
        tally = result.matches[REPETITIONS if source in seen else _band(memory, source, locale)]
        seen.add(source)
        tally.messages += 1
        tally.words += count(source)
    return result


def _band(memory: Memory, source: str, locale: str) -> str:
    match = memory.match(source, locale)
    percent = match.percent if match else 0
    return next((name for name, least in BANDS.items() if percent >= least), NEW)
