"""Plain articles: extracted, reviewed and merged with the help of their English files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from l10n import align, extract, merge, parse, po
from l10n.catalogue import Catalogue, Message
from l10n.doubts import Doubt
from tests.helpers.articles import article, unit
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.plain import ENGLISH, NORWEGIAN, SOURCES, plain
from tests.helpers.project import PROJECT

PO = Path("locales/nb_NO.po")
LONGER = ENGLISH.replace("to a team. Every", "to a team. It is free. It never expires. Every")
"""The English file with two sentences that the translation does not have."""


@pytest.fixture
def docs(here: Path, write: Write) -> Path:
    write("articles/mail/a.md", plain())
    write("english/mail/a.md", ENGLISH)
    return here


def catalogue() -> Catalogue:
    return po.read(PO.read_bytes(), "nb_NO.po")


def messages() -> dict[str, Message]:
    return {message.source: message for message in catalogue().messages}


def edit(source: str, translation: str) -> None:
    """Review one message, and approve all others."""
    found = catalogue()
    for message in found.messages:
        message.fuzzy = False
        if message.source == source:
            message.translation = translation
    PO.write_bytes(po.write(found))


def test_a_plain_article_gives_a_message_for_each_sentence(docs: Path) -> None:
    report = extract([Path("articles")], english=Path("english"))
    assert (report.problems, report.unmatched, report.plain) == ([], [], 0)
    assert list(messages()) == SOURCES
    assert messages()["Every member can read it."].translation == "Alle medlemmer kan lese den."
    assert messages()["Size"].translation == "Størrelse"
    assert all(message.fuzzy and not message.remarks for message in messages().values())


def test_an_unedited_plain_article_comes_back_byte_for_byte(docs: Path) -> None:
    extract([Path("articles")], english=Path("english"))
    assert merge([PO], english=Path("english")).problems == []
    assert Path("build/nb-NO/mail/a.md").read_bytes() == Path("articles/mail/a.md").read_bytes()


@pytest.mark.parametrize("source", SOURCES)
def test_an_edited_translation_changes_its_own_target_and_nothing_else(docs: Path, source: str) -> None:
    extract([Path("articles")], english=Path("english"))
    old = messages()[source].translation
    edit(source, f"{old[:-1]}xyz{old[-1]}")
    report = merge([PO], english=Path("english"))
    assert report.problems == []
    merged = Path("build/nb-NO/mail/a.md").read_text()
    assert merged.replace("xyz", "") == plain()
    assert merged.count("xyz") == len(messages()[source].places) == report.changed


def test_annotated_and_plain_articles_may_be_mixed(docs: Path, write: Write) -> None:
    write("articles/b.md", article(("Feil", "Wrong")))
    write("articles/c.md", f"{unit('Posten', 'Mail')}\n")
    report = extract([Path("articles")], english=Path("english"), locale="nb-NO")
    assert report.articles == 3
    assert {"Mail", *SOURCES} <= set(messages())


def test_without_english_the_summary_says_what_would_make_them_reviewable(docs: Path) -> None:
    done = l10n("extract", "articles", cwd=docs)
    assert done.code == 0
    assert "plain articles: 1; --english PATH makes them reviewable" in done.out
    assert l10n("extract", "articles", "--json", cwd=docs).json["plain"] == 1


def test_merge_without_english_says_that_no_translation_was_used(docs: Path) -> None:
    extract([Path("articles")], english=Path("english"))
    done = l10n("merge", PO, cwd=docs)
    assert done.code == 1
    assert "no-source: 1 of its articles have no annotation" in done.err
    assert "--english" in done.err


def test_a_second_extract_changes_nothing_and_a_review_stays(docs: Path, write: Write) -> None:
    extract([Path("articles")], english=Path("english"))
    edit("Size", "Plass")
    before = PO.read_bytes()
    assert extract([Path("articles")], english=Path("english")).written == []
    write("articles/mail/a.md", plain(NORWEGIAN.replace("Størrelse", "Omfang")))
    extract([Path("articles")], english=Path("english"))
    assert PO.read_bytes() == before
    assert messages()["Size"].translation == "Plass"


def test_an_id_lasts_as_long_as_its_english_sentence(docs: Path, write: Write) -> None:
    def ids() -> dict[str, str]:
        return {name: message.note.id for name, message in messages().items() if message.note}

    extract([Path("articles")], english=Path("english"))
    before = ids()
    english = ENGLISH.replace("# Shared mailboxes\n", "# Shared mailboxes\n\nRead this first.\n")
    write("english/mail/a.md", english)
    text = NORWEGIAN.replace("# Delte postbokser\n", "# Delte postbokser\n\nLes dette først.\n")
    write("articles/mail/a.md", plain(text, english))
    extract([Path("articles")], english=Path("english"))
    assert before.items() < ids().items()
    assert len(ids()) == len(before) + 1


def test_an_article_merged_in_place_keeps_its_review(docs: Path) -> None:
    extract([Path("articles")], english=Path("english"))
    edit("Size", "Plass")
    merge([PO], english=Path("english"), in_place=True)
    assert "| Plass | 50 GB |" in Path("articles/mail/a.md").read_text()
    before = PO.read_bytes()
    extract([Path("articles")], english=Path("english"))
    assert PO.read_bytes() == before


def test_a_file_without_a_proof_is_not_used(docs: Path, write: Write) -> None:
    write("english/mail/a.md", LONGER)
    report = extract([Path("articles")], english=Path("english"))
    assert [problem.code for problem in report.problems] == ["english-mismatch"]
    assert report.units == 0


def test_an_unproved_file_of_the_same_path_is_used_and_each_message_says_so(here: Path, write: Write) -> None:
    write("docs/nb/mail/a.md", plain(keys=False))
    write("docs/nb/new/a.md", plain(keys=False))  # there is no docs/en/new/a.md
    write("docs/en/mail/a.md", ENGLISH)
    write("docs/en/a.md", "# Another article\n")
    arguments = ["docs/nb", "--english", "docs/en", "--english-unproved", "--locale", "nb-NO"]
    report = l10n("extract", *arguments, "--json", cwd=here).json
    assert (report["english"]["unproved"], report["articles"], report["problems"]) == (1, 1, [])
    assert report["english"]["missing"] == ["docs/nb/new/a.md"]
    assert all(message.remarks == (Doubt.UNPROVED,) for message in messages().values())
    assert l10n("merge", PO, "--english", "docs/en", "--english-unproved", cwd=here).code == 0
    merged = here / "build/nb-NO/mail/a.md"
    assert merged.read_bytes() == (here / "docs/nb/mail/a.md").read_bytes()


def test_unproved_files_need_a_folder(docs: Path) -> None:
    done = l10n("extract", "articles", "--english-unproved", cwd=docs)
    assert done.code == 2
    assert "--english" in done.err


def test_people_are_believed_only_where_the_alignment_is_sure(here: Path, write: Write) -> None:
    write("articles/mail/a.md", plain(english=LONGER, kind="HT"))
    write("english/mail/a.md", LONGER)
    extract([Path("articles")], english=Path("english"))
    doubtful = {name for name, message in messages().items() if Doubt.UNCERTAIN in message.remarks}
    assert doubtful
    for name, message in messages().items():
        assert message.fuzzy is (name in doubtful), name
    assert messages()["Open the **admin center**."].is_reviewed


def test_a_review_settles_an_uncertain_alignment(here: Path, write: Write) -> None:
    write("articles/mail/a.md", plain(english=LONGER))
    write("english/mail/a.md", LONGER)
    extract([Path("articles")], english=Path("english"))
    doubtful = next(name for name, message in messages().items() if message.remarks)
    edit(doubtful, "Det er gjennomgått.")
    extract([Path("articles")], english=Path("english"))
    assert messages()[doubtful].remarks == ()
    assert messages()[doubtful].translation == "Det er gjennomgått."


def test_what_has_no_counterpart_is_counted_and_listed(here: Path, write: Write) -> None:
    english = ENGLISH.replace(
        "1. Open", "This paragraph is about retention, and nobody translated it.\n\n1. Open"
    )
    write("articles/mail/a.md", plain(english=english))
    write("english/mail/a.md", english)
    done = l10n("extract", "articles", "--english", "english", cwd=here)
    assert "without counterpart" in done.out
    report = l10n("extract", "articles", "--english", "english", "--json", cwd=here).json
    (one,) = report["unmatched"]
    assert one["path"] == "articles/mail/a.md"
    assert (one["side"], one["line"]) == ("source", 13)
    assert one["text"] == "This paragraph is about retention, and nobody translated it."
    assert one["text"] not in messages()


def test_another_run_keeps_the_doubts_of_articles_that_it_does_not_read(here: Path, write: Write) -> None:
    write("articles/mail/a.md", plain(english=LONGER))
    write("english/mail/a.md", LONGER)
    write("articles/other/b.md", article(("Feil", "Wrong")))
    extract([Path("articles")], english=Path("english"))
    doubts = [message.remarks for message in messages().values()]
    assert any(doubts)
    extract([Path("articles/other")])
    assert [message.remarks for message in messages().values()] == doubts


def test_a_yaml_file_is_reviewed_value_by_value(here: Path, write: Write) -> None:
    english = "metadata:\n  title: Questions\nsections:\n- name: Mail\n  answer: Open the app.\n"
    text = "metadata:\n  title: Spørsmål\n{keys}sections:\n- name: Post\n  answer: Åpne appen.\n"
    keys = plain("{keys}", english).replace("ms.", "  ms.")
    write("articles/faq.yml", text.replace("{keys}", keys))
    write("english/faq.yml", english)
    extract([Path("articles")], english=Path("english"))
    assert {name: message.translation for name, message in messages().items()} == {
        "Questions": "Spørsmål",
        "Mail": "Post",
        "Open the app.": "Åpne appen.",
    }
    edit("Mail", 'Post: "alt"')
    assert merge([PO], english=Path("english")).problems == []
    assert "- name: 'Post: \"alt\"'\n" in Path("build/nb-NO/faq.yml").read_text()


def test_the_reviews_of_an_annotated_delivery_stay_when_the_next_one_is_plain(here: Path) -> None:
    english = PROJECT / "tests/english"
    shutil.copytree(PROJECT / "articles/nb-NO", here / "articles/nb-NO")
    extract([Path("articles")], english=english)
    edit("", "")
    before = messages()
    for path in [*Path("articles").rglob("*.md")]:
        path.write_bytes(parse(path.read_bytes(), path.name).render("localized"))
    report = extract([Path("articles")], english=english)
    assert report.plain == 0
    same = [message for message in catalogue().messages if message.source in before and not message.obsolete]
    assert all(message.is_reviewed for message in same)
    assert len(same) > 200  # of 238; the others are sentences that the samples split in their own way


def test_align_writes_annotated_articles_whose_localized_form_is_the_plain_article(docs: Path) -> None:
    report = align(Path("english"), Path("articles"), Path("out"), locale="nb-NO")
    assert (report.articles, report.proved, report.uncertain, report.problems) == (1, 1, 0, [])
    found = parse(Path("out/mail/a.md").read_bytes(), "a.md")
    assert found.render("localized") == Path("articles/mail/a.md").read_bytes()
    assert [one.source for one in found.units] == ["Shared mailboxes", *SOURCES[2:-1]]
    assert report.units == len(found.units)
    assert align(Path("english"), Path("articles"), Path("out")).written == []


def test_align_leaves_out_what_is_uncertain(here: Path, write: Write) -> None:
    write("nb/a.md", plain(english=LONGER, kind="HT"))
    write("en/a.md", LONGER)
    done = l10n("align", "en", "nb", "-o", "out", "--json", cwd=here)
    assert done.code == 0
    assert done.json["uncertain"] > 0
    sources = {one.source for one in parse(Path("out/a.md").read_bytes(), "a.md").units}
    assert "Open the **admin center**." in sources
    assert not any("Every member" in source for source in sources)


def test_align_reports_what_it_leaves_out_and_overwrites_no_plain_article(here: Path, write: Write) -> None:
    write("nb/mail/a.md", plain())
    write("nb/b.md", plain())
    write("nb/c.md", article(("Feil", "Wrong")))
    write("nb/d.md", plain(locale="da-DK"))
    for name in ("mail/a.md", "c.md", "d.md"):
        write(f"en/{name}", ENGLISH)
    done = l10n("align", "en", "nb", "-o", "nb", "--locale", "nb", cwd=here)
    done = l10n("align", "en", "nb", "-o", "nb", "--locale", "nb-NO", "--json", cwd=here)
    assert done.code == 1
    assert sorted(done.codes) == ["annotated-already", "no-source", "other-kind", "other-locale"]
    assert (here / "nb/mail/a.md").read_text() == plain()


def test_the_number_of_processes_changes_no_byte(here: Path, write: Write) -> None:
    for number in range(40):
        write(f"nb/{number}.md", plain(NORWEGIAN * 20, ENGLISH * 20))
        write(f"en/{number}.md", ENGLISH * 20)
    for jobs in ("1", "2"):
        assert l10n("align", "en", "nb", "-o", f"out{jobs}", "-j", jobs, cwd=here).code == 0
        extracted = l10n("extract", "nb", "--english", "en", "-o", f"po{jobs}", "-j", jobs, cwd=here)
        assert extracted.code == 0
    for number in range(40):
        assert (here / f"out1/{number}.md").read_bytes() == (here / f"out2/{number}.md").read_bytes()
    assert (here / "po1/nb_NO.po").read_bytes() == (here / "po2/nb_NO.po").read_bytes()


def test_plain_articles_are_checked_with_their_english_files(docs: Path, write: Write) -> None:
    write("articles/mail/a.md", plain(NORWEGIAN.replace("50 GB |", "500 GB |")))
    done = l10n("check", "articles", cwd=docs)
    assert "plain, without English  1" in done.out
    done = l10n("check", "articles", "--english", "english", "--format", "json", cwd=docs)
    (finding,) = [one for one in done.json["findings"] if one["check"].startswith("number")]
    assert (finding["path"], finding["line"]) == ("articles/mail/a.md", 21)


def test_align_reports_sentences_that_cannot_be_annotated(here: Path, write: Write) -> None:
    write("en/a.md", "# Mail\n\nOpen <span>it. Close it.\n")
    write("nb/a.md", "# Post\n\nÅpne <span>den. Lukk den.\n")
    done = l10n("align", "en", "nb", "-o", "out", "--json", cwd=here)
    (problem,) = done.json["problems"]
    assert (problem["code"], problem["line"], problem["column"]) == ("cannot-annotate", 3, 1)
    assert problem["message"].startswith("1 of its sentences")
    found = parse(Path("out/a.md").read_bytes(), "a.md")
    assert [one.source for one in found.units] == ["Mail", "Close it."]
    assert found.render("localized") == Path("nb/a.md").read_bytes()


def test_a_file_with_another_hash_is_reported_by_check_as_by_extract(docs: Path, write: Write) -> None:
    write("english/mail/a.md", LONGER)
    extracted = l10n("extract", "articles", "--english", "english", "--json", cwd=docs)
    checked = l10n("check", "articles", "--english", "english", "--format", "json", cwd=docs)
    assert checked.json["problems"] == extracted.json["problems"] != []
