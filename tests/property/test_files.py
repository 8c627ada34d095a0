"""No path leaves the folders that the user named; no file is ever half written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n import L10nError
from l10n.files import Root


@pytest.fixture
def root(tmp_path: Path) -> Root:
    folder = tmp_path / "inside"
    folder.mkdir()
    (tmp_path / "secret.md").write_text("secret")
    return Root.at(folder)


parts = st.lists(st.sampled_from(["..", ".", "a", "", "link", "~", "…", "/"]), max_size=6)


@given(parts)
def test_whatever_a_reference_says_what_it_locates_is_inside(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "root"
    folder.mkdir(exist_ok=True)
    if not (folder / "link").is_symlink():
        (folder / "link").symlink_to("/")
    root = Root.at(folder)
    try:
        path = root.locate("/".join(names))
    except L10nError:
        return
    assert Path(os.path.realpath(path)).is_relative_to(root.path)
