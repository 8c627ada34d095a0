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
from l10n.writing import FileKind

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


def test_a_fault_on_the_way_leaves_no_file(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"x"
        raise KeyError

    with pytest.raises(KeyError):
        Root.at(tmp_path).write_pieces("a", pieces(), ANY)
    assert list(tmp_path.iterdir()) == []
