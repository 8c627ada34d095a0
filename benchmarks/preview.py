"""Measure `l10n preview`: all pages, none, one, and the pages after one review.

    python -m benchmarks.preview [ARTICLES] [UNITS]

Makes ARTICLES (3,000) of UNITS (11) units each, and prints the elapsed seconds and the peak memory of the
largest process for each run.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import synthetic
from benchmarks.timing import Step, run
from benchmarks.tools import TOOL

_NEEDS_REVIEW = b"#, fuzzy\n"


def main(articles: int = 3_000, units: int = 11) -> None:
    """Print the figures as a Markdown table."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        synthetic.write(folder / "made", articles, units)
        shutil.move(folder / "made/annotated", folder / "articles")
        run(Step("extract", [*TOOL, "extract", "articles"], folder))
        print(f"{articles:,} articles of about {units} units\n\n| run | seconds | peak MB |\n|---|--:|--:|")
        changes = {"first": None, "nothing changed": None, "one article": _edit, "one review": _review}
        for name, change in changes.items():
            if change:
                change(folder)
            cost = run(Step(name, [*TOOL, "preview", "locales"], folder, accepted=(0, 1)))
            print(f"| {name} | {cost.seconds:.1f} | {cost.peak:.0f} |", flush=True)


def _edit(folder: Path) -> None:
    """Add a line to an article that no unit is in."""
    article = min((folder / "articles").iterdir())
    article.write_text(article.read_text("utf-8") + "\nAnother line.\n", "utf-8")


def _review(folder: Path) -> None:
    """Accept the translation of a message in the middle of the PO file."""
    file = next((folder / "locales").iterdir())
    data = file.read_bytes()
    place = data.index(_NEEDS_REVIEW, len(data) // 2)
    file.write_bytes(data[:place] + data[place + len(_NEEDS_REVIEW) :])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
