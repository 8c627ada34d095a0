"""Foreign text is made printable.

"Nothing foreign is printed raw" (l10n/printable.py) is tested for every field of every format.
"""

from __future__ import annotations

from l10n.printable import printable
from l10n.problems import Problem
from tests.helpers.nasty_texts import NASTY, harmless


def test_what_is_harmless_is_shown_as_it_is() -> None:
    for text in ("Größe – «naïve» \\x1b", "می‌خواهم", "क्‍ष", "日本語 ☃ 👩‍💻", "a\u00a0b"):
        assert printable(text) == text
    assert printable("a\x1b\u202e\udcff\ud800\n") == r"a\x1b\u202e\xff\ud800\n"


def test_a_problem_is_printable_whatever_it_is_made_of() -> None:
    harmless(str(Problem(NASTY, 1, 1, "bad-po", NASTY)))
