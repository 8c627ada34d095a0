"""The publisher's articles: what is exported is valid, and comes back without a change."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from l10n import export, extract, import_
from tests.helpers.exchange import missing_packages, tmx_dtd, xliff_schema
from tests.helpers.po_files import tree

SETS = ["alch-ar/annotated", "alch-ja/annotated", "alch-nb/annotated", "alch-srlatn/annotated"]


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_a_round_trip_changes_nothing(corpus: Path, here: Path, name: str) -> None:
    if not (corpus / name).is_dir():
        pytest.skip(f"the corpus has no {name}")
    extract([corpus / name])
    before = tree(here / "locales")
    assert before
    for to, version in (("xliff", "1.2"), ("xliff2", "2.0"), ("tmx", "")):
        report = export([Path("locales")], to)
        assert {problem.code for problem in report.problems} <= {"not-exported"}
        for written in report.written:
            if not missing_packages():
                document = etree.parse(written)
                valid = xliff_schema(version) if version else tmx_dtd()
                valid.assertValid(document)
            if version:
                back = import_([Path(written)])
                assert (back.units, back.written, back.problems) == (report.messages, [], [])
                Path(written).unlink()
    assert tree(here / "locales") == before
