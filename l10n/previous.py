"""A PO file before its update, with the names that this run has for its articles.

Since the last delivery, articles may have been renamed or deleted, or the command is called from another
folder. Law 3: a deleted article is removed only if the run covers it, or with `--prune`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from l10n import po
from l10n.catalogue import Catalogue, Message, Place, Segment
from l10n.catalogue.moving import Move, find_moves
from l10n.files import Root


def _same(reference: str) -> str:
    return reference


class Previous(NamedTuple):
    """A PO file before the update."""

    catalogue: Catalogue
    root: Root
    """The folder that its references start from, also after this run."""
    name: Callable[[str], str] = _same
    """Maps a reference of this run to one from `root`."""
    scope: frozenset[str] = frozenset()
    is_related: bool = True
    """True if its articles are below `root`."""


def previous(file: po.PoFile, root: Root) -> Previous:
    """Return a PO file with references from the outer one of its own root and this run's `root`.

    Raises L10nError (`bad-po`, `outside-folder`).
    """
    catalogue = file.catalogue
    # If another tool dropped the field, the root is the folder that extract is called from.
    own = file.root if file.has_root else root
    shared, own_name, name = _outer(own, root)
    messages = catalogue.messages if own_name is _same else _renamed(catalogue.messages, own_name)
    scope = frozenset(map(own_name, file.scope))
    is_related = own.path.is_relative_to(shared.path)
    return Previous(replace(catalogue, messages=messages), shared, name, scope, is_related)


def follow_moves(
    old: Previous, units: Sequence[Segment], covers: Callable[[str], bool]
) -> tuple[Previous, list[Move]]:
    """Return the PO file with the new names of renamed folders, and these folders.

    `units` are those of this run; `covers` returns True for the articles that it covers.
    """
    moves = find_moves(
        old.catalogue.messages, units, lambda path: not covers(path) and old.root.is_gone(path)
    )
    if not moves.folders:
        return old, []
    messages = _renamed(old.catalogue.messages, lambda path: moves.paths.get(path, path))
    scope = frozenset(moves.entry(entry) if _is_gone(old.root, entry) else entry for entry in old.scope)
    return old._replace(catalogue=replace(old.catalogue, messages=messages), scope=scope), moves.folders


def with_messages(old: Previous, more: Sequence[Message]) -> Previous:
    """Return the PO file with messages of another one, without those that it has already."""
    known = {_work(message, message.comment) for message in old.catalogue.messages}
    known |= {_work(message, "") for message in old.catalogue.messages if message.is_reviewed}
    new = [message for message in more if _work(message, message.comment) not in known]
    # The same pair is reviewed once: what nobody worked on gives way to it.
    reviewed = {(message.source, message.delivered) for message in new if message.is_reviewed}
    kept = [
        message
        for message in [*old.catalogue.messages, *new]
        if (message.source, message.delivered) not in reviewed or _is_worth_keeping(message)
    ]
    return old._replace(catalogue=replace(old.catalogue, messages=kept))


def _is_worth_keeping(message: Message) -> bool:
    """Return True if a message has something that its article does not have."""
    return message.is_touched or message.obsolete or bool(message.hints or message.flags or message.others)


def _work(message: Message, comment: str) -> tuple[str, str, bool, bool, str]:
    return message.source, message.translation, message.fuzzy, message.obsolete, comment


def without_deleted(old: Previous, covers: Callable[[str], bool]) -> tuple[Previous, Callable[[str], bool]]:
    """Return the PO file without deleted entries of its scope, and a `covers` for all deleted articles."""
    scope = frozenset(entry for entry in old.scope if not _is_gone(old.root, entry))
    return old._replace(scope=scope), lambda path: covers(path) or old.root.is_gone(path)


def _is_gone(root: Root, entry: str) -> bool:
    return root.is_gone(entry.removesuffix("/*"))


def _renamed(messages: Sequence[Message], name: Callable[[str], str]) -> list[Message]:
    return [
        replace(message, places=[Place(name(path), line) for path, line in message.places])
        for message in messages
    ]


def _outer(old: Root, new: Root) -> tuple[Root, Callable[[str], str], Callable[[str], str]]:
    """Return the outer one of two roots, and functions that map references of each to it.

    If neither contains the other, the folder of the articles was moved as a whole, and references stay.
    """
    if old.path != new.path and old.path.is_relative_to(new.path):
        return new, _below(old.path.relative_to(new.path)), _same
    if old.path != new.path and new.path.is_relative_to(old.path):
        return old, _same, _below(new.path.relative_to(old.path))
    return new, _same, _same


def _below(folder: PurePath) -> Callable[[str], str]:
    prefix = folder.as_posix()
    return lambda reference: prefix if reference == "." else f"{prefix}/{reference}"
