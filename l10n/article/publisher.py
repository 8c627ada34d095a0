r"""The publisher's additions to an article, which the English file does not have.

A heading gets an anchor `<a name="slug"></a>` before its text, whose slug is made from the English heading
(docs/format.md, "Heading anchors"). An anchor with another name is the author's. The publisher's keys in the
front matter are on lines of their own.

Law 5: one pass over the headings; the search for each ends with its line.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from l10n.article.frontmatter import PUBLISHER_KEYS, body_start, unix_breaks
from l10n.article.unit import Unit
from l10n.markdown import end_of

Edit = tuple[int, int, str]
"""Start and end of a range of the text, and its replacement in the English file."""

_ANCHOR = re.compile(
    r"""^[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*(\#{1,6}[ \t]*+)?<a\ name="([^"<>\s]*+)"></a>""",
    re.MULTILINE | re.VERBOSE,
)
_UNDERLINE = re.compile(r"\n[ \t>]*+(?:=++|-++)[ \t]*+$", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]]*+)\](?:\([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)*\)|\[[^\[\]]*+\])")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_TAG = re.compile(r"</?[A-Za-z][^<>]*+>")
_CLOSING = re.compile(r"[ \t]#++[ \t]*+$")
_KEYS = "|".join(re.escape(key) for key in PUBLISHER_KEYS)
_LINE_BREAK = re.compile(r"\r\n|[\r\n]")
_KEY_LINE = re.compile(rf"(?<![^\r\n])[ \t]*+(?:{_KEYS}):[^\r\n]*+(?:\r\n|[\r\n]|\Z)")
_NO_OTHER_KEY = re.compile(rf"\ufeff?---[ \t]*+(?:[\r\n]++(?:{_KEYS}):[^\r\n]*+)+[\r\n]++---[ \t]*+")
_DROPPED = re.compile(r"[^a-z0-9_\- ]")


def slugs(heading: str) -> set[str]:
    """Return the possible anchor names of a heading with this English text.

    The publisher removes either whole tags or only their `<` and `>`.
    """
    text = _CLOSING.sub("", _LINK.sub(r"\1", heading.strip()))
    return {_slug(text), _slug(_TAG.sub("", text))}


def _slug(text: str) -> str:
    text = _ESCAPE.sub(r"\1", text).strip().lower()
    return _DROPPED.sub("", text).replace(" ", "-")


def source_edits(text: str, units: Sequence[Unit], *, is_yaml: bool) -> list[Edit]:
    """Return the known edits that turn the text between the units into that of the English file.

    They remove injected anchors and the publisher's keys, and restore the blank line after the front matter,
    which the annotator drops.
    """
    body = len(text) if is_yaml else body_start(text)
    edits = [(start, end, "") for start, end in publisher_keys(text, body, is_yaml=is_yaml)]
    if is_yaml:
        return edits
    has_front_matter = body > 0 and not (edits and edits[0][0] == 0)
    follows = end_of(_LINE_BREAK, text, body)
    is_followed = body < follows < len(text) and not _LINE_BREAK.match(text, follows)
    if has_front_matter and is_followed:
        edits.append((body, body, text[body:follows]))
    return edits + [(start, end, "") for start, end in injected_anchors(text, units, body)]


def injected_anchors(text: str, units: Sequence[Unit], start: int = 0) -> list[tuple[int, int]]:
    """Return the ranges of injected anchors in `text` from `start` on; `units` must be in order."""
    found: list[tuple[int, int]] = []
    if '<a name="' not in text:
        return found
    text = unix_breaks(text)
    starts = [unit.start for unit in units]
    for match in _ANCHOR.finditer(text, start):
        index = bisect_left(starts, match.end())
        if index and units[index - 1].end > match.start():
            continue  # inside the text of a unit
        heading, end = _source_line(text, units, index, match.end())
        is_heading = match[1] is not None or _UNDERLINE.match(text, end)
        # Most headings are words and spaces, for which the slug takes no more than this.
        if is_heading and (match[2] == heading.lower().replace(" ", "-") or match[2] in slugs(heading)):
            found.append((match.end() - len(f'<a name="{match[2]}"></a>'), match.end()))
    return found


def publisher_keys(text: str, body: int, *, is_yaml: bool) -> list[tuple[int, int]]:
    """Return the ranges of the publisher's keys in the YAML `text[:body]`, with their line breaks.

    Front matter without other keys was added for them, so the range includes its marks.
    """
    found = [match.span() for match in _KEY_LINE.finditer(text, 0, body)]
    if found and not is_yaml and _NO_OTHER_KEY.fullmatch(text, 0, body):
        return [(0, end_of(_LINE_BREAK, text, body))]
    return found


def _source_line(text: str, units: Sequence[Unit], index: int, position: int) -> tuple[str, int]:
    """Return the rest of the line from `position` in English, and the offset of its end."""
    parts = []
    end = -1
    while True:
        if position > end:  # not for each unit: a line may have many of them (law 5)
            end = text.find("\n", position)
            end = len(text) if end < 0 else end
        if index == len(units) or units[index].start > end:
            parts.append(text[position:end])
            return "".join(parts), end
        parts += (text[position : units[index].start], units[index].source)
        position = units[index].end
        index += 1
