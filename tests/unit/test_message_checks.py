"""What the checks say of a message: notes, order, refusals."""

from __future__ import annotations

from dataclasses import replace

from l10n.catalogue import Message
from l10n.checks import Check, Finding, Severity
from l10n.checks.message_checks import MessageChecks, accepted_in

GOOD = Message("Save the file.", "Lagre filen.")
SPACED = Message("Save the file.", "Lagre  filen.")
BROKEN = Message("Wait 15 minutes.", "Vent  51 minutter.")


def test_notes_are_one_line_each_and_the_worst_comes_first() -> None:
    checks = MessageChecks()
    assert checks.notes_for(GOOD, "nb_NO") == ()
    assert checks.notes_for(BROKEN, "nb_NO") == (
        "check number (error): number 51 should be 15, as in the source",
        "check double-space (warning): more than one space in a row; use one",
    )
    odd = Message("Run `a\nb`.", "Kjør `a\nc`.")
    assert all("\n" not in note for note in checks.notes_for(odd, "nb_NO"))


def test_the_worst_finding_of_a_message_is_an_error_a_warning_or_none() -> None:
    checks = MessageChecks()
    found = [checks.worst(message, "nb_NO") for message in (GOOD, SPACED, BROKEN)]
    assert found == [None, Severity.WARNING, Severity.ERROR]


def test_only_errors_refuse_a_translation() -> None:
    assert MessageChecks().error_in(BROKEN, "nb_NO") == "number: number 51 should be 15, as in the source"
    assert MessageChecks().error_in(SPACED, "nb_NO") is None


def test_what_the_comment_accepts_is_neither_noted_nor_refused() -> None:
    """Law 2: what the comment of a message accepts (`l10n: ok NAME`) is neither noted nor refused."""
    accepted = replace(BROKEN, comment="Riktig.\nl10n: ok number, double-space")
    checks = MessageChecks()
    assert checks.notes_for(BROKEN, "nb_NO")
    assert checks.notes_for(accepted, "nb_NO") == ()
    assert checks.error_in(accepted, "nb_NO") is None
    assert checks.worst(accepted, "nb_NO") is None
    assert accepted_in(accepted.comment) == {"number", "double-space"}


def test_each_distinct_pair_is_checked_once() -> None:
    seen = []

    def find(pair: object) -> list[Finding]:
        seen.append(pair)
        return [Finding("broken")]

    checks = MessageChecks([Check("any", Severity.ERROR, "", find)])
    for message in (GOOD, replace(GOOD, context="other"), GOOD):
        checks.notes_for(message, "nb_NO")
        checks.worst(message, "nb_NO")
    assert len(seen) == 1
