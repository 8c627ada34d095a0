"""git, called only to read objects, so that it never runs a program that a repository names.

Law 5, input is hostile, and a cloned repository is input: none of its programs is run. git's configuration
can name programs in dozens of places (`gpg.program`, `core.fsmonitor`, `diff.external`, the helpers of a
protocol …), and in more with each version. So git never reads the repository's configuration. It runs in an
empty repository of this package (`empty.git`) and gets only the object folder of the other one: without a
configuration there are no remotes to fetch from, no hooks, no grafts and no replaced objects. Besides, only
plumbing is called (`cat-file`, `rev-list`, `diff-tree`), no protocol is allowed, the caller's git variables
and configuration are removed, and time, memory and output are bounded.
"""

from __future__ import annotations

import os
import re
import select
import subprocess
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic
from typing import IO

from l10n.english.repository import GitError, Repository
from l10n.limits import GIT_MEMORY_BYTES, GIT_OUTPUT_BYTES, GIT_SECONDS
from l10n.printable import printable

_EMPTY = Path(__file__).with_name("empty.git")
_PIECE = 1 << 16


def output(repository: Repository, *arguments: str, given: bytes = b"") -> bytes:
    """Return the whole output of a git command with `given` as its input; raises GitError if it fails."""
    with TemporaryFile() as standard_input:
        standard_input.write(given)
        standard_input.seek(0)
        process = start(repository, *arguments, standard_input=standard_input)
        try:
            assert process.stdout
            answers = Answers(process.stdout)
            data = answers.all()
            if process.wait(GIT_SECONDS) == 0:
                return data
            raise GitError("git stopped")
        except (GitError, subprocess.TimeoutExpired) as error:
            raise GitError(last_error_line(process) or str(error)) from error
        finally:
            end(process)


def start(
    repository: Repository, *arguments: str, standard_input: IO[bytes] | int = subprocess.PIPE
) -> subprocess.Popen[bytes]:
    """Start a git process that reads the objects of `repository`; raises GitError if git cannot be run."""
    program = find_program("git")
    if program is None:
        raise GitError("git cannot be run: it is not installed, or in no folder of PATH")
    try:
        process = subprocess.Popen(
            [program, "--no-replace-objects", *arguments],
            stdin=standard_input,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(repository),
            cwd=_EMPTY,
            bufsize=0,
        )
    except OSError as error:
        raise GitError(f"git cannot be run: {error.strerror or error}") from error
    _limit_memory(process.pid)
    return process


def find_program(name: str) -> str | None:
    """Return the path of a program in the absolute folders of PATH, or None.

    The current folder, where Windows looks first, is not searched: a program in a cloned project is input.
    """
    folders = [folder for folder in os.environ.get("PATH", "").split(os.pathsep) if os.path.isabs(folder)]
    name = f"{name}.exe" if os.name == "nt" else name
    candidates = (os.path.join(folder, name) for folder in folders)
    return next((path for path in candidates if os.path.isfile(path) and os.access(path, os.X_OK)), None)


def _environment(repository: Repository) -> dict[str, str]:
    """Return the environment for git: no git variables or configuration but the objects of `repository`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    if shallow := repository.shallow:
        kept["GIT_SHALLOW_FILE"] = str(shallow)
    return kept | {
        "GIT_DIR": str(_EMPTY),
        "GIT_OBJECT_DIRECTORY": str(repository.objects),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


def _limit_memory(process: int) -> None:
    """Limit a process's memory where the system can (Linux): an object may claim to be small."""
    try:
        import resource  # noqa: PLC0415 - Windows has none

        resource.prlimit(process, resource.RLIMIT_AS, (GIT_MEMORY_BYTES, GIT_MEMORY_BYTES))
    except (ImportError, AttributeError, OSError):
        return  # not Linux, or the process has ended already


class Answers:
    """The output of a git process; each answer may take at most `GIT_SECONDS`."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._read = bytearray()

    def line(self) -> bytes:
        """Return the next line with its line break, or without one if git ended. Raises GitError."""
        until = monotonic() + GIT_SECONDS
        while (end := self._read.find(b"\n")) < 0 and len(self._read) < GIT_OUTPUT_BYTES:
            if not self._more(until):
                break
        return self._take(end + 1 if end >= 0 else len(self._read))

    def exactly(self, size: int) -> bytes:
        """Return the next `size` bytes, or fewer if git ended. Raises GitError."""
        until = monotonic() + GIT_SECONDS
        while len(self._read) < size and self._more(until):
            pass
        return self._take(min(size, len(self._read)))

    def all(self) -> bytes:
        """Return all bytes up to the end; raises GitError if they are too many."""
        until = monotonic() + GIT_SECONDS
        while self._more(until):
            if len(self._read) > GIT_OUTPUT_BYTES:
                raise GitError(f"git said more than {GIT_OUTPUT_BYTES:,} bytes, so it was stopped")
        return self._take(len(self._read))

    def _take(self, size: int) -> bytes:
        data = bytes(self._read[:size])
        del self._read[:size]
        return data

    def _more(self, until: float) -> bool:
        # Windows cannot wait for a pipe, so git is trusted to answer.
        if os.name == "posix":
            poll = select.poll()
            poll.register(self._stream, select.POLLIN)
            if not poll.poll(max(0.0, until - monotonic()) * 1000):
                raise GitError(f"git did not answer in {GIT_SECONDS} seconds")
        data = os.read(self._stream.fileno(), _PIECE)
        self._read += data
        return bool(data)


def last_error_line(process: subprocess.Popen[bytes]) -> str:
    """End the process and return its last line of error output, printable."""
    process.kill()
    assert process.stderr
    said = os.read(process.stderr.fileno(), 4096).decode("utf-8", "replace").strip()
    end(process)
    return printable(re.split(r"[\r\n]", said)[-1])


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process and close its pipes."""
    process.kill()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe:
            pipe.close()
    process.wait()
