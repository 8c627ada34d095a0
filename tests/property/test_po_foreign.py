"""No line that other tools write into a PO file is lost."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import po
from tests.helpers.foreign_entries import HEAD, SAMPLES, said

LINES = sorted({line for text in SAMPLES.values() for line in text.split("\n")})
blocks = st.sampled_from(
    [block for text in SAMPLES.values() for block in text.split("\n\n")[1:] if "#= " not in block]
)
loose = st.lists(st.sampled_from([line for line in LINES if re.match("#([ .,:]|$)", line)]), max_size=3)


@settings(max_examples=300)
@given(st.lists(st.tuples(loose, st.booleans(), blocks), max_size=5), loose)
def test_no_line_is_lost_of_any_entries_and_comments(
    entries: list[tuple[list[str], bool, str]], end: list[str]
) -> None:
    parts = []
    for number, (comments, is_apart, block) in enumerate(entries):
        between = "\n\n" if is_apart else "\n"
        named = re.sub(r'^((?:#~ )?msgid) "(.*)"', rf'\1 "{number}\2"', block, flags=re.MULTILINE)
        parts.append("\n".join(comments) + between + named)
    data = "\n\n".join([HEAD, *parts, "\n".join(end)]).encode()
    written = po.write(po.read(data, "x.po"))
    # A flag that is there twice is one.
    assert said(written).keys() == said(data).keys()
    assert po.write(po.read(written, "x.po")) == written
