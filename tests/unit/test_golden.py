"""Every construct and every kind of damage: what is read of it, and what each form gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from l10n import parse
from tests.helpers.golden_files import GOLDEN, lines

CASES = sorted(path for path in GOLDEN.iterdir() if path.suffix in (".md", ".yml"))


def test_there_are_golden_files() -> None:
    assert len(CASES) >= 30


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_golden(path: Path, request: pytest.FixtureRequest) -> None:
    data = path.read_bytes()
    article = parse(data, path.name)
    assert article.render() == data
    seen = {
        "locale": article.metadata.contentlocale,
        "type": article.metadata.translationtype,
        "units": [
            f"{unit.line}: {unit.kind} {unit.id}: {unit.source!r} -> {unit.target!r}"
            for unit in article.units
        ],
        "problems": [str(problem) for problem in article.problems],
        "localized": lines(article.render("localized")),
        "source": lines(article.render("source")),
    }
    expected = path.with_suffix(path.suffix + ".json")
    if request.config.getoption("--update-golden"):
        expected.write_text(json.dumps(seen, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert seen == json.loads(expected.read_text(encoding="utf-8"))
