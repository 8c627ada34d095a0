"""`l10n preview` from the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from l10n import extract, risk, status
from l10n.commands.preview import preview
from l10n.jobs import run as jobs
from l10n.jobs.run import Workers
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.project import PROJECT


@pytest.fixture
def samples(here: Path) -> Path:
    for name in ("articles", "locales"):
        shutil.copytree(PROJECT / name, here / name)
    return here


def pages(folder: str) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in Path(folder).rglob("*")
        if path.is_file()
    }


def test_a_folder_of_pages(samples: Path) -> None:
    done = l10n("preview", "locales", cwd=samples)
    assert (done.code, done.err) == (0, "")
    assert done.out.split()[:4] == ["articles", "17", "units", "370"]
    assert "files written   20" in done.out
    found = pages("preview")
    assert {"index.html", "report.html", "search.html", "articles/nb-NO/faq.yml.html"} <= found.keys()
    assert l10n("preview", "locales", cwd=samples).out.split()[-5:] == [
        "files",
        "written",
        "0",
        "problems",
        "0",
    ]
    assert pages("preview") == found


def test_the_report_in_json(samples: Path) -> None:
    report = l10n("preview", "locales/ja_JP.po", "--json", cwd=samples).json
    assert report["command"] == "preview"
    assert [page["name"] for page in report["pages"]] == [
        "articles/ja-JP/devices/プリンターの追加.html",
        "articles/ja-JP/mail/out-of-office.html",
    ]
    assert report["pages"][0]["checks"]
    assert l10n("preview", "locales/ja_JP.po", "--json", cwd=samples).json["written"] == []


def test_json_is_not_for_a_server(samples: Path) -> None:
    done = l10n("preview", "locales", "--json", "--serve", cwd=samples)
    assert done.code == 2
    assert "--serve" in done.err


def test_the_pages_are_the_same_for_any_number_of_processes(
    samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SMALL", 0)
    monkeypatch.setattr(jobs, "BATCH", 20_000)
    monkeypatch.setattr(risk, "LEAST", 100)
    for processes in (1, 3):
        report = preview([Path("locales")], Path(f"pages{processes}"), workers=Workers(processes))
        assert report.problems == []
    assert pages("pages1") == pages("pages3")
    articles = status([Path("locales")], by_article=True).articles
    assert articles
    assert {page.label: page.risk for page in report.pages} == {one.path: one.risk for one in articles}
    assert any(one.risk % 1 for one in articles)


def test_settings_of_the_checks_count(samples: Path, write: Write) -> None:
    before = l10n("preview", "locales", "--json", cwd=samples).json["pages"]
    write("l10n.toml", '[check]\nskip = ["number"]\n')
    after = l10n("preview", "locales", "--json", cwd=samples).json["pages"]
    assert any("number" in page["checks"] for page in before)
    assert not any("number" in page["checks"] for page in after)


def test_a_page_outside_of_the_folder_is_not_written(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Hei", "Hello")))
    extract([Path("articles")])
    write("elsewhere/x", "")
    Path("preview").mkdir()
    Path("preview/articles").symlink_to("../elsewhere")
    assert [problem.code for problem in preview([Path("locales")]).problems] == ["outside-folder"]
    assert [path.name for path in Path("elsewhere").iterdir()] == ["x"]


def test_the_risk_is_that_of_status_by_article(samples: Path) -> None:
    status = l10n("status", "locales", "--by", "article", "--json", cwd=samples).json["articles"]
    pages_ = l10n("preview", "locales", "--json", cwd=samples).json["pages"]
    expected = {one["path"]: one["risk"] for one in status}
    assert {page["label"]: page["risk"] for page in pages_} == expected
    assert len(set(expected.values())) > 5
    assert l10n("preview", "locales", "--json", cwd=samples).json["pages"] == pages_


def test_one_review_changes_the_risks_of_all_articles_of_its_locale(samples: Path) -> None:
    l10n("preview", "locales", cwd=samples)
    path = samples / "locales/nb_NO.po"
    path.write_text(path.read_text().replace("#, fuzzy\n", "", 1))
    after = l10n("preview", "locales", "--json", cwd=samples).json["pages"]
    status = l10n("status", "locales", "--by", "article", "--json", cwd=samples).json["articles"]
    assert {page["label"]: page["risk"] for page in after} == {one["path"]: one["risk"] for one in status}
