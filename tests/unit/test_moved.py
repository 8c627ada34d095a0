"""Folders of articles that are renamed, moved, deleted: what a PO file says of them follows."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import extract, merge, po, status
from l10n.catalogue import Message, Place, Segment
from l10n.catalogue.moving import find_moves
from l10n.commands.check import check
from l10n.jobs.rebuild_article import Wanted
from tests.helpers.articles import article
from tests.helpers.files import Write
from tests.helpers.folders import folder
from tests.helpers.po_files import codes, edit, messages, tree

PO = Path("locales/nb_NO.po")


def review(path: Path = PO) -> None:
    """Mend each message as a reviewer would."""
    edit(path, lambda message: replace(message, fuzzy=False, translation=f"{message.translation}!"))


def paths(path: Path = PO) -> list[str]:
    return sorted({place.path for message in messages(path) for place in message.places})


def reviewed(path: Path = PO) -> int:
    return sum(message.is_reviewed for message in messages(path))


@pytest.mark.parametrize(
    ("old", "new", "named", "split"),
    [
        ("articles", "delivery2", "delivery2", "none"),
        ("articles", "delivery2", "delivery2", "folder"),
        ("articles", "delivery2", "delivery2", "article"),
        ("docs/articles", "docs2/articles", "docs2/articles", "folder"),
        ("docs/articles", "docs2/articles", "docs2", "none"),
        ("articles", "in/a/deep/er/folder", "in/a/deep/er/folder", "none"),
        ("in/a/deep/er/folder", "articles", "articles", "article"),
        ("articles", "articles2/articles", "articles2/articles", "none"),
        ("articles", "with a space/æøå", "with a space", "none"),
        ("articles", "100%20", "100%20", "none"),
    ],
)
def test_references_follow_a_folder_that_was_renamed_as_a_whole(
    here: Path, write: Write, old: str, new: str, named: str, split: str
) -> None:
    folder(write, old)
    extract([Path(old)], split=split)  # type: ignore[arg-type]
    for path in here.rglob("*.po"):
        review(path)
    Path(new).parent.mkdir(parents=True, exist_ok=True)
    shutil.move(old, new)
    report = extract([Path(named)], split=split)  # type: ignore[arg-type]
    assert (report.problems, report.messages, report.reviewed, report.obsolete) == ([], 16, 16, 0)
    assert {(move.old, move.new) for move in report.moved}
    assert sum(move.articles for move in report.moved) == 4
    assert all(place.startswith(f"{new}/") for path in here.rglob("*.po") for place in paths(path))
    after = tree(here / "locales")
    assert extract([Path(named)], split=split).moved == []  # type: ignore[arg-type]
    assert tree(here / "locales") == after
    merged = merge([Path("locales")])
    assert (merged.problems, merged.articles, merged.changed) == ([], 4, 16)
    counted = status()
    assert (counted.problems, counted.total.articles, counted.total.messages) == ([], 4, 16)


def test_a_new_delivery_in_a_new_folder_is_followed_though_articles_changed(here: Path, write: Write) -> None:
    folder(write, "may", "a.md b.md c.md d.md e.md")
    extract([Path("may")])
    review()
    shutil.move("may", "june")
    Path("june/b.md").unlink()
    write("june/c.md", article(("Nei 2.0", "No 2.0"), ("Nei 2.1", "No 2.1"), ("Ny", "New")))
    write("june/f.md", article(("Ny", "New")))
    report = extract([Path("june")])
    assert (report.problems, [(move.old, move.new) for move in report.moved]) == ([], [("may", "june")])
    assert paths() == ["june/a.md", "june/c.md", "june/d.md", "june/e.md", "june/f.md"]
    assert reviewed() == 14
    # The reviewed work of what is gone is kept.
    assert sum(message.obsolete for message in messages(PO)) == 6
    assert merge([Path("locales")]).problems == []


def test_only_what_is_gone_is_followed(here: Path, write: Write) -> None:
    folder(write, "articles")
    extract([Path("articles")])
    shutil.copytree("articles", "copy")
    report = extract([Path("copy")])
    assert (report.problems, report.moved) == ([], [])
    assert len(paths()) == 8


def test_articles_that_have_the_names_of_gone_ones_alone_are_others(here: Path, write: Write) -> None:
    folder(write, "mail", "index.md b.md a.md")
    extract([Path("mail")])
    review()
    shutil.rmtree("mail")
    for name in ("index.md", "a.md"):
        write(f"calendar/{name}", article(("Hei", f"Hello, {name}"), ("Hopp", f"Jump, {name}")))
    report = extract([Path("calendar")])
    assert (report.moved, report.obsolete) == ([], 0)
    assert len([path for path in paths() if path.startswith("mail/")]) == 3
    # It is nowhere, and only the user can know that it will not come back.
    assert [problem.path for problem in merge([Path("locales")]).problems] == ["mail"]
    report = extract([Path("calendar")], prune=True)
    assert (report.problems, report.obsolete) == ([], 12)
    assert paths() == ["calendar/a.md", "calendar/index.md"]
    assert merge([Path("locales")], output=Path("again")).problems == []


def test_a_few_of_many_do_not_take_the_rest_with_them(here: Path, write: Write) -> None:
    folder(write, "articles", "a.md b.md c.md d.md e.md")
    extract([Path("articles")])
    shutil.rmtree("articles")
    folder(write, "new", "a.md b.md")
    assert extract([Path("new")]).moved == []


def test_two_folders_that_were_renamed_at_once(here: Path, write: Write) -> None:
    folder(write, "mail", "a.md index.md")
    write("teams/b.md", article(("Ja", "Yes"), ("Kanskje", "Maybe")))
    write("teams/index.md", article(("Heisan", "Hi there")))
    extract([Path("mail"), Path("teams")])
    review()
    shutil.move("mail", "post")
    shutil.move("teams", "lag")
    report = extract([Path("lag"), Path("post")])
    assert report.problems == []
    assert sorted((move.old, move.new) for move in report.moved) == [("mail", "post"), ("teams", "lag")]
    assert (paths(), reviewed()) == (["lag/b.md", "lag/index.md", "post/a.md", "post/index.md"], 11)


def test_a_part_of_a_renamed_folder_takes_the_rest_with_it(here: Path, write: Write) -> None:
    folder(write, "articles", "mail/a.md mail/b.md mail/c.md calendar/d.md")
    extract([Path("articles")])
    review()
    shutil.move("articles", "delivery2")
    report = extract([Path("delivery2/mail")])
    assert [(move.old, move.new) for move in report.moved] == [("articles", "delivery2")]
    assert "delivery2/calendar/d.md" in paths()
    merged = merge([Path("locales")])
    assert (merged.problems, merged.articles, merged.changed) == ([], 4, 16)


def test_a_folder_that_left_the_project_is_followed(here: Path, write: Write) -> None:
    folder(write, "project/articles")
    os.chdir(here / "project")
    extract([Path("articles")])
    review()
    shutil.move("articles", here / "delivery2")
    report = extract([here / "delivery2"])
    assert (report.problems, report.reviewed, report.obsolete) == ([], 16, 0)
    assert merge([Path("locales")]).problems == []


def test_a_moved_project_needs_nothing(here: Path, write: Write) -> None:
    folder(write, "project/articles")
    os.chdir(here / "project")
    extract([Path("articles")])
    review()
    before = tree(here / "project/locales")
    os.chdir(here)
    shutil.move("project", "renamed")
    os.chdir(here / "renamed")
    assert extract([Path("articles")]).problems == []
    assert tree(here / "renamed/locales") == before
    assert merge([Path("locales")]).problems == []


def test_an_article_named_alone_is_followed_to_another_folder(here: Path, write: Write) -> None:
    write("old/a.md", article(("Nei", "No")))
    extract([Path("old/a.md")])
    review()
    shutil.move("old", "new")
    extract([Path("new/a.md")])
    assert (paths(), reviewed()) == (["new/a.md"], 1)
    assert po.read(PO.read_bytes(), "").header["X-L10n-Articles"] == "new/a.md"


def test_prune_leaves_what_is_there_and_what_cannot_be_looked_at(here: Path, write: Write) -> None:
    for name in ("one", "two", "three"):
        write(f"{name}/a.md", article((name, f"{name} in English")))
    extract([Path("one"), Path("two"), Path("three")])
    review()
    shutil.rmtree("two")
    report = extract([Path("one")], prune=True)
    assert (report.obsolete, paths()) == (1, ["one/a.md", "three/a.md"])
    assert po.read(PO.read_bytes(), "").header["X-L10n-Articles"] == "one three"


def test_prune_reaches_the_po_files_of_other_folders_and_locales(here: Path, write: Write) -> None:
    write("one/a.md", article(("Nei", "No")))
    write("two/a.md", article(("Nej", "No"), locale="da-DK"))
    extract([Path("one"), Path("two")])
    review(Path("locales/da_DK.po"))
    shutil.rmtree("two")
    extract([Path("one")], prune=True)
    assert [message.obsolete for message in messages(Path("locales/da_DK.po"))] == [True]


def record(path: str, source: str) -> Segment:
    return Segment(source, source, Place(path, 1), "paragraph", "1", human=False)


def test_which_folder_became_which_depends_on_no_order() -> None:
    old = [Message(f"s{n}", "", places=[Place(f"old/{n}/index.md", 1)]) for n in range(40)]
    new = [record(f"{folder}/{n}/index.md", f"s{n}") for n in range(40) for folder in ("y", "x")]
    moves = find_moves(old, new, lambda path: True)
    assert moves == find_moves(old[::-1], new[::-1], lambda path: True)
    assert len(moves.folders) == 1
    assert moves.paths["old/7/index.md"] == f"{moves.folders[0].new}/7/index.md"


@pytest.mark.parametrize("link", ["articles", "docs/nb", "articles/"])
@pytest.mark.parametrize("target", ["data/delivery", "project/delivery"])
def test_a_folder_that_is_a_link_keeps_its_name_and_its_references_stay_in_the_project(
    here: Path, write: Write, link: str, target: str
) -> None:
    (here / "project/docs").mkdir(parents=True)
    folder(write, target)
    name = link.strip("/")
    (here / "project" / name).symlink_to(here / target)
    os.chdir(here / "project")
    assert extract([Path(link)]).problems == []
    header = po.read(PO.read_bytes(), "").header
    assert (header["X-Poedit-Basepath"], header["X-L10n-Articles"]) == ("..", name)
    assert paths() == [f"{name}/{path}" for path in ("a.md", "index.md", "sub/b.md", "sub/index.md")]
    review()
    before = tree(here / "project/locales")
    assert extract([Path(link)]).problems == []
    assert tree(here / "project/locales") == before
    report = merge([Path("locales")])
    assert (report.problems, report.changed) == ([], 16)
    assert (here / "project/build/nb-NO/sub/b.md").exists()
    assert status().problems == check([Path("locales")]).problems == check([Path(link)]).problems == []
    # The next delivery is where the link leads to then.
    shutil.copytree(here / target, here / "data/june")
    (here / "project" / name).unlink()
    (here / "project" / name).symlink_to(here / "data/june")
    assert extract([Path(link)]).problems == []
    assert tree(here / "project/locales") == before


def test_articles_behind_a_link_that_leaves_the_project_are_overwritten_only_if_they_are_named(
    here: Path, write: Write
) -> None:
    (here / "project").mkdir()
    folder(write, "data", "a.md")
    before = tree(here / "data")
    os.chdir(here / "project")
    Path("articles").symlink_to(here / "data")
    extract([Path("articles")])
    review()
    report = merge([Path("locales")], in_place=True)
    assert (codes(report), tree(here / "data")) == (["outside-folder"], before)
    report = merge([Path("locales")], in_place=True, articles=Path("articles"))
    assert (codes(report), report.changed) == ([], 4)
    assert tree(here / "data") != before


def test_a_link_in_the_folder_behind_a_link_is_not_followed_out_of_it(here: Path, write: Write) -> None:
    (here / "project").mkdir()
    write("secret/s.md", article(("Hemmelig", "Secret")))
    write("secret.md", article(("Hemmelig", "Secret")))
    folder(write, "data", "a.md")
    (here / "data/out").symlink_to(here / "secret")
    (here / "data/s.md").symlink_to(here / "secret.md")
    os.chdir(here / "project")
    Path("articles").symlink_to(here / "data")
    report = extract([Path("articles")])
    assert (codes(report), paths()) == (["linked-folder", "outside-folder"], ["articles/a.md"])
    edit(PO, lambda m: replace(m, places=[*m.places, Place("articles/out/s.md", 1)]))
    assert codes(merge([Path("locales")])) == ["outside-folder"] * 2


def test_a_file_that_is_a_link_keeps_its_name(here: Path, write: Write) -> None:
    (here / "project").mkdir()
    write("data/b.md", article(("Nei", "No")))
    os.chdir(here / "project")
    Path("a.md").symlink_to(here / "data/b.md")
    assert extract([Path("a.md")]).problems == []
    assert paths() == ["a.md"]
    review()
    report = merge([Path("locales")])
    assert (codes(report), report.changed) == ([], 1)


def test_one_folder_under_two_names_is_extracted_once(here: Path, write: Write) -> None:
    folder(write, "delivery", "a.md")
    Path("articles").symlink_to("delivery")
    report = extract([Path("delivery"), Path("articles")])
    assert (codes(report), report.articles, paths()) == ([], 1, ["articles/a.md"])


def test_a_link_to_a_folder_around_it_gives_no_file_a_second_name(here: Path, write: Write) -> None:
    folder(write, "articles", "a.md")
    Path("articles/up").symlink_to("..")
    report = extract([Path("articles/up")])
    assert (codes(report), paths()) == ([], ["articles/a.md"])


@pytest.mark.parametrize("split", ["none", "folder", "article"])
@pytest.mark.parametrize("by_name", [False, True])
def test_what_was_built_of_articles_that_are_gone_is_reported_and_removed_on_request(
    here: Path, write: Write, split: str, by_name: bool
) -> None:
    folder(write, "articles")
    extract([Path("articles")], split=split)  # type: ignore[arg-type]
    named = Path("articles") if by_name else None
    assert merge([Path("locales")], articles=named).problems == []
    for path in ("a.md", "sub/index.md"):
        (here / "articles" / path).unlink()
    extract([Path("articles")], split=split)  # type: ignore[arg-type]
    built = sorted(tree(here / "build/nb-NO"))
    report = merge([Path("locales")], articles=named)
    gone = ["build/nb-NO/a.md", "build/nb-NO/sub/index.md"]
    left = [problem.path for problem in report.problems if problem.code == "left-over"]
    # Of an article that is no more in the named folder it is not known where it would be.
    assert left == ([] if by_name and split == "article" else gone)
    assert sorted(tree(here / "build/nb-NO")) == built
    report = merge([Path("locales")], articles=named, wanted=Wanted(clean=True))
    assert report.removed == left
    assert len(tree(here / "build/nb-NO")) == 4 - len(left)
    assert "left-over" not in codes(merge([Path("locales")], articles=named))


def test_nothing_else_in_the_output_is_left_over(here: Path, write: Write) -> None:
    folder(write, "articles")
    folder(write, "elsewhere/blog", "a.md")
    extract([Path("articles")])
    merge([Path("locales")], output=Path("site"))
    # Another project's pages, another language's, a picture, a page of one's own.
    write("site/nb-NO/blog/post.md", article(("Nei", "No")))
    write("site/da-DK/articles/x.md", article(("Nej", "No"), locale="da-DK"))
    write("site/nb-NO/articles/x.md", article(("Nej", "No"), locale="da-DK"))
    write("site/nb-NO/articles/picture.png", "")
    write("site/articles/x.md", article(("Nei", "No")))
    before = tree(here / "site")
    report = merge([Path("locales")], output=Path("site"), wanted=Wanted(clean=True))
    assert (report.problems, report.removed, tree(here / "site")) == ([], [], before)
    # A part of the PO files says nothing of the articles of the others, nor one that is not there for now.
    shutil.move("articles", "away")
    report = merge([Path("locales")], output=Path("site"), wanted=Wanted(clean=True))
    assert (codes(report), report.removed, tree(here / "site")) == (["missing-article"], [], before)


def test_removal_leaves_no_folder_that_was_named(here: Path, write: Write) -> None:
    folder(write, "articles", "a.md b.md")
    extract([Path("articles")])
    merge([Path("locales")])
    (here / "articles/a.md").unlink()
    extract([Path("articles")])
    victim = write("victim/a.md", article(("Nei", "No")))
    shutil.rmtree("build/nb-NO")
    Path("build/nb-NO").symlink_to(here / "victim")
    report = merge([Path("locales")], wanted=Wanted(clean=True))
    assert (set(codes(report)), report.removed, victim.exists()) == ({"outside-folder"}, [], True)


def all_reviewed(here: Path) -> int:
    return sum(reviewed(path) for path in (here / "locales").rglob("*.po"))


@pytest.mark.parametrize("split", ["folder", "article"])
def test_a_part_keeps_its_po_file_whatever_folders_are_named(here: Path, write: Write, split: str) -> None:
    folder(write, "articles/mail", "a.md b.md")
    folder(write, "articles/teams", "c.md")
    write("other/d.md", article(("Hei", "Hello")))
    extract([Path("articles")], split=split)  # type: ignore[arg-type]
    for path in (here / "locales").rglob("*.po"):
        review(path)
    before = tree(here / "locales")
    for named in (
        ["articles", "other"],
        ["articles/mail"],
        ["articles/mail/a.md"],
        ["other", "articles/teams"],
        ["."],
        [str(here / "articles")],
    ):
        report = extract([Path(name) for name in named], split=split)  # type: ignore[arg-type]
        assert (report.problems, report.obsolete, all_reviewed(here)) == ([], 0, 12)
        after = tree(here / "locales")
        assert {name: after[name] for name in before} == before
    os.chdir(here / "articles")
    report = extract([Path("mail")], here / "locales", split=split)  # type: ignore[arg-type]
    assert (report.problems, report.obsolete, all_reviewed(here)) == ([], 0, 12)
    os.chdir(here)
    assert merge([Path("locales")]).problems == []


@pytest.mark.parametrize("split", ["folder", "article"])
@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("articles/mail", "articles/post", "articles"),
        ("articles/mail", "articles/new/mail", "articles"),
        ("articles", "docs/articles", "docs"),
        ("articles", "docs/nb/x", "docs"),
        ("articles/mail", "teams/mail", "teams"),
    ],
)
def test_a_renamed_part_keeps_its_po_file(
    here: Path, write: Write, split: str, old: str, new: str, named: str
) -> None:
    folder(write, "articles/mail", "a.md b.md")
    folder(write, "articles/mail/sub", "index.md")
    write("articles/teams/index.md", article(("Kanskje", "Maybe"), ("Ja", "Yes")))
    extract([Path("articles")], split=split)  # type: ignore[arg-type]
    for path in (here / "locales").rglob("*.po"):
        review(path)
    before = all_reviewed(here)
    Path(new).parent.mkdir(parents=True, exist_ok=True)
    shutil.move(old, new)
    report = extract([Path(named)], split=split)  # type: ignore[arg-type]
    assert (report.problems, report.obsolete, all_reviewed(here)) == ([], 0, before)
    after = tree(here / "locales")
    assert extract([Path(named)], split=split).obsolete == 0  # type: ignore[arg-type]
    assert tree(here / "locales") == after
    merged = merge([Path("locales")])
    assert (merged.problems, merged.changed) == ([], before)


def test_a_part_that_a_copied_po_file_holds_too_goes_to_the_one_of_its_name(here: Path, write: Write) -> None:
    folder(write, "articles/mail", "a.md")
    extract([Path("articles")], split="folder")
    shutil.copy("locales/nb_NO/mail.po", "locales/nb_NO/a copy.po")
    review(Path("locales/nb_NO/mail.po"))
    extract([Path("articles")], split="folder")
    assert reviewed(Path("locales/nb_NO/mail.po")) == 4


def test_an_unreadable_po_file_of_a_split_is_said_and_stops_no_other(here: Path, write: Write) -> None:
    folder(write, "articles/mail", "a.md")
    folder(write, "articles/teams", "b.md")
    extract([Path("articles")], split="folder")
    review(Path("locales/nb_NO/teams.po"))
    Path("locales/nb_NO/mail.po").write_text("<<<<<<<\n" + Path("locales/nb_NO/mail.po").read_text())
    before = tree(here / "locales")
    report = extract([Path("articles")], split="folder")
    assert set(codes(report)) == {"bad-po"}
    assert tree(here / "locales") == before


@pytest.mark.parametrize("split", ["folder", "article"])
@pytest.mark.parametrize("name", ["a.md", "renamed.md"])
def test_reviews_of_an_article_that_moved_go_with_it_to_the_po_file_of_its_new_part(
    here: Path, write: Write, split: str, name: str
) -> None:
    folder(write, "articles/mail", "a.md b.md c.md")
    write("articles/teams/d.md", article(("Kanskje", "Maybe"), ("Nei 0.1", "No 0.1")))
    extract([Path("articles")], split=split)  # type: ignore[arg-type]
    for path in (here / "locales").rglob("*.po"):
        review(path)
    shutil.move("articles/mail/a.md", f"articles/teams/{name}")
    (here / "articles/mail/b.md").unlink()
    report = extract([Path("articles")], split=split)  # type: ignore[arg-type]
    assert (report.problems, report.messages - report.reviewed) == ([], 0)
    after = tree(here / "locales")
    extract([Path("articles")], split=split)  # type: ignore[arg-type]
    assert tree(here / "locales") == after
    merged = merge([Path("locales")])
    assert merged.changed == 10
    assert "Nei 0.3!" in (here / f"build/nb-NO/teams/{name}").read_text()


def test_a_link_keeps_its_name_whatever_else_is_named(here: Path, write: Write) -> None:
    folder(write, "delivery", "a.md sub/b.md")
    write("other.md", article(("Hei", "Hello")))
    write("sub.md", article(("Hopp", "Jump")))
    Path("articles").symlink_to("delivery")
    for named in (["other.md", "sub.md", "articles"], ["articles", "other.md", "sub.md"]):
        shutil.rmtree("locales", ignore_errors=True)
        extract([Path(name) for name in named])
        assert paths() == ["articles/a.md", "articles/sub/b.md", "other.md", "sub.md"]
