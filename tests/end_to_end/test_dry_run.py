"""What a run would write, and merges of some articles only."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n import extract, merge
from l10n.jobs.rebuild_article import Wanted
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write

PO = Path("locales/nb_NO.po")
WAIT, BYE = ("Vent 15 minutter.", "Wait 15 minutes."), ("Ha det", "Bye")


def files(folder: Path) -> dict[Path, tuple[bytes, int]]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


@pytest.fixture
def articles(here: Path, write: Write) -> Path:
    write("articles/a.md", article(WAIT, BYE))
    write("articles/b.md", article(BYE, prefix="c"))
    return here


def review(source: str, translation: str) -> None:
    """Approve a translation of a source."""
    head, _, rest = PO.read_text().partition(f'msgid "{source}"')
    head = head[: head.rindex("#, fuzzy\n")] + head[head.rindex("#, fuzzy\n") + len("#, fuzzy\n") :]
    _, _, rest = rest.partition('msgstr "')
    PO.write_text(f'{head}msgid "{source}"\nmsgstr "{translation}"{rest[rest.index(chr(10)) :]}')


def test_extract_check_only_writes_nothing_and_says_so(articles: Path) -> None:
    before = files(articles)
    run = l10n("extract", "articles", "--check-only", cwd=articles)
    assert run.code == 1
    assert "files to write  1" in run.out
    assert files(articles) == before
    l10n("extract", "articles", cwd=articles)
    before = files(articles)
    run = l10n("extract", "articles", "--check-only", "--json", cwd=articles)
    assert (run.code, run.json["written"], run.json["is_dry"]) == (0, [], True)
    run = l10n("extract", "articles", "--check-only", "--split", "article", "--json", cwd=articles)
    assert (run.code, len(run.json["written"]), len(run.json["removed"])) == (1, 2, 1)
    assert files(articles) == before


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("options", [[], ["--in-place"]])
def test_merge_dry_run_writes_nothing_and_says_so(articles: Path, options: list[str], jobs: str) -> None:
    extract([Path("articles")])
    review("Wait 15 minutes.", "Vent i 15 minutter.")
    before = files(articles)
    run = l10n("merge", "locales", "--dry-run", "--json", "-j", jobs, *options, cwd=articles)
    assert run.code == 1
    assert files(articles) == before
    written = l10n("merge", "locales", "--json", *options, cwd=articles).json["written"]
    assert run.json["written"] == written
    assert written
    again = l10n("merge", "locales", "--dry-run", "--json", *options, cwd=articles)
    assert (again.code, again.json["written"]) == (0, [])


def test_merge_dry_run_removes_nothing(articles: Path) -> None:
    extract([Path("articles")])
    merge([Path("locales")])
    (articles / "articles/b.md").unlink()
    before = files(articles)
    run = l10n("merge", "locales", "--clean", "--dry-run", cwd=articles)
    assert (run.code, "files to remove" in run.out) == (1, True)
    assert files(articles) == before


def test_changed_only_writes_articles_with_another_target(articles: Path) -> None:
    extract([Path("articles")])
    review("Wait 15 minutes.", "Vent i 15 minutter.")
    report = merge([Path("locales")], wanted=Wanted(changed_only=True))
    assert [Path(path).name for path in report.written] == ["a.md"]
    assert report.articles == 2


@pytest.mark.parametrize(("percent", "names"), [(0, ["a.md", "b.md"]), (50, ["a.md"]), (51, []), (100, [])])
def test_at_least_writes_articles_that_are_reviewed_so_far(
    articles: Path, percent: int, names: list[str]
) -> None:
    extract([Path("articles")])
    review("Wait 15 minutes.", "Vent i 15 minutter.")
    report = merge([Path("locales")], wanted=Wanted(at_least=percent))
    assert [Path(path).name for path in report.written] == names
    assert report.held_back == 2 - len(names)


def test_an_article_that_is_held_back_is_not_left_over(articles: Path) -> None:
    extract([Path("articles")])
    merge([Path("locales")])
    report = merge([Path("locales")], wanted=Wanted(at_least=100, clean=True))
    assert (report.removed, report.problems, report.held_back) == ([], [], 2)
