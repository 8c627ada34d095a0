"""Law 2: nothing is written but over what was read, and over a file of its own kind."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from l10n import L10nError, po, writing
from l10n.checks import Check, Finding, Pair, Severity
from l10n.commands.check import check
from l10n.commands.extract import extract
from l10n.commands.fix import fix
from l10n.commands.merge import merge
from l10n.files import Root
from l10n.writing import Kind
from tests.conftest import Write, article, l10n, steps_of

ANY = Kind("anything", lambda data: True)
NAME = "locales/nb_NO.po"


@pytest.fixture
def root(tmp_path: Path) -> Root:
    folder = tmp_path / "inside"
    folder.mkdir()
    return Root.at(folder)


def _save(path: Path, data: bytes) -> None:
    """Save a file as editors do: written beside, and renamed."""
    beside = path.with_name(path.name + "~")
    beside.write_bytes(data)
    beside.rename(path)


def _leftovers(folder: Path) -> list[Path]:
    return list(folder.rglob(".l10n-*"))


# What happens between the reading and the writing.


def _in_place(path: Path, data: bytes) -> None:
    path.write_bytes(data)


@pytest.mark.parametrize("save", [_save, _in_place])
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
    assert _leftovers(root.path) == []


def test_a_file_that_is_saved_again_and_again_is_left_as_it_was_saved(root: Root) -> None:
    (root.path / "a.po").write_bytes(b"0")
    count = 0

    def make(old: bytes | None) -> bytes:
        nonlocal count
        count += 1
        _save(root.path / "a.po", str(count).encode())
        return b"new"

    with pytest.raises(L10nError, match="changed-meanwhile"):
        root.rewrite("a.po", make)
    assert (root.path / "a.po").read_bytes() == str(count).encode()
    assert _leftovers(root.path) == []


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
            _save(self._path, self.saved)
        yield from ()


def _check(look: Callable[[Pair], Iterator[Finding]]) -> Check:
    return Check("double-space", Severity.ERROR, "", look)  # one whose findings are mended


@pytest.fixture
def delivery(here: Path, write: Write) -> Path:
    write("articles/a.md", article(("Vent 51 minutter.", "Wait 15 minutes."), ("Ha  det", "Bye")))
    extract([Path("articles")])
    return here / NAME


def test_a_review_saved_while_extract_runs_is_kept(delivery: Path, write: Write) -> None:
    write("articles/b.md", article(("Ny", "New")))
    reviewer = _Reviewer(delivery, b'msgstr "Vent 51', b'msgstr "Vent 15')
    report = extract([Path("articles")], check=True, checks=[_check(reviewer)])
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


def _start(here: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "l10n", *arguments]
    return subprocess.Popen(
        command, cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def _stopped_before_the_rename(process: subprocess.Popen[bytes], folder: Path) -> Path | None:
    """The temporary file of a process that is stopped while it writes it; None if it was too late."""
    while process.poll() is None:
        for name in os.listdir(folder):
            if name.startswith(".l10n-"):
                process.send_signal(signal.SIGSTOP)
                os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
                if (folder / name).exists():
                    return folder / name
                process.send_signal(signal.SIGCONT)
                return None
    return None


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
    for _ in range(50):  # it cannot always be stopped in time
        pairs = [(f"Mål  {n} {'lang tekst ' * 40}", f"Goal {n} {'long text ' * 40}") for n in range(1000)]
        write("articles/a.md", article(*pairs))
        l10n("extract", "articles", cwd=tmp_path)
        file = tmp_path / NAME
        if command == "extract":
            write("articles/a.md", article(("Ny", "New"), *pairs))
        if command == "merge":
            file.write_bytes(file.read_bytes().replace(b"#, fuzzy\n", b"").replace(b'"M\xc3\xa5l', b'"Mal'))
        path = tmp_path / name
        path.chmod(0o600)
        with _start(tmp_path, *arguments) as process:
            temporary = _stopped_before_the_rename(process, path.parent)
            if temporary is not None:
                assert stat.S_IMODE(temporary.stat().st_mode) & 0o077 == 0
                data = path.read_bytes().replace(b" 7 lang", b" sju lang")
                _save(path, data)
                process.send_signal(signal.SIGCONT)
            said = process.communicate()[1].decode()
        if temporary is not None:
            break
    else:
        pytest.fail("it was never stopped in time")
    assert b" sju lang" in path.read_bytes()
    assert _leftovers(tmp_path) == []
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
    assert len(_leftovers(root.path)) == 1


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


# What may be overwritten.

REPORT = b'{\n  "kept_against_new_mt": []\n}\n'
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
    path = write("build/nb-NO/articles/a.md", text)
    write("articles/b.md", article(("Ny", "New")))
    extract([Path("articles")])
    report = merge([Path("locales")])
    assert [(problem.path, problem.code) for problem in report.problems] == [
        ("build/nb-NO/articles/a.md", "other-kind")
    ]
    assert path.read_bytes() == text.encode()
    assert report.written == ["build/nb-NO/articles/b.md"]


@pytest.mark.parametrize("forms", [("source",), ("localized", "source"), ("localized", "annotated")])
def test_merge_writes_over_what_it_wrote_before(delivery: Path, forms: tuple[str, ...]) -> None:
    for form in forms:
        report = merge([Path("locales")], form=form)  # type: ignore[arg-type]
        assert (report.problems, len(report.written)) == ([], 1)
    delivery.write_bytes(delivery.read_bytes().replace(b"51", b"15").replace(b"#, fuzzy\n", b""))
    report = merge([Path("locales")], form=forms[-1])  # type: ignore[arg-type]
    assert (report.problems, len(report.written)) == ([], 1 if forms[-1] != "source" else 0)


def _link_folder(here: Path) -> None:
    (here / "nb-NO").symlink_to(".")


def _link_inner_folder(here: Path) -> None:
    (here / "nb-NO").mkdir()
    (here / "nb-NO/articles").symlink_to("../articles")


def _link_file(here: Path) -> None:
    (here / "nb-NO/articles").mkdir(parents=True)
    (here / "nb-NO/articles/a.md").symlink_to("../../articles/a.md")


def _hard_link(here: Path) -> None:
    (here / "nb-NO/articles").mkdir(parents=True)
    (here / "nb-NO/articles/a.md").hardlink_to(here / "articles/a.md")


@pytest.mark.parametrize("link", [_link_folder, _link_inner_folder, _link_file, _hard_link])
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
        ("300", ["cannot-read", "cannot-read other-split", ""]),
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


def test_articles_are_looked_for_by_the_end_of_a_path_of_any_length(here: Path, write: Write) -> None:
    """Law 5: the time grows with the path, not with its square."""
    write("elsewhere/articles/a.md", article(("Nei", "No")))
    extract([Path("elsewhere/articles")])
    data = Path(NAME).read_bytes()
    steps = []
    for depth in (5_000, 10_000):
        scope = "a/" * depth + "articles"
        Path(NAME).write_bytes(data.replace(b"elsewhere/articles\\n", scope.encode() + b"\\n"))
        assert scope.encode() in Path(NAME).read_bytes()
        steps.append(steps_of(lambda: merge([Path("locales")], articles=Path("elsewhere"))))
        assert Path("build/nb-NO/elsewhere/articles/a.md").exists()
        shutil.rmtree("build")
    assert steps[1] < 2.5 * steps[0]


def test_a_baseline_that_is_none_is_not_written_anew(delivery: Path, write: Write) -> None:
    path = write("known.json", "[]")
    report = check([Path("locales")], baseline=path, update_baseline=True)
    assert [problem.code for problem in report.problems] == ["other-kind"]
    assert path.read_text() == "[]"


@pytest.mark.parametrize("name", ["../known.json", "link/known.json", "link.json"])
def test_settings_found_in_a_project_send_no_output_out_of_it(here: Path, write: Write, name: str) -> None:
    write("project/articles/a.md", article(("Vent 51", "Wait 15")))
    write("project/l10n.toml", f'check.baseline = "{name}"\n')
    write("outside.json", "")
    (here / "project/link").symlink_to(here)
    (here / "project/link.json").symlink_to(here / "outside.json")
    run = l10n("check", "articles", "--write-baseline", cwd=here / "project")
    assert (run.code, "outside the current folder" in run.err) == (2, True)
    assert not (here / "known.json").exists()
    assert (here / "outside.json").read_bytes() == b""
    named = l10n("check", "articles", "--write-baseline", "--baseline", "../known.json", cwd=here / "project")
    assert named.code == 0
    assert (here / "known.json").exists()
