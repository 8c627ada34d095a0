"""The tree that merge writes is the publisher's: its paths, the other files, and what is removed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from l10n import extract, merge
from l10n.files import Root
from l10n.jobs.rebuild_article import Wanted
from l10n.manifest import JOURNAL, NAME, WrittenFile, digest, note
from l10n.work import path_below
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.deliveries import leftovers
from tests.helpers.files import Write
from tests.helpers.po_files import tree

PAIR = ("Nei", "No")
BUILD = Path("build")
MANIFEST = BUILD / NAME


@pytest.mark.parametrize(
    ("folder", "locale", "reference", "expected"),
    [
        ("articles", "nb_NO", "articles/nb-NO/mail/a.md", "mail/a.md"),
        ("articles", "nb_NO", "articles/nb-no/a.md", "a.md"),
        ("articles", "nb_NO", "articles/mail/nb_NO/a.md", "mail/a.md"),
        ("articles", "nb_NO", "articles/nb-NO/nb-NO/a.md", "nb-NO/a.md"),
        ("articles", "nb_NO", "articles/mail/a.md", "mail/a.md"),
        ("articles", "nb_NO", "articles/nb-NO.md", "nb-NO.md"),
        ("articles", "nb_NO", "articles/ar-SA/a.md", "ar-SA/a.md"),
        ("articles/nb-NO", "nb_NO", "articles/nb-NO/mail/a.md", "mail/a.md"),
        (".", "nb_NO", "nb-NO/mail/a.md", "mail/a.md"),
        (".", "sr_RS@latin", "docs/sr-Latn-RS/a.md", "docs/a.md"),
        ("other", "nb_NO", "articles/a.md", "articles/a.md"),
    ],
)
def test_an_article_goes_to_the_path_below_its_folder_without_the_locale(
    folder: str, locale: str, reference: str, expected: str
) -> None:
    assert path_below(folder, locale, reference) == expected


@pytest.fixture
def delivery(here: Path, write: Write) -> Path:
    """Articles of two locales, with the other files of a publisher's tree."""
    write("articles/nb-NO/mail/a.md", article(PAIR))
    write("articles/nb-NO/b.md", article(("Ja", "Yes")))
    write("articles/nb-NO/mail/media/p.png", "picture")
    write("articles/nb-NO/toc.yml", "- name: Post\n")
    write("articles/nb-NO/README.md", "# Read me\n")
    write("articles/ar-SA/mail/a.md", article(("لا", "No"), locale="ar-SA"))
    write("articles/ar-SA/mail/media/p.png", "another")
    write("articles/.git/config", "")
    return here


def built() -> dict[str, bytes]:
    found = tree(BUILD)
    found.pop(NAME, None)
    return found


@pytest.mark.parametrize("split", ["none", "folder", "article", "words:1"])
def test_the_tree_is_the_publishers_whatever_the_split_and_the_part(delivery: Path, split: str) -> None:
    extract([Path("articles")], split=split)  # type: ignore[arg-type]
    assert merge([Path("locales")]).problems == []
    whole = built()
    assert sorted(whole) == ["ar-SA/mail/a.md", "nb-NO/b.md", "nb-NO/mail/a.md"]
    for path in sorted(Path("locales").rglob("*.po")):
        shutil.rmtree(BUILD)
        assert merge([path]).problems == []
        assert built().items() <= whole.items()
    shutil.rmtree(BUILD)
    assert merge([Path("locales")], articles=Path("articles")).problems == []
    assert built() == whole
    before = tree(Path("locales"))
    extract([Path("articles/nb-NO/mail")], split=split)  # type: ignore[arg-type]
    assert tree(Path("locales")) == before


def test_two_articles_that_differ_in_the_folder_of_the_locale_alone_are_reported(
    delivery: Path, write: Write
) -> None:
    write("articles/b.md", article(("Joda", "Yes, really")))
    extract([Path("articles")])
    report = merge([Path("locales/nb_NO.po")])
    (problem,) = report.problems
    assert (problem.path, problem.code) == ("articles/nb-NO/b.md", "claimed-twice")
    assert "articles/b.md makes the same file" in problem.message
    assert "Joda" in Path("build/nb-NO/b.md").read_text()


def test_the_other_files_are_copied_on_request(delivery: Path) -> None:
    extract([Path("articles")])
    report = merge([Path("locales")], wanted=Wanted(rest=True))
    copied = ["ar-SA/mail/media/p.png", "nb-NO/README.md", "nb-NO/mail/media/p.png", "nb-NO/toc.yml"]
    assert (report.problems, report.copied) == ([], 4)
    assert set(report.written) > {f"build/{name}" for name in copied}
    assert sorted(built()) == sorted([*copied, "ar-SA/mail/a.md", "nb-NO/b.md", "nb-NO/mail/a.md"])
    assert Path("build/nb-NO/mail/media/p.png").read_text() == "picture"
    again = merge([Path("locales")], wanted=Wanted(rest=True))
    assert (again.problems, again.copied, again.written) == ([], 0, [])
    Path("articles/nb-NO/toc.yml").write_text("- name: Epost\n")
    assert merge([Path("locales")], wanted=Wanted(rest=True)).written == ["build/nb-NO/toc.yml"]
    assert leftovers(delivery) == []


def test_a_copy_overwrites_only_what_merge_wrote(delivery: Path, write: Write) -> None:
    extract([Path("articles")])
    mine = write("build/nb-NO/toc.yml", "mine")
    merge([Path("locales")], wanted=Wanted(rest=True))
    changed = write("build/nb-NO/README.md", "changed by a person")
    Path("articles/nb-NO/README.md").write_text("# New\n")
    report = merge([Path("locales")], wanted=Wanted(rest=True))
    assert [(one.path, one.code) for one in report.problems] == [
        ("build/nb-NO/README.md", "other-kind"),
        ("build/nb-NO/toc.yml", "other-kind"),
    ]
    assert (mine.read_text(), changed.read_text()) == ("mine", "changed by a person")


def test_articles_that_are_not_written_are_not_copied_either(delivery: Path, write: Write) -> None:
    write("articles/nb-NO/homeless.md", article(("Hei", "Hello")).replace("ms.contentlocale: nb-NO\n", ""))
    write("articles/nb-NO/danish.md", "---\nms.contentlocale: da-DK\n---\nHej\n")
    extract([Path("articles")])
    write("articles/nb-NO/new.md", article(("Ny", "New")))
    report = merge([Path("locales/nb_NO.po")], wanted=Wanted(at_least=100, rest=True))
    assert sorted(one.code for one in report.problems) == ["no-locale", "no-message"]
    assert sorted(built()) == ["nb-NO/README.md", "nb-NO/mail/media/p.png", "nb-NO/toc.yml"]


def test_links_that_lead_out_are_reported_and_not_followed(delivery: Path, write: Write) -> None:
    write("secret.png", "secret")
    for link in ("nb-NO/link.png", "nb-NO/link.md"):
        Path("articles", link).symlink_to(delivery / "secret.png")
    Path("articles/nb-NO/folder").symlink_to(delivery)
    extract([Path("articles")])
    report = merge([Path("locales")], wanted=Wanted(rest=True))
    assert [(one.path, one.code) for one in report.problems] == [
        ("articles/nb-NO/folder", "outside-folder"),
        ("nb-NO/link.md", "outside-folder"),
        ("nb-NO/link.png", "outside-folder"),
    ]
    assert not any(b"secret" in data for data in built().values())


def test_two_copies_of_one_path_are_reported_and_the_first_is_made(delivery: Path, write: Write) -> None:
    write("articles/c.md", article(("Hei", "Hello")))
    write("articles/toc.yml", "- name: Oversikt\n")
    extract([Path("articles")])
    for _ in range(2):
        report = merge([Path("locales/nb_NO.po")], wanted=Wanted(rest=True))
        (problem,) = report.problems
        assert (problem.path, problem.code) == ("articles/toc.yml", "claimed-twice")
        assert "articles/nb-NO/toc.yml makes the same file" in problem.message
        assert Path("build/nb-NO/toc.yml").read_text() == "- name: Post\n"
    assert report.written == []


def test_a_copy_gives_way_to_the_article_that_it_became(delivery: Path, write: Write) -> None:
    extract([Path("articles")])
    merge([Path("locales")], wanted=Wanted(rest=True))
    write("articles/nb-NO/README.md", article(("Les meg", "Read me")))
    extract([Path("articles")])
    assert merge([Path("locales")]).problems == []
    assert "Les meg" in Path("build/nb-NO/README.md").read_text()


def test_a_save_between_the_look_and_the_removal_stays(
    delivery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law 2."""
    extract([Path("articles")])
    merge([Path("locales")])
    Path("articles/nb-NO/b.md").unlink()
    built_file = Path("build/nb-NO/b.md")
    remove = Root.remove

    def saved_before(root: Root, reference: str, old: bytes | None = None) -> None:
        built_file.write_text("a person's")
        remove(root, reference, old)

    monkeypatch.setattr(Root, "remove", saved_before)
    report = merge([Path("locales/nb_NO.po")], wanted=Wanted(clean=True))
    assert "changed-meanwhile" in [one.code for one in report.problems]
    assert (report.removed, built_file.read_text()) == ([], "a person's")


def test_the_output_is_not_copied_into_itself(here: Path, write: Write) -> None:
    write("mail/a.md", article(PAIR))
    write("p.png", "")
    extract([Path()])
    for _ in range(2):
        assert merge([Path("locales")], wanted=Wanted(rest=True)).problems == []
        assert sorted(built()) == ["nb-NO/mail/a.md", "nb-NO/p.png"]


def test_what_is_no_longer_wanted_is_reported_and_removed_on_request(delivery: Path) -> None:
    extract([Path("articles")])
    merge([Path("locales")], wanted=Wanted(rest=True))
    for name in ("b.md", "toc.yml", "README.md"):
        Path("articles/nb-NO", name).unlink()
    Path("build/nb-NO/README.md").write_text("changed by a person")
    extract([Path("articles")])
    run = l10n("merge", "locales", "--copy-rest", "--dry-run", "--clean", "--json", cwd=delivery)
    assert run.json["removed"] == ["build/nb-NO/b.md", "build/nb-NO/toc.yml"]
    report = merge([Path("locales")], wanted=Wanted(rest=True))
    names = ["README.md", "b.md", "toc.yml"]
    assert [(one.path, one.code) for one in report.problems] == [
        (f"build/nb-NO/{name}", "left-over") for name in names
    ]
    assert [("--clean" in one.message) for one in report.problems] == [False, True, True]
    report = merge([Path("locales/nb_NO.po")], wanted=Wanted(clean=True))
    assert report.removed == ["build/nb-NO/b.md", "build/nb-NO/toc.yml"]
    assert [one.path for one in report.problems] == ["build/nb-NO/README.md"]
    assert Path("build/nb-NO/README.md").read_text() == "changed by a person"
    assert Path("build/ar-SA/mail/a.md").exists()


@pytest.mark.parametrize(
    "name", ["../victim.md", "/etc/hosts", "nb-NO/../../victim.md", "da-DK/victim.md", "nb-NO/link/victim.md"]
)
def test_a_hostile_manifest_removes_nothing_that_merge_did_not_write(
    delivery: Path, write: Write, name: str
) -> None:
    extract([Path("articles")])
    merge([Path("locales")])
    victim = write("victim.md", "a person's")
    write("build/da-DK/victim.md", "a person's")
    Path("build/nb-NO/link").symlink_to(delivery)
    found = json.loads(MANIFEST.read_text())
    found["files"] = {name: ["nb-NO/gone.md", "localized", digest(b"a person's")]}
    MANIFEST.write_text(json.dumps(found))
    report = merge([Path("locales")], wanted=Wanted(clean=True))
    assert report.removed == []
    MANIFEST.unlink()
    entry = ["l10n merge 1", name, *found["files"][name]]
    MANIFEST.with_name(JOURNAL).write_text(f"{json.dumps(entry)}\n[1]\n{{}}\n[[[")
    report = merge([Path("locales")], wanted=Wanted(clean=True))
    assert report.removed == []
    assert victim.read_text() == "a person's"
    assert Path("build/da-DK/victim.md").exists()


def test_merges_of_two_locales_at_once_know_the_files_of_both(delivery: Path) -> None:
    extract([Path("articles")])
    merge([Path("locales/nb_NO.po")])
    began: list[int] = []

    def another(done: int, total: int) -> None:
        if not began:
            began.append(done)
            merge([Path("locales/ar_SA.po")])
            written = WrittenFile("articles/ar-SA/mail/a.md", "localized", "1")
            note(Root.at(BUILD), {"ar-SA/mail/a.md": written, "ar-SA/not-written.md": written})

    MANIFEST.with_name(JOURNAL).write_text('["l10n merge 1", "half\n')
    Path("articles/nb-NO/mail/b.md").write_bytes(Path("articles/nb-NO/mail/a.md").read_bytes())
    merge([Path("locales/nb_NO.po")], progress=another)
    listed = json.loads(MANIFEST.read_text())["files"]
    assert sorted(listed) == sorted(name for name in built() if name.endswith(".md"))
    noted = MANIFEST.with_name(JOURNAL).read_text()
    assert noted == '["l10n merge 1", "ar-SA/mail/a.md", "articles/ar-SA/mail/a.md", "localized", "1"]\n'


def test_a_file_with_the_name_of_the_journal_stays(delivery: Path) -> None:
    extract([Path("articles")])
    journal = MANIFEST.with_name(JOURNAL)
    journal.parent.mkdir()
    journal.write_text("a person's")
    report = merge([Path("locales")])
    assert {one.code for one in report.problems} == {"other-kind"}
    assert journal.read_text() == "a person's"


@pytest.mark.parametrize(
    "content", ["", "[]", "[" * 100_000, '{"form": "l10n merge 1"}', '{"form": 1, "files": {}}']
)
def test_a_manifest_that_somebody_changed_is_forgotten(delivery: Path, content: str) -> None:
    extract([Path("articles")])
    merge([Path("locales")])
    MANIFEST.write_text(content)
    report = merge([Path("locales")], wanted=Wanted(clean=True))
    kept = bool(content) and not content.startswith('{"form": "l10n merge ')
    assert ([one.code for one in report.problems], report.removed) == (["other-kind"] if kept else [], [])


def test_a_dry_run_tells_what_would_be_copied(delivery: Path) -> None:
    extract([Path("articles")])
    merge([Path("locales")])
    before = tree(BUILD)
    run = l10n("merge", "locales", "--copy-rest", "--dry-run", "--json", cwd=delivery)
    assert (run.code, run.json["copied"], len(run.json["written"])) == (1, 4, 4)
    assert tree(BUILD) == before
    for option in ("--copy-rest", "--clean"):
        assert l10n("merge", "locales", option, "--in-place", cwd=delivery).code == 2
