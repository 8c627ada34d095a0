"""Move the messages of a locale to PO files of another split.

Law 2: what somebody worked on goes to the new files, and an old file is removed only after all new files were
written, and only if nobody saved it since it was read. So an interruption loses nothing: the next run finds
the old files again, and gives what the new files do not have yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from l10n import po
from l10n.catalogue import Message, Place, Segment
from l10n.catalogue.moving import find_moved_articles
from l10n.coverage import Coverage
from l10n.files import Root
from l10n.previous import previous
from l10n.problems import L10nError, Problem


@dataclass(frozen=True, slots=True)
class OldSplit:
    """The PO files of a locale that have another split, as they were read."""

    root: Root
    """The folder from which the references of this run start."""
    output: Root
    files: dict[str, po.PoFile]
    """By their references from `output`, in order."""

    @property
    def model(self) -> po.PoFile | None:
        """Return the file whose header and header comment new files begin with."""
        return next(iter(self.files.values()), None)

    def given(self, units: Mapping[str, Sequence[Segment]]) -> dict[str, list[Message]]:
        """Return the messages for each new PO file; `units` are those of each.

        A message goes to the files of its articles. One without an article goes where its source is, an
        obsolete one, or one whose source is gone, to a single file.
        """
        messages = self._messages()
        every = [unit for own in units.values() for unit in own]
        moved = find_moved_articles(messages, every, self.root.is_gone)
        articles = {unit.place.path: file for file, own in units.items() for unit in own}
        sources: dict[str, list[str]] = {}
        for file in sorted(units):
            for source in {unit.source for unit in units[file]}:
                sources.setdefault(source, []).append(file)
        found: dict[str, dict[tuple[object, ...], Message]] = {}
        for message in messages:
            places: dict[str, list[Place]] = {}
            for old, line in message.places:
                path = moved.get(old, old)
                if path in articles:
                    places.setdefault(articles[path], []).append(Place(path, line))
            if not places:
                at = sources.get(message.source, [min(units)])
                is_anywhere = not message.obsolete and not message.places
                # Those of articles that are gone stay, so that the update makes it obsolete.
                places = dict.fromkeys(at if is_anywhere else at[:1], message.places)
            for file, own in places.items():
                _add(found.setdefault(file, {}), replace(message, places=own))
        return {file: list(own.values()) for file, own in found.items()}

    def _messages(self) -> list[Message]:
        return [
            message
            for file in self.files.values()
            for message in previous(file, self.root).catalogue.messages
        ]

    def remove(self, reference: str) -> None:
        """Remove an old file if it is still as it was read. Raises L10nError."""
        self.output.remove(reference, self.files[reference].data)


NOT_ALL_READ = "this run does not read all its articles: extract all of them at once to change the split"
"""The reason not to move a PO file of which articles would be left behind."""


def other_split(label: str, reason: str) -> Problem:
    """Return the problem of a PO file that has another split and cannot be moved."""
    message = (
        f"this PO file of the locale has another split, and nothing was written for the locale; {reason}"
    )
    return Problem(label, 1, 1, "other-split", message)


def read_old_split(root: Root, output: Root, names: Sequence[str], coverage: Coverage) -> OldSplit:
    """Read the PO files `names` of a locale, which have another split.

    Raises L10nError (`other-split`) if their messages cannot be moved, and for a file that cannot be read.
    """
    found = OldSplit(root, output, {name: po.PoFile.open(output, name) for name in sorted(names)})
    for file in found.files.values():
        old = previous(file, root)
        paths = {place.path for message in old.catalogue.messages for place in message.places}
        is_all_read = coverage.names_all(old.scope) and all(map(coverage.covers, paths))
        foreign = file.catalogue.foreign
        if foreign.plurals or foreign.end or foreign.header_lines or foreign.header_fields:
            reason = "it has entries of another tool, which cannot be divided: remove them, or move it away"
            raise L10nError(other_split(file.label, reason))
        if old.root != root or not is_all_read:
            raise L10nError(other_split(file.label, NOT_ALL_READ))
    return found


def _add(found: dict[tuple[object, ...], Message], message: Message) -> None:
    """Add a message, or its places to the same message of another file."""
    delivered = message.note.delivered if message.note else None
    work = (message.source, message.translation, message.fuzzy, message.obsolete, message.comment, delivered)
    key = (*work, message.previous_source, message.hints, message.flags, message.others)
    if key in found:
        message.places = sorted({*found[key].places, *message.places})
    found[key] = message
