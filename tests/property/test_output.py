"""Any text is printed on one line and fits its room.

"Nothing foreign is printed raw" (l10n/printable.py) is tested for every field of every format.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from l10n.cli.excerpt import columns, excerpt
from l10n.printable import printable
from tests.helpers.nasty_texts import RAW


@given(st.text(st.characters(exclude_categories=())))
def test_what_is_printable_is_one_line_and_stays_as_it_is(text: str) -> None:
    shown = printable(text)
    assert not RAW.search(shown)
    assert shown.splitlines() in ([shown], [])
    assert printable(shown) == shown
    shown.encode()


@given(st.text(max_size=60), st.integers(0, 60), st.integers(2, 40))
def test_an_excerpt_is_as_wide_as_there_is_room(text: str, start: int, room: int) -> None:
    line = text.replace("\n", " ").replace("\r", " ")
    shown = "".join(excerpt(line, min(start, len(line)), min(start, len(line)), room))
    assert columns(shown) <= room
    assert columns(printable(line)) > room or shown == printable(line)
