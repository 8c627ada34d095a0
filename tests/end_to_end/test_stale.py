"""Stale articles: told by the English repository, as it is now."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n import Article, L10nError, parse
from l10n.english.english import English
from l10n.english.stale import Stale, stale_articles
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.git import annotated, git

TEXT = "---\ntitle: A\nms.date: 1\n---\n\nText.\n"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main", "docs")
    return tmp_path / "docs"


def commit(docs: Path, write: Write, files: dict[str, str | None]) -> str:
    for name, text in files.items():
        if text is None:
            (docs / name).unlink()
        else:
            write(f"docs/{name}", text)
    git(docs, "add", "-A")
    git(docs, "commit", "-qm", "x", "--allow-empty")
    return git(docs, "rev-parse", "HEAD")


def translated(name: str, text: str, start: str) -> tuple[Article, Path]:
    return parse(annotated(text, start).encode(), f"nb/{name}"), Path("/articles/nb") / name


def stale(articles: list[tuple[Article, Path]], english: Path) -> list[Stale]:
    with English(english) as files:
        return stale_articles(articles, files)


def test_what_has_changed_since_it_was_translated_is_stale(docs: Path, write: Write) -> None:
    first = commit(docs, write, dict.fromkeys(["same.md", "date.md", "text.md", "gone.md", "title.md"], TEXT))
    commit(docs, write, {"date.md": TEXT.replace("ms.date: 1", "ms.date: 2"), "text.md": TEXT + "More.\n"})
    second = commit(docs, write, {"text.md": TEXT, "gone.md": None})
    commit(docs, write, {"text.md": TEXT + "Else.\n", "title.md": TEXT.replace("title: A", "title: B")})
    names = ["same.md", "date.md", "text.md", "gone.md", "title.md"]
    assert stale([translated(name, TEXT, first) for name in names], docs) == [
        Stale("nb/date.md", 1, text_changed=False, is_gone=False),
        Stale("nb/gone.md", 1, text_changed=True, is_gone=True),
        Stale("nb/text.md", 3, text_changed=True, is_gone=False),
        Stale("nb/title.md", 1, text_changed=True, is_gone=False),
    ]
    assert stale([translated("text.md", TEXT, second)], docs) == [
        Stale("nb/text.md", 1, text_changed=True, is_gone=False)
    ]


def test_a_merge_counts_once_and_a_commit_of_its_side_counts_from_there(docs: Path, write: Write) -> None:
    commit(docs, write, {"content/a.md": TEXT})
    git(docs, "checkout", "-q", "-b", "side")
    commit(docs, write, {"content/a.md": TEXT + "1\n"})
    side = commit(docs, write, {"content/a.md": TEXT + "2\n"})
    git(docs, "checkout", "-q", "main")
    commit(docs, write, {"content/b.md": TEXT})
    git(docs, "merge", "-q", "--no-ff", "-m", "merge", "side")
    first = git(docs, "rev-list", "--max-parents=0", "HEAD")
    assert [s.commits for s in stale([translated("a.md", TEXT, first)], docs / "content")] == [1]
    assert stale([translated("a.md", TEXT + "2\n", side)], docs / "content") == []


def test_a_commit_that_is_not_in_the_branch_tells_nothing(docs: Path, write: Write) -> None:
    commit(docs, write, {"a.md": TEXT})
    git(docs, "checkout", "-q", "-b", "other")
    other = commit(docs, write, {"a.md": TEXT + "x\n"})
    git(docs, "checkout", "-q", "main")
    commit(docs, write, {"a.md": TEXT + "y\n"})
    assert stale([translated("a.md", TEXT + "x\n", other)], docs) == []


def test_without_a_repository_nothing_can_be_told(tmp_path: Path, docs: Path) -> None:
    with pytest.raises(ValueError, match="not in a git repository"):
        stale([], tmp_path)
    with pytest.raises(L10nError, match="no-english"):
        stale([], docs)  # it has no commit yet


def test_status_tells_which_articles_are_stale(docs: Path, write: Write, here: Path) -> None:
    first = commit(docs, write, {"a.md": TEXT, "b.md": TEXT, "c.md": TEXT, "d.md": TEXT})
    commit(docs, write, {"a.md": TEXT + "More.\n", "b.md": TEXT.replace("date: 1", "date: 2"), "d.md": None})
    for name in "abcd":
        write(f"articles/{name}.md", annotated(TEXT, first))
    write("articles/e.md", annotated("other", first))
    assert l10n("extract", "articles", cwd=here).code == 0
    done = l10n("status", "--english", "docs", cwd=here)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-4:] == [
        "articles/a.md: stale: 1 commit, its text changed",
        "articles/b.md: stale: 1 commit, its text did not change",
        "articles/d.md: stale: 1 commit, the file is gone",
        "3 of 4 articles are stale (1 has no English file)",
    ]
    found = l10n("status", "--english", "docs", "--json", cwd=here).json
    assert found["english"] == {"proved": 4, "unproved": 0, "mismatched": 0, "missing": ["articles/e.md"]}
    assert found["stale"][1] == {
        "path": "articles/b.md",
        "commits": 1,
        "text_changed": False,
        "is_gone": False,
    }
    assert l10n("status", "--json", cwd=here).json["stale"] == []
    done = l10n("status", "--english", "articles", cwd=here)
    assert done.code == 2
    assert "not in a git repository" in done.err


def test_status_reports_a_repository_that_cannot_be_read(docs: Path, write: Write, here: Path) -> None:
    write("articles/a.md", annotated(TEXT, "0" * 40))
    l10n("extract", "articles", cwd=here)
    done = l10n("status", "--english", "docs", "--json", cwd=here)
    assert (done.code, done.codes) == (1, ["no-english"])


def test_a_po_file_whose_articles_are_unknown_makes_no_empty_locale(here: Path, write: Write) -> None:
    write("articles/a.md", annotated("# Mail\n", "0" * 40))
    l10n("extract", "articles", cwd=here)
    (file,) = (here / "locales").iterdir()
    text = file.read_text()
    file.write_text(text.replace("X-L10n-Articles: articles", "X-L10n-Articles: 'articles"))
    (here / "english").mkdir()
    git(here / "english", "init", "-q")
    git(here / "english", "commit", "-q", "--allow-empty", "-m", "x")
    run = l10n("status", "--english", "english", "--json", cwd=here)
    assert (run.code, run.codes[0], run.json["locales"]) == (1, "bad-po", [])
