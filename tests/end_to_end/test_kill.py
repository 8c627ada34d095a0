"""`kill -9` at any moment: no half-written file, nothing lost, nothing left behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from l10n import po
from l10n.jobs.run import SMALL
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write

KILLS = 12
"""For each of the commands."""
NAME = "locales/nb_NO.po"


def _alive(group: int) -> list[str]:
    """The processes of a group that have not ended."""
    found = subprocess.run(["ps", "-eo", "pgid=,stat=,args="], capture_output=True, text=True, check=False)
    lines = [line.split(maxsplit=2) for line in found.stdout.splitlines()]
    return [words[-1] for words in lines if words[0] == str(group) and not words[1].startswith("Z")]


def _killed(here: Path, after: float, *arguments: str) -> int:
    """Kill the command, not its workers, after so many seconds; returns its process group."""
    command = [sys.executable, "-m", "l10n", *arguments, "--jobs", "3"]
    process = subprocess.Popen(
        command, cwd=here, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(after)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return process.pid


def _assert_ended(group: int) -> None:
    for _ in range(200):
        if not _alive(group):
            return
        time.sleep(0.05)
    pytest.fail(f"alive after ten seconds: {_alive(group)}")


def _temporary(here: Path) -> list[Path]:
    return list(here.rglob(".l10n-*"))


def test_a_kill_loses_nothing_and_leaves_nothing(tmp_path: Path, write: Write) -> None:
    """Law 2, and the next run sweeps: over extract and merge in several processes."""
    for number in range(160):
        pairs = [(f"Mål {n} {'tekst ' * 9}", f"Goal {n} {'text ' * 9}") for n in range(number, number + 80)]
        write(f"articles/{number % 4}/{number}.md", article(*pairs))
    started = time.monotonic()
    assert l10n("extract", "articles", "--jobs", "3", cwd=tmp_path).code == 0
    extracting = time.monotonic() - started
    file = tmp_path / NAME
    file.write_bytes(file.read_bytes().replace(b"#, fuzzy\n", b"").replace(b'"M\xc3\xa5l 3', b'"Mol 3'))
    reviewed = {m.source: m.translation for m in po.read(file.read_bytes(), NAME).messages}
    started = time.monotonic()
    assert l10n("merge", "locales", "--jobs", "3", cwd=tmp_path).code == 0
    merging = time.monotonic() - started
    whole = {path: path.read_bytes() for path in tmp_path.glob("build/**/*.md")}
    articles = {path: path.read_bytes() for path in tmp_path.glob("articles/**/*.md")}
    assert len(whole) == len(articles) == 160
    assert sum(map(len, articles.values())) > SMALL  # or there are no workers
    chance = random.Random(12)
    groups = []
    for number in range(KILLS):
        write("articles/new.md", article((f"Ny {number}", f"New {number}")))
        groups.append(_killed(tmp_path, chance.uniform(0.1, 1.1 * extracting), "extract", "articles"))
        messages = po.read(file.read_bytes(), NAME).messages  # which it could not if it were half written
        assert reviewed.items() <= {m.source: m.translation for m in messages if not m.fuzzy}.items()
        for path in list(whole)[::2]:
            path.write_bytes(whole[path].replace(b"tekst", b"annet"))
        before = {path: path.read_bytes() for path in whole}
        groups.append(_killed(tmp_path, chance.uniform(0.1, 1.1 * merging), "merge", "locales"))
        _assert_ended(groups[-1])
        for path, data in whole.items():
            assert path.read_bytes() in (data, before[path])
    for group in groups:
        _assert_ended(group)
    (tmp_path / "articles/new.md").unlink()
    # Made sure of: the kills above need not meet the moment at which there is one.
    for folder in ("locales", "build/nb-NO/1"):
        (tmp_path / folder / ".l10n-00112233445566ff.tmp").write_bytes(b"half")
    assert l10n("extract", "articles", cwd=tmp_path).code == 0
    assert l10n("merge", "locales", "--clean", cwd=tmp_path).code == 0
    assert {path: path.read_bytes() for path in tmp_path.glob("build/**/*.md")} == whole
    assert {path: path.read_bytes() for path in articles} == articles
    assert _temporary(tmp_path) == []


def test_workers_end_with_the_process_that_started_them(tmp_path: Path, write: Write) -> None:
    """Also at work: the parent is killed as soon as it has some."""
    text = article(*((f"Mål {n}", f"Source {n}") for n in range(60)))
    for number in range(600):
        write(f"articles/{number:04}.md", text)
    for command in ("extract", "check"):
        process = subprocess.Popen(
            [sys.executable, "-m", "l10n", command, "articles", "--jobs", "3"],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        while len(_alive(process.pid)) < 4:
            assert process.poll() is None
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        _assert_ended(process.pid)


_KILLED_AT_ITS_END = """
import os, signal
from l10n.output_tree import OutputTree
OutputTree.complete = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
import l10n.__main__
"""
"""A merge that has written its articles, but not the list of them."""


def _killed_merge(here: Path, program: str, *options: str) -> None:
    """Run a merge that kills itself."""
    command = [sys.executable, "-c", program, "merge", "locales", *options]
    done = subprocess.run(command, cwd=here, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL


def test_what_a_killed_merge_wrote_is_known_to_the_next_one(tmp_path: Path, write: Write) -> None:
    """Anew, over what an earlier merge wrote, and what a person changed since: that stays."""
    for name in ("changed", "edited", "old"):
        write(f"articles/{name}.md", article((f"Mål {name}", f"Goal {name}")))
    assert l10n("extract", "articles", cwd=tmp_path).code == 0
    assert l10n("merge", "locales", cwd=tmp_path).code == 0
    for name in ("changed", "edited", "new"):
        write(f"articles/{name}.md", article((f"Nytt {name}", f"New {name}")))
    write("articles/stays.md", article(("Blir", "Stays")))
    assert l10n("extract", "articles", cwd=tmp_path).code == 0
    _killed_merge(tmp_path, _KILLED_AT_ITS_END)
    edited = tmp_path / "build/nb-NO/edited.md"
    edited.write_bytes(edited.read_bytes() + b"by a person\n")
    for name in ("changed", "edited", "new", "old"):
        (tmp_path / f"articles/{name}.md").unlink()
    assert l10n("extract", "articles", cwd=tmp_path).code == 0
    run = l10n("merge", "locales", "--clean", "--json", cwd=tmp_path)
    assert run.json["removed"] == [f"build/nb-NO/{name}.md" for name in ("changed", "new", "old")]
    assert [(one["path"], one["code"]) for one in run.json["problems"]] == [
        ("build/nb-NO/edited.md", "left-over")
    ]
    assert sorted(path.name for path in (tmp_path / "build").iterdir()) == ["l10n-merge.json", "nb-NO"]


_KILLED_BEFORE_IT_WRITES = """
import os, signal
from l10n.jobs.rebuild_article import Rebuilder
Rebuilder._write = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
import l10n.__main__
"""
"""A merge that has noted the articles, but not written them."""


def test_two_killed_merges_leave_nothing_that_is_not_known(tmp_path: Path, write: Write) -> None:
    write("articles/stays.md", article(("Blir", "Stays")))
    for target, program in (("Ny", _KILLED_AT_ITS_END), ("Nyere", _KILLED_BEFORE_IT_WRITES)):
        write("articles/new.md", article((target, "New")))
        assert l10n("extract", "articles", cwd=tmp_path).code == 0
        _killed_merge(tmp_path, program)
    (tmp_path / "articles/new.md").unlink()
    assert l10n("extract", "articles", cwd=tmp_path).code == 0
    run = l10n("merge", "locales", "--clean", "--json", cwd=tmp_path)
    assert (run.code, run.json["removed"]) == (0, ["build/nb-NO/new.md"])


_KILLED_AFTER_A_COPY = """
import os, signal
from l10n import output_tree
output_tree.find_left_over = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
import l10n.__main__
"""


def test_what_a_killed_merge_copied_is_copied_again(tmp_path: Path, write: Write) -> None:
    """Its copy is not taken for a file of somebody else."""
    write("articles/nb-NO/a.md", article(("Mål", "Goal")))
    assert l10n("extract", "articles", cwd=tmp_path).code == 0
    for content in ("first", "second"):
        write("articles/nb-NO/toc.yml", content)
        _killed_merge(tmp_path, _KILLED_AFTER_A_COPY, "--copy-rest")
    write("articles/nb-NO/toc.yml", "third")
    assert l10n("merge", "locales", "--copy-rest", cwd=tmp_path).code == 0
    assert (tmp_path / "build/nb-NO/toc.yml").read_text() == "third"
