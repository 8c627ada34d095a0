"""Folders of articles with a few units each."""

from __future__ import annotations

from tests.helpers.articles import article
from tests.helpers.files import Write


def folder(write: Write, name: str, articles: str = "a.md sub/b.md sub/index.md index.md") -> None:
    for number, path in enumerate(articles.split()):
        pairs = [(f"Nei {number}.{part}", f"No {number}.{part}") for part in range(4)]
        write(f"{name}/{path}", article(*pairs))
