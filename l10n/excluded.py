"""Patterns of files to exclude, written as in .gitignore.

Law 5, input is hostile: settings come with a project, and no pattern makes time explode. A wildcard
backtracks to the last star only, a pattern has at most PATTERN_CHARACTERS characters and
PATTERN_FOLDERS parts, and a list at most PATTERNS of them, so a path takes linear time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from l10n.limits import PATTERN_CHARACTERS, PATTERN_FOLDERS, PATTERNS

_Token = TypeVar("_Token")
_Item = TypeVar("_Item")


class Excluded:
    """The files that patterns exclude.

    `*` matches any characters of one name, `?` one character, `[a-z]` and `[!a-z]` one of a set, `**` any
    number of folders. A pattern without a slash, or with one at its end only, applies in every folder; any
    other starts at the top. A pattern that names a folder excludes all files in it.
    """

    def __init__(self, patterns: Sequence[str] = (), folder: Path = Path()) -> None:
        """Take patterns that are relative to `folder`; raises ValueError for an invalid one."""
        if len(patterns) > PATTERNS:
            raise ValueError(f"there are more than {PATTERNS} patterns")
        self.patterns = tuple(patterns)
        """The patterns as they were written."""
        self.folder = os.path.realpath(folder)
        """The folder that paths start from."""
        self._split = [_parts(pattern) for pattern in patterns]

    def holds(self, path: str) -> bool:
        """Return True if the file at `path`, from `folder` with forward slashes, is excluded."""
        names = path.split("/")
        return any(_matches(parts, names, "**", _name_matches) for parts in self._split)


def _parts(pattern: str) -> list[str]:
    if len(pattern) > PATTERN_CHARACTERS:
        raise ValueError(f"a pattern is longer than {PATTERN_CHARACTERS} characters")
    if pattern.startswith("!"):
        raise ValueError(f"{pattern!r} would take files in again, which no pattern can: write narrower ones")
    parts = [part for part in pattern.split("/") if part not in ("", ".")]
    if not parts or ".." in parts or "\\" in pattern or "\0" in pattern:
        raise ValueError(f"{pattern!r} names no file below this folder; write it with forward slashes")
    if len(parts) > PATTERN_FOLDERS:
        raise ValueError(f"{pattern[:40]!r}… goes through more than {PATTERN_FOLDERS} folders")
    is_in_every_folder = "/" not in pattern.removesuffix("/")
    is_folder = pattern.endswith("/") or parts[-1] == "**"
    return [*(["**"] if is_in_every_folder else []), *parts, *(["*"] if is_folder else []), "**"]


@lru_cache(4096)
def _name_matches(pattern: str, name: str) -> bool:
    return _matches(_tokens(pattern), name, "*", _character_matches)


@lru_cache(1024)
def _tokens(pattern: str) -> list[str]:
    """Return the characters, wildcards and sets of a pattern for one name."""
    tokens = []
    at = 0
    while at < len(pattern):
        end = at + 1
        if pattern[at] == "[":
            # A bracket at the beginning of a set is one of its characters.
            first = at + 3 if pattern.startswith("!", at + 1) else at + 2
            end = pattern.find("]", first) + 1 or at + 1
        tokens.append(pattern[at:end])
        at = end
    return tokens


def _character_matches(token: str, character: str) -> bool:
    if len(token) == 1:
        return token in ("?", character)
    is_negative = token[1] == "!"
    content = token[2 if is_negative else 1 : -1]
    return _is_among(character, content) != is_negative


def _is_among(character: str, content: str) -> bool:
    at = 0
    while at < len(content):
        is_range = content[at + 1 : at + 2] == "-" and at + 2 < len(content)
        if content[at] <= character <= content[at + 2 if is_range else at]:
            return True
        at += 3 if is_range else 1
    return False


def _matches(
    pattern: Sequence[_Token], items: Sequence[_Item], star: _Token, fits: Callable[[_Token, _Item], bool]
) -> bool:
    """Return True if `pattern`, in which `star` matches any number of items, matches all `items`."""
    at = taken = 0
    last_star, taken_by_star = -1, 0
    while taken < len(items):
        if at < len(pattern) and pattern[at] == star:
            last_star, taken_by_star = at, taken
            at += 1
        elif at < len(pattern) and fits(pattern[at], items[taken]):
            at += 1
            taken += 1
        elif last_star >= 0:
            taken_by_star += 1
            at, taken = last_star + 1, taken_by_star
        else:
            return False
    return all(token == star for token in pattern[at:])
