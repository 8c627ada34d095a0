"""Law 4: the same bytes, whatever the number of processes; and what happens when one dies."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n import Problem, extract, merge, parse
from l10n.checks import CHECKS, Pair
from l10n.checks.terms import glossary_checks
from l10n.commands.check import check
from l10n.glossary import Glossary, Term
from l10n.jobs import run
from l10n.jobs.job import Data, Failure
from l10n.jobs.run import Workers, in_order, no_progress
from l10n.report import ExtractReport, MergeReport
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write

PROCESSES = (1, 2, 3)


@dataclass(frozen=True)
class Sum:
    """A job: adds up numbers; of a negative one its process dies."""

    def size(self, item: int) -> int:
        return abs(item)

    def load(self, item: int) -> Data:
        return bytes(abs(item))

    def run(self, items: Sequence[int], data: Iterable[Data]) -> tuple[int, int]:
        if min(items) < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return sum(items), sum(len(found) for found in data if isinstance(found, bytes))


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few articles are as many batches, and worth several processes."""
    monkeypatch.setattr(run, "BATCH", 1)
    monkeypatch.setattr(run, "SMALL", 0)


@given(st.lists(st.integers(0, 3 * run.BATCH), max_size=20))
def test_results_come_in_the_order_of_the_items_each_item_once(items: list[int]) -> None:
    told: list[tuple[int, int]] = []
    found = list(in_order(Sum(), items, Workers(), lambda done, total: told.append((done, total))))
    assert [item for batch, _ in found for item in batch] == items
    assert [result for _, result in found] == [(sum(batch), sum(batch)) for batch, _ in found]
    assert [done for done, _ in told] == [
        sum(len(batch) for batch, _ in found[: n + 1]) for n in range(len(found))
    ]
    assert {total for _, total in told} <= {len(items)}
    # Batches are of about one size: full with the last item, not before.
    assert all(sum(max(1, item) for item in batch[:-1]) < run.BATCH for batch, _ in found)


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("processes", PROCESSES)
def test_several_processes_give_the_same_results_in_the_same_order(processes: int) -> None:
    items = [*range(30)]
    found = list(in_order(Sum(), items, Workers(processes), no_progress))
    assert found == [([item], (item, item)) for item in items]


@pytest.mark.usefixtures("small_batches")
def test_an_item_at_which_its_process_dies_is_one_failure_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run, "BATCH", 3)
    items = [2, 1, 3, 1, -1, 2, 5, -2, 4]
    found = list(in_order(Sum(), items, Workers(2), no_progress))
    assert [item for batch, _ in found for item in batch] == items
    assert [batch for batch, result in found if isinstance(result, Failure)] == [[-1], [-2]]
    assert all(result == (sum(batch), sum(batch)) for batch, result in found if min(batch) >= 0)


def _tree(folder: Path) -> dict[str, bytes]:
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert found
    return found


def _told(report: ExtractReport | MergeReport) -> tuple[object, ...]:
    return report.as_json(), report.retranslated if isinstance(report, ExtractReport) else ()


@pytest.fixture
def articles(here: Path, write: Write) -> Path:
    """Articles of two locales, good ones and bad ones, with some English files."""
    for number in range(12):
        pairs = [(f"Mål {n} av [sted]({n}.md).", f"Goal {n} of [place]({n}.md).") for n in range(number)]
        text = article(("Vent 51 minutter.", "Wait 15 minutes."), *pairs)
        write(f"articles/nb/{number}.md", text)
        write(f"articles/ja/{number}.md", text.replace("nb-NO", "ja-JP"))
        write(f"english/nb/{number}.md", "# Another version\n")
    write("articles/nb/broken.md", article(("a", "b")).replace("</span></span>", "</span>"))
    write("articles/nb/homeless.md", article(("a", "b")).replace("ms.contentlocale: nb-NO\n", ""))
    (here / "articles/nb/gone.md").symlink_to("nowhere.md")
    return here


def _review(folder: Path) -> None:
    """Accept a sentence of each article, with another fault in it than the machine's."""
    for path in folder.iterdir():
        text = path.read_bytes().replace(b'msgstr "Vent 51', b'msgstr "Vent 52')
        path.write_bytes(text.replace(b"#, fuzzy\n", b""))


def _delivery(workers: Workers) -> Iterator[object]:
    """All that a delivery, its review and its merges tell and write."""
    for folder in ("locales", "build", "strict"):
        shutil.rmtree(folder, ignore_errors=True)
    english = Path("english")
    yield _told(extract([Path("articles")], english=english, workers=workers))
    _review(Path("locales"))
    yield _told(extract([Path("articles")], english=english, workers=workers))
    yield _tree(Path("locales"))
    yield _told(merge([Path("locales")], english=english, workers=workers))
    yield _tree(Path("build"))
    yield _told(
        merge([Path("locales")], output=Path("strict"), form="annotated", strict=True, workers=workers)
    )
    yield _tree(Path("strict"))


@pytest.mark.usefixtures("small_batches", "articles")
def test_extract_and_merge_write_the_same_bytes_whatever_the_number_of_processes() -> None:
    found = [list(_delivery(Workers(processes))) for processes in PROCESSES]
    assert found[0] == found[1] == found[2]
    told = str(found[0])
    for code in ("no-locale", "english-mismatch", "strict-target", "unclosed-unit", "cannot-read"):
        assert code in told


@pytest.mark.usefixtures("small_batches")
def test_of_two_po_files_that_make_one_article_the_first_has_it_whatever_the_number_of_processes(
    here: Path, write: Write
) -> None:
    write("articles/a.md", article(("Hei", "Hello")))
    write("articles/b.md", article(("Ha det", "Bye")))
    extract([Path("articles")])
    extract([Path("articles/b.md")], Path("more"))
    text = Path("more/nb_NO.po").read_bytes()
    Path("more/nb_NO.po").write_bytes(
        text.replace(b'msgstr "Ha det', b'msgstr "Farvel').replace(b"#, fuzzy\n", b"")
    )
    found = []
    for processes in PROCESSES:
        shutil.rmtree("build", ignore_errors=True)
        report = merge([Path("more"), Path("locales")], workers=Workers(processes))
        found.append((_told(report), _tree(Path("build"))))
        assert [problem.code for problem in report.problems] == ["claimed-twice"]
        assert b"Farvel" in Path("build/nb-NO/b.md").read_bytes()
    assert found[0] == found[1] == found[2]


@pytest.mark.usefixtures("small_batches")
def test_check_finds_the_same_whatever_the_number_of_processes(articles: Path) -> None:
    extract([Path("articles")])
    glossary = glossary_checks(Glossary((Term("Goal", ("Formål",)),)))
    found = [
        check([Path("articles"), Path("locales")], checks=(*CHECKS, *glossary), workers=Workers(processes))
        for processes in PROCESSES
    ]
    assert found[0] == found[1] == found[2]
    assert {"number", "term-missing"} <= {fault.check for fault in found[0].findings}


@pytest.mark.usefixtures("small_batches")
def test_an_article_at_which_the_process_dies_is_reported_and_its_messages_are_kept(
    here: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law 2: what was not read is not gone."""
    for name in "abc":
        write(f"articles/{name}.md", article((f"Mål {name}", f"Source {name}"), kind="HT"))
    extract([Path("articles")])
    before = Path("locales/nb_NO.po").read_bytes()

    def deadly(data: bytes, path: str = "") -> object:
        if path == "articles/b.md":
            os.kill(os.getpid(), signal.SIGKILL)
        return parse(data, path)

    monkeypatch.setattr("l10n.jobs.read_article.parse", deadly)
    report = extract([Path("articles")], workers=Workers(2))
    message = (
        "its process ended without a result each time this file was worked on, so it was left out; "
        "try it alone"
    )
    assert report.problems == [Problem("articles/b.md", 1, 1, "job-failed", message)]
    assert Path("locales/nb_NO.po").read_bytes() == before
    assert (report.messages, report.articles) == (3, 2)


def test_checks_can_be_sent_to_another_process() -> None:
    """Where processes are not forked their job is pickled, glossary and all."""
    checks = (*CHECKS, *glossary_checks(Glossary((Term("Goal", do_not_translate=True),))))
    copies = pickle.loads(pickle.dumps(checks))
    pair = Pair("See the Goal in 15 minutes.", "Se det om 51 minutter.", "paragraph", "nb_NO")
    found = [(check.name, list(check.find(pair))) for check in checks]
    assert [(check.name, list(check.find(pair))) for check in copies] == found
    assert {"number", "do-not-translate"} <= {name for name, findings in found if findings}


_INTERRUPTED = "Interrupted. All written files are complete; run the command again.\n"


def _large(write: Write) -> None:
    text = article(*((f"Mål {n}", f"Source {n}") for n in range(60)))
    for number in range(1200):
        write(f"articles/{number:04}.md", text)


def _children(process: int) -> list[int]:
    found = subprocess.run(["ps", "--ppid", str(process), "-o", "pid="], capture_output=True, check=False)
    return [int(word) for word in found.stdout.split()]


def _start(here: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "l10n", *arguments]
    return subprocess.Popen(
        command, cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def _workers_of(process: subprocess.Popen[str]) -> list[int]:
    while len(children := _children(process.pid)) < 2:
        time.sleep(0.002)
        assert process.poll() is None
    return children


def test_a_process_that_is_killed_half_way_is_not_missed(tmp_path: Path, write: Write) -> None:
    _large(write)
    options = ("--no-cache", "--json")
    expected = l10n("extract", "articles", "-o", "one", "--jobs", "1", *options, cwd=tmp_path)
    with _start(tmp_path, "extract", "articles", "-o", "two", "--jobs", "2", *options) as process:
        os.kill(_workers_of(process)[0], signal.SIGKILL)
        out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert out.replace("two/", "one/") == expected.out
    assert (tmp_path / "two/nb_NO.po").read_bytes() == (tmp_path / "one/nb_NO.po").read_bytes()


def test_an_interruption_while_the_processes_start_waits_until_they_have(
    tmp_path: Path, write: Write
) -> None:
    """Without the wait the pool is neither running nor ended, and its shutdown raises RuntimeError."""
    _large(write)
    for _ in range(5):
        with _start(tmp_path, "extract", "articles", "--jobs", "2") as process:
            while not _children(process.pid):
                assert process.poll() is None
            process.send_signal(signal.SIGINT)
            _, err = process.communicate()
        assert (process.returncode, err) == (130, _INTERRUPTED)


def test_ctrl_c_ends_all_processes_and_says_one_line(tmp_path: Path, write: Write) -> None:
    _large(write)
    with _start(tmp_path, "extract", "articles", "--jobs", "2") as process:
        workers = _workers_of(process)
        os.killpg(process.pid, signal.SIGINT)  # a terminal interrupts all of them
        out, err = process.communicate()
    assert process.returncode == 130
    assert (out, err) == ("", _INTERRUPTED)
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    assert not (tmp_path / "locales").exists()


def test_with_nothing_to_do_nothing_is_written_and_split_only_what_changed(here: Path, write: Write) -> None:
    for name in "abc":
        write(f"articles/{name}.md", article((f"Mål {name}", f"Source {name}")))
    assert len(extract([Path("articles")], split="article").written) == 3
    before = {path: path.stat().st_ino for path in here.rglob("*.po")}
    assert extract([Path("articles")], split="article").written == []
    write("articles/b.md", article(("Mål b", "Source b"), ("Ny", "New")))
    assert extract([Path("articles")], split="article").written == ["locales/nb_NO/b.md.po"]
    after = {path: path.stat().st_ino for path in here.rglob("*.po")}
    assert {path.name for path in after if before[path] != after[path]} == {"b.md.po"}
    assert len(merge([Path("locales")]).written) == 3
    assert merge([Path("locales")]).written == []


def test_jobs_is_a_number_of_processes(tmp_path: Path, write: Write) -> None:
    write("articles/a.md", article(("Hei", "Hello")))
    assert l10n("extract", "articles", "--jobs", "0", cwd=tmp_path).code == 2
    assert l10n("extract", "articles", "-j", "1", cwd=tmp_path).code == 0
