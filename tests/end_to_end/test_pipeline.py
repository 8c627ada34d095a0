"""References without line numbers, and gettext itself."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import extract, merge
from l10n.catalogue.header import AddLocation
from tests.helpers.po_files import deliver, edit


@pytest.mark.parametrize("mode", ["file", "never"])
def test_without_line_numbers_moved_lines_change_nothing(here: Path, mode: AddLocation) -> None:
    po_file = here / "locales/nb_NO.po"
    pairs = [("Nei", "No"), ("Ja", "Yes"), ("Antall", "Number")]
    for name in ("a.md", "b.md"):
        deliver(pairs, name)
    extract([Path("articles")], add_location=mode)
    text = po_file.read_text()
    assert ("#: articles/a.md articles/b.md\n" in text, "#:" in text) == (mode == "file", mode == "file")
    if shutil.which("msgcat"):
        copy = subprocess.run(["msgcat", "--force-po", "--no-wrap", po_file], capture_output=True, check=True)
        assert copy.stdout == po_file.read_bytes()
    edit(po_file, lambda m: replace(m, fuzzy=False, translation=m.translation + "!"))
    Path("articles/a.md").write_text(Path("articles/a.md").read_text().replace("---\n\n", "---\n\n\n\n"))
    assert extract([Path("articles")]).written == []
    assert merge([Path("locales")]).changed == 6
    deliver(pairs[:2], "a.md")
    assert extract([Path("articles/a.md")]).changes["obsolete"].messages == 0  # b.md has it still
    deliver(pairs[:2], "b.md")
    assert extract([Path("articles")]).changes["obsolete"].messages == 1
    extract([Path("articles")], add_location="full")
    assert "#: articles/a.md:8 articles/b.md:8\n" in po_file.read_text()
