"""The articles that a run covers: those that it read, and those that are gone.

Law 2: an article that could not be read, or is outside of the inputs, does not count as gone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from l10n.catalogue.header import Scope


class Coverage:
    """The articles that were read, those that were not, and the folders that could not be listed."""

    def __init__(self, scope: Sequence[str]) -> None:
        self._scope = scope
        self._inputs = Scope(scope)
        self._read: set[str] = set()
        self._unread: set[str] = set()
        self._unlisted: list[str] = []
        self._unlisted_folders = Scope(())

    def add(self, reference: str, *, is_read: bool) -> None:
        """Record an article, read or not."""
        (self._read if is_read else self._unread).add(reference)

    def add_unlisted(self, folder: str) -> None:
        """Record a folder that cannot be listed."""
        self._unlisted.append(folder)
        self._unlisted_folders = Scope(self._unlisted)

    def state(self) -> tuple[list[str], list[str], list[str], list[str]]:
        """Return all that `covers` depends on, for the key of a cache."""
        return sorted(self._scope), sorted(self._read), sorted(self._unread), sorted(self._unlisted)

    def covers(self, reference: str) -> bool:
        """Return True if an article was read, or is gone."""
        if reference in self._read:
            return True
        if reference in self._unread or self._unlisted_folders.holds(reference):
            return False
        return self._inputs.holds(reference)

    def names_all(self, entries: Iterable[str]) -> bool:
        """Return True if the entries of a PO file's scope are inputs of this run, or in them."""
        return all(self._inputs.holds(entry.removesuffix("/*")) or entry in self._inputs for entry in entries)

    def covers_all(self, entries: Collection[str]) -> bool:
        """Return True if all articles of the entries of a PO file's scope are covered."""
        scope = Scope(entries)
        return self.names_all(entries) and not any(map(scope.holds, (*self._unread, *self._unlisted)))

    def below(self, prefix: str) -> Callable[[str], bool]:
        """Return `covers` for references with `prefix` in front of this run's."""
        return lambda reference: reference.startswith(prefix) and self.covers(reference[len(prefix) :])
