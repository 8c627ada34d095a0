"""An export is written piece by piece, by any number of processes, and is the same for each."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from l10n import po
from l10n.catalogue import Catalogue, Message, Note, Place
from l10n.catalogue.header import new_header
from l10n.commands.export import export
from l10n.exchange.formats import FORMAT_NAMES, exchange_format
from l10n.exchange.records import TextFormat
from l10n.files import Root
from l10n.jobs.run import Workers
from l10n.problems import L10nError
from l10n.writing import FileKind
from tests.helpers.deliveries import save_as_editors_do

ANY = FileKind("anything", lambda data: True)


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_an_export_is_the_same_for_any_number_of_processes(here: Path, name: str) -> None:
    note = Note("paragraph", "5be70-1", False, "0123abcd", "Heading")
    messages = [
        Message(
            f"Open `item {number}` " * 9, f"Åpne `punkt {number}` " * 9, places=[Place("a.md", 1)], note=note
        )
        for number in range(3_000)
    ]
    Path("nb_NO.po").write_bytes(po.write(Catalogue(messages, new_header("nb_NO", "a", []))))
    made = []
    for jobs in (1, 2, 3):
        report = export([Path("nb_NO.po")], name, Path(f"{jobs}.out"), workers=Workers(jobs))
        assert (report.problems, report.messages) == ([], 3_000)
        made.append([Path(path).read_bytes() for path in report.written])
    assert made[0] == made[1] == made[2]
    assert made[0]


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_a_text_format_can_be_sent_to_another_process(name: str) -> None:
    form = exchange_format(name).form
    if isinstance(form, TextFormat):
        assert pickle.loads(pickle.dumps(form)) is not None


def test_a_file_that_does_not_exist_is_written_piece_by_piece(tmp_path: Path) -> None:
    seen: list[int] = []

    def pieces() -> Iterator[bytes]:
        for _ in range(3):
            (temporary,) = tmp_path.iterdir()
            seen.append(temporary.stat().st_size)
            yield b"x" * 1_000_000

    root = Root.at(tmp_path)
    assert root.write_pieces("a", pieces(), ANY)
    assert seen[-1] >= 1_000_000
    assert (tmp_path / "a").stat().st_size == 3_000_000
    assert not root.write_pieces("a", [b"x" * 3_000_000], ANY)


@pytest.mark.parametrize(("old", "is_written"), [(b"abcdef", False), (b"abcde", True), (b"abcdefg", True)])
def test_a_file_is_compared_and_replaced_piece_by_piece(tmp_path: Path, old: bytes, is_written: bool) -> None:
    path = tmp_path / "a"
    path.write_bytes(old)
    path.chmod(0o640)
    before = path.stat()
    assert Root.at(tmp_path).write_pieces("a", [b"abc", b"", b"def"], ANY) is is_written
    assert (path.read_bytes(), path.stat().st_mode) == (b"abcdef", before.st_mode)
    assert (path.stat().st_ino == before.st_ino) is not is_written
    assert [found.name for found in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("old", [None, b"abcdef", b"abcde", b"abcdefg", b"xbcdef"])
def test_a_dry_run_compares_piece_by_piece_too(tmp_path: Path, old: bytes | None) -> None:
    path = tmp_path / "a"
    if old is not None:
        path.write_bytes(old)
    dry = Root.at(tmp_path, is_dry=True)
    assert dry.write_pieces("a", iter([b"abc", b"", b"def"]), ANY) is (old != b"abcdef")
    assert (path.read_bytes() if path.exists() else None) == old
    if old == b"xbcdef":
        with pytest.raises(L10nError, match="not a thing"):
            dry.write_pieces("a", [b"abc"], FileKind("a thing", lambda data: False))


def test_a_file_of_another_kind_is_not_replaced_piece_by_piece(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"other")
    with pytest.raises(L10nError, match="not a thing"):
        Root.at(tmp_path).write_pieces("a", [b"x"], FileKind("a thing", lambda data: data == b"thing"))
    assert (tmp_path / "a").read_bytes() == b"other"


def test_a_file_that_is_saved_meanwhile_is_not_replaced_piece_by_piece(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def pieces() -> Iterator[bytes]:
        yield b"n"
        save_as_editors_do(path, b"saved")
        yield b"ew"

    with pytest.raises(L10nError, match="somebody saved it"):
        Root.at(tmp_path).write_pieces("a", pieces(), ANY)
    assert path.read_bytes() == b"saved"


def test_a_link_to_a_file_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    assert Root.at(tmp_path).write_pieces("link", [b"new"], ANY)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def messages_from(first: int, count: int) -> list[Message]:
    return [Message(f"Source {number} " * 40, "Tekst " * 80) for number in range(first, first + count)]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("fault", ['msgid "no translation"\n\n', "repeated"])
def test_a_po_file_that_is_bad_at_its_end_is_left_out_and_the_others_are_not(
    here: Path, jobs: int, fault: str
) -> None:
    for number, name in enumerate(("a", "b", "c")):
        catalogue = Catalogue(messages_from(1_500 * number, 1_500), new_header("nb_NO", "a", []))
        (here / f"{name}.po").write_bytes(po.write(catalogue))
    bad = here / "b.po"
    text = bad.read_text()
    bad.write_text(text + "\n" + (text.split("\n\n")[1] + "\n" if fault == "repeated" else fault))
    report = export([here], "tmx", Path("x.tmx"), workers=Workers(jobs))
    ((path, code, line),) = [(one.path, one.code, one.line) for one in report.problems]
    assert (path, code, line >= text.count("\n")) == ("b.po", "bad-po", True)
    assert (report.catalogues, report.messages) == (2, 3_000)
    assert Path("x.tmx").read_text().count("<tu ") == 3_000


def test_pairs_that_occurred_before_are_left_out_over_all_pieces_and_files(here: Path) -> None:
    for name in ("a", "b"):
        catalogue = Catalogue(messages_from(0, 1_500), new_header("nb_NO", "a", []))
        (here / f"{name}.po").write_bytes(po.write(catalogue))
    report = export([here], "jsonl", Path("x.jsonl"), dedupe=True, workers=Workers(2))
    assert (report.problems, report.messages) == ([], 1_500)
    assert len(Path("x.jsonl").read_text().splitlines()) == 1_500


def test_a_fault_on_the_way_leaves_no_file(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"x"
        raise KeyError

    with pytest.raises(KeyError):
        Root.at(tmp_path).write_pieces("a", pieces(), ANY)
    assert list(tmp_path.iterdir()) == []
