r"""Backslashes that the annotator added before a character, as opposed to the author's own.

The annotated form has `\*` for both `*` and `\*` in the author's text. Only the English file distinguishes
the two. But if the source has no `\*` at all, the author cannot have written the one in its target
(docs/format.md, "From annotated to localized").

Law 5: each text is read once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ESCAPE = re.compile(r"\\(\r\n|.)", re.DOTALL)
_ADDED_BEFORE = frozenset(("*", "`", "\n", "\r\n", " ", "]"))
# The annotator also escapes these characters where the machine translation added them.
_ADDED_TO_NEW = frozenset(("*", "`"))


def has_escapes(text: str) -> bool:
    """Return True if `text` has a backslash that the annotator may have added."""
    return "\\" in text and any(match[1] in _ADDED_BEFORE for match in _ESCAPE.finditer(text))


def without_added_backslashes(new: str, old: str, source: str, english: str | None) -> str:
    """Return `new`, which replaces the target `old`, as written in the publisher's localized article.

    `source` is the annotated source, `english` the author's text if known. A new target whose escapes differ
    from those of the old one stays unchanged: the reviewer wrote them.
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
    """Return for each escape of the target if the annotator added its backslash."""
    in_source: dict[str, list[bool]] = {}
    own = None if english is None else dict(_escapes(english))
    for ordinal, character in _escapes(source):
        # Lines may have been joined, so any white space equals any other.
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
    """Return each escaped character of `text` with the number of counted characters before it."""
    found = []
    count = position = 0
    for match in _ESCAPE.finditer(text):
        count += _length(text[position : match.start()])
        found.append((count, match[1]))
        count += _length(match[1])
        position = match.end()
    return found


def _length(text: str) -> int:
    """Return the number of counted characters: all but white space and `>` (a source may be wrapped)."""
    return len("".join(text.split()).replace(">", "").replace("\\", ""))
