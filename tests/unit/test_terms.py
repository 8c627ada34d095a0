"""Names in articles, and what becomes of them."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from l10n.commands.terms import glossary_csv, note, terms
from l10n.glossary import Term, read_glossary
from l10n.glossary.candidates import Candidate, Other, candidates
from tests.helpers.articles import article
from tests.helpers.files import Write
from tests.helpers.terms_articles import KEPT, LOST, REST


def names(*sources: str, minimum: int = 1) -> list[str]:
    pairs = Counter({(source, source): 1 for source in sources})
    return [candidate.name for candidate in candidates(pairs, "nb_NO", minimum)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("In Exchange Online PowerShell you can.", ["Exchange Online PowerShell"]),
        ("Settings are here.", []),
        ("Done. Settings are here: Users do.", []),
        ("SharePoint is here.", ["SharePoint"]),
        ("Use eDiscovery with iOS.", ["eDiscovery", "iOS"]),
        ("Get Microsoft 365 and Windows 10.", ["Microsoft 365", "Windows 10"]),
        ("Use Outlook's inbox in Outlook.com or Node.js.", ["Node.js", "Outlook", "Outlook.com"]),
        ("Use Skype for Business here.", ["Skype for Business"]),
        ("Choose **Settings** and `Exchange` or [x](Exchange).", []),
        ("The DNS and the URL.", []),
        ("How To Open All Your Boxes", []),
        ("The settings, the Settings, your settings.", ["Settings"]),
        ("Ask [Contoso](x) or (Fabrikam).", []),
    ],
)
def test_what_is_written_as_a_name(source: str, expected: list[str]) -> None:
    assert names(source) == expected


def test_a_word_that_is_mostly_written_small_is_no_name() -> None:
    assert names("the Settings", "a settings b", "c settings d") == []


def test_what_became_of_a_name() -> None:
    pairs = Counter((source, target) for target, source in [*KEPT, *LOST, *REST])
    assert candidates(pairs, "nb_NO") == [Candidate("Exchange", "nb_NO", 12, 8, (Other("utveksling", 4),))]


def test_a_longer_name_is_counted_for_itself() -> None:
    pairs = Counter(
        {("See Exchange Online.", "Se Exchange Online."): 5, ("See Exchange.", "Se Exchange."): 6}
    )
    assert [(c.name, c.count, c.kept) for c in candidates(pairs, "nb_NO")] == [
        ("Exchange", 6, 6),
        ("Exchange Online", 5, 5),
    ]


def test_japanese_words_are_runs_of_one_kind() -> None:
    pairs = Counter({(f"Use Teams {n} here.", f"ここでチーム{n}を使う"): 1 for n in range(6)})
    pairs.update({(f"Text {n} here.", f"文章{n}を読む"): 1 for n in range(60)})
    assert candidates(pairs, "ja_JP")[0].others == (Other("チーム", 6),)


def test_the_order_of_the_pairs_changes_nothing() -> None:
    pairs = [(source, target) for target, source in [*KEPT, *LOST, *REST]]
    shuffled = pairs[:]
    random.Random(1).shuffle(shuffled)
    assert shuffled != pairs
    assert candidates(Counter(shuffled), "nb_NO") == [
        Candidate("Exchange", "nb_NO", 12, 8, (Other("utveksling", 4),))
    ]


def test_the_glossary_is_read_back() -> None:
    found = [
        Candidate("Exchange", "nb_NO", 812, 660, (Other("utveksling", 120), Other("bytte", 3))),
        Candidate("Microsoft, Inc", "nb_NO", 20, 15, ()),
    ]
    assert note(found[0]) == "812 times, kept 660, else utveksling 120, bytte 3"
    assert read_glossary(glossary_csv(found), "g.csv").terms == (
        Term("Exchange", (), True, (), True, note(found[0]), locale="nb_NO"),
        Term("Microsoft, Inc", (), False, (), True, "20 times, kept 15", locale="nb_NO"),
    )


def test_the_order_of_the_files_changes_nothing(write: Write, here: Path) -> None:
    paths = [write(f"articles/{n}.md", article(*KEPT[n:], *LOST, *REST[n:])) for n in range(4)]
    assert terms(paths) == terms(paths[::-1]) == terms([*paths, here / "articles"])
