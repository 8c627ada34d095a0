"""Assign each article to a PO file: one per locale, folder or article, or parts of a number of words.

Law 2: PO files of one split are never mixed with those of another.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import PurePosixPath
from typing import Literal, NoReturn

from l10n import po
from l10n.assigning import SplitSet
from l10n.catalogue import Segment, header
from l10n.files import Root
from l10n.finding import ARTICLE_SUFFIXES, find, unlisted
from l10n.locales import gettext_name, is_gettext_name
from l10n.problems import L10nError, Problem
from l10n.word_parts import share_out, words_of


@dataclass(frozen=True, slots=True)
class Words:
    """A split into parts of about that many words."""

    size: int

    def __str__(self) -> str:
        return f"words:{self.size}"


Split = Literal["none", "folder", "article"] | Words


class Splitting:
    """The PO files of a run, as references from `output`."""

    def __init__(self, split: Split, output: Root, root: Root, scope: Sequence[str]) -> None:
        """Take the references, from `root`, of the folders and articles that the user named as `scope`."""
        self._split = split
        self._output = output
        self._scope = scope
        self._root = root
        self._base = _base(root, scope)

    def part(self, reference: str) -> str:
        """Return the part of an article: empty for the whole locale, its folder, or the article itself."""
        if self._split == "none":
            return ""
        return str(PurePosixPath(reference).parent) if self._split == "folder" else reference

    def scope(self, part: str) -> Sequence[str]:
        """Return the entries for a part in the scope of its PO file."""
        if self._split == "none":
            return self._scope
        return [f"{part}/*" if self._split == "folder" else part]

    @property
    def field(self) -> str | None:
        """Return the value of the header's field of the split; None if the file's name says it."""
        return str(self._split) if isinstance(self._split, Words) else None

    def split_set(self, existing: Sequence[str], problems: list[Problem]) -> SplitSet | None:
        """Return the `existing` PO files of a locale, if they are split; unreadable ones become problems."""
        return SplitSet(self._root, self._output, existing, problems) if self._split != "none" else None

    def po_files(
        self, locale: str, parts: Mapping[str, Sequence[Segment]], known: SplitSet | None
    ) -> dict[str, str]:
        """Return the PO file of each part of a locale."""
        if known is None:
            return dict.fromkeys(parts, f"{locale}.po")
        if isinstance(self._split, Words):
            words = {article: words_of(units) for article, units in parts.items()}
            return share_out(words, self._split.size, known.owners(parts), self._new_parts(locale))
        scopes = {part: self.scope(part)[0] for part in parts}
        return known.po_files(parts, scopes, {part: self._name(locale, part) for part in parts})

    def _new_parts(self, locale: str) -> Iterator[str]:
        """Yield the names of new parts."""
        names = (f"{locale}/{str(self._split).replace(':', '-')}/{number:02}.po" for number in count(1))
        return (name for name in names if not os.path.lexists(self._output.path / name))

    def _name(self, locale: str, part: str) -> str:
        inside = str(PurePosixPath(part).relative_to(self._base))
        return f"{locale}/{'_root' if inside == '.' else inside}.po"

    def locales(self) -> list[str]:
        """Return the locales with PO files; raises L10nError (`cannot-read`)."""
        names = [name.removesuffix(".po") for name in self._names()]
        return [name for name in names if is_gettext_name(name)]

    def _names(self) -> list[str]:
        """Return the names in the output folder; raises L10nError (`cannot-read`)."""
        if not os.path.isdir(self._output.path):
            return []
        try:
            return os.listdir(self._output.path)
        except OSError as error:
            raise L10nError(unlisted(error)) from error

    def existing(self, locale: str) -> tuple[list[str], list[str]]:
        """Return the PO files of a locale, and those of another split. Raises L10nError (`other-name`)."""
        folder = self._output.path / locale
        paths = find(folder, _fail, (".po",)) if os.path.isdir(folder) else []
        found = [self._output.reference(path) for path in paths]
        whole = f"{locale}.po"
        # This is False in a folder without permission; then nothing can be written there either.
        is_whole = os.path.lexists(self._output.path / whole)
        if self._split == "none":
            if not is_whole:
                self._check_name(locale, whole)
            others = found
            found = [whole] if is_whole else []
        else:
            others = [path for path in found if self._kind(path) != str(self._split)]
            others += [whole] if is_whole else []
        return sorted(set(found).difference(others)), others

    def _kind(self, file: str) -> str:
        """Return the split that a PO file was written with."""
        with suppress(L10nError):  # whoever updates it reports why it cannot be read
            data = self._output.read(file)
            if header.SPLIT.encode() in data:
                fields = po.read_header(data, self._output.label(file))
                if header.SPLIT in fields:
                    return fields[header.SPLIT]
        return "article" if file.endswith(tuple(f"{suffix}.po" for suffix in ARTICLE_SUFFIXES)) else "folder"

    def _check_name(self, locale: str, whole: str) -> None:
        """Raise L10nError (`other-name`) if the PO file of a locale was renamed."""
        names: list[str] = []
        with suppress(L10nError):  # `locales` reports a folder that cannot be listed
            names = sorted(name for name in self._names() if name.endswith(".po"))
        for name in names:
            if not is_gettext_name(name.removesuffix(".po")) and self._is_of(name, locale):
                message = (
                    "this PO file of the locale has another name; nothing was written for the locale, so "
                    f"that its reviews stay together: rename the file to {whole}, or move it away"
                )
                raise L10nError(Problem(self._output.label(name), 1, 1, "other-name", message))

    def _is_of(self, name: str, locale: str) -> bool:
        """Return True if a file is a PO file of this locale from `extract`."""
        try:
            fields = po.read_header(self._output.read(name), name)
            return header.SCOPE in fields and gettext_name(fields.get("Language", "")) == locale
        except (L10nError, ValueError):
            return False  # not a PO file

    def mentions(self, reference: str) -> bool:
        """Return True if a PO file contains the name of an input; it is not parsed."""
        data = self._output.read(reference)
        folders = {entry.replace(" ", space) for entry in self._scope for space in (" ", "%20")}
        return any(folder == "." or folder.encode() in data for folder in folders)


def _base(root: Root, scope: Sequence[str]) -> PurePosixPath:
    """Return the folder that split PO files are named from: the input folder, if there is only one."""
    if len(scope) != 1:
        return PurePosixPath(".")
    only = PurePosixPath(scope[0])
    return only if os.path.isdir(root.path / only) else only.parent


def _fail(error: OSError) -> NoReturn:
    raise L10nError(unlisted(error))
