"""No expression of the package has a possessive or atomic group.

CPython matched those wrongly, or without end, until 3.11.5 and 3.12 (gh-106052); Debian 12 has 3.11.2. A
possessive quantifier over one character or class is right on all of them.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import l10n

PACKAGE = Path(l10n.__file__).parent

_COMPILED_AT_IMPORT = """
import json, pkgutil, re, sys
package = sys.argv[1]
found = []
compile_ = re._compiler.compile
def record(pattern, flags=0):
    frame = sys._getframe(1)
    while frame.f_code.co_filename == re.__file__:
        frame = frame.f_back
    if frame.f_code.co_filename.startswith(package):
        text = pattern if isinstance(pattern, str) else pattern.decode()
        found.append((frame.f_code.co_filename, text, int(flags)))
    return compile_(pattern, flags)
re._compiler.compile = record
import l10n
for module in pkgutil.walk_packages([package], "l10n."):
    if module.name != "l10n.__main__":
        __import__(module.name)
print(json.dumps(found))
"""


def _compiled_at_import() -> list[tuple[str, str, int]]:
    command = [sys.executable, "-c", _COMPILED_AT_IMPORT, str(PACKAGE)]
    found = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    return [(Path(path).name, text, flags) for path, text, flags in json.loads(found)]


def _written_in_calls() -> Iterator[tuple[str, str, int]]:
    """The constant expressions of `re.match(...)` and the like, wherever they are called."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            module, pattern = node.func.value, node.args[0]
            if isinstance(module, ast.Name) and module.id == "re" and isinstance(pattern, ast.Constant):
                value = pattern.value
                text = value.decode() if isinstance(value, bytes) else str(value)
                flags = re.VERBOSE if "VERBOSE" in ast.unparse(node) else 0
                yield path.name, text, flags


def _faulty(parsed: Any) -> Iterator[str]:
    """The names of possessive and atomic groups in an expression, as CPython's own parser reads it."""
    for operation, value in parsed:
        name = str(operation)
        if name == "ATOMIC_GROUP":
            yield name
        elif name == "POSSESSIVE_REPEAT":
            body = list(value[2])
            if len(body) != 1 or str(body[0][0]) not in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
                yield name
        for part in _parts(value):
            yield from _faulty(part)


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, re._parser.SubPattern):  # type: ignore[attr-defined]
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _parts(part)


def test_no_expression_has_a_possessive_or_atomic_group() -> None:
    expressions = {*_compiled_at_import(), *_written_in_calls()}
    assert len(expressions) > 200
    parse = re._parser.parse  # type: ignore[attr-defined]
    faulty = {
        (name, text): found for name, text, flags in expressions if (found := [*_faulty(parse(text, flags))])
    }
    assert not faulty


@pytest.mark.parametrize(
    "text", ["(?:ab)*+", "(?:a|bc)++", "(ab)?+", "(?>a*)b", "(?:x(?:ab)*+)", "(?=(?:ab)*+)"]
)
def test_such_a_group_is_seen_wherever_it_is(text: str) -> None:
    assert [*_faulty(re._parser.parse(text))]  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["a*+", "[^b]++", r"\s?+", ".{1,3}+", "(?:a+b)*"])
def test_a_possessive_character_or_class_is_none(text: str) -> None:
    assert not [*_faulty(re._parser.parse(text))]  # type: ignore[attr-defined]
