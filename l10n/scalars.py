r"""The values of the front matter that are translated: where they stand, and how a new one is written.

A value is a whole YAML scalar, quotes and block header included. A new one is written in
the style that stands there; a plain one is quoted only if it would not be read as it is.

Law 5: hostile YAML is parsed as events, without objects or aliases, and only up to a limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import yaml

from l10n.frontmatter import YAML_LIMIT, unix_breaks
from l10n.quoting import ESCAPED, encode

TRANSLATED_KEYS = ("title", "description", "keywords")


class Scalar(NamedTuple):
    """A translated value: its key (`keywords/2` for one of a list), its place and its text."""

    key: str
    start: int
    end: int
    value: str


_KEYS = "|".join(TRANSLATED_KEYS)
# A plain value on one line, which needs no parser: no indicator before it, no `: ` or ` #` in it,
# no indented line after it.
_SIMPLE_LINE = re.compile(
    rf"""^({_KEYS}):[ ]++(?=[^\s\-?:,\[\]{{}}\#&*!|>'"%@`])([^\n]++)$(?!\n[ \t])""", re.MULTILINE
)
_ANY_LINE = re.compile(rf"""^["']?(?:{_KEYS})\b""", re.MULTILINE)
_NOT_SIMPLE = re.compile(r":(?:\s|$)|\s#|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_BLOCK_HEADER = re.compile(r"([|>][-+0-9]*+[^\r\n]*+)(\r\n|[\r\n])")
_LINE_BREAK = re.compile(r"\r\n|[\r\n]")
_UNQUOTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def translated_scalars(text: str, body: int) -> list[Scalar]:
    """The translated values in the front matter `text[:body]`, in order; empty ones are left out."""
    yaml_text = unix_breaks(text[:body])
    found = []
    simple = 0
    for match in _SIMPLE_LINE.finditer(yaml_text):
        value = match[2].rstrip()
        if not _NOT_SIMPLE.search(value):
            simple += 1
            found.append(Scalar(match[1], match.start(2), match.start(2) + len(value), value))
    keys = [scalar.key for scalar in found]
    if simple == len(_ANY_LINE.findall(yaml_text)) and len(set(keys)) == len(keys):
        return found
    return _parsed(text[:body])


def _parsed(yaml_text: str) -> list[Scalar]:
    """What a parser finds; nothing where it is no YAML, is too large, or has a key twice."""
    if len(yaml_text) > YAML_LIMIT:
        return []
    shift = len(yaml_text) - len(yaml_text.lstrip("\ufeff"))
    try:
        found = [
            scalar
            for key, event in _values(yaml.parse(yaml_text[shift:], Loader=yaml.CSafeLoader))
            if (scalar := _scalar(yaml_text, shift, key, event))
        ]
    except (yaml.YAMLError, UnicodeError):
        return []
    return found if len({scalar.key for scalar in found}) == len(found) else []


def _values(events: Iterable[yaml.Event]) -> Iterator[tuple[str, yaml.ScalarEvent]]:
    """The scalars that are a translated key's value, or items of its list, in a block mapping."""
    depth = item = 0
    key: str | None = None  # None where a key comes next
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            if depth == 0 and (event.flow_style or isinstance(event, yaml.SequenceStartEvent)):
                return
            if depth > 0 and (event.flow_style or isinstance(event, yaml.MappingStartEvent)):
                key = ""  # what is in it is not looked at
            depth, item = depth + 1, 0
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            key = None if depth == 1 else key
        elif isinstance(event, yaml.NodeEvent):
            item += 1
            scalar = event if isinstance(event, yaml.ScalarEvent) else None  # else it is an alias
            if depth == 1 and key is None:
                key = scalar.value if scalar else ""
                continue
            if scalar and key in TRANSLATED_KEYS and depth <= 2:
                yield (key if depth == 1 else f"{key}/{item}"), scalar
            key = None if depth == 1 else key


def _scalar(yaml_text: str, shift: int, name: str, event: yaml.ScalarEvent) -> Scalar | None:
    if event.start_mark is None or event.end_mark is None:
        return None
    start, end = event.start_mark.index + shift, event.end_mark.index + shift
    raw = yaml_text[start:end].rstrip()
    value = event.value.rstrip("\n") if raw[:1] in "|>" else event.value
    if not value.strip() or event.tag is not None or event.anchor is not None:
        return None
    return Scalar(name, start, start + len(raw), value)


def encode_scalar(text: str, old: str) -> str:
    """`text` as a scalar in the style of `old`, the one that stands at its place."""
    style = old[:1]
    if style in ("|", ">") and (block := _block(text, old)) is not None:
        return block
    if style == '"' or _UNQUOTABLE.search(text) or not text:
        return f'"{encode(text, ESCAPED)}"'
    if style == "'" or not _is_plain(text):
        return "'" + text.replace("'", "''") + "'"
    return text


def _block(text: str, old: str) -> str | None:
    """`text` as a block scalar with the header and the indent of `old`, or None if it cannot be one."""
    header = _BLOCK_HEADER.match(old)
    if header is None or text != text.strip() or not text:
        return None
    rest = old[header.end() :]
    indent = rest[: len(rest) - len(rest.lstrip(" "))]
    lines = _LINE_BREAK.split(text)
    folded = old[0] == ">"
    if not indent or any(_UNQUOTABLE.search(line) or not line.strip() for line in lines):
        return None
    if len(lines) > 1 and (folded or "\r" in text):
        return None
    return header[0] + header[2].join(indent + line for line in lines)


def _is_plain(text: str) -> bool:
    """Whether a plain scalar of that text is read as this very string, and as nothing else."""
    if _NOT_SIMPLE.search(text) or text != text.strip():
        return False
    try:
        node = yaml.compose(f"k: {text}\n", Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeError):
        return False
    if not isinstance(node, yaml.MappingNode) or len(node.value) != 1:
        return False
    value = node.value[0][1]
    is_string = isinstance(value, yaml.ScalarNode) and value.tag == "tag:yaml.org,2002:str"
    return is_string and not value.style and bool(value.value == text)
