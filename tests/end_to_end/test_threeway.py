"""gettext accepts the merge of any three versions."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from l10n import po
from l10n.catalogue import (
    Catalogue,
)
from l10n.catalogue.threeway import three_way
from tests.helpers.versions import versions


@pytest.mark.skipif(shutil.which("msgcat") is None, reason="gettext's tools are not installed")
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(versions())
def test_gettext_accepts_the_result_and_leaves_it_byte_for_byte_as_it_is(
    tmp_path: Path, three: tuple[Catalogue, Catalogue, Catalogue]
) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(po.write(three_way(*three).catalogue))
    copy = subprocess.run(["msgcat", "--force-po", "--no-wrap", path], capture_output=True, check=True)
    assert copy.stdout == path.read_bytes()
    subprocess.run(["msgfmt", "-c", "-o", tmp_path / "x.mo", path], capture_output=True, check=True)
