"""Mutated articles and PO files, and the laws that hold for each of them.

The suite tries some hundreds (tests/property/test_mutated.py), `python -m benchmarks.fuzz` any number.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from l10n import Article, L10nError, parse, po, refusal
from l10n.catalogue import Catalogue, Message, Segment
from l10n.catalogue.pairs import pairs_of
from l10n.catalogue.update import update
from tests.helpers.articles import unit
from tests.helpers.project import PROJECT

ARTICLES = sorted(
    path
    for folder in ("articles", "tests/golden")
    for path in (PROJECT / folder).rglob("*.*")
    if path.suffix in (".md", ".yml")
)
_MESSAGES = 6
"""Messages of a PO file to mutate: a small one is read often, and most of it is hit."""

ARTICLE_FRAGMENTS = [
    '<span data-ttu-id="1a2b3-102">',
    "<span data-ttu-id=&quot;1a2b3-103&quot;>",
    '<span data-ttu-id=\\"1a2b3-104\\">',
    '<span data-ttu-id="1a2b3-105&quot;>',
    '<span data-ttu-id="1a2\x003-106">',
    '<span data-stu-id="1a2b3-102">',
    '<span class="sxs-lookup">',
    "</span>",
    "</span></span>",
    '<a name="x&quot;></a>',
    unit("mål", "source"),
    unit("mål\x1b[2J", "source\u202e"),
    "---\n",
    "ms.contentlocale: ja-JP\n",
    "ms.contentlocale: ../..\n",
    "ms.translationtype: HT\n",
    "\n\n",
    "\r",
    "# ",
    "- ",
    "1. ",
    "> ",
    "| ",
    "```\n",
    "<!--",
    "![",
    "](",
    '"',
    "&quot;",
    "\\",
    "<",
    "\0",
    "\x04",
    "\ufeff",
    "\u2028",
]
PO_FRAGMENTS = [
    "\n",
    "\n\n",
    "\r\n",
    "#, fuzzy\n",
    "#, no-wrap, fuzzy, c-format\n",
    "#~ ",
    "#| ",
    '#| msgid "x"\n',
    "#. ",
    "#: a.md:1 \u2068b c.md\u2069:2\n",
    "#: ../../etc/passwd:1\n",
    "# comment\n",
    "#\n",
    'msgctxt "x"\n',
    'msgid "x"\n',
    'msgid ""\n',
    'msgstr "y"\n',
    'msgid_plural "z"\n',
    'msgstr[0] "z"\n',
    '"Language: ja_JP\\n"\n',
    '"Content-Type: text/plain; charset=CP1252\\n"\n',
    '"X-Poedit-Basepath: /\\n"\n',
    '"X-L10n-Articles: ..\\n"\n',
    '"no colon\\n"\n',
    '"\\n"\n',
    "\\n",
    "\\",
    '"',
    "\0",
    "\x04",
    "\ufeff",
    " · mt 2b723422 · ",
]


class Edit(NamedTuple):
    """One mutation: some bytes are replaced."""

    start: int
    """Where, as a share of a million of the whole."""
    length: int
    """How many bytes are taken out."""
    new: bytes | None
    """What comes instead; None: what was taken out, twice."""

    def of(self, data: bytes) -> bytes:
        """The data with this mutation."""
        start = len(data) * self.start // 1_000_000
        end = min(len(data), start + self.length)
        new = data[start:end] * 2 if self.new is None else self.new
        return data[:start] + new + data[end:]


def mutated(originals: Sequence[bytes], fragments: Sequence[str]) -> st.SearchStrategy[bytes]:
    """One of `originals` with one to six mutations, many of which put in one of `fragments`."""
    pieces = st.sampled_from([fragment.encode() for fragment in fragments])
    edits = st.builds(
        Edit,
        st.integers(0, 1_000_000),
        st.integers(0, 40),
        st.one_of(pieces, st.binary(max_size=2), st.none()),
    )
    return st.builds(_applied, st.sampled_from(originals), st.lists(edits, min_size=1, max_size=6))


def _applied(data: bytes, edits: Sequence[Edit]) -> bytes:
    for edit in edits:
        data = edit.of(data)
    return data


def article_files() -> st.SearchStrategy[bytes]:
    """Articles like the samples and the golden files, mutated."""
    return mutated([path.read_bytes() for path in ARTICLES], ARTICLE_FRAGMENTS)


def po_files() -> st.SearchStrategy[bytes]:
    """PO files cut from the samples, mutated."""
    return mutated(list(_small_po_files()), PO_FRAGMENTS)


def _small_po_files() -> Iterator[bytes]:
    for path in sorted((PROJECT / "locales").glob("*.po")):
        header, *messages = path.read_bytes().split(b"\n\n")
        dice = random.Random(path.name)
        for _ in range(5):
            yield b"\n\n".join([header, *dice.sample(messages, _MESSAGES)]) + b"\n"


translations = st.one_of(
    st.lists(st.sampled_from(ARTICLE_FRAGMENTS), max_size=4).map("".join), st.text(max_size=20)
)


def check_article(data: bytes, name: str, translation: str, number: int) -> None:
    """Assert that an article, whatever its bytes, keeps law 1, and that its units come back from a PO file.

    Unit `number` is given the `translation`, if that is not refused.
    """
    article = parse(data, name)
    assert article.render() == data
    article.render("localized")
    article.render("source")
    if article.units:
        _check_edit(article, name, translation, number % len(article.units))
    _check_stored(pairs_of(article, "a.md").records)


def _check_edit(article: Article, name: str, translation: str, number: int) -> None:
    """An edited translation changes the bytes of its own target and no others."""
    edited = article.units[number]
    if refusal(article, edited, translation) is not None:
        return
    targets = [each.target for each in article.units]
    targets[number] = translation
    data = article.render(targets=targets)
    assert data.startswith(article.text[: edited.target_start].encode("utf-8", "surrogateescape"))
    assert data.endswith(article.text[edited.target_end :].encode("utf-8", "surrogateescape"))
    assert [(u.id, u.source, u.target) for u in parse(data, name).units] == [
        (u.id, u.source, target) for u, target in zip(article.units, targets, strict=True)
    ]


def _check_stored(records: Sequence[Segment]) -> None:
    """What extract writes of these units is read again, and a second extract changes no byte of it."""
    written, messages = _extracted([], records)
    for record in records:
        assert any(message.source == record.source for message in messages)
    again, _ = _extracted(messages, records)
    assert again == written


def check_po(data: bytes, delivery: Sequence[Segment]) -> None:
    """Assert that a PO file, whatever its bytes, is refused whole or loses no reviewed translation.

    `delivery` is what an extract brings to its messages.
    """
    try:
        catalogue = po.read(data, "a.po")
    except L10nError:
        return
    written = po.write(catalogue)
    assert po.write(po.read(written, "a.po")) == written
    once, messages = _extracted(catalogue.messages, delivery)
    kept = {(message.source, message.translation) for message in messages}
    assert {(m.source, m.translation) for m in catalogue.messages if m.is_reviewed} <= kept
    twice, _ = _extracted(messages, delivery)
    assert twice == once


def _extracted(old: Sequence[Message], records: Sequence[Segment]) -> tuple[bytes, list[Message]]:
    """The PO file that an extract of all articles writes, and its messages as they are read again."""
    header = {"Language": "nb_NO", "Content-Type": "text/plain; charset=UTF-8"}
    result = update(old, records, lambda path: True, covers_all=True)
    written = po.write(Catalogue(result.messages, header))
    return written, po.read(written, "a.po").messages


def delivery_of(path: Path) -> list[Segment]:
    """The units of a sample article."""
    return pairs_of(parse(path.read_bytes(), path.name), path.relative_to(PROJECT).as_posix()).records
