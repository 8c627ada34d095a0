"""Law 2: nothing is written but over what was read, and over a file of its own kind."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from l10n import L10nError, po, writing
from l10n.article import Form
from l10n.checks import Check, Finding, Pair, Severity
from l10n.commands.check import check
from l10n.commands.extract import extract
from l10n.commands.fix import fix
from l10n.commands.merge import merge
from l10n.files import Root
from l10n.writing import FileKind
from tests.helpers.articles import article
from tests.helpers.deliveries import NAME, REPORT, leftovers, save_as_editors_do
from tests.helpers.files import Write

ANY = FileKind("anything", lambda data: True)


@pytest.fixture
def root(tmp_path: Path) -> Root:
    folder = tmp_path / "inside"
    folder.mkdir()
    return Root.at(folder)


# What happens between the reading and the writing.


def _in_place(path: Path, data: bytes) -> None:
    path.write_bytes(data)


@pytest.mark.parametrize("save", [save_as_editors_do, _in_place])
def test_a_file_saved_meanwhile_is_done_again_from_what_was_saved(
    root: Root, save: Callable[[Path, bytes], None]
) -> None:
    (root.path / "a.po").write_bytes(b"one")
    saves = [b"two", b"six", b"ten"]  # all of one size

    def make(old: bytes | None) -> bytes:
        if saves:
            save(root.path / "a.po", saves.pop(0))
        return (old or b"") + b", more"

    assert root.rewrite("a.po", make)
    assert (root.path / "a.po").read_bytes() == b"ten, more"
    assert leftovers(root.path) == []


def test_a_file_that_is_saved_again_and_again_is_left_as_it_was_saved(root: Root) -> None:
    (root.path / "a.po").write_bytes(b"0")
    count = 0

    def make(old: bytes | None) -> bytes:
        nonlocal count
        count += 1
        save_as_editors_do(root.path / "a.po", str(count).encode())
        return b"new"

    with pytest.raises(L10nError, match="changed-meanwhile"):
        root.rewrite("a.po", make)
    assert (root.path / "a.po").read_bytes() == str(count).encode()
    assert leftovers(root.path) == []


def test_a_file_made_meanwhile_is_not_replaced_and_one_removed_is_made(root: Root) -> None:
    path = root.path / "new/a.po"
    seen: list[bytes | None] = []

    def make(old: bytes | None) -> bytes:
        seen.append(old)
        if len(seen) == 1:
            path.write_bytes(b"theirs")
        if len(seen) == 3:
            path.unlink()
        return b"ours" + (old or b"")

    assert root.rewrite("new/a.po", make)
    assert path.read_bytes() == b"ourstheirs"
    assert root.rewrite("new/a.po", make)
    assert path.read_bytes() == b"ours"
    assert seen == [None, b"theirs", b"ourstheirs", None]


def test_what_replaces_a_file_replaces_what_was_read_of_it(root: Root) -> None:
    (root.path / "a.md").write_bytes(b"saved")
    with pytest.raises(L10nError, match="changed-meanwhile"):
        root.replace("a.md", b"read", b"new")
    assert (root.path / "a.md").read_bytes() == b"saved"
    assert root.replace("a.md", b"saved", b"new")


class _Reviewer:
    """A check in which a person saves a file, the first time that it looks at a pair."""

    def __init__(self, path: Path, old: bytes, new: bytes) -> None:
        self._path, self._old, self._new = path, old, new
        self.saved = b""

    def __call__(self, pair: Pair) -> Iterator[Finding]:
        if not self.saved:
            data = self._path.read_bytes()
            self.saved = data.replace(self._old, self._new)
            assert self.saved != data
            save_as_editors_do(self._path, self.saved)
        yield from ()


def _check(look: Callable[[Pair], Iterator[Finding]]) -> Check:
    return Check("double-space", Severity.ERROR, "", look)  # one whose findings are mended


def test_a_review_saved_while_extract_runs_is_kept(delivery: Path, write: Write) -> None:
    write("articles/b.md", article(("Ny", "New")))
    reviewer = _Reviewer(delivery, b'msgstr "Vent 51', b'msgstr "Vent 15')
    report = extract([Path("articles")], check=True, checks=lambda: [_check(reviewer)])
    texts = [message.translation for message in po.read(delivery.read_bytes(), NAME).messages]
    assert texts == ["Vent 15 minutter.", "Ha  det", "Ny"]
    assert (report.problems, report.written, report.messages) == ([], [NAME], 3)
    assert report.changes["new"].messages == 1


def test_a_review_saved_while_fix_runs_is_kept(delivery: Path) -> None:
    from l10n.checks import CHECKS

    reviewer = _Reviewer(delivery, b'msgstr "Vent 51', b'msgstr "Vent 15')
    report = fix([Path("locales")], checks=[_check(reviewer), *CHECKS])
    texts = [message.translation for message in po.read(delivery.read_bytes(), NAME).messages]
    assert texts == ["Vent 15 minutter.", "Ha det"]
    assert (report.problems, report.mended) == ([], 1)


def test_an_article_saved_while_merge_runs_is_not_replaced_and_the_others_are_merged(
    here: Path, delivery: Path, write: Write
) -> None:
    write("articles/b.md", article(("Ny", "New")))
    extract([Path("articles")])
    data = delivery.read_bytes().replace(b'msgstr "Vent 51', b'msgstr "Vent 15').replace(b'"Ny"', b'"Nytt"')
    delivery.write_bytes(data.replace(b"#, fuzzy\n", b""))
    reviewer = _Reviewer(here / "articles/a.md", b"Tittel", b"Tittelen")
    report = merge([Path("locales")], in_place=True, strict=True, checks=[_check(reviewer)])
    assert [(problem.path, problem.code) for problem in report.problems] == [
        ("articles/a.md", "changed-meanwhile")
    ]
    assert (here / "articles/a.md").read_bytes() == reviewer.saved
    assert report.written == ["articles/b.md"]
    assert b"Nytt" in (here / "articles/b.md").read_bytes()
    assert merge([Path("locales")], in_place=True).problems == []
    assert "Vent 15" in (here / "articles/a.md").read_text()


# Locks.


def test_a_writer_waits_for_another_but_not_for_ever(root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "PATIENCE", 0.1)
    other = os.open(root.path, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    with pytest.raises(L10nError, match="in-use"):
        root.write("a.po", b"x", ANY)
    os.close(other)  # as the system does for a process that dies
    assert root.write("a.po", b"x", ANY)


def test_a_folder_without_locks_is_written_in_all_the_same(
    root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(handle: int, operation: int) -> None:
        raise OSError("no locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    (root.path / ".l10n-0123456789abcdef.tmp").touch()  # of a writer that cannot be excluded
    assert root.write("a.po", b"x", ANY)
    assert len(leftovers(root.path)) == 1


def test_temporary_files_of_the_dead_are_removed_and_nothing_else(root: Root) -> None:
    for name in (".l10n-0123456789abcdef.tmp", ".l10n-mine.tmp", ".l10n-0123456789abcdef.tmp.po"):
        (root.path / name).touch()
    writing._swept.clear()
    assert root.write("a.po", b"x", ANY)
    assert sorted(path.name for path in root.path.iterdir()) == [
        ".l10n-0123456789abcdef.tmp.po",
        ".l10n-mine.tmp",
        "a.po",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Written by hand.\n",
        'msgid ""\nmsgstr "Language: nb_NO\\n"\n',
        "---\nms.contentlocale: de-DE\n---\nHallo\n",
        article(("Et annet", "Another")),
        REPORT.decode(),
        "---\nms.contentlocale: nb-NO\n---\n\0",
    ],
)
def test_merge_writes_over_older_forms_of_its_articles_only(delivery: Path, write: Write, text: str) -> None:
    path = write("build/nb-NO/a.md", text)
    write("articles/b.md", article(("Ny", "New")))
    extract([Path("articles")])
    report = merge([Path("locales")])
    assert [(problem.path, problem.code) for problem in report.problems] == [
        ("build/nb-NO/a.md", "other-kind")
    ]
    assert path.read_bytes() == text.encode()
    assert report.written == ["build/nb-NO/b.md"]


@pytest.mark.parametrize("forms", [("source",), ("localized",), ("annotated",)])
def test_merge_writes_over_what_it_wrote_before(delivery: Path, forms: tuple[str, ...]) -> None:
    for form in forms:
        report = merge([Path("locales")], form=form)  # type: ignore[arg-type]
        assert (report.problems, len(report.written)) == ([], 1)
    delivery.write_bytes(delivery.read_bytes().replace(b"51", b"15").replace(b"#, fuzzy\n", b""))
    report = merge([Path("locales")], form=forms[-1])  # type: ignore[arg-type]
    assert (report.problems, len(report.written)) == ([], 1 if forms[-1] != "source" else 0)


@pytest.mark.parametrize(
    ("first", "then"), [("annotated", "localized"), ("localized", "annotated"), ("source", "localized")]
)
def test_no_form_of_an_article_overwrites_another_one(delivery: Path, first: Form, then: Form) -> None:
    merge([Path("locales")], form=first)
    before = Path("build/nb-NO/a.md").read_bytes()
    report = merge([Path("locales")], form=then)
    ((path, code),) = [(problem.path, problem.code) for problem in report.problems]
    assert (path, code, report.written) == ("build/nb-NO/a.md", "other-kind", [])
    assert "another form of this article" in report.problems[0].message
    assert Path("build/nb-NO/a.md").read_bytes() == before
    Path("build/nb-NO/a.md").unlink()
    assert merge([Path("locales")], form=then).problems == []


# Modes and folders.


def test_a_read_only_file_is_refused_also_to_root(delivery: Path, write: Write) -> None:
    write("articles/b.md", article(("Ny", "New")))
    before = delivery.read_bytes()
    delivery.chmod(0o444)
    report = extract([Path("articles")])
    assert [(problem.path, problem.code) for problem in report.problems] == [(NAME, "cannot-write")]
    assert "read-only" in report.problems[0].message
    assert (delivery.read_bytes(), stat.S_IMODE(delivery.stat().st_mode)) == (before, 0o444)
    delivery.chmod(0o640)
    assert extract([Path("articles")]).problems == []
    assert stat.S_IMODE(delivery.stat().st_mode) == 0o640


def test_a_new_file_has_the_mode_that_the_user_gives_new_files(root: Root) -> None:
    before = os.umask(0o027)
    try:
        root.write("a.po", b"x", ANY)
    finally:
        os.umask(before)
    assert stat.S_IMODE((root.path / "a.po").stat().st_mode) == 0o640


def test_a_folder_that_is_swapped_for_a_link_during_the_run_is_not_followed(root: Root) -> None:
    """Law 5, also for a folder that was known to be inside."""
    secret = root.path.parent / "secret"
    secret.mkdir()
    (secret / "a.md").write_bytes(b"secret")
    root.write("folder/a.md", b"mine", ANY)
    assert root.read("folder/a.md") == b"mine"
    (root.path / "folder").rename(root.path / "moved")
    (root.path / "folder").symlink_to(secret)
    for act in (
        lambda: root.read("folder/a.md"),
        lambda: root.write("folder/a.md", b"x", ANY),
        lambda: root.write("folder/new.md", b"x", ANY),
        lambda: root.rewrite("folder/a.md", lambda old: b"x"),
    ):
        with pytest.raises(L10nError, match="outside-folder"):
            act()
    assert {path.name: path.read_bytes() for path in secret.iterdir()} == {"a.md": b"secret"}


def test_a_folder_that_is_swapped_while_a_file_is_made_is_not_followed(root: Root) -> None:
    secret = root.path.parent / "secret"
    secret.mkdir()
    (root.path / "folder").mkdir()

    def make(old: bytes | None) -> bytes:
        (root.path / "folder").rename(root.path / "moved")
        (root.path / "folder").symlink_to(secret)
        return b"x"

    assert root.rewrite("folder/a.md", make)
    assert list(secret.iterdir()) == []
    assert (root.path / "moved/a.md").read_bytes() == b"x"


def test_a_link_that_leads_nowhere_is_said(root: Root) -> None:
    (root.path / "a.md").symlink_to("nothing.md")
    with pytest.raises(L10nError, match="cannot-write"):
        root.write("a.md", b"x", ANY)


def test_a_file_that_grows_or_tells_no_size_is_read_to_the_limit(tmp_path: Path) -> None:
    proc = Root.at(Path("/proc/self"))
    if not (proc.path / "status").exists():
        pytest.skip("there is no /proc")
    assert proc.read("status").startswith(b"Name:")
    with pytest.raises(L10nError, match="too-large"):
        proc.read("status", 10)
    (tmp_path / "a").write_bytes(b"12345")
    assert Root.at(tmp_path).read("a", 5) == b"12345"
    with pytest.raises(L10nError, match="too-large"):
        Root.at(tmp_path).read("a", 4)


def test_a_baseline_that_is_none_is_not_written_anew(delivery: Path, write: Write) -> None:
    path = write("known.json", "[]")
    report = check([Path("locales")], baseline=path, update_baseline=True)
    assert [problem.code for problem in report.problems] == ["other-kind"]
    assert path.read_text() == "[]"
