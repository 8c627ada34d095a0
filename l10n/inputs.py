"""The paths that the user names → the articles and PO files there: the one finder of all commands.

Law 3, nothing is silent: a folder that holds nothing to work on (`no-articles`, `no-catalogues`), cannot be
listed (`cannot-read`) or is a link in another one (`linked-folder`) is a problem, and the other inputs go on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from l10n.excluded import Excluded
from l10n.files import Root, common_root
from l10n.finding import ARTICLE_SUFFIXES, find, not_followed, unlisted
from l10n.printable import printable
from l10n.problems import L10nError, Problem

_PO = (".po",)


def is_po(reference: str) -> bool:
    """Return True if a file is read as a PO file."""
    return reference.lower().endswith(_PO)


@dataclass(slots=True)
class Inputs:
    """The files that were found, by their references from one root."""

    root: Root
    """The folder from which all references start."""
    entries: list[str]
    """The references of the inputs themselves."""
    files: list[str] = field(default_factory=list)
    """Each file once, in order."""
    unlisted: list[str] = field(default_factory=list)
    """The folders that cannot be listed."""
    excluded: int = 0
    """The number of files that were left out."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def articles(self) -> list[str]:
        """Return the files that are not PO files."""
        return [name for name in self.files if not is_po(name)]

    @property
    def po_files(self) -> list[str]:
        """Return the files that are PO files."""
        return [name for name in self.files if is_po(name)]


def entries_of(inputs: Sequence[Path], root: Root) -> list[str]:
    """Return the references of inputs from their root."""
    return [root.reference(Path(os.path.realpath(path))) for path in inputs]


def find_inputs(
    inputs: Sequence[Path],
    *,
    root: Root | None = None,
    with_po_files: bool = True,
    exclude: Excluded | None = None,
) -> Inputs:
    """Find the articles in `inputs` (files and folders), and the PO files unless they are not wanted.

    A file that the user names is taken whatever its suffix. `root` is by default the folder that all inputs
    share. `exclude` leaves out files in folders, never one that is named itself.
    """
    root = root or common_root(inputs)
    result = Inputs(root, entries_of(inputs, root))
    found: set[str] = set()
    left_out: set[str] = set()
    links: set[Path] = set()

    def is_excluded(name: str) -> bool:
        return exclude is not None and exclude.holds(_path_from(exclude.folder, root, name))

    for path, entry in zip(inputs, result.entries, strict=True):
        inside = _files_in(path, entry, result, links.add, with_po_files=with_po_files)
        if exclude and path.is_dir():
            left_out.update(filter(is_excluded, inside))
            inside = [name for name in inside if name not in left_out]
        found.update(inside)
    links = {link for link in links if not is_excluded(root.reference(link))}
    result.problems += _not_followed(links, inputs)
    result.files = sorted(found)
    result.excluded = len(left_out - found)
    return result


def _files_in(
    path: Path, entry: str, result: Inputs, on_link: Callable[[Path], None], *, with_po_files: bool
) -> list[str]:
    """Return the references of the files in an input; an input without files is a problem."""
    root = result.root
    problems: list[Problem] = []

    def on_unlisted(error: OSError) -> None:
        problems.append(unlisted(error))
        with suppress(ValueError):
            result.unlisted.append(root.reference(Path(error.filename)))

    inside: list[str] = []
    try:
        inside = articles_in(root, entry, on_unlisted, on_link)
        if with_po_files and path.is_dir():
            inside += [root.reference(po_file) for po_file in find(path, on_unlisted, _PO)]
        if not inside and path.is_file():
            inside = [entry]
    except L10nError as error:
        problems.append(error.problem)
    if not inside and not problems:
        kinds = "no articles (.md, .yml, .yaml)" + (" and no PO files" if with_po_files else "")
        message = f"there are {kinds} here; name the folder that holds them"
        problems.append(Problem(root.label(entry), 1, 1, "no-articles", message))
    result.problems += problems
    return inside


def articles_in(
    root: Root,
    entry: str,
    on_error: Callable[[OSError], None],
    on_link: Callable[[Path], None] = lambda folder: None,
) -> list[str]:
    """Return the references of the articles in an entry of the scope.

    `on_error` is called for folders that cannot be listed, `on_link` for links to folders. Raises L10nError
    (`outside-folder`).
    """
    folder = entry.removesuffix("/*")
    path = root.locate(folder)
    if not os.path.isdir(path):
        return [entry] if folder.lower().endswith(ARTICLE_SUFFIXES) and os.path.exists(path) else []
    found = find(path, on_error, recursive=folder == entry, on_link=on_link)
    return sorted(root.reference(article) for article in found)


def find_po_files(inputs: Iterable[Path], problems: list[Problem]) -> list[Path]:
    """Return the PO files in `inputs` (files and folders), each once, those of a folder in order.

    A file is taken whatever its suffix. What holds none is added to `problems`.
    """
    files: dict[str, Path] = {}
    links: set[Path] = set()
    inputs = list(inputs)
    for path in inputs:
        if path.is_dir():
            found = sorted(find(path, lambda error: problems.append(unlisted(error)), _PO, on_link=links.add))
        else:
            found = [path] if os.path.lexists(path) else []
        if not found:
            message = "there are no PO files here; l10n extract makes them"
            problems.append(Problem(printable(path.as_posix()), 1, 1, "no-catalogues", message))
        for file in found:
            files.setdefault(os.path.realpath(file), file)
    problems += _not_followed(links, inputs)
    return list(files.values())


def _not_followed(links: Collection[Path], inputs: Iterable[Path]) -> list[Problem]:
    """Return the problems of those links to folders that do not lead into one of the inputs."""
    named = [os.path.realpath(path) for path in inputs] if links else []
    return [
        not_followed(link)
        for link in sorted(links)
        if not any(Path(os.path.realpath(link)).is_relative_to(folder) for folder in named)
    ]


def _path_from(folder: str, root: Root, reference: str) -> str:
    """Return the path of a file from a folder; from the root if it is outside of the folder."""
    path = os.path.join(root.path, reference)
    below = path.removeprefix(folder + os.sep)
    return reference if below == path else below.replace(os.sep, "/")
