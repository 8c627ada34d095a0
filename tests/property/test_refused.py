"""A mend of any pair leaves nothing to mend, and merge takes it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import parse, refusal
from l10n.checks import CHECKS, Pair
from l10n.commands.fix import mend
from tests.helpers.articles import unit
from tests.helpers.outside import PARTS

texts = st.lists(
    st.sampled_from([*PARTS, "a", "b ", "  ", "https://a.b ", "`c`", "[d](e)", "<https:>"]),
    max_size=6,
).map("".join)


@settings(max_examples=300)
@given(texts, texts, st.sampled_from(["paragraph", "table cell", "heading", "list item"]))
def test_after_one_mend_nothing_is_left_to_mend(source: str, target: str, kind: str) -> None:
    """Law 4: a second run changes nothing; and each mend is what merge takes."""
    pair = Pair(source, target, kind, "nb_NO")
    found = mend(pair)
    if found is None:
        return
    assert mend(pair._replace(target=found.target)) is None
    left = {check.name for check in CHECKS for _ in check.find(pair._replace(target=found.target))}
    assert not left & set(found.checks)
    if kind == "paragraph" and "\n" not in target and target:
        before = parse(f"{unit(target, source)}\n".encode())
        if [(u.target, u.source) for u in before.units] == [(target, source)]:
            assert refusal(before, before.units[0], found.target) is None
