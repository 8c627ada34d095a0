"""Articles → PO files: one for each locale found, and always an update of what is there.

Law 2: a message keeps its translation, flags and comments; what is gone and was worked
on becomes obsolete. A PO that cannot be read is reported and left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from l10n import po
from l10n.catalogue import Catalogue, Message, Place, Segment, header, keep_apart
from l10n.catalogue.deciding import Update, standing_at
from l10n.catalogue.header import AddLocation
from l10n.catalogue.moving import Move
from l10n.catalogue.update import update
from l10n.coverage import Coverage
from l10n.english import English, Lookups
from l10n.files import Root, common_root
from l10n.inputs import entries_of, find_inputs
from l10n.jobs.read_article import Reader, Reading, bad_name
from l10n.jobs.run import ONE_PROCESS, Progress, Workers, no_progress, results
from l10n.locales import gettext_name
from l10n.previous import Previous, follow_moves, previous, with_messages, without_deleted
from l10n.printable import printable
from l10n.problems import L10nError, Problem, isolated
from l10n.report import ExtractReport, Moved
from l10n.splitting import Split, Splitting

if TYPE_CHECKING:
    from l10n.checks import Check
    from l10n.checks.message_checks import MessageChecks

Order = Literal["reading", "risk"]


@dataclass(slots=True)
class _Group:
    """The contents of one PO file."""

    units: list[Segment] = field(default_factory=list)
    """In reading order."""
    scope: set[str] = field(default_factory=set)
    handoffs: set[str | None] = field(default_factory=set)
    handed_over: list[Message] = field(default_factory=list)
    """Of articles that were in another PO file."""


def extract(
    inputs: Sequence[Path],
    output: Path = Path("locales"),
    *,
    locale: str | None = None,
    split: Split = "none",
    english: Path | None = None,
    fuzzy: bool = True,
    add_location: AddLocation | None = None,
    prune: bool = False,
    check: bool = False,
    order: Order = "reading",
    checks: Sequence[Check] | None = None,
    workers: Workers = ONE_PROCESS,
    progress: Progress = no_progress,
) -> ExtractReport:
    """Write or update the PO files of all articles in `inputs` (files and folders).

    `locale` (`nb-NO` or `nb_NO`) is for articles without a locale; raises ValueError
    if there is no such locale. `split` makes a PO file of each folder or article.
    `english` is a folder or a git repository (or a folder in one) of the English articles;
    raises ValueError if it is neither. With `fuzzy`, a message of an edited source begins
    with the translation of what it was. `add_location` says how much of its places a
    message tells (`#:`): path and line, the path alone, or nothing; by default what the PO
    file has, path and line in a new one. A folder of articles that was renamed as a whole is followed.
    With `prune`, other articles that are gone are removed from the PO files, as if they had been
    among the `inputs`. With `check`, the notes of a message list the errors
    and warnings of `checks`, by default CHECKS; without, they list none. The `order` risk puts
    messages with errors first, then those with warnings, then the rest as read. The articles
    are read by `workers`; raises L10nError (`no-cluster`) if they cannot be used, and then
    nothing is written. All other problems are in the report.
    """
    fallback = (gettext_name(locale), locale.replace("_", "-")) if locale else None
    root = common_root(inputs)
    if root.path == root.path.parent:
        message = "the inputs have no folder in common but the whole disk; extract them one at a time"
        return ExtractReport(problems=[Problem(root.path.as_posix(), 1, 1, "outside-folder", message)])
    run = _Extraction(root, inputs, Root.at(output), fallback, split, fuzzy, add_location, prune)
    if check or order == "risk":
        # The checks take long to load, and few runs want them.
        from l10n.checks.message_checks import MessageChecks

        run.use_checks(MessageChecks(checks), notes=check, by_risk=order == "risk")
    run.read_articles(English(english) if english else None, workers, progress)
    run.write_catalogues()
    run.report.problems.sort()
    return run.report


class _Updated(NamedTuple):
    """A PO file after the update."""

    catalogue: Catalogue
    result: Update
    root: Root
    moved: list[Move]


class _Extraction:
    """One run of extract: all articles are read before the first PO file is written."""

    def __init__(
        self,
        root: Root,
        inputs: Sequence[Path],
        output: Root,
        fallback: tuple[str, str] | None,
        split: Split,
        fuzzy: bool,
        add_location: AddLocation | None,
        prune: bool,
    ) -> None:
        self.report = ExtractReport()
        self._root = root
        entries = entries_of(inputs, root)
        self._inputs = [path for path, name in zip(inputs, entries, strict=True) if po.can_refer_to(name)]
        self._scope = list(filter(po.can_refer_to, entries))
        self.report.problems += [
            bad_name(root.label(entry)) for entry in entries if not po.can_refer_to(entry)
        ]
        self._coverage = Coverage(self._scope)
        self._splitting = Splitting(split, output, root, self._scope)
        self._output = output
        self._fallback = fallback
        self._fuzzy = fuzzy
        self._add_location = add_location
        self._prune = prune
        self._notes = self._by_risk = False
        self._checks: MessageChecks | None = None
        self._groups: dict[str, dict[str, _Group]] = {}  # by locale, then by part

    def use_checks(self, checks: MessageChecks, *, notes: bool, by_risk: bool) -> None:
        """Run checks on each message, for the notes or for the order."""
        self._checks, self._notes, self._by_risk = checks, notes, by_risk

    def read_articles(self, english: English | None, workers: Workers, progress: Progress) -> None:
        """Read all articles into groups, one for each PO file."""
        reader = Reader(self._root, self._fallback[0] if self._fallback else None, english)
        references = self._find()
        lookups: list[Lookups] = []
        failed = set(references)
        for readings, found in results(
            reader, references, workers, progress, self._root.label, self.report.problems
        ):
            lookups += [found] if found else []
            for reading in readings:
                failed.discard(reading.reference)
                self._take(reading)
        for reference in failed:
            self._coverage.add(reference, is_read=False)
        if english:
            self.report.count_english(lookups)

    def write_catalogues(self) -> None:
        """Update the PO file of each group, and those whose articles are gone."""
        try:
            standing = self._splitting.locales()  # all articles of one may be gone
        except L10nError as error:
            self.report.problems.append(error.problem)
            standing = []
        for locale in sorted({*self._groups, *standing}):
            try:
                existing = self._splitting.existing(locale)
                groups = self._by_file(locale, existing)
                others = [path for path in existing if path not in groups]
                gone = others if self._prune else list(filter(self._splitting.mentions, others))
            except L10nError as error:
                if locale in self._groups or error.problem.code != "other-split":
                    self.report.problems.append(error.problem)
                continue
            for reference in sorted([*groups, *gone]):
                with isolated(self._output.label(reference), self.report.problems):
                    self._update_file(reference, locale, groups.get(reference, _Group()))

    def _by_file(self, locale: str, existing: Sequence[str]) -> dict[str, _Group]:
        """Return the contents of each PO file of a locale."""
        parts = self._groups.get(locale, {})
        units = {part: group.units for part, group in parts.items()}
        groups: dict[str, _Group] = {}
        known = self._splitting.split_set(existing, self.report.problems) if parts else None
        for part, file in self._splitting.po_files(locale, units, known).items():
            group = groups.setdefault(file, _Group())
            group.units = sorted(group.units + units[part], key=lambda unit: unit.place.path)
            group.scope |= parts[part].scope
            group.handoffs |= parts[part].handoffs
        if known:
            given = known.handed_over({file: group.units for file, group in groups.items()})
            for file, messages in given.items():
                groups[file].handed_over = messages
        return groups

    def _find(self) -> list[str]:
        found = find_inputs(self._inputs, root=self._root, with_po_files=False)
        self.report.problems += found.problems
        for folder in found.unlisted:
            self._coverage.add_unlisted(folder)
        return found.files

    def _take(self, reading: Reading) -> None:
        self.report.problems += reading.problems
        self._coverage.add(reading.reference, is_read=reading.is_read)
        if reading.locale is None:
            self.report.ignored += reading.is_read
            return
        self.report.articles += 1
        self.report.units += reading.units
        self.report.unsourced += reading.unsourced
        part = self._splitting.part(reading.reference)
        group = self._groups.setdefault(reading.locale, {}).setdefault(part, _Group())
        group.units += reading.records
        group.scope.update(self._splitting.scope(part))
        group.handoffs.add(reading.handoff)

    def _update_file(self, reference: str, locale: str, group: _Group) -> None:
        label = self._output.label(reference)
        done: list[_Updated | None] = []  # the last one counts: each is made of what somebody saved meanwhile

        def change(file: po.PoFile | None) -> Catalogue | None:
            done.append(self._updated(reference, locale, group, file))
            return done[-1].catalogue if done[-1] else None

        if po.save(self._output, reference, change):
            self.report.written.append(label)
        if made := done[-1]:
            self.report.count_changes(made.result.changes, label)
            self.report.count(made.result.messages)
            self.report.moved += [Moved(label, *move) for move in made.moved]
            self.report.problems += [self._unsafe(message, made.root) for message in made.result.unsafe]

    def _updated(self, reference: str, locale: str, group: _Group, file: po.PoFile | None) -> _Updated | None:
        """Return a PO file after the update; None if this run is not about it."""
        label = self._output.label(reference)
        old = self._new_file(locale, group) if file is None else previous(file, self._root)
        units = group.units
        if old.root != self._root:
            units = [unit._replace(place=Place(old.name(unit.place.path), unit.place.line)) for unit in units]
        if group.handed_over and old.root == self._root:
            old = with_messages(old, group.handed_over)
        covers = self._coverage.below(old.name(""))
        old, moved = follow_moves(old, units, covers)
        if self._prune:
            old, covers = without_deleted(old, covers)
        scope = old.scope.union(map(old.name, group.scope))
        covers_all = bool(scope) and all(map(self._coverage.covers_entry, scope)) and old.root == self._root
        concerned = covers_all or any(covers(p.path) for m in old.catalogue.messages for p in m.places)
        if not group.scope and not (old.is_related and concerned):
            return None  # none of its articles was ever among those to extract
        fields = header.with_language(old.catalogue.header, locale, label)
        fields = header.creation_date(fields, group.handoffs, anew=covers_all)
        folder = self._output.locate(reference).parent
        fields = self._fields(header.with_paths(fields, old.root, folder, scope), locale)
        locations = header.locations_of(fields)
        result = update(
            old.catalogue.messages,
            units,
            covers,
            covers_all=covers_all,
            fuzzy=self._fuzzy,
            stored=None if locations == "full" else partial(_located, add_location=locations),
        )
        if not po.can_refer_to(fields[header.BASEPATH]):
            raise L10nError(bad_name(printable(old.root.path.as_posix())))
        messages = _located(self._checked(result.messages, locale), locations)
        keep_apart(messages, old.catalogue.foreign.plurals)
        catalogue = replace(old.catalogue, messages=messages, header=fields)
        return _Updated(catalogue, result, old.root, moved)

    def _new_file(self, locale: str, group: _Group) -> Previous:
        first = min(self._scope).split("/")[0]
        project = self._root.path.name if first == "." else first
        catalogue = Catalogue(header=header.new_header(locale, project, group.handoffs))
        return Previous(catalogue, self._root)

    def _fields(self, fields: dict[str, str], locale: str) -> dict[str, str]:
        """The header with what the options ask for."""
        if self._add_location:
            fields = header.with_locations(fields, self._add_location)
        if self._fallback and self._fallback[0] == locale:
            fields = fields | {header.FALLBACK: self._fallback[1]}
        return fields

    def _checked(self, messages: list[Message], locale: str) -> list[Message]:
        """The messages with the notes of the checks, in the order asked for; obsolete ones stay last."""
        checks = self._checks
        if checks is None:
            return messages
        if self._notes:
            for message in messages:
                message.remarks += checks.notes_for(message, locale)
        if self._by_risk:
            return sorted(messages, key=lambda message: (message.obsolete, checks.risk(message, locale)))
        return messages

    def _unsafe(self, message: Message, root: Root) -> Problem:
        text = (
            "source and translation do not both begin, or end, with a line break; the message stays "
            "fuzzy: begin and end the translation as the source does"
        )
        place = message.places[0] if message.places else Place("", 0)
        label = root.label(place.path)
        return Problem(label, place.line, 1, "line-break-mismatch", text)


def _located(messages: list[Message], add_location: AddLocation) -> list[Message]:
    """Return the messages with as much location as the PO file records."""
    if add_location == "full":
        return messages
    by_file = add_location == "file"
    return [
        standing_at(message, sorted({Place(place.path, 0) for place in message.places}) if by_file else [])
        for message in messages
    ]
