"""Law 3 for links to folders: they are not followed, and that is said."""

from __future__ import annotations

import re
from pathlib import Path

from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write


def linked(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Nei", "No")))
    write("shared/b.md", article(("Ja", "Yes")))
    (here / "articles/shared").symlink_to("../shared")


def test_a_link_to_a_folder_is_not_followed_and_said(here: Path, write: Write) -> None:
    linked(here, write)
    (here / "articles/again").symlink_to(".")  # what is behind it is read
    for command in ("extract", "check"):
        done = l10n(command, "articles", "--json", cwd=here)
        assert (done.code, done.codes) == (1, ["linked-folder"])
        assert done.json["problems"][0]["path"] == "articles/shared"
    assert not re.search("b.md", (here / "locales/nb_NO.po").read_text())


def test_the_advice_about_a_linked_folder_helps(here: Path, write: Write) -> None:
    linked(here, write)
    assert l10n("extract", "articles", "--exclude", "shared", cwd=here).code == 0
    assert l10n("extract", "articles", "articles/shared", cwd=here).code == 0
    assert len(re.findall("^#: .*md", (here / "locales/nb_NO.po").read_text(), re.M)) == 2
    assert l10n("merge", "locales", cwd=here).code == 0


def test_a_linked_folder_of_po_files_is_said(here: Path, write: Write) -> None:
    linked(here, write)
    l10n("extract", "shared", "-o", "elsewhere", cwd=here)
    l10n("extract", "articles/a.md", cwd=here)
    (here / "locales/more").symlink_to("../elsewhere")
    assert l10n("status", "--json", cwd=here).codes == ["linked-folder"]
    assert l10n("status", "locales", "locales/more", "--json", cwd=here).codes == []
