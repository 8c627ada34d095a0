"""Which PO files a run is about: those that the user named, and those in the folders named."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from l10n.files import find, unlisted
from l10n.printable import printable
from l10n.problems import Problem


def po_files(inputs: Iterable[Path], problems: list[Problem]) -> list[Path]:
    """The PO files in `inputs` (files and folders), each once, those of a folder in order.

    A file is taken whatever its suffix. Folders that hold none (`no-catalogues`) or cannot
    be listed (`cannot-read`) are added to `problems`, and so is what is not there at all.
    """
    files: dict[str, Path] = {}
    for path in inputs:
        if path.is_dir():
            found = sorted(find(path, lambda error: problems.append(unlisted(error)), (".po",)))
        else:
            found = [path] if os.path.lexists(path) else []
        if not found:
            message = "there are no PO files here; l10n extract makes them"
            problems.append(Problem(printable(path.as_posix()), 1, 1, "no-catalogues", message))
        for file in found:
            files.setdefault(os.path.realpath(file), file)
    return list(files.values())
