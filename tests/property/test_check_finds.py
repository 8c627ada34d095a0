"""Emphasis is found as an independent reader of CommonMark finds it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from l10n.checks.emphasis import unused_runs
from l10n.checks.tokens import read


@pytest.mark.slow
@given(st.text(alphabet="ab *_「」。(，", max_size=24))
@settings(max_examples=1_500)
def test_emphasis_opens_and_closes_as_commonmark_says(text: str) -> None:
    """The marks that show are those that another reader of CommonMark shows."""
    text = re.sub(r"\s+", " ", text).strip()
    if not text or re.match(r"[*_ ]*\Z|[*] |_+\Z", text):
        return
    shown = MarkdownIt("commonmark").renderInline(text)
    for mark in "*_":
        count = sum(run.length for run in unused_runs(read(text)) if run.mark == mark)
        assert count == shown.count(mark), text
