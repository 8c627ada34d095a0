r"""The translated values of front matter and YAML files: find them, and write new ones.

A value is a whole YAML scalar with its quotes or block header. A new value is written in the style of
the old one; a plain value is quoted only if it would otherwise not be read as the same text.

Law 5: hostile YAML is parsed as events, without objects or aliases, and only up to a limit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from l10n.article.frontmatter import YAML_LIMIT, unix_breaks
from l10n.article.quoting import Quoting, encode

TRANSLATED_KEYS = ("title", "description", "keywords")


class Scalar(NamedTuple):
    """A value with its key (`keywords/2` in a list, `metadata/title`), its range and its text."""

    key: str
    start: int
    end: int
    value: str


_KEYS = "|".join(TRANSLATED_KEYS)
# A plain value on one line, which needs no parser: no indicator before it, no `: ` or ` #` in it,
# no indented line after it. The first line has no key: it is the front matter's mark.
_SIMPLE_LINE = re.compile(rf"""\n({_KEYS}):[ ]++(?=[^\s\-?:,\[\]{{}}\#&*!|>'"%@`])([^\n]++)(?!\n[ \t])""")
_ANY_LINE = re.compile(rf"""\n["']?(?:{_KEYS})\b""")
_NOT_SIMPLE = re.compile(r":(?:\s|$)|\s#|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_TRANSLATED_PATH = re.compile(rf"(?:{_KEYS})(?:/\d+)?", re.ASCII)
# Larger YAML files are not parsed.
_YAML_FILE_LIMIT = 1_000_000
_BLOCK_HEADER = re.compile(r"([|>][-+0-9]*+[^\r\n]*+)(\r\n|[\r\n])")
_LINE_BREAK = re.compile(r"\r\n|[\r\n]")
_UNQUOTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def translated_scalars(text: str, body: int) -> list[Scalar]:
    """Return the translated values in the front matter `text[:body]`, in order, without empty ones."""
    yaml_text = unix_breaks(text[:body])
    found = []
    for match in _SIMPLE_LINE.finditer(yaml_text):
        value = match[2].rstrip()
        if not _NOT_SIMPLE.search(value):
            found.append(Scalar(match[1], match.start(2), match.start(2) + len(value), value))
    if len(found) == len(_ANY_LINE.findall(yaml_text)) and _has_distinct_keys(found):
        return found
    if body > YAML_LIMIT:
        return []
    found = [scalar for scalar in _scalars(text[:body]) if _TRANSLATED_PATH.fullmatch(scalar.key)]
    return found if _has_distinct_keys(found) else []


def _has_distinct_keys(scalars: Sequence[Scalar]) -> bool:
    return len({scalar.key for scalar in scalars}) == len(scalars)


def yaml_scalars(text: str) -> dict[str, Scalar]:
    """Return all values of a YAML file by the path of keys and numbers; none if it is not YAML.

    Left out are values in braces or brackets, very deep ones, and those whose key is very long or occurs
    twice.
    """
    if len(text) > _YAML_FILE_LIMIT:
        return {}
    scalars = _scalars(text)
    counts = Counter(scalar.key for scalar in scalars)
    return {scalar.key: scalar for scalar in scalars if counts[scalar.key] == 1}


def _scalars(yaml_text: str) -> list[Scalar]:
    from l10n.article import yaml_reading  # most front matter has only simple values, which need no parser

    return [Scalar(*found) for found in yaml_reading.scalars(yaml_text)]


def encode_scalar(text: str, old: str) -> str:
    """Return `text` as a scalar in the style of `old`, the scalar that it replaces."""
    style = old[:1]
    if style in ("|", ">") and (block := _block(text, old)) is not None:
        return block
    if style == '"' or _UNQUOTABLE.search(text) or not text:
        return f'"{encode(text, Quoting.ESCAPED)}"'
    if style == "'" or not _is_plain(text):
        return "'" + text.replace("'", "''") + "'"
    return text


def _block(text: str, old: str) -> str | None:
    """Return `text` as a block scalar with the header and indent of `old`, or None if impossible."""
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
    """Return True if a plain scalar with this text is read as exactly this string."""
    if _NOT_SIMPLE.search(text) or text != text.strip():
        return False
    from l10n.article import yaml_reading

    return yaml_reading.is_plain_string(text)
