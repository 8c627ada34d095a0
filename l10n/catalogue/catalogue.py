"""The catalogue: a message for each (source, target) pair, and what a reviewer made of it.

A message stands for a pair. Its translation begins as the delivered target and becomes
the reviewer's; its note keeps a fingerprint of the delivered one, so that the units of the
pair find it again both while they carry that target and after a merge gave them the
reviewed one. Nothing here reads or writes files.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from hashlib import blake2b
from sys import intern
from typing import NamedTuple

UNDER_LIMIT = 50
"""Longest heading in characters that a note tells in full."""
CONTEXT_LIMIT = 32
"""Longest context in characters: Poedit shows it as a chip in front of the source."""


class Place(NamedTuple):
    """Where a unit stands: the article's reference and a 1-based line."""

    path: str
    line: int


class UnitRecord(NamedTuple):
    """What the catalogue needs to know of a unit; compact and picklable."""

    source: str
    target: str
    place: Place
    kind: str
    id: str
    human: bool
    """Whether its article is the work of a person (`HT`)."""
    under: str = ""
    """The source of the heading that it stands under; of an image text, the name of the image."""


class Note(NamedTuple):
    """What the `#.` line tells of a message: its first place, and what was delivered."""

    kind: str
    id: str
    human: bool
    delivered: str
    """The fingerprint of the target that it was made of: what a reviewer saw first."""
    under: str = ""
    """The heading that it stands under, or its image, short enough for a line; empty if there is none."""

    def __str__(self) -> str:
        told = f"{self.kind} · {self.id} · {'ht' if self.human else 'mt'} {self.delivered}"
        return f"{told} · {self.under}" if self.under else told

    @classmethod
    def of(cls, unit: UnitRecord, human: bool, delivered: str) -> Note:
        """The note of a message whose first unit is `unit`."""
        under = " ".join(unit.under.split())
        if not under.isprintable():
            under = "".join(c for c in under if c.isprintable())
        if len(under) > UNDER_LIMIT:
            under = under[: UNDER_LIMIT - 1].rstrip() + "…"
        return cls(unit.kind, unit.id, human, delivered, under)

    @classmethod
    def parse(cls, line: str) -> Note | None:
        """The note that `line` tells, or None if somebody else wrote it."""
        match = _NOTE.fullmatch(line.strip())
        if match is None:
            return None
        kind, mark, by, delivered, under = match.groups("")
        # Many notes share these two.
        return cls(intern(kind), mark, by == "ht", delivered, intern(under))


_NOTE = re.compile(r"([A-Za-z ]+) · (\S+) · (mt|ht) ([0-9a-f]{8})(?: · (.+))?")


@dataclass(slots=True)
class Message:
    """A source, its translation, and all the places that it stands at."""

    source: str
    translation: str
    context: str | None = None
    """Tells apart the messages of one source (gettext's msgctxt); None where there is one."""
    fuzzy: bool = False
    """Whether it needs review."""
    obsolete: bool = False
    places: list[Place] = field(default_factory=list)
    note: Note | None = None
    remarks: tuple[str, ...] = ()
    """What else a translator is told of it (`#.`), a line each; made anew by every extract."""
    comment: str = ""
    """The reviewer's own."""
    previous_source: str | None = None
    previous_context: str | None = None

    @property
    def is_reviewed(self) -> bool:
        """Whether its translation is to be used."""
        return bool(self.translation) and not self.fuzzy and not self.obsolete

    @property
    def has_work(self) -> bool:
        """Whether its translation is somebody's work: reviewed, or not what was delivered."""
        return bool(self.translation) and (not self.fuzzy or self.is_edited)

    @property
    def is_touched(self) -> bool:
        """Whether it holds anything that may not be lost: work, or a comment."""
        return bool(self.comment) or self.has_work

    @property
    def waits(self) -> bool:
        """Whether it waits for the review of a translation that it carried over from another source."""
        return self.fuzzy and self.previous_source is not None

    @property
    def is_publishers(self) -> bool:
        """Whether it is what the publisher's own translators delivered, and no more."""
        return bool(self.note and self.note.human and not self.comment and not self.is_edited)

    @property
    def delivered(self) -> str | None:
        """The fingerprint of the target that it was made of, if it tells."""
        if self.note:
            return self.note.delivered
        if self.context is None:
            return None
        # An obsolete message has lost its note, but its context was made of its target.
        mark = _LONG_SENSE.search(self.context)
        return mark[1] if mark else fingerprint(self.context)

    @property
    def is_edited(self) -> bool:
        """Whether its translation is not the one that it was delivered with."""
        return fingerprint(self.translation) != self.delivered

    def fits(self, target: str) -> bool:
        """Whether a unit with that target may be one of its own."""
        if target == self.translation and not self.waits:
            return True
        return fingerprint(target) == self.delivered and (self.is_edited or target == self.translation)


_LONG_SENSE = re.compile("… ([0-9a-f]{8})$")


@dataclass(slots=True)
class Catalogue:
    """The messages of one PO file, obsolete ones last, and its header fields."""

    messages: list[Message] = field(default_factory=list)
    header: dict[str, str] = field(default_factory=dict)
    header_comment: str = ""
    crlf: bool = False
    """Whether all lines of its file end in CR LF, as where Git checks them out so."""


def fingerprint(text: str) -> str:
    """Eight hex digits that stand for `text` (BLAKE2b, RFC 7693)."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def sense(target: str) -> str:
    """The context that tells a source's message apart by its delivered target.

    The target itself where it is short and clean, else its beginning and its
    fingerprint. It depends on the pair alone.
    """
    clean = " ".join(target.split())
    if clean == target and len(target) <= CONTEXT_LIMIT and target.isprintable() and target:
        return target
    return _marked(clean, fingerprint(target))


def lasting_sense(message: Message) -> str:
    """The context that an obsolete message tells by what it was delivered with; it has no note."""
    if message.context is None and message.delivered and message.is_edited:
        return _marked(" ".join(message.translation.split()), message.delivered)
    return message.context or sense(message.translation)


def _marked(text: str, mark: str) -> str:
    head = "".join(c for c in text if c.isprintable())[:22].rstrip()
    return f"{head}… {mark}"


def distinct(context: str, source: str, taken: Collection[tuple[str | None, str]]) -> str:
    """`context`, or one made of it, such that no message `taken` has its name."""
    while (context, source) in taken:
        context = f"{context[:22].rstrip()}… {fingerprint(context)}"
    return context


def reading_order(message: Message) -> tuple[bool, bool, Place]:
    """What messages are sorted by: obsolete ones last, before them those without a place."""
    first = message.places[0] if message.places and not message.obsolete else None
    return message.obsolete, first is None, first or Place("", 0)


def is_storable(text: str) -> bool:
    """Whether gettext can hold `text`: it has no NUL, EOT or lone surrogate."""
    return _UNSTORABLE.search(text) is None


_UNSTORABLE = re.compile("[\0\4\ud800-\udfff]")


def breaks_agree(source: str, translation: str) -> bool:
    """Whether both or neither begin, and end, with a line break, as `msgfmt -c` demands."""
    return source.startswith("\n") == translation.startswith("\n") and source.endswith(
        "\n"
    ) == translation.endswith("\n")
