"""Parts of about as many words, and what stays in them from delivery to delivery."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from l10n import extract, merge, po, status
from l10n.splitting import Words
from l10n.word_parts import share_out
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.folders import folder
from tests.helpers.po_files import edit, tree
from tests.helpers.steps import steps_of


def share(words: dict[str, int], size: int, known: dict[str, str] | None = None) -> dict[str, str]:
    return share_out(words, size, known or {}, (f"n{number}" for number in count(1)))


def test_parts_follow_the_folders() -> None:
    words = {"b/1.md": 40, "b/2.md": 30, "a/1.md": 60, "c/1.md": 90, "c/2.md": 90, "d.md": 5}
    assert share(words, 100) == {
        "d.md": "n1",
        "a/1.md": "n1",
        "b/1.md": "n2",
        "b/2.md": "n2",
        "c/1.md": "n3",
        "c/2.md": "n4",
    }
    assert len(set(share(words, 1_000).values())) == 1
    assert len(set(share(words, 1).values())) == len(words)


@pytest.mark.parametrize("seed", range(20))
def test_an_article_keeps_its_part_and_no_part_grows_far_beyond_its_size(seed: int) -> None:
    dice = random.Random(seed)
    words = {f"{dice.choice('abc')}/{number}.md": dice.randint(0, 60) for number in range(40)}
    known = share(words, 100)
    numbers = count(1)
    for _ in range(5):
        gone = dice.sample(sorted(words), 5)
        words = {name: size for name, size in words.items() if name not in gone}
        words |= {f"{dice.choice('abcd')}/{dice.random()}.md": dice.randint(0, 60) for _ in range(8)}
        new = share_out(words, 100, known, (f"m{number}" for number in numbers))
        assert new.keys() == words.keys()
        assert all(new[name] == part for name, part in known.items() if name in words)
        sizes: Counter[str] = Counter()
        for name, part in new.items():
            sizes[part] += words[name]
        assert max(sizes.values()) <= 125
        shuffled = dict(dice.sample(sorted(words.items()), len(words)))
        assert share(shuffled, 100) == share(words, 100)
        known = new


def test_the_work_grows_with_the_articles_only() -> None:
    def steps(number: int) -> int:
        words = {f"{n % 7}/{n}.md": n % 50 for n in range(number)}
        known = {name: f"n{n % 9}" for n, name in enumerate(words) if n % 2}
        return steps_of(lambda: share(words, 100, known))

    assert steps(2_000) < 2.3 * steps(1_000)


def owners(here: Path) -> dict[str, str]:
    """Return the PO file of each article."""
    return {
        place.path: path.name
        for path in (here / "locales").rglob("*.po")
        for message in po.read(path.read_bytes(), path.name).messages
        for place in message.places
    }


def test_articles_keep_their_po_file_from_delivery_to_delivery(here: Path, write: Write) -> None:
    folder(write, "articles", "a.md b.md sub/c.md sub/d.md")  # eight words each
    split = Words(16)
    assert extract([Path("articles")], split=split).problems == []
    first = owners(here)
    assert first == {
        "articles/a.md": "01.po",
        "articles/b.md": "01.po",
        "articles/sub/c.md": "02.po",
        "articles/sub/d.md": "02.po",
    }
    (here / "locales/nb_NO/words-16/02.po").rename(here / "locales/nb_NO/words-16/kari.po")
    (here / "articles/a.md").unlink()
    write("articles/aa.md", article(("Ny tekst", "New text")))
    write("articles/new/x.md", article(*((f"Ny tekst {n}", f"New text {n}") for n in "abcde")))
    assert extract([Path("articles")], split=split).problems == []
    assert owners(here) == {
        "articles/aa.md": "01.po",
        "articles/b.md": "01.po",
        "articles/new/x.md": "02.po",
        "articles/sub/c.md": "kari.po",
        "articles/sub/d.md": "kari.po",
    }
    merged = merge([Path("locales")])
    assert (merged.problems, merged.articles) == ([], 5)
    before = tree(here / "locales")
    assert extract([Path("articles")], split=split).written == []
    assert tree(here / "locales") == before


def test_reviews_follow_articles_that_were_renamed(here: Path, write: Write) -> None:
    folder(write, "articles", "a.md b.md sub/c.md sub/d.md")
    extract([Path("articles")], split=Words(16))
    for path in (here / "locales").rglob("*.po"):
        edit(path, lambda message: replace(message, fuzzy=False, translation=f"#{message.translation}"))
    shutil.move("articles/sub", "articles/other")
    report = extract([Path("articles")], split=Words(16))
    assert (report.problems, report.messages, report.reviewed, report.obsolete) == ([], 16, 16, 0)
    assert owners(here)["articles/other/c.md"] == "02.po"
    assert merge([Path("locales")]).problems == []


def test_a_part_says_who_has_it(here: Path, write: Write) -> None:
    folder(write, "articles", "a.md sub/c.md")
    assert l10n("extract", "articles", "--split", "words:8", cwd=here).code == 0
    path = here / "locales/nb_NO/words-8/02.po"
    text = path.read_text("utf-8").replace(
        "Last-Translator: ", "Last-Translator: Kari Vik <kari@contoso.com>"
    )
    path.write_text(text, "utf-8")
    (locale,) = status().locales
    assert [(file.translator, file.scope) for file in locale.files] == [
        ("", ["articles/a.md"]),
        ("Kari Vik", ["articles/sub/c.md"]),
    ]
    assert "  02.po, Kari Vik " in l10n("status", cwd=here).out
    files = l10n("status", "--json", cwd=here).json["locales"][0]["files"]
    assert (files[1]["translator"], files[1]["scope"]) == ("Kari Vik", ["articles/sub/c.md"])


@pytest.mark.parametrize("split", ["words", "words:", "words:0", "words:-1", "words:1e3", "folders", ""])
def test_another_split_is_wrong_usage(here: Path, write: Write, split: str) -> None:
    write("articles/a.md", article(("Nei", "No")))
    run = l10n("extract", "articles", "--split", split, cwd=here)
    assert run.code == 2
    assert "is none of none, folder, article, words:20000" in run.err
