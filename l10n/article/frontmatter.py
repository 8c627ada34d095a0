"""What an article says of itself: where its front matter stands and the publisher's keys.

Front matter is YAML. It is only read here, never written again. The publisher's keys
stand on lines of their own in nearly every article, so they are read line by line; only
where none is found so is the YAML parsed (as events: no objects, no aliases expanded).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

PUBLISHER_KEYS = (
    "ms.openlocfilehash",
    "ms.sourcegitcommit",
    "ms.translationtype",
    "ms.contentlocale",
    "ms.lasthandoff",
    "ms.locfileid",
)

_OPENING = re.compile(r"\ufeff?---[ \t]*(?:\r\n?|\n)")
# These begin with the line break, which is searched for, and not with `^`, which is tried at each place.
_CLOSING = re.compile(r"\n(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY_LINE = re.compile(
    r"""\n[ \t]*(ms\.[a-z]+):[ \t]+(?:"([^"\\\n]*)"|'([^'\n]*)'|([\w./:+-]+))[ \t]*$""",
    re.MULTILINE,
)
# Larger front matter than this is not parsed as YAML (law 5); the largest met has 9 kB.
YAML_LIMIT = 16_384


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the publisher appended to the front matter; None where a key is missing."""

    openlocfilehash: str | None = None
    """SHA-1 of the English article's bytes, as they are or with LF turned into CRLF."""
    sourcegitcommit: str | None = None
    """The commit of the English repository that was translated."""
    translationtype: str | None = None
    """`MT` (machine translation) or `HT` (human translation)."""
    contentlocale: str | None = None
    """The locale as the publisher writes it, such as `nb-NO`."""
    lasthandoff: str | None = None
    """The day of the delivery, MM/DD/YYYY."""
    locfileid: str | None = None

    @property
    def is_human(self) -> bool:
        """Whether a person translated the article; what does not say so counts as machine work."""
        return self.translationtype == "HT"


def body_start(text: str) -> int:
    """The offset at which the Markdown begins: after the front matter's closing line, or 0."""
    opening = _OPENING.match(text)
    if opening is None:
        return 0
    closing = _CLOSING.search(unix_breaks(text), opening.end() - 1)
    return closing.end() if closing else 0


def read_metadata(yaml_text: str) -> Metadata:
    """The publisher's keys in `yaml_text`: front matter, or a whole YAML file.

    What is not YAML gives what its lines say, or nothing; it never raises.
    """
    found: dict[str, str] = {}
    for match in _KEY_LINE.finditer("\n" + unix_breaks(yaml_text)):
        key, double, single, plain = match.groups()
        found[key] = double or single or plain or ""
    if "ms.contentlocale" not in found and "contentlocale" in yaml_text and len(yaml_text) <= YAML_LIMIT:
        found |= _parsed_keys(yaml_text)
    return Metadata(**{key.removeprefix("ms."): found[key] for key in PUBLISHER_KEYS if found.get(key)})


def unix_breaks(text: str) -> str:
    """`text` with every line break as LF, offsets unchanged, so that it can be searched line by line."""
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


def holds_instead(before: str, after: str, old: str, new: str) -> bool:
    """Whether `after` is the YAML text `before` with `new` in a value where that has `old`.

    Keys, lists and all other values must be the same. What was no YAML before cannot be
    broken.
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
    """The lines of the YAML entry in which `text[start:end]` stands, with its key; of a long one a part.

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
    """How far a line is indented, in spaces; a blank one as far as can be."""
    end = line
    while text.startswith(" ", end):
        end += 1
    return end - line if not text.startswith("\n", end) else len(text)


def _events(yaml_text: str) -> list[tuple[str, str]] | None:
    if len(yaml_text) > YAML_LIMIT:
        return None
    try:
        return [
            (type(event).__name__, getattr(event, "value", ""))
            for event in yaml.parse(yaml_text.lstrip("\ufeff"), Loader=yaml.CSafeLoader)
        ]
    except (yaml.YAMLError, UnicodeError):
        return None


def _parsed_keys(yaml_text: str) -> dict[str, str]:
    found = {}
    key = None
    try:
        for event in yaml.parse(yaml_text.lstrip("\ufeff"), Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.ScalarEvent):
                if key is not None:
                    found[key] = event.value
                key = event.value if key is None and event.value in PUBLISHER_KEYS else None
            else:
                key = None
    except (yaml.YAMLError, UnicodeError):
        pass  # odd front matter says nothing; a missing locale is reported where it matters
    return found
