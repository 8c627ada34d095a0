"""What merge wrote to a folder: each file, what it was made of, and a hash of its content.

The manifest is written when a merge ends. Until then each file is noted in a journal just before it is
written, by whichever process writes it, so that a merge that was killed leaves no file that is not known.

Law 2, nothing of a person is lost: only a file that is as merge left it is removed, or replaced by a copy.

Law 5, input is hostile: anybody may have changed the manifest and the journal. What is not as this module
writes it is forgotten, and no entry leads out of the folder.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from typing import NamedTuple

from l10n.files import Root
from l10n.limits import COPIED_BYTES
from l10n.problems import L10nError
from l10n.writing import FileKind

NAME = "l10n-merge.json"
JOURNAL = "l10n-merge.journal"
COPY = "copy"
"""The form of a file that was copied."""
_FORM = "l10n merge 1"
_KIND = FileKind("the list of files of l10n merge", lambda data: b'{"form": "l10n merge ' in data[:100])
_JOURNAL_KIND = FileKind("a journal of l10n merge", lambda data: data.startswith(b'["l10n merge 1", '))
_LARGEST = 1 << 30
_CHUNK = 1 << 20


class WrittenFile(NamedTuple):
    """A file that merge wrote."""

    source: str
    """The path of the article or file that it was made of, below the folder of the articles."""
    form: str
    """`annotated`, `localized` or `source`; `copy` of a file that was copied."""
    digest: str
    """A hash of its content."""


def read_manifest(output: Root) -> dict[str, WrittenFile]:
    """Return the files that merge wrote, by their references; none if that is not known.

    Of the files that a merge noted and did not end, it has those that were written.
    """
    listed: dict[str, WrittenFile] = {}
    if not output.is_gone(NAME):
        with suppress(L10nError):
            listed = _entries_in(output.read(NAME, _LARGEST))
    return listed | _noted(output)


def _entries_in(data: bytes) -> dict[str, WrittenFile]:
    """Return the entries of a manifest; none if it is not as this module writes it."""
    try:
        found = json.loads(data)
        if found["form"] != _FORM:
            return {}
        entries = {name: WrittenFile(*entry) for name, entry in found["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return entries if all(isinstance(one, str) for entry in entries.values() for one in entry) else {}


def _noted(output: Root) -> dict[str, WrittenFile]:
    """Return the noted files that are as noted; several merges that did not end may have noted one file."""
    noted: dict[str, dict[str, WrittenFile]] = {}
    if output.is_gone(JOURNAL):
        return {}
    with suppress(L10nError):
        for line in output.read(JOURNAL, _LARGEST).splitlines():
            if noting := _noted_in(line):
                name, entry = noting
                noted.setdefault(name, {})[entry.digest] = entry
    found = {name: entries.get(_digest_there(output, name)) for name, entries in noted.items()}
    return {name: entry for name, entry in found.items() if entry}


def _noted_in(line: bytes) -> tuple[str, WrittenFile] | None:
    """Return the file that a line of the journal notes, or None: the last line may be half written."""
    with suppress(ValueError, TypeError, RecursionError):
        form, name, *entry = json.loads(line)
        # One file has one name, or a hostile journal would have it read once for each of its lines.
        if form == _FORM and name == posixpath.normpath(name) and all(isinstance(one, str) for one in entry):
            return name, WrittenFile(*entry)
    return None


def _digest_there(output: Root, name: str) -> str:
    """Return the hash of the content of a file; empty if it cannot be read."""
    try:
        return digest_of(output, name)
    except L10nError:
        return ""


def note(output: Root, entries: Mapping[str, WrittenFile]) -> None:
    """Note files that are about to be written. Raises L10nError."""
    if entries:
        lines = "".join(json.dumps([_FORM, name, *entry]) + "\n" for name, entry in entries.items())
        output.append(JOURNAL, lines.encode(), _JOURNAL_KIND)


def write_manifest(
    output: Root, before: Mapping[str, WrittenFile], now: Mapping[str, WrittenFile], tried: Collection[str]
) -> None:
    """Change the manifest from `before` to `now`; forget what was noted of these files and of those `tried`.

    Other merges may write to the same folder meanwhile, for instance of other locales: what they changed
    stays. No file is written if nothing is to be listed. Raises L10nError.
    """
    changed = {name: entry for name, entry in now.items() if before.get(name) != entry}

    def make(old: bytes | None) -> bytes:
        if old is not None:
            output.check_kind(NAME, _KIND, old)
        entries = {**now, **_entries_in(old or b""), **changed}
        for name in before.keys() - now.keys():
            entries.pop(name, None)
        return _written(entries)

    def is_left(line: bytes) -> bool:
        noting = _noted_in(line)
        if noting is None or noting[0] in now or noting[0] in tried:
            return False
        return output.status(noting[0]) is not None

    def left(old: bytes | None) -> bytes | None:
        if old is None or not _JOURNAL_KIND.looks(old):
            return None
        return b"".join([line for line in old.splitlines(keepends=True) if is_left(line)])

    if now or output.status(NAME) is not None:
        output.rewrite(NAME, make)
    with suppress(L10nError):  # what stays noted does no harm
        if not output.is_gone(JOURNAL):
            output.rewrite(JOURNAL, left)
            output.remove(JOURNAL, b"")


def _written(entries: Mapping[str, WrittenFile]) -> bytes:
    rows = ",\n".join(f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in sorted(entries.items()))
    return f'{{"form": "{_FORM}", "files": {{\n{rows}\n}}}}\n'.encode()


def digest(data: bytes) -> str:
    """Return the hash of a content."""
    return blake2b(data, digest_size=16).hexdigest()


def chunks(root: Root, reference: str) -> Iterator[bytes]:
    """Yield the content of a file piece by piece. Raises L10nError."""
    with root.opened(reference, COPIED_BYTES) as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def digest_of(root: Root, reference: str) -> str:
    """Return the hash of the content of a file. Raises L10nError."""
    found = blake2b(digest_size=16)
    for chunk in chunks(root, reference):
        found.update(chunk)
    return found.hexdigest()
