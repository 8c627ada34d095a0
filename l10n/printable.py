"""Make foreign text safe for a line of output.

Law 5, input is hostile: nothing foreign is printed raw. Control characters command a terminal (ESC), a line
break begins a workflow command of GitHub, a bidirectional control changes how a text appears.
"""

from __future__ import annotations

import re

# Controls (C0, DEL, C1), line and paragraph separators, all bidirectional and invisible format controls but
# the two joiners that writing needs, tags, surrogates, noncharacters.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)


def printable(text: str) -> str:
    r"""Return `text` in one harmless line: `\x1b` replaces ESC, `\xff` a byte that is not UTF-8.

    Printable text is returned unchanged, so a second call changes nothing.
    """
    return _UNPRINTABLE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # a byte (PEP 383)
        return f"\\x{code - 0xDC00:02x}"
    return match[0].encode("unicode_escape").decode()
