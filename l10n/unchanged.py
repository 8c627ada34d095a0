"""PO files that a delivery does not change: an extract knows them again, and need not update them.

Law 4, a second run changes nothing: what an update left is what the next one begins with, and leaves. Its
report is kept with all that it depends on.

Law 2: a PO file is known by its content. If anybody saved it since, it is updated as ever.
"""

from __future__ import annotations

import marshal
from collections.abc import Sequence
from copy import copy
from typing import Protocol

from l10n.cache import digest, digest_of
from l10n.catalogue.deciding import Outcome
from l10n.catalogue.header import ORDER
from l10n.delivery import Delivery
from l10n.jobs.read_article import Reading
from l10n.report import ExtractReport, Retranslation, Tally


class Results(Protocol):
    """Where reports are kept: a cache, or what stands for it."""

    def result(self, key: bytes) -> bytes | None:
        """Return the result that was stored with `key`."""

    def store_result(self, key: bytes, result: bytes) -> None:
        """Store a result."""


class Unchanged:
    """The PO files that earlier runs left as this one would."""

    def __init__(self, results: Results, delivery: Delivery, options: tuple[object, ...]) -> None:
        """Take what an update depends on: the articles and the `options` of the run."""
        self.results = results
        self._delivery = delivery
        self._key = digest_of(str(delivery.root.path), delivery.coverage.state(), tuple(options))
        self._contents = digest_of(sorted(delivery.digests.items()))

    def with_results(self, results: Results) -> Unchanged:
        """Return the same with another place where reports are kept."""
        other = copy(self)
        other.results = results
        return other

    def key(self, data: bytes, readings: Sequence[Reading], *parts: object) -> bytes | None:
        """Return the key of a PO file that holds `data`; None if the next update may be another one.

        `readings` are its articles of this delivery, `parts` all else that its update depends on.
        """
        digests = self._delivery.digests
        articles = sorted((reading.reference, digests[reading.reference]) for reading in readings)
        if not all(content for _, content in articles):
            return None
        # The risk of a message depends on all articles of its locale.
        others = self._contents if ORDER.encode() in data else b""
        return digest_of(self._key, digest(data), articles, others, parts)

    def report(self, key: bytes | None) -> ExtractReport | None:
        """Return the report of an update that changes nothing; None if that is not known."""
        found = self.results.result(key) if key else None
        if found is None:
            return None
        messages, reviewed, obsolete, changes, retranslated = marshal.loads(found)
        return ExtractReport(
            messages=messages,
            reviewed=reviewed,
            obsolete=obsolete,
            changes={outcome: Tally(*counts) for outcome, counts in changes.items()},
            retranslated=[Retranslation(*one) for one in retranslated],
        )

    def store(self, key: bytes | None, report: ExtractReport, *, is_written: bool) -> None:
        """Store the report of the next update of a PO file, if the `report` of this one says what it will be.

        It is the same if this one changed nothing. If all messages are new now, they will be kept.
        """
        changes = {name: (tally.messages, tally.words) for name, tally in report.changes.items()}
        if is_written:
            if any(messages for name, (messages, _) in changes.items() if name != Outcome.NEW):
                return
            changes[Outcome.KEPT.value], changes[Outcome.NEW.value] = changes[Outcome.NEW.value], (0, 0)
        if key is not None:
            counts = (report.messages, report.reviewed, report.obsolete)
            retranslated = [
                (one.path, one.source, one.translation, one.delivered, one.places)
                for one in report.retranslated
            ]
            self.results.store_result(key, marshal.dumps((*counts, changes, retranslated)))
