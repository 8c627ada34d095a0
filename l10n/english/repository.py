"""A git repository's files: its folders, its objects and the commit that is checked out.

Law 5, input is hostile: git itself reads nothing here but the objects (see `git`), since the configuration of
a repository can name programs to run. The few other facts needed are read by this module: only from regular
files, none beyond a size, and a chain of references is followed a few steps only.

The layout is that of gitrepository-layout(5), with its reference files (no reftable).
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from l10n.limits import MIB

_NAME_BYTES = 64 * 1024
"""Size limit of a file with one name in it, such as HEAD."""
_PACKED_REFS_BYTES = 256 * MIB
_SHALLOW_BYTES = 16 * MIB
_STEPS = 5
"""The maximum number of references that may follow each other, as in git."""
_COMMIT = re.compile(r"[0-9a-f]{40}", re.ASCII)
_SHA256 = re.compile(r"^[ \t]*objectformat[ \t]*=[ \t]*sha256", re.MULTILINE | re.IGNORECASE)
_REFERENCE = re.compile(r"ref: *(refs/[^\0-\x20\x7f~^:?*\[\\]+)")


class GitError(Exception):
    """git is not installed, or cannot read the repository; the message is printable."""


def is_commit(text: str) -> bool:
    """Return True if `text` is a full commit id; git is never asked for anything else."""
    return _COMMIT.fullmatch(text) is not None


def find_repository(path: Path) -> tuple[Path, str] | None:
    """Return the repository, bare or with a work tree, around `path` and the path inside it, or None.

    A folder of a bare repository is named as if it were a folder on disk: `english.git/docs`.
    """
    path = Path(os.path.realpath(path))
    for folder in (path, *path.parents):
        if _is_git_folder(folder) or os.path.lexists(folder / ".git"):
            inside = path.relative_to(folder).as_posix()
            return folder, "" if inside == "." else inside
    return None


def _is_git_folder(folder: Path) -> bool:
    names = ("objects", "refs")
    return os.path.isfile(folder / "HEAD") and all(os.path.isdir(folder / name) for name in names)


@dataclass(frozen=True, slots=True)
class Repository:
    """The folders of a repository."""

    folder: Path
    """The folder of HEAD: the repository's own, or that of one work tree."""
    common: Path
    """The folder of the objects and branches; it differs from `folder` only with several work trees."""

    @classmethod
    def at(cls, folder: Path) -> Repository:
        """Return the repository whose work tree or bare folder is `folder`; raises GitError if it is none."""
        found = folder if _is_git_folder(folder) else folder / ".git"
        if os.path.isfile(found):  # a submodule, or one of several work trees
            text = _read(found, _NAME_BYTES) or ""
            found = folder / text.removeprefix("gitdir:").strip()
        common = found
        if name := (_read(found / "commondir", _NAME_BYTES) or "").strip():
            common = found / name
        if not (os.path.isdir(common / "objects") and os.path.isfile(found / "HEAD")):
            raise GitError("not a git repository")
        if _SHA256.search(_read(common / "config", MIB) or ""):
            raise GitError("its objects have SHA-256 names, which no publisher's articles name")
        return cls(found, common)

    @property
    def objects(self) -> Path:
        """Return the folder of the objects."""
        return self.common / "objects"

    @property
    def shallow(self) -> Path | None:
        """Return the file that names the commits without cloned parents, if it exists and is valid."""
        path = self.common / "shallow"
        lines = (_read(path, _SHALLOW_BYTES) or "").split()
        return path if lines and all(map(is_commit, lines)) else None

    def head(self) -> str:
        """Return the commit that is checked out, or that of a bare repository's default branch.

        Raises GitError if there is none.
        """
        text = _read(self.folder / "HEAD", _NAME_BYTES) or ""
        for _ in range(_STEPS):
            if is_commit(text.strip()):
                return text.strip()
            reference = _REFERENCE.fullmatch(text.strip())
            if reference is None or ".." in reference[1]:
                break
            text = self._reference(reference[1])
        raise GitError("its HEAD names no commit")

    def _reference(self, name: str) -> str:
        """Return the value of a reference, from its own file or from packed-refs; empty if there is none."""
        for folder in (self.folder, self.common):
            if text := _read(folder / name, _NAME_BYTES):
                return text
        packed = _read(self.common / "packed-refs", _PACKED_REFS_BYTES) or ""
        found = re.search(rf"^([0-9a-f]{{40}}) {re.escape(name)}$", packed, re.MULTILINE)
        return found[1] if found else ""


def _read(path: Path, limit: int) -> str | None:
    """Return the text of a regular file of at most `limit` bytes, or None."""
    try:
        # Reading a named pipe would block forever.
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            data = file.read(limit + 1)
    except (OSError, ValueError):
        return None
    return None if len(data) > limit else data.decode("utf-8", "surrogateescape")
