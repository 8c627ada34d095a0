r"""Backslashes that the annotator put before a character, told from the author's own.

The annotated form has `\*` where the author wrote `*`, and also where he wrote `\*`. Only
the English file tells them apart; but where the source has no `\*` at all, the author
cannot have written the one in its target (docs/format.md, "From annotated to localized").

Law 5: each text is walked once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ESCAPE = re.compile(r"\\(\r\n|.)", re.DOTALL)
_ADDED_BEFORE = frozenset(("*", "`", "\n", "\r\n", " ", "]"))
# Before these, the annotator escapes what a machine translation put there, too.
_ADDED_TO_NEW = frozenset(("*", "`"))


def has_escapes(text: str) -> bool:
    """Whether `text` has a backslash that the annotator may have added."""
    return "\\" in text and any(match[1] in _ADDED_BEFORE for match in _ESCAPE.finditer(text))


def without_added(new: str, old: str, source: str, english: str | None) -> str:
    """`new`, which stands instead of the target `old`, as the publisher's localized article has it.

    `source` is the annotated one, `english` the author's text where it is known. A new target
    of other escapes than the old one is left as it is: they are the reviewer's own.
    """
    if "\\" not in new:
        return new
    added = _added(old, source, english)
    if not any(added):
        return new
    escapes = list(_ESCAPE.finditer(new))
    if new != old and [match[1] for match in escapes] != [match[1] for match in _ESCAPE.finditer(old)]:
        return new
    parts = []
    position = 0
    for match, is_added in zip(escapes, added, strict=True):
        if is_added:
            parts.append(new[position : match.start()])
            position = match.start() + 1
    parts.append(new[position:])
    return "".join(parts)


def _added(target: str, source: str, english: str | None) -> list[bool]:
    """Whether the annotator added the backslash, for each escape of the target."""
    in_source: dict[str, list[bool]] = {}
    own = None if english is None else dict(_escapes(english))
    for ordinal, character in _escapes(source):
        # A line that was wrapped may have been joined: white space is white space.
        is_added = own is not None and own.get(ordinal, "x").strip() != character.strip()
        in_source.setdefault(character, []).append(is_added)
    seen: dict[str, int] = {}
    found = []
    for match in _ESCAPE.finditer(target):
        character = match[1]
        number = seen[character] = seen.get(character, -1) + 1
        flags: Sequence[bool] = in_source.get(character, ())
        if character not in _ADDED_BEFORE:
            found.append(False)
        elif flags:
            found.append(flags[min(number, len(flags) - 1)])
        else:
            found.append(character in _ADDED_TO_NEW)
    return found


def _escapes(text: str) -> list[tuple[int, str]]:
    """What is escaped in `text`, with the number of characters before it that count."""
    found = []
    count = position = 0
    for match in _ESCAPE.finditer(text):
        count += _length(text[position : match.start()])
        found.append((count, match[1]))
        count += _length(match[1])
        position = match.end()
    return found


def _length(text: str) -> int:
    """How many characters count: white space and `>` do not (a source may be wrapped)."""
    return len("".join(text.split()).replace(">", "").replace("\\", ""))
