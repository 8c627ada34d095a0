"""`l10n merge` refuses what `l10n check` finds and `l10n fix` mends."""

from __future__ import annotations

from pathlib import Path

from l10n import extract, merge, po
from l10n.commands.fix import fix
from tests.helpers.articles import article, unit
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.reviews import review


def test_merge_refuses_what_check_finds_and_fix_mends(here: Path, write: Write) -> None:
    delivered = ("21. juli flyttet vi.", "On July 21 we moved.")
    write("articles/a.md", article(("Vi", "We"), delivered))
    extract([Path("articles")])
    path = here / "locales/nb_NO.po"
    run = l10n("check", "articles", "locales", "--only", "block-start", "--format", "json", cwd=here)
    assert [one["path"] for one in run.json["findings"]] == ["articles/a.md", "locales/nb_NO.po"]
    review(path, {"We": "21. juli"})
    (problem,) = merge([Path("locales")]).problems
    assert problem.code == "refused-target"
    assert problem.message.endswith("its first line would begin a list; write 21\\. juli")
    assert fix([Path("locales")]).mended == 1
    review(path, {"We": "Oss", delivered[1]: po.read(path.read_bytes(), "x").messages[1].translation})
    assert merge([Path("locales")]).problems == []
    assert "\n21\\. juli flyttet vi.\n" in (here / "build/nb-NO/a.md").read_text()


def test_in_articles_a_sentence_within_a_paragraph_begins_no_block(here: Path, write: Write) -> None:
    sentence = unit("31. desember er siste dag.", "The last day is December 31.", 103)
    write("a.md", article(("Vi", "We")) + f"\nOld. {sentence}\n")
    assert l10n("check", "a.md", "--only", "block-start", "--format", "json", cwd=here).json["findings"] == []


def test_fix_says_that_it_mends_no_articles(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Lagre  filen.", "Save the file.")))
    run = l10n("check", "articles", "--fix", cwd=here)
    assert run.code == 1
    assert "no-catalogues: only PO files are mended" in run.err
