"""The translation memories that the user named → a filler for the new messages of a delivery."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from l10n import po
from l10n.catalogue import Message
from l10n.files import Root
from l10n.memory import Filler, Memory, is_fillable
from l10n.memory.reading import find_memory_files, read_memory
from l10n.po_update import Updater
from l10n.problems import L10nError
from l10n.report import ExtractReport, MemoryCount
from l10n.splitting import Splitting

LEAST = 75
"""The lowest percentage of a fuzzy match: below it, agencies translate anew."""


def filler_of(
    inputs: Sequence[Path], updater: Updater, splitting: Splitting, report: ExtractReport
) -> Filler:
    """Return what fills the messages of a delivery from the memories in `inputs`; counts go to `report`."""
    wanted: dict[str, set[str]] = {}
    for locale, readings in updater.delivery.by_locale.items():
        units = (unit for reading in readings for unit in reading.records())
        sources = {unit.source for unit in units if not unit.human}
        wanted[locale] = sources - _settled(updater.output, splitting, locale)
    start = time.monotonic()
    memory = Memory(wanted, LEAST if updater.options.fuzzy else 100)
    found = find_memory_files(inputs, report.problems)
    left_out = read_memory(found, memory, report.problems)
    report.memory = MemoryCount(memory.pairs, left_out, round(time.monotonic() - start, 1))
    return Filler(memory)


def _settled(output: Root, splitting: Splitting, locale: str) -> set[str]:
    """Return the sources of the PO files of a locale none of whose messages is to be filled."""
    messages: list[Message] = []
    with suppress(L10nError):  # the update reports it
        for file in splitting.existing(locale)[0]:
            with suppress(L10nError):
                messages += po.PoFile.open(output, file).catalogue.messages
    return {message.source for message in messages} - {
        message.source for message in messages if is_fillable(message)
    }
