"""The checks of whole articles: every example of the documentation, places, no path out of the folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from l10n.checks import PAGE_CHECKS
from l10n.checks.page import page_of, slug
from l10n.commands.check import Choice, check
from tests.helpers.examples import EXAMPLES, Example

HEAD = "---\ntitle: x\nms.contentlocale: nb-NO\n---\n"
UNIT = '<span data-ttu-id="1-1">{}</span><span class="sxs-lookup"><span data-stu-id="1-1">{}</span></span>'


def found(folder: Path, body: str, *only: str) -> list[tuple[str, int]]:
    """The checks that find something in an article with that body, and the lines."""
    (folder / "a.md").write_text(HEAD + UNIT.format("Hei", "Hi") + "\n\n" + body, "utf-8")
    report = check([folder / "a.md"], choice=Choice(only=only or tuple(c.name for c in PAGE_CHECKS)))
    assert not report.problems
    return [(fault.check, fault.line) for fault in report.findings]


@pytest.mark.parametrize("example", [e for e in EXAMPLES if "locale" not in e.fields], ids=lambda e: e.name)
def test_the_bad_article_is_found_and_the_good_one_is_clean(example: Example, tmp_path: Path) -> None:
    checks = {check.name: check for check in PAGE_CHECKS}
    fields = example.fields
    names = frozenset(fields.get("files", "").split())
    results = []
    for text in (fields["bad"], fields["good"]):
        page, source = page_of(text), page_of(fields["source"])
        page.files = lambda folder: names
        results.append(
            {name for name, each in checks.items() if list(each.find(page, source))} - {"bookmark-not-found"}
            if example.name != "bookmark-not-found"
            else {name for name, each in checks.items() if list(each.find(page, source))}
        )
    assert example.name in results[0]
    assert results[1] == set()


def test_a_finding_has_the_line_of_the_annotated_article(tmp_path: Path) -> None:
    """A source of two lines takes a line that its translation does not have."""
    unit = UNIT.format("En", "One\nline").replace("1-1", "1-2")
    assert found(tmp_path, f"{unit}\n\n[x](#gone)\n") == [("bookmark-not-found", 10)]
    assert "#gone" in (tmp_path / "a.md").read_text().splitlines()[9]


def test_no_path_leaves_the_folders_that_the_user_named(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    inside = tmp_path / "inside"
    for folder in (secret, inside):
        folder.mkdir()
    (secret / "other.md").write_text("x")
    os.symlink(secret, inside / "link")
    body = "[a](../secret/none.md) [b](link/none.md) [c](/etc/none.md) [d](../../../etc/x.md)"
    body += " [e](%2e%2e/secret/none.md)"
    assert found(inside, body, "file-not-found", "include-not-found") == []
    assert found(inside, "[f](none.md)", "file-not-found") == [("file-not-found", 7)]


@pytest.mark.parametrize(
    "body",
    [
        "# A\n\n# [Tab](#tab/x)\n\n# <a name=\"y\"></a>[Tab](#tab/y)\n",
        "# A\n\n```\n# no heading\n```\n\n~~~\n<<<<<<< HEAD\n=======\n~~~\n",
        "> ```\n> code\n\ntext\n",
        "# A\n\n## Über C#\n\n[x](#über-c)\n\n## Über C#\n\n[y](#über-c-1)\n",
        "# A\n\n1. one\n\n   ```x\n   code\n   ```\n",
        "# A\n\n<!-- # B\n# C -->\n",
        "# A\n\n[x](https://a.example/none.md) [y](~/none.md) [z](xref:none.md) ![i](media/none.png)\n",
        "# A\n\n`<script>` and \\<script>\n",
        "A\n===\n\nText\n---\n",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_fault_of_structure_is_none(body: str, tmp_path: Path) -> None:
    assert found(tmp_path, body) == []


def test_a_slug_is_as_github_makes_it() -> None:
    assert slug("Über C# und `Get-Mailbox`: *neu*") == "über-c-und-get-mailbox-neu"
    assert slug("1. 手順を実行する") == "1-手順を実行する"
    assert slug("हिंदी में") == "हिंदी-में"


def test_a_translated_text_that_the_article_defines_is_a_label(tmp_path: Path) -> None:
    unit = UNIT.format("Les [veiledningen][].", "Read [the guide][].").replace("1-1", "1-2")
    assert found(tmp_path, unit, "link-label") == [("link-label", 7)]
    assert found(tmp_path, f"{unit}\n\n[Veiledningen]: x.md\n", "link-label") == []
