"""The time of the checks of whole articles grows with the size of the article."""

# ruff: noqa: E501

from __future__ import annotations

import json
import subprocess
import sys

import pytest

PARTS = [
    "#", "# a\n", "# a #", "```\n", "~~~", "> ```\n", "<!--", "-->", "<!-- -->", "|", "||\n|-|\n", "|-", "- ", "[a](#b)\n",
    "[a](b.md) ", "[!INCLUDE [", "[!INCLUDE [a](b.md)]", "<script", "<a id=x", "name=", "<<<<<<< \n", "=", "a\n=\n", "`", "# [a](#tab/",
    "\n", " ", "1. ", "## a b\n[x](#a-b-1)\n",
]  # fmt: skip
TIMING = """
import json, sys, time
from l10n.checks import PAGE_CHECKS
from l10n.checks.page import page_of
def spent(text):
    start = time.process_time()
    page, source = page_of(text), page_of(text)
    page.files = lambda folder: frozenset(["x.md"])
    for check in PAGE_CHECKS:
        list(check.find(page, source))
    return time.process_time() - start
for part in json.loads(sys.argv[1]):
    count = 100_000 // len(part)
    print(json.dumps([part, spent(part * count), spent(part * 2 * count)]))
"""


@pytest.mark.slow
def test_twice_the_article_takes_about_twice_the_time() -> None:
    """Law 5, in CPU time of a child process; what takes no time to speak of is not compared."""
    command = [sys.executable, "-c", TIMING, json.dumps(PARTS)]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    measured = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(measured) == len(PARTS)
    assert [case for case in measured if case[2] > 3 * case[1] + 0.2] == []
