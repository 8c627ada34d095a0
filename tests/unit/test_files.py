"""No path leaves the folders that the user named; no file is ever half written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from l10n import L10nError
from l10n.files import Root, common_root
from l10n.finding import find
from l10n.writing import FileKind


@pytest.fixture
def root(tmp_path: Path) -> Root:
    folder = tmp_path / "inside"
    folder.mkdir()
    (tmp_path / "secret.md").write_text("secret")
    return Root.at(folder)


ANY = FileKind("anything", lambda data: True)


@pytest.mark.parametrize(
    "reference",
    [
        "",
        "/etc/passwd",
        "../secret.md",
        "a/../../secret.md",
        "..",
        "/",
        "//x",
        "a\0b",
        "link.md",
        "folder/secret.md",
    ],
)
def test_no_path_leaves_the_folder(root: Root, reference: str) -> None:
    (root.path / "link.md").symlink_to(root.path.parent / "secret.md")
    (root.path / "folder").symlink_to(root.path.parent)
    for act in (root.locate, root.read, lambda name: root.write(name, b"x", ANY)):
        with pytest.raises(L10nError, match="outside-folder"):
            act(reference)
    assert (root.path.parent / "secret.md").read_text() == "secret"


def test_a_link_that_stays_inside_is_followed_and_stays_a_link(root: Root) -> None:
    (root.path / "a.md").write_text("a")
    (root.path / "b.md").symlink_to("a.md")
    assert root.read("b.md") == b"a"
    assert root.write("b.md", b"new", ANY)
    assert (root.path / "b.md").is_symlink()
    assert (root.path / "a.md").read_bytes() == b"new"


def test_only_regular_files_are_read(root: Root) -> None:
    os.mkfifo(root.path / "pipe.md")
    (root.path / "folder.md").mkdir()
    for name in ("pipe.md", "folder.md", "none.md"):
        with pytest.raises(L10nError, match="cannot-read"):
            root.read(name)


def test_a_file_is_written_only_if_it_changes(root: Root) -> None:
    assert root.write("a/b.md", b"one", ANY)
    before = (root.path / "a/b.md").stat()
    assert not root.write("a/b.md", b"one", ANY)
    assert (root.path / "a/b.md").stat().st_mtime_ns == before.st_mtime_ns
    assert root.write("a/b.md", b"two", ANY)
    assert [path.name for path in (root.path / "a").iterdir()] == ["b.md"]


def test_the_mode_of_a_file_stays(root: Root) -> None:
    root.write("a.md", b"one", ANY)
    (root.path / "a.md").chmod(0o640)
    root.write("a.md", b"two", ANY)
    assert stat.S_IMODE((root.path / "a.md").stat().st_mode) == 0o640


@pytest.mark.parametrize("failure", [OSError("disk full"), KeyboardInterrupt()])
def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(
    root: Root, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    root.write("a.md", b"old", ANY)

    def fail(descriptor: int) -> None:
        raise failure

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises((L10nError, KeyboardInterrupt)):
        root.write("a.md", b"new", ANY)
    assert [path.name for path in root.path.iterdir()] == ["a.md"]
    assert (root.path / "a.md").read_bytes() == b"old"


def test_what_is_in_the_way_is_said(root: Root) -> None:
    root.write("file", b"", ANY)
    (root.path / "folder").mkdir()
    for name in ("file/a.md", "folder"):
        with pytest.raises(L10nError, match="cannot-write"):
            root.write(name, b"x", ANY)


def test_hidden_folders_and_linked_folders_are_not_searched(root: Root) -> None:
    for name in ("a.md", "b/c.MD", ".git/d.md", "e.txt", "f.yml", ".l10n-x.md"):
        root.write(name, b"", ANY)
    (root.path / "loop").symlink_to(root.path)
    assert sorted(path.relative_to(root.path).as_posix() for path in find(root.path, _raise)) == [
        "a.md",
        "b/c.MD",
        "f.yml",
    ]


def test_references_start_from_the_current_folder_or_from_the_inputs_parent(here: Path) -> None:
    (here / "project/articles").mkdir(parents=True)
    assert common_root([here / "project/articles"]).path == here
    os.chdir(here / "project/articles")
    assert common_root([here / "project/articles"]).path == here / "project/articles"
    (here / "elsewhere").mkdir()
    os.chdir(here / "elsewhere")
    assert common_root([here / "project/articles"]).path == here / "project"


def _raise(error: OSError) -> None:
    raise error
