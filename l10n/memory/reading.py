"""The files of a translation memory → its pairs: PO files of any tool, TMX, XLIFF.

Law 3, nothing is silent: a file that cannot be read is a problem (`bad-memory`), and the others are used.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from l10n.files import Root
from l10n.finding import find, unlisted
from l10n.limits import MEMORY_BYTES, PO_BYTES
from l10n.memory.memory import Memory
from l10n.memory.po_pairs import po_pairs
from l10n.memory.xml_pairs import bad_memory, xml_pairs
from l10n.printable import printable
from l10n.problems import Problem, isolated

_SUFFIXES = (".po", ".tmx", ".xlf", ".xliff")
_BEGINNING = 64
"""Bytes in which the beginning of an XML file is looked for."""


class MemoryFile(NamedTuple):
    """A file of a memory."""

    root: Root
    reference: str
    origin: str
    """Its name in notes, the same whatever the current folder is."""


def find_memory_files(inputs: Iterable[Path], problems: list[Problem]) -> list[MemoryFile]:
    """Return the files in `inputs` (files and folders), each once; a folder without any is a problem."""
    files: dict[str, MemoryFile] = {}
    for path in inputs:
        if path.is_dir():
            found = sorted(find(path, lambda error: problems.append(unlisted(error)), _SUFFIXES))
            name = Path(os.path.realpath(path)).name
            origins = [f"{name}/{one.relative_to(path).as_posix()}" for one in found]
        else:
            found, origins = [path], [path.name]
        if not found:
            label = printable(path.as_posix())
            problems.append(bad_memory(label, 1, 1, "there are no PO, TMX or XLIFF files here").problem)
        for file, origin in zip(found, origins, strict=True):
            one = MemoryFile(Root.at(file.parent), file.name, origin)
            files.setdefault(os.path.realpath(file), one)
    return list(files.values())


def read_memory(files: Sequence[MemoryFile], memory: Memory, problems: list[Problem]) -> int:
    """Add the pairs of all files to `memory`; return the number of units that had to be left out."""
    left_out = 0
    for file in files:
        with isolated(file.root.label(file.reference), problems):
            for pair in _pairs(file):
                if pair is None:
                    left_out += 1
                else:
                    memory.add(*pair, file.origin)
    return left_out


def _pairs(file: MemoryFile) -> Iterator[tuple[str, str, str] | None]:
    """Yield source, target and language tag; None for a unit that cannot be used. Raises L10nError."""
    label = file.root.label(file.reference)
    with file.root.opened(file.reference, MEMORY_BYTES) as opened:
        start = opened.peek(_BEGINNING)[:_BEGINNING]
        if not file.reference.lower().endswith(".po") and _is_xml(start):
            yield from xml_pairs(opened, label)
            return
    yield from po_pairs(file.root.read(file.reference, PO_BYTES), label, file.origin)


def _is_xml(start: bytes) -> bool:
    return start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
