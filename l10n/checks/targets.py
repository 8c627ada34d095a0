"""Where the links of a whole article lead: bookmarks, files and includes that are not there.

Law 5, no path leaves the folders that the user named: files are looked for through a `Root`. Of what lies
outside of it, or in a folder of which nothing was delivered, nothing is said.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import unquote

from l10n.checks.page import Page, PageCheck, Spot, anchors
from l10n.checks.pair import Severity
from l10n.checks.tokens import read
from l10n.files import Root
from l10n.problems import L10nError

_INCLUDE = re.compile(r"\[!INCLUDE[ \t]*+\[[^\[\]]*+\][ \t]*+\(<?([^()<>\s]++)>?\)", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")
_GENERATED = re.compile(r"(?:tab/|section-|heading-|fn|l\d+|:)", re.IGNORECASE)
"""Anchors that the publisher's tools make by themselves."""


def _destinations(page: Page) -> Iterator[tuple[int, str]]:
    """The destinations of links and images, with their lines; includes are not among them."""
    for number, text in page.lines:
        if "](" in text:
            line = _INCLUDE.sub("", text) if "[!" in text else text
            for link in read(line).links:
                yield number, link.destination.text


def _bookmark(page: Page, source: Page) -> Iterator[Spot]:
    wanted = [(line, text) for line, text in _destinations(page) if text.startswith("#") and len(text) > 1]
    if not wanted:
        return
    known = anchors(page)
    english: set[str] | None = None
    for line, text in wanted:
        name = unquote(text[1:]).lower()
        if name in known or _GENERATED.match(name):
            continue
        english = anchors(source) if english is None else english
        why = "; it is the English heading's, and the heading was translated" if name in english else ""
        yield Spot(line, text, f"nothing in the article has the bookmark {text}{why}")


def _file(page: Page, source: Page) -> Iterator[Spot]:
    if page.files is not None:
        for line, text in _destinations(page):
            if _is_missing(page.files, page.folder, text):
                yield Spot(line, text, f"there is no file {text}")


def _include(page: Page, source: Page) -> Iterator[Spot]:
    if page.files is not None:
        for line, text in page.lines:
            for match in _INCLUDE.finditer(text) if "[!" in text else ():
                if _is_missing(page.files, page.folder, match[1]):
                    yield Spot(line, match[1], f"there is no file {match[1]} to include")


def _is_missing(files: Callable[[str], frozenset[str]], folder: str, destination: str) -> bool:
    """Whether a file is not there, though others of its kind are in its folder.

    A delivery holds what was translated; images and articles that were not come from the English folder.
    """
    path = unquote(destination.partition("#")[0].partition("?")[0])
    if not path or path.startswith(("/", "~", "\\")) or _SCHEME.match(path) or "\\" in path or "\0" in path:
        return False
    suffix = _SUFFIX.search(path)
    reference = posixpath.normpath(posixpath.join(folder, path))
    if suffix is None or reference.startswith(".."):
        return False
    parent, name = posixpath.split(reference)
    names = files(parent)
    return name.lower() not in names and suffix[0].lower().removeprefix(".") in _suffixes(names)


@lru_cache(maxsize=64)
def _suffixes(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name.rpartition(".")[2] for name in names if "." in name)


def names_in(roots: Mapping[str, Root], folder: str) -> frozenset[str]:
    """The names of the files in a folder, in lower case, as the publisher's build takes them.

    `roots` are the folders that the user named, by their references. There are no names of a folder that
    is in none of them, or cannot be read.
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


TARGET_CHECKS = (
    PageCheck("bookmark-not-found", Severity.WARNING, "The link leads to no place of the page.", _bookmark),
    PageCheck("file-not-found", Severity.WARNING, "The link leads to no file.", _file),
    PageCheck("include-not-found", Severity.ERROR, "What is to be included is not there.", _include),
)
