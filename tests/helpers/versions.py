"""Versions of one catalogue to merge, each made of a few messages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from l10n.catalogue import (
    Catalogue,
    Message,
    Note,
    Place,
    breaks_agree,
    fingerprint,
    reading_order,
    sense,
)
from l10n.catalogue.header import new_header

HEADER = new_header("nb_NO", "articles", ["02/27/2020"])


def message(
    translation: str = "Nei",
    source: str = "No",
    *,
    delivered: str = "Nei",
    context: str | None = None,
    fuzzy: bool = True,
    path: str = "a.md",
    line: int = 9,
    comment: str = "",
) -> Message:
    return Message(
        source,
        translation,
        context,
        fuzzy,
        places=[Place(path, line)],
        note=Note("paragraph", f"1a2b3-{line}", False, fingerprint(delivered)),
        comment=comment,
    )


def catalogue(*messages: Message, **header: str) -> Catalogue:
    return Catalogue(list(messages), HEADER | {name.replace("_", "-"): v for name, v in header.items()})


# Few draws make a message, since thousands are made.
TEXTS = ["Nei", "Antall", "Nr.", "Ikke", "\nNei", " to\nlinjer", ""]
NAMES = [*((source, sense(text)) for source in ("No", "") for text in TEXTS[:3]), ("No", None), ("Yes", None)]
REVIEWS = list(product(TEXTS, (True, False), (None, "Noo"), ("", "", "hm", "hm\nja")))
PLACES = [[], *([Place("a", n)] for n in range(3)), [Place("a", 1), Place("b", 0)], [Place("b", 2)]]


@st.composite
def messages(draw: st.DrawFn) -> Message:
    source, context = draw(st.sampled_from(NAMES))
    translation, fuzzy, previous, comment = draw(st.sampled_from(REVIEWS))
    fuzzy = bool(translation) and (fuzzy or not breaks_agree(source, translation))
    found = Message(source, translation, context, fuzzy, comment=comment)
    found.previous_source = previous if fuzzy else None
    delivered = draw(st.sampled_from([None, *TEXTS]))
    if delivered is None and translation:
        found.obsolete = True
    else:
        found.places = list(draw(st.sampled_from(PLACES)))
    if delivered is not None:
        found.note = Note("heading", "1a2b3-102", False, fingerprint(delivered))
    return found


headers = st.sampled_from(
    [
        {"PO-Revision-Date": date, "Last-Translator": name, "X-L10n-Articles": scope}
        for date in ("2021-09-06 09:15+0000", "2021-09-07 09:15+0000", "")
        for name in ("Kari", "Ola")
        for scope in ("a", "a b", "a/x", "")
    ]
)


@st.composite
def catalogues(draw: st.DrawFn, sort: Callable[[Message], object] = reading_order) -> Catalogue:
    found = {(m.context, m.source): m for m in draw(st.lists(messages(), max_size=4))}
    ordered = sorted(found.values(), key=sort)  # type: ignore[arg-type]
    return Catalogue(ordered, HEADER | draw(headers))


@st.composite
def versions(draw: st.DrawFn) -> tuple[Catalogue, Catalogue, Catalogue]:
    """Three versions that have much in common."""
    base, ours, theirs = draw(catalogues()), draw(catalogues()), draw(catalogues())
    for side in (ours, theirs):
        own = {(m.context, m.source) for m in side.messages}
        missing = [m for m in base.messages if (m.context, m.source) not in own]
        kept = draw(st.integers(0, 2 ** len(missing) - 1))
        side.messages += [replace(m) for n, m in enumerate(missing) if kept >> n & 1]
        side.messages.sort(key=reading_order)
    return base, ours, theirs


def told(translation: str, messages: list[Message], source: str) -> bool:
    """Whether a translation of `source` is kept by one of the messages."""
    quoted = translation.replace("\n", '\\n"\n"')
    return any(
        m.source == source
        and (m.translation == translation or translation in m.comment or quoted in m.comment)
        for m in messages
    )
