"""A PO file and its articles, on their way to the tree that the publisher has.

An article goes to the path below its folder, without a folder that is named for its locale: that of
`articles/nb-NO/mail/rules.md` is `mail/rules.md`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from l10n.catalogue.candidates import Candidates
from l10n.files import Root
from l10n.locales import gettext_name
from l10n.problems import Problem


@dataclass(frozen=True, slots=True)
class Work:
    """One PO file, and the articles that it is for."""

    label: str
    locale: str
    fallback_tag: str | None
    root: Root
    candidates: Candidates
    articles: dict[str, str]
    """By reference from the root, the one that the PO knows it by."""
    referred: frozenset[str]
    scope: tuple[str, ...]
    """The folders and articles that it is for, from the root."""
    folder: str
    """The folder whose tree the publisher has, as the PO file knows it; `.` for the root."""

    def name_of(self, reference: str) -> str:
        """Return the path of a file in the publisher's tree, which has no folder for the locale."""
        return path_below(self.folder, self.locale, self.known_as(reference))

    def known_as(self, reference: str) -> str:
        """Return the reference by which the PO file would know a file, whose own starts from the root."""
        if found := self.articles.get(reference):
            return found
        known, real = self._prefixes
        return f"{known}{reference.removeprefix(real)}"

    def path_of(self, reference: str) -> str:
        """Return the path of a file below the folder of the articles."""
        known = self.known_as(reference)
        return known if self.folder == "." else known.removeprefix(f"{self.folder}/")

    def reference_at(self, path: str) -> str | None:
        """Return the reference from the root of a file at a path below the folder; None if unknown."""
        return self.reference_of(path if self.folder == "." else f"{self.folder}/{path}")

    def reference_of(self, known: str) -> str | None:
        """Return the reference from the root of a file that the PO file knows; None if that is not known."""
        old, real = self._prefixes
        if f"{known}/" == old:
            return real.removesuffix("/") or "."
        return real + known.removeprefix(old) if known.startswith(old) else None

    @property
    def _prefixes(self) -> tuple[str, str]:
        """The beginnings of references in the PO file, and of those from the root, that stand for another."""
        reference, known = next(iter(self.articles.items()), ("", ""))
        old, real = known.split("/"), reference.split("/")
        while old and real and old[-1] == real[-1]:
            del old[-1], real[-1]
        return "".join(f"{part}/" for part in old), "".join(f"{part}/" for part in real)


def path_below(folder: str, locale: str, reference: str) -> str:
    """Return the path of an article below a folder, without the first folder that is named for its locale."""
    inside = reference if folder == "." else reference.removeprefix(f"{folder}/")
    *folders, name = inside.split("/")
    place = next((place for place, one in enumerate(folders) if locale_of_folder(one) == locale), None)
    return inside if place is None else "/".join([*folders[:place], *folders[place + 1 :], name])


def same_path(label: str, other: str) -> Problem:
    """Return the problem of a file that would have the path of another one, which was written."""
    message = (
        f"{other} makes the same file, and was used, since the folder of the locale is left out, or this "
        "system takes their names for one: rename one of them"
    )
    return Problem(label, 1, 1, "claimed-twice", message)


@lru_cache(maxsize=4096)
def locale_of_folder(folder: str) -> str | None:
    """Return gettext's name of the locale that a folder is named for, or None."""
    try:
        return gettext_name(folder)
    except ValueError:
        return None


_LOCALE = re.compile(rb"""^[ \t]*["']?ms\.contentlocale["']?[ \t]*:[ \t]*["']?([A-Za-z0-9-]+)""", re.M)


def locale_in(data: bytes) -> bytes | None:
    """Return the `ms.contentlocale` of an article in any form, in lower case, or None."""
    found = _LOCALE.search(data)
    return found[1].lower() if found else None
