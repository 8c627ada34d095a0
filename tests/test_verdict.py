"""The checks in one line: notes, order, refusals."""

from __future__ import annotations

from l10n.checks import Pair
from l10n.checks.pair import Severity
from l10n.verdict import NO_RISK, error_in, notes_for, risk

GOOD = Pair("Save the file.", "Lagre filen.", "paragraph", "nb_NO")
SPACED = Pair("Save the file.", "Lagre  filen.", "paragraph", "nb_NO")
BROKEN = Pair("Wait 15 minutes.", "Vent  51 minutter.", "paragraph", "nb_NO")


def test_notes_are_one_line_each_and_the_worst_comes_first() -> None:
    notes = notes_for([GOOD, SPACED, BROKEN, BROKEN])
    assert set(notes) == {SPACED, BROKEN}
    assert notes[BROKEN] == (
        "check: number differs: 51, the source has 15",
        "check: white space stands twice",
    )
    assert notes_for([SPACED, BROKEN], least=Severity.ERROR) == {BROKEN: notes[BROKEN][:1]}
    odd = Pair("Run `a\nb`.", "Kjør `a\nc`.", "paragraph", "nb_NO")
    assert all("\n" not in note for note in notes_for([odd])[odd])


def test_errors_come_first_in_the_order_of_risk() -> None:
    assert sorted([GOOD, SPACED, BROKEN], key=risk) == [BROKEN, SPACED, GOOD]
    assert risk(GOOD) == risk(SPACED, accepted={"double-space"}) == NO_RISK


def test_only_errors_that_nobody_accepted_refuse_a_target() -> None:
    assert error_in(BROKEN) == "number: number differs: 51, the source has 15"
    assert error_in(SPACED) is None
    assert error_in(BROKEN, accepted={"number"}) is None
