"""Fixtures and options of the whole suite."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("tests.helpers")

from l10n import extract  # noqa: E402
from tests.helpers.articles import article  # noqa: E402
from tests.helpers.deliveries import NAME  # noqa: E402
from tests.helpers.files import Write  # noqa: E402
from tests.helpers.project import PROJECT  # noqa: E402

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


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for the caches of all runs of the suite, instead of the user's."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder / "l10n"


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


@pytest.fixture
def delivery(here: Path, write: Write) -> Path:
    """The PO file that extract makes of an article with two faults."""
    write("articles/a.md", article(("Vent 51 minutter.", "Wait 15 minutes."), ("Ha  det", "Bye")))
    extract([Path("articles")])
    return here / NAME
