"""gettext's own tools read and write the PO files of any catalogue alike."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from l10n import po
from l10n.catalogue import Catalogue
from tests.helpers.catalogues import catalogues

needs_gettext = pytest.mark.skipif(shutil.which("msgcat") is None, reason="gettext's tools are not installed")


@needs_gettext
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(catalogues())
def test_gettext_accepts_every_file_and_leaves_it_byte_for_byte_as_it_is(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(po.write(catalogue))
    copy = subprocess.run(["msgcat", "--force-po", "--no-wrap", path], capture_output=True, check=True)
    assert copy.stdout == path.read_bytes()
    subprocess.run(["msgfmt", "-c", "-o", tmp_path / "x.mo", path], capture_output=True, check=True)


@needs_gettext
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(catalogues())
def test_a_file_that_gettext_wrapped_says_the_same(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(po.write(catalogue))
    indented = subprocess.run(["msgcat", "--force-po", "-i", path], capture_output=True, check=True).stdout
    assert po.read(indented, "x.po").messages == catalogue.messages
    wrapped = subprocess.run(["msgcat", "--force-po", path], capture_output=True, check=True).stdout
    assert po.read(wrapped, "x.po").messages == catalogue.messages
    assert po.read(wrapped.replace(b"\n", b"\r\n"), "x.po").messages == catalogue.messages
