"""Law 2 of another split: over any sequence of splits, reviews are neither lost nor doubled."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import extract, po
from l10n.catalogue import Message
from l10n.files import Root
from l10n.splitting import Split, Words
from tests.helpers.articles import article
from tests.helpers.files import Write
from tests.helpers.po_files import edit, tree

SPLITS: list[Split] = ["none", "folder", "article", Words(3), Words(12)]
PATHS = ["a.md", "mail/b.md", "mail/c.md", "mail/sub/d.md", "faq.yml.md"]
SOURCES = ["No", "Yes", "Select the file and then close it.", "Select the files and then close them."]
TARGETS = ["Nei", "Antall", "Velg filen og lukk den."]


def deliver(dice: random.Random, write: Write) -> None:
    """Write a delivery over the last one, of articles by machines and people."""
    shutil.rmtree("articles", ignore_errors=True)
    for path in PATHS if dice.random() < 0.5 else dice.sample(PATHS, 4):
        pairs = [(dice.choice(TARGETS), dice.choice(SOURCES)) for _ in range(dice.randint(1, 4))]
        write(f"articles/{path}", article(*pairs, kind=dice.choice(["MT", "MT", "HT"])))


def review(dice: random.Random, number: int) -> None:
    """Review some messages with unique texts, and comment on some."""
    for path in sorted(Path("locales").rglob("*.po")):
        for_file = iter(range(1_000))

        def change(message: Message) -> Message | None:
            name = f"#{number}-{path.stem}-{next(for_file)}"  # noqa: B023
            chance = dice.random()
            if message.obsolete or chance < 0.5:
                return None
            if chance < 0.6:
                return replace(message, comment=name)
            return replace(
                message, translation=name, fuzzy=False, previous_source=None, previous_context=None
            )

        edit(path, change)


def all_messages() -> list[Message]:
    files = sorted(Path("locales").rglob("*.po"))
    return [message for path in files for message in po.read(path.read_bytes(), str(path)).messages]


def work() -> set[str]:
    """Return all that somebody wrote."""
    found = all_messages()
    texts = {m.translation for m in found} | {m.comment for m in found}
    return {text for text in texts if text.startswith("#")}


def units() -> dict[tuple[str, int, str], tuple[str, bool]]:
    """Return the translation of each unit, and if it is reviewed; a unit has one message only."""
    found: dict[tuple[str, int, str], tuple[str, bool]] = {}
    for message in all_messages():
        for path, line in message.places:
            key = path, line, message.source
            assert key not in found, "two messages have the same unit"
            found[key] = message.translation, message.is_reviewed
    return found


def kinds() -> set[str]:
    """Return the splits of the PO files."""
    names = [path.relative_to("locales").as_posix() for path in Path("locales").rglob("*.po")]
    return {_kind(name) for name in names}


def _kind(name: str) -> str:
    if "/words-" in name:
        return "words:" + name.split("/")[1].removeprefix("words-")
    return "article" if ".md.po" in name else "folder" if "/" in name else "none"


@pytest.mark.parametrize("seed", range(12))
def test_reviews_are_neither_lost_nor_doubled_over_any_sequence_of_splits(
    here: Path, write: Write, seed: int
) -> None:
    dice = random.Random(seed)
    deliver(dice, write)
    extract([Path("articles")], split=dice.choice(SPLITS))
    for number in range(6):
        review(dice, number)
        before, known = units(), work()
        split = dice.choice(SPLITS)
        is_new = dice.random() < 0.3
        if is_new:
            deliver(dice, write)
        report = extract([Path("articles")], split=split)
        assert report.problems == []
        assert kinds() == {str(split)}
        assert work() >= known
        after = units()
        reviews = {unit: text for unit, text in before.items() if text[1] and text[0].startswith("#")}
        assert is_new or reviews.items() <= after.items()
        files = tree(here / "locales")
        assert extract([Path("articles")], split=split).written == []
        assert tree(here / "locales") == files


@pytest.mark.parametrize("seed", range(8))
def test_an_interruption_loses_nothing(
    here: Path, write: Write, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    dice = random.Random(seed)
    deliver(dice, write)
    first, then = dice.sample(SPLITS, 2)
    extract([Path("articles")], split=first)
    review(dice, 0)
    before, known = units(), work()
    left = dice.randint(0, 4)

    class Killed(BaseException):
        pass

    def stop(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed

    def counted(name: str) -> None:
        real = getattr(Root, name)

        def call(*arguments: object) -> object:
            stop()
            return real(*arguments)

        monkeypatch.setattr(Root, name, call)

    counted("rewrite")
    counted("remove")
    try:
        extract([Path("articles")], split=then)
    except Killed:
        assert work() >= known
    monkeypatch.undo()
    monkeypatch.chdir(here)
    report = extract([Path("articles")], split=then)
    assert report.problems == []
    assert kinds() == {str(then)}
    assert work() >= known
    reviews = {unit: text for unit, text in before.items() if text[1] and text[0].startswith("#")}
    assert reviews.items() <= units().items()


def test_an_old_file_that_somebody_saves_meanwhile_stays_and_is_moved_by_the_next_run(
    here: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("articles/a.md", article(("Nei", "No"), ("Ja", "Yes")))
    write("articles/b/b.md", article(("Nei", "No")))
    extract([Path("articles")])
    path = here / "locales/nb_NO.po"
    real = Root.remove

    def save_first(*arguments: object) -> None:
        edit(path, lambda message: replace(message, translation="#mine", fuzzy=False))
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Root, "remove", save_first)
    report = extract([Path("articles")], split="article")
    assert ([problem.code for problem in report.problems], report.removed) == (["changed-meanwhile"], [])
    monkeypatch.setattr(Root, "remove", real)
    report = extract([Path("articles")], split="article")
    assert (report.problems, report.removed) == ([], ["locales/nb_NO.po"])
    assert set(units().values()) == {("#mine", True)}


def test_articles_that_are_not_read_keep_their_split(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Nei", "No")))
    write("articles/b/b.md", article(("Ja", "Yes")))
    extract([Path("articles")])
    before = tree(here / "locales")
    report = extract([Path("articles/b")], split="article")
    assert [problem.code for problem in report.problems] == ["other-split"]
    assert tree(here / "locales") == before
    (here / "articles/a.md").write_bytes(b"\xff\xfe\x00")
    report = extract([Path("articles/b"), Path("articles/none.md")], split="article")
    assert "other-split" in [problem.code for problem in report.problems]
    assert tree(here / "locales") == before


def test_the_entries_of_other_tools_are_not_divided(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Nei", "No")))
    extract([Path("articles")])
    plural = '\nmsgid "file"\nmsgid_plural "files"\nmsgstr[0] "fil"\nmsgstr[1] "filer"\n'
    path = here / "locales/nb_NO.po"
    path.write_bytes(path.read_bytes() + plural.encode())
    before = tree(here / "locales")
    report = extract([Path("articles")], split="folder")
    assert [problem.code for problem in report.problems] == ["other-split"]
    assert tree(here / "locales") == before


def test_new_files_keep_the_header_and_messages_without_references(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Nei", "No")))
    write("articles/b.md", article(("Nei", "No"), ("Ja", "Yes")))
    extract([Path("articles")], add_location="never")
    path = here / "locales/nb_NO.po"
    edit(path, lambda message: replace(message, translation=f"#{message.translation}", fuzzy=False))
    text = path.read_text("utf-8").replace("Last-Translator: ", "Last-Translator: Kari <kari@contoso.com>")
    path.write_text(f"# Kari\n{text}", "utf-8")
    extract([Path("articles")], split="article")
    for name, texts in (("a.md", ["#Nei"]), ("b.md", ["#Nei", "#Ja"])):
        made = here / f"locales/nb_NO/{name}.po"
        assert "# Kari\n" in made.read_text("utf-8")
        assert "Last-Translator: Kari" in made.read_text("utf-8")
        found = po.read(made.read_bytes(), name).messages
        assert [(m.translation, m.is_reviewed) for m in found] == [(text, True) for text in texts]


def test_a_split_and_back_gives_the_same_bytes(here: Path, write: Write) -> None:
    """What nobody worked on moves, too: it does not start anew from the translation of a similar source."""
    for number in range(6):
        pairs = [
            (f"Velg fil {number}{n} og lukk den nå.", f"Select file {number}{n} and close it now.")
            for n in range(4)
        ]
        write(f"articles/{number % 2}/{number}.md", article(*pairs, kind="HT" if number == 3 else "MT"))
    extract([Path("articles")])
    before = tree(here / "locales")
    for split in SPLITS[1:]:
        report = extract([Path("articles")], split=split)
        assert report.changes["kept"].messages == report.messages == 24
    extract([Path("articles")])
    assert tree(here / "locales") == before
