"""A reference that says a line break in another way ends no line."""

from __future__ import annotations

from l10n import po


def test_a_reference_that_says_a_line_break_in_another_way_ends_no_line() -> None:
    head = 'msgid ""\nmsgstr "Language: nb_NO\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
    for name in ("a%0Ab.md", "a%0D.md", "%00", "%E2%81%A8a.md", "%FF.md", "%ED%A0%80", "a%2", "%250A", "%"):
        data = f'{head}#: {name}:3\nmsgid "a"\nmsgstr "b"\n'.encode()
        written = po.write(po.read(data, "x.po"))
        assert po.write(po.read(written, "x.po")) == written
        assert b"\n#: " in written
        assert written.count(b"\n") == data.count(b"\n") + 3
