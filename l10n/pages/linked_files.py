"""The files that an article shows: those that it includes, and images.

Law 4, same input, same bytes: every question to the disk is kept with its answer. A page that was written
before is the same as long as the answers are.

Law 5, input is hostile: no path leaves the articles' folder, images are shown and never read, and included
files that include each other end.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from l10n.article import Form
from l10n.files import Root
from l10n.problems import L10nError

IMAGE_TYPES = {
    ".bmp": "image/bmp",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""By suffix: the media types of the images that are shown."""
_IMAGE, _TEXT = "image", "text"
_DEEPEST, _MOST, _LONGEST = 8, 200, 1_000_000
"""Files that include each other, included files of a page, and characters of all of them."""


class Included(NamedTuple):
    """A file that articles include."""

    reference: str
    key: str
    """What changes when one of its forms does."""
    source: str
    """The body of its source form."""
    localized: str
    """The body of its localized form, as merge would write it now."""


def resolved(within: str, near: str, address: str) -> str | None:
    """Return the reference of the file that `address` names in the article or included file `near`.

    None if the address is of the web, or leads out of the folder that the user named: references in it begin
    with `within`. `~/` is that folder.
    """
    plain = unquote(address.partition("#")[0].partition("?")[0], errors="surrogateescape").replace("\\", "/")
    if not plain or plain.startswith("/") or ":" in plain or "\0" in plain:
        return None
    is_of_folder = plain.startswith("~/")
    reference = posixpath.normpath(
        within + plain[2:] if is_of_folder else posixpath.join(posixpath.dirname(near), plain)
    )
    return reference if reference.startswith(within) and not f"{reference}/".startswith("../") else None


def way_to(path: str | Path, folder: str | Path) -> str | None:
    """Return the relative path from a folder with slashes; None on another drive of Windows."""
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:
        return None


class LinkedFiles:
    """The files that one article links to."""

    def __init__(
        self,
        folder: Root,
        within: str,
        article: str,
        page: str,
        read: Callable[[str], Included | None],
        page_of: Callable[[str], str | None],
        *,
        is_remote: bool,
    ) -> None:
        """Take the articles' folder, the reference of the article, and the path of its page.

        All files that are shown have references that begin with `within`. `read` returns an included file by
        its reference, and `page_of` the name of its own page, if it has one. With `is_remote`, images of the
        web are shown.
        """
        self.within, self.article = within, article
        self.asked: dict[str, str] = {}
        """Every question so far, and its answer."""
        self._folder, self._page, self._is_remote = folder, page, is_remote
        self._read, self._page_of = read, page_of

    def image(self, address: str) -> str | None:
        """Return the address from the page of an image that the article shows; None if it is not shown."""
        if address.startswith("https://"):
            return address if self._is_remote else None
        reference = resolved(self.within, self.article, address)
        if reference is None or not self._is_there(_IMAGE, reference):
            return None
        way = way_to(self._folder.path / reference, os.path.dirname(self._page))
        return quote(way.encode("utf-8", "surrogateescape")) if way else None

    def included(self, near: str, address: str) -> Included | None:
        """Return the file that is included by `near`, the article or a file that it includes."""
        reference = resolved(self.within, near, address)
        if reference is None or not self._is_there(_TEXT, reference):
            return None
        return self._read(reference)

    def pages(self) -> list[tuple[str, str]]:
        """Return the label and the name of the page of each included file so far, in order."""
        shown = sorted(
            question.removeprefix(f"{_TEXT} ")
            for question, answer in self.asked.items()
            if answer and question.startswith(f"{_TEXT} ")
        )
        found = ((self._folder.label(reference), self._page_of(reference)) for reference in shown)
        return [(label, name) for label, name in found if name]

    def still_answers(self, asked: Mapping[str, str]) -> bool:
        """Return True if the disk answers the questions of an earlier run as it did then."""
        return all(self._answer(question) == answer for question, answer in asked.items())

    def _is_there(self, kind: str, reference: str) -> bool:
        question = f"{kind} {reference}"
        if question not in self.asked:
            self.asked[question] = self._answer(question)
        return bool(self.asked[question])

    def _answer(self, question: str) -> str:
        kind, _, reference = question.partition(" ")
        if not self._is_inside(reference):
            return ""
        if kind == _TEXT:
            found = self._read(reference)
            return found.key if found else ""
        return "1" if os.path.splitext(reference)[1].lower() in IMAGE_TYPES else ""

    def _is_inside(self, reference: str) -> bool:
        """Return True if a file is there, and in the folder that the user named, wherever links lead."""
        try:
            path, folder = self._folder.locate(reference), self._folder.locate(self.within or ".")
        except L10nError:
            return False
        real = Path(os.path.realpath(path))
        return real.is_file() and real.is_relative_to(os.path.realpath(folder))


class IncludedTexts:
    """What one side of a page shows of the files that its article includes."""

    def __init__(self, files: LinkedFiles, form: Form) -> None:
        self.form = form
        self._files = files
        self._around = [files.article]
        self._files_left, self._characters_left = _MOST, _LONGEST

    def show(self, address: str, render: Callable[[str], str]) -> str | None:
        """Return what `render` makes of an included file; None if it is not shown."""
        if not self._files_left or len(self._around) > _DEEPEST:
            return None
        self._files_left -= 1
        found = self._files.included(self._around[-1], address)
        if found is None or found.reference in self._around:
            return None
        text = found.source if self.form == "source" else found.localized
        if len(text) > self._characters_left:
            return None
        self._characters_left -= len(text)
        self._around.append(found.reference)
        try:
            return render(text)
        finally:
            self._around.pop()

    def address(self, address: str) -> str:
        """Return the address of an image of the file that is shown now as one of the article."""
        if len(self._around) == 1:
            return address
        within = self._files.within
        reference = resolved(within, self._around[-1], address)
        if reference is None:
            return address
        return f"~/{quote(reference.removeprefix(within).encode('utf-8', 'surrogateescape'))}"
