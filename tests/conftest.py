"""Shared: the command as a user runs it, articles made of a few words, the real corpus."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import settings

PROJECT = Path(__file__).resolve().parent.parent


# No test asserts on time. CI looks at the same examples each time, a developer at new ones.
settings.register_profile("l10n", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("l10n")

# What a shell begins in the background ignores Ctrl-C, and so would each process that a test begins.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files anew; review the diff"
    )


@dataclass(frozen=True)
class Run:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def codes(self) -> list[str]:
        return [problem["code"] for problem in self.json["problems"]]


def l10n(*arguments: str | Path, cwd: Path, timeout: float | None = None) -> Run:
    """Run the command through its entry point, for so many seconds at most."""
    command = [sys.executable, "-m", "l10n", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False, timeout=timeout
    )
    return Run(done.returncode, done.stdout, done.stderr)


def unit(target: str, source: str, number: int | str = 102) -> str:
    """The markup of a unit."""
    identifier = f"1a2b3-{number}"
    return (
        f'<span data-ttu-id="{identifier}">{target}</span>'
        f'<span class="sxs-lookup"><span data-stu-id="{identifier}">{source}</span></span>'
    )


def article(*pairs: tuple[str, str], locale: str = "nb-NO", kind: str = "MT", prefix: str = "") -> str:
    """An article with a paragraph for each (target, source)."""
    lines = [f"{prefix}{unit(target, source, 102 + n)}\n" for n, (target, source) in enumerate(pairs)]
    head = f"---\ntitle: Tittel\nms.translationtype: {kind}\nms.contentlocale: {locale}\n---\n"
    return head + "\n" + "\n".join(lines)


def steps_of(call: Callable[[], object]) -> int:
    """How many lines of Python a call runs: what it costs, without a clock."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a text file below the test's folder, just as it is given."""

    def write_text(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        return path

    return write_text


def _corpus() -> Path | None:
    named = os.environ.get("L10N_CORPUS")
    candidates = [Path(named)] if named else [PROJECT.parent / "shared" / "corpus"]
    return next((path for path in candidates if path.is_dir()), None)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real articles; tests that need it are skipped where there is none."""
    found = _corpus()
    if found is None:
        pytest.skip("no corpus of real articles at ../shared/corpus or $L10N_CORPUS")
    return found


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """The test's folder as the current one."""
    monkeypatch.chdir(tmp_path)
    yield tmp_path
