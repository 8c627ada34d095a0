"""Catalogues of odd texts, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from l10n.catalogue import Catalogue, Message, Note, Place, breaks_agree, fingerprint, is_storable
from l10n.catalogue.header import new_header

HEADER = new_header("nb_NO", "articles", ["02/27/2020"])

ODD = [
    "\\",
    '"',
    "\n",
    "\r",
    "\t",
    "\a",
    "\b",
    "\v",
    "\f",
    "\x1b",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "\xa0",
    "#",
]
ODD += ["# ", "#~ ", 'msgid "', "%s", "å", "日", "\U0001f600", "\u2068", " ", "a", "\\n", "\x1c", "\ufeff"]
texts = (
    st.sampled_from(ODD)
    | st.lists(st.sampled_from(ODD), max_size=8).map("".join)
    | st.text(max_size=20).filter(is_storable)
)
NAMES = [
    "a.md",
    "my file.md",
    "my other file.md",
    "how to a.md",
    "how to b.md",
    "åpne.md",
    "日本語\u3000名.md",
]
NAMES += [
    "nb\xa0sp.md",
    "x" * 60 + ".md",
    "a:3.md",
    "100%.md",
    "a%20b.md",
    "d  s.md",
    "-.md",
    "(a) b.md",
    "a, b.md",
]
places = st.lists(st.builds(Place, st.sampled_from(NAMES), st.integers(1, 99_999)), min_size=1, max_size=12)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    source, translation = draw(texts), draw(texts)
    message = Message(source, translation, context=draw(st.none() | texts) if source else "x" + draw(texts))
    message.obsolete = draw(st.booleans()) and bool(translation)
    message.fuzzy = bool(translation) and (draw(st.booleans()) or not breaks_agree(source, translation))
    message.comment = draw(st.sampled_from(["", "en kommentar", "to\nlinjer\n\nog en"]))
    if not message.obsolete:
        message.places = sorted(set(draw(places)))
        message.remarks = draw(
            st.sampled_from(
                [(), ("source changed: 30 → 60",), ("check number (error): 1", "check residue (warning): å")]
            )
        )
        message.hints = draw(st.sampled_from([(), ("somebody else's",), ("two", "", "lines: å")]))
        message.flags = draw(st.sampled_from([(), ("no-wrap",)]))
        under = draw(st.sampled_from(["", "Step 1 · Find it", "#~ msgid"]))
        message.note = Note("list item", "1a2b3-p107", draw(st.booleans()), fingerprint(translation), under)
    if message.fuzzy:
        message.previous_source = draw(st.none() | texts)
    return message


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    found = {(m.context, m.source): m for m in draw(st.lists(messages(), max_size=6))}
    return Catalogue(sorted(found.values(), key=lambda m: m.obsolete), dict(HEADER))


HEAD = 'msgid ""\nmsgstr "Language: nb_NO\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
