"""Settings are searched upwards, and give the options that the command line leaves out."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from l10n.commands.check import names
from l10n.settings import EXTRACT_OPTIONS, Settings, read_settings
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.project import PROJECT

PAIR = ("Vent 51 minutter.", "Wait 15 minutes.")
PROJECT_SETTINGS = """\
articles = "docs"
locales = "po"
output = "out"

[extract]
check = true
order = "risk"
add-location = "file"

[check]
exclude = ["docs/old/"]
"""


@pytest.fixture
def project(here: Path, write: Write) -> Path:
    """A project with settings, and an article two folders below."""
    write("project/l10n.toml", PROJECT_SETTINGS)
    write("project/docs/nb/a.md", article(PAIR))
    write("project/docs/old/b.md", article(PAIR))
    return here / "project"


@pytest.mark.parametrize("folder", [".", "docs", "docs/nb"])
def test_each_command_alone_works_in_a_project(project: Path, folder: str) -> None:
    cwd = project / folder
    assert l10n("extract", "--json", cwd=cwd).json["articles"] == 2
    text = (project / "po/nb_NO.po").read_text()
    assert "check number (error): " in text
    assert "#: docs/nb/a.md docs/old/b.md" in text
    assert l10n("status", "--json", cwd=cwd).json["total"]["messages"] == 1
    found = l10n("check", "--json", cwd=cwd).json
    assert (found["files"], found["excluded"]) == (1, 1)
    assert l10n("merge", "--json", cwd=cwd).json["articles"] == 2
    assert len(list((project / "out").rglob("*.md"))) == 2
    assert l10n("export", "--to", "tsv", "-o", "x.tsv", "--json", cwd=cwd).json["messages"] == 1


def test_the_command_line_wins(project: Path) -> None:
    l10n("extract", "docs/nb", "-o", "mine", "--no-check", "--add-location", "full", cwd=project)
    assert not (project / "po").exists()
    text = (project / "mine/nb_NO.po").read_text()
    assert "check number" not in text
    assert "#: docs/nb/a.md:" in text


def test_merge_in_place_needs_no_output_of_the_settings(project: Path) -> None:
    l10n("extract", cwd=project)
    assert l10n("merge", "--in-place", cwd=project).code == 0
    assert not (project / "out").exists()


def test_a_list_of_files_replaces_the_articles_of_the_settings(project: Path) -> None:
    (project / "list.txt").write_text("docs/nb/a.md\n")
    assert l10n("extract", "--files-from", "list.txt", "--json", cwd=project).json["articles"] == 1


def test_the_nearest_settings_count(project: Path, write: Write) -> None:
    write("project/docs/nb/pyproject.toml", '[tool.l10n]\nlocales = "here"\n')
    l10n("extract", "a.md", cwd=project / "docs/nb")
    assert (project / "docs/nb/here/nb_NO.po").exists()


def test_a_project_of_python_without_a_table_does_not_end_the_search(project: Path, write: Write) -> None:
    write("project/docs/nb/pyproject.toml", '[project]\nname = "x"\n')
    assert l10n("extract", "--json", cwd=project / "docs/nb").json["articles"] == 2


def test_the_search_ends_at_the_top_of_a_repository(project: Path) -> None:
    (project / "docs/.git").mkdir()
    run = l10n("extract", cwd=project / "docs/nb")
    assert (run.code, "there are no ARTICLES" in run.err) == (2, True)


def test_settings_in_a_folder_where_everybody_may_write_are_not_used(project: Path) -> None:
    project.chmod(0o777)
    assert l10n("extract", cwd=project / "docs").code == 2
    assert l10n("extract", cwd=project).code == 0, "the current folder is the user's choice"


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ('locales = "../outside"', "leads out of the folder of the settings"),
        ('output = "/tmp"', "leads out of the folder of the settings"),
        ('article = "docs"', "did you mean 'articles'?"),
        ('split = "folder"', "there is no setting 'split' here: write it below [extract]"),
        ('glossary = "a.csv"', "there is no setting 'glossary' here: write it below [check]"),
        ("exclude = 1", "exclude is not a list of patterns"),
        ('exclude = ["../a"]', "names no file below this folder"),
        ("articles = 1", "articles is not a path or a list of them"),
        ("[extract]\ncheck = 1", "check is not true or false"),
        ("[extract]\nchek = true", "did you mean 'check'?"),
        ('extract = "x"', "extract is not a table; write [extract]"),
        ('[check]\nskip = ["numbr"]', "there is no check 'numbr'; did you mean 'number'?"),
        ('[check]\nfail_on = "error"', "did you mean 'fail-on'?"),
    ],
)
def test_a_setting_that_cannot_be_used_is_reported_with_advice(
    here: Path, write: Write, text: str, advice: str
) -> None:
    write("l10n.toml", text + "\n")
    write("articles/a.md", article(PAIR))
    run = l10n("check", "articles", "--json", "--only", "number", cwd=here)
    assert run.codes == ["bad-settings"]
    assert advice in run.json["problems"][0]["message"]
    assert not list(here.parent.glob("outside*"))


def test_settings_with_a_byte_order_mark_are_read(here: Path, write: Write) -> None:
    write("articles/a.md", article(PAIR))
    write("l10n.toml", '\ufeffarticles = "articles"\r\n')
    assert l10n("extract", cwd=here).code == 0


@pytest.mark.parametrize("text", ["articles = [", 'article = "articles"', "\udcff"])
def test_what_is_wrong_with_the_settings_is_said_before_wrong_usage(here: Path, text: str) -> None:
    (here / "l10n.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    for command in ("extract", "check", "merge"):
        run = l10n(command, cwd=here)
        first, *rest = run.err.splitlines()
        assert (run.code, first.startswith("l10n.toml:1:1: bad-settings: ")) == (2, True), run.err
        assert any(line.startswith("Error: ") for line in rest)


def test_a_value_that_extract_does_not_know_is_wrong_usage(here: Path, write: Write) -> None:
    write("l10n.toml", '[extract]\norder = "chance"\n')
    write("articles/a.md", article(PAIR))
    run = l10n("extract", "articles", cwd=here)
    assert (run.code, "chance" in run.err) == (2, True)


def test_a_baseline_holds_from_every_folder(project: Path, write: Write) -> None:
    write("project/l10n.toml", 'articles = "docs"\n[check]\nbaseline = "known.json"\n')
    assert l10n("check", "--write-baseline", cwd=project).code == 0
    assert l10n("check", "--json", cwd=project / "docs/nb").json["findings"] == []
    assert l10n("check", "a.md", "--json", cwd=project / "docs/nb").json["known"] == 1


def test_the_page_about_settings_has_all_of_them_and_each_can_be_used(here: Path) -> None:
    page = (PROJECT / "docs/settings.md").read_text("utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    (here / "l10n.toml").write_text(example.replace("../docs.git", "articles"))
    (here / "articles").mkdir()
    settings = read_settings(here, names())
    assert settings.problems == []
    assert set(settings.extract) == set(EXTRACT_OPTIONS)
    empty = Settings()
    unset = {one.name for one in fields(Settings) if getattr(settings, one.name) == getattr(empty, one.name)}
    assert unset == {"rules", "problems"}
