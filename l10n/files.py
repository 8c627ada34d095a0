"""Bytes in, atomic bytes out, and no path that leaves the folder it was given.

Law 5, input is hostile: no path leaves the folders that the user named. Every
file is read and written through a `Root`, by a reference relative to it
(`articles/mail/a.md`), whoever wrote the reference.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from l10n.problems import L10nError, Problem

ARTICLE_SUFFIXES = (".md", ".yml", ".yaml")
_TEMPORARY = ".l10n-"
_PLAIN = re.compile(r"(?:[^/.][^/]*+/)*+[^/.][^/]*+")


@cache
def _real(folder: str) -> Path:
    """A folder without symbolic links; asking the disk again for each root takes long."""
    return Path(os.path.realpath(folder))


def _current() -> Path:
    return _real(os.getcwd())


@dataclass(frozen=True, slots=True)
class Root:
    """A folder, and the only way to the files in it."""

    path: Path
    """The folder, with symbolic links resolved."""
    _here: Path = field(default_factory=_current, compare=False, repr=False)
    """The folder that the user stands in, which another process need not."""
    _inside: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)
    """Which folders are known to be in it; asking the disk again for each file takes long."""
    _names: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """The references of folders, for the same reason."""

    @classmethod
    def at(cls, folder: Path) -> Root:
        """The root at `folder`, a path that the user named and so is trusted."""
        return cls(Path(os.path.realpath(folder)))

    def reference(self, path: Path) -> str:
        """The name of `path` from this root; raises ValueError if it is not inside."""
        folder, name = os.path.split(path)
        if folder not in self._names:
            real = Path(os.path.realpath(folder))
            if not real.is_relative_to(self.path):
                return (real / name).relative_to(self.path).as_posix()  # of the root itself at best
            self._names[folder] = real.relative_to(self.path).as_posix()
        known = self._names[folder]
        return f"{known}/{name}" if known != "." and name else name or known

    def label(self, reference: str) -> str:
        """How to name a file of this root to the user, who stands in the current folder."""
        path = self._join(reference)
        if path.startswith(f"{self._here}/"):
            return path[len(str(self._here)) + 1 :]
        whole = Path(path)
        return (whole.relative_to(self._here) if whole.is_relative_to(self._here) else whole).as_posix()

    def locate(self, reference: str) -> Path:
        """The path of `reference`; raises L10nError (`outside-folder`) if it leads out of here."""
        return Path(self._located(reference))

    def _located(self, reference: str) -> str:
        unsafe = (
            not reference
            or reference.startswith("/")
            or ".." in reference.split("/")
            or "\0" in reference
            or (os.name == "nt" and (":" in reference or "\\" in reference))
        )
        path = self._join(reference)
        if unsafe or not self._holds(path):
            message = f"{reference!r} leads out of {self.path.as_posix()}; nothing was read or written there"
            raise L10nError(Problem(printable(reference), 1, 1, "outside-folder", message))
        return path

    def _join(self, reference: str) -> str:
        # pathlib takes long, and nearly all references are as it would leave them.
        is_plain = _PLAIN.fullmatch(reference) and os.name == "posix"
        return f"{self.path}/{reference}" if is_plain else str(self.path / reference)

    def _holds(self, path: str) -> bool:
        if path == str(self.path):
            return True
        if os.path.islink(path):
            return Path(os.path.realpath(path)).is_relative_to(self.path)
        folder = os.path.dirname(path)
        if folder not in self._inside:
            self._inside[folder] = Path(os.path.realpath(folder)).is_relative_to(self.path)
        return self._inside[folder]

    def read(self, reference: str) -> bytes:
        """The bytes of a regular file; raises L10nError (`outside-folder`, `cannot-read`)."""
        path = self._located(reference)
        try:
            # O_NONBLOCK: opening a pipe that nobody writes to must not hang.
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
            with os.fdopen(handle, "rb") as file:
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    raise OSError("not a regular file")
                return file.read()
        except OSError as error:
            message = f"{error.strerror or error}; it was left out"
            raise L10nError(
                Problem(printable(self.label(reference)), 1, 1, "cannot-read", message)
            ) from error

    def load(self, reference: str) -> bytes | Problem:
        """As `read`, but returns the problem: so it can be sent to another process."""
        try:
            return self.read(reference)
        except L10nError as error:
            return error.problem

    def size(self, reference: str) -> int:
        """The size of a file in bytes; 0 if it is not there."""
        try:
            return os.stat(self._join(reference)).st_size
        except (OSError, ValueError):
            return 0

    def write(self, reference: str, data: bytes) -> bool:
        """Write `data` if the file does not hold just that; tells whether it was written.

        The file is written to a temporary neighbour, flushed and renamed, so that a
        reader or an interruption never meets a half-written one. Raises L10nError
        (`outside-folder`, `cannot-write`).
        """
        path = self._located(reference)
        try:
            mode = None
            if os.path.lexists(path):
                path = os.path.realpath(path)  # of a symbolic link, what it points to is rewritten
                old = os.stat(path)
                if not stat.S_ISREG(old.st_mode):
                    raise OSError("there is something else of that name")
                if old.st_size == len(data) and Path(path).read_bytes() == data:
                    return False
                mode = stat.S_IMODE(old.st_mode)
            _replace(path, data, mode)
        except OSError as error:
            message = f"{error.strerror or error}; the file is as it was"
            raise L10nError(
                Problem(printable(self.label(reference)), 1, 1, "cannot-write", message)
            ) from error
        return True


def _replace(path: str, data: bytes, mode: int | None) -> None:
    folder = os.path.dirname(path)
    temporary = f"{folder}/{_TEMPORARY}{secrets.token_hex(8)}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:  # the name is known before the file is there, so no interruption can leave it behind
        try:
            handle = os.open(temporary, flags, 0o666)
        except FileNotFoundError:
            os.makedirs(folder, exist_ok=True)
            handle = os.open(temporary, flags, 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if mode is not None:  # there is an older file to lose, should the power fail
                os.fsync(file.fileno())
        if mode is not None:
            os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def printable(path: str) -> str:
    """`path` fit for one line of a message: what is not UTF-8 or a control character is escaped."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def common_root(inputs: Iterable[Path]) -> Root:
    """The folder that references start from: the current one if all inputs are in it.

    Otherwise the folder that holds them, so that a reference begins with the name of
    the folder that the user gave.
    """
    real = [Path(os.path.realpath(path)) for path in inputs]
    here = Root.at(Path.cwd())
    if all(path.is_relative_to(here.path) for path in real):
        return here
    common = Path(os.path.commonpath([path.parent for path in real]))
    # A reference from the whole disk would be an absolute path in disguise.
    return Root(real[0] if common == common.parent and len(real) == 1 else common)


def find(
    folder: Path,
    on_error: Callable[[OSError], None],
    suffixes: tuple[str, ...] = ARTICLE_SUFFIXES,
    *,
    recursive: bool = True,
) -> Iterator[Path]:
    """The files below `folder` with one of `suffixes`, in no particular order.

    Hidden folders (`.git`) are passed over, symbolic links to folders are not followed.
    `on_error` is told of folders that cannot be listed; the others go on.
    """
    for here, folders, names in os.walk(folder, onerror=on_error):
        folders[:] = [name for name in folders if recursive and not name.startswith(".")]
        for name in names:
            if name.lower().endswith(suffixes) and not name.startswith(_TEMPORARY):
                yield Path(here, name)


def unlisted(error: OSError) -> Problem:
    """The problem of a folder that cannot be listed."""
    path = printable(Root.at(Path(error.filename)).label("."))
    return Problem(path, 1, 1, "cannot-read", f"{error.strerror}; what is in this folder was left out")
