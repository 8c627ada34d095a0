"""A version that is too large for the merge driver."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n import L10nError
from l10n.commands import merge_driver as driver
from l10n.commands.merge_driver import merge_driver


def test_a_version_that_is_too_large_is_told_and_ours_stays(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("base", "ours", "theirs"):
        Path(name).write_bytes(b"x" * (101 if name == "theirs" else 10))
    monkeypatch.setattr(driver, "PO_BYTES", 100)
    with pytest.raises(L10nError, match="too-large"):
        merge_driver(Path("base"), Path("ours"), Path("theirs"), "x.po")
    assert Path("ours").read_bytes() == b"x" * 10
