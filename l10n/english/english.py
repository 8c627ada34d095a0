"""The English file that an article was translated from: found by its path, verified by its hash.

`ms.openlocfilehash` is the SHA-1 of the English file's bytes, unchanged or with LF turned into CRLF
(docs/format.md). A file counts only if its hash matches, so any path may be tried: an article
`articles/nb-NO/docs/a.md` was translated from the file with that path in the English folder, or from
`nb-NO/docs/a.md`, `docs/a.md` or `a.md`.

Law 3, nothing is silent: an English file with another hash is reported and not used; a missing one is
counted.

Law 5, no input makes the time explode: any number of articles may name one English file. Therefore no file is
read that is far longer than the article, which contains all of it and more (of 540 real files the longest has
three quarters of the article's bytes).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from functools import partial
from hashlib import sha1
from pathlib import Path
from typing import NamedTuple, Self

from l10n.article import Article
from l10n.english.gitblobs import Blobs, is_safe_path
from l10n.english.lookups import Lookups, Mismatch
from l10n.english.repository import GitError, find_repository
from l10n.english.state import files_state, objects_state
from l10n.files import Root
from l10n.limits import ARTICLE_BYTES, ENGLISH_PARTS, GROWN_CHARACTERS, GROWTH
from l10n.printable import printable
from l10n.problems import L10nError, Problem


class EnglishFile(NamedTuple):
    """The English file of an article."""

    data: bytes
    path: str
    """Its path in the folder or the repository."""
    is_proved: bool = True
    """False if it was found by its path alone, without a hash."""


class English:
    """The English files in a folder or a git repository; a context manager.

    From a git repository (bare, or with a work tree; `path` may be a folder in it) a file is read at the
    article's `ms.sourcegitcommit`. The files on disk in a folder are tried too.
    """

    def __init__(self, path: Path, *, takes_unproved: bool = False) -> None:
        """Open the files; raise ValueError if `path` is neither a folder nor in a repository.

        With `takes_unproved`, an article without a proved English file gets the one with the same path in
        the folder.
        """
        repository = find_repository(path)
        self.repository = repository[0] if repository else None
        """The git repository, if there is one."""
        self._blobs = Blobs(self.repository) if self.repository else None
        self._prefix = f"{repository[1]}/" if repository and repository[1] else ""
        self._folder = Root.at(path) if os.path.isdir(path) else None
        if self._folder is None and repository is None:
            raise ValueError(f"{printable(str(path))} is neither a folder nor in a git repository")
        self._label = printable(path.as_posix())
        self.takes_unproved = takes_unproved
        self._first_depth = 0
        self.lookups = Lookups()
        """The results of all lookups so far."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._blobs:
            self._blobs.close()

    def fresh(self) -> English:
        """Return a copy for the same files, without any results."""
        other = copy(self)
        other._blobs = Blobs(self.repository) if self.repository else None
        other._first_depth, other.lookups = 0, Lookups()
        return other

    def state(self) -> tuple[object, ...] | None:
        """Return what changes when the English files do, for the key of a cache; None if unknown."""
        files = files_state(self._folder.path) if self._folder else ()
        objects = objects_state(self.repository) if self.repository else ()
        if files is None or objects is None:
            return None
        return self._label, str(self.repository), self._prefix, self.takes_unproved, files, objects

    def taken_lookups(self) -> Lookups:
        """Return the results of all lookups so far, and forget them."""
        taken, self.lookups = self.lookups, Lookups()
        return taken

    def of(self, article: Article, path: Path, below: str | None = None) -> EnglishFile | None:
        """Return the English file of `article`, found by `path`, or None.

        It is proved by its hash. Otherwise, if unproved files are taken and the article has no annotation, it
        is the file with the same path: `below` is the article's path in the folder that the user named, if
        that is known. Files that were not used are counted in `lookups`.
        """
        verified, other = self._search(article, path)
        if verified:
            return verified
        if (
            self.takes_unproved
            and not article.is_annotated
            and (found := self._same_path(article, path, below))
        ):
            self.lookups.unproved += 1
            return found
        wanted = (article.metadata.openlocfilehash or "").lower()
        if other is None or not (wanted or article.is_annotated):
            self.lookups.missing.append(article.path)
        else:
            problem = _mismatch(article, wanted, other[1])
            self.lookups.mismatches.append(Mismatch(problem, article.path, other[0]))
        return None

    def _search(
        self, article: Article, path: Path
    ) -> tuple[EnglishFile | None, tuple[int, bytes | None] | None]:
        """Return the verified English file of `article`; else the first other version, with its depth."""
        wanted = (article.metadata.openlocfilehash or "").lower()
        commit = (article.metadata.sourcegitcommit or "").lower()
        limit = english_bytes_limit(len(article.text))
        parts = path.as_posix().split("/")[-ENGLISH_PARTS:]
        depths = [depth for depth in range(len(parts)) if depth != self._first_depth]
        other: tuple[int, bytes | None] | None = None
        for depth in (self._first_depth, *depths):
            name = "/".join(parts[depth:])
            if not is_safe_path(name):
                continue
            for data in self._candidates(name, commit, limit):
                if data is not None and is_original(data, wanted):
                    self._first_depth = depth
                    self.lookups.depths.add(depth)
                    self.lookups.proved += 1
                    return EnglishFile(data, self._prefix + name), None
                if other is None or depth < other[0]:
                    other = depth, data
        return None, other

    def _same_path(self, article: Article, path: Path, below: str | None) -> EnglishFile | None:
        """Return the file in the folder with the path `below`, or else with the longest end of `path`."""
        limit = english_bytes_limit(len(article.text))
        parts = path.as_posix().split("/")[-ENGLISH_PARTS:]
        ends = ["/".join(parts[depth:]) for depth in range(len(parts))]
        for name in [below] if below else ends:
            if is_safe_path(name) and self._folder and os.path.isfile(os.path.join(self._folder.path, name)):
                with suppress(L10nError):
                    return EnglishFile(self._folder.read(name, limit), self._prefix + name, is_proved=False)
        return None

    def _candidates(self, path: str, commit: str, limit: int) -> list[bytes | None]:
        """Return the files with that path in repository and folder; None for one beyond `limit` bytes."""
        readers: list[Callable[[], bytes | None]] = []
        if self._blobs:
            readers.append(partial(self._blobs.read, commit, self._prefix + path, limit))
        if self._folder and os.path.isfile(os.path.join(self._folder.path, path)):
            readers.append(partial(self._folder.read, path, limit))
        found: list[bytes | None] = []
        for read in readers:
            problem = None
            try:
                if (data := read()) is not None:
                    found.append(data)
            except L10nError as error:
                if error.problem.code == "too-large" and limit < ARTICLE_BYTES:
                    found.append(None)
                else:
                    problem = error.problem
            except GitError as error:
                message = f"the English repository cannot be read, so its files are not used: {error}"
                problem = Problem(self._label, 1, 1, "no-english", message)
                self._blobs = None
            self.lookups.broken = self.lookups.broken or problem
        return found


def english_bytes_limit(characters: int) -> int:
    """Return the size limit in bytes of an English file whose article has that many characters.

    The length may also be that of another version of the English file.
    """
    return min(ARTICLE_BYTES, GROWN_CHARACTERS + GROWTH * characters)


def is_original(english: bytes, openlocfilehash: str) -> bool:
    """Return True if these bytes are the translated version: unchanged, with CRLF, or with LF again."""
    unix = english.replace(b"\r\n", b"\n")
    variants = dict.fromkeys((english, unix.replace(b"\n", b"\r\n"), unix))
    return any(sha1(data, usedforsecurity=False).hexdigest() == openlocfilehash for data in variants)


def _mismatch(article: Article, wanted: str, english: bytes | None) -> Problem:
    if english is None:
        limit = english_bytes_limit(len(article.text))
        message = (
            f"its English file has more than {limit:,} bytes, far more than the "
            "article, so it was neither read nor used: ask the publisher for the whole article"
        )
    else:
        found = sha1(english, usedforsecurity=False).hexdigest()
        message = (
            f"its English file is another version, and was not used: its SHA-1 is {found}, the article tells "
            f"{printable(wanted) or 'none'}; get the version that ms.sourcegitcommit names"
        )
    offset = max(0, article.text.find("ms.openlocfilehash"))
    return article.problem(offset, code="english-mismatch", message=message)
