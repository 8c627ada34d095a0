"""Find the articles of each PO file.

Law 3, nothing is silent: a missing article is a problem, and so is a PO file whose articles are unknown
because another tool dropped its header fields.

Law 5: a PO file is untrusted. Nothing outside the articles' folder is read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from l10n import po
from l10n.catalogue import header
from l10n.catalogue.candidates import Candidates
from l10n.catalogue.header import BASEPATH, SCOPE, Scope
from l10n.files import Root, common_root
from l10n.finding import ARTICLE_SUFFIXES, unlisted
from l10n.inputs import articles_in
from l10n.limits import PATH_CHARACTERS
from l10n.locales import gettext_name
from l10n.problems import L10nError, Problem
from l10n.report import MergeReport
from l10n.work import Work


def work_of(path: Path, articles: Path | None, target: Root | None, report: MergeReport) -> Work:
    """Return the PO file at `path` with its articles: where its header says, or in the folder `articles`.

    `target` is the folder to write to, or None if the articles are overwritten. Counts the messages in
    `report`. Raises L10nError if the file cannot be used.
    """
    return work_in(po.PoFile.open(Root.at(path.parent), path.name), articles, target, report)


def work_in(file: po.PoFile, articles: Path | None, target: Root | None, report: MergeReport) -> Work:
    """Return an open PO file with its articles, as `work_of` does."""
    folder, locale = Root.at(file.folder), file.locale
    report.count(file.catalogue.messages)
    active = [message for message in file.catalogue.messages if not message.obsolete]
    referred = frozenset(place.path for message in active for place in message.places)
    scope = tuple(file.scope)
    if articles is not None:
        root, scope, found = _articles_below(articles, file, referred, target, report)
        referred = frozenset()
    else:
        root = file.root
        if target is None:
            _check_in_place(root, folder, locale, file.label)
        found = _articles_from(root, file, referred, target, report)
    tag = _safe_tag(file.catalogue.header.get(header.FALLBACK), locale)
    folder_of_tree = header.folder_of(file.catalogue.header, file.scope or found.values())
    return Work(file.label, locale, tag, root, Candidates(active), found, referred, scope, folder_of_tree)


def _articles_below(
    articles: Path, file: po.PoFile, referred: frozenset[str], target: Root | None, report: MergeReport
) -> tuple[Root, tuple[str, ...], dict[str, str]]:
    """Find the articles of a PO file in the folder that the user named.

    Return the root of their references, the scope from there, and for each reference that of the PO file.
    """
    root = common_root([articles])
    found: dict[str, str] = {}
    scope = []
    excluded = header.excluded_of(file.catalogue.header)
    for entry in file.scope or ["."]:
        moved = _moved(entry, Root.at(articles).path)
        base = root.reference(moved) if moved else ""
        part = base + entry[len(entry.removesuffix("/*")) :]
        scope.append(part)
        for reference in _articles_of(root, part, target, report):
            inside = PurePosixPath(reference).relative_to(base)
            known = str(PurePosixPath(entry.removesuffix("/*")) / inside)
            if known in referred or not excluded.holds(known):
                found[reference] = known
    if lost := referred.difference(found.values()):
        label = root.label(root.reference(Path(os.path.realpath(articles))))
        message = (
            f"{file.label} refers to {len(lost)} articles that are not in this folder, such as "
            f"{min(lost)}; run l10n extract {label} --prune if they were deleted"
        )
        report.problems.append(Problem(label, 1, 1, "missing-article", message))
    return root, tuple(scope), found


def _articles_from(
    root: Root, file: po.PoFile, referred: frozenset[str], target: Root | None, report: MergeReport
) -> dict[str, str]:
    """Return the articles that the PO file names, each by its reference; report missing ones."""
    found = set(referred)
    excluded = header.excluded_of(file.catalogue.header)
    for entry in file.scope:
        inside = _articles_of(root, entry, target, report)
        found.update(reference for reference in inside if not excluded.holds(reference))
    gone = {reference for reference in referred if root.is_gone(reference)}
    _check_fields(file, referred, is_lost=bool(gone) and gone >= found, report=report)
    report.problems += _missing(file, root, gone)
    return {reference: reference for reference in found - gone}


def _check_fields(file: po.PoFile, referred: frozenset[str], *, is_lost: bool, report: MergeReport) -> None:
    """Check that the header names the articles; `is_lost` is True if none of them exists.

    Another tool may have dropped the fields, or the references. Raises L10nError (`missing-field`).
    """
    advice = "run l10n extract with the folder of the articles, which writes it again"
    fields = file.catalogue.header
    if BASEPATH not in fields and is_lost:
        message = f"its header has no {BASEPATH}, so its articles are not found; {advice}"
    elif SCOPE not in fields and not referred:
        message = f"its header has no {SCOPE} and its messages no #: lines, so it has no articles; {advice}"
    elif SCOPE not in fields:
        message = f"its header has no {SCOPE}, so articles that no message names were left out; {advice}"
        report.problems.append(Problem(file.label, 1, 1, "missing-field", message))
        return
    else:
        return
    raise L10nError(Problem(file.label, 1, 1, "missing-field", message))


def _missing(file: po.PoFile, root: Root, gone: Iterable[str]) -> list[Problem]:
    """Return the problems of missing articles, a single one for a missing folder."""
    scope = file.scope
    lost = Scope(entry for entry in scope if root.is_gone(entry.removesuffix("/*")))
    present = Scope(entry for entry in scope if entry not in lost)
    problems: dict[str, Problem] = {}
    for reference in sorted(gone):
        folder = lost.entry_of(reference)
        if folder is not None and folder != reference:
            label = root.label(folder.removesuffix("/*"))
            what = f"{file.label} refers to articles in this folder, but it is not here"
        else:
            label = root.label(reference)
            what = f"{file.label} refers to this article, but it is not here"
        entry = present.entry_of(reference)
        if entry is not None:
            advice = f"run l10n extract {root.label(entry.removesuffix('/*'))} again"
        else:
            advice = "run l10n extract with the folder that it is in now, or with --prune if it was deleted"
        problems.setdefault(label, Problem(label, 1, 1, "missing-article", f"{what}; {advice}"))
    return list(problems.values())


def _moved(entry: str, folder: Path) -> Path | None:
    """Return the path in `folder` of the longest end of a scope entry that exists there, or None."""
    parts = PurePosixPath(entry.removesuffix("/*")).parts
    is_file = entry.lower().endswith(ARTICLE_SUFFIXES)
    room = PATH_CHARACTERS
    first = len(parts)  # from here on the rest is no longer than a path can be
    while first and (room := room - len(parts[first - 1]) - 1) >= 0:
        first -= 1
    for start in (*range(max(1, first), len(parts)), *((0,) if first == 0 else ()), len(parts)):
        path = os.path.join(folder, *parts[start:])
        if os.path.isfile(path) if is_file else os.path.isdir(path):
            return Path(path)
    return None


def _articles_of(root: Root, entry: str, target: Root | None, report: MergeReport) -> list[str]:
    """Return the references of the articles in an entry of the scope."""
    if not entry:
        return []
    try:
        found = articles_in(root, entry, lambda error: report.problems.append(unlisted(error)))
    except L10nError as error:
        report.problems.append(error.problem)
        return []
    if target and target.path.is_relative_to(root.locate(entry.removesuffix("/*"))):
        # The output of an earlier merge is not among the articles to rebuild.
        found = [name for name in found if not root.locate(name).is_relative_to(target.path)]
    return found


def _check_in_place(root: Root, folder: Root, locale: str, label: str) -> None:
    """Check that the articles are below the current folder or beside the PO file.

    Raises L10nError (`outside-folder`). The user can name any other folder with `--articles`.
    """
    split = next((parent for parent in (folder.path, *folder.path.parents) if parent.name == locale), None)
    beside = (split.parent if split else folder.path).parent
    here = Root.at(Path.cwd()).path
    for path in (root.path, *map(Path, root.links.values())):
        if path.is_relative_to(here) or path.is_relative_to(beside):
            continue
        message = (
            f"its articles are in {path.as_posix()}, which you did not name; "
            "to overwrite them there, say so with --articles"
        )
        raise L10nError(Problem(label, 1, 1, "outside-folder", message))


def _safe_tag(tag: str | None, locale: str) -> str | None:
    """Return the tag for articles without one, if it is the locale of the PO file."""
    try:
        return tag if tag and gettext_name(tag) == locale else None
    except ValueError:
        return None
