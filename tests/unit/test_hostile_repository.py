"""A repository that makes git run programs, fetch, hang or take all memory: nothing of it does.

"git does not read the repository's configuration at all" (l10n/english/git.py).
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from l10n.english import git as reading
from l10n.english.repository import GitError, Repository


def test_git_is_not_taken_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("project", "bin"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "git").write_text("#!/bin/sh\n")
        (tmp_path / folder / "git").chmod(stat.S_IRWXU)
    monkeypatch.chdir(tmp_path / "project")
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", "../project", str(tmp_path / "bin")]))
    assert reading.find_program("git") == str(tmp_path / "bin/git")
    monkeypatch.setenv("PATH", os.pathsep.join(["", "."]))
    assert reading.find_program("git") is None
    with pytest.raises(GitError, match="not installed"):
        reading.start(Repository(tmp_path, tmp_path), "version")
