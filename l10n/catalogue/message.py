"""The catalogue: a message for each (source, target) pair, and what a reviewer made of it.

Each message is a pair. Its translation begins as the delivered target and becomes
the reviewer's; its note keeps a fingerprint of the delivered one, so that the units of the
pair find it again both while they carry that target and after a merge gave them the
reviewed one. Nothing here reads or writes files.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from sys import intern
from typing import NamedTuple

from l10n.doubts import Doubt

UNDER_LIMIT = 50
"""Longest heading in characters that a note shows in full."""
CONTEXT_LIMIT = 32
"""Longest context in characters: Poedit shows it as a chip in front of the source."""


class Place(NamedTuple):
    """The place of a unit: the article's reference and a 1-based line."""

    path: str
    line: int


class Segment(NamedTuple):
    """A unit as the catalogue needs it; compact and picklable."""

    source: str
    target: str
    place: Place
    kind: str
    id: str
    human: bool
    """True if a person translated its article (`HT`)."""
    under: str = ""
    """The source of the heading above it; for an image text, the name of the image."""
    doubts: tuple[Doubt, ...] = ()
    """What is uncertain about the pair."""


class Note(NamedTuple):
    """The first `#.` line of a message: its first place, and the delivered target."""

    kind: str
    id: str
    human: bool
    delivered: str
    """The fingerprint of the delivered target: what a reviewer saw first."""
    under: str = ""
    """The heading above it, or its image, short enough for a line; empty if there is none."""

    def line(self, places: int = 1) -> str:
        """Return the line in the PO file of a message with that number of places.

        What a translator reads comes first: `list item under "Settings" · 17 places · 63922-102 · mt 8e1f…`.
        """
        under = f' under "{self.under}"' if self.under else ""
        count = f" · {places} places" if places > 1 else ""
        return f"{self.kind}{under}{count} · {self.id} · {'ht' if self.human else 'mt'} {self.delivered}"

    @classmethod
    def of(cls, unit: Segment, human: bool, delivered: str) -> Note:
        """The note of a message whose first unit is `unit`.

        Law 5: an id and a heading come from the article, and may hold anything; they are made to
        fit one line that `parse` reads as it was.
        """
        name, under = unit.id, unit.under
        if not name.isascii() or not name.isprintable() or len(name) > _ID_LIMIT or not name or " " in name:
            name = _ODD_IN_ID.sub("\ufffd", name[:_ID_LIMIT]) or "-"
        if under:
            under = visible(under[:_READ])
            if len(under) > UNDER_LIMIT:
                under = under[: UNDER_LIMIT - 1].rstrip() + "…"
        return cls(unit.kind, name, human, delivered, under)

    @classmethod
    def parse(cls, line: str) -> Note | None:
        """Return the note in `line`, or None if another tool wrote the line."""
        match = _NOTE.fullmatch(line.strip())
        if match is None:
            return None
        kind, under, mark, by, delivered = match.groups("")
        # Many notes share these two.
        return cls(intern(kind), mark, by == "ht", delivered, intern(under))


_NOTE = re.compile(
    r'([A-Za-z ]+?)(?: under "(.+)")?(?: · [0-9]{1,9} places)? · (\S+) · (mt|ht) ([0-9a-f]{8})'
)
_ID_LIMIT = 100
"""Longest id in characters that a note shows; the publisher's have about fifteen."""
_READ = 500
"""Characters of a heading that are read for a note, so that a long heading takes no longer."""
# By number, for Python's own `isprintable` says another thing in each version: controls, formats such as
# those of direction, separators, surrogates, private use.
_INVISIBLE = (
    "\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\uf8ff\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
_SPACES = "\x20\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNPRINTABLE = re.compile(f"[{_INVISIBLE}]")
_ODD_IN_ID = re.compile(f"[{_INVISIBLE}{_SPACES}]")


def visible(text: str) -> str:
    """`text` with single spaces, and without what cannot be seen."""
    text = " ".join(text.split())
    return " ".join(_UNPRINTABLE.sub("", text).split()) if _UNPRINTABLE.search(text) else text


_OWN_REMARK = re.compile(
    "|".join(
        [
            r"check \S+ \((?:error|warning)\): ",
            "source changed: ",
            *(re.escape(str(doubt)) for doubt in Doubt),
        ]
    )
)
"""The beginnings of the `#.` lines that each extract writes anew; lines of other tools stay."""


def is_own_remark(line: str) -> bool:
    """Return True if a `#.` line is one of this tool's remarks, which extract writes anew."""
    return _OWN_REMARK.match(line) is not None


@dataclass(slots=True)
class Message:
    """A source, its translation, and all its places."""

    source: str
    translation: str
    context: str | None = None
    """Distinguishes the messages of one source (gettext's msgctxt); None if there is only one."""
    fuzzy: bool = False
    """True if it needs review."""
    obsolete: bool = False
    places: list[Place] = field(default_factory=list)
    note: Note | None = None
    remarks: tuple[str, ...] = ()
    """More `#.` lines for the translator; every extract writes them anew."""
    comment: str = ""
    """The reviewer's own."""
    previous_source: str | None = None
    previous_context: str | None = None
    previous_plural: str | None = None
    """The previous plural of its source, from another tool."""
    hints: tuple[str, ...] = ()
    """The `#.` lines of other tools; they stay."""
    flags: tuple[str, ...] = ()
    """The flags of other tools (`no-wrap`), in order, without `fuzzy`."""
    others: tuple[str, ...] = ()
    """Other comment lines, as in the file."""

    def at(self, places: list[Place]) -> Message:
        """Return a copy with other places."""
        # `dataclasses.replace` takes ten times as long, which is a tenth of an update.
        return Message(
            self.source,
            self.translation,
            self.context,
            self.fuzzy,
            self.obsolete,
            places,
            self.note,
            self.remarks,
            self.comment,
            self.previous_source,
            self.previous_context,
            self.previous_plural,
            self.hints,
            self.flags,
            self.others,
        )

    @property
    def is_reviewed(self) -> bool:
        """True if its translation is used."""
        return bool(self.translation) and not self.fuzzy and not self.obsolete

    @property
    def is_worked_on(self) -> bool:
        """True if a person worked on its translation: it is reviewed, or differs from the delivered one."""
        return bool(self.translation) and (not self.fuzzy or self.is_edited)

    @property
    def is_touched(self) -> bool:
        """True if it has something that may not be lost: work, or a comment."""
        return bool(self.comment) or self.is_worked_on

    @property
    def is_carried_over(self) -> bool:
        """True if its translation is carried over from another source, and not yet reviewed."""
        return self.fuzzy and self.previous_source is not None

    @property
    def is_publishers(self) -> bool:
        """True if it is what the publisher's translators delivered, unchanged and without comment."""
        return bool(self.note and self.note.human and not self.comment and not self.is_edited)

    @property
    def delivered(self) -> str | None:
        """The fingerprint of the delivered target, if known."""
        if self.note:
            return self.note.delivered
        if self.context is None:
            return None
        # An obsolete message has lost its note, but its context was made of its target.
        mark = _LONG_SENSE.search(self.context, max(0, len(self.context) - 10))
        return mark[1] if mark else fingerprint(self.context)

    @property
    def is_edited(self) -> bool:
        """True if its translation differs from the delivered target."""
        return fingerprint(self.translation) != self.delivered

    def fits(self, target: str) -> bool:
        """Return True if a unit with that target can belong to this message."""
        if target == self.translation and not self.is_carried_over:
            return True
        return fingerprint(target) == self.delivered and (self.is_edited or target == self.translation)


_LONG_SENSE = re.compile("… ([0-9a-f]{8})$")


class PluralEntry(NamedTuple):
    """A message with plural forms, which no unit of an article has; another tool's."""

    context: str | None
    source: str
    lines: str
    """The whole entry, as in the file."""
    is_obsolete: bool


class Foreign(NamedTuple):
    """What other tools wrote into a PO file outside of messages; kept unchanged."""

    header_fields: tuple[str, ...] = ()
    """Lines of the header's text that are no field, or one that it has already."""
    header_lines: tuple[str, ...] = ()
    """Comment lines of the header that are not the translator's: flags, notes, references."""
    plurals: tuple[PluralEntry, ...] = ()
    end: str = ""
    """The lines behind the last message."""


@dataclass(slots=True)
class Catalogue:
    """The messages of one PO file, obsolete ones last, and its header fields."""

    messages: list[Message] = field(default_factory=list)
    header: dict[str, str] = field(default_factory=dict)
    header_comment: str = ""
    crlf: bool = False
    """True if all lines of its file end in CR LF, as when Git checks them out so."""
    foreign: Foreign = field(default_factory=Foreign)


def fingerprint(text: str) -> str:
    """Return a fingerprint of `text`: eight hex digits (BLAKE2b, RFC 7693)."""
    return _fingerprint(text) if len(text) < _LONG else _fingerprint_of_long(text)


def _fingerprint(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


_LONG = 500
"""Characters from which on a fingerprint is remembered: many units may be compared with one long text."""
_fingerprint_of_long = lru_cache(maxsize=256)(_fingerprint)


def sense(target: str) -> str:
    """Return the context that distinguishes a message by its delivered target.

    The target itself where it is short and clean, else its beginning and its
    fingerprint. It depends on the pair alone.
    """
    if 0 < len(target) <= CONTEXT_LIMIT and visible(target) == target:
        return target
    return _marked(target, fingerprint(target))


def lasting_sense(message: Message) -> str:
    """Return the context that encodes the delivered target, since obsolete messages keep no note."""
    if message.context is None and message.delivered and message.is_edited:
        return _marked(message.translation, message.delivered)
    return message.context or sense(message.translation)


def _marked(text: str, mark: str) -> str:
    return f"{visible(text[:_READ])[:22].rstrip()}… {mark}"


def set_context(message: Message, context: str, taken: set[tuple[str | None, str]]) -> None:
    """Give a message `context`, or one made of it, so that its name is not `taken`; then it is."""
    while (context, message.source) in taken:
        context = f"{context[:22].rstrip()}… {fingerprint(context)}"
    message.context = context
    taken.add((context, message.source))


def keep_apart(messages: Collection[Message], plurals: Collection[PluralEntry]) -> None:
    """Give a context to the messages that have the name of a plural entry; gettext refuses doubles."""
    taken = {(one.context, one.source) for one in plurals}
    found = [message for message in messages if (message.context, message.source) in taken]
    if found:
        taken |= {(message.context, message.source) for message in messages}
    for message in found:
        set_context(message, message.context or sense(message.translation), taken)


def reading_order(message: Message) -> tuple[bool, bool, Place]:
    """Return the sort key of messages: obsolete ones last, before them those without a place."""
    first = message.places[0] if message.places and not message.obsolete else None
    return message.obsolete, first is None, first or Place("", 0)


def is_storable(text: str) -> bool:
    """Return True if gettext can store `text`: it has no NUL, EOT or lone surrogate."""
    return _UNSTORABLE.search(text) is None


_UNSTORABLE = re.compile("[\0\4\ud800-\udfff]")


def breaks_agree(source: str, translation: str) -> bool:
    """Return True if both or neither begin, and end, with a line break, as `msgfmt -c` demands."""
    starts = source.startswith("\n") == translation.startswith("\n")
    return starts and source.endswith("\n") == translation.endswith("\n")
