"""Any bytes can be given as a glossary."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from l10n import L10nError
from l10n.glossary import read_glossary


@given(st.binary(max_size=200), st.sampled_from([b"", b"source,target\n", b"<martif>", b"\xff\xfe"]))
def test_any_bytes_are_read_or_refused(data: bytes, head: bytes) -> None:
    try:
        read_glossary(head + data, "g.csv")
    except L10nError as error:
        assert error.problem.code == "bad-glossary"
