"""Checks of the links of a whole article: bookmarks, files and includes that do not exist.

Law 5: no path leaves the folders that the user named; files are looked for through a `Root`. Nothing is
reported about files outside of it, or in a folder of which nothing was delivered.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import unquote

from l10n.checks.page import Page, PageCheck, Spot, anchors
from l10n.checks.pair import Severity
from l10n.checks.tokens import read
from l10n.files import Root
from l10n.problems import L10nError

_INCLUDE = re.compile(r"\[!INCLUDE[ \t]*+\[[^\[\]]*+\][ \t]*+\(<?([^()<>\s]++)>?\)", re.IGNORECASE)
_NOT_A_FILE = re.compile(r"\Z|[/~\\]|[A-Za-z][A-Za-z0-9+.-]*+:|[^\\\0]*+[\\\0]")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")
_GENERATED = re.compile(r"(?:tab/|section-|heading-|fn|l\d+|:)", re.IGNORECASE)
"""Anchors that the publisher's tools generate."""


def _destinations(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the lines and destinations of links and images, without includes."""
    for number, text in page.lines:
        if "](" in text:
            line = _INCLUDE.sub("", text) if "[!" in text else text
            for link in read(line).links:
                yield number, link.destination.text


def _bookmark(page: Page, source: Page) -> Iterator[Spot]:
    wanted = [(line, text) for line, text in _destinations(page) if text.startswith("#") and len(text) > 1]
    known, english = (anchors(page), anchors(source)) if wanted else (set(), set())
    for line, text in wanted:
        name = unquote(text[1:]).lower()
        if name not in known and not _GENERATED.match(name):
            advice = (
                "it belongs to the English heading, which was translated" if name in english else "correct it"
            )
            yield Spot(line, text, f"the article has no bookmark {text}; {advice}")


def _file(page: Page, source: Page) -> Iterator[Spot]:
    for line, text in _destinations(page):
        if _is_missing(page, text):
            yield Spot(line, text, f"the file {text} does not exist; correct the link")


def _include(page: Page, source: Page) -> Iterator[Spot]:
    for line, text in page.lines:
        for match in _INCLUDE.finditer(text) if "[!" in text else ():
            if _is_missing(page, match[1]):
                message = f"the included file {match[1]} does not exist; correct the path"
                yield Spot(line, match[1], message)


def _is_missing(page: Page, destination: str) -> bool:
    """Return True if a file does not exist, but others of its kind are in its folder.

    A delivery has only what was translated; other images and articles come from the English folder.
    """
    path = unquote(destination.partition("#")[0].partition("?")[0])
    if page.files is None or _NOT_A_FILE.match(path):
        return False
    suffix = _SUFFIX.search(path)
    reference = posixpath.normpath(posixpath.join(page.folder, path))
    if suffix is None or reference.startswith(".."):
        return False
    parent, name = posixpath.split(reference)
    names = page.files(parent)
    return name.lower() not in names and suffix[0].lower().removeprefix(".") in _suffixes(names)


@lru_cache(maxsize=64)
def _suffixes(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name.rpartition(".")[2] for name in names if "." in name)


def names_in(roots: Mapping[str, Root], folder: str) -> frozenset[str]:
    """Return the names of the files in a folder in lower case, as the publisher's build compares them.

    `roots` are the folders that the user named, by their references. A folder that is in none of them, or
    cannot be read, has no names.
    """
    for named, root in roots.items():
        inside = folder if named == "." else posixpath.relpath(folder or ".", named)
        if inside == ".." or inside.startswith("../"):
            continue
        try:
            path = root.path if inside in (".", "") else root.locate(inside)
            return frozenset(entry.name.lower() for entry in path.iterdir())
        except (OSError, ValueError, L10nError):
            continue
    return frozenset()


def all_names(roots: Iterable[Root]) -> list[tuple[str, list[str], list[str]]] | None:
    """Return all folders with the names in them, on which `names_in` depends; None if that is not known.

    It is not known if a folder cannot be listed, or is a symbolic link.
    """
    found = []
    try:
        for root in roots:
            for here, folders, names in os.walk(root.path, onerror=_raise):
                folders.sort()
                if any(os.path.islink(os.path.join(here, name)) for name in folders):
                    return None
                found.append((here, list(folders), sorted(names)))
    except OSError:
        return None
    return found


def _raise(error: OSError) -> None:
    raise error


TARGET_CHECKS = (
    PageCheck(
        "bookmark-not-found", Severity.WARNING, "The page does not have the bookmark of the link.", _bookmark
    ),
    PageCheck("file-not-found", Severity.WARNING, "The file of the link does not exist.", _file),
    PageCheck("include-not-found", Severity.ERROR, "The file to include does not exist.", _include),
)
