"""What earlier runs found, kept from run to run in the user's own cache folder.

Law 4, same input, same bytes: a result is used again only for the same bytes, settings and program, so a run
with a cache gives what one without would give, and deleting the cache changes no output.

Law 5, input is hostile: a project cannot bring its own cache. It is in the user's folder, never in one of
the project, and not used if somebody else could write there.

A cache that cannot be used costs time, nothing else; so no error of it reaches the user.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from l10n.limits import CACHE_BYTES, CACHE_DAYS

if TYPE_CHECKING:
    import sqlite3

_DIGEST = 16
"""Bytes of a digest: no two contents have the same by chance."""
_RECENT = 2_000_000_000
"""Nanoseconds in which a file may change again without a new time (FAT stores every second one)."""
_TABLES = """
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS articles (name TEXT PRIMARY KEY, stamp BLOB, digest BLOB, result BLOB);
CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, result BLOB);
"""


class ArticleResult(NamedTuple):
    """The result for an article."""

    stamp: bytes
    """That of the file when it was read; empty if it says nothing."""
    digest: bytes
    """That of its content."""
    result: bytes


def digest(data: bytes) -> bytes:
    """Return the digest of a content (BLAKE2b, RFC 7693)."""
    return blake2b(data, digest_size=_DIGEST).digest()


def digest_of(*parts: object) -> bytes:
    """Return the digest of values with an exact `repr`: texts, numbers, and tuples of them."""
    return digest(repr(parts).encode("utf-8", "surrogatepass"))


def stamp_of(status: os.stat_result, now: int) -> bytes:
    """Return what changes whenever a file is written; empty if it was written just before `now`.

    `now` is in nanoseconds since the epoch. A file that was written twice at one time may look unchanged.
    """
    if max(status.st_mtime_ns, status.st_ctime_ns) > now - _RECENT:
        return b""
    return repr((status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)).encode()


def user_cache_folder() -> Path:
    """Return the folder for caches of this user (XDG Base Directory Specification)."""
    own = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else None
    named = os.environ.get("XDG_CACHE_HOME", "")
    folder = Path(named) if os.path.isabs(named) else Path(own or os.path.expanduser("~/.cache"))
    return folder / "l10n"


class CacheFolder(NamedTuple):
    """Where a command keeps what it found."""

    path: Path
    settings: Callable[[], bytes] = bytes
    """Returns what changes whenever the settings do, that is, what the checks are made of."""


@contextmanager
def opened(
    folder: CacheFolder | None, command: str, key: Callable[[], tuple[object, ...] | None]
) -> Iterator[Cache | None]:
    """Open the cache of a run of `command`, and save it at the end; without a folder there is none.

    `key` returns values with an exact `repr`. Together with settings and program they say all that the
    results depend on, except the files that they are about. It returns None if that is not known. Two runs
    may use one cache at once; then one of them saves nothing.
    """
    if folder is None:
        yield None
        return
    cache = Cache(folder, command, key)
    try:
        yield cache
    except BaseException:
        cache.close(saves=False)
        raise
    cache.close()


class Cache:
    """The results of a run and of earlier ones with the same key.

    The file is opened when it is needed, since small sets are read faster.
    """

    def __init__(
        self, folder: CacheFolder, command: str, key: Callable[[], tuple[object, ...] | None]
    ) -> None:
        self._folder = folder
        self._command = command
        self._key = key
        self._is_tried = False
        self._connection: sqlite3.Connection | None = None
        self._used: set[bytes] = set()
        """The keys of the results that this run asked for or stored."""

    @property
    def is_open(self) -> bool:
        """True if it was needed, and can be used."""
        return self._connection is not None

    def articles(self) -> dict[str, ArticleResult]:
        """Return what is known of all articles, by their names."""
        rows = self._ask("SELECT name, stamp, digest, result FROM articles")
        return {name: ArticleResult(*result) for name, *result in rows}

    def store_articles(self, results: Mapping[str, ArticleResult]) -> None:
        """Store the results for articles, by their names."""
        self._do("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?)", ((n, *r) for n, r in results.items()))

    def forget_articles(self, names: Iterable[str]) -> None:
        """Forget the articles with these names."""
        self._do("DELETE FROM articles WHERE name = ?", ((name,) for name in names))

    def result(self, key: bytes) -> bytes | None:
        """Return the result that was stored with `key`."""
        self._used.add(key)
        found = self._ask("SELECT result FROM results WHERE key = ?", key)
        return found[0][0] if found else None

    def store_result(self, key: bytes, result: bytes) -> None:
        """Store a result, until a run neither stores it nor asks for it."""
        self._used.add(key)
        self._do("INSERT OR REPLACE INTO results VALUES (?, ?)", [(key, result)])

    def close(self, *, saves: bool = True) -> None:
        """Save what was stored, unless `saves` is False."""
        if saves and self._connection:
            known = {key for (key,) in self._ask("SELECT key FROM results")}
            self._do("DELETE FROM results WHERE key = ?", ((key,) for key in known - self._used))
        connection, self._connection = self._connection, None
        if connection is None:
            return
        import sqlite3  # it is loaded only where a cache is opened, since small sets are read faster

        with suppress(sqlite3.Error):
            if saves:
                connection.commit()
        with suppress(sqlite3.Error):
            connection.close()

    def _ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a statement; none if the cache cannot be used."""
        connection = self._opened()
        if connection is None:
            return []
        import sqlite3

        try:
            return connection.execute(statement, values).fetchall()
        except sqlite3.Error:  # damaged, full, or in use by another run
            self.close(saves=False)
            return []

    def _do(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Execute a statement for each of some rows, if the cache can be used."""
        connection = self._opened()
        if connection is None:
            return
        import sqlite3

        try:
            connection.executemany(statement, rows)
        except sqlite3.Error:
            self.close(saves=False)

    def _opened(self) -> sqlite3.Connection | None:
        if not self._is_tried:
            self._is_tried = True
            key = self._key()
            if key is not None:
                name = digest_of(self._command, key, self._folder.settings(), _program()).hex()
                self._connection = _connection(self._folder.path, f"{name}.db")
        return self._connection


def _connection(folder: Path, name: str) -> sqlite3.Connection | None:
    """Open a file of results; None if that is impossible. The next run begins a damaged one anew."""
    import sqlite3

    try:
        _make_private(folder)
        _make_room(folder)
        connection = sqlite3.connect(folder / name, timeout=0.1, isolation_level="IMMEDIATE")
    except (OSError, sqlite3.Error):
        return None
    try:
        connection.executescript(_TABLES)
        os.utime(folder / name)
    except (OSError, sqlite3.Error) as error:
        connection.close()
        if not isinstance(error, sqlite3.OperationalError):  # else another run is writing
            with suppress(OSError):
                os.unlink(folder / name)
        return None
    return connection


def _make_private(folder: Path) -> None:
    """Make the folder of the caches; raise OSError if somebody else could write in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = os.stat(folder)
    if sys.platform != "win32" and (status.st_uid != os.geteuid() or status.st_mode & 0o022):
        raise PermissionError("others may write in the cache folder")


def _make_room(folder: Path) -> None:
    """Remove the caches that no run used for long, and the oldest ones beyond the limit."""
    with os.scandir(folder) as entries:
        files = [(entry.stat(), entry.path) for entry in entries if entry.name.endswith(".db")]
    left, oldest = CACHE_BYTES, time.time() - CACHE_DAYS * 86_400
    for status, path in sorted(files, key=lambda file: -file[0].st_mtime):
        left -= status.st_size
        if left < 0 or status.st_mtime < oldest:
            with suppress(OSError):
                os.unlink(path)


@cache
def _program() -> tuple[object, ...]:
    """Return what changes when the program does: Python's version, and the times of the package's files."""
    found = []
    for folder, folders, names in os.walk(Path(__file__).parent):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".py"):
                status = os.stat(os.path.join(folder, name))
                found.append((name, status.st_size, status.st_mtime_ns))
    return sys.version, tuple(found)
