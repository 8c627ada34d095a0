"""Unchanged means unread: what an earlier run found is used again, and deleting it changes no output."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from l10n import extract
from l10n.cache import CacheFolder
from l10n.commands.check import check
from l10n.report import ExtractReport
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write

NAME = "locales/nb_NO.po"
SENTENCE = "A sentence that is long enough for the folder to be worth a cache. " * 60
ARTICLES = 40


@pytest.fixture
def articles(here: Path, write: Write) -> Path:
    """A folder of articles that is large enough for a cache, and is old enough to be known by its times."""
    for number in range(ARTICLES):
        text = article(
            (f"Vent {number} minutter. {SENTENCE}", f"Wait {number} minutes. {SENTENCE}"), ("Ha", "Bye")
        )
        make_old(write(f"articles/{number:02}.md", text))
    return here / "articles"


def make_old(path: Path) -> Path:
    os.utime(path, (1_600_000_000, 1_600_000_000))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> CacheFolder:
    return CacheFolder(tmp_path / "kept")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The articles that are parsed by extract and check from here on."""
    from l10n.article import parse

    found: list[str] = []

    def noted(data: bytes, path: str) -> object:
        found.append(path)
        return parse(data, path)

    monkeypatch.setattr("l10n.jobs.read_article.parse", noted)
    monkeypatch.setattr("l10n.jobs.check_article.parse", noted)
    return found


def run(cache: CacheFolder | None, **options: object) -> ExtractReport:
    return extract([Path("articles")], cache=cache, **options)  # type: ignore[arg-type]


def test_unchanged_means_unread(articles: Path, folder: CacheFolder, parsed: list[str]) -> None:
    run(folder)
    assert len(parsed) == ARTICLES
    parsed.clear()
    assert run(folder) == run(None)
    assert len(parsed) == ARTICLES  # those of the run without a cache


def test_an_unchanged_po_file_is_not_parsed(
    articles: Path, folder: CacheFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder)
    expected = run(None)
    monkeypatch.setattr("l10n.po.po_file.read", None)
    assert run(folder) == expected


def test_only_what_changed_is_read_again(articles: Path, folder: CacheFolder, parsed: list[str]) -> None:
    run(folder)
    parsed.clear()
    changed = articles / "07.md"
    changed.write_bytes(changed.read_bytes().replace(b"Vent", b"Venter"))
    run(folder)
    assert parsed == ["articles/07.md"]
    assert "Venter 7 minutter" in Path(NAME).read_text()


def test_the_same_bytes_with_another_time_are_not_parsed(
    articles: Path, folder: CacheFolder, parsed: list[str]
) -> None:
    run(folder)
    parsed.clear()
    os.utime(articles / "07.md", (1_500_000_000, 1_500_000_000))
    run(folder)
    assert not parsed


def test_other_bytes_of_the_same_size_and_time_are_read(
    articles: Path, folder: CacheFolder, parsed: list[str]
) -> None:
    run(folder)
    parsed.clear()
    changed = articles / "07.md"
    changed.write_bytes(changed.read_bytes().replace(b"Vent", b"Snar"))
    make_old(changed)
    run(folder)
    assert parsed == ["articles/07.md"]


def test_a_review_saved_between_two_runs_is_seen(articles: Path, folder: CacheFolder) -> None:
    run(folder)
    run(folder)
    po_file = Path(NAME)
    po_file.write_text(po_file.read_text().replace("#, fuzzy\n", "", 1))
    assert run(folder).reviewed == run(None).reviewed == 1


def test_a_deleted_article_is_noticed(articles: Path, folder: CacheFolder) -> None:
    run(folder)
    run(folder)
    (articles / "07.md").unlink()
    report = run(folder)
    assert report.articles == ARTICLES - 1
    assert report.changes["removed"].messages == 1
    assert "Vent 7 minutter" not in Path(NAME).read_text()


@pytest.mark.parametrize(
    "options",
    [{"locale": "nn-NO"}, {"add_location": "file"}, {"split": "article"}, {"check": True}, {"order": "risk"}],
    ids=str,
)
def test_options_tell_results_apart(articles: Path, folder: CacheFolder, options: dict[str, object]) -> None:
    run(folder)
    run(folder)
    shutil.copytree("locales", "other/locales")
    report = run(folder, **options)
    made = {path: path.read_bytes() for path in Path("locales").rglob("*.po")}
    shutil.rmtree("locales")
    shutil.copytree("other/locales", "locales")
    assert run(None, **options) == report
    assert {path: path.read_bytes() for path in Path("locales").rglob("*.po")} == made


def test_a_run_in_another_folder_names_its_articles_from_there(
    articles: Path, folder: CacheFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = articles / "07.md"
    broken.write_bytes(broken.read_bytes().replace(b"</span></span>", b"</span>", 1))
    assert {problem.path for problem in run(folder).problems} == {"articles/07.md"}
    monkeypatch.chdir(articles)
    report = extract([Path()], Path("../locales"), cache=folder)
    assert {problem.path for problem in report.problems} == {"07.md"}


def test_check_reads_unchanged_articles_once(articles: Path, folder: CacheFolder, parsed: list[str]) -> None:
    first = check([articles], cache=folder)
    assert first.findings
    parsed.clear()
    assert check([articles], cache=folder) == first
    assert not parsed


def test_check_notices_a_file_that_came(articles: Path, folder: CacheFolder, write: Write) -> None:
    make_old(write("articles/07.md", article(("[a](b.md)" + SENTENCE, "[a](b.md)" + SENTENCE))))
    assert "file-not-found" in {fault.check for fault in check([articles], cache=folder).findings}
    write("articles/b.md", "# b\n")
    assert "file-not-found" not in {fault.check for fault in check([articles], cache=folder).findings}


def test_check_of_messages_runs_on_new_ones_only(
    here: Path, folder: CacheFolder, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = [(f"Nummer {number} av alle.", f"Number {number} of all.") for number in range(600)]
    write("articles/a.md", article(*pairs, ("Vent 51 minutter.", "Wait 15 minutes.")))
    extract([Path("articles")])
    first = check([Path("locales")], cache=folder)
    assert [fault.check for fault in first.findings] == ["number"]
    seen: list[str] = []
    from l10n.checks.runner import CheckRunner

    find = CheckRunner.findings

    def noted(runner: CheckRunner, pair: object) -> object:
        seen.append(pair.source)  # type: ignore[attr-defined]
        return find(runner, pair)  # type: ignore[arg-type]

    monkeypatch.setattr(CheckRunner, "findings", noted)
    assert check([Path("locales")], cache=folder) == first
    assert seen == ["Wait 15 minutes."]


@pytest.mark.parametrize("damage", [b"", b"not a database at all, and longer than its header" * 50])
def test_a_damaged_cache_costs_time_only(articles: Path, folder: CacheFolder, damage: bytes) -> None:
    run(folder)
    expected = run(None)
    (file,) = folder.path.glob("*.db")
    file.write_bytes(damage)
    assert run(folder) == expected
    assert run(folder) == expected
    assert len(list(folder.path.glob("*.db"))) == 1


def test_a_cache_of_another_user_is_not_used(articles: Path, folder: CacheFolder) -> None:
    folder.path.mkdir()
    folder.path.chmod(0o777)
    run(folder)
    assert list(folder.path.iterdir()) == []


def test_a_run_beside_another_one_saves_nothing(articles: Path, folder: CacheFolder) -> None:
    run(folder)
    expected = run(None)
    (file,) = folder.path.glob("*.db")
    (articles / "07.md").write_bytes((articles / "06.md").read_bytes())
    other = sqlite3.connect(file, isolation_level="EXCLUSIVE")
    other.execute("DELETE FROM results")
    try:
        assert run(folder).articles == expected.articles
    finally:
        other.rollback()
        other.close()
    assert run(folder) == run(None)


def test_a_small_folder_has_no_cache(here: Path, folder: CacheFolder, write: Write) -> None:
    write("articles/a.md", article(("Ha", "Bye")))
    run(folder)
    assert not folder.path.exists()


def test_an_interrupted_run_leaves_nothing_wrong(
    articles: Path, folder: CacheFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("l10n.commands.extract._update_locales", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run(folder)
    assert run(folder).changes["new"].messages == ARTICLES + 1


def test_english_files_are_part_of_the_key(here: Path, folder: CacheFolder, write: Write) -> None:
    body = "".join(f"Setning nummer {number} i artikkelen.\n\n" for number in range(2_000))
    for number in range(3):
        head = "---\nms.contentlocale: nb-NO\n---\n"
        make_old(write(f"articles/{number}.md", f"{head}# Artikkel {number}\n\n{body}"))
    english = Path("english")
    english.mkdir()
    options = {"english": english, "english_unproved": True}
    assert run(folder, **options).units == 0
    write("english/0.md", "# Article 0\n\n" + body.replace("Setning nummer", "Sentence number"))
    assert run(folder, **options).units == run(None, **options).units > 0


def test_the_command_keeps_its_cache_in_the_users_folder(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert l10n("extract", "articles", "--no-cache", cwd=tmp_path).code == 0
    assert not (tmp_path / "xdg").exists()
    first = l10n("extract", "articles", "--json", cwd=tmp_path)
    again = l10n("extract", "articles", "--json", cwd=tmp_path)
    assert first == again
    assert [path.suffix for path in (tmp_path / "xdg/l10n").iterdir()] == [".db"]
    assert not list(articles.parent.glob("**/.l10n*"))
