"""Texts that would harm a terminal if they were printed raw."""

from __future__ import annotations

import re

C0 = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), 127]))
C1 = "".join(map(chr, range(0x80, 0xA0)))
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
NASTY = f"\x1b[2J{C0}{C1}{BIDI}\u2028\u2029\ufeff::error ::x %0A %25 ]]><b>"
RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def harmless(text: str) -> None:
    """Nothing in what was printed commands a terminal or a CI."""
    assert not RAW.search(text), ascii(RAW.search(text))
    for line in text.splitlines():
        assert not line.startswith("::") or re.match(
            r"::(error|warning|notice) file=[^,:]+,line=\d+,", line
        ), line
