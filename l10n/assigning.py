"""Which PO file of a split set each part goes to: the one that has it already.

Law 2, a reviewer's work is sacred: a part keeps its PO file, and so its reviews, whatever folders the user
names this time, and if its folder was renamed. Only a part that no PO file has gets one by its own name.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Mapping, Sequence

from l10n import po
from l10n.catalogue import Message, Place, UnitRecord, header
from l10n.catalogue.deciding import standing_at
from l10n.catalogue.moving import find_moves
from l10n.files import Root
from l10n.printable import printable
from l10n.problems import Problem, isolated


def po_files_of(
    parts: Mapping[str, Sequence[UnitRecord]],
    scopes: Mapping[str, str],
    names: Mapping[str, str],
    root: Root,
    output: Root,
    existing: Sequence[str],
    problems: list[Problem],
) -> dict[str, str]:
    """The PO file of each part, by reference from `output`.

    `parts` are the units of each, `scopes` the entry that a PO file's scope has for it, from `root`, `names`
    the PO file of its own name. `existing` are the PO files of the locale; one that cannot be read is
    added to `problems`, and has no part.
    """
    files: dict[str, list[str]] = {}
    orphans: dict[str, Root] = {}
    for file in sorted(existing):
        label = printable(output.label(file))
        with isolated(label, problems):
            fields = po.read_header(output.read(file), label)
            own = (
                header.root_of(fields, output.locate(file).parent, label)
                if header.BASEPATH in fields
                else root
            )
            scope = header.scope_of(fields, label)
            for entry in scope:
                files.setdefault(_absolute(own, entry), []).append(file)
            if scope and all(own.is_gone(entry.removesuffix("/*")) for entry in scope):
                orphans[file] = own
    found: dict[str, str] = {}
    for part, entry in scopes.items():
        if known := files.get(_absolute(root, entry)):
            found[part] = names[part] if names[part] in known else known[0]
    fresh = {part: units for part, units in parts.items() if part not in found}
    if fresh and orphans:
        found |= _renamed(fresh, root, orphans, output, problems)
    return {part: found.get(part, names[part]) for part in parts}


def _renamed(
    fresh: Mapping[str, Sequence[UnitRecord]],
    root: Root,
    orphans: Mapping[str, Root],
    output: Root,
    problems: list[Problem],
) -> dict[str, str]:
    """Of parts that no PO file has, those that had another name, with the PO file from then."""
    messages: list[Message] = []
    owners: dict[str, str] = {}
    for file, own in orphans.items():
        label = printable(output.label(file))
        with isolated(label, problems):
            for message in po.read(output.read(file), label).messages:
                places = [Place(_absolute(own, path), line) for path, line in message.places]
                messages.append(standing_at(message, places))
                owners.update((place.path, file) for place in places)
    units: list[UnitRecord] = []
    parts: dict[str, str] = {}
    for part, own_units in fresh.items():
        for unit in own_units:
            path = _absolute(root, unit.place.path)
            units.append(unit._replace(place=Place(path, unit.place.line)))
            parts[path] = part
    moves = find_moves(messages, units, owners.__contains__)
    votes = Counter((owners[old], parts[new]) for old, new in moves.paths.items() if new in parts)
    found: dict[str, str] = {}
    for (file, part), _ in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
        found.setdefault(part, file)
    return found


def _absolute(root: Root, reference: str) -> str:
    return posixpath.normpath(f"{root.path.as_posix()}/{reference}")
