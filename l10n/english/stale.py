"""Find stale articles: their English file has changed since it was translated.

Only commits on the branch's own line (git's first parents) are counted, so a merge counts once, however many
commits it brought. Two processes of git find the changes for all articles, a third one reads the files.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from l10n.article import Article
from l10n.article.frontmatter import body_start
from l10n.article.yaml_values import translated_scalars
from l10n.english.english import English, english_bytes_limit
from l10n.english.git import output
from l10n.english.gitblobs import Blobs
from l10n.english.repository import GitError, Repository
from l10n.printable import printable
from l10n.problems import L10nError, Problem


@dataclass(frozen=True, slots=True)
class Stale:
    """An article whose English file has changed on the branch."""

    path: str
    """The article as the user would name it."""
    commits: int
    """The number of commits on the branch that changed the file since it was translated."""
    text_changed: bool
    """True if its text changed: the body, the title, the description or the keywords."""
    is_gone: bool
    """True if the file no longer exists: it was deleted or renamed."""


def stale_articles(articles: Iterable[tuple[Article, Path]], english: English) -> list[Stale]:
    """Return the stale articles among `articles`, given with their paths, sorted by path.

    The branch is the one that is checked out in the repository (in a bare one, its default branch). An
    article counts if its English file is verified, and its `ms.sourcegitcommit` is on the branch. Raises
    ValueError if the English files are in no repository, L10nError (`no-english`) if git cannot read it.
    """
    repository = english.repository
    if repository is None:
        raise ValueError("the English files are not in a git repository")
    known = [
        _VerifiedArticle(
            article.path,
            article.metadata.sourcegitcommit or "",
            file.path,
            _text_digest(file.data),
            len(file.data),
        )
        for article, path in articles
        if (file := english.of(article, path))
    ]
    try:
        return _stale(known, repository)
    except GitError as error:
        message = f"the English repository cannot be read: {error}"
        raise L10nError(Problem(printable(repository.as_posix()), 1, 1, "no-english", message)) from error


class _VerifiedArticle(NamedTuple):
    """An article with a verified English file; only the data needed, since there are many."""

    label: str
    start: str
    file: str
    text_digest: bytes
    size: int
    """The size of the English file in bytes."""


def _stale(known: Sequence[_VerifiedArticle], repository: Path) -> list[Stale]:
    branch = _Branch(Repository.at(repository))
    changes = branch.changes_since([one.start for one in known])
    stale = []
    with Blobs(repository) as blobs:
        for one in known:
            commits = branch.count_since(one.start, changes.get(one.file, ()))
            if commits:
                stale.append(_current_state(blobs, branch.head, one, commits))
    return sorted(stale, key=lambda one: one.path)


def _current_state(blobs: Blobs, head: str, one: _VerifiedArticle, commits: int) -> Stale:
    try:
        # Law 5: many articles may name one file, and many files may be one blob.
        now = blobs.read(head, one.file, english_bytes_limit(one.size))
    except L10nError:  # it has become far larger, so it has changed
        return Stale(one.label, commits, text_changed=True, is_gone=False)
    is_changed = now is None or _text_digest(now) != one.text_digest
    return Stale(one.label, commits, is_changed, now is None)


class _Branch:
    """The commits of the checked-out branch, and the order in which they came into it."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self.head = repository.head()
        """The newest commit."""
        graph = [line.split() for line in output(repository, "rev-list", "--parents", self.head).splitlines()]
        parents = {commit.decode(): [p.decode() for p in rest] for commit, *rest in graph}
        self._line = _first_parents(self.head, parents)
        self._number: dict[str, int] = {}
        for number, commit in enumerate(self._line):
            pending = [commit]
            while pending:
                one = pending.pop()
                if one not in self._number:
                    self._number[one] = number
                    pending += parents.get(one, ())

    def changes_since(self, starts: Sequence[str]) -> dict[str, list[int]]:
        """Map each file changed since the oldest of `starts` to the numbers of the changing commits."""
        numbers = [self._number[start] for start in starts if start in self._number]
        if not numbers:
            return {}
        oldest = min(numbers)
        after = self._line[oldest + 1 :]
        # One line per commit: itself, and the parent that it is compared with.
        pairs = "".join(
            f"{commit} {parent}\n" for parent, commit in zip(self._line[oldest:], after, strict=False)
        )
        arguments = ("diff-tree", "--stdin", "--always", "-r", "--name-only", "--no-renames", "-z")
        found: dict[str, list[int]] = {}
        pending = iter(after)
        following, number = next(pending, None), 0
        for token in output(self._repository, *arguments, given=pairs.encode()).split(b"\0"):
            name = token.decode("utf-8", "surrogateescape")
            if name == following:
                number, following = self._number[name], next(pending, None)
            elif name:
                found.setdefault(name, []).append(number)
        return found

    def count_since(self, start: str, changes: Sequence[int]) -> int:
        """Return how many of these commits, by ascending number, came after `start`; 0 if it is unknown."""
        number = self._number.get(start)
        return 0 if number is None else len(changes) - bisect_right(changes, number)


def _first_parents(head: str, parents: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the branch's line, oldest first; a forged pack index can make it a ring."""
    line = {head: None}
    commit = head
    while (above := parents.get(commit)) and above[0] not in line:
        commit = above[0]
        line[commit] = None
    return list(reversed(line))


def _text_digest(english: bytes) -> bytes:
    """Return a digest of the text that ignores white space and the front matter's other keys."""
    text = english.decode("utf-8", "surrogateescape")
    body = body_start(text)
    values = "\0".join(scalar.value for scalar in translated_scalars(text, body))
    words = " ".join(text[body:].split())
    return blake2b(f"{values}\0{words}".encode("utf-8", "surrogateescape"), digest_size=16).digest()
