"""Articles → PO → articles: what comes back, what is kept, what is refused."""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import extract, merge, parse, refusal
from l10n.catalogue import Message, Place
from l10n.manifest import NAME
from tests.helpers.articles import article, unit
from tests.helpers.files import Write
from tests.helpers.po_files import codes, deliver, edit, messages, tree
from tests.helpers.project import PROJECT

ARTICLES = PROJECT / "articles"


@pytest.fixture
def samples(here: Path) -> Path:
    """The sample articles and their PO files, freshly extracted, in the current folder."""
    shutil.copytree(ARTICLES, here / "articles")
    assert not extract([Path("articles")]).problems
    return here


@pytest.mark.parametrize("split", ["none", "folder", "article"])
def test_with_nothing_edited_every_article_comes_back_byte_for_byte(here: Path, split: str) -> None:
    shutil.copytree(ARTICLES, here / "articles")
    extract([Path("articles")], split=split)  # type: ignore[arg-type]
    report = merge([Path("locales")], form="annotated")
    assert report.problems == []
    built = {path: data for path, data in tree(here / "build").items() if path != NAME}
    assert built == tree(here / "articles")


def test_editing_one_message_changes_the_bytes_of_its_targets_only(samples: Path) -> None:
    def approve(message: Message) -> Message | None:
        return replace(message, fuzzy=False, translation="NY TEKST") if message.source == "Print" else None

    edit(samples / "locales/nb_NO.po", approve)
    report = merge([Path("locales")], form="annotated")
    assert report.changed == len(
        next(m for m in messages(samples / "locales/nb_NO.po") if m.source == "Print").places
    )
    built = tree(samples / "build")
    del built[NAME]
    for path, data in built.items():
        before = (samples / "articles" / path).read_bytes()
        if data != before:
            assert data == before.replace(b">Skriv ut</span><span class", b">NY TEKST</span><span class")


def test_extract_after_an_in_place_merge_leaves_the_messages_as_they_were(samples: Path) -> None:
    dice = random.Random(1)

    def review(message: Message) -> Message:
        translation = dice.choice([message.translation, message.translation + " (ny)", "Felles"])
        if "|" in message.translation or "\n" in message.source:
            translation = message.translation
        return replace(message, translation=translation, fuzzy=dice.random() < 0.3)

    for path in (samples / "locales").iterdir():
        edit(path, review)
    before = {path.name: messages(path) for path in (samples / "locales").iterdir()}
    report = merge([Path("locales")], in_place=True)
    assert report.problems == []
    assert report.changed > 50
    extract([Path("articles")])
    assert {path.name: messages(path) for path in (samples / "locales").iterdir()} == before
    assert merge([Path("locales")], in_place=True).written == []


def test_a_second_run_changes_no_byte_and_writes_nothing(samples: Path) -> None:
    before = tree(samples / "locales")
    assert extract([Path("articles")]).written == []
    assert tree(samples / "locales") == before
    assert merge([Path("locales")]).written
    assert merge([Path("locales")]).written == []


def test_the_same_input_gives_the_same_bytes_whatever_the_order(samples: Path) -> None:
    paths = sorted(path for path in Path("articles").rglob("*") if path.is_file())
    random.Random(2).shuffle(paths)
    extract([*paths, Path("articles")], Path("other"))
    assert tree(samples / "other") == tree(samples / "locales")


def test_fuzzy_and_missing_translations_leave_the_article_s_own(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Nei", "No"), ("Ja", "Yes")))
    extract([Path("articles")])
    edit(here / "locales/nb_NO.po", lambda m: replace(m, translation="" if m.source == "Yes" else "Ikke"))
    merge([Path("locales/nb_NO.po")])
    assert (here / "build/nb-NO/a.md").read_text().endswith("Nei\n\nJa\n")
    merge([Path("locales/nb_NO.po")], include_fuzzy=True)
    assert (here / "build/nb-NO/a.md").read_text().endswith("Ikke\n\nJa\n")


def test_a_translation_that_would_break_the_article_is_refused_and_the_others_are_used(
    here: Path, write: Write
) -> None:
    write("articles/a.md", article(("Nei", "No"), ("Ja", "Yes"), prefix="| "))
    extract([Path("articles")])
    edit(
        here / "locales/nb_NO.po",
        lambda m: replace(m, fuzzy=False, translation="a|b" if m.source == "No" else "x"),
    )
    report = merge([Path("locales")])
    assert [str(problem).split(";")[0] for problem in report.problems] == [
        "articles/a.md:7:3: refused-target: the translation of unit 1a2b3-102 was not used, the old one "
        "stays: an unescaped | in a table cell begins another cell"
    ]
    assert (here / "build/nb-NO/a.md").read_text().endswith("| Nei\n\n| x\n")


def test_a_target_that_would_move_the_end_of_damaged_quotes_is_refused(here: Path, write: Write) -> None:
    damaged = (
        '<span data-ttu-id="b-1&quot;>Velg "Ja&quot;.</span><span class=&quot;sxs-lookup&quot;>'
        "<span data-stu-id=&quot;b-1&quot;>Select &quot;Yes&quot;.</span></span>\n"
    )
    path = write("articles/a.md", article(("Nei", "No")) + "\n" + damaged)
    found = parse(path.read_bytes())
    assert refusal(found, found.units[1], "Velg Ja.")
    assert refusal(found, found.units[1], 'Velg "Jo".') is None
    again = parse(found.render(targets=["Nei", 'Velg "Jo".']))
    assert [u.target for u in again.units] == ["Nei", 'Velg "Jo".']


def test_yaml_targets_are_escaped_again(here: Path, write: Write) -> None:
    markup = unit("Ja", "Yes").replace('"', '\\"')
    write("articles/faq.yml", f'ms.contentlocale: nb-NO\nanswer: "{markup}"\n')
    extract([Path("articles")])
    edit(here / "locales/nb_NO.po", lambda m: replace(m, fuzzy=False, translation='"Jo" \\ \t'))
    assert merge([Path("locales")]).problems == []
    assert (here / "build/nb-NO/faq.yml").read_text().endswith('answer: "\\"Jo\\" \\\\ \\t"\n')


def test_one_bad_article_never_stops_the_others(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Nei", "No"), locale="xx-YY"))
    write("articles/b.md", unit("Nei", "No"))
    write("articles/c.md", "\udcff" + article(("Nei", "No")))
    write("articles/d.md", article(("r\udcf8d", "red"), ("Nei", "No")))
    write("articles/e.md", article(("\0", "NUL"), ("Ja", "Yes")))
    write("articles/toc.yml", "- name: x\n")
    os.mkfifo(here / "articles/pipe.md")
    report = extract([Path("articles")])
    assert [(p.path, p.code) for p in report.problems] == [
        ("articles/a.md", "unknown-locale"),
        ("articles/b.md", "no-locale"),
        ("articles/c.md", "no-locale"),
        ("articles/c.md", "not-utf8"),
        ("articles/d.md", "cannot-store"),
        ("articles/d.md", "not-utf8"),
        ("articles/e.md", "cannot-store"),
        ("articles/pipe.md", "cannot-read"),
    ]
    assert report.ignored == 1
    assert [m.source for m in messages(here / "locales/nb_NO.po")] == ["No", "Yes"]


def test_a_locale_can_be_given_and_merge_knows_it(here: Path, write: Write) -> None:
    write("articles/b.md", unit("Nei", "No"))
    write("articles/c.md", article(("Ja", "Yes"), locale="ja-JP"))
    assert extract([Path("articles")], locale="nb_NO").problems == []
    report = merge([Path("locales")])
    assert report.problems == []
    assert sorted(report.written) == ["build/ja-JP/c.md", "build/nb-NO/b.md"]


def test_articles_that_nobody_touched_or_that_have_no_units_are_rebuilt_too(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Nei", "No")))
    write("articles/sub/b.md", article())
    extract([Path("articles")])
    assert sorted(merge([Path("locales")]).written) == [
        "build/nb-NO/a.md",
        "build/nb-NO/sub/b.md",
    ]


def test_the_articles_can_be_elsewhere(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Nei", "No")))
    extract([Path("articles")])
    edit(here / "locales/nb_NO.po", lambda m: replace(m, fuzzy=False, translation="Ikke"))
    shutil.move(here / "articles", here / "delivery")
    assert codes(merge([Path("locales")])) == ["missing-article"]
    report = merge([Path("locales")], articles=Path("delivery"))
    assert (report.problems, report.changed) == ([], 1)
    assert (here / "build/nb-NO/a.md").exists()


def test_what_a_merge_wrote_is_not_rebuilt_by_the_next(here: Path, write: Write) -> None:
    write("a.md", article(("Nei", "No")))
    extract([Path()])
    for _ in range(3):
        assert merge([Path("locales")]).problems == []
    assert sorted(tree(here / "build")) == [NAME, "nb-NO/a.md"]


def test_an_article_that_changed_since_is_said(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Nei", "No")))
    extract([Path("articles")])
    write("articles/a.md", article(("Nei", "No"), ("Ja", "Yes"), ("Kanskje", "Maybe")))
    write("articles/b.md", article(("Nei", "No"), locale="ja-JP"))
    report = merge([Path("locales")])
    assert [str(p).split(";")[0] for p in report.problems] == [
        "articles/a.md:9:1: no-message: 2 units are not in locales/nb_NO.po, and kept the article's target"
    ]


def test_a_split_is_by_folder_and_keeps_what_is_gone(here: Path, write: Write) -> None:
    for name in ("a.md", "mail/b.md", "mail/c.md", "mail/sub/d.md"):
        write(f"articles/{name}", article((f"Mål {name}", f"Source {name}")))
    extract([Path("articles")], split="folder")
    assert sorted(tree(here / "locales")) == ["nb_NO/_root.po", "nb_NO/mail.po", "nb_NO/mail/sub.po"]
    assert merge([Path("locales/nb_NO/mail.po")]).articles == 2
    edit(here / "locales/nb_NO/mail/sub.po", lambda m: replace(m, fuzzy=False))
    shutil.rmtree(here / "articles/mail/sub")
    report = extract([Path("articles")], split="folder")
    assert (
        report.changes["obsolete"].messages,
        [m.obsolete for m in messages(here / "locales/nb_NO/mail/sub.po")],
    ) == (1, [True])


@pytest.mark.parametrize("split", ["none", "folder", "article"])
@pytest.mark.parametrize("place", ["delivery", "new/articles"])
def test_a_split_set_can_be_elsewhere_too(here: Path, write: Write, split: str, place: str) -> None:
    for name in ("a.md", "mail/b.md", "mail/sub/d.md"):
        write(f"articles/{name}", article(("Nei", "No"), ("Antall", "No")))
    extract([Path("articles")], split=split)  # type: ignore[arg-type]
    for path in (here / "locales").rglob("*.po"):
        edit(path, lambda m: replace(m, fuzzy=False, translation=m.translation + "!"))
    (here / "new").mkdir()
    shutil.move(here / "articles", here / place)
    for _ in range(2):
        report = merge([Path("locales")], articles=Path(place))
        assert (report.problems, report.articles, report.changed) == ([], 3, 6)
    assert merge([Path("locales")], articles=Path(place), in_place=True).changed == 6
    assert merge([Path("locales")], articles=Path(place), in_place=True).changed == 0


def test_one_bad_po_file_stops_no_other(here: Path, write: Write) -> None:
    for name in ("a/a.md", "b/b.md", "c/c.md"):
        write(f"articles/{name}", article((f"Mål {name}", f"Source {name}")))
    extract([Path("articles")], split="folder")
    with (here / "locales/nb_NO/b.po").open("a") as file:
        file.write("rubbish\n")
    bad = (here / "locales/nb_NO/b.po").read_bytes()
    for name in ("a/a.md", "b/b.md", "c/c.md"):
        write(f"articles/{name}", article((f"Nytt {name}", f"New {name}")))
    report = extract([Path("articles")], split="folder")
    assert codes(report) == ["bad-po"]
    assert report.written == ["locales/nb_NO/a.po", "locales/nb_NO/c.po"]
    assert (here / "locales/nb_NO/b.po").read_bytes() == bad
    merged = merge([Path("locales")])
    assert (codes(merged), merged.articles) == (["bad-po"], 2)


def test_what_was_extracted_from_other_folders_stays(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Nei", "No")))
    write("more/b.md", article(("Ja", "Yes")))
    extract([Path("articles")])
    extract([Path("more")])
    assert [m.source for m in messages(here / "locales/nb_NO.po")] == ["No", "Yes"]
    assert merge([Path("locales")]).articles == 2
    (here / "articles/a.md").unlink()
    extract([Path("more")])
    assert [m.source for m in messages(here / "locales/nb_NO.po")] == ["No", "Yes"]


def test_what_cannot_be_read_now_loses_nothing(
    here: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("articles/a.md", article(("Nei", "No")))
    write("articles/sub/b.md", article(("Ja", "Yes")))
    extract([Path("articles")])
    edit(here / "locales/nb_NO.po", lambda m: replace(m, fuzzy=False))
    before = messages(here / "locales/nb_NO.po")
    (here / "articles/a.md").unlink()
    os.mkfifo(here / "articles/a.md")
    list_folder = os.scandir

    def deny(path: str) -> object:
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied", str(path))
        return list_folder(path)

    monkeypatch.setattr(os, "scandir", deny)
    write("articles/c.md", article())
    report = extract([Path("articles")])
    assert [(p.path, p.code) for p in report.problems] == [
        ("articles/a.md", "cannot-read"),
        ("articles/sub", "cannot-read"),
    ]
    assert messages(here / "locales/nb_NO.po") == before


def test_the_same_articles_from_another_folder_are_the_same_messages(
    here: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("docs/articles/a.md", article(("Nei", "No")))
    extract([Path("docs/articles")])
    edit(here / "locales/nb_NO.po", lambda m: replace(m, fuzzy=False))
    monkeypatch.chdir(here / "docs")
    extract([Path("articles")], Path("../locales"))
    (message,) = messages(here / "locales/nb_NO.po")
    assert message.places == [Place("docs/articles/a.md", 7)]
    assert merge([Path("../locales")]).problems == []
    monkeypatch.chdir(here)
    extract([Path("docs/articles")])
    (message,) = messages(here / "locales/nb_NO.po")
    assert message.places == [Place("docs/articles/a.md", 7)]
    assert message.is_reviewed


@pytest.mark.parametrize(
    "reference",
    [
        "/etc/hosts.md",
        "../secret.md",
        "articles/../../secret.md",
        "link.md",
        "folder/secret.md",
        "/dev/stdin",
    ],
)
def test_a_po_never_makes_merge_read_outside(here: Path, write: Write, reference: str) -> None:
    write("secret.md", article(("Hemmelig", "Secret")))
    write("set/articles/a.md", article(("Nei", "No")))
    (here / "set/link.md").symlink_to(here / "secret.md")
    (here / "set/folder").symlink_to(here)
    os.chdir(here / "set")
    extract([Path("articles")])
    edit(here / "set/locales/nb_NO.po", lambda m: replace(m, places=[*m.places, Place(reference, 7)]))
    report = merge([Path("locales")])
    assert codes(report) == ["outside-folder"]
    assert report.written == ["build/nb-NO/a.md"]
    assert b"Hemmelig" not in b"".join(tree(here / "set/build").values())


@pytest.mark.parametrize("scope", ["..", "/", "../*", "articles/../.."])
def test_a_po_s_scope_never_leads_outside(here: Path, write: Write, scope: str) -> None:
    write("secret.md", article(("Hemmelig", "Secret")))
    path = write("set/articles/a.md", article(("Nei", "No"))).parent.parent / "locales/nb_NO.po"
    os.chdir(here / "set")
    extract([Path("articles")])
    path.write_text(path.read_text().replace("X-L10n-Articles: articles", f"X-L10n-Articles: {scope}"))
    assert merge([Path("locales")]).written == ["build/nb-NO/articles/a.md"]


def test_a_scope_that_cannot_be_read_is_said(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Nei", "No")))
    extract([Path("articles")])
    path = here / "locales/nb_NO.po"
    path.write_text(path.read_text().replace("X-L10n-Articles: articles", "X-L10n-Articles: 'articles"))
    assert codes(merge([Path("locales")])) == ["bad-po"]
    assert codes(extract([Path("articles")])) == ["bad-po"]


def test_a_po_file_named_twice_is_used_once(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Nei", "No")))
    extract([Path("articles")])
    report = merge([Path("locales"), Path("locales/nb_NO.po")])
    assert (report.problems, report.messages, report.articles) == ([], 1, 1)


def test_an_extract_of_one_article_leaves_the_notes_of_the_others(samples: Path) -> None:
    assert extract([Path("articles/nb-NO/faq.yml")]).written == []


@pytest.mark.parametrize("basepath", ["/", "/etc", "../../../../../../../../../../../..", "\0"])
def test_a_basepath_that_is_absolute_or_the_whole_disk_is_not_followed(
    here: Path, write: Write, basepath: str
) -> None:
    write("articles/a.md", article(("Nei", "No")))
    extract([Path("articles")])
    path = here / "locales/nb_NO.po"
    path.write_text(path.read_text().replace("Basepath: ..", f"Basepath: {basepath}"))
    report = merge([Path("locales")])
    assert codes(report) in (["outside-folder"], ["bad-po"])
    assert report.written == []


def test_articles_elsewhere_are_overwritten_only_if_they_are_named(
    here: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("far/articles/a.md", article(("Nei", "No")))
    write("near/x", "")
    monkeypatch.chdir(here / "near")
    extract([Path("../far/articles")])
    edit(here / "near/locales/nb_NO.po", lambda m: replace(m, fuzzy=False, translation="Ikke"))
    assert codes(merge([Path("locales")], in_place=True)) == ["outside-folder"]
    assert "Nei" in (here / "far/articles/a.md").read_text()
    assert merge([Path("locales")], in_place=True, articles=Path("../far/articles")).problems == []
    assert "Ikke" in (here / "far/articles/a.md").read_text()


def test_a_link_in_the_output_folder_leads_nowhere(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Nei", "No")))
    write("victim/x", "")
    extract([Path("articles")])
    (here / "build").mkdir()
    (here / "build/nb-NO").symlink_to(here / "victim")
    assert codes(merge([Path("locales")])) == ["outside-folder"]
    assert [path.name for path in (here / "victim").iterdir()] == ["x"]


def test_an_article_that_two_po_files_hold_is_said(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Nei", "No")))
    extract([Path("articles")])
    shutil.copy(here / "locales/nb_NO.po", here / "locales/copy.po")
    report = merge([Path("locales")])
    assert (codes(report), report.articles) == (["claimed-twice"], 1)


def test_a_pair_that_gettext_refuses_stays_fuzzy_and_is_said(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Nei\n", "No"), kind="HT"))
    report = extract([Path("articles")])
    assert [(p.path, p.line, p.code) for p in report.problems] == [
        ("articles/a.md", 7, "line-break-mismatch")
    ]
    assert messages(here / "locales/nb_NO.po")[0].fuzzy


def test_a_file_name_that_a_po_cannot_hold_is_said(here: Path, write: Write) -> None:
    write("articles/a\nb.md", article(("Nei", "No")))
    write("articles/r\udcf8d.md", article(("Nei", "No")))
    report = extract([Path("articles")])
    assert codes(report) == ["bad-file-name"] * 2
    assert {"\n" in str(problem) for problem in report.problems} == {False}


def test_names_with_spaces_and_other_scripts_survive(here: Path, write: Write) -> None:
    names = ["my a.md", "my b.md", "日本語\u3000名前.md", "åpne  saken.md", "100%.md", "a%20b.md"]
    for name in names:
        write(f"articles/{name}", article(("Nei", "No"), ("Nei", "No")))
    extract([Path("articles")])
    (message,) = messages(here / "locales/nb_NO.po")
    assert {place.path for place in message.places} == {f"articles/{name}" for name in names}
    assert merge([Path("locales")]).problems == []


def test_a_wider_folder_names_what_was_there_anew(
    here: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("docs/articles/a.md", article(("Nei", "No")))
    monkeypatch.chdir(here / "docs")
    extract([Path("articles")], Path("../locales"))
    edit(here / "locales/nb_NO.po", lambda m: replace(m, fuzzy=False))
    monkeypatch.chdir(here)
    extract([Path("docs/articles")])
    (message,) = messages(here / "locales/nb_NO.po")
    assert (message.places, message.is_reviewed) == ([Place("docs/articles/a.md", 7)], True)


def test_a_run_from_a_narrower_folder_takes_nothing_from_the_others(
    here: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("articles/a.md", article(("Nei", "No")))
    write("other/c.md", article(("Ja", "Yes")))
    extract([Path("articles"), Path("other")])
    before = (here / "locales/nb_NO.po").read_bytes()
    monkeypatch.chdir(here / "articles")
    assert extract([Path()], Path("../locales")).problems == []
    assert (here / "locales/nb_NO.po").read_bytes() == before


def test_a_locale_whose_articles_are_all_gone_is_updated_too(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Nei", "No")))
    write("articles/b.md", article(("Nein", "No"), locale="de-DE", kind="HT"))
    extract([Path("articles")])
    (here / "articles/b.md").unlink()
    assert extract([Path("articles")]).changes["obsolete"].messages == 1
    assert messages(here / "locales/de_DE.po")[0].obsolete


def test_a_split_of_one_locale_is_no_matter_of_the_others(here: Path, write: Write) -> None:
    write("articles/nb/a.md", article(("Nei", "No")))
    write("articles/de/b.md", article(("Nein", "No"), locale="de-DE"))
    extract([Path("articles")])
    (here / "locales/nb_NO.po").unlink()
    report = extract([Path("articles/nb")], split="folder")
    assert (report.problems, report.written) == ([], ["locales/nb_NO/_root.po"])


def test_po_files_of_other_articles_are_left_alone(here: Path, write: Write) -> None:
    write("x/articles/a.md", article(("Nei", "No")))
    write("y/articles/b.md", article(("Nein", "No"), locale="de-DE", kind="HT"))
    extract([here / "y/articles"])
    before = (here / "locales/de_DE.po").read_bytes()
    extract([here / "x/articles"])
    assert (here / "locales/de_DE.po").read_bytes() == before


@pytest.mark.parametrize(
    ("first", "second"), [(("Antall", "Nei"), ("Nei", "Antall")), (("Nei", "Nei"), ("Nei", "Antall"))]
)
@pytest.mark.parametrize("gap", [" ", "\n\n"])
def test_senses_that_exchange_their_words_are_told_apart_by_their_order(
    here: Path, write: Write, gap: str, first: tuple[str, str], second: tuple[str, str]
) -> None:
    """What one message was delivered with, another may translate by."""
    head = article()
    write("articles/a.md", head + unit("Nei", "No", 1) + gap + unit("Antall", "No", 2) + "\n")
    extract([Path("articles")])
    wanted = dict(zip(("Nei", "Antall"), first, strict=True))
    edit(here / "locales/nb_NO.po", lambda m: replace(m, fuzzy=False, translation=wanted[m.translation]))
    before = messages(here / "locales/nb_NO.po")
    merge([Path("locales")], in_place=True)
    merged = (here / "articles/a.md").read_text()
    assert merged == head + unit(first[0], "No", 1) + gap + unit(first[1], "No", 2) + "\n"
    for _ in range(2):
        assert merge([Path("locales")], in_place=True).changed == 0
        extract([Path("articles")])
        assert messages(here / "locales/nb_NO.po") == before
    shutil.copytree(here / "articles", here / "copy")
    assert merge([Path("locales")], articles=Path("copy")).changed == 0


def test_two_projects_never_write_the_same_file(here: Path, write: Write) -> None:
    for name in ("one", "two"):
        write(f"{name}/articles/a.md", article((name, "No")))
        os.chdir(here / name)
        extract([Path("articles")])
    report = merge([here / "one/locales", here / "two/locales"])
    assert (codes(report), report.written) == (["claimed-twice"], ["build/nb-NO/a.md"])


def test_an_article_is_never_overwritten_by_its_rebuilt_form(here: Path, write: Write) -> None:
    path = write("nb-NO/a.md", article(("Nei", "No")))
    os.chdir(here / "nb-NO")
    extract([Path()])
    before = path.read_bytes()
    report = merge([Path("locales")], output=here)
    assert (codes(report), report.written, path.read_bytes()) == (["cannot-write"], [], before)


def test_a_reference_that_no_disk_can_hold_stops_nothing(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Nei", "No")))
    extract([Path("articles")])
    edit(here / "locales/nb_NO.po", lambda m: replace(m, places=[*m.places, Place("a" * 300 + ".md", 1)]))
    report = merge([Path("locales")])
    assert (codes(report), report.articles) == (["missing-article"], 1)


def test_folders_whose_names_a_po_cannot_hold_are_said(here: Path, write: Write) -> None:
    write("we\nLanguage: de/a.md", article(("Nei", "No")))
    write("articles/a.md", article(("Nei", "No")))
    report = extract([Path("articles"), Path("we\nLanguage: de")])
    assert (codes(report), report.messages) == (["bad-file-name"], 1)


def test_a_symbolic_link_that_the_user_names_is_followed(here: Path, write: Write) -> None:
    write("data/articles/a.md", article(("Nei", "No")))
    (here / "project").mkdir()
    os.chdir(here / "project")
    Path("articles").symlink_to("../data/articles")
    assert extract([Path("articles")]).problems == []
    assert merge([Path("locales")]).articles == 1


LONG = "Select the users whose passwords you want to reset."


def test_a_review_survives_the_next_delivery_and_deliveries_a_b_a_bring_the_po_of_a_back(here: Path) -> None:
    a = [("Nei", "No"), ("Velg brukerne.", LONG), ("Borte", "Gone for good"), ("Lagre", "Save")]
    b = [
        ("Lagre nå", "Save"),
        ("Nytt", "Something else"),
        ("Niks", "No"),
        ("Velg.", LONG.replace("want", "do not want")),
    ]
    po_file = Path("locales/nb_NO.po")
    deliver(a)
    extract([Path("articles")])
    edit(po_file, lambda m: replace(m, fuzzy=False, translation=m.translation + "!", comment="sett"))
    of_a = po_file.read_bytes()
    deliver(b, date="06/02/2021")
    report = extract([Path("articles")])
    counts = {outcome: tally.messages for outcome, tally in report.changes.items()}
    assert counts == {
        "kept": 0,
        "kept_against_new_mt": 2,
        "carried_over": 1,
        "revived": 0,
        "new": 1,
        "obsolete": 2,
        "removed": 0,
    }
    assert report.changes["obsolete"].words == 12
    carried = next(m for m in messages(po_file) if m.previous_source)
    assert (carried.translation, carried.fuzzy, carried.comment) == ("Velg brukerne.!", True, "sett")
    assert carried.remarks == ("source changed: not added",)
    assert [(r.source, r.delivered) for r in report.retranslated] == [
        ("Save", ("Lagre nå",)),
        ("No", ("Niks",)),
    ]
    assert extract([Path("articles")]).written == []
    deliver(a)
    assert extract([Path("articles")]).changes["revived"].messages == 2
    assert po_file.read_bytes() == of_a


def test_a_merge_restores_what_a_delivery_overwrote(here: Path) -> None:
    deliver([("Nei", "No"), ("Ja", "Yes")])
    extract([Path("articles")])
    edit(here / "locales/nb_NO.po", lambda m: replace(m, fuzzy=False, translation=m.translation + "!"))
    assert merge([Path("locales")], in_place=True).changed == 2
    for pairs in ([("Nei", "No"), ("Ja", "Yes")], [("Jo", "Yes"), ("Nix", "No")]):
        deliver(pairs)
        assert merge([Path("locales")], in_place=True).changed == 2
        assert parse(Path("articles/a.md").read_bytes()).units[0].target in ("Nei!", "Ja!")
