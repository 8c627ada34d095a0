"""Law 2 with real processes: nothing is written but over what was read."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from l10n import po
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.deliveries import NAME, REPORT, leftovers, save_as_editors_do
from tests.helpers.files import Write


def _start(here: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "l10n", *arguments]
    # In its folder a test may have put a sitecustomize.
    path = os.pathsep.join([str(here), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(
        command,
        cwd=here,
        env=os.environ | {"PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


_STOPS = """
import os, signal

flush = os.fsync

def fsync(handle):
    os.fsync = flush
    flush(handle)
    os.kill(os.getpid(), signal.SIGSTOP)

os.fsync = fsync
"""
"""A sitecustomize: the process stops itself after it has flushed its first temporary file."""


_COMMANDS = {
    "extract": (("extract", "articles"), NAME),
    "fix": (("check", "locales", "--fix", "--fail-on", "error"), NAME),
    "merge": (("merge", "locales", "--in-place", "--jobs", "1"), "articles/a.md"),
}


@pytest.mark.parametrize("command", _COMMANDS)
def test_what_is_saved_between_the_reading_and_the_rename_of_a_command_is_kept(
    tmp_path: Path, write: Write, command: str
) -> None:
    """The real commands, stopped between the two; and nobody may read the new file who may not the old."""
    arguments, name = _COMMANDS[command]
    pairs = [(f"Mål  {n} {'lang tekst ' * 40}", f"Goal {n} {'long text ' * 40}") for n in range(100)]
    write("articles/a.md", article(*pairs))
    l10n("extract", "articles", cwd=tmp_path)
    file = tmp_path / NAME
    if command == "extract":
        write("articles/a.md", article(("Ny", "New"), *pairs))
    if command == "merge":
        file.write_bytes(file.read_bytes().replace(b"#, fuzzy\n", b"").replace(b'"M\xc3\xa5l', b'"Mal'))
    path = tmp_path / name
    path.chmod(0o600)
    write("sitecustomize.py", _STOPS)
    with _start(tmp_path, *arguments) as process:
        stopped = os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        assert stopped is not None
        assert stopped.si_code == os.CLD_STOPPED
        (temporary,) = (one for one in path.parent.glob(".l10n-*") if one.stat().st_size)
        assert stat.S_IMODE(temporary.stat().st_mode) & 0o077 == 0
        data = path.read_bytes().replace(b" 7 lang", b" sju lang")
        save_as_editors_do(path, data)
        process.send_signal(signal.SIGCONT)
        said = process.communicate()[1].decode()
    assert b" sju lang" in path.read_bytes()
    assert leftovers(tmp_path) == []
    if command == "merge":
        assert (process.returncode, path.read_bytes()) == (1, data)
    else:
        assert (path.read_bytes() != data, said) == (True, "")  # it was done again


@pytest.mark.parametrize("is_new", [True, False])
def test_extracts_at_once_lose_nothing_of_each_other(tmp_path: Path, write: Write, is_new: bool) -> None:
    names = ("a", "b", "c")
    for name in names:
        write(f"{name}/a.md", article(*((f"Mål {name} {n}", f"Goal {name} {n}") for n in range(3000))))
    if not is_new:
        write("d/a.md", article(("Gammelt", "Old")))
        assert l10n("extract", "d", cwd=tmp_path).code == 0
    started = [_start(tmp_path, "extract", name) for name in names]
    assert [(process.communicate()[1], process.returncode) for process in started] == [(b"", 0)] * 3
    messages = po.read((tmp_path / NAME).read_bytes(), NAME).messages
    assert len(messages) == 9000 + (not is_new)
    assert not any(message.obsolete for message in messages)


BASELINE = b'{\n "findings": {}\n}\n'
OPTIONS: dict[str, tuple[str, ...]] = {
    "report": ("extract", "articles", "--report"),
    "baseline": ("check", "articles", "--fail-on", "error", "--write-baseline", "--baseline"),
    "badge": ("status", "locales", "--badge"),
    "terms": ("terms", "articles", "-o"),
}
FILES = {
    "a PO file": NAME,
    "an article": "articles/a.md",
    "a report": "report.json",
    "a baseline": "baseline.json",
    "a badge": "badge.svg",
    "a drawing": "logo.svg",
    "settings": "package.json",
    "a table": "glossary.csv",
    "a text": "notes.txt",
    "bytes": "image.png",
    "blanks": "blank.txt",
}
OWN = {"report": "a report", "baseline": "a baseline", "badge": "a badge", "terms": None}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("option", OPTIONS)
def test_nothing_is_written_over_a_file_of_another_kind(
    delivery: Path, write: Write, option: str, file: str
) -> None:
    here = delivery.parent.parent
    write("report.json", REPORT.decode())
    write("baseline.json", BASELINE.decode())
    assert l10n("status", "locales", "--badge", "badge.svg", cwd=here).code == 0
    write("logo.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    write("package.json", '{"name": "x", "findings": 1, "kept_against_new_mt": 2}')
    write("glossary.csv", "source,target\na,b\n")
    write("notes.txt", "findings")
    write("image.png", "\x89PNG\r\n\0")
    write("blank.txt", "\n\n")
    name = FILES[file]
    if option == "badge":  # which has to have this suffix
        (here / name).rename(here / "x.svg")
        write(NAME, "")
        name = "x.svg"
    path = here / name
    before = path.read_bytes()
    run = l10n(*OPTIONS[option], name, cwd=here)
    if file == OWN[option]:
        assert "other-kind" not in run.err
    else:
        assert run.code == 1
        assert f"{name}:1:1: {'would-overwrite' if option == 'terms' else 'other-kind'}: " in run.err
        assert path.read_bytes() == before


@pytest.mark.parametrize("option", ["report", "baseline", "badge"])
def test_a_file_is_written_over_its_own_kind_an_empty_one_and_through_a_link(
    delivery: Path, option: str
) -> None:
    here = delivery.parent.parent
    (here / "empty.svg").touch()
    (here / "linked").touch()
    (here / "link.svg").symlink_to("linked")
    made = set()
    for name in ("new.svg", "new.svg", "empty.svg", "link.svg", "./new.svg"):
        run = l10n(*OPTIONS[option], name, cwd=here)
        assert ("other-kind" in run.err, run.code) == (False, 0)
        made.add((here / name).read_bytes())
    assert len(made) == 1 and made != {b""}
    assert (here / "link.svg").is_symlink()


@pytest.mark.parametrize("option", ["report", "baseline", "badge"])
def test_a_link_to_a_po_file_does_not_disguise_it(delivery: Path, option: str) -> None:
    here = delivery.parent.parent
    (here / "known.svg").symlink_to(NAME)
    before = delivery.read_bytes()
    run = l10n(*OPTIONS[option], "known.svg", cwd=here)
    assert ("known.svg:1:1: other-kind" in run.err, delivery.read_bytes()) == (True, before)


def _link_folder(here: Path) -> None:
    (here / "nb-NO").symlink_to("articles")


def _link_folder_by_a_detour(here: Path) -> None:
    (here / "nb-NO").symlink_to("./locales/../articles")


def _link_file(here: Path) -> None:
    (here / "nb-NO").mkdir()
    (here / "nb-NO/a.md").symlink_to("../articles/a.md")


def _hard_link(here: Path) -> None:
    (here / "nb-NO").mkdir()
    (here / "nb-NO/a.md").hardlink_to(here / "articles/a.md")


@pytest.mark.parametrize("link", [_link_folder, _link_folder_by_a_detour, _link_file, _hard_link])
@pytest.mark.parametrize("form", ["localized", "annotated"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_original_is_never_overwritten_whatever_name_it_goes_by(
    delivery: Path, link: Callable[[Path], None], form: str, jobs: str
) -> None:
    here = delivery.parent.parent
    delivery.write_bytes(delivery.read_bytes().replace(b'"Vent 51', b'"Vent 15').replace(b"#, fuzzy\n", b""))
    link(here)
    before = (here / "articles/a.md").read_bytes()
    run = l10n("merge", "locales", "-o", ".", "--form", form, "--jobs", jobs, cwd=here)
    assert (run.code, "cannot-write" in run.err) == (1, True)
    assert (here / "articles/a.md").read_bytes() == before


_AS_NOBODY = """
import os, sys
from pathlib import Path
from l10n.commands.extract import extract
from l10n.commands.merge import merge
extract([Path("articles")], Path("warm"))  # all that is imported late
if os.getuid() == 0:
    os.system("chown -R 65534:65534 .")
    os.setgid(65534)
    os.setuid(65534)
os.chmod("locales", int(sys.argv[1], 8))
for split in ("none", "article"):
    print([p.code for p in extract([Path("articles")], split=split).problems])
print([p.code for p in merge([Path("warm")], output=Path("locales")).problems])
"""


@pytest.mark.parametrize(
    ("mode", "codes"),
    [
        ("000", ["cannot-read cannot-write", "cannot-read cannot-write", "cannot-write"]),
        ("400", ["cannot-write", "cannot-write", "cannot-write"]),
        ("500", ["cannot-write", "cannot-write", "cannot-write"]),
        ("100", ["cannot-read cannot-write", "cannot-read cannot-write", "cannot-write"]),
        ("300", ["cannot-read", "cannot-read", ""]),
    ],
)
def test_an_output_folder_that_may_not_be_used_is_said(mode: str, codes: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:  # which nobody may enter, unlike pytest's
        os.chmod(folder, 0o755)
        (Path(folder) / "locales").mkdir()
        (Path(folder) / "articles").mkdir()
        (Path(folder) / "articles/a.md").write_text(article(("Nei", "No")))
        command = [sys.executable, "-c", _AS_NOBODY, mode]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        os.chmod(Path(folder) / "locales", 0o700)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [str(line.split()) for line in codes]


def test_a_current_folder_that_is_gone_is_one_line(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    for command in (["extract", "/"], ["status"], ["check", "/"], ["merge", "/"], ["terms", "/"]):
        # The installed command: with `-c` CPython 3.13.0 itself fails to import anything there.
        installed = Path(sys.executable).with_name("l10n")
        script = f"cd {gone} && mkdir -p {gone} && rmdir {gone} && exec {installed} {' '.join(command)}"
        done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path)
        assert (done.returncode, "the current folder no longer exists" in done.stderr) == (2, True)
        assert "Traceback" not in done.stderr
        gone.mkdir(exist_ok=True)


# Sizes.


@pytest.mark.parametrize("name", ["articles/huge.md", "locales/nb_NO.po"])
def test_a_file_of_any_size_is_one_problem_and_the_rest_goes_on(
    delivery: Path, write: Write, name: str
) -> None:
    here = delivery.parent.parent
    write("articles/b.md", article(("Ny", "New")))
    write("articles/c.md", article(("Neu", "New"), locale="de-DE"))
    with (here / name).open("wb") as file:
        file.truncate(4 << 40)
    run = l10n("extract", "articles", cwd=here)
    assert (run.code, run.err.count("too-large"), run.err.count("\n")) == (1, 1, 1)
    assert run.err.startswith(f"{name}:1:1: too-large: ")
    assert (here / "locales/de_DE.po").exists()
    assert (here / name).stat().st_size == 4 << 40
    run = l10n("check", "articles", "locales", cwd=here)
    assert f"{name}:1:1: too-large: " in run.err
    assert l10n("merge", "locales", cwd=here).code == 1


@pytest.mark.parametrize("name", ["../known.json", "link/known.json", "link.json"])
def test_settings_found_in_a_project_send_no_output_out_of_it(here: Path, write: Write, name: str) -> None:
    write("project/articles/a.md", article(("Vent 51", "Wait 15")))
    write("project/l10n.toml", f'check.baseline = "{name}"\n')
    write("outside.json", "")
    (here / "project/link").symlink_to(here)
    (here / "project/link.json").symlink_to(here / "outside.json")
    run = l10n("check", "articles", "--write-baseline", cwd=here / "project")
    assert (run.code, "outside of their folder" in run.err) == (2, True)
    assert not (here / "known.json").exists()
    assert (here / "outside.json").read_bytes() == b""
    named = l10n("check", "articles", "--write-baseline", "--baseline", "../known.json", cwd=here / "project")
    assert named.code == 0
    assert (here / "known.json").exists()
