"""`--files-from`: the inputs of a list are the same as those on the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.po_files import tree


def test_a_list_names_files_and_folders_one_per_line(here: Path, write: Write) -> None:
    for name in ("a b.md", "å.md", "in/c.md", "d.md"):
        write(f"articles/{name}", article((f"Mål {name}", f"Source {name}")))
    names = ["articles/a b.md", "articles/å.md", "articles/in"]
    assert l10n("extract", *names, cwd=here).code == 0
    expected = tree(here / "locales")
    for end in ("\n", "\r\n"):
        (here / "list.txt").write_bytes(f"\ufeff{end.join(names)}{end}{end}".encode())
        assert l10n("extract", "--files-from", "list.txt", "-o", f"out{len(end)}", cwd=here).code == 0
        assert tree(here / f"out{len(end)}") == expected
    some = l10n("extract", names[0], "--files-from", "list.txt", "--json", cwd=here)
    assert (some.json["articles"], some.json["written"]) == (3, [])


def test_a_list_can_come_on_stdin(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Vent 51 minutter.", "Wait 15 minutes.")))
    write("articles/b.md", article(("Vent 51 minutter.", "Wait 15 minutes.")))
    command = [sys.executable, "-m", "l10n", "check", "--files-from", "-"]
    done = subprocess.run(command, cwd=here, input=b"articles/b.md\n", capture_output=True, check=False)
    assert done.returncode == 1
    assert b"articles/b.md" in done.stdout
    assert b"articles/a.md" not in done.stdout


@pytest.mark.parametrize("command", ["extract", "check"])
@pytest.mark.parametrize(
    ("arguments", "content", "said"),
    [
        ([], b"", "--files-from"),
        (["--files-from", "list.txt"], b"\n \n", "there are no "),
        (["--files-from", "list.txt"], b"a.md\nnone.md\n", "list.txt:2: there is no 'none.md'"),
        (["--files-from", "list.txt"], b"a\0.md\n", "list.txt:1: there is no "),
        (["--files-from", "none.txt"], b"", "none.txt: No such file"),
        (["--files-from", "."], b"", "Is a directory"),
    ],
)
def test_a_list_that_names_nothing_is_wrong_usage(
    here: Path, write: Write, command: str, arguments: list[str], content: bytes, said: str
) -> None:
    write("a.md", article(("Nei", "No")))
    (here / "list.txt").write_bytes(content)
    run = l10n(command, *arguments, cwd=here)
    assert (run.code, run.out) == (2, "")
    assert said in run.err
