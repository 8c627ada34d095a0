"""The folder that merge writes to: the trees of the publisher, and the list of what is in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n.article import Form
from l10n.files import Root
from l10n.jobs.rebuild_article import Rebuilt, Wanted
from l10n.leftover import find_left_over, report_or_remove
from l10n.manifest import NAME, WrittenFile, read_manifest, write_manifest
from l10n.problems import isolated
from l10n.report import MergeReport
from l10n.rest import copy_rest
from l10n.work import Work


@dataclass(frozen=True, slots=True)
class OutputTree:
    """The output of a merge."""

    root: Root
    form: Form
    manifest: dict[str, WrittenFile]
    """What earlier merges wrote, and in the end also this one."""
    before: Mapping[str, WrittenFile]
    """What earlier merges wrote."""

    @classmethod
    def at(cls, folder: Path, form: Form, *, is_dry: bool) -> OutputTree:
        """Return the output in a folder that the user named, for articles in `form`."""
        root = Root.at(folder, is_dry=is_dry)
        found = read_manifest(root)
        return cls(root, form, dict(found), found)

    def complete(
        self, works: Sequence[Work], rebuilt: Sequence[Rebuilt], wanted: Wanted, report: MergeReport
    ) -> None:
        """Copy the other files, report or remove what is left over, and list what is there."""
        made = self._listed(works, rebuilt)
        if wanted.rest:
            copy_rest(works, made, self.root, self.manifest, report)
        current = {name for names in made for name in names.values()}
        left_over = find_left_over(works, self.root, self.manifest, current)
        report_or_remove(self.root, left_over, self.manifest, report, clean=wanted.clean)
        with isolated(self.root.label(NAME), report.problems):
            present = {name: file for name, file in self.manifest.items() if not self.root.is_gone(name)}
            write_manifest(self.root, self.before, present, current)

    def _listed(self, works: Sequence[Work], rebuilt: Sequence[Rebuilt]) -> list[dict[str, str]]:
        """List what was written; return for each PO file the files of its articles, by their references."""
        made: list[dict[str, str]] = [{} for _ in works]
        for one in rebuilt:
            if one.name is not None:
                made[one.task.work][one.task.reference] = one.name
                if one.digest:
                    source = works[one.task.work].path_of(one.task.reference)
                    self.manifest[one.name] = WrittenFile(source, self.form, one.digest)
        return made
