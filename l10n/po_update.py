"""A PO file, brought up to date with a delivery.

Law 2: a message keeps its translation, flags and comments; a message whose article is gone becomes
obsolete if somebody worked on it. The file is updated, never replaced, and read again if somebody saves it
meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from l10n import po
from l10n.catalogue import Catalogue, Message, Place, Segment, header, keep_apart
from l10n.catalogue.deciding import Update
from l10n.catalogue.header import AddLocation
from l10n.catalogue.moving import Move
from l10n.catalogue.update import update
from l10n.delivery import Delivery
from l10n.files import Root
from l10n.jobs.read_article import Reading, bad_name
from l10n.previous import Previous, follow_moves, previous, with_messages, without_deleted
from l10n.printable import printable
from l10n.problems import L10nError, Problem
from l10n.report import ExtractReport, Moved
from l10n.resplit import NOT_ALL_READ, other_split
from l10n.unchanged import Unchanged

if TYPE_CHECKING:
    from l10n.memory import Filler


@dataclass(slots=True)
class Group:
    """The part of a delivery that one PO file holds."""

    readings: list[Reading] = field(default_factory=list)
    scope: set[str] = field(default_factory=set)
    handoffs: set[str | None] = field(default_factory=set)
    handed_over: list[Message] = field(default_factory=list)
    """Messages of articles that were in another PO file."""
    split: str | None = None
    """The value of the header's field of the split, if it has one."""
    model: po.PoFile | None = None
    """A PO file of another split, whose messages are handed over: a new file gets its header."""
    _units: list[Segment] | None = None

    @property
    def units(self) -> list[Segment]:
        """Return the units of its articles, in reading order; made when they are wanted."""
        if self._units is None:
            ordered = sorted(self.readings, key=lambda reading: reading.reference)
            self._units = [unit for reading in ordered for unit in reading.records()]
        return self._units


class _Updated(NamedTuple):
    """A PO file after the update."""

    catalogue: Catalogue
    result: Update
    root: Root
    moved: list[Move]
    before: list[Message]


Order = Literal["reading", "risk"]
"""The order of the messages in a PO file: that of the articles, or what to review first (see `risk`)."""
Arrange = Callable[[list[Message], str, bool, bool], list[Message]]
"""Adds remarks to the messages of a locale, if they are wanted, and returns them in the order of reading, or
of risk."""


class Options(NamedTuple):
    """The options of an extract. With None, a PO file keeps what the last run was told."""

    fallback: tuple[str, str] | None
    """gettext's name and the tag of the locale of articles without one."""
    fuzzy: bool
    add_location: AddLocation | None
    check: bool | None
    order: Order | None
    exclude: tuple[str, ...] = ()
    """Patterns of the files in the delivery's folders that are left out."""


@dataclass(frozen=True, slots=True)
class Updater:
    """Updates the PO files in `output` with a delivery; see `extract` for the options."""

    output: Root
    delivery: Delivery
    options: Options
    prune: bool
    arrange: Arrange
    filler: Filler | None = None
    unchanged: Unchanged | None = None
    """The PO files that an earlier run left as this one would, if they are known."""

    def update(self, file: str, locale: str, group: Group, report: ExtractReport) -> None:
        """Update the PO file with a group of segments; counts and problems go to `report`.

        A file that is about none of the delivery's articles is left alone. Raises L10nError.
        """
        last: _Updated | None = None

        def change(found: po.PoFile | None) -> Catalogue | None:
            nonlocal last  # called again if somebody saves the file meanwhile; the last result counts
            last = self._updated(file, locale, group, found)
            return last.catalogue if last else None

        saved = po.save(self.output, file, change)
        if saved.is_written:
            report.written.append(self.output.label(file))
        if last is None or saved.data is None:
            return
        own = self._report(file, last, report)
        if self.unchanged and _is_plain(group) and not last.result.unsafe:
            key = self._key(self.unchanged, saved.data, file, locale, group)
            self.unchanged.store(key, own, is_written=saved.is_written)

    def _report(self, file: str, last: _Updated, report: ExtractReport) -> ExtractReport:
        """Add an update to `report`, and return its own counts."""
        label = self.output.label(file)
        own = ExtractReport()
        own.count_changes(last.result.changes, label)
        own.count(last.result.messages)
        report.add(own)
        if self.filler:
            report.count_filled(last.before, last.catalogue.messages)
        report.moved += [Moved(label, *move) for move in last.moved]
        report.problems += [_unsafe(message, last.root) for message in last.result.unsafe]
        return own

    def is_known(self, file: str, locale: str, group: Group, report: ExtractReport) -> bool:
        """Return True if an update is known to change nothing, from an earlier run; count its messages."""
        if self.unchanged is None or not _is_plain(group) or self.output.is_gone(file):
            return False
        known = None
        with suppress(L10nError):  # the update reports it
            data = self.output.read(file)
            known = self.unchanged.report(self._key(self.unchanged, data, file, locale, group))
        if known:
            report.add(known)
        return known is not None

    def _key(self, unchanged: Unchanged, data: bytes, file: str, locale: str, group: Group) -> bytes | None:
        handoffs = sorted(handoff or "" for handoff in group.handoffs)
        path = (str(self.output.path), file, locale)
        return unchanged.key(data, group.readings, *path, sorted(group.scope), handoffs, group.split)

    def _updated(self, file: str, locale: str, group: Group, found: po.PoFile | None) -> _Updated | None:
        """Return the PO file after the update; None if this delivery is not about it."""
        coverage = self.delivery.coverage
        old = previous(found, self.delivery.root) if found else self._new(locale, group)
        units = _named_from(old, group.units, self.delivery.root)
        if group.model and old.root != self.delivery.root:
            raise L10nError(other_split(group.model.label, NOT_ALL_READ))
        if group.handed_over and old.root == self.delivery.root:
            old = with_messages(old, group.handed_over)
        covers = coverage.below(old.name(""))
        old, moved = follow_moves(old, units, covers)
        if self.prune:
            old, covers = without_deleted(old, covers)
        scope = _scope(old, group, covers).union(map(old.name, group.scope))
        covers_all = bool(scope) and coverage.covers_all(scope) and old.root == self.delivery.root
        is_concerned = covers_all or any(
            covers(place.path) for message in old.catalogue.messages for place in message.places
        )
        if not group.scope and not (old.is_related and is_concerned):
            return None
        fields = header.with_language(old.catalogue.header, locale, self.output.label(file))
        fields = header.creation_date(fields, group.handoffs, anew=covers_all)
        folder = self.output.locate(file).parent
        fields = header.with_paths(fields, old.root, folder, scope)
        fields = header.with_folder(fields, self._folder(old, scope), scope)
        fields = self._with_options(fields, locale, group)
        if self.options.exclude or covers_all:  # else the PO file keeps what an earlier run was told
            fields = header.with_excluded(fields, self.options.exclude)
        if not po.can_refer_to(fields[header.BASEPATH]):
            raise L10nError(bad_name(printable(old.root.path.as_posix())))
        result, messages = self._changed(old, units, covers, covers_all, locale, fields)
        catalogue = replace(old.catalogue, messages=messages, header=fields)
        return _Updated(catalogue, result, old.root, moved, old.catalogue.messages)

    def _folder(self, old: Previous, scope: Collection[str]) -> str:
        """Return the folder whose tree the publisher has: what a new PO file, or its split, was made of.

        Later runs may name a part of it, and change nothing.
        """
        fields = old.catalogue.header
        if header.FOLDER not in fields and old.scope:
            return header.common_folder(scope)
        named = set(map(old.name, self.delivery.scope))
        known = header.folder_of(fields, scope) if header.FOLDER in fields else header.common_folder(named)
        holds_all = header.common_folder({known, *scope}) == known
        return known if holds_all else header.common_folder({*named, *scope})

    def _changed(
        self,
        old: Previous,
        units: list[Segment],
        covers: Callable[[str], bool],
        covers_all: bool,
        locale: str,
        fields: dict[str, str],
    ) -> tuple[Update, list[Message]]:
        """Return the update of the messages, and the messages for the PO file with the header `fields`."""
        add_location = header.locations_of(fields)

        def filled(messages: list[Message]) -> list[Message]:
            return self.filler.fill(messages, locale) if self.filler else messages

        def stored(messages: list[Message]) -> list[Message]:
            return _located(filled(messages), add_location)

        result = update(
            old.catalogue.messages,
            units,
            covers,
            covers_all=covers_all,
            fuzzy=self.options.fuzzy,
            stored=stored if self.filler or add_location != "full" else None,
        )
        notes, by_risk = header.CHECK in fields, header.ORDER in fields
        messages = _located(self.arrange(filled(result.messages), locale, notes, by_risk), add_location)
        keep_apart(messages, old.catalogue.foreign.plurals)
        return result, messages

    def _new(self, locale: str, group: Group) -> Previous:
        """Return a new PO file."""
        root = self.delivery.root
        first = min(self.delivery.scope).split("/")[0]
        project = root.path.name if first == "." else first
        fields = header.new_header(locale, project, group.handoffs)
        if group.model is None:
            return Previous(Catalogue(header=fields), root)
        model = group.model.catalogue
        fields |= model.header
        return Previous(Catalogue(header=fields, header_comment=model.header_comment, crlf=model.crlf), root)

    def _with_options(self, fields: dict[str, str], locale: str, group: Group) -> dict[str, str]:
        """Return the header with what the options ask for."""
        if group.scope:
            fields = header.with_split(fields, group.split)
        fallback, _, add_location, check, order, _ = self.options
        if add_location:
            fields = header.with_locations(fields, add_location)
        if check is not None:
            fields = header.with_field(fields, header.CHECK, "yes" if check else None)
        if order is not None:
            fields = header.with_field(fields, header.ORDER, "risk" if order == "risk" else None)
        if fallback and fallback[0] == locale:
            fields = fields | {header.FALLBACK: fallback[1]}
        return fields


def _is_plain(group: Group) -> bool:
    """Return True if a group brings no messages of other PO files."""
    return not group.handed_over and group.model is None


def _scope(old: Previous, group: Group, covers: Callable[[str], bool]) -> frozenset[str]:
    """Return the scope of a PO file; a part that names each article is without those that were deleted."""
    if not group.split:
        return old.scope
    return frozenset(name for name in old.scope if not (covers(name) and old.root.is_gone(name)))


def _named_from(old: Previous, units: list[Segment], root: Root) -> list[Segment]:
    """Return the segments with their places named from the root of the PO file."""
    if old.root == root:
        return units
    return [unit._replace(place=Place(old.name(unit.place.path), unit.place.line)) for unit in units]


def _located(messages: list[Message], add_location: AddLocation) -> list[Message]:
    """Return the messages with as much location as the PO file records."""
    if add_location == "full":
        return messages
    by_file = add_location == "file"
    return [
        replace(message, places=sorted({Place(place.path, 0) for place in message.places if by_file}))
        for message in messages
    ]


def _unsafe(message: Message, root: Root) -> Problem:
    text = (
        "source and translation do not both begin, or end, with a line break; the message stays "
        "fuzzy: begin and end the translation as the source does"
    )
    place = message.places[0] if message.places else Place("", 0)
    return Problem(root.label(place.path), place.line, 1, "line-break-mismatch", text)
