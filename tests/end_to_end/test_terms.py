"""`l10n terms` writes a glossary, and never over another."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from l10n.glossary import Glossary, read_glossary
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.terms_articles import KEPT, LOST, REST


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


def test_a_glossary_in_tbx_says_what_the_one_in_csv_says(write: Write, tmp_path: Path) -> None:
    write("articles/a.md", article(*KEPT, *KEPT, *LOST, *REST))
    write("articles/b.md", article(*KEPT, *REST, locale="sr-Latn-RS"))
    for name in ("g.csv", "g.tbx"):
        run = l10n("terms", "articles", "-o", name, cwd=tmp_path)
        assert (run.code, run.err) == (0, "")
    of_csv, of_tbx = (read_glossary((tmp_path / name).read_bytes(), name) for name in ("g.csv", "g.tbx"))
    kept = tuple(term for term in of_csv.terms if term.do_not_translate)
    assert of_tbx == Glossary(kept)
    assert {term.locale for term in kept} == {"nb_NO", "sr_RS@latin"}
    run = l10n("terms", "articles/a.md", "-o", "g.tbx", cwd=tmp_path)
    assert run.err.startswith("g.tbx:1:1: would-overwrite")


OMEGAT = Path("/usr/share/omegat/OmegaT.jar")


@pytest.mark.skipif(not OMEGAT.exists(), reason="Debian's omegat has the schema")
def test_a_glossary_in_tbx_is_valid(write: Write, tmp_path: Path) -> None:
    write("articles/a.md", article(*KEPT, *LOST, *REST))
    l10n("terms", "articles", "-o", "g.tbx", cwd=tmp_path)
    with zipfile.ZipFile(OMEGAT) as jar:
        for name in ("tbx.xsd", "xml.xsd"):
            jar.extract(f"schemas/{name}", tmp_path)
    schema = etree.XMLSchema(etree.parse(tmp_path / "schemas/tbx.xsd"))
    schema.assertValid(etree.parse(tmp_path / "g.tbx"))
