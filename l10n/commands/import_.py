"""XLIFF files that came back → the PO files that they were exported from.

Law 2: what was changed in a PO file since the export stays. Law 3: each translation that is not taken is
reported with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from l10n import po
from l10n.catalogue import Catalogue, Message
from l10n.exchange.homecoming import come_home, is_touched
from l10n.exchange.records import name_mark
from l10n.exchange.returned import Returned, read_returned
from l10n.files import Root
from l10n.inputs import find_po_files
from l10n.jobs.run import Progress, no_progress
from l10n.limits import XLIFF_BYTES
from l10n.locales import gettext_name
from l10n.problems import Problem, WithProblems, isolated

_SHOWN = 40
"""Characters of a text in a message."""


@dataclass(slots=True)
class ImportReport(WithProblems):
    """The result of an `import`."""

    files: int = 0
    """XLIFF files read."""
    units: int = 0
    """Units in them."""
    translations: int = 0
    """Messages with a new translation or state."""
    comments: int = 0
    """Messages with a new comment."""
    written: list[str] = field(default_factory=list)
    """PO files written, as the user would name them."""
    problems: list[Problem] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the report in JSON's types."""
        return asdict(self)


class _Arrival(NamedTuple):
    """A unit that was changed, and the XLIFF file that it is in."""

    label: str
    unit: Returned


def import_(
    inputs: Sequence[Path], into: Path = Path("locales"), *, progress: Progress = no_progress
) -> ImportReport:
    """Take the translations, states and comments of XLIFF files into the PO files in `into`.

    Units find their messages by their ids, whatever the name of the PO file is now; units of other tools by
    their source. All problems are in the report.
    """
    report = ImportReport()
    homes = _Homes(find_po_files([into], report.problems), report.problems)
    arrivals: dict[Path, list[tuple[str, _Arrival]]] = {}
    for done, path in enumerate(inputs, 1):
        root = Root.at(path.parent)
        label = root.label(path.name)
        with isolated(label, report.problems):
            data = root.read(path.name, XLIFF_BYTES)
            report.files += 1
            for unit in read_returned(data, label):
                report.units += 1
                if is_touched(unit) and (home := homes.find(_Arrival(label, unit))):
                    arrivals.setdefault(home[0], []).append((home[1], _Arrival(label, unit)))
        progress(done, len(inputs))
    for path in sorted(arrivals):
        with isolated(Root.at(path.parent).label(path.name), report.problems):
            _save(path, arrivals[path], report)
    report.problems.sort()
    return report


def _refused(arrival: _Arrival, reason: str) -> Problem:
    text = arrival.unit.target or arrival.unit.source
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    message = f"{reason}, so {shown!r} was not taken; the PO file is as it was: compare the two"
    return Problem(arrival.label, arrival.unit.line, 1, "not-imported", message)


class _Homes:
    """The PO files, by the names of their messages."""

    def __init__(self, files: Iterable[Path], problems: list[Problem]) -> None:
        self._problems = problems
        self._by_name: dict[tuple[str, str], list[Path]] = {}
        self._by_source: dict[tuple[str, str], list[tuple[Path, str]]] = {}
        self._labels: dict[Path, str] = {}
        self._locales: set[str] = set()
        self._unknown: set[tuple[str, str]] = set()
        for path in files:
            with isolated(Root.at(path.parent).label(path.name), problems):
                self._add(path)

    def _add(self, path: Path) -> None:
        file = po.PoFile.open(Root.at(path.parent), path.name)
        locale = file.locale
        self._locales.add(locale)
        self._labels[path] = file.label
        for message in file.catalogue.messages:
            if not message.obsolete:
                name = name_mark(message)
                self._by_name.setdefault((locale, name), []).append(path)
                self._by_source.setdefault((locale, message.source), []).append((path, name))

    def find(self, arrival: _Arrival) -> tuple[Path, str] | None:
        """Return the PO file of a unit and the mark of its message; None, with a problem, if it has none."""
        unit = arrival.unit
        locale = self._locale(arrival)
        if locale is None:
            return None
        if unit.name:
            paths = self._by_name.get((locale, unit.name), [])
            if paths:
                return max(
                    paths, key=lambda path: _common_parts(self._labels[path], unit.original)
                ), unit.name
        else:
            found = self._by_source.get((locale, unit.source), [])
            if len(found) == 1:
                return found[0]
            if not unit.target:
                return None
        self._problems.append(_refused(arrival, "its message is not in the PO files, or in several"))
        return None

    def _locale(self, arrival: _Arrival) -> str | None:
        tag = arrival.unit.locale
        try:
            locale = gettext_name(tag)
        except ValueError:
            locale = tag
        if locale in self._locales:
            return locale
        if (arrival.label, tag) not in self._unknown:
            self._unknown.add((arrival.label, tag))
            self._problems.append(_refused(arrival, f"there is no PO file of its language {tag!r}"))
        return None


def _common_parts(label: str, original: str) -> int:
    """Return the number of folders and names at the end of two paths that are the same."""
    pairs = zip(reversed(PurePosixPath(label).parts), reversed(PurePosixPath(original).parts), strict=False)
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


def _save(path: Path, arrivals: Sequence[tuple[str, _Arrival]], report: ImportReport) -> None:
    """Change a PO file; if somebody saves it meanwhile, `change` is called again with what was saved."""
    counts = [0, 0]
    problems: list[Problem] = []

    def change(file: po.PoFile | None) -> Catalogue | None:
        counts[:] = [0, 0]
        problems.clear()
        messages = {} if file is None else _by_name(file.catalogue.messages)
        for name, arrival in arrivals:
            message = messages.get(name)
            if message is None:
                problems.append(_refused(arrival, "its message is no longer in the PO file"))
                continue
            result = come_home(message, arrival.unit)
            counts[0] += result.has_translation
            counts[1] += result.has_comment
            if result.refusal:
                problems.append(_refused(arrival, result.refusal))
        return file.catalogue if file and any(counts) else None

    root = Root.at(path.parent)
    if po.save(root, path.name, change).is_written:
        report.written.append(root.label(path.name))
    report.translations += counts[0]
    report.comments += counts[1]
    report.problems += problems


def _by_name(messages: Iterable[Message]) -> dict[str, Message]:
    return {name_mark(message): message for message in messages if not message.obsolete}
