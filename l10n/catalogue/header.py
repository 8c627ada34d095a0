"""The PO header: where a catalogue's articles are, and what they are in.

Law 4, same input, same bytes: the dates come from the deliveries, never from the clock.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Literal

from l10n.catalogue import reconcile
from l10n.catalogue.message import visible
from l10n.excluded import Excluded
from l10n.files import Root
from l10n.finding import ARTICLE_SUFFIXES
from l10n.locales import gettext_name, is_gettext_name, language_team, plural_forms
from l10n.problems import L10nError, Problem

BASEPATH = "X-Poedit-Basepath"
SCOPE = "X-L10n-Articles"
"""The folders and articles that were extracted, from the basepath, quoted as in a shell.
A folder means all articles below it, `folder/*` only those directly in it."""
LOCATIONS = "X-L10n-Add-Location"
"""How much location messages record, if not path and line."""
CHECK = "X-L10n-Check"
"""`yes` if the notes of messages list the findings of the checks."""
ORDER = "X-L10n-Order"
"""The order of the messages, if it is not that of the articles: `risk`."""
FOLDER = "X-L10n-Folder"
"""The folder whose tree the publisher has, from the basepath, if the scope is a part of it; quoted."""
EXCLUDE = "X-L10n-Exclude"
"""The patterns of the files in these folders that were not extracted, from the basepath, quoted."""
SPLIT = "X-L10n-Split"
"""The split of a PO file that is a part of a number of words: `words:20000`."""
FALLBACK = "X-L10n-Locale"
"""The tag given with `--locale` for articles without a locale."""
_CREATION, _REVISION = "POT-Creation-Date", "PO-Revision-Date"
AddLocation = Literal["full", "file", "never"]
"""Path and line, path alone, or nothing; the words are those of gettext's `--add-location`."""

_HANDOFF = re.compile(r"(\d\d)/(\d\d)/(\d{4})")
_NO_DATE = "1970-01-01 00:00+0000"


def new_header(locale: str, project: str, handoffs: Iterable[str | None]) -> dict[str, str]:
    """The header of a new PO, its paths still empty, in the order in which Poedit leaves it.

    `locale` is gettext's name, `handoffs` are `ms.lasthandoff` values. Law 5: `project` is the name of a
    folder, which may hold anything; it ends no line and names no charset.
    """
    date = max(filter(None, map(_handoff_date, handoffs)), default=_NO_DATE)
    return {
        "Project-Id-Version": visible(project).replace("charset=", "charset-") or "articles",
        "Report-Msgid-Bugs-To": "",
        _CREATION: date,
        _REVISION: date,
        "Last-Translator": "",
        "Language-Team": language_team(locale),
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms(locale),
        SCOPE: "",
        BASEPATH: "",
        "X-Source-Language": "en",
    }


def creation_date(
    header: dict[str, str], handoffs: Iterable[str | None], *, anew: bool = False
) -> dict[str, str]:
    """`header` with the newest delivery's date in it; with `anew`, that of `handoffs` alone."""
    dates = list(filter(None, map(_handoff_date, handoffs)))
    known = [] if anew and dates else [header.get(_CREATION, "")]
    return header | {_CREATION: max(known + dates)}


def _handoff_date(handoff: str | None) -> str | None:
    match = _HANDOFF.fullmatch(handoff or "")
    return f"{match[3]}-{match[1]}-{match[2]} 00:00+0000" if match else None


def with_paths(header: dict[str, str], root: Root, folder: Path, scope: Iterable[str]) -> dict[str, str]:
    """`header` of a PO in `folder` whose references start from `root`, for the articles in `scope`."""
    basepath = Path(os.path.relpath(root.path, os.path.realpath(folder))).as_posix()
    return header | {BASEPATH: basepath, SCOPE: _scope_field(set(scope))}


def _scope_field(entries: set[str]) -> str:
    folders = Scope(entries)
    return shlex.join(sorted(entry for entry in entries if not folders.holds_all_of(entry)))


def common_folder(entries: Iterable[str]) -> str:
    """Return the innermost folder that holds all of these folders and articles; `.` for the root."""
    folders = [_folder_parts(entry) for entry in entries]
    shortest = min(folders, key=len, default=())
    length = next(
        (n for n, part in enumerate(shortest) if any(one[n] != part for one in folders)), len(shortest)
    )
    return "/".join(shortest[:length]) or "."


def _folder_parts(entry: str) -> tuple[str, ...]:
    path = PurePosixPath(entry.removesuffix("/*"))
    return (path.parent if entry.lower().endswith(ARTICLE_SUFFIXES) else path).parts


def folder_of(header: dict[str, str], scope: Iterable[str]) -> str:
    """Return the folder whose tree the publisher has, for a PO file with that scope."""
    try:
        found = shlex.split(header.get(FOLDER, ""))
    except ValueError:  # somebody else wrote it
        found = []
    return found[0] if len(found) == 1 else common_folder(scope)


def with_folder(header: dict[str, str], folder: str, scope: Iterable[str]) -> dict[str, str]:
    """Return `header` with the folder whose tree the publisher has, if the scope does not say it."""
    return with_field(header, FOLDER, None if folder == common_folder(scope) else shlex.quote(folder))


def excluded_of(header: dict[str, str]) -> Excluded:
    """Return the files in the scope that the PO file is not for."""
    try:
        return Excluded(shlex.split(header.get(EXCLUDE, "")))
    except ValueError:  # somebody else wrote it
        return Excluded()


def with_excluded(header: dict[str, str], patterns: Iterable[str]) -> dict[str, str]:
    """Return `header` with the patterns of the files in the scope that the PO file is not for."""
    return with_field(header, EXCLUDE, shlex.join(patterns) or None)


def three_way_header(base: dict[str, str], ours: dict[str, str], theirs: dict[str, str]) -> dict[str, str]:
    """The fields of a PO file that two sides changed, in their old order.

    Of a field that both changed, the value of the later revision stays; of the delivery's
    date the later one, of the scope what either extracted.
    """
    latest = theirs if _date(theirs.get(_REVISION, "")) > _date(ours.get(_REVISION, "")) else ours
    merged = {}
    for name in reconcile.order(list(base), list(ours), list(theirs)):
        if_both = partial(_changed_by_both, name, latest)
        field = reconcile.value(base.get(name), ours.get(name), theirs.get(name), if_both)
        if field is not None:
            merged[name] = field
    return merged


def _changed_by_both(name: str, latest: dict[str, str], ours: str | None, theirs: str | None) -> str | None:
    if ours is None or theirs is None:
        return ours or theirs
    if name == _CREATION:
        return max(ours, theirs, key=_date)
    return _both_scopes(ours, theirs) if name == SCOPE else latest[name]


def _both_scopes(ours: str, theirs: str) -> str:
    try:
        return _scope_field({*shlex.split(ours), *shlex.split(theirs)})
    except ValueError:  # somebody else wrote it
        return ours


def _date(field: str) -> datetime:
    """Return the time in a field, as gettext writes it; the earliest time if there is none."""
    try:
        return datetime.strptime(field, "%Y-%m-%d %H:%M%z")
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def with_locations(header: dict[str, str], add_location: AddLocation) -> dict[str, str]:
    """Return `header` with how much location the messages record."""
    if add_location == "full":
        return {key: value for key, value in header.items() if key != LOCATIONS}
    return header | {LOCATIONS: add_location}


def with_split(header: dict[str, str], split: str | None) -> dict[str, str]:
    """Return `header` with the field of its split; None if the file's name says it."""
    if split:
        return header | {SPLIT: split}
    return {key: value for key, value in header.items() if key != SPLIT}


def with_field(header: dict[str, str], name: str, value: str | None) -> dict[str, str]:
    """Return the header with a field of that value, or without it."""
    if value is None:
        return {key: known for key, known in header.items() if key != name}
    return header | {name: value}


def locations_of(header: dict[str, str]) -> AddLocation:
    """Return how much location the messages of a PO file record."""
    known: dict[str | None, AddLocation] = {"file": "file", "never": "never"}
    return known.get(header.get(LOCATIONS), "full")


class Scope:
    """The folders and articles that were extracted; a look-up takes as long as the path is."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._entries = frozenset(entries)
        self._lengths = sorted({len(entry) for entry in self._entries})

    def __contains__(self, entry: str) -> bool:
        return entry in self._entries

    def holds(self, reference: str) -> bool:
        """Return True if an article is in one of the entries."""
        return self.entry_of(reference) is not None

    def holds_all_of(self, entry: str) -> bool:
        """Return True if an entry is in the folder of another one."""
        return self._above(entry) is not None

    def entry_of(self, reference: str) -> str | None:
        """The entry, or the outermost of several, that an article of that reference is in."""
        if above := self._above(reference):
            return above
        alone = f"{PurePosixPath(reference).parent}/*"
        return next((entry for entry in (alone, reference) if entry in self._entries), None)

    def path_below(self, reference: str) -> str | None:
        """Return the path of an article in the folder that is its entry, None if it is in no such folder."""
        folder = self._above(reference)
        if folder is None or folder == reference:
            return None
        return reference if folder == "." else reference[len(folder) + 1 :]

    def _above(self, entry: str) -> str | None:
        """The outermost entry that is a folder around another one."""
        path = str(PurePosixPath(entry.removesuffix("/*")))
        top = "/" if path.startswith("/") else "."
        if top in self._entries and top != entry:
            return top
        # Not each folder above it, one by one: a hostile path has as many as it has letters.
        for length in self._lengths:
            if 0 < length < len(path) and path[length] == "/" and path[:length] in self._entries:
                return path[:length]
        return path if path not in (".", entry) and path in self._entries else None


def locale_of(header: dict[str, str], label: str) -> str:
    """gettext's name of a PO's locale; `label` is how the user names the file.

    Raises L10nError: `bad-po` if its header has none; `other-language` if it has another than the
    file's name does (`locales/nb_NO.po`, `locales/nb_NO/mail.po`) or than `--locale` did when it was made.
    """
    field = header.get("Language", "")
    path = PurePosixPath(label)
    names = [path.name.removesuffix(".po"), *(parent.name for parent in path.parents)]
    try:
        locale = gettext_name(field)
    except ValueError as error:
        named = next(filter(is_gettext_name, (name for name in names if "_" in name)), None)
        reason = f" ({error})" if field else ""
        message = (
            f"its header names no Language{reason}; nothing was done with this file: "
            f"write Language: {named or 'nb_NO, or what it is in,'} into its header"
        )
        raise L10nError(Problem(label, 1, 1, "bad-po", message)) from error
    # Without a territory a name may be a word (my, is, it), except where the header has none either.
    likely = [name for name in names if "_" in name] + names[: "_" not in locale]
    named = next(filter(is_gettext_name, likely), locale)
    if locale not in (named, *names):
        raise _other_language(field, named, label)
    fallback = _locale_or_none(header.get(FALLBACK, ""))
    if fallback not in (None, locale):
        raise _other_language(field, str(fallback), label)
    return locale


def _locale_or_none(tag: str) -> str | None:
    try:
        return gettext_name(tag)
    except ValueError:
        return None


def with_language(header: dict[str, str], locale: str, label: str) -> dict[str, str]:
    """The header of a PO file that is updated with units of `locale`, with the language if it had none.

    Raises L10nError (`other-language`) if it is in another.
    """
    field = header.get("Language", "")
    old = _locale_or_none(field)
    if old not in (None, locale):
        raise _other_language(field, locale, label)
    return header if old else header | {"Language": locale}


def _other_language(field: str, locale: str, label: str) -> L10nError:
    message = (
        f"its header says Language: {field}, but this is the file of {locale}; nothing was done with it: "
        f"write Language: {locale} into its header, or name the file otherwise if it is in {field}"
    )
    return L10nError(Problem(label, 1, 1, "other-language", message))


def root_of(header: dict[str, str], folder: Path, label: str) -> Root:
    """The root of the references of a PO in `folder`; raises L10nError (`outside-folder`, `bad-po`).

    A relative basepath is followed wherever it leads, for the user may keep articles and
    PO files apart; an absolute one, or one that is the whole disk, is not.
    """
    basepath = header.get(BASEPATH, ".")
    root = Root.at(folder / basepath) if "\0" not in basepath else None
    if root is None or Path(basepath).is_absolute() or root.path == root.path.parent:
        message = (
            f"its {BASEPATH} is {basepath!r}, which is not followed; mend it in the PO file, or name the "
            "articles' folder when you merge, with --articles"
        )
        raise L10nError(Problem(label, 1, 1, "outside-folder", message))
    return root.with_links(entry.removesuffix("/*") for entry in scope_of(header, label))


def scope_of(header: dict[str, str], label: str) -> list[str]:
    """The entries of the scope, as extract wrote them; raises L10nError (`bad-po`) if they are not."""
    try:
        return shlex.split(header.get(SCOPE, ""))
    except ValueError as error:
        message = f"its {SCOPE} cannot be read ({error}); nothing was done with this file"
        raise L10nError(Problem(label, 1, 1, "bad-po", message)) from error
