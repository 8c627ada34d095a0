"""A value of an option that no system can open is wrong usage or a problem, never a fault of l10n.

Law 5, input is hostile; law 3, nothing is silent. Each option that takes a path is given each kind of path
that is not what it asks for, each number what is no such number. The command ends by itself, with exit code 2
and a line that says what is wrong, or with 0 or 1; it prints no traceback and nothing foreign raw.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from l10n.cli import entry
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the devices are Linux's")

for _module in ("extract", "merge", "check", "status", "terms", "merge_driver"):
    import_module(f"l10n.cli.{_module}")  # once, not in each fork
_SECONDS = 60
"""After which a command hangs."""
_RAW = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xff")


def _name(name: bytes | str) -> Callable[[Path], bytes]:
    return lambda _: os.fsencode(name)


def _loop(here: Path) -> bytes:
    (here / "loop").symlink_to("loop")
    return b"loop"


def _pipe(here: Path) -> bytes:
    os.mkfifo(here / "pipe.svg")
    return b"pipe.svg"


def _socket(here: Path) -> bytes:
    command = "import socket; socket.socket(socket.AF_UNIX).bind('socket.csv')"
    subprocess.run([sys.executable, "-c", command], cwd=here, check=True)
    return b"socket.csv"


def _file(name: bytes) -> Callable[[Path], bytes]:
    def make(here: Path) -> bytes:
        Path(os.fsdecode(bytes(here) + b"/" + name)).write_bytes(b"\x1b]0;x\x07\xff\0 what it holds\n")
        return name

    return make


def _folder(name: bytes) -> Callable[[Path], bytes]:
    def make(here: Path) -> bytes:
        os.mkdir(bytes(here) + b"/" + name)
        return name

    return make


def _unreadable(name: str, mode: int) -> Callable[[Path], bytes]:
    def make(here: Path) -> bytes:
        (here / name).mkdir() if mode == 0o311 else (here / name).write_bytes(b"source,target\n")
        (here / name).chmod(0)
        return os.fsencode(name)

    return make


def _dangling(here: Path) -> bytes:
    (here / "dangling.csv").symlink_to("absent/absent")
    return b"dangling.csv"


PATHS: dict[str, Callable[[Path], bytes]] = {
    "absent": _name("absent"),
    "absent below absent": _name("absent/absent/absent.csv"),
    "below a file": _name("locales/nb_NO.po/below.csv"),
    "a PO file": _name("locales/nb_NO.po"),
    "an article": _name("articles/a.md"),
    "a folder": _name("articles"),
    "this folder": _name("."),
    "empty": _name(""),
    "the root": _name("/"),
    "a pipe": _pipe,
    "a socket": _socket,
    "the full device": _name("/dev/full"),
    "the null device": _name("/dev/null"),
    "the zero device": _name("/dev/zero"),
    "standard input": _name("/dev/stdin"),
    "standard output": _name("/dev/stdout"),
    "below a device": _name("/dev/null/x.svg"),
    "of a process": _name("/proc/self/mem"),
    "read only folder": _name("/proc/x.csv"),
    "a dash": _name("-"),
    "a loop": _loop,
    "below a loop": lambda here: _loop(here) + b"/a.csv",
    "a dangling link": _dangling,
    "an unreadable file": _unreadable("unreadable.csv", 0),
    "an unreadable folder": _unreadable("unreadable", 0o311),
    "absent with a line break": _name(b"a\n::error ::x.svg"),
    "absent with ESC": _name(b"a\x1b[31m.svg"),
    "absent, not UTF-8": _name(b"a\xff.svg"),
    "absent with a line separator": _name("a\u2028b\u202e.svg"),
    "a file with a line break": _file(b"b\n::error ::x.csv"),
    "a file with ESC": _file(b"b\x1b[31m.csv"),
    "a file, not UTF-8": _file(b"b\xff.csv"),
    "a folder with ESC": _folder(b"c\x1b[31m\n"),
    "a folder, not UTF-8": _folder(b"c\xff"),
    "long": _name("x" * 5_000),
    "long svg": _name("x" * 5_000 + ".svg"),
    "long name": _name("y/" + "x" * 300 + ".svg"),
    "deep": _name("x/" * 2_500 + "a.svg"),
    "many steps up": _name("../" * 1_600 + "absent.svg"),
}
"""What is made in the folder of the test, and the value of the option."""

NUMBERS = [
    "0",
    "-1",
    "1e999",
    "9" * 5_000,
    "",
    " ",
    "nan",
    "0x10",
    "1.5",
    "\u0661",
    "1_0",
    "\x1b[31m",
    "\udcff",
]

OPTIONS = [
    "extract @",
    "extract articles -o @",
    "extract articles -o out --report @",
    "extract articles -o out --english @",
    "merge @",
    "merge locales --articles @",
    "merge locales -o @",
    "merge locales --english @",
    "check @",
    "check articles --baseline @",
    "check articles --baseline @ --write-baseline",
    "check articles --glossary @",
    "check locales --fix --glossary @",
    "status @",
    "status --badge @",
    "status --english @",
    "terms @",
    "terms articles -o @",
    "merge-driver @ locales/nb_NO.po locales/nb_NO.po",
    "merge-driver locales/nb_NO.po @ locales/nb_NO.po",
    "merge-driver locales/nb_NO.po locales/nb_NO.po @",
    "merge-driver locales/nb_NO.po locales/nb_NO.po locales/nb_NO.po @",
]
"""Each option that takes a path, and each argument, at `@`."""
NUMBER_OPTIONS = [
    "extract articles -o out --jobs @",
    "merge locales --jobs @",
    "check articles --jobs @",
    "status --fail-under @",
    "terms articles --minimum @",
    # No numbers, but as easily made of something else.
    "extract articles -o out --locale @",
    "check articles --locale @",
    "check articles --only @",
    "check articles --skip @",
    "check articles --format @",
    "extract articles -o out --split @",
    "merge locales --form @",
]


def _argument(words: str, value: bytes) -> list[bytes]:
    return [value if word == "@" else word.encode() for word in words.split()]


def _run(here: Path, arguments: list[bytes]) -> tuple[int, bytes]:
    """Exit code and both outputs of a command, in a fork of this process, which has read the modules."""
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            try:
                signal.signal(signal.SIGALRM, signal.SIG_DFL)
                signal.alarm(_SECONDS)
                os.chdir(here)
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
                os.dup2(output.fileno(), 1)
                os.dup2(output.fileno(), 2)
                sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
                sys.argv = [os.fsdecode(argument) for argument in [b"l10n", *arguments]]
                entry()
            except SystemExit as exit_:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(exit_.code if isinstance(exit_.code, int) else 99)
            finally:
                os._exit(98)
        _, status = os.waitpid(child, 0)
        output.seek(0)
        return os.waitstatus_to_exitcode(status), output.read()


def _judge(words: str, name: str, code: int, output: bytes) -> list[str]:
    """What is wrong with how a command ended."""
    label = f"{words} / {name}: exit {code}: {output[-300:]!r}"
    wrong = code not in (0, 1, 2) or b"Traceback" in output or b"internal-error" in output
    wrong |= code == 2 and not output.strip()
    return [label] if wrong or _RAW.search(output) or b"\n::error" in output else []


@pytest.fixture
def project(here: Path, write: Write) -> Path:
    write("articles/a.md", article(("Hei.", "Hello."), ("Se 1.", "See 1.")))
    assert l10n("extract", "articles", cwd=here).code == 0
    return here


_KEPT = ("articles/a.md", "locales/nb_NO.po")


@pytest.mark.parametrize("words", OPTIONS)
def test_a_path_that_is_not_what_an_option_asks_for_is_said(here: Path, project: Path, words: str) -> None:
    kept = _KEPT[: 1 if words.startswith(("extract", "merge-driver")) else 2]  # these two write PO files
    before = {name: (project / name).read_bytes() for name in _KEPT}
    faults: list[str] = []
    for name, make in PATHS.items():
        if name == "the root" and words.rsplit(maxsplit=1)[-1] == "@":
            continue  # it would read the whole computer
        value = make(project)
        faults += _judge(words, name, *_run(project, _argument(words, value)))
        faults += [f"{words} / {name}: {one} changed" for one in kept if _differs(project / one, before[one])]
        for one, data in before.items():
            (project / one).write_bytes(data)
        _remove(project, value)
    faults += _judge(words, "NUL", *_run(project, _argument(words, b"a\0b.svg")))
    assert not faults, "\n".join(faults)


def _differs(path: Path, data: bytes) -> bool:
    return path.read_bytes() != data


def _remove(project: Path, value: bytes) -> None:
    """Take away what was made for one value, so that the next meets a folder as it was."""
    if value.split(b"/")[0] in {
        bytes(path.name, "ascii") for path in project.iterdir() if path.name.isascii()
    }:
        path = project / os.fsdecode(value.split(b"/")[0])
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            path.unlink()


_AS_A_USER = (
    ["setpriv", "--inh-caps", "-all", "--bounding-set", "-all"] if getattr(os, "geteuid", int)() == 0 else []
)
"""Root may read everything, but not without its capabilities."""


@pytest.mark.skipif(bool(_AS_A_USER) and not shutil.which("setpriv"), reason="root reads everything")
@pytest.mark.parametrize("words", OPTIONS)
def test_what_may_not_be_read_is_said(project: Path, words: str) -> None:
    faults: list[str] = []
    for name in ("an unreadable file", "an unreadable folder"):
        value = PATHS[name](project)
        command: list[str | bytes] = [*_AS_A_USER, sys.executable, "-m", "l10n", *_argument(words, value)]
        done = subprocess.run(command, cwd=project, capture_output=True, timeout=_SECONDS, check=False)
        faults += _judge(words, name, done.returncode, done.stdout + done.stderr)
    (project / "unreadable").chmod(0o700)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("words", NUMBER_OPTIONS)
def test_a_number_that_is_none_is_wrong_usage(project: Path, words: str) -> None:
    faults: list[str] = []
    for value in [*NUMBERS, "\0"]:
        faults += _judge(words, repr(value[:20]), *_run(project, _argument(words, os.fsencode(value))))
    assert not faults, "\n".join(faults)


def test_check_reads_what_a_link_in_another_folder_leads_to(project: Path) -> None:
    for name in ("links", "target", "current"):
        (project / name).mkdir()
    (project / "articles/a.md").rename(project / "target/a.md")
    link = project / "links/b.md"
    link.symlink_to(project / "target/a.md")
    done = l10n("check", link, "--format", "json", cwd=project / "current")
    assert (done.code, done.json["units"]) == (0, 2)


@pytest.mark.parametrize("stream", ["full", "closed"])
@pytest.mark.parametrize(
    "words",
    [
        "extract articles",
        "merge locales",
        "check articles",
        "status",
        "status --json",
        "terms articles",
        "--help",
    ],
)
def test_an_output_that_takes_nothing_is_said(project: Path, words: str, stream: str) -> None:
    target = "/dev/full" if stream == "full" else "&-"
    shell = f'exec "$0" -m l10n {words} >{target} <&-'
    done = subprocess.run(
        ["sh", "-c", shell, sys.executable],
        cwd=project,
        stderr=subprocess.PIPE,
        timeout=_SECONDS,
        check=False,
    )
    assert not _judge(words, stream, done.returncode, done.stderr)
    if stream == "full":
        assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)


@pytest.mark.parametrize("command", ["extract", "merge"])
def test_a_path_that_is_too_long_is_wrong_usage(here: Path, write: Write, command: str) -> None:
    write("articles/a.md", article(("Hei.", "Hello.")))
    assert l10n("extract", "articles", cwd=here).code == 0
    given = {"extract": "articles", "merge": "locales"}[command]
    done = l10n(command, given, "--english", "x" * 10_000, cwd=here)
    assert done.code == 2
    assert "neither a folder nor in a git repository" in done.err


def test_a_path_in_the_settings_that_is_too_long_is_a_problem(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Hei.", "Hello.")))
    write("l10n.toml", f'english = "{"x" * 10_000}"\n')
    assert l10n("extract", "articles", "--json", cwd=here).codes == ["bad-settings"]
