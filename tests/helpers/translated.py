"""The sample articles with their English files."""

from __future__ import annotations

from tests.helpers.markup import SAMPLES
from tests.helpers.project import PROJECT

PAIRS = [
    (path, PROJECT / "tests/english" / path.relative_to(PROJECT / "articles"))
    for path in SAMPLES
    if path.is_relative_to(PROJECT / "articles")
]
