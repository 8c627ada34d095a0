#!/usr/bin/env python3
"""Makes the JSON schemas of the reports from the code: `python docs/json_schemas.py`.

Each command's `--json` has a schema in docs/schemas. The fields and what they mean are those of the reports;
what a report adds to its fields in JSON is listed here. A test says so if the files are not as the code is,
and checks what the commands print.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import json
import sys
import textwrap
import types
import typing
from enum import Enum
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from l10n.by_article import ArticleStatus  # noqa: E402
from l10n.checks import Severity  # noqa: E402
from l10n.commands.align import AlignReport  # noqa: E402
from l10n.commands.analysis import LocaleAnalysis  # noqa: E402
from l10n.commands.check import CheckReport  # noqa: E402
from l10n.commands.export import ExportReport  # noqa: E402
from l10n.commands.import_ import ImportReport  # noqa: E402
from l10n.commands.preview import PreviewReport  # noqa: E402
from l10n.commands.status import Counts, FileStatus  # noqa: E402
from l10n.commands.terms import Proposal  # noqa: E402
from l10n.english.lookups import EnglishCount  # noqa: E402
from l10n.english.stale import Stale  # noqa: E402
from l10n.glossary.candidates import Candidate  # noqa: E402
from l10n.jobs.check_article import Fault  # noqa: E402
from l10n.problems import Problem  # noqa: E402
from l10n.report import ExtractReport, MergeReport, Tally  # noqa: E402

Schema = dict[str, Any]
_SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}
_COUNT = {"type": "integer", "minimum": 0}


def schemas() -> dict[str, Schema]:
    """Return the schemas by the name of the command."""
    percent = {"type": "integer", "minimum": 0, "maximum": 100}
    counts = fields_of(Counts) | {
        "percent": percent | {"description": "Reviewed messages of all, rounded down."},
        "percent_words": percent | {"description": "Reviewed words of all, rounded down."},
    }
    file = _without(fields_of(FileStatus), "counts") | counts
    locale = {"locale": {"type": "string", "description": "gettext's name."}} | counts
    article = fields_of(ArticleStatus) | {"percent": percent}
    status = {
        "locales": _list(_object(locale | {"files": _list(_object(file))})),
        "total": _object(counts),
        "english": _or_null(schema_of(EnglishCount)),
        "articles": _or_null(_list(_object(article))) | {"description": "With --by article."},
        "stale": _list(schema_of(Stale)) | {"description": "With --english."},
        **_written_and_problems(),
    }
    analysis = {
        "locales": _list(_object(fields_of(LocaleAnalysis) | {"total": schema_of(Tally)})),
        "problems": _list(schema_of(Problem)),
    }
    severities = dict.fromkeys(("errors", "warnings", "notes"), _COUNT)
    place = _object({"path": {"type": "string"}, "line": _COUNT})
    finding = _object(
        fields_of(Fault) | {"article": place | {"description": "Of a message: its first unit."}},
        optional=("article",),
    )
    check = fields_of(CheckReport) | severities | {"findings": _list(finding)}
    names = ("name", "reason", "text")
    explained = _object(
        {"severity": schema_of(Severity)} | {name: {"type": "string"} for name in names}, optional=("text",)
    )
    candidate = fields_of(Candidate) | {
        "do_not_translate": {"type": "boolean", "description": "True if nearly all targets keep the name."}
    }
    found = {
        "extract": _report(_without(fields_of(ExtractReport), "retranslated")),
        "merge": _report(fields_of(MergeReport)),
        "status": {"oneOf": [_report(status), _report(analysis)]},
        "check": {"oneOf": [_report(check), _report({"checks": _list(explained)})]},
        "align": _report(fields_of(AlignReport)),
        "preview": _report(fields_of(PreviewReport)),
        "export": _report(fields_of(ExportReport)),
        "import": _report(fields_of(ImportReport)),
        "terms": _report(fields_of(Proposal) | {"candidates": _list(_object(candidate))}),
    }
    return {name: _whole(name, schema) for name, schema in found.items()}


def _written_and_problems() -> dict[str, Schema]:
    return {"written": _list({"type": "string"}), "problems": _list(schema_of(Problem))}


def _whole(name: str, schema: Schema) -> Schema:
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"l10n {name} --json"}
    text = json.dumps(schema).replace('"COMMAND"', json.dumps(name))
    named: Schema = json.loads(text)
    return head | named


def _report(fields: dict[str, Schema]) -> Schema:
    return _object({"command": {"const": "COMMAND"}} | fields)


def _object(fields: dict[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in fields if name not in optional]
    return {"type": "object", "properties": fields, "required": required, "additionalProperties": False}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _without(fields: dict[str, Schema], *names: str) -> dict[str, Schema]:
    return {name: schema for name, schema in fields.items() if name not in names}


def fields_of(record: type) -> dict[str, Schema]:
    """Return the schemas of the fields of a dataclass or named tuple, with what its docstrings say."""
    hints = typing.get_type_hints(record)
    names = (
        [one.name for one in dataclasses.fields(record)]
        if dataclasses.is_dataclass(record)
        else list(record._fields)  # type: ignore[attr-defined]
    )
    said: dict[str, str] = {}
    for one in reversed(record.__mro__):
        said |= _docstrings(one)
    return {
        name: schema_of(hints[name]) | ({"description": said[name]} if name in said else {}) for name in names
    }


def _docstrings(record: type) -> dict[str, str]:
    """Return what stands below the fields of a class."""
    if record.__module__ == "builtins" or not record.__module__.startswith("l10n"):
        return {}
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(record))).body
    assert isinstance(tree, ast.ClassDef)
    found = {}
    for field, text in zip(tree.body, tree.body[1:], strict=False):
        is_text = isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and is_text:
            found[field.target.id] = " ".join(str(text.value.value).split())  # type: ignore[attr-defined]
    return found


def schema_of(kind: Any) -> Schema:
    """Return the schema of a type, as `json.dumps` writes its values."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if kind in _SIMPLE:
        return {"type": _SIMPLE[kind]}
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [schema_of(part) for part in parts]}
    if origin is typing.Literal:
        return {"enum": list(parts)}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [one.value for one in kind]}
    if (isinstance(origin, type) and issubclass(origin, dict)) or (
        origin is not None and "Mapping" in str(origin)
    ):
        return {"type": "object", "additionalProperties": schema_of(parts[1])}
    if origin is not None:
        return _list(schema_of(parts[0]))
    return _object(fields_of(kind))


if __name__ == "__main__":
    folder = PROJECT / "docs/schemas"
    folder.mkdir(exist_ok=True)
    for command, made in schemas().items():
        (folder / f"{command}.json").write_text(
            json.dumps(made, indent=2, ensure_ascii=False) + "\n", "utf-8"
        )
