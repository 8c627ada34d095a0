"""The examples of docs/checks.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tests.helpers.project import PROJECT


class Example(NamedTuple):
    name: str
    severity: str
    reason: str
    fields: dict[str, str]


def examples() -> Iterator[Example]:
    text = (PROJECT / "docs/checks.md").read_text("utf-8")
    found = re.findall(
        r"^### (\S+)\n\n(\w+)\. ([^\n]+)\n\n(?:[^`\n]+\n\n)?```text\n(.*?)```",
        text,
        re.MULTILINE | re.DOTALL,
    )
    for name, severity, reason, block in found:
        fields = dict(line.split(": ", 1) for line in block.splitlines())
        yield Example(name, severity.lower(), reason, {key: seen(value) for key, value in fields.items()})


def seen(text: str) -> str:
    """An example's text with the characters that are written as escapes."""
    text = text.replace("\\n", "\n")
    return re.sub(r"\\u([0-9a-f]{4})|\\x([0-9a-f]{2})", lambda m: chr(int(m[1] or m[2], 16)), text)


EXAMPLES = list(examples())
