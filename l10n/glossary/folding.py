"""A text as a search compares it: compatibility forms and cases made one, offsets kept.

After Unicode's NFKC_Casefold (UAX #31, section 5.1), a letter with its marks at a time, with
what a search for words needs besides: one apostrophe, a space for a line break or a hyphen
("Exchange Online" is "Exchange-Online" in a German compound), one i for the Turkish ones,
nothing for the marks that only direct or join the writing.

Law 5: the time grows with the size of the text, since a run of marks is folded in pieces.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, is_normalized, normalize

# What a grapheme is folded in at most; longer runs of marks are no word of any language.
_LONGEST = 32

_BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_ALIKE = str.maketrans(
    dict.fromkeys("\t\n\r\v\f\u0085\u2028\u2029-\u2010\u2011", " ")
    | dict.fromkeys("\u2018\u2019\u02bc\u02b9\u055a\u05f3", "'")
    | dict.fromkeys(_BIDI_CONTROLS + "\u00ad\u200c\u200d\u2060\ufeff", "")
    | dict.fromkeys("\u00a0\u3000", " ")
    | {chr(0xFF01 + code): chr(0x21 + code) for code in range(0x5E)}  # the full-width forms of ASCII
    | {"\uff0d": " ", "\uff07": "'", "ı": "i", "İ": "i"}
    | {chr(code): "\ufffd" for code in range(0xD800, 0xE000)}  # bytes that are no UTF-8 (PEP 383)
)

_ALIKE_ASCII = dict.fromkeys(map(ord, "\t\n\r\v\f-"), " ")


class Folded(NamedTuple):
    """A folded text, and where its characters come from."""

    text: str
    offsets: list[int] | None
    """The offset in the original of each folded character, and its length; None where they are the same.

    The characters of one grapheme all have the offset at which it begins.
    """

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The original's span that folds to `text[start:end]`; None where it would cut a grapheme."""
        if self.offsets is None:
            return start, end
        first, last = self.offsets[start], self.offsets[end]
        if (start and self.offsets[start - 1] == first) or self.offsets[end - 1] == last:
            return None
        return first, last


def fold(text: str) -> str:
    """`text` folded, without its offsets."""
    return folded(text).text


def alike(text: str) -> str:
    """`text` as it is compared where upper and lower case are told apart."""
    return " ".join(normalize("NFKC", text).translate(_ALIKE).split())


def folded(text: str) -> Folded:
    """`text` folded, so that what a reader takes for the same word is the same."""
    if text.isascii():
        return Folded(text.lower().translate(_ALIKE_ASCII), None)
    plain = text.translate(_ALIKE)
    if len(plain) == len(text) and is_normalized("NFKC", plain):
        small = plain.casefold()  # no letter becomes less than one, so the same length is the same places
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
    """Where the graphemes after the first begin."""
    starts = []
    last = 0
    for offset, char in enumerate(text):
        if offset and (char < "\u0300" or not _follows(text[offset - 1], char) or offset - last >= _LONGEST):
            starts.append(offset)
            last = offset
    return starts


@lru_cache(maxsize=1 << 16)
def _follows(before: str, char: str) -> bool:
    """Whether `char` may become one with what stands before it: a mark, or a Hangul vowel or final."""
    if "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7ff" or "\uffa0" <= char <= "\uffdc":
        return (
            "\u1100" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7ff" or "\uffa0" <= before <= "\uffdc"
        )
    return char in "\uff9e\uff9f" or category(char).startswith("M")


@lru_cache(maxsize=1 << 16)
def _folded_grapheme(grapheme: str) -> str:
    plain = normalize("NFKC", grapheme).translate(_ALIKE)
    return normalize("NFKC", plain.casefold()).translate(_ALIKE)
