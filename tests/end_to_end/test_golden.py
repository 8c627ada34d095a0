"""Golden files of articles whose English file is in a git repository."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from l10n import Article, parse, refusal, verify
from l10n.english.english import English
from l10n.english.plain_units import with_sources
from tests.helpers.git import git
from tests.helpers.golden_files import GOLDEN, lines

ENGLISH = sorted(GOLDEN.glob("english/*.english.md"))


@pytest.mark.parametrize("english", ENGLISH, ids=lambda path: path.name)
def test_golden_with_english(english: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The English file stands in a small git repository, at the commit that the article names."""
    path = english.with_name(english.name.replace(".english", ""))
    (tmp_path / "docs").mkdir()
    shutil.copy(english, tmp_path / "docs" / path.name)
    git(tmp_path, "init", "-q")
    git(tmp_path, "-c", "core.autocrlf=false", "add", ".")
    git(tmp_path, "commit", "-qm", "x")
    data = path.read_bytes().replace(b"0" * 40, git(tmp_path, "rev-parse", "HEAD").encode())
    (tmp_path / "docs" / path.name).unlink()
    article = parse(data, path.name)
    with English(tmp_path) as files:
        article = with_sources(article, files.of(article, Path("/articles/nb-NO/docs", path.name)))
    assert article.render() == data
    assert article.render("source") == english.read_bytes()
    seen = {
        "units": [
            f"{unit.line}: {unit.kind} {unit.id}: {unit.source!r} -> {unit.target!r}"
            for unit in article.units
            if unit.is_bare
        ],
        "unsourced": article.unsourced,
        "edited": lines(_edited(article)),
        "localized": lines(re.sub(rb"[0-9a-f]{40}", b"HASH", article.render("localized"))),
    }
    expected = path.with_suffix(".md.json")
    if request.config.getoption("--update-golden"):
        expected.write_text(json.dumps(seen, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert seen == json.loads(expected.read_text(encoding="utf-8"))


def _edited(article: Article) -> bytes:
    """The article with every translated string marked, as a reviewer might."""
    targets = [f"«{unit.target}: #1»" if unit.is_bare else unit.target for unit in article.units]
    assert [refusal(article, unit, target) for unit, target in zip(article.units, targets, strict=True)] == [
        None
    ] * len(targets)
    data = article.render(targets=targets)
    verify(article, data, targets)
    return re.sub(rb"[0-9a-f]{40}", b"HASH", data)
