"""The time to look for articles grows with the length of their paths."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from l10n.commands.extract import extract
from l10n.commands.merge import merge
from tests.helpers.articles import article
from tests.helpers.deliveries import NAME
from tests.helpers.files import Write
from tests.helpers.steps import steps_of


@pytest.mark.slow
def test_articles_are_looked_for_by_the_end_of_a_path_of_any_length(here: Path, write: Write) -> None:
    """Law 5: the time grows with the path, not with its square."""
    write("elsewhere/articles/a.md", article(("Nei", "No")))
    extract([Path("elsewhere/articles")])
    data = Path(NAME).read_bytes()
    steps = []
    for depth in (5_000, 10_000):
        scope = "a/" * depth + "articles"
        Path(NAME).write_bytes(data.replace(b"elsewhere/articles\\n", scope.encode() + b"\\n"))
        assert scope.encode() in Path(NAME).read_bytes()
        steps.append(steps_of(lambda: merge([Path("locales")], articles=Path("elsewhere"))))
        assert Path("build/nb-NO/a.md").exists()
        shutil.rmtree("build")
    assert steps[1] < 2.5 * steps[0]
