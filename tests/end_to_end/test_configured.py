"""Settings that several commands share: the English articles, the glossary, the checks."""

from __future__ import annotations

from hashlib import sha1
from pathlib import Path

import pytest

from tests.helpers.articles import article, unit
from tests.helpers.command import l10n
from tests.helpers.files import Write

GLOSSARY = "source,target,do_not_translate,forbidden\nExchange,,yes,\nmailbox,postboks,,\n"
NAME = ("Åpne Utveksling.", "Open Exchange.")
TERM = ("Lagre brevkassen.", "Save the mailbox.")
PO = Path("locales/nb_NO.po")


def checks(*arguments: str | Path, cwd: Path) -> list[str]:
    run = l10n("check", "articles", "--format", "json", *arguments, cwd=cwd)
    return [finding["check"] for finding in run.json["findings"]]


def test_check_looks_for_the_terms_of_a_glossary(here: Path, write: Write) -> None:
    write("articles/a.md", article(NAME, TERM))
    path = write("glossary.csv", GLOSSARY)
    assert checks(cwd=here) == []
    assert checks("--glossary", path, cwd=here) == ["do-not-translate", "term-missing"]
    sarif = l10n("check", "articles", "--glossary", path, "--format", "sarif", cwd=here).json["runs"][0]
    rules = sarif["tool"]["driver"]["rules"]
    assert all("shortDescription" in rules[result["ruleIndex"]] for result in sarif["results"])
    assert checks("--glossary", path, "--only", "term-missing", cwd=here) == ["term-missing"]
    assert checks("--glossary", path, "--skip", "term-missing", cwd=here) == ["do-not-translate"]


def test_glossaries_are_joined_and_what_is_wrong_with_one_is_said(here: Path, write: Write) -> None:
    """Law 3: a file that cannot be used is reported, and the others are."""
    write("articles/a.md", article(NAME, TERM))
    write("a.csv", "source,do_not_translate\nExchange,yes\n,maybe\n")
    write("b.csv", "source,target\nmailbox,postboks\n")
    write("c.csv", "word\nx\n")
    given = [part for name in ("c.csv", "a.csv", "b.csv") for part in ("--glossary", name)]
    assert checks(*given, cwd=here) == ["do-not-translate", "term-missing"]
    run = l10n("check", "articles", "--format", "json", *given, cwd=here)
    assert (run.code, run.codes) == (1, ["bad-glossary", "bad-glossary"])
    assert [(p["path"], p["line"]) for p in run.json["problems"]] == [("a.csv", 3), ("c.csv", 1)]


def test_the_glossary_of_the_settings_counts_in_every_command(here: Path, write: Write) -> None:
    write("l10n.toml", '[check]\nglossary = "terms/glossary.csv"\nskip = ["term-missing"]\n')
    write("terms/glossary.csv", GLOSSARY)
    write("articles/a.md", article(("Åpne Exchange.", NAME[1]), TERM))
    assert checks(cwd=here) == []
    assert l10n("extract", "articles", "--check", cwd=here).code == 0
    text = PO.read_text("utf-8")
    assert "#. check:" not in text
    PO.write_text(text.replace("#, fuzzy\n", "").replace("Åpne Exchange.", NAME[0]), "utf-8")
    run = l10n("merge", PO, "--strict", "--json", cwd=here)
    assert run.codes == ["strict-target"]
    assert "do-not-translate: the name Exchange is missing" in run.json["problems"][0]["message"]
    l10n("extract", "articles", "--check", cwd=here)
    assert PO.read_text("utf-8").count("#. check do-not-translate (error): the name Exchange is missing") == 1


@pytest.mark.parametrize("name", ["l10n.toml", "pyproject.toml"])
def test_the_settings_name_the_english_articles(here: Path, write: Write, name: str) -> None:
    table = "[tool.l10n]\n" if name == "pyproject.toml" else ""
    write(name, f'{table}english = "en"\n')
    english = "---\ntitle: The title\n---\n\nSave the file.\n"
    write("en/a.md", english)
    mark = sha1(english.encode()).hexdigest()
    head = f"---\ntitle: Tittelen\nms.openlocfilehash: {mark}\nms.contentlocale: nb-NO\n---\n\n"
    write("articles/a.md", head + unit("Lagre filen.", "Save the file.") + "\n")
    run = l10n("extract", "articles", "--json", cwd=here)
    assert (run.code, run.json["units"], run.json["english"]["proved"]) == (0, 2, 1)
    assert 'msgid "The title"' in PO.read_text("utf-8")
    run = l10n("merge", PO, "--json", cwd=here)
    assert (run.code, run.json["units"], run.json["english"]["proved"]) == (0, 2, 1)
    assert l10n("status", "--json", cwd=here).code == 0, "without history there is nothing to tell"
    (here / "other").mkdir()
    run = l10n("extract", "articles", "--english", "other", "--json", cwd=here)
    assert (run.json["units"], run.json["english"]["proved"]) == (1, 0), "the option goes first"


def test_settings_that_cannot_be_used_are_said_by_each_command(here: Path, write: Write) -> None:
    write("l10n.toml", 'english = "nowhere"\n')
    write("articles/a.md", article(NAME))
    for command in (("extract", "articles"), ("merge", PO), ("status", PO)):
        run = l10n(*command, "--json", cwd=here)
        assert (run.code, run.codes) == (1, ["bad-settings"])
    assert "articles/a.md" in PO.read_text("utf-8")
