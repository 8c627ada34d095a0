"""The laws over mutated articles and PO files; `python -m benchmarks.fuzz` tries many more."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.mutated import article_files, check_article, check_po, delivery_of, po_files, translations
from tests.helpers.project import PROJECT

pytestmark = pytest.mark.slow

DELIVERY = delivery_of(PROJECT / "articles/nb-NO/devices/delete-a-device.md")


@settings(max_examples=400)
@given(article_files(), st.sampled_from(["a.md", "a.yml"]), translations, st.integers(0, 1000))
def test_a_mutated_article_keeps_the_laws(data: bytes, name: str, translation: str, number: int) -> None:
    check_article(data, name, translation, number)


@settings(max_examples=400)
@given(po_files())
def test_a_mutated_po_file_keeps_the_laws(data: bytes) -> None:
    check_po(data, DELIVERY)
