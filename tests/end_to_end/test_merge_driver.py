"""The merge driver as git calls it: real repositories, the sample PO file, two reviewers."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from l10n import po
from l10n.catalogue import Message
from l10n.catalogue.threeway import OTHER_TRANSLATION
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.project import PROJECT

SAMPLE = (PROJECT / "locales/nb_NO.po").read_bytes()
NAME = "locales/nb_NO.po"
DRIVER = f"{shlex.quote(sys.executable)} -m l10n merge-driver %O %A %B %P"
IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Kari"), ("EMAIL", "kari@contoso.example"))
}
# No settings of the machine, and nothing of a git that runs this test, reach the repositories.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | IDENTITY
ENVIRONMENT |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PYTHONPATH": str(PROJECT)}


@dataclass
class Repository:
    """A clone with the PO file in it."""

    path: Path

    def git(self, *arguments: str, code: int = 0) -> str:
        """What git says; asserts that it ends with `code`."""
        command = ["git", *arguments]
        done = subprocess.run(
            command, cwd=self.path, env=ENVIRONMENT, capture_output=True, text=True, check=False
        )
        output = done.stdout + done.stderr
        assert done.returncode == code, output
        return output

    @property
    def file(self) -> Path:
        return self.path / NAME

    def commit(self, data: bytes, subject: str = "Review") -> None:
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_bytes(data)
        self.git("add", ".")
        self.git("commit", "-q", "-m", subject)

    def use_driver(self) -> None:
        """The two-line set-up of docs/git.md, with this source tree's command."""
        self.git("config", "merge.po.driver", DRIVER)
        attributes = self.path / ".git/info/attributes"
        attributes.parent.mkdir(exist_ok=True)
        attributes.write_text("*.po merge=po\n")

    def merge_of(self, base: bytes, ours: bytes, theirs: bytes, *, code: int = 0) -> tuple[bytes, str]:
        """What merging two branches makes of the file, and what git says."""
        self.git("checkout", "-q", "--orphan", "new")
        self.commit(base)
        self.git("branch", "-M", "base")
        self.git("checkout", "-q", "-B", "theirs")
        self.commit(theirs)
        self.git("checkout", "-q", "-B", "ours", "base")
        self.commit(ours)
        said = self.git("merge", "--no-edit", "theirs", code=code)
        data = self.file.read_bytes()
        self.git("reset", "-q", "--hard")
        return data, said


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    path = tmp_path / "clone"
    path.mkdir()
    made = Repository(path)
    made.git("init", "-q")
    return made


def test_the_page_tells_the_set_up_that_is_tested_here() -> None:
    lines = (PROJECT / "docs/git.md").read_text().split("\n")
    command = DRIVER.partition(" -m ")[2]
    assert any(line.startswith(f'git config merge.po.driver "{command}"') for line in lines)
    assert any(line.startswith('echo "*.po merge=po" >> .gitattributes') for line in lines)


def edit(data: bytes, *sources: str, to: str | None = None, who: str | None = None) -> bytes:
    """The PO file after somebody reviewed the messages of `sources` in Poedit."""
    catalogue = po.read(data, NAME)
    for message in catalogue.messages:
        if message.source in sources:
            message.fuzzy = False
            message.translation = to or message.translation
    if who:
        catalogue.header |= {
            "Last-Translator": who,
            "PO-Revision-Date": f"2021-10-0{len(who) % 9} 10:15+0200",
        }
    return po.write(catalogue)


def fuzzy_sources(data: bytes) -> list[str]:
    return [m.source for m in po.read(data, NAME).messages if m.fuzzy and m.context is None]


FUZZY = fuzzy_sources(SAMPLE)
IN_ORDER = [m.source for m in po.read(SAMPLE, NAME).messages]
# Two that stand one behind the other, and one far off.
FIRST, SECOND = next(
    pair for pair in pairwise(FUZZY) if IN_ORDER.index(pair[0]) + 1 == IN_ORDER.index(pair[1])
)
LAST = FUZZY[-1]


def found(data: bytes, source: str) -> Message:
    return next(m for m in po.read(data, NAME).messages if m.source == source)


@pytest.mark.parametrize("other", [SECOND, LAST])
def test_two_reviewers_of_different_messages_merge_without_the_driver(
    repository: Repository, other: str
) -> None:
    merged, _ = repository.merge_of(SAMPLE, edit(SAMPLE, FIRST), edit(SAMPLE, other))
    assert merged == edit(SAMPLE, FIRST, other)


def test_the_revision_that_poedit_writes_to_the_header_does_not_merge_without_the_driver(
    repository: Repository,
) -> None:
    ours, theirs = edit(SAMPLE, FIRST, who="Kari"), edit(SAMPLE, LAST, who="Ola")
    merged, _ = repository.merge_of(SAMPLE, ours, theirs, code=1)
    assert merged.count(b"<<<<<<<") == 1
    assert merged.index(b"<<<<<<<") < merged.index(b"Last-Translator: Kari") < merged.index(b">>>>>>>")


@pytest.mark.parametrize("name", sorted(path.name for path in (PROJECT / "locales").glob("*.po")))
def test_a_clean_merge_has_the_bytes_of_git_s_own(repository: Repository, name: str) -> None:
    base = (PROJECT / "locales" / name).read_bytes()
    fuzzy = fuzzy_sources(base)
    ours, theirs = edit(base, *fuzzy[:3], who="Kari"), edit(base, *fuzzy[-3:])
    by_line, _ = repository.merge_of(base, ours, theirs)
    repository.use_driver()
    by_message, said = repository.merge_of(base, ours, theirs)
    assert by_message == by_line == edit(base, *fuzzy[:3], *fuzzy[-3:], who="Kari")
    assert "po-conflict" not in said


def test_the_driver_merges_neighbours_and_the_header(repository: Repository) -> None:
    repository.use_driver()
    ours, theirs = edit(SAMPLE, FIRST, to="Ja", who="Kari"), edit(SAMPLE, SECOND, to="Nei", who="Ola")
    merged, said = repository.merge_of(SAMPLE, ours, theirs)
    assert merged == edit(edit(SAMPLE, FIRST, to="Ja"), SECOND, to="Nei", who="Kari")
    assert "CONFLICT" not in said


def test_both_texts_of_a_conflict_are_kept_and_git_lists_the_file(repository: Repository) -> None:
    repository.use_driver()
    repository.commit(SAMPLE)
    repository.git("checkout", "-q", "-b", "theirs")
    repository.commit(edit(SAMPLE, LAST, to="Aldri", who="Ola"))
    repository.git("checkout", "-q", "-b", "ours", "HEAD~")
    repository.commit(edit(SAMPLE, LAST, to="Ikke", who="Kari"))
    said = repository.git("merge", "--no-edit", "theirs", code=1)
    data = repository.file.read_bytes()

    match = re.search(rf"^{NAME}:(\d+):1: po-conflict: .*Poedit", said, re.MULTILINE)
    assert match
    assert data.decode().split("\n")[int(match[1]) - 1] == f'msgid "{LAST}"'
    assert f"UU {NAME}" in repository.git("status", "--short")
    message = found(data, LAST)
    assert (message.translation, message.fuzzy) == ("Ikke", True)
    assert message.comment == f"{OTHER_TRANSLATION} Aldri"
    assert b"<<<<" not in data

    repository.commit(edit(data, LAST, to="Aldri"))  # settled in Poedit, then git add
    assert repository.git("status", "--short") == ""


def rebase(repository: Repository) -> None:
    repository.git("rebase", "theirs")


def cherry_pick(repository: Repository) -> None:
    repository.git("cherry-pick", "theirs")


def stash_pop(repository: Repository) -> None:
    data = repository.file.read_bytes()
    repository.git("reset", "-q", "--hard", "base")
    repository.file.write_bytes(data)
    repository.git("stash")
    repository.git("merge", "-q", "theirs")
    repository.git("stash", "pop")


@pytest.mark.parametrize("way", [rebase, cherry_pick, stash_pop])
def test_other_ways_of_git_to_merge_work_too(
    repository: Repository, way: Callable[[Repository], None]
) -> None:
    repository.use_driver()
    repository.git("checkout", "-q", "-b", "base")
    repository.commit(SAMPLE)
    repository.git("checkout", "-q", "-b", "theirs")
    repository.commit(edit(SAMPLE, SECOND, to="Nei", who="Ola"))
    repository.git("checkout", "-q", "-b", "ours", "base")
    repository.commit(edit(SAMPLE, FIRST, to="Ja", who="Kari"))
    way(repository)
    assert repository.file.read_bytes() == edit(edit(SAMPLE, FIRST, to="Ja"), SECOND, to="Nei", who="Kari")


def test_a_file_that_both_sides_added_merges(repository: Repository) -> None:
    repository.use_driver()
    repository.git("commit", "-q", "--allow-empty", "-m", "Begin")
    repository.git("checkout", "-q", "-b", "theirs")
    repository.commit(edit(SAMPLE, SECOND, who="Ola"))
    repository.git("checkout", "-q", "-b", "ours", "HEAD~")
    repository.commit(edit(SAMPLE, FIRST, who="Kari"))
    repository.git("merge", "--no-edit", "theirs")
    assert repository.file.read_bytes() == edit(SAMPLE, FIRST, SECOND, who="Kari")


PLURAL = b'\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n'
FLAG = b'\n#, python-format\nmsgid "a %s"\nmsgstr "b %s"\n'
END = b"\n# the end\n"


@pytest.mark.parametrize("rest", [PLURAL, END, b"\nrubbish\n"])
def test_what_is_not_of_l10n_is_merged_by_line_and_nothing_lost(repository: Repository, rest: bytes) -> None:
    repository.use_driver()
    base = SAMPLE + rest
    ours, theirs = (edit(SAMPLE, source) + rest for source in (FIRST, LAST))
    merged, said = repository.merge_of(base, ours, theirs)
    assert merged == edit(SAMPLE, FIRST, LAST) + rest
    line = SAMPLE.count(b"\n") + 2
    assert re.search(rf"{NAME}:{line}:1: bad-po: in the common version .*; the file was merged line by", said)


def test_flags_and_notes_of_other_tools_are_merged_with_their_messages(repository: Repository) -> None:
    repository.use_driver()
    base = SAMPLE.replace(b"#, fuzzy\n", b"#. theirs\n#, fuzzy, no-wrap\n") + FLAG
    ours, theirs = edit(base, FIRST, who="Kari"), edit(base, SECOND, who="Ola")
    merged, said = repository.merge_of(base, ours, theirs)
    assert merged == edit(base, FIRST, SECOND, who="Kari")
    assert b"#, no-wrap\n" in merged
    assert "bad-po" not in said


def test_a_conflict_by_line_has_git_s_marks(repository: Repository) -> None:
    repository.use_driver()
    base, theirs = SAMPLE + PLURAL, edit(SAMPLE, LAST, to="Aldri") + PLURAL
    merged, said = repository.merge_of(base, edit(SAMPLE, LAST, to="Ikke") + PLURAL, theirs, code=1)
    assert b'<<<<<<< ours\nmsgstr "Ikke"\n=======\nmsgstr "Aldri"\n>>>>>>> theirs\n' in merged
    assert "CONFLICT" in said


def driver(here: Path, base: bytes, ours: bytes, theirs: bytes) -> tuple[int, str, bytes]:
    for name, data in (("base", base), ("ours", ours), ("theirs", theirs)):
        (here / name).write_bytes(data)
    run = l10n("merge-driver", "base", "ours", "theirs", NAME, cwd=here)
    assert run.out == ""
    return run.code, run.err, (here / "ours").read_bytes()


def test_line_ends_are_those_of_our_version(here: Path) -> None:
    ours, theirs = edit(SAMPLE, FIRST, who="Kari"), edit(SAMPLE, SECOND, who="Ola")
    expected = edit(SAMPLE, FIRST, SECOND, who="Kari")
    crlf = [data.replace(b"\n", b"\r\n") for data in (SAMPLE, ours, theirs, expected)]
    assert driver(here, SAMPLE, ours, crlf[2]) == (0, "", expected)
    assert driver(here, SAMPLE, crlf[1], theirs) == (0, "", crlf[3])
    assert driver(here, *crlf[:3]) == (0, "", crlf[3])


def test_long_lines_that_another_tool_broke_stay_as_they_are(here: Path) -> None:
    def wrap(data: bytes) -> bytes:
        return data.replace(f'msgid "{LAST}"'.encode(), f'msgid ""\n"{LAST[:5]}"\n"{LAST[5:]}"'.encode())

    ours, theirs = wrap(edit(SAMPLE, FIRST)), wrap(edit(SAMPLE, FUZZY[9]))
    assert driver(here, wrap(SAMPLE), ours, theirs) == (0, "", wrap(edit(SAMPLE, FIRST, FUZZY[9])))


def test_what_is_no_text_is_left_as_it_was(here: Path) -> None:
    code, said, data = driver(here, SAMPLE, b"ours\0", b"theirs\0")
    assert (code, data) == (1, b"ours\0")
    assert said.startswith(f"{NAME}:1:1: bad-po: in our version ")
    assert "as it was" in said


def test_without_git_messages_are_merged_all_the_same(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(here))
    ours, theirs = edit(SAMPLE, FIRST), edit(SAMPLE, SECOND)
    assert driver(here, SAMPLE, ours, theirs) == (0, "", edit(SAMPLE, FIRST, SECOND))


def test_a_version_that_cannot_be_read_is_said(here: Path) -> None:
    for name in ("base", "theirs"):
        (here / name).write_bytes(SAMPLE)
    (here / "ours").mkdir()
    run = l10n("merge-driver", "base", "ours", "theirs", cwd=here)
    assert (run.code, run.err) == (1, "ours:1:1: cannot-read: Is a directory; it was left out\n")
    assert l10n("merge-driver", "base", "here", "theirs", cwd=here).code == 2


def test_a_delivery_and_a_review_merge(repository: Repository) -> None:
    """One side reviews, the other one extracts a new delivery: as if the review came first."""
    repository.use_driver()
    articles = repository.path / "articles"
    page = articles / "nb-NO/mail/a.md"
    page.parent.mkdir(parents=True)

    def deliver(*pairs: tuple[str, str]) -> bytes:
        page.write_text(article(*pairs))
        assert l10n("extract", "articles", cwd=repository.path).code == 0
        return repository.file.read_bytes()

    base = deliver(("Nei", "No"), ("Gammel", "Old"), ("Siste", "Last"))
    theirs = deliver(("Ny", "New"), ("Nei", "No"), ("Seneste", "Last"))
    repository.file.write_bytes(edit(base, "No", "Old", "Last", to="Ferdig", who="Kari"))
    reviewed = repository.file.read_bytes()
    in_turn = deliver(("Ny", "New"), ("Nei", "No"), ("Seneste", "Last"))
    merged, _ = repository.merge_of(base, reviewed, theirs)
    assert merged == in_turn
