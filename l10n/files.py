"""Read bytes and write them atomically; no path leaves the folder it was given.

Law 5, input is hostile: no path leaves the folders that the user named. Every file is read and written
through a `Root`, by a reference relative to it (`articles/mail/a.md`), whoever wrote the reference. No file
is read beyond a limit.

Law 2, a reviewer's work is sacred: code that overwrites a file that it read uses `Root.rewrite` or
`Root.replace`, and nothing overwrites a file of another kind.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from io import BufferedReader
from pathlib import Path, PurePosixPath

from l10n import reserved
from l10n.limits import ARTICLE_BYTES, COPIED_BYTES, PATH_CHARACTERS, PO_BYTES
from l10n.printable import printable
from l10n.problems import L10nError, Problem
from l10n.writing import (
    BEGINNING,
    FileKind,
    InUseError,
    OutsideError,
    TooLargeError,
    opened,
    opened_inside,
    read_inside,
)

_TRIES = 5
"""The maximum number of attempts at a file that somebody else saves meanwhile."""
_AS_IT_WAS = "the file is as it was"


@cache
def _real_folder(folder: str) -> Path:
    """Return a folder without symbolic links; cached, since asking the disk for each root is slow."""
    return Path(os.path.realpath(folder))


def _current_folder() -> Path:
    """Return the current folder; raises L10nError (`cannot-read`) if it was deleted."""
    try:
        return _real_folder(os.getcwd())
    except OSError as error:
        message = "the current folder is gone; change to one that is there"
        raise L10nError(Problem(".", 1, 1, "cannot-read", message)) from error


@dataclass(frozen=True, slots=True)
class Root:
    """A folder, and the only way to the files in it."""

    path: Path
    """The folder, with symbolic links resolved."""
    links: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """The targets, by their references, of symbolic links that the user named as folders of articles. They
    keep their names and are followed: a project's `articles` may be a link to each delivery."""
    is_dry: bool = field(default=False, compare=False)
    """True to write nothing: what writes a file only finds out whether it would change."""
    _here: Path = field(default_factory=_current_folder, compare=False, repr=False)
    """The user's current folder; another process may have a different one."""
    _inside: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)
    """Cached results for folders inside this one; asking the disk for each file is slow."""
    _names: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """Cached references of folders, for the same reason."""

    @classmethod
    def at(cls, folder: Path, *, is_dry: bool = False) -> Root:
        """Return the root at `folder`, a path that the user named, and therefore trusted."""
        return cls(Path(os.path.realpath(folder)), is_dry=is_dry)

    def with_links(self, entries: Iterable[str]) -> Root:
        """Return the same root, following those references in `entries` that are symbolic links.

        A link to a folder around the root is not followed: each file would get a second name.
        """
        links = {}
        for entry in entries:
            if len(entry) > PATH_CHARACTERS or entry.startswith("/") or ".." in entry.split("/"):
                continue
            named = self._join(entry)
            real = os.path.realpath(named) if "\0" not in named else named
            if real != named and not self.path.is_relative_to(real):
                links[entry] = real
        return replace(self, links=links) if links else self

    def reference(self, path: Path) -> str:
        """Return the reference of `path` in this root; raises ValueError if it is not inside."""
        for reference, target in sorted(self.links.items()):
            if str(path) == target:
                return reference
        folder, name = os.path.split(path)
        if folder not in self._names:
            real = Path(os.path.realpath(folder))
            known = self._behind_link(real)
            if known is None and not real.is_relative_to(self.path):
                return (real / name).relative_to(self.path).as_posix()  # at best the root itself
            self._names[folder] = known or real.relative_to(self.path).as_posix()
        known = self._names[folder]
        return f"{known}/{name}" if known != "." and name else name or known

    def _behind_link(self, folder: Path) -> str | None:
        """Return the reference of a folder inside the target of a link."""
        for reference, target in sorted(self.links.items()):
            if folder.is_relative_to(target):
                return (PurePosixPath(reference) / folder.relative_to(target)).as_posix()
        return None

    def label(self, reference: str) -> str:
        """Return the name of a file as the user reads it: from the current folder, printable (law 5)."""
        return printable(self.from_here(reference))

    def from_here(self, reference: str) -> str:
        """Return the path of a file from the current folder; in full if it is outside of that folder."""
        path, here = self._join(reference), str(self._here).rstrip("/")
        if os.name == "posix" and path != here:  # as nearly always, and faster
            return path[len(here) + 1 :] if path.startswith(f"{here}/") else path
        whole = Path(path)
        return (whole.relative_to(self._here) if whole.is_relative_to(self._here) else whole).as_posix()

    def locate(self, reference: str) -> Path:
        """Return the path of `reference`; raises L10nError (`outside-folder`) if it is outside this root."""
        return Path(self._located(reference)[0])

    def _located(self, reference: str) -> tuple[str, str]:
        """Return the path of `reference`, and the folder that it may not leave."""
        unsafe = (
            not reference or reference.startswith("/") or ".." in reference.split("/") or "\0" in reference
        )
        if reserved.IS_WINDOWS and not unsafe and (part := reserved.reserved_part(reference)):
            message = f"Windows cannot have a file named {part!r}; it was left out: rename it at its origin"
            raise self._error(reference, message, code="bad-file-name")
        path, base = self._join(reference), str(self.path)
        if self.links and not unsafe and len(reference) <= PATH_CHARACTERS:
            path, base = self._through_link(reference) or (path, base)
        # A path that is too long cannot be opened, and resolving its links would be slow.
        if unsafe or not (len(path) > PATH_CHARACTERS or self._is_inside(path, base)):
            raise self._outside(reference)
        return path, base

    def _through_link(self, reference: str) -> tuple[str, str] | None:
        end = len(reference)
        while end > 0 and reference[:end] not in self.links:
            end = reference.rfind("/", 0, end)
        if end <= 0:
            return None
        real = self.links[reference[:end]]
        return real + reference[end:], real if os.path.isdir(real) else os.path.dirname(real)

    def _join(self, reference: str) -> str:
        # pathlib is slow, and it would leave nearly all references unchanged.
        is_plain = reference[:1] not in ("", "/", ".") and reference[-1] != "/" and os.name == "posix"
        if is_plain and "//" not in reference and "/." not in reference:
            return f"{self.path}/{reference}"
        return str(self.path / reference)

    def _is_inside(self, path: str, base: str) -> bool:
        if path == base:
            return True
        if os.path.islink(path):
            return Path(os.path.realpath(path)).is_relative_to(base)
        folder = os.path.dirname(path)
        if folder not in self._inside:
            self._inside[folder] = Path(os.path.realpath(folder)).is_relative_to(base)
        return self._inside[folder]

    def read(self, reference: str, limit: int | None = None) -> bytes:
        """Return the bytes of a regular file, of at most `limit` bytes.

        The default limit depends on the name: that of a PO file or of an article. Raises L10nError
        (`outside-folder`, `cannot-read`, `too-large`).
        """
        path, base = self._located(reference)
        if limit is None:
            limit = PO_BYTES if reference.lower().endswith(".po") else ARTICLE_BYTES
        with self._reported(reference, "cannot-read", "it was left out", limit):
            return read_inside(path, base, limit)

    @contextmanager
    def opened(self, reference: str, limit: int) -> Iterator[BufferedReader]:
        """Open a regular file of at most `limit` bytes, to read it piece by piece. Raises as `read` does."""
        path, base = self._located(reference)
        reported = self._reported(reference, "cannot-read", "it was left out", limit)
        with reported, opened_inside(path, base, limit) as file:
            yield file

    def load(self, reference: str) -> bytes | Problem:
        """Read a file, but return the problem instead of raising it, so that it can be pickled."""
        try:
            return self.read(reference)
        except L10nError as error:
            return error.problem

    def size(self, reference: str) -> int:
        """Return the size of a file in bytes; 0 if it does not exist."""
        status = self.status(reference)
        return status.st_size if status else 0

    def status(self, reference: str) -> os.stat_result | None:
        """Return the status of a file, or None if it does not exist."""
        with suppress(OSError, ValueError, L10nError):
            return os.stat(self._located(reference)[0])
        return None

    def is_gone(self, reference: str) -> bool:
        """Return True if the file or folder does not exist; False for one outside this root."""
        try:
            os.stat(self._located(reference)[0])
        except (PermissionError, L10nError):
            return False
        except OSError:
            return True
        return False

    def rewrite(self, reference: str, make: Callable[[bytes | None], bytes | None]) -> bool:
        """Write the result of `make(current content)`; return True if the file was written.

        `make` gets None if the file does not exist, and returns None to leave the file unchanged. No other
        l10n process writes in that folder meanwhile. If anybody else saves the file between its reading and
        its writing, `make` is called again with the saved content, so its last result is the one written. A
        symbolic link remains one: its target is rewritten. The file is written to a temporary file in the
        same folder, flushed and renamed, so that neither a reader nor an interruption finds a half-written
        one. Raises L10nError (`outside-folder`, `cannot-write`, `too-large`, `changed-meanwhile`, `in-use`),
        and the errors that `make` raises.
        """
        if self.is_dry:
            old = None if self.is_gone(reference) else self.read(reference, PO_BYTES)
            return (data := make(old)) is not None and data != old
        path, base = self._located(reference)
        with ExitStack() as stack:
            with self._reported(reference):
                if os.path.islink(path):
                    path = os.path.realpath(path, strict=True)
                folder_path, name = os.path.split(path)
                folder = stack.enter_context(opened(folder_path, base))
            for _ in range(_TRIES):
                with self._reported(reference):
                    found = folder.read(name, PO_BYTES)
                old = found.data if found else None
                data = make(old)
                if data is None or data == old:
                    return False
                with self._reported(reference):
                    if folder.put(name, [data], found):
                        return True
        raise self._changed(reference)

    def write(self, reference: str, data: bytes, kind: FileKind) -> bool:
        """Write `data`, which is of `kind`, if the file has other content.

        Returns True if it was written. A file of another kind is never overwritten. Raises L10nError
        (`other-kind`, and those of `rewrite`).
        """

        def make(old: bytes | None) -> bytes:
            if old is not None and old != data:
                self.check_kind(reference, kind, old)
            return data

        return self.rewrite(reference, make)

    def append(self, reference: str, data: bytes, kind: FileKind) -> None:
        """Append `data` to a file of `kind`, or make the file. Raises L10nError as `write` does."""
        if self.is_dry:
            return
        path, base = self._located(reference)
        folder_path, name = os.path.split(path)
        with self._reported(reference), opened(folder_path, base) as folder:
            folder.append(name, data, lambda beginning: self.check_kind(reference, kind, beginning))

    def write_pieces(self, reference: str, pieces: Iterable[bytes], kind: FileKind) -> bool:
        """As `write`, but piece by piece, whatever the size: none is kept in memory.

        `kind` sees no more of the file that is there than its first megabyte. Raises L10nError as `write`
        does; `changed-meanwhile` if somebody else saves the file meanwhile.
        """

        def allow(old: bytes) -> None:
            self.check_kind(reference, kind, old)

        if self.is_dry:
            return self._would_change(reference, pieces, allow)
        path, base = self._located(reference)
        folder_path, name = os.path.split(path)

        with self._reported(reference):
            if os.path.islink(path):
                folder_path, name = os.path.split(os.path.realpath(path, strict=True))
            with opened(folder_path, base) as folder:
                is_written = folder.put_pieces(name, pieces, allow)
        if is_written is None:
            raise self._changed(reference)
        return is_written

    def _would_change(self, reference: str, pieces: Iterable[bytes], allow: Callable[[bytes], None]) -> bool:
        """Return True if `write_pieces` would write; raises as it does."""
        if self.is_gone(reference):
            return True
        with self.opened(reference, COPIED_BYTES) as old:
            if all(old.read(len(piece)) == piece for piece in pieces) and not old.read(1):
                return False
            old.seek(0)
            allow(old.read(BEGINNING))
        return True

    def replace(self, reference: str, old: bytes, data: bytes) -> bool:
        """Overwrite a file that contains `old` with `data`; return True if it was written.

        Raises L10nError (`changed-meanwhile` for other content, and those of `rewrite`).
        """

        def make(now: bytes | None) -> bytes:
            if now != old:
                raise self._changed(reference)
            return data

        return self.rewrite(reference, make)

    def remove(self, reference: str, old: bytes | None = None) -> None:
        """Remove a file, but not the target of a symbolic link; with `old` only if that is its content.

        Raises L10nError as `rewrite` does (`changed-meanwhile` for other content).
        """
        if self.is_dry:
            return
        path, base = self._located(reference)
        folder_path, name = os.path.split(path)
        with self._reported(reference), opened(folder_path, base) as folder:
            if old is not None and (found := folder.read(name, PO_BYTES)) and found.data != old:
                raise self._changed(reference)
            folder.remove(name)

    @contextmanager
    def _reported(
        self,
        reference: str,
        code: str = "cannot-write",
        consequence: str = _AS_IT_WAS,
        limit: int = PO_BYTES,
    ) -> Iterator[None]:
        """Turn errors with a file into a problem of that file."""
        try:
            yield
        except OutsideError:
            raise self._outside(reference) from None
        except InUseError:
            message = f"another l10n is still writing in this folder; {_AS_IT_WAS}: run the command again"
            raise self._error(reference, message, code="in-use") from None
        except (TooLargeError, MemoryError):
            message = f"it has more than the {limit >> 20} MiB that such a file may have; {consequence}"
            raise self._error(reference, message, code="too-large") from None
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else None
            raise self._error(reference, f"{reason or error}; {consequence}", code=code) from error

    def _changed(self, reference: str) -> L10nError:
        message = "somebody saved it while this command ran; what was saved stays: run the command again"
        return self._error(reference, message, code="changed-meanwhile")

    def check_kind(self, reference: str, kind: FileKind, data: bytes) -> None:
        """Raise L10nError (`other-kind`) if a file with this content is not of `kind`."""
        if not kind.holds(data):
            message = f"what is there is not {kind.name}; it was left as it is: move it, or name another file"
            raise self._error(reference, message, code="other-kind")

    def _outside(self, reference: str) -> L10nError:
        message = f"{reference!r} leads out of {self.path.as_posix()}; nothing was read or written there"
        return L10nError(Problem(printable(reference), 1, 1, "outside-folder", message))

    def _error(self, reference: str, message: str, *, code: str) -> L10nError:
        return L10nError(Problem(self.label(reference), 1, 1, code, message))


def common_root(inputs: Iterable[Path], base: Path | None = None) -> Root:
    """Return the folder that references start from: `base`, by default the current one, if all are in it.

    Otherwise it is the folder that contains them, so that a reference begins with the name of the folder that
    the user gave. A symbolic link in that folder counts as inside, wherever its target is.
    """
    here = Root(Path(os.path.realpath(base)) if base else _current_folder())
    inputs = list(inputs)
    real = [Path(os.path.realpath(path)) for path in inputs]
    # Only the system can resolve `..` after a link.
    named = [
        found if ".." in path.parts else Path(os.path.abspath(path))
        for path, found in zip(inputs, real, strict=True)
    ]
    if all(path.is_relative_to(here.path) for path in named):
        return here.with_links(path.relative_to(here.path).as_posix() for path in named)
    common = Path(os.path.commonpath([path.parent for path in real]))
    # A reference from the root of the disk would be an absolute path in disguise.
    return Root(real[0] if common == common.parent and len(real) == 1 else common)
