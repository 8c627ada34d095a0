"""A git repository as files: where it is, where its objects are, which commit it has checked out.

Law 5, input is hostile: git itself never looks at anything here but the objects (see `git`), for
the configuration of a repository can name programs to run. So the few other facts that are needed are read
here: only from regular files, none beyond a size, and a chain of references is followed a few steps.

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
"""A file with one name in it, such as HEAD."""
_PACKED_REFS_BYTES = 256 * MIB
_SHALLOW_BYTES = 16 * MIB
_STEPS = 5
"""How many references may follow each other, as in git."""
_COMMIT = re.compile(r"[0-9a-f]{40}", re.ASCII)
_SHA256 = re.compile(r"^[ \t]*objectformat[ \t]*=[ \t]*sha256", re.MULTILINE | re.IGNORECASE)
_REFERENCE = re.compile(r"ref: *(refs/[^\0-\x20\x7f~^:?*\[\\]+)")


class GitError(Exception):
    """git is not installed, or cannot read the repository; says why, in text that may be printed."""


def is_commit(text: str) -> bool:
    """Whether `text` is a full commit id, which is all that git is ever asked for."""
    return _COMMIT.fullmatch(text) is not None


def find_repository(path: Path) -> tuple[Path, str] | None:
    """The repository that `path` is in, bare or with a work tree, and where in it; or None.

    A folder of a bare repository is named as if it stood there: `english.git/docs`.
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
    """Where the parts of a repository are."""

    folder: Path
    """The folder of HEAD: the repository's own, or that of one work tree."""
    common: Path
    """The folder of the objects and the branches; the same one unless there are several work trees."""

    @classmethod
    def at(cls, folder: Path) -> Repository:
        """The repository whose work tree or bare folder is `folder`; raises GitError if it is none."""
        found = folder if _is_git_folder(folder) else folder / ".git"
        if os.path.isfile(found):  # of a submodule, or of one of several work trees
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
        """The folder of the objects."""
        return self.common / "objects"

    @property
    def shallow(self) -> Path | None:
        """The file that names the commits whose parents were not cloned, if it is there and sound."""
        path = self.common / "shallow"
        lines = (_read(path, _SHALLOW_BYTES) or "").split()
        return path if lines and all(map(is_commit, lines)) else None

    def head(self) -> str:
        """The commit that is checked out, or that of the default branch of a bare repository.

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
        """What a reference names, from its own file or from the file of all; empty if there is none."""
        for folder in (self.folder, self.common):
            if text := _read(folder / name, _NAME_BYTES):
                return text
        packed = _read(self.common / "packed-refs", _PACKED_REFS_BYTES) or ""
        found = re.search(rf"^([0-9a-f]{{40}}) {re.escape(name)}$", packed, re.MULTILINE)
        return found[1] if found else ""


def _read(path: Path, limit: int) -> str | None:
    """The text of a regular file of `limit` bytes at most; None if it is no such file."""
    try:
        # A named pipe would be waited for without end.
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            data = file.read(limit + 1)
    except (OSError, ValueError):
        return None
    return None if len(data) > limit else data.decode("utf-8", "surrogateescape")
