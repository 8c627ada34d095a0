"""Foreign text made fit for a line of output.

Law 5, input is hostile: nothing foreign is printed raw. Control characters command a terminal (ESC), a line
break begins a workflow command of GitHub, a bidirectional control shows a text otherwise than it is.
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
    r"""`text` in one line that commands nothing: `\x1b` stands for ESC, `\xff` for a byte that is not UTF-8.

    What is printable already comes back as it is, so that to call it twice does nothing more.
    """
    return _UNPRINTABLE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # a byte, after PEP 383
        return f"\\x{code - 0xDC00:02x}"
    return match[0].encode("unicode_escape").decode()
