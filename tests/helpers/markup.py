"""Fragments of markup, mutated articles and translations, for hypothesis."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from tests.helpers.mutated import ARTICLE_FRAGMENTS
from tests.helpers.project import PROJECT

SAMPLES = sorted(
    path
    for folder in ("articles", "tests/golden")
    for path in (PROJECT / folder).rglob("*.*")
    if path.suffix != ".json"
)

FRAGMENTS = [
    *ARTICLE_FRAGMENTS,
    "<span class=&quot;sxs-lookup&quot;>",
    "<span>",
    "ms.contentlocale: nb-NO\n",
    "\n",
    "\r\n",
    "a",
    "å",
]
markup = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)
translations = st.one_of(markup, st.text(max_size=30))


def mutated(data: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.randint(1, 6)):
        start = dice.randint(0, len(data))
        end = min(len(data), start + dice.randint(0, 40))
        new = dice.choice(
            [b"", bytes([dice.randrange(256)]), dice.choice(FRAGMENTS).encode(), data[start:end] * 2]
        )
        data = data[:start] + new + data[end:]
    return data
