"""Names that Windows reserves are left out there, with advice."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n import L10nError, Wanted, extract, merge, reserved
from l10n.files import Root
from tests.helpers.articles import article
from tests.helpers.files import Write


@pytest.mark.parametrize(
    "part",
    [
        "con",
        "aux.md",
        "NUL.tar.gz",
        "Com1.md",
        "lpt\u00b9.md",
        "con .md",
        "a.md.",
        "a.md ",
        "a:b.md",
        "a?.md",
        "a\\b",
        "a\x1b.md",
    ],
)
def test_a_name_that_windows_cannot_have_is_found(part: str) -> None:
    assert reserved.reserved_part(f"articles/{part}") == part
    assert reserved.reserved_part(f"{part}/a.md") == part


@pytest.mark.parametrize(
    "reference",
    [
        "articles/console.md",
        "a/com.md",
        "com10.md",
        "aux-b.md",
        "./a.md",
        "../a.md",
        ".hidden/a.md",
        "nul_.md",
        "åpne støttesaken.md",
    ],
)
def test_other_names_are_not(reference: str) -> None:
    assert reserved.reserved_part(reference) is None


@pytest.mark.parametrize(("first", "second"), [("Mail.md", "mail.md"), ("a\u030a.md", "\u00e5.md")])
def test_of_two_articles_that_would_be_one_file_the_second_is_said(
    here: Path, write: Write, monkeypatch: pytest.MonkeyPatch, first: str, second: str
) -> None:
    write(f"articles/{first}", article(("Nei", "No")))
    write(f"articles/{second}", article(("Ja", "Yes")))
    for name in (first, second):
        write(f"articles/media/{name}.png", name)
    extract([Path("articles")])
    assert merge([Path("locales")], output=Path("all"), wanted=Wanted(rest=True)).problems == []
    monkeypatch.setattr(reserved, "IS_CASELESS", True)
    report = merge([Path("locales")], wanted=Wanted(rest=True))
    found = {(one.path, one.code) for one in report.problems}
    assert found == {
        (f"articles/{second}", "claimed-twice"),
        (f"articles/media/{second}.png", "claimed-twice"),
    }
    assert report.written == [f"build/nb-NO/{first}", f"build/nb-NO/media/{first}.png"]


def test_an_article_with_such_a_name_is_left_out_and_the_others_are_read(
    here: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("articles/aux.md", article(("Nei", "No")))
    write("articles/b.md", article(("Ja", "Yes")))
    monkeypatch.setattr(reserved, "IS_WINDOWS", True)
    report = extract([Path("articles")])
    ((path, code, message),) = [(one.path, one.code, one.message) for one in report.problems]
    assert (path, code, report.articles) == ("articles/aux.md", "bad-file-name", 1)
    assert message == "Windows cannot have a file named 'aux.md'; it was left out: rename it at its origin"
    assert merge([Path("locales")]).written == ["build/nb-NO/b.md"]
    with pytest.raises(L10nError, match="Windows"):
        Root.at(here).rewrite("con.po", lambda old: b"")
