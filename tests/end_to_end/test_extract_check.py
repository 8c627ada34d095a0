"""The checks in extract and merge: notes, the order of risk, strict refusals."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from l10n import extract, po
from l10n.catalogue import Message
from l10n.splitting import Split
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write

NUMBER = ("Vent 51 minutter.", "Wait 15 minutes.")
SPACED = ("Lagre  filen.", "Save the file.")
GOOD = ("Velg knappen.", "Select the button.")
NOTE = "check number (error): number 51 should be 15, as in the source"
PO = Path("locales/nb_NO.po")


def messages() -> list[Message]:
    return po.read(PO.read_bytes(), "nb_NO.po").messages


def remarks() -> dict[str, tuple[str, ...]]:
    return {message.source: message.remarks for message in messages() if message.remarks}


def change(old: str, new: str) -> None:
    text = PO.read_text("utf-8")
    assert old in text
    PO.write_text(text.replace(old, new), "utf-8")


def test_the_notes_tell_the_findings_and_are_kept_current(here: Path, write: Write) -> None:
    write("articles/a.md", article(GOOD, NUMBER, SPACED))
    assert l10n("extract", "articles", "--check", cwd=here).code == 0
    assert remarks() == {
        NUMBER[1]: (NOTE,),
        SPACED[1]: ("check double-space (warning): more than one space in a row; use one",),
    }
    assert f"\n#. {NOTE}\n" in PO.read_text("utf-8")
    first = PO.read_bytes()
    assert l10n("extract", "articles", "--check", cwd=here).code == 0
    assert PO.read_bytes() == first
    change("Vent 51", "Vent 15")
    l10n("extract", "articles", "--check", cwd=here)
    assert NUMBER[1] not in remarks()
    assert SPACED[1] in remarks()


def test_an_extract_without_the_checks_takes_the_notes_out(here: Path, write: Write) -> None:
    write("articles/a.md", article(GOOD, NUMBER))
    l10n("extract", "articles", cwd=here)
    plain = PO.read_bytes()
    l10n("extract", "articles", "--check", cwd=here)
    noted = PO.read_bytes()
    assert noted != plain
    l10n("extract", "articles", cwd=here)
    assert PO.read_bytes() == noted, "what an earlier run was told is not forgotten"
    l10n("extract", "articles", "--no-check", cwd=here)
    assert PO.read_bytes() == plain


def test_what_the_comment_accepts_is_not_noted(here: Path, write: Write) -> None:
    write("articles/a.md", article(NUMBER))
    l10n("extract", "articles", "--check", cwd=here)
    change("#. paragraph", "# l10n: ok number\n#. paragraph")
    l10n("extract", "articles", "--check", cwd=here)
    assert remarks() == {}
    assert messages()[0].comment == "l10n: ok number"


@pytest.mark.parametrize("location", ["full", "never"])
def test_the_order_of_risk_is_errors_warnings_and_the_rest_as_read(
    here: Path, write: Write, location: str
) -> None:
    write("articles/a.md", article(GOOD, SPACED, ("Åpne den.", "Open it."), NUMBER))
    run = ("extract", "articles", "--add-location", location)
    l10n(*run, cwd=here)
    reading = PO.read_bytes()
    l10n(*run, "--order", "risk", cwd=here)
    assert [m.source for m in messages()] == [NUMBER[1], SPACED[1], GOOD[1], "Open it."]
    assert remarks() == {}
    risk = PO.read_bytes()
    l10n(*run, "--order", "risk", cwd=here)
    assert PO.read_bytes() == risk
    l10n(*run, cwd=here)
    assert PO.read_bytes() == risk, "what an earlier run was told is not forgotten"
    l10n(*run, "--order", "reading", cwd=here)
    assert PO.read_bytes() == reading


@pytest.mark.parametrize("split", ["none", "article"])
def test_the_order_of_risk_learns_from_the_human_translations(
    here: Path, write: Write, monkeypatch: pytest.MonkeyPatch, split: Split
) -> None:
    monkeypatch.setattr("l10n.risk.LEAST", 1_000)
    texts = [f"Velg mappe {number} og åpne den nye filen." for number in range(60)]
    write("articles/b.md", article(*((text, f"Source {text}") for text in texts), kind="HT"))
    odd = ("Quiz xerox jawohl.", "Open the other folder.")
    write("articles/a.md", article(("Åpne mappe 3.", "Open folder 3."), odd, NUMBER))
    extract([Path("articles")], split=split, order="risk")
    name = "nb_NO.po" if split == "none" else "nb_NO/a.md.po"
    found = po.read((here / "locales" / name).read_bytes(), name).messages
    assert [message.source for message in found[:3]] == [NUMBER[1], odd[1], "Open folder 3."]
    assert extract([Path("articles")], split=split, order="risk").written == []


def test_a_strict_merge_refuses_errors_and_says_so(here: Path, write: Write) -> None:
    path = write("articles/a.md", article(("Vent 15 minutter.", NUMBER[1]), GOOD))
    l10n("extract", "articles", cwd=here)
    change("#, fuzzy\n", "")
    change("Vent 15 minutter.", "Vent 51 minutter.")
    change("Velg knappen.", "Velg  knappen.")
    run = l10n("merge", PO, "--strict", "--json", cwd=here)
    assert (run.code, run.codes) == (1, ["strict-target"])
    (problem,) = run.json["problems"]
    assert (problem["path"], problem["line"]) == ("articles/a.md", 7)
    assert problem["message"].endswith("number: number 51 should be 15, as in the source")
    built = (here / "build/nb-NO" / path.relative_to(here / "articles")).read_text("utf-8")
    assert "Vent 15 minutter." in built
    assert "Velg  knappen." in built, "a warning is no reason to refuse"
    assert l10n("merge", PO, "--json", cwd=here).code == 0
    change("#. paragraph · 1a2b3-102", "# l10n: ok number\n#. paragraph · 1a2b3-102")
    assert l10n("merge", PO, "--strict", cwd=here).code == 0
    assert "Vent 51 minutter." in (here / "build/nb-NO/a.md").read_text("utf-8")


def test_what_would_break_the_article_is_refused_whatever_is_asked(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Lagre filen.", "Save the file."), prefix="# "))
    l10n("extract", "articles", cwd=here)
    change("#, fuzzy\n", "")
    change('"Lagre filen."', '"Lagre\\nfilen."')
    for strict in ((), ("--strict",)):
        assert l10n("merge", PO, "--json", *strict, cwd=here).codes == ["refused-target"]


def test_the_checks_are_loaded_only_when_they_are_asked_for() -> None:
    code = "import l10n, sys; sys.exit('l10n.checks' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
