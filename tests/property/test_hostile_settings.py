"""Any bytes can be given as settings, a glossary or a baseline.

"What they name may be read, by the readers that are used for all input; only the command line sends output
outside of the project" (l10n/settings.py).
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from l10n import L10nError
from l10n.checks.baseline import read_baseline
from l10n.commands.check import names
from l10n.glossary import read_glossary
from l10n.settings import read_settings
from tests.helpers.settings_keys import KEYS

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
