"""No reference leads out of the folder that the user named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n import L10nError
from l10n.files import Root

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
