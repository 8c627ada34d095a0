"""Settings, glossaries and baselines that may come from anyone: problems, never tracebacks, nothing shown.

"What they name may be read, by the readers that are used for all input; only the command line sends output
outside of the project" (l10n/settings.py).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from l10n import limits
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write

SECRET = "root:x:0:0:secret:/root"


@pytest.fixture
def project(here: Path, write: Write) -> Path:
    write("articles/a.md", article(("Vent 51", "Wait 15")))
    l10n("extract", "articles", cwd=here)
    return here


@pytest.mark.parametrize("key", ["english", "check.baseline", "check.glossary"])
@pytest.mark.parametrize("value", ["x" * 5000, "/", ".", "/etc", "/dev/zero", "/dev/stdin", "a\\u0000b"])
def test_no_path_of_a_setting_is_a_traceback(project: Path, key: str, value: str) -> None:
    (project / "l10n.toml").write_text(f'{key} = "{value}"\n')
    done = l10n("check", "articles", cwd=project, timeout=60)
    assert (done.code, "Traceback" in done.err) == (1, False)


@pytest.mark.parametrize("name", ["l10n.toml", "pyproject.toml"])
def test_settings_that_are_no_file_of_that_kind_are_one_problem(project: Path, name: str) -> None:
    path = project / name
    path.mkdir()
    assert _told(project) == ["cannot-read"]
    path.rmdir()
    os.mkfifo(path)
    assert _told(project) == ["cannot-read"]
    path.unlink()
    with open(path, "wb") as file:
        file.truncate(limits.SETTINGS_BYTES + 1)
    assert _told(project) == ["too-large"]
    for data in (
        b"\xff",
        b"a = \x00",
        b"a = 1\na = 2",
        b"a = " + b"9" * 5000,
        b"a = " + b"[" * 5000,
        b"[[[[",
    ):
        path.write_bytes(data)
        assert _told(project) == ["bad-settings"], data[:9]
    path.unlink()
    path.symlink_to("/etc/passwd")
    done = l10n("check", "articles", "--format", "json", cwd=project)
    assert done.codes == ["outside-folder"]


def _told(project: Path) -> list[str]:
    return l10n("check", "articles", "--format", "json", cwd=project, timeout=60).codes


@pytest.mark.parametrize(
    "text", [SECRET, f"<{SECRET}>", f"<a>{SECRET}</b>", f"<secret>{SECRET}</secret>", f'{{"{SECRET}": 1}}']
)
@pytest.mark.parametrize("setting", ["glossary", "baseline", "english"])
def test_nothing_of_an_unfit_file_is_shown(project: Path, write: Write, text: str, setting: str) -> None:
    secret = project.parent / "secret"
    secret.write_text(text)
    key = f'english = "{secret}"' if setting == "english" else f'[check]\n{setting} = "{secret}"'
    write("l10n.toml", key + "\n")
    for command in (
        "check articles",
        "check articles --format json",
        "extract articles",
        "status",
        "merge locales",
    ):
        done = l10n(*command.split(), cwd=project)
        # The path may have the word; the content may not be shown.
        shown = (done.out + done.err).replace(str(secret), "")
        assert "secret" not in shown.replace("/secret", "")
        assert "root:x" not in shown
    assert secret.read_text() == text


def test_a_glossary_or_baseline_that_cannot_be_read_does_not_hang(project: Path, write: Write) -> None:
    os.mkfifo(project / "pipe")
    (project / "large").write_bytes(b"")
    os.truncate(project / "large", limits.BASELINE_BYTES + 1)
    for name, code in (("pipe", "cannot-read"), ("large", "too-large"), ("articles", "cannot-read")):
        for setting in ("glossary", "baseline"):
            write("l10n.toml", f'[check]\n{setting} = "{name}"\n')
            done = l10n("check", "articles", "--format", "json", cwd=project, timeout=60)
            assert done.codes == [code], (name, setting)
