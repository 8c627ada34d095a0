"""Values of settings that may come from anyone, and a glossary whose entries multiply.

"What they name may be read, by the readers that are used for all input; only the command line sends output
outside of the project" (l10n/settings.py).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n import L10nError
from l10n.commands.check import names
from l10n.glossary import read_glossary
from l10n.settings import read_settings
from tests.helpers.settings_keys import KEYS

VALUES = [
    *["1e999", "-1e999", "nan", "-1", "true", "[]", "{}", "[[1]]", "[{}]", "1979-05-27", '""', '["a", 1]'],
    *["9" * 5000, '"' + "x" * 5000 + '"', "[" * 3000 + "]" * 3000],
    *['"\\u0000"', '"\\u001b[2J\\u202e"', '{"number" = "error", "x" = 1}', '[["number"]]'],
    *['"/"', '"."', '".."', '"/etc"', '"/dev/zero"', '"/dev/stdin"'],
]


@pytest.mark.parametrize("key", KEYS)
def test_no_value_of_a_setting_is_an_exception_or_a_long_message(here: Path, key: str) -> None:
    for value in VALUES:
        (here / "l10n.toml").write_text(f"{key} = {value}\n")
        found = read_settings(here, names())
        assert all(problem.code == "bad-settings" for problem in found.problems), value
        assert all(len(str(problem)) < 500 for problem in found.problems), value


def test_a_glossary_whose_entries_multiply_is_refused() -> None:
    terms = "".join(f"<tig><term>t{n}</term></tig>" for n in range(2_000))
    sections = "".join(f'<langSet xml:lang="{locale}">{terms}</langSet>' for locale in ("en", "nb"))
    data = f'<martif xml:lang="en"><text><body><termEntry>{sections}</termEntry></body></text></martif>'
    with pytest.raises(L10nError, match="more than"):
        read_glossary(data.encode(), "terms.tbx")
