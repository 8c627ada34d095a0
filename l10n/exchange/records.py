"""The messages of PO files as the formats need them: one flat record for each message.

Law 3: a message that no format can hold is reported, never damaged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from l10n.catalogue import Catalogue, Message, fingerprint, visible
from l10n.doubts import Doubt
from l10n.problems import Problem

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that XML 1.0 (section 2.2) cannot hold, and that breaks most other readers, too."""
_SHOWN = 40
"""Characters of a source in a message."""
FIELDS = (
    "id",
    "locale",
    "state",
    "context",
    "kind",
    "article",
    "line",
    "unit",
    "heading",
    "origin",
    "handback",
    "doubt",
    "comment",
)
"""All that is known about a message apart from its two texts."""
_shown = lru_cache(maxsize=1024)(visible)
"""Many messages are in one article, below one heading."""


def is_xml(text: str) -> bool:
    """Return True if XML can hold a text."""
    return _NOT_XML.search(text) is None


class ReviewState(StrEnum):
    """The states of a message in a review."""

    REVIEWED = "reviewed"
    NEEDS_REVIEW = "needs review"
    UNTRANSLATED = "untranslated"


class Record(NamedTuple):
    """A message, with what a format may say about it."""

    message: Message
    locale: str
    """gettext's name."""
    handback: str
    """The date of the last delivery, `2021-08-19`; empty if it is unknown."""

    @property
    def id(self) -> str:
        """The message's name and version, which XLIFF carries to other tools and back."""
        comment = self.message.comment
        mark = version_mark(self.message.translation, is_fuzzy=self.message.fuzzy)
        return f"{name_mark(self.message)}.{mark}{fingerprint(comment) if comment else ''}"

    @property
    def state(self) -> ReviewState:
        """The state of the message."""
        if not self.message.translation:
            return ReviewState.UNTRANSLATED
        return ReviewState.NEEDS_REVIEW if self.message.fuzzy else ReviewState.REVIEWED

    @property
    def origin(self) -> str:
        """`mt` for a machine translation, `ht` for a human one, empty if it is unknown."""
        note = self.message.note
        return "" if note is None else "ht" if note.human else "mt"

    @property
    def doubt(self) -> str:
        """What is uncertain about the pair; empty if nothing is."""
        remarks = self.message.remarks
        return next((str(doubt) for doubt in Doubt if doubt in remarks), "") if remarks else ""

    @property
    def is_machines(self) -> bool:
        """True for a machine translation that nobody has changed."""
        return self.origin == "mt" and not self.message.is_edited

    def fields(self) -> dict[str, str | int]:
        """Return the values of FIELDS."""
        message = self.message
        note, place = message.note, message.places[0] if message.places else None
        values = (
            name_mark(message),
            self.locale,
            self.state.value,
            _shown(message.context or ""),
            note.kind if note else "",
            _shown(place.path) if place else "",
            place.line if place else 0,
            visible(note.id) if note else "",
            _shown(note.under) if note else "",
            self.origin,
            self.handback,
            self.doubt,
            message.comment,
        )
        return dict(zip(FIELDS, values, strict=True))


def note_lines(message: Message) -> list[str]:
    """Return the lines of the note of a message, for a translator, without invisible characters."""
    note = [message.note.line(len(message.places))] if message.note else []
    return [visible(line) for line in (*note, *message.remarks, *message.hints)]


def pair_key(message: Message) -> bytes:
    """Return a key of the pair of a message."""
    pair = f"{len(message.source)} {message.source}{message.translation}"
    return blake2b(pair.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def name_mark(message: Message) -> str:
    """Return 20 hex digits for the name of a message: its context and source."""
    name = message.source if message.context is None else f"{message.context}\4{message.source}"
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def version_mark(translation: str, *, is_fuzzy: bool) -> str:
    """Return a fingerprint of a translation and its state."""
    return fingerprint(f"{'fuzzy' if is_fuzzy and translation else ''}\0{translation}")


class PoSource(NamedTuple):
    """A PO file to export, or a piece of one."""

    label: str
    """Its name as the user reads it."""
    original: str
    """Its name for other tools: from the current folder, or without any folder."""
    locale: str
    catalogue: Catalogue
    lines: Callable[[], list[int]]
    """Returns the line of each message."""


@dataclass(slots=True)
class Selection:
    """Selects the messages to export, file after file."""

    reviewed_only: bool = False
    pairs_only: bool = False
    """True for formats that have no place for a message without a translation."""
    dedupe: bool = False
    """True to leave out pairs that occurred before."""
    files: int = 0
    """The number of PO files read."""
    exported: int = 0
    """The number of messages that were selected."""
    problems: list[Problem] = field(default_factory=list)
    _known: set[bytes] = field(default_factory=set)

    def records(self, source: PoSource) -> Iterator[Record]:
        """Yield the selected messages of a PO file in its order; obsolete ones never are."""
        handback = visible(source.catalogue.header.get("POT-Creation-Date", "")[:10])
        self.leave_out_plurals(source.label, len(source.catalogue.foreign.plurals))
        for number, message in enumerate(source.catalogue.messages):
            if not self._is_wanted(message):
                continue
            if bad := _NOT_XML.search(f"{message.source}{message.translation}{message.comment}"):
                self.problems.append(_not_exported(source, number, bad[0]))
                continue
            if self.dedupe and not self.is_new(pair_key(message)):
                continue
            self.exported += 1
            yield Record(message, source.locale, handback)

    def fresh(self, *, dedupe: bool = False) -> Selection:
        """Return one that selects alike, and has selected nothing yet."""
        return Selection(self.reviewed_only, self.pairs_only, dedupe)

    def is_new(self, key: bytes) -> bool:
        """Return True if a pair with that key (see `pair_key`) did not occur before; now it does."""
        before = len(self._known)
        self._known.add(key)
        return len(self._known) > before

    def leave_out_plurals(self, label: str, count: int) -> None:
        """Report messages with plural forms."""
        if count:
            reason = f"{count:,} messages with plural forms were left out: they are of another tool"
            self.problems.append(Problem(label, 1, 1, "not-exported", reason))

    def _is_wanted(self, message: Message) -> bool:
        if message.obsolete or (self.pairs_only and not message.translation):
            return False
        return message.is_reviewed or not self.reviewed_only


def _not_exported(source: PoSource, number: int, character: str) -> Problem:
    start = source.catalogue.messages[number].source[:_SHOWN]
    reason = (
        f"the message {start!r} holds U+{ord(character):04X}, which breaks other tools, so it was left out: "
        "remove the character in the article, or in the PO file"
    )
    return Problem(source.label, source.lines()[number], 1, "not-exported", reason)


class TextFormat(NamedTuple):
    """A format that is written message by message; its functions can be pickled."""

    suffix: str
    begin: Callable[[Languages], str]
    """Returns the beginning of a file."""
    unit: Callable[[Record, Languages], str]
    """Returns a message."""
    begin_po: Callable[[str, Languages, int], str] | None = None
    """Returns what comes before the messages of a PO file, given its name and its number from 1."""
    end_po: str = ""
    end: str = ""


class Languages(NamedTuple):
    """The languages of an export, as tags: `en` and `nb-NO`."""

    source: str
    target: str

    @property
    def codes(self) -> tuple[str, str]:
        """The codes of both languages for a corpus: `en` and `nb`; in full if these are the same."""
        source, target = (tag.partition("-")[0].lower() for tag in self)
        return (source, target) if source != target else (self.source, self.target)
