"""The articles that the benchmarks make, extracted by the command."""

from __future__ import annotations

from pathlib import Path

from benchmarks import synthetic
from tests.helpers.command import l10n


def test_made_articles_prove_their_english(here: Path) -> None:
    synthetic.write(here, 5, 10)
    report = l10n("extract", "annotated", "--english", "english", "--json", cwd=here)
    assert report.code == 0
    assert report.json["english"]["proved"] == 5
