"""Messages → a text format: in batches, by several processes, and never all of it at once.

Law 4, same input, same bytes: the batches come in the order of the messages, whoever made them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from l10n.exchange.records import Languages, PoSource, Record, Selection, TextFormat
from l10n.jobs.job import Data
from l10n.jobs.run import Workers, no_progress, results

_COST = 4
"""The time to write a text, relative to the time to read it."""


@dataclass(frozen=True, slots=True)
class _Renderer:
    """The job of writing the messages of a PO file, by their numbers: a fork has the messages already."""

    records: Sequence[Record]
    form: TextFormat
    languages: Languages

    def size(self, number: int) -> int:
        """Return the amount of work for a message, as bytes to read."""
        message = self.records[number].message
        return _COST * (len(message.source) + len(message.translation))

    def load(self, number: int) -> Data:
        """Return nothing: a message needs no file."""
        return b""

    def run(self, numbers: Sequence[int], data: Iterable[Data]) -> bytes:
        """Return the messages as the format has them."""
        unit, records, languages = self.form.unit, self.records, self.languages
        return "".join([unit(records[number], languages) for number in numbers]).encode()


def rendered(
    form: TextFormat,
    sources: Iterable[PoSource],
    languages: Languages,
    selection: Selection,
    workers: Workers,
) -> Iterator[bytes]:
    """Yield the pieces of a file in a text format."""
    yield form.begin(languages).encode()
    for number, source in enumerate(sources, 1):
        if form.begin_po:
            yield form.begin_po(source, languages, number).encode()
        yield from _messages(form, source, languages, selection, workers)
        yield form.end_po.encode()
    yield form.end.encode()


def _messages(
    form: TextFormat, source: PoSource, languages: Languages, selection: Selection, workers: Workers
) -> Iterator[bytes]:
    """Yield the messages of a PO file, batch by batch."""
    job = _Renderer(list(selection.records(source)), form, languages)
    numbers = range(len(job.records))
    return results(job, numbers, workers, no_progress, lambda _: source.label, selection.problems)
