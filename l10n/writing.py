"""Replace a file safely: as a whole, only over the content that was read, one writer at a time.

Law 2, a reviewer's work is sacred: just before the rename what is there is compared with what was read, and
nothing is replaced that somebody saved meanwhile. What remains is the time between the last look (a `stat`)
and the rename, two system calls; only a program that takes no lock can save in it, since l10n's writers
exclude each other. An editor that writes into the file itself, in several steps, also writes its last steps
into the replaced file if the rename comes between them; Poedit and git rename, as this module does.

Law 5, input is hostile: all access goes through a handle of the open folder whose real location is known. A
folder that is replaced by a link during the run is not followed.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import NamedTuple

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

TEMPORARY = ".l10n-"
"""The prefix of the names of temporary files."""
_STALE = re.compile(r"\.l10n-[0-9a-f]{16}\.tmp")
_CHUNK = 1 << 16
BEGINNING = 1 << 20
"""Bytes by which the kind of a file is known that is replaced piece by piece."""
_BINARY: int = getattr(os, "O_BINARY", 0)
_FILE: int = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY
"""Flags to open a file for reading: opening a pipe that nobody writes to must not hang."""
PATIENCE = 600.0
"""Seconds that a writer waits for another one. An update of two million messages takes minutes."""


class TooLargeError(Exception):
    """A file contains more than the limit."""


class OutsideError(Exception):
    """The opened file or folder is not in the folder that the user named."""


class InUseError(Exception):
    """Another process has been writing in the folder for all of `PATIENCE`."""


class FileKind(NamedTuple):
    """The form of a file that may be overwritten. An empty file is of every kind."""

    name: str
    """The name with its article, for a message: `a baseline of l10n`."""
    looks: Callable[[bytes], object]
    """A function that returns something true if the content is of this kind."""

    def holds(self, data: bytes) -> bool:
        """Return True if a file with this content may be overwritten by one of this kind."""
        return not data or bool(self.looks(data))


class Content(NamedTuple):
    """The content of a file when it was read."""

    data: bytes
    status: os.stat_result


def _checked_status(handle: int, limit: int) -> os.stat_result:
    """Return the status of an open regular file; raises OSError, or TooLargeError beyond `limit` bytes."""
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        reason = os.strerror(errno.EISDIR) if stat.S_ISDIR(status.st_mode) else "not a regular file"
        raise OSError(reason)
    if status.st_size > limit:
        raise TooLargeError
    return status


def _read_open(handle: int, limit: int) -> Content:
    """Read an open regular file; raises OSError, or TooLargeError beyond `limit` bytes.

    Its size is checked first; a file that grows while it is read, or does not report its size, is not read
    beyond the limit either.
    """
    status = _checked_status(handle, limit)
    parts = []
    size = 0
    while part := os.read(handle, max(status.st_size + 1 - size, _CHUNK)):
        parts.append(part)
        size += len(part)
        if size > limit:
            raise TooLargeError
    return Content(parts[0] if len(parts) == 1 else b"".join(parts), status)


@contextmanager
def opened_inside(path: str, root: str, limit: int) -> Iterator[io.BufferedReader]:
    """Open the file at `path` to read it piece by piece; raises as `read_inside` does."""
    with open(path, "rb", opener=lambda name, _: os.open(name, _FILE)) as file:
        _check_inside(file.fileno(), path, root)
        _checked_status(file.fileno(), limit)
        yield file


def read_inside(path: str, root: str, limit: int) -> bytes:
    """Read the file at `path`; raises OSError, TooLargeError, and OutsideError if it is not below `root`."""
    handle = os.open(path, _FILE)
    try:
        _check_inside(handle, path, root)
        return _read_open(handle, limit).data
    finally:
        os.close(handle)


def _check_inside(handle: int, path: str, root: str) -> None:
    """Raise OutsideError if the open file is not in `root`, wherever `path` leads now."""
    try:
        real = os.readlink(f"/proc/self/fd/{handle}")  # Linux knows the real path
    except OSError:
        real = ""
    if not real.startswith("/"):
        real = os.path.realpath(path)
        if not os.path.samestat(os.stat(real), os.fstat(handle)):
            raise OSError("it was replaced while it was opened")
    if not _is_in(real, root):
        raise OutsideError


def _is_in(path: str, folder: str) -> bool:
    path, folder = os.path.normcase(path), os.path.normcase(folder)
    return path == folder or path.startswith(folder if folder.endswith(os.sep) else folder + os.sep)


@dataclass(frozen=True, slots=True)
class Folder:
    """An open folder to write in."""

    path: str
    _handle: int | None
    """None if the system has no handles of folders (Windows)."""

    def read(self, name: str, limit: int) -> Content | None:
        """Read a file; return None if it does not exist. Raises OSError, TooLargeError."""
        flags = _FILE | getattr(os, "O_NOFOLLOW", 0)
        try:
            handle = os.open(self._name(name), flags, dir_fd=self._handle)
        except FileNotFoundError:
            return None
        try:
            return _read_open(handle, limit)
        finally:
            os.close(handle)

    def append(self, name: str, data: bytes, allow: Callable[[bytes], None]) -> None:
        """Append `data` to a file in one step, unless `allow`, which gets its beginning, raises."""
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | _BINARY
        handle = os.open(self._name(name), flags, 0o666, dir_fd=self._handle)
        try:
            _checked_status(handle, sys.maxsize)
            allow(os.read(handle, _CHUNK))
            os.write(handle, data)
        finally:
            os.close(handle)

    def put(self, name: str, pieces: Iterable[bytes], over: Content | None) -> bool:
        """Write `pieces` in place of `over`, all or nothing; `over` is None for a file that does not exist.

        Returns False, and leaves the file unchanged, if it is no longer as `over`. Raises OSError.
        """
        if over is None:
            return self._swap(name, pieces, None, lambda: not self._is_there(name))
        self._check_writable(name, over.status)
        return self._swap(name, pieces, over.status, lambda: self._is_still(name, over))

    def put_pieces(self, name: str, pieces: Iterable[bytes], allow: Callable[[bytes], None]) -> bool | None:
        """Write `pieces` as the content of a file, all or nothing; return True if it had another.

        Neither is held in memory. `allow` gets the beginning of a file that is to be replaced, and raises if
        it may not be. Returns None, and leaves the file unchanged, if somebody changed it meanwhile. Raises
        OSError.
        """
        try:
            handle = os.open(self._name(name), _FILE | getattr(os, "O_NOFOLLOW", 0), dir_fd=self._handle)
        except FileNotFoundError:
            return self.put(name, pieces, None) or None
        with os.fdopen(handle, "rb") as old:
            status = _checked_status(handle, sys.maxsize)
            is_same = True

            def allow_other() -> None:
                nonlocal is_same
                is_same = False
                self._check_writable(name, status)
                old.seek(0)
                allow(old.read(BEGINNING))

            def compared() -> Iterator[bytes]:
                for piece in pieces:
                    if is_same and old.read(len(piece)) != piece:
                        allow_other()
                    yield piece
                if is_same and old.read(1):
                    allow_other()

            def may_replace() -> bool:
                now = os.stat(self._name(name), dir_fd=self._handle, follow_symlinks=False)
                return not is_same and _version(now) == _version(status)

            return self._swap(name, compared(), status, may_replace) or (False if is_same else None)

    def _swap(
        self,
        name: str,
        pieces: Iterable[bytes],
        status: os.stat_result | None,
        may_replace: Callable[[], bool],
    ) -> bool:
        """Write a temporary file, and rename it if `may_replace` then returns True.

        `status` is that of the file to replace, if there is one. Returns True if it was renamed.
        """
        temporary = f"{TEMPORARY}{os.urandom(8).hex()}.tmp"
        try:  # the name is known before the file exists, so no interruption can leave the file behind
            self._write(temporary, pieces, status)
            if not may_replace():
                return False
            os.replace(
                self._name(temporary), self._name(name), src_dir_fd=self._handle, dst_dir_fd=self._handle
            )
            temporary = ""
            return True
        finally:
            if temporary:
                self._unlink(temporary)

    def remove(self, name: str) -> None:
        """Remove a file that may be written. Raises OSError."""
        self._check_writable(name, os.stat(self._name(name), dir_fd=self._handle, follow_symlinks=False))
        self._unlink(name)

    def sweep(self) -> None:
        """Remove the temporary files of dead processes; only for the owner of the folder's lock."""
        for name in os.listdir(self.path if self._handle is None else self._handle):
            if _STALE.fullmatch(name):
                self._unlink(name)

    def _check_writable(self, name: str, status: os.stat_result) -> None:
        # A rename would replace the file whatever its mode, and root may write to all.
        by_mode = stat.S_IMODE(status.st_mode) & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
        may_write = os.access(self._name(name), os.W_OK, dir_fd=self._handle) or not self._is_there(name)
        if not by_mode or not may_write:
            raise PermissionError("it is read-only; allow writing to it if it is to change")

    def _write(self, temporary: str, pieces: Iterable[bytes], status: os.stat_result | None) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
        # Only those who could read the old file may ever read the new one.
        handle = os.open(
            self._name(temporary), flags, 0o666 if status is None else 0o600, dir_fd=self._handle
        )
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            if status is not None:
                _copy_owner_and_mode(handle, status)
                os.fsync(handle)  # an older file could be lost if the power fails

    def _is_still(self, name: str, over: Content) -> bool:
        try:
            now = self.read(name, len(over.data))
        except TooLargeError:
            return False
        if now is None or now.data != over.data:
            return False
        last = os.stat(self._name(name), dir_fd=self._handle, follow_symlinks=False)
        return _version(last) == _version(now.status)

    def _is_there(self, name: str) -> bool:
        try:
            os.stat(self._name(name), dir_fd=self._handle, follow_symlinks=False)
        except FileNotFoundError:
            return False
        return True

    def _unlink(self, name: str) -> None:
        with suppress(FileNotFoundError):
            os.unlink(self._name(name), dir_fd=self._handle)

    def _name(self, name: str) -> str:
        return f"{self.path}/{name}" if self._handle is None else name


def _version(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _copy_owner_and_mode(handle: int, status: os.stat_result) -> None:
    """Give an open file the owner and mode of the file that it replaces."""
    if sys.platform == "win32":
        return
    own = os.fstat(handle)
    if (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
        with suppress(PermissionError):  # only root can change the owner
            os.fchown(handle, status.st_uid, status.st_gid)
    os.fchmod(handle, stat.S_IMODE(status.st_mode))


_swept: set[str] = set()


@contextmanager
def opened(path: str, root: str) -> Iterator[Folder]:
    """Open the folder at `path`, creating it if necessary, for this process alone to write in.

    The lock is on the open folder itself: it leaves no file behind, and ends with the process. Where a lock
    is impossible (network drives, folders that may not be listed) the comparison before the rename remains.
    Raises OSError, OutsideError, InUseError.
    """
    handle = _open_folder(path)
    try:
        if handle is not None:
            _check_inside(handle, path, root)
        elif not _is_in(os.path.realpath(path), root):
            raise OutsideError
        with _locked(path, handle) as is_locked:
            folder = Folder(path, handle)
            if is_locked and path not in _swept:
                _swept.add(path)
                with suppress(OSError):
                    folder.sweep()
            yield folder
    finally:
        if handle is not None:
            os.close(handle)


def _open_folder(path: str) -> int | None:
    if sys.platform == "win32":
        os.makedirs(path, exist_ok=True)
        return None
    try:
        return os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)
        return os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except PermissionError:
        if not hasattr(os, "O_PATH"):
            raise
        return os.open(path, os.O_PATH | os.O_DIRECTORY)  # it may not be listed


@contextmanager
def _locked(path: str, handle: int | None) -> Iterator[bool]:
    """Exclude other writers; yield True if that was possible. Raises InUseError."""
    own = None
    if handle is None:
        import tempfile  # only on Windows

        # The lock is in the user's folder for temporary files, not among the translator's files.
        mark = hashlib.sha256(os.path.normcase(os.path.realpath(path)).encode("utf-8", "surrogateescape"))
        name = f"{tempfile.gettempdir()}/l10n-{mark.hexdigest()[:32]}.lock"
        with suppress(OSError):
            own = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        lock_on = own if handle is None else handle
        yield lock_on is not None and _lock(lock_on)
    finally:
        if own is not None:
            os.close(own)


def _lock(handle: int) -> bool:
    end = time.monotonic() + PATIENCE
    pause = 0.0001
    while True:
        try:
            if sys.platform == "win32":
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            if time.monotonic() > end:
                raise InUseError from None
            time.sleep(pause)
            pause = min(2 * pause, 0.05)
        except OSError:
            return False
        else:
            return True
