"""Fold a text for comparison: unify compatibility forms and cases, and keep the offsets.

After Unicode's NFKC_Casefold (UAX #31, section 5.1), one letter with its marks at a time, with additions for
a search for words: one apostrophe, a space for a line break or a hyphen ("Exchange Online" is
"Exchange-Online" in a German compound), one i for the Turkish ones, nothing for marks that only direct or
join the writing.

Law 5: the time grows with the size of the text, since a run of marks is folded in pieces.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, is_normalized, normalize

# Maximum length of a grapheme that is folded as one; longer runs of marks are no word of any language.
_LONGEST = 32

_BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_ALIKE = str.maketrans(
    dict.fromkeys("\t\n\r\v\f\u0085\u2028\u2029-\u2010\u2011", " ")
    | dict.fromkeys("\u2018\u2019\u02bc\u02b9\u055a\u05f3", "'")
    | dict.fromkeys(_BIDI_CONTROLS + "\u00ad\u200c\u200d\u2060\ufeff", "")
    | dict.fromkeys("\u00a0\u3000", " ")
    | {chr(0xFF01 + code): chr(0x21 + code) for code in range(0x5E)}  # the full-width forms of ASCII
    | {"\uff0d": " ", "\uff07": "'", "ı": "i", "İ": "i"}
    | {chr(code): "\ufffd" for code in range(0xD800, 0xE000)}  # bytes that are not UTF-8 (PEP 383)
)

_ALIKE_ASCII = dict.fromkeys(map(ord, "\t\n\r\v\f-"), " ")


class Folded(NamedTuple):
    """A folded text with the original offsets of its characters."""

    text: str
    offsets: list[int] | None
    """The original offset of each folded character, then the original's length; None if all are the same.

    The characters of one grapheme all have the offset at which it begins.
    """

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the original range that folds to `text[start:end]`; None if it would cut a grapheme."""
        if self.offsets is None:
            return start, end
        first, last = self.offsets[start], self.offsets[end]
        if (start and self.offsets[start - 1] == first) or self.offsets[end - 1] == last:
            return None
        return first, last


def fold(text: str) -> str:
    """Return `text` folded, without its offsets."""
    return folded(text).text


def alike(text: str) -> str:
    """Return `text` folded for a comparison that is sensitive to case."""
    return " ".join(normalize("NFKC", text).translate(_ALIKE).split())


def folded(text: str) -> Folded:
    """Return `text` folded, so that all spellings that a reader takes for the same word are equal."""
    if text.isascii():
        return Folded(text.lower().translate(_ALIKE_ASCII), None)
    plain = text.translate(_ALIKE)
    if len(plain) == len(text) and is_normalized("NFKC", plain):
        small = plain.casefold()  # no letter becomes shorter, so the same length means the same offsets
        if len(small) == len(text):
            return Folded(small, None)
    return _folded_by_grapheme(text)


def _folded_by_grapheme(text: str) -> Folded:
    parts: list[str] = []
    offsets: list[int] = []
    start = 0
    for end in (*_grapheme_starts(text), len(text)):
        part = _folded_grapheme(text[start:end])
        parts.append(part)
        offsets += [start] * len(part)
        start = end
    return Folded("".join(parts), [*offsets, len(text)])


def _grapheme_starts(text: str) -> list[int]:
    """Return the offsets at which the graphemes after the first begin."""
    starts = []
    last = 0
    for offset, char in enumerate(text):
        if offset and (char < "\u0300" or not _follows(text[offset - 1], char) or offset - last >= _LONGEST):
            starts.append(offset)
            last = offset
    return starts


@lru_cache(maxsize=1 << 16)
def _follows(before: str, char: str) -> bool:
    """Return True if `char` may join the character before it: a mark, or a Hangul vowel or final."""
    if "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7ff" or "\uffa0" <= char <= "\uffdc":
        return (
            "\u1100" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7ff" or "\uffa0" <= before <= "\uffdc"
        )
    return char in "\uff9e\uff9f" or category(char).startswith("M")


@lru_cache(maxsize=1 << 16)
def _folded_grapheme(grapheme: str) -> str:
    plain = normalize("NFKC", grapheme).translate(_ALIKE)
    return normalize("NFKC", plain.casefold()).translate(_ALIKE)
