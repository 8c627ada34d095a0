"""The other files of the publisher's tree: images, `toc.yml`, articles without annotation, as they are.

Law 2, nothing of a person is lost: a copy overwrites only what merge wrote (`manifest`). Law 5: links that
lead out of the folder of the articles are reported, and not followed.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from l10n.files import Root
from l10n.finding import ARTICLE_SUFFIXES, unlisted
from l10n.locales import gettext_name
from l10n.manifest import COPY, WrittenFile, chunks, digest_of, note
from l10n.problems import Problem, isolated
from l10n.report import MergeReport
from l10n.reserved import one_name
from l10n.work import Work, locale_in, locale_of_folder, same_path
from l10n.writing import TEMPORARY, FileKind

_LINK = "it is a link to a folder, so nothing in it was copied: put the folder itself here if it belongs here"
_NOT_OF_THE_TREE = (".po", ".mo", "l10n.toml")


def copy_rest(
    works: Sequence[Work],
    made: Sequence[Mapping[str, str]],
    output: Root,
    manifest: dict[str, WrittenFile],
    report: MergeReport,
) -> None:
    """Copy the other files beside the articles of PO files to the trees that these are in, if they differ.

    `made` has for each PO file the names of its articles' files by their references. Adds the copies to
    `manifest`.
    """
    trees: dict[tuple[Path, str, str], tuple[Work, dict[str, str]]] = {}
    for work, names in zip(works, made, strict=True):
        if names and (folder := work.reference_of(work.folder)):
            # The parts of a split have one tree.
            trees.setdefault((work.root.path, folder, work.locale), (work, {}))[1].update(names)
    taken = {one_name(name): "an article" for names in made for name in names.values()}
    for (_, folder, _), (work, names) in sorted(trees.items(), key=lambda tree: tree[0]):
        tag = min(name.partition("/")[0] for name in names.values())
        tree = Root.at(work.root.path / folder)  # no link leads out of it, not even into the same project
        for reference in sorted(_wanted(work, folder, names, output, report.problems)):
            path, name = work.path_of(reference), f"{tag}/{work.name_of(reference)}"
            with isolated(work.root.label(reference), report.problems):
                if _is_of_others(tree, path, work.locale):
                    continue
                label = work.root.label(reference)
                if (other := taken.setdefault(one_name(name), label)) != label:
                    report.problems.append(same_path(label, other))
                else:
                    _copy(tree, path, output, name, manifest, report)


def _copy(
    tree: Root, path: str, output: Root, name: str, manifest: dict[str, WrittenFile], report: MergeReport
) -> None:
    found = blake2b(digest_size=16)

    def content() -> Iterator[bytes]:
        for chunk in chunks(tree, path):
            found.update(chunk)
            yield chunk
        entry = WrittenFile(path, COPY, found.hexdigest())
        if manifest.get(name) != entry:
            note(output, {name: entry})

    def is_own(_: bytes) -> bool:
        return name in manifest and digest_of(output, name) == manifest[name].digest

    if output.write_pieces(name, content(), FileKind("as merge left it", is_own)):
        report.written.append(output.label(name))
        report.copied += 1
    manifest[name] = WrittenFile(path, COPY, found.hexdigest())


def _wanted(
    work: Work, folder: str, made: Collection[str], output: Root, problems: list[Problem]
) -> Iterator[str]:
    """Yield the references of the files in the tree of a locale that are no articles of the PO file."""
    with_folder = [_has_folder(work, reference) for reference in made]
    top = work.root.path if folder == "." else work.root.path / folder

    def report(error: OSError) -> None:
        problems.append(unlisted(error))

    for here, folders, names in os.walk(top, onerror=report):
        folders[:] = [one for one in folders if _is_of_tree(Path(here, one), work.locale, output)]
        for link in filter(os.path.islink, (os.path.join(here, one) for one in folders)):
            label = work.root.label(work.root.reference(Path(link)))
            problems.append(Problem(label, 1, 1, "outside-folder", _LINK))
        below = PurePosixPath(Path(here).relative_to(work.root.path).as_posix())
        for name in names:
            reference = str(below / name)
            is_other = name.startswith((".", TEMPORARY)) or name.lower().endswith(_NOT_OF_THE_TREE)
            if is_other or reference in made:
                continue
            if _has_folder(work, reference) or not all(with_folder):
                yield reference


def _is_of_tree(folder: Path, locale: str, output: Root) -> bool:
    """Return False for a hidden folder, the output, and a folder that is named for another locale."""
    if folder.name.startswith(".") or os.path.realpath(folder) == str(output.path):
        return False
    other = locale_of_folder(folder.name)
    return other is None or other == locale or not set(folder.name) & set("-_")


def _has_folder(work: Work, reference: str) -> bool:
    """Return True if a file is in a folder that is named for the locale."""
    return any(locale_of_folder(part) == work.locale for part in reference.split("/")[:-1])


def _is_of_others(tree: Root, path: str, locale: str) -> bool:
    """Return True for an article that was left out, or is in another locale."""
    if not path.lower().endswith(ARTICLE_SUFFIXES):
        return False
    data = tree.read(path)
    tag = locale_in(data)
    try:
        return b"data-ttu-id" in data or (tag is not None and gettext_name(tag.decode()) != locale)
    except ValueError:
        return True
