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
from collections.abc import Iterator, Mapping
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
    return _listed(output) | _noted(output)


def _listed(output: Root) -> dict[str, WrittenFile]:
    if output.is_gone(NAME):
        return {}
    try:
        found = json.loads(output.read(NAME, _LARGEST))
        if found["form"] != _FORM:
            return {}
        entries = {name: WrittenFile(*entry) for name, entry in found["files"].items()}
    except (L10nError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return entries if all(isinstance(one, str) for entry in entries.values() for one in entry) else {}


def _noted(output: Root) -> dict[str, WrittenFile]:
    """Return the noted files that are as noted; several merges that did not end may have noted one file."""
    noted: dict[str, dict[str, WrittenFile]] = {}
    if output.is_gone(JOURNAL):
        return {}
    with suppress(L10nError):
        for line in output.read(JOURNAL, _LARGEST).splitlines():
            with suppress(ValueError, TypeError, RecursionError):  # the last line may be half written
                form, name, *entry = json.loads(line)
                # One file has one name, or a hostile journal would have it read once for each of its lines.
                is_own = form == _FORM and name == posixpath.normpath(name)
                if is_own and all(isinstance(one, str) for one in entry):
                    written = WrittenFile(*entry)
                    noted.setdefault(name, {})[written.digest] = written
    found = {name: entries.get(_digest_there(output, name)) for name, entries in noted.items()}
    return {name: entry for name, entry in found.items() if entry}


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


def write_manifest(output: Root, entries: Mapping[str, WrittenFile]) -> None:
    """Write the files that merge wrote; no file if there are none. Raises L10nError."""
    if entries or output.status(NAME) is not None:
        rows = ",\n".join(
            f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in sorted(entries.items())
        )
        output.write(NAME, f'{{"form": "{_FORM}", "files": {{\n{rows}\n}}}}\n'.encode(), _KIND)
    with suppress(L10nError):  # what is noted twice does no harm
        if _JOURNAL_KIND.looks(data := output.read(JOURNAL, _LARGEST)):
            output.remove(JOURNAL, data)


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
