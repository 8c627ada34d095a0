"""PO files and units of any size, one shape for each way in which time might explode."""

from __future__ import annotations

from collections.abc import Callable

from l10n.catalogue import Message, Place, Segment

HEAD = b'msgid ""\nmsgstr "Language: nb_NO\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
ONE = b'msgid "a"\nmsgstr "b"\n'
SHAPES: dict[str, Callable[[int], bytes]] = {
    "comments and notes in turn": lambda n: HEAD + b"# a\n#. b\n" * n + ONE,
    "a previous text in many lines": lambda n: HEAD + b'#| msgid "a"\n' + b'#| "b"\n\n' * n + ONE,
    "the same, and a fault at the end": lambda n: (
        HEAD + b'#| msgid "a"\n' + b'#| "b"\n \n' * n + b'msgid "a\n'
    ),
    "a text in many lines": lambda n: HEAD + b'msgid "a"\nmsgstr ""\n' + b' "b\\n"\n' * n,
    "escapes without an end": lambda n: HEAD + b'msgid "a"\nmsgstr "' + b"\\\\" * 8 * n + b"\n",
    "blank lines": lambda n: HEAD + b" \n\n" * n + ONE,
    "flags": lambda n: HEAD + b"#, " + b"a,  b," * n + b"\n" + ONE,
    "references": lambda n: HEAD + b"#: " + "a b:3 \u2068x y\u2069:3 ".encode() * (n // 8) + b"\n" + ONE,
    "isolates that are never closed": lambda n: HEAD + b"#: " + "\u2068".encode() * n + b"\n" + ONE,
    "one name of many colons": lambda n: HEAD + b"#: a" + b":1" * 8 * n + b"\n" + ONE,
    "header fields": lambda n: HEAD[:-3] + b"".join(b'"X-%d: charset=b\\n"\n' % i for i in range(n // 4)),
    "plural entries": lambda n: (
        HEAD + b"".join(b'msgid "%d"\nmsgid_plural "b"\nmsgstr[0] "d"\n\n' % i for i in range(n // 8))
    ),
    "comments behind the last message": lambda n: HEAD + ONE + b"\n# a\n#. b\n" * n,
}


def _units(n: int, source: str = "s", under: str = "") -> list[Segment]:
    return [
        Segment(source or f"s{i}", f"t{i}", Place("a.md", i), "paragraph", "1-102", False, under)
        for i in range(n)
    ]


UNITS: dict[str, Callable[[int], tuple[list[Segment], list[Message]]]] = {
    # The units of an extract, and the messages that there are.
    "a long heading over many units": lambda n: (_units(n, "", "h " * 10 * n), []),
    "a long context": lambda n: (_units(n), [Message("s", "x", "c" * 20 * n)]),
    "a context of many ellipses": lambda n: (_units(n), [Message("s", "x", "… " * 20 * n)]),
    "a long translation": lambda n: (_units(n), [Message("s", "x" * 20 * n)]),
    "a long path": lambda n: (_units(n), [Message("s", "x", places=[Place("a/" * 10 * n + "b.md", 1)])]),
}
