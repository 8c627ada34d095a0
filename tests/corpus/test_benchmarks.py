"""The benchmarks run, and count right. None of these tests has a verdict on time."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import peers, synthetic, tools


@pytest.mark.skipif(
    "CI" not in os.environ and shutil.which("msgmerge") is None, reason="needs Debian's gettext"
)
def test_the_command_measures_a_small_set_from_end_to_end(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The peers from PyPI are not installed here: a test needs no network and no second set of pins.
    # Their environments are there and empty, so they fail, and their rows say so; how a row with
    # figures looks is tested above. po4a may be there or not.
    for name in tools.PACKAGES:
        (here / "environments" / name).mkdir(parents=True)
        (here / "environments" / name / "installed").touch()
    monkeypatch.delitem(tools.DEBIAN, "po4a")
    synthetic.write(here / "corpus", 3, 5, seed=1)
    sizes = "--articles 4 --base 2 --scale 1 2 --large 40 --rounds 1"
    peers.main([*f"{sizes} --environments environments --out out".split(), "corpus"])
    assert "- Articles that come back byte for byte, of 4: l10n 4" in capsys.readouterr().out
    text = (here / "out/benchmarks.md").read_text("utf-8")
    assert re.search(r"^\| l10n \S+ .*\| 4 of 4 \| 4 of 4 \| 0 of \d+ \|$", text, re.MULTILINE)
    assert "corpus: 3 articles" in text
    assert re.search(r"^\| mdpo  \| failed: ", text, re.MULTILINE)
    assert "40 units in 4 articles" in text
    assert re.search(
        r"^\| l10n extract, sources edited \| [\d.]+ \| \d+ \| msgmerge --previous \| ", text, re.MULTILINE
    )
    assert "One article of 40 units" in text
    assert re.search(r"^\| l10n check one.md \| 0\.\d+ \|$", text, re.MULTILINE)
    assert str(here) not in text
    ElementTree.fromstring((here / "out/benchmarks.svg").read_bytes())
