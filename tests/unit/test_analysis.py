"""The analysis counts what is not reviewed by its best match."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from l10n import analysis, extract
from l10n.commands.analysis import ROWS
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write

MEMORY = """\
msgid "Select the files and then close them."
msgstr "a"

msgid "Open mail"
msgstr "b"
"""


def prepare(write: Write) -> None:
    write("articles/hand.md", article(("Ja", "Yes"), kind="HT"))
    write(
        "articles/a.md",
        article(
            ("1", "No"),
            ("2", "No"),
            ("3", "Open mail"),
            ("4", "Select the file and then close it."),
            ("5", "Yess"),
            ("6", "Yes"),
            ("7", "An entirely different sentence here"),
        ),
    )
    write("old/nb.po", MEMORY)
    extract([Path("articles")])


def counts(*memory: str) -> dict[str, tuple[int, int]]:
    result = analysis([Path("locales")], memory=[Path(one) for one in memory])
    assert result.problems == []
    (locale,) = result.locales
    assert (locale.locale, tuple(locale.matches)) == ("nb_NO", ROWS)
    assert locale.total.messages == sum(one.messages for one in locale.matches.values())
    return {name: (one.messages, one.words) for name, one in locale.matches.items() if one.messages}


def test_what_is_reviewed_and_the_memory_give_the_matches(here: Path, write: Write) -> None:
    prepare(write)
    without = counts()
    assert without["100"] == (1, 1)  # Yes, which a person translated elsewhere
    assert without["repetitions"] == (1, 1)
    assert without["new"] == (5, 16)
    with_memory = counts("old")
    assert with_memory["100"] == (2, 3)
    assert with_memory["85-94"] == (1, 7)
    assert with_memory["new"] == (3, 7)


def test_the_command_prints_a_table_json_or_csv(here: Path, write: Write) -> None:
    prepare(write)
    table = l10n("status", "--analysis", "--memory", "old", cwd=here).out.splitlines()
    assert table[0].split() == ["locale", "match", "messages", "words", "%"]
    assert table[1].split() == ["nb_NO", "repetitions", "1", "1", "5"]
    assert table[-1].split() == ["total", "7", "18", "100"]
    rows = list(csv.DictReader(io.StringIO(l10n("status", "--analysis", "--csv", cwd=here).out)))
    assert [row["match"] for row in rows] == list(ROWS)
    assert rows[-1] == {"locale": "nb_NO", "match": "new", "messages": "5", "words": "16"}
    found = l10n("status", "--analysis", "--json", "--memory", "old", cwd=here).json
    assert found["locales"][0]["matches"]["100"] == {"messages": 2, "words": 3}
    assert found["locales"][0]["total"] == {"messages": 7, "words": 18}


def test_options_that_do_not_fit_together_are_refused(here: Path, write: Write) -> None:
    prepare(write)
    for arguments in (["--memory", "old"], ["--csv"], ["--analysis", "--csv", "--json"]):
        assert l10n("status", *arguments, cwd=here).code == 2
    assert l10n("status", "--analysis", "--fail-under", "3", cwd=here).code == 2
