"""`l10n terms`: which names stand in the articles, and what becomes of them."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from l10n.commands.terms import glossary_csv, note, terms
from l10n.glossary import Term, read_glossary
from l10n.glossary.candidates import Candidate, Other, candidates
from tests.conftest import Write, article, l10n

KEPT = [(f"Åpne Exchange {n}.", f"Open Exchange in step {n}.") for n in range(8)]
LOST = [(f"Åpne utveksling {n}.", f"Now open Exchange in way {n}.") for n in range(4)]
REST = [(f"Et vanlig ord {n} her.", f"A common word {n} here.") for n in range(40)]


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
    assert candidates(Counter(shuffled), "nb_NO") == candidates(Counter(pairs), "nb_NO")


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


def test_the_command_writes_a_glossary_and_never_over_another(write: Write, tmp_path: Path) -> None:
    write("articles/a.md", article(*KEPT, *LOST))
    write("articles/b.md", article(*REST))
    run = l10n("terms", "articles", "-o", "g.csv", cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines()[0].split() == ["name", "locale", "times", "kept", "else"]
    assert run.out.splitlines()[1].split() == ["Exchange", "nb_NO", "12", "8", "utveksling", "4"]
    assert run.out.splitlines()[2] == "1 names written to g.csv"
    data = (tmp_path / "g.csv").read_bytes()
    assert data.decode().splitlines()[1] == 'Exchange,,,,yes,"12 times, kept 8, else utveksling 4",nb_NO'
    assert l10n("terms", "articles", "-o", "g.csv", cwd=tmp_path).code == 0
    write("g.csv", "source\nmy work\n")
    run = l10n("terms", "articles", "-o", "g.csv", cwd=tmp_path)
    assert run.code == 1
    assert run.err.startswith("g.csv:1:1: would-overwrite: it is there already")
    assert (tmp_path / "g.csv").read_text() == "source\nmy work\n"


def test_po_files_and_articles_give_the_same(write: Write, tmp_path: Path) -> None:
    write("articles/a.md", article(*KEPT, *LOST, *REST, *KEPT[:3]))
    l10n("extract", "articles", cwd=tmp_path)
    of_articles, of_po = (
        l10n("terms", name, "--json", cwd=tmp_path).json for name in ("articles", "locales")
    )
    assert of_articles["candidates"] == of_po["candidates"]
    assert of_po["candidates"] == [
        {
            "name": "Exchange",
            "locale": "nb_NO",
            "count": 15,
            "kept": 11,
            "others": [{"word": "utveksling", "times": 4}],
            "do_not_translate": False,
        }
    ]
    assert (of_articles["articles"], of_articles["catalogues"], of_articles["units"]) == (1, 0, 55)
    assert (of_po["articles"], of_po["catalogues"], of_po["units"]) == (0, 1, 55)
    assert of_po["command"] == "terms"


def test_the_order_of_the_files_changes_nothing(write: Write, here: Path) -> None:
    paths = [write(f"articles/{n}.md", article(*KEPT[n:], *LOST, *REST[n:])) for n in range(4)]
    assert terms(paths) == terms(paths[::-1]) == terms([*paths, here / "articles"])


def test_problems_are_told_and_the_rest_is_read(write: Write, tmp_path: Path) -> None:
    write("articles/a.md", article(*KEPT))
    write("articles/b.md", article(*KEPT).replace("ms.contentlocale: nb-NO\n", ""))
    write("articles/c.md", article(*KEPT, locale="xx-YY"))
    write("articles/d.md", "no units\n")
    write("articles/e.po", "msgid\n")
    (tmp_path / "empty").mkdir()
    run = l10n("terms", "articles", "empty", "--json", cwd=tmp_path)
    assert run.code == 1
    assert run.codes == ["no-locale", "unknown-locale", "bad-po", "no-articles"]
    assert [(c["name"], c["count"]) for c in run.json["candidates"]] == [("Exchange", 8)]
    run = l10n("terms", "articles", "--locale", "nb-NO", "--minimum", "24", "--json", cwd=tmp_path)
    assert run.codes == ["bad-po"]
    assert [(c["name"], c["count"]) for c in run.json["candidates"]] == [("Exchange", 24)]


def test_wrong_usage(tmp_path: Path) -> None:
    assert l10n("terms", cwd=tmp_path).code == 2
    assert l10n("terms", "missing", cwd=tmp_path).code == 2
    assert l10n("terms", ".", "--locale", "xx", cwd=tmp_path).code == 2
    assert l10n("terms", ".", "--minimum", "0", cwd=tmp_path).code == 2


def test_nothing_found_is_said(write: Write, tmp_path: Path) -> None:
    write("a.md", article(("Ja", "Yes")))
    run = l10n("terms", "a.md", cwd=tmp_path)
    assert (run.code, run.out) == (0, "no names found\n")
