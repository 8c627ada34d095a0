"""The front matter of an article: its extent, and the publisher's keys in it.

Front matter is YAML. This module only reads it. In nearly every article the publisher's keys are on lines of
their own, so they are read line by line. Only if no key is found this way is the YAML parsed (as events: no
objects, no aliases expanded).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PUBLISHER_KEYS = (
    "ms.openlocfilehash",
    "ms.sourcegitcommit",
    "ms.translationtype",
    "ms.contentlocale",
    "ms.lasthandoff",
    "ms.locfileid",
)

_OPENING = re.compile(r"\ufeff?---[ \t]*(?:\r\n?|\n)")
# These begin with the line break, which is searched for; `^` would be tried at each offset.
_CLOSING = re.compile(r"\n(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY_LINE = re.compile(
    r"""\n[ \t]*(ms\.[a-z]+):[ \t]+(?:"([^"\\\n]*)"|'([^'\n]*)'|([\w./:+-]+))[ \t]*$""",
    re.MULTILINE,
)
# Larger front matter than this is not parsed as YAML (law 5); the largest seen has 9 kB.
YAML_LIMIT = 16_384


@dataclass(frozen=True, slots=True)
class Metadata:
    """The keys that the publisher appended to the front matter; None for a missing key."""

    openlocfilehash: str | None = None
    """SHA-1 of the English article's bytes, unchanged or with LF turned into CRLF."""
    sourcegitcommit: str | None = None
    """The commit of the English repository that was translated."""
    translationtype: str | None = None
    """`MT` (machine translation) or `HT` (human translation)."""
    contentlocale: str | None = None
    """The locale as the publisher writes it, such as `nb-NO`."""
    lasthandoff: str | None = None
    """The date of the delivery, MM/DD/YYYY."""
    locfileid: str | None = None

    @property
    def is_human(self) -> bool:
        """Return True if a person translated the article; without the key it counts as MT."""
        return self.translationtype == "HT"


def body_start(text: str) -> int:
    """Return the offset at which the Markdown begins: after the front matter's closing line, or 0."""
    opening = _OPENING.match(text)
    if opening is None:
        return 0
    closing = _CLOSING.search(unix_breaks(text), opening.end() - 1)
    return closing.end() if closing else 0


def read_metadata(yaml_text: str) -> Metadata:
    """Return the publisher's keys in `yaml_text`: front matter, or a whole YAML file.

    Text that is not YAML gives the keys found line by line, or none; never raises.
    """
    found: dict[str, str] = {}
    for match in _KEY_LINE.finditer("\n" + unix_breaks(yaml_text)):
        key, double, single, plain = match.groups()
        found[key] = double or single or plain or ""
    if "ms.contentlocale" not in found and "contentlocale" in yaml_text and len(yaml_text) <= YAML_LIMIT:
        from l10n.article import yaml_reading  # such front matter is rare

        found |= yaml_reading.values_of(PUBLISHER_KEYS, yaml_text)
    return Metadata(**{key.removeprefix("ms."): found[key] for key in PUBLISHER_KEYS if found.get(key)})


def unix_breaks(text: str) -> str:
    """Return `text` with every line break as LF and offsets unchanged, for line-by-line searches."""
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


def replaces_value(before: str, after: str, old: str, new: str) -> bool:
    """Return True if `after` is the YAML text `before` with `new` in a value that had `old`.

    Keys, lists and all other values must be the same. A text that was not YAML before cannot be broken, so
    the result is True.
    """
    wanted = _events(before)
    if wanted is None:
        return True
    found = _events(after)
    if found is None or [kind for kind, _ in found] != [kind for kind, _ in wanted]:
        return False
    changed = [(was, value) for (_, was), (_, value) in zip(wanted, found, strict=True) if was != value]
    return bool(changed) and all(old in was and new in value for was, value in changed)


_ENTRY = re.compile(r"[ ]*(?:-[ ]|[^\s#-][^:\n]*:[ ])")
_BLOCK_SCALAR = re.compile(r"[^\n]*?[ ][|>][-+0-9]*[ \r]*(?:#[^\n]*)?$", re.MULTILINE)


def entry_around(text: str, start: int, end: int, limit: int) -> tuple[int, int]:
    """Return the lines of the YAML entry, with its key, around `text[start:end]`; of a long entry a part.

    An entry ends before the next line that is not indented more than its key, at `limit` at the latest.
    """
    lowest, highest = max(0, start - YAML_LIMIT // 2), min(limit, end + YAML_LIMIT // 4)
    top = _line_start(text, start, lowest)
    above = top
    while above > lowest and _indent(text, above) >= _indent(text, top):
        above = _line_start(text, above - 1, lowest)
    has_parent = _indent(text, above) < _indent(text, top)
    is_in_block = has_parent and _BLOCK_SCALAR.match(text, above)
    if has_parent and (is_in_block or not _ENTRY.match(text, top, start)):
        top = above
    bottom = text.find("\n", end, highest) + 1
    while bottom and (_indent(text, bottom) > _indent(text, top)):
        bottom = text.find("\n", bottom, highest) + 1
    return top, bottom or highest


def _line_start(text: str, position: int, lowest: int) -> int:
    return text.rfind("\n", lowest, position) + 1 or lowest


def _indent(text: str, line: int) -> int:
    """Return the indentation of a line in spaces; a blank line counts as infinitely indented."""
    end = line
    while text.startswith(" ", end):
        end += 1
    return end - line if not text.startswith("\n", end) else len(text)


def _events(yaml_text: str) -> list[tuple[str, str]] | None:
    from l10n.article import yaml_reading

    return yaml_reading.events(yaml_text) if len(yaml_text) <= YAML_LIMIT else None
