"""Jobs on a real scheduler and two real workers: the bytes of a local run, whatever happens to them."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from distributed import Client

from l10n import L10nError, extract
from l10n.catalogue import Message, Place, Segment
from l10n.catalogue.candidates import Candidates
from l10n.catalogue.matching import match
from l10n.cli import main
from l10n.jobs import cluster, run
from l10n.jobs.job import Data, Failure
from l10n.jobs.run import Workers, in_order, no_progress
from tests.helpers.articles import article
from tests.helpers.command import Run
from tests.helpers.command import l10n as any_l10n
from tests.helpers.files import Write
from tests.helpers.project import PROJECT

LONG = 90
"""Seconds after which a test gives up: it is broken, not slow."""
POISON = """
import l10n.jobs.read_article
from l10n.article import parse as healthy
def parse(data, path=""):
    if b"[poison]" in data:
        raise MemoryError("this article is too much")
    return healthy(data, path)
l10n.jobs.read_article.parse = parse
"""
"""What the workers load before they start: an article of that word is too much for them."""


def l10n(*arguments: str | Path, cwd: Path) -> Run:
    return any_l10n(*arguments, cwd=cwd, timeout=LONG)


@contextmanager
def _process(log: Path, *arguments: str | Path, environment: dict[str, str]) -> Iterator[None]:
    """A process, with all that it starts, for as long as it is wanted."""
    command = [sys.executable, "-m", *map(str, arguments)]
    with (
        log.open("wb") as file,
        subprocess.Popen(
            command,
            cwd=PROJECT,
            env={**os.environ, **environment},
            stdout=file,
            stderr=file,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def _scheduler(folder: Path) -> Iterator[str]:
    """A scheduler; gives its address."""
    told = folder / "scheduler.json"
    command = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0")
    options = ("--dashboard-address", "127.0.0.1:0", "--scheduler-file", told)
    # A batch that was under way when a worker was lost is tried again once by the scheduler, not thrice.
    patience = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    with _process(folder / "scheduler.log", *command, *options, environment=patience):
        deadline = time.monotonic() + LONG
        while True:
            try:
                yield json.loads(told.read_text())["address"]
                return
            except (FileNotFoundError, json.JSONDecodeError):
                assert time.monotonic() < deadline, (folder / "scheduler.log").read_text()
                time.sleep(0.05)


@contextmanager
def _cluster(folder: Path) -> Iterator[str]:
    """A scheduler with two workers; one that dies is started again."""
    poison = folder / "poison.py"
    poison.write_text(POISON)
    with _scheduler(folder) as address:
        command = ("distributed.cli.dask_worker", address, "--nworkers", "2", "--nthreads", "1")
        options = ("--dashboard-address", "127.0.0.1:0", "--local-directory", folder, "--preload", poison)
        with _process(folder / "workers.log", *command, *options, environment={}):
            _both_workers(address)
            yield address


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the scheduler of two workers."""
    with _cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found


def _both_workers(address: str) -> list[int]:
    """The processes of both workers, once they are there."""
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=LONG)
        return sorted(client.run(os.getpid).values())


def _tree(folder: Path) -> dict[str, bytes]:
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert found
    return found


def _articles(write: Write, count: int = 24) -> None:
    """Articles of two locales, of which some are bad; 24 are together more than two batches."""
    for number in range(count):
        pairs = [(f"Mål {number}.{n} av 8", f"Goal {number}.{n} of [6](6.md)") for n in range(20)]
        text = article(("Vent 51 minutter.", "Wait 15 minutes."), *pairs) + "Not translated.\n" * 4_000
        write(f"articles/{number % 2}/{number}.md", text.replace("nb-NO", "ja-JP") if number % 3 else text)
    write("articles/broken.md", article(("a", "b")).replace("</span></span>", "</span>"))
    write("articles/homeless.md", article(("a", "b")).replace("ms.contentlocale: nb-NO\n", ""))


def _delivery(here: Path, *options: str) -> Iterator[object]:
    """All that a delivery, its review, its merges and its checks tell and write."""

    def told(*arguments: str) -> object:
        run = l10n(*arguments, *options, cwd=here)
        assert run.code == 1, run.err
        return run.json, run.err

    yield told("extract", "articles", "--json")
    yield _tree(here / "locales")
    for path in (here / "locales").iterdir():
        text = path.read_bytes().replace(b'msgstr "Vent 51', b'msgstr "Vent 52')
        path.write_bytes(text.replace(b"#, fuzzy\n", b""))
    yield told("merge", "locales", "--json")
    yield told("merge", "locales", "-o", "strict", "--strict", "--json")
    yield told("check", "locales", "articles", "--format", "json")
    yield told("merge", "locales", "--in-place", "--json")
    yield [_tree(here / folder) for folder in ("build", "strict", "articles")]


def test_all_commands_write_and_tell_what_they_do_on_one_computer(
    address: str, here: Path, write: Write
) -> None:
    """Law 4."""
    write("l10n.toml", '[check]\nglossary = ["glossary.csv"]\n')
    write("glossary.csv", "source,target\nGoal,Formål\n")
    found = []
    for options in ([], ["--scheduler", address], ["--scheduler", address, "--shared-storage"]):
        _articles(write)
        found.append(list(_delivery(here, *options)))
        for folder in ("articles", "locales", "build", "strict"):
            shutil.rmtree(here / folder)
    assert found[0] == found[1] == found[2]
    for code in ("no-locale", "strict-target", "unclosed-unit", "term-missing", "number"):
        assert code in str(found[0])


@dataclass(frozen=True)
class Sum:
    """A job: adds up numbers; of a negative one its process dies, the number 13 is too much for it."""

    def size(self, item: int) -> int:
        return 1

    def load(self, item: int) -> Data:
        return bytes(abs(item))

    def run(self, items: Sequence[int], data: Iterable[Data]) -> int:
        if min(items) < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        if 13 in items:
            raise ValueError("13")
        return sum(len(found) for found in data if isinstance(found, bytes))


@pytest.mark.parametrize("shared_storage", [False, True])
def test_an_item_that_fails_on_every_try_is_one_failure_and_the_rest_goes_on(
    address: str, monkeypatch: pytest.MonkeyPatch, shared_storage: bool
) -> None:
    monkeypatch.setattr(run, "BATCH", 3)
    items = [2, 1, 3, 1, 13, 2, *([] if shared_storage else [5, -2, 4]), *range(20, 50)]
    workers = Workers(scheduler=address, shared_storage=shared_storage)
    done: list[tuple[int, int]] = []
    found = list(in_order(Sum(), items, workers, lambda *progress: done.append(progress)))
    assert [item for batch, _ in found for item in batch] == items
    assert done[-1] == (len(items), len(items))
    failures = {
        batch[0]: result.error or result.reason for batch, result in found if isinstance(result, Failure)
    }
    killed = {} if shared_storage else {-2: "its worker was lost"}
    assert failures == {13: "ValueError: 13", **killed}
    assert all(result == sum(batch) for batch, result in found if not isinstance(result, Failure))
    assert len(found) > len(failures) + 10


@pytest.mark.parametrize("lost", [1, 2])
def test_workers_that_are_killed_half_way_are_not_missed(
    address: str, here: Path, write: Write, monkeypatch: pytest.MonkeyPatch, lost: int
) -> None:
    """With the last worker goes the job itself, which is brought to the new ones."""
    monkeypatch.setattr(run, "BATCH", 1)
    _articles(write, count=40)
    expected = extract([Path("articles")])
    bytes_expected = _tree(here / "locales")
    workers = _both_workers(address)

    def kill(done: int, total: int) -> None:
        assert total == 42
        while workers and done == 1:
            os.kill(workers.pop(), signal.SIGKILL)
            if len(workers) == 2 - lost:
                return

    report = extract([Path("articles")], Path("again"), workers=Workers(scheduler=address), progress=kill)
    assert _tree(here / "again") == bytes_expected
    assert (report.problems, report.units) == (expected.problems, expected.units)


def test_an_article_that_fails_on_every_try_is_reported_and_its_messages_are_kept(
    address: str, here: Path, write: Write
) -> None:
    """Law 2: what was not read is not gone."""
    for name in "abc":
        write(f"articles/{name}.md", article((f"Mål {name}", f"Source {name}"), kind="HT"))
    extract([Path("articles")])
    before = (here / "locales/nb_NO.po").read_text()
    write("articles/b.md", article(("[poison]", "[poison]")))
    write("articles/c.md", article(("Mål d", "Source d"), ("Mål c", "Source c"), kind="HT"))
    found = l10n("extract", "articles", "--scheduler", address, "--json", cwd=here)
    [problem] = found.json["problems"]
    assert (problem["path"], problem["code"]) == ("articles/b.md", "internal-error")
    assert problem["message"].startswith("MemoryError: this article is too much; l10n failed at this file")
    assert found.code == 70
    after = (here / "locales/nb_NO.po").read_text()
    assert [line in after for line in ('msgid "Source b"', 'msgid "Source d"', "#~ ")] == [True, True, False]
    entry = before[before.index('msgid "Source b"') :].split("\n\n")[0]
    assert entry in after


def test_ctrl_c_ends_the_run_and_frees_the_workers(address: str, here: Path, write: Write) -> None:
    _articles(write, count=200)
    command = [sys.executable, "-m", "l10n", "check", "articles", "--scheduler", address]
    with (
        Client(address, set_as_default=False) as client,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process,
    ):
        while not any(client.processing().values()):
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=LONG)
        deadline = time.monotonic() + LONG
        while any(client.processing().values()):
            assert time.monotonic() < deadline
            time.sleep(0.02)
    assert process.returncode == 130
    assert (out, err) == ("", "Interrupted. All written files are complete; run the command again.\n")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cluster is given up after a second, as Dask can be told to."""
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "1s")


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("command", ["extract", "merge", "check"])
def test_a_scheduler_that_is_not_there_is_an_error_and_nothing_is_done(
    here: Path, write: Write, command: str
) -> None:
    write("articles/a.md", article(("Hei", "Hello")))
    extract([Path("articles")], Path("po"))
    what = "po" if command == "merge" else "articles"
    found = l10n(command, what, "--scheduler", "tcp://127.0.0.1:9", cwd=here)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith("tcp://127.0.0.1:9:1:1: no-cluster: no Dask scheduler answers there (")
    assert found.err.count("\n") == 1
    assert sorted(path.name for path in here.iterdir()) == ["articles", "po"]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", "it is no address of a Dask scheduler"),
        ("http://host:8786", "it is no address of a Dask scheduler"),
        ("tcp://host", "it is no address of a Dask scheduler"),
        ("tls://host:8786", "Dask's settings name no certificates"),
    ],
)
def test_an_address_that_cannot_be_used_is_an_error(address: str, reason: str) -> None:
    with pytest.raises(L10nError, match=f"no-cluster: {reason}"):
        list(in_order(Sum(), [1], Workers(scheduler=address), no_progress))


@pytest.mark.usefixtures("impatient")
def test_a_scheduler_that_is_lost_half_way_ends_the_run_and_nothing_is_written(
    here: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "BATCH", 1)
    _articles(write)
    with ExitStack() as stack, pytest.raises(L10nError, match="no-cluster: the scheduler was lost"):
        address = stack.enter_context(_cluster(here))
        workers = Workers(scheduler=address)
        extract([Path("articles")], workers=workers, progress=lambda done, total: stack.close())
    assert not (here / "locales").exists()


@pytest.mark.usefixtures("impatient")
def test_a_scheduler_without_workers_is_an_error(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Hei", "Hello")))
    with _scheduler(here) as address:
        found = l10n("extract", "articles", "--scheduler", address, cwd=here)
    assert (found.code, found.out) == (2, "")
    assert found.err == f"{address}:1:1: no-cluster: the scheduler has no workers; the run was ended\n"


def test_workers_with_another_version_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    own = cluster._environment()
    monkeypatch.setattr(cluster, "_environment", cluster._environment.__wrapped__)
    monkeypatch.setattr(cluster, "version", lambda name: "9.9" if name == "l10n-docs" else own[name])
    with pytest.raises(
        L10nError, match=r"no-cluster: tcp://.* cannot be used: it has l10n-docs .*, not 9\.9;"
    ):
        list(in_order(Sum(), [1], Workers(scheduler=address), no_progress))


def test_a_worker_that_comes_later_is_refused_if_it_has_another_version_or_other_files() -> None:
    packed = pickle.dumps(([5], None, 1))
    result = pickle.loads(cluster._Hand(pickle.dumps(Sum()), cluster._environment())(packed))
    assert result == 5
    result = pickle.loads(cluster._Hand(pickle.dumps(Sum()), {"Python": "2.7"})(packed))
    assert result.reason.endswith(", not 2.7")
    packed = pickle.dumps(([5], None, 2))
    result = pickle.loads(cluster._Hand(pickle.dumps(Sum()), cluster._environment())(packed))
    assert "it does not find the files" in result.reason


def test_candidates_find_the_same_messages_in_another_process() -> None:
    """Law 2: also after it was asked, with several messages for a source, in the order of the PO."""
    places = [[Place("a.md", 3)], [Place("a.md", 3), Place("b.md", 9)], [Place("b.md", 1)]]
    texts = [("No", "Nei"), ("Yes", "Ja"), ("No", "Antall")]
    messages = [
        Message(source, target, places=where) for (source, target), where in zip(texts, places, strict=True)
    ]
    units = [
        Segment("No", "Nr.", Place("a.md", 3), "paragraph", "1-1", False),
        Segment("Yes", "Ja", Place("a.md", 3), "paragraph", "1-2", False),
    ]
    candidates = Candidates(messages)
    expected = match(units, candidates, fuzzy=True)
    assert len(expected) == len(units)
    for _ in range(2):
        candidates = pickle.loads(pickle.dumps(candidates))
        assert match(units, candidates, fuzzy=True) == expected


@pytest.mark.parametrize(
    ("options", "advice"),
    [
        (["--shared-storage"], "--shared-storage needs --scheduler"),
        (["--scheduler", "tcp://h:1", "--jobs", "2"], "leave out one of them"),
        (["--scheduler", "tcp://h:1", "--english", "articles"], "needs --shared-storage"),
    ],
)
@pytest.mark.parametrize("command", ["extract", "merge", "check"])
def test_options_that_contradict_each_other_are_wrong_usage(
    here: Path, write: Write, command: str, options: list[str], advice: str
) -> None:
    write("articles/a.md", article(("Hei", "Hello")))
    if command == "check" and "--english" in options:
        options, advice = ["--scheduler", "tcp://h:1", "--fix"], "leave out --scheduler"
    done = CliRunner().invoke(main, [command, "articles", *options])
    assert (done.exit_code, done.stdout) == (2, "")
    assert advice in " ".join(done.stderr.split())


def test_without_dask_the_error_tells_what_to_install(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Hei", "Hello")))
    script = "import sys; sys.modules['distributed'] = None; from l10n.cli import main; main()"
    command = [sys.executable, "-c", script, "extract", "articles", "--scheduler", "tcp://h:1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONG)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no-cluster" in done.stderr
    assert done.stderr.endswith("pip install 'l10n-docs[cluster]'\n")
