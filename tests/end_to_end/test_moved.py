"""The command says what was moved and removed."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.folders import folder


def test_the_command_says_what_was_moved_and_removed(here: Path, write: Write) -> None:
    folder(write, "articles", "a.md b.md c.md")
    l10n("extract", "articles", cwd=here)
    l10n("merge", "locales", cwd=here)
    (here / "articles/c.md").unlink()
    shutil.move("articles", "delivery2")
    run = l10n("extract", "delivery2", cwd=here)
    assert (run.code, "articles moved" in run.out) == (0, True)
    run = l10n("merge", "locales", cwd=here)
    assert (run.code, "left-over" in run.err) == (1, True)
    run = l10n("merge", "locales", "--clean", "--json", cwd=here)
    assert (run.code, run.json["removed"]) == (0, ["build/nb-NO/c.md"])
    assert l10n("merge", "locales", "--clean", "--in-place", cwd=here).code == 2
