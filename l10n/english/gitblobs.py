"""Files of a git repository at any commit, read through one process.

Law 5, input is hostile: commit and path come from articles. git is asked for nothing but
a full commit id and a path without `..`, line breaks or a leading `/`; it runs no hooks,
asks no network for objects that are not here, and never writes.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Self

_COMMIT = re.compile(r"[0-9a-f]{40}", re.ASCII)
_FOUND = re.compile(rb"[0-9a-f]{40,64} (\w+) (\d+)\n")
_UNSAFE = re.compile("[\0-\x1f\x7f\ud800-\udfff]")


class GitError(Exception):
    """git is not installed, or does not take the folder for a repository; says why."""


def find_repository(path: Path) -> tuple[Path, str] | None:
    """The repository that `path` is in, bare or with a work tree, and where in it; or None.

    A folder of a bare repository is named as if it stood there: `english.git/docs`.
    """
    path = Path(os.path.realpath(path))
    for folder in (path, *path.parents):
        is_bare = (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()
        if (folder / ".git").exists() or is_bare:
            inside = path.relative_to(folder).as_posix()
            return folder, "" if inside == "." else inside
    return None


def git_command(repository: Path, *arguments: str) -> list[str]:
    """The command line of a git that only reads what is here."""
    return ["git", "-c", "protocol.allow=never", "--no-replace-objects", "-C", str(repository), *arguments]


def git_environment() -> dict[str, str]:
    """The environment for it: none of the caller's own git variables, no prompt, no lock."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}


def is_commit(text: str) -> bool:
    """Whether `text` is a full commit id, which is all that git is ever asked for."""
    return _COMMIT.fullmatch(text) is not None


def is_safe_path(path: str) -> bool:
    """Whether `path` names a file below the repository's root, in one line."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and not _UNSAFE.search(path)


class Blobs:
    """The files of one repository; a context manager, for it holds a process of git."""

    def __init__(self, repository: Path) -> None:
        self._repository = repository
        self._process: subprocess.Popen[bytes] | None = None
        self._is_known: dict[str, bool] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process; it starts anew if it is needed again."""
        process, self._process = self._process, None
        if process is None:
            return
        try:
            process.communicate(timeout=5)
        except (subprocess.TimeoutExpired, OSError, ValueError):
            process.kill()
            process.communicate()

    def read(self, commit: str, path: str) -> bytes | None:
        """The file at `path` in `commit`, or None if there is none, or one may not be asked for.

        Raises GitError if git does not answer.
        """
        if not is_commit(commit) or not is_safe_path(path):
            return None
        if commit not in self._is_known:
            self._is_known[commit] = self._ask(commit)[0] == b"commit"
        if not self._is_known[commit]:
            return None
        kind, data = self._ask(f"{commit}:{path}")
        return data if kind == b"blob" else None

    def _ask(self, name: str) -> tuple[bytes, bytes]:
        """Kind and content of an object; the kind is empty if it is not here."""
        source, sink = self._pipes()
        try:
            sink.write(os.fsencode(name) + b"\n")
            sink.flush()
            header = source.readline()
            found = _FOUND.fullmatch(header)
            if found is None:
                if not header.endswith((b" missing\n", b" ambiguous\n")):
                    raise GitError(self._last_words())
                return b"", b""
            size = int(found[2])
            data = source.read(size + 1)
        except OSError as error:
            raise GitError(self._last_words()) from error
        if len(data) != size + 1:
            raise GitError(self._last_words())
        return found[1], data[:-1]

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            command = git_command(self._repository, "cat-file", "--batch")
            try:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    env=git_environment(),
                )
            except OSError as error:
                raise GitError(f"git cannot be run: {error.strerror or error}") from error
        assert self._process.stdin and self._process.stdout
        return self._process.stdout, self._process.stdin

    def _last_words(self) -> str:
        """What git said before it stopped."""
        process, self._process = self._process, None
        if process is None:
            return "git stopped"
        process.kill()
        assert process.stderr
        said = process.stderr.read(4096).decode("utf-8", "replace").strip()
        for pipe in (process.stdin, process.stdout, process.stderr):
            try:
                if pipe:
                    pipe.close()
            except OSError:
                pass  # what was not written yet finds nobody to read it
        process.wait()
        return said.splitlines()[-1] if said else "git stopped"
