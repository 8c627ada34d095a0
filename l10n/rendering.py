"""PO files → a text format: piece by piece, by several processes, and never all of it at once.

Law 4, same input, same bytes: the pieces come in the order of the file, whoever wrote them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from zlib import adler32, crc32

from l10n import po
from l10n.exchange.records import Languages, PoSource, Selection, TextFormat, pair_key
from l10n.jobs.job import Data
from l10n.jobs.run import Workers, no_progress, results
from l10n.problems import L10nError, Problem

_COST = 4
"""The time to write a text, relative to the time to read it."""


class PoData(NamedTuple):
    """The bytes of a PO file to export."""

    label: str
    """Its name as the user reads it."""
    original: str
    """Its name for other tools: from the current folder, or without any folder."""
    locale: str
    data: bytes


class BadPoError(Exception):
    """A PO file turned out to be bad after a part of it was written."""

    def __init__(self, error: L10nError, source: PoData) -> None:
        super().__init__(error.problem.message)
        self.error, self.source = error, source


class _Rendered(NamedTuple):
    """What was made of a piece; None in its place if it cannot be read."""

    units: list[bytes]
    keys: list[bytes]
    """For each of them, a key of its pair, if pairs that occurred before are to be left out."""
    names: set[int]
    """Marks of the names of all its messages."""
    messages: int
    """The number of these."""
    exported: int
    problems: list[Problem]
    plurals: int


@dataclass(frozen=True, slots=True)
class _Renderer:
    """The job of writing the pieces of a PO file, by their numbers: a fork has the pieces already."""

    source: PoData
    header: dict[str, str]
    pieces: Sequence[po.PoPiece]
    form: TextFormat
    languages: Languages
    selection: Selection

    def size(self, number: int) -> int:
        """Return the amount of work for a piece, as bytes to read."""
        piece = self.pieces[number]
        return _COST * (piece.end - piece.start)

    def load(self, number: int) -> Data:
        """Return nothing: a piece needs no file."""
        return b""

    def run(self, numbers: Sequence[int], data: Iterable[Data]) -> list[_Rendered | None]:
        """Return the pieces as the format has them."""
        return [self._rendered(self.pieces[number]) for number in numbers]

    def _rendered(self, piece: po.PoPiece) -> _Rendered | None:
        try:
            catalogue = piece.catalogue(self.source.label)
        except L10nError:
            return None  # the caller reads the whole file to tell the line
        messages, plurals = catalogue.messages, catalogue.foreign.plurals
        catalogue.header, catalogue.foreign = self.header, catalogue.foreign._replace(plurals=())
        label, original, locale, _ = self.source
        selection = self.selection.fresh()
        source = PoSource(label, original, locale, catalogue, lambda: piece.lines(label))
        units, keys = [], []
        for record in selection.records(source):
            units.append(self.form.unit(record, self.languages).encode())
            if self.selection.dedupe:
                keys.append(pair_key(record.message))
        names = [_mark(one.context, one.source) for one in messages]
        names += [_mark(one.context, one.source) for one in plurals]
        units = units if keys else [b"".join(units)]
        return _Rendered(
            units, keys, set(names), len(names), selection.exported, selection.problems, len(plurals)
        )


def rendered(
    form: TextFormat,
    sources: Iterable[PoData],
    languages: Languages,
    selection: Selection,
    workers: Workers,
) -> Iterator[bytes]:
    """Yield the pieces of a file in a text format. Raises BadPoError."""
    yield form.begin(languages).encode()
    for number, source in enumerate(sources, 1):
        if form.begin_po:
            yield form.begin_po(source.original, languages, number).encode()
        yield from _messages(form, source, languages, selection, workers)
        yield form.end_po.encode()
    yield form.end.encode()


def _messages(
    form: TextFormat, source: PoData, languages: Languages, selection: Selection, workers: Workers
) -> Iterator[bytes]:
    """Yield the messages of a PO file, piece by piece. Raises BadPoError."""
    try:
        pieces = list(po.pieces(source.data, source.label))
        fields = po.read_header(pieces[0].data, source.label)
        job = _Renderer(source, fields, pieces, form, languages, selection)
        names: set[int] = set()
        count = plurals = 0
        numbers = range(len(pieces))
        found = results(job, numbers, workers, no_progress, lambda _: source.label, selection.problems)
        for one in (one for batch in found for one in batch):
            if one is None:
                po.read(source.data, source.label)
                raise AssertionError("a piece is bad, and its file is not")
            kept = _new(one, selection) if one.keys else one.units
            selection.exported += len(kept) if one.keys else one.exported
            selection.problems += one.problems
            yield b"".join(kept)
            names |= one.names
            count += one.messages
            plurals += one.plurals
        if len(names) < count:
            po.read(source.data, source.label)  # a name occurs again, or two have the same mark
    except L10nError as error:
        raise BadPoError(error, source) from error
    selection.leave_out_plurals(source.label, plurals)


def _new(one: _Rendered, selection: Selection) -> list[bytes]:
    """Return the messages whose pair did not occur before."""
    return [unit for unit, key in zip(one.units, one.keys, strict=True) if selection.is_new(key)]


def _mark(context: str | None, source: str) -> int:
    """Return a number for the name of a message; few others have the same."""
    name = f"{context or ''}\4{source}".encode("utf-8", "surrogatepass")
    return crc32(name) << 32 | adler32(name)
