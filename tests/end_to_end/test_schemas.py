"""What the commands print with --json is one JSON object, and as its schema in docs/schemas says."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from docs.json_schemas import schemas
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.plain import ENGLISH, plain
from tests.helpers.project import PROJECT

FOLDER = PROJECT / "docs/schemas"
SCHEMAS = {path.stem: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}


def test_the_schemas_are_made_from_the_reports() -> None:
    assert schemas() == SCHEMAS
    for schema in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(schema)


def checked(*arguments: str, cwd: Path, codes: tuple[int, ...] = (0, 1)) -> dict[str, Any]:
    """Return what a command printed, after a look at its schema."""
    run = l10n(*arguments, "--json", cwd=cwd)
    assert run.code in codes, run.err
    found: dict[str, Any] = json.loads(run.out)
    jsonschema.validate(found, SCHEMAS[arguments[0]], jsonschema.Draft202012Validator)
    return found


@pytest.fixture
def project(here: Path, write: Write) -> Path:
    """The samples, a plain article, and faults of several kinds."""
    for name in ("articles", "locales"):
        shutil.copytree(PROJECT / name, here / name)
    write("articles/plain.md", plain())
    write("english/plain.md", ENGLISH)
    write("articles/bad.md", article(("Nei", "No")) + '\n<span data-ttu-id="1a2b3-9">x')
    return here


def test_each_command_prints_what_its_schema_says(project: Path) -> None:
    assert checked("extract", "articles", cwd=project)["problems"] != []
    assert checked(
        "extract", "articles", "--english", "english", "-o", "again", "--split", "folder", cwd=project
    )["english"]
    memory = checked("extract", "articles", "--memory", "locales", "-o", "third", cwd=project)
    assert memory["memory"]["pairs"] > 0
    assert checked("extract", "articles", "--check-only", "-o", "none", cwd=project)["is_dry"]
    assert checked("merge", "locales", "--copy-rest", cwd=project)["written"] != []
    assert checked("merge", "locales", "--dry-run", cwd=project)["is_dry"]
    assert checked("status", cwd=project)["articles"] is None
    assert checked("status", "--by", "article", cwd=project)["articles"] != []
    assert checked("status", "--english", str(PROJECT / "tests/english"), cwd=project)["english"]
    assert checked("status", "--analysis", cwd=project)["locales"] != []
    assert checked("check", "articles", "--severity", "note", cwd=project)["findings"] != []
    assert any("article" in one for one in checked("check", "locales", cwd=project)["findings"])
    assert checked("check", "locales", "--fix", cwd=project)["mended"] > 0
    assert len(checked("check", "--list", cwd=project)["checks"]) > 50
    (one,) = checked("check", "--explain", "number", "--format", "json", cwd=project)["checks"]
    assert (one["name"], "bad: " in one["text"]) == ("number", True)
    assert checked("preview", "locales", cwd=project)["pages"] != []
    assert checked("export", "locales", "--to", "xliff", cwd=project)["messages"] > 0
    files = sorted(str(path) for path in (project / "export").glob("*.xlf"))
    assert checked("import", *files, cwd=project)["units"] > 0
    assert checked("terms", "articles", "--minimum", "2", cwd=project)["candidates"] != []
    assert checked("align", "english", "articles", "-o", "aligned", cwd=project)["units"] > 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", "empty"),
        ("merge", "empty"),
        ("status", "empty"),
        ("check", "empty"),
        ("preview", "empty"),
        ("export", "empty", "--to", "tmx"),
        ("terms", "empty"),
        ("align", "empty", "empty", "-o", "out"),
    ],
)
def test_an_empty_folder_gives_one_object_too(here: Path, arguments: tuple[str, ...]) -> None:
    (here / "empty").mkdir()
    assert checked(*arguments, cwd=here)["command"] == arguments[0]


@pytest.mark.parametrize(
    "arguments", [("extract", "articles"), ("check", "articles"), ("merge", "locales"), ("status",)]
)
def test_a_bad_file_and_odd_names_are_in_the_object(
    project: Path, write: Write, arguments: tuple[str, ...]
) -> None:
    (project / "articles/\udcff\x1b[31m.md").write_bytes(b"\xff\xfe")
    write("locales/de_DE.po", "not a PO file")
    found = checked(*arguments, cwd=project)
    assert os.fsencode("\x1b") not in json.dumps(found).encode()


@pytest.mark.parametrize(
    "arguments",
    [("merge", "nowhere"), ("extract",), ("export", "locales"), ("check", "--only", "nothing", "articles")],
)
def test_wrong_usage_prints_nothing_for_a_program(project: Path, arguments: tuple[str, ...]) -> None:
    run = l10n(*arguments, "--json", cwd=project)
    assert (run.code, run.out) == (2, "")
    assert "Error:" in run.err
