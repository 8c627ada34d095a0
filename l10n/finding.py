"""Find the files in a folder that the user named."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from l10n.files import Root
from l10n.problems import Problem
from l10n.writing import TEMPORARY

ARTICLE_SUFFIXES = (".md", ".yml", ".yaml")


def find(
    folder: Path,
    on_error: Callable[[OSError], None],
    suffixes: tuple[str, ...] = ARTICLE_SUFFIXES,
    *,
    recursive: bool = True,
    on_link: Callable[[Path], None] = lambda folder: None,
) -> Iterator[Path]:
    """Yield the files below `folder` with one of `suffixes`, in any order.

    Hidden folders (`.git`) are skipped. `on_error` is called for folders that cannot be listed, and `on_link`
    for symbolic links to folders, which are not followed; the others continue.
    """
    for here, folders, names in os.walk(folder, onerror=on_error):
        folders[:] = [name for name in folders if recursive and not name.startswith(".")]
        for name in folders:
            if os.path.islink(link := os.path.join(here, name)):
                on_link(Path(link))
        for name in names:
            if name.lower().endswith(suffixes) and not name.startswith(TEMPORARY):
                yield Path(here, name)


def not_followed(link: Path) -> Problem:
    """Return the problem of a symbolic link to a folder."""
    label = Root.at(link.parent).label(link.name)
    message = "it is a link to a folder, and was not followed: name it, too, if what is in it is wanted"
    return Problem(label, 1, 1, "linked-folder", message)


def unlisted(error: OSError) -> Problem:
    """Return the problem of a folder that cannot be listed."""
    path = Root.at(Path(error.filename)).label(".")
    return Problem(path, 1, 1, "cannot-read", f"{error.strerror}; what is in this folder was left out")
