"""Which paths are the same file.

Law 2: a file that is an article is overwritten by nothing else, whatever name it is written to.
"""

from __future__ import annotations

import os
from pathlib import Path

Identity = tuple[int, int] | str


def identities(path: str | Path) -> set[Identity]:
    """Return the identities of a file: two paths with a common identity are the same file.

    Symbolic links are resolved; hard links and names in another case are the same file, too, where the system
    says so.
    """
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return {str(path)}
    # Some network drives have no file numbers. The path covers a file that is replaced during the run.
    return {str(path), (status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(path)}
