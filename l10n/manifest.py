"""What merge wrote to a folder: each file, what it was made of, and a hash of its content.

Law 2, nothing of a person is lost: only a file that is as merge left it is removed, or replaced by a copy.

Law 5, input is hostile: anybody may have changed the manifest. What is not as this module writes it is
forgotten, and no entry leads out of the folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import NamedTuple

from l10n.files import Root
from l10n.limits import COPIED_BYTES
from l10n.problems import L10nError
from l10n.writing import FileKind

NAME = "l10n-merge.json"
COPY = "copy"
"""The form of a file that was copied."""
_FORM = "l10n merge 1"
_KIND = FileKind("the list of files of l10n merge", lambda data: b'{"form": "l10n merge ' in data[:100])
_LARGEST = 1 << 30
_CHUNK = 1 << 20


class WrittenFile(NamedTuple):
    """A file that merge wrote."""

    source: str
    """The path of the article or file that it was made of, below the folder of the articles."""
    form: str
    """`annotated`, `localized` or `source`; `copy` of a file that was copied."""
    digest: str
    """A hash of its content; empty for a file of a merge that did not end, which may or may not be there."""


def read_manifest(output: Root) -> dict[str, WrittenFile]:
    """Return the files that merge wrote, by their references; none if that is not known."""
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


def write_manifest(output: Root, entries: Mapping[str, WrittenFile]) -> None:
    """Write the files that merge wrote; no file if there are none. Raises L10nError."""
    if not entries and output.status(NAME) is None:
        return
    rows = ",\n".join(f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in sorted(entries.items()))
    output.write(NAME, f'{{"form": "{_FORM}", "files": {{\n{rows}\n}}}}\n'.encode(), _KIND)


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
