"""Assign the parts of a split locale to its existing PO files.

Law 2, a reviewer's work is sacred: a part keeps its PO file, and so its reviews, whatever folders the user
names this time, and even if its folder was renamed. Only a part without a PO file gets a new one, named after
it. If an article moves to another part, its reviews move, too.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from l10n import po
from l10n.catalogue import Message, Place, Segment, header
from l10n.catalogue.moving import find_moved_articles, find_moves
from l10n.files import Root
from l10n.po.references import read_references
from l10n.previous import previous
from l10n.problems import L10nError, Problem, isolated

_REFERENCES = re.compile(rb"^#: ?(.*)$", re.MULTILINE)


class SplitSet:
    """The PO files of a split locale before an extract; each is parsed only if needed."""

    def __init__(self, root: Root, output: Root, files: Sequence[str], problems: list[Problem]) -> None:
        """Read the headers of `files`, references from `output`; `root` is that of the articles.

        A file that cannot be read is added to `problems`, and has no part.
        """
        self._root = root
        self._output = output
        self._files = sorted(files)
        self._by_entry: dict[str, list[str]] = {}
        self._orphans: dict[str, Root] = {}
        self._mentions: set[bytes] = set()
        for file in self._files:
            with isolated(output.label(file), problems):
                self._read_header(file)

    def _read_header(self, file: str) -> None:
        label = self._output.label(file)
        data = self._output.read(file)
        fields = po.read_header(data, label)
        folder = self._output.locate(file).parent
        own = header.root_of(fields, folder, label) if header.BASEPATH in fields else self._root
        scope = header.scope_of(fields, label)
        for entry in scope:
            self._by_entry.setdefault(_absolute(own, entry), []).append(file)
        if scope and all(own.is_gone(entry.removesuffix("/*")) for entry in scope):
            self._orphans[file] = own
        self._mentions.update(_REFERENCES.findall(data))

    def po_files(
        self, parts: Mapping[str, Sequence[Segment]], scopes: Mapping[str, str], names: Mapping[str, str]
    ) -> dict[str, str]:
        """Return the PO file of each part.

        `parts` has the units of each part, `scopes` its entry in the scope of a PO file, and `names` the
        name for a new PO file.
        """
        found: dict[str, str] = {}
        for part, entry in scopes.items():
            if known := self._by_entry.get(_absolute(self._root, entry)):
                found[part] = names[part] if names[part] in known else known[0]
        fresh = {part: units for part, units in parts.items() if part not in found}
        if fresh and self._orphans:
            found |= self._renamed_parts(fresh)
        return {part: found.get(part, names[part]) for part in parts}

    def _renamed_parts(self, fresh: Mapping[str, Sequence[Segment]]) -> dict[str, str]:
        """Return the PO files of those parts in `fresh` whose articles were renamed."""
        messages: list[Message] = []
        owners: dict[str, str] = {}
        for file, own in self._orphans.items():
            with suppress(L10nError):  # its update reports why it cannot be read
                for message in po.PoFile.open(self._output, file).catalogue.messages:
                    places = [Place(_absolute(own, path), line) for path, line in message.places]
                    messages.append(replace(message, places=places))
                    owners.update((place.path, file) for place in places)
        units: list[Segment] = []
        parts: dict[str, str] = {}
        for part, own_units in fresh.items():
            for unit in own_units:
                path = _absolute(self._root, unit.place.path)
                units.append(unit._replace(place=Place(path, unit.place.line)))
                parts[path] = part
        moves = find_moves(messages, units, owners.__contains__)
        votes = Counter((owners[old], parts[new]) for old, new in moves.paths.items() if new in parts)
        found: dict[str, str] = {}
        for (file, part), _ in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
            found.setdefault(part, file)
        return found

    def owners(self, articles: Mapping[str, Sequence[Segment]]) -> dict[str, str]:
        """Return the PO files of those articles that have one, also if an article was renamed."""
        found: dict[str, str] = {}
        for article in articles:
            if known := self._by_entry.get(_absolute(self._root, article)):
                found[article] = known[0]
        if self._files and len(found) < len(articles):
            messages, files = self._located()
            every = [unit for units in articles.values() for unit in units]
            moved = find_moved_articles(messages, every, self._root.is_gone)
            found |= {new: files[old] for old, new in moved.items() if new not in found}
        return found

    def _located(self) -> tuple[list[Message], dict[str, str]]:
        """Return the messages of all files, and the file of each article in them."""
        messages: list[Message] = []
        files: dict[str, str] = {}
        for file in self._files:
            with suppress(L10nError):  # its update reports why it cannot be read
                old = previous(po.PoFile.open(self._output, file), self._root)
                if old.root == self._root:
                    messages += old.catalogue.messages
                    for message in old.catalogue.messages:
                        files.update((place.path, file) for place in message.places)
        return messages, files

    def handed_over(self, units: Mapping[str, Sequence[Segment]]) -> dict[str, list[Message]]:
        """Return the messages of articles that moved to another PO file, by the new file.

        `units` are those of each PO file. All places are references from the root.
        """
        new_files = {unit.place.path: file for file, own in units.items() for unit in own}
        lines = (line.decode("utf-8", "replace") for line in self._mentions)
        if {place.path for line in lines for place in read_references(line)}.issuperset(new_files):
            return {}  # the usual case: no article is new
        catalogues: list[tuple[str, list[Message]]] = []
        for file in self._files:
            with suppress(L10nError):
                old = previous(po.PoFile.open(self._output, file), self._root)
                if old.root == self._root:
                    catalogues.append((file, old.catalogue.messages))
        messages = [message for _, found in catalogues for message in found]
        every = [unit for own in units.values() for unit in own]
        moved = find_moved_articles(messages, every, self._root.is_gone)
        given: dict[str, list[Message]] = {}
        for file, found in catalogues if moved else ():
            for message in found:
                for path, line in message.places if message.is_touched else ():
                    if path in moved and (to := new_files[moved[path]]) != file:
                        given.setdefault(to, []).append(replace(message, places=[Place(moved[path], line)]))
        return given


def _absolute(root: Root, reference: str) -> str:
    return posixpath.normpath(f"{root.path.as_posix()}/{reference}")
