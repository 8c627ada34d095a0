"""Files of a git repository at any commit, read through two long-running processes of git.

Law 5, input is hostile: commit and path come from articles. git is asked only for a full commit id and a path
without `..`, line breaks or a leading `/`, and for the size of a file before its content. `git` explains why
no program of the repository is run.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path, PurePosixPath
from typing import Self

from l10n.english.git import Answers, end, last_error_line, start
from l10n.english.repository import GitError, Repository, is_commit
from l10n.limits import ARTICLE_BYTES
from l10n.printable import printable
from l10n.problems import L10nError, Problem

_FOUND = re.compile(rb"([0-9a-f]{40,64}) (\w+) (\d{1,19})\n")
_UNSAFE = re.compile("[\0-\x1f\x7f\ud800-\udfff]")


def is_safe_path(path: str) -> bool:
    """Return True if `path` names a file below the repository's root, in one line."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and not _UNSAFE.search(path)


class Blobs:
    """The files of one repository; a context manager, since it holds git processes."""

    def __init__(self, repository: Path) -> None:
        self._folder = repository
        self._sizes: _Asked | None = None
        self._contents: _Asked | None = None
        self._is_known: dict[str, bool] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; they start again when needed."""
        for asked in (self._sizes, self._contents):
            if asked:
                asked.close()
        self._sizes = self._contents = None

    def read(self, commit: str, path: str, limit: int = ARTICLE_BYTES) -> bytes | None:
        """Return the file at `path` in `commit`, or None if it does not exist or may not be requested.

        Raises GitError if git does not answer, L10nError (`too-large`) for a file of more than `limit` bytes.
        """
        if not is_commit(commit) or not is_safe_path(path):
            return None
        if commit not in self._is_known:
            found = self._find(commit)
            self._is_known[commit] = found is not None and found[1] == b"commit"
        if not self._is_known[commit]:
            return None
        found = self._find(f"{commit}:{path}")
        if found is None or found[1] != b"blob":
            return None
        name, _, size = found
        if size > limit:
            message = (
                f"it has {size:,} bytes in commit {commit}, and this English file may have no more than "
                f"{limit:,}; it was not read"
            )
            raise L10nError(Problem(printable(path), 1, 1, "too-large", message))
        if self._contents is None:
            self._contents = _Asked(self._folder, "--batch")
        return self._contents.content(name, size)

    def _find(self, name: str) -> tuple[bytes, bytes, int] | None:
        if self._sizes is None:
            self._sizes = _Asked(self._folder, "--batch-check")
        return self._sizes.find(os.fsencode(name))


class _Asked:
    """One process of `git cat-file`."""

    def __init__(self, folder: Path, mode: str) -> None:
        self._process = start(Repository.at(folder), "cat-file", mode)
        assert self._process.stdout
        self._answers = Answers(self._process.stdout)

    def find(self, name: bytes) -> tuple[bytes, bytes, int] | None:
        """Return id, kind and size in bytes of an object; None if it does not exist. Raises GitError."""
        assert self._process.stdin
        try:
            self._process.stdin.write(name + b"\n")
            header = self._answers.line()
        except (OSError, GitError) as error:
            raise self._failed(error) from error
        if found := _FOUND.fullmatch(header):
            return found[1], found[2], int(found[3])
        if header.endswith((b" missing\n", b" ambiguous\n")):
            return None
        raise self._failed()

    def content(self, name: bytes, size: int) -> bytes:
        """Return the content of the object with that id and `size` in bytes; raises GitError."""
        found = self.find(name)
        if found is None or found[2] != size:
            raise self._failed()
        try:
            data = self._answers.exactly(size + 1)
        except (OSError, GitError) as error:
            raise self._failed(error) from error
        if len(data) != size + 1:
            raise self._failed()
        return data[:-1]

    def _failed(self, error: Exception | None = None) -> GitError:
        said = last_error_line(self._process)
        return error if isinstance(error, GitError) else GitError(said or "git stopped")

    def close(self) -> None:
        try:
            if self._process.stdin:
                self._process.stdin.close()
            self._process.wait(timeout=5)
        except (subprocess.TimeoutExpired, OSError):
            pass  # it is killed below
        end(self._process)
