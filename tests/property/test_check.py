"""Excerpts and mends of any text."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from l10n.checks import CHECKS, Pair
from l10n.cli.excerpt import columns, excerpt
from l10n.commands.fix import mend
from l10n.printable import printable


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200), st.integers(2, 60))
@example("0\x1f0", 0, 2, 2)
def test_an_excerpt_is_of_one_line_and_begins_in_the_span(text: str, one: int, other: int, room: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    before, marked, after = excerpt(text, start, end, room)
    assert columns(before + marked + after) <= room
    line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    line = printable(text[line_start:].split("\n", maxsplit=1)[0].split("\r", maxsplit=1)[0])
    assert before + marked + after in line
    assert printable(text[start:end]).startswith(marked)


@given(st.sampled_from(["a", "**b**", "`c`", "[d](e.md)", "  ", "&lt;", r"\<", "https://f.example"]).map(str))
def test_each_mend_removes_its_finding_and_adds_none(part: str) -> None:
    for source, target in ((f"x {part} y", f"x {part}z y"), (f"x {part} y", f" x  {part} "), (part, "q")):
        pair = Pair(source, target, "paragraph", "nb_NO")
        found = mend(pair)
        if found is None:
            continue
        before = {(c.name, f.message) for c in CHECKS for f in c.find(pair)}
        after = {
            (c.name, f.message)
            for c in CHECKS
            for f in c.find(Pair(source, found.target, "paragraph", "nb_NO"))
        }
        assert after < before
        assert not {name for name, _ in after} & set(found.checks)
