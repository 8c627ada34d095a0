"""Settings, glossaries and baselines that may come from anyone: problems, never tracebacks, nothing shown.

"What they name may be read, by the readers that are used for all input; only the command line sends output
outside of the project" (l10n/settings.py).
"""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from l10n import L10nError, limits
from l10n.checks.baseline import read_baseline
from l10n.commands.check import names
from l10n.glossary import read_glossary
from l10n.settings import read_settings
from tests.conftest import Write, article, l10n

SECRET = "root:x:0:0:secret:/root"
VALUES = [
    *["1e999", "-1e999", "nan", "-1", "true", "[]", "{}", "[[1]]", "[{}]", "1979-05-27", '""', '["a", 1]'],
    *["9" * 5000, '"' + "x" * 5000 + '"', "[" * 3000 + "]" * 3000],
    *['"\\u0000"', '"\\u001b[2J\\u202e"', '{"number" = "error", "x" = 1}', '[["number"]]'],
    *['"/"', '"."', '".."', '"/etc"', '"/dev/zero"', '"/dev/stdin"'],
]
KEYS = [
    *["english", "other", "check", "check.skip", "check.severity", "check.fail-on", "check.baseline"],
    *["check.glossary", "check.rule", "check.other"],
]


@pytest.fixture
def project(here: Path, write: Write) -> Path:
    write("articles/a.md", article(("Vent 51", "Wait 15")))
    l10n("extract", "articles", cwd=here)
    return here


@pytest.mark.parametrize("key", KEYS)
def test_no_value_of_a_setting_is_an_exception_or_a_long_message(here: Path, key: str) -> None:
    for value in VALUES:
        (here / "l10n.toml").write_text(f"{key} = {value}\n")
        found = read_settings(here, names())
        assert all(problem.code == "bad-settings" for problem in found.problems), value
        assert all(len(str(problem)) < 500 for problem in found.problems), value


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


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary()
    | anything.map(lambda value: json.dumps(value).encode())
    | st.builds(lambda value: json.dumps({"findings": value, "problems": value}).encode(), anything)
)
def test_any_bytes_as_a_baseline_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "known.json"
    path.write_bytes(data)
    try:
        read_baseline(path)
    except L10nError as error:
        assert error.problem.code in ("bad-baseline", "cannot-read")


@given(
    st.binary()
    | st.text().map(lambda text: ("source,target,locale\n" + text).encode("utf-8", "surrogatepass"))
    | st.text().map(lambda text: f"<martif xml:lang='en'>{text}".encode("utf-8", "surrogatepass"))
    | st.lists(
        st.sampled_from(
            [
                "<tbx>",
                "</tbx>",
                "<conceptEntry>",
                "<langSec xml:lang='nb'>",
                "<term>",
                "a",
                "&x;",
                "<!DOCTYPE a>",
                "<!--",
            ]
        )
    ).map(lambda parts: "".join(parts).encode())
)
def test_any_bytes_as_a_glossary_are_read_or_refused(data: bytes) -> None:
    try:
        read_glossary(data, "terms.csv")
    except L10nError as error:
        assert error.problem.code == "bad-glossary"


def test_a_glossary_whose_entries_multiply_is_refused() -> None:
    terms = "".join(f"<tig><term>t{n}</term></tig>" for n in range(2_000))
    sections = "".join(f'<langSet xml:lang="{locale}">{terms}</langSet>' for locale in ("en", "nb"))
    data = f'<martif xml:lang="en"><text><body><termEntry>{sections}</termEntry></body></text></martif>'
    with pytest.raises(L10nError, match="more than"):
        read_glossary(data.encode(), "terms.tbx")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary()
    | st.tuples(st.sampled_from(KEYS), anything).map(
        lambda pair: f"{pair[0]} = {json.dumps(pair[1])}".encode()
    )
)
def test_any_bytes_as_settings_are_read_or_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "l10n.toml").write_bytes(data)
    found = read_settings(tmp_path, names())
    try:
        tomllib.loads(data.decode())
    except (ValueError, RecursionError):
        assert [problem.code for problem in found.problems] == ["bad-settings"]
    assert all(problem.code == "bad-settings" for problem in found.problems)
