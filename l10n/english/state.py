"""What changes when the English files do: by that a cache knows whether its results still hold.

Law 4, same input, same bytes: a result that depends on English files is used again only if none of them, and
no object of their repository, has come, gone or changed.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from l10n.english.repository import GitError, Repository
from l10n.finding import ARTICLE_SUFFIXES

_Stamp = tuple[str, int, int, int]


def files_state(folder: Path) -> tuple[_Stamp, ...] | None:
    """Return path, size and times of the articles in a folder; None if one in it is a link."""
    found: list[_Stamp] = []
    try:
        for here, folders, names in os.walk(folder, onerror=_raise):
            if any(os.path.islink(os.path.join(here, name)) for name in folders):
                return None
            folders[:] = [name for name in folders if name != ".git"]
            wanted = (os.path.join(here, name) for name in names if name.lower().endswith(ARTICLE_SUFFIXES))
            found += [_stamp(path) for path in wanted]
    except OSError:
        return None
    return tuple(sorted(found))


def objects_state(repository: Path) -> tuple[object, ...] | None:
    """Return the commit that is checked out, and names and times of the folders of objects.

    git never changes an object: it adds a file to one of the folders. None if there is no repository that can
    be read, or it has objects of another one.
    """
    try:
        found = Repository.at(repository)
        if os.path.lexists(found.objects / "info" / "alternates"):
            return None
        folders = sorted(found.objects.iterdir())
        head = ""
        with suppress(GitError):
            head = found.head()
        return head, str(found.shallow), tuple(_stamp(str(folder)) for folder in folders)
    except (GitError, OSError):
        return None


def _stamp(path: str) -> _Stamp:
    status = os.stat(path)
    return path, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _raise(error: OSError) -> None:
    raise error
