"""Count the words of a text as a translator would count and charge them.

- Scripts with spaces between words: the words of UAX #29 (Unicode text segmentation, default word
  boundaries), which are the segments with a letter or a digit in them. `don't`, `l'eau`, `3.14`,
  `snake_case` and `contoso.com` are one word, `well-known` is two.
- Han and kana, Thai, Lao, Khmer and Burmese have no spaces. GMX-V 2.0 (LISA 2007, ETSI LIS 2012,
  "Logographic scripts") defines how many characters (letters and their marks, no punctuation) make a
  word: Chinese 2.8, Japanese 3.0, Thai 6.0. It has no figure for Lao, Khmer and Burmese; they are
  written like Thai and use its figure. A text with kana is Japanese. The sum is rounded once for each
  text, and is at least one. Korean is written with spaces, so UAX #29 counts it; GMX-V's 3.3
  characters would be only an approximation.
- A text in several scripts counts the sum. The script decides, not the locale: a product's English
  name is as much work in a Japanese text as in a German one.

Markdown: HTML tags and link destinations are not counted, since nobody translates them; the text and
the title of a link are. A character reference counts as its character, an escaped character as itself.
Code and bare URLs count as text.

Law 5, input is hostile: a text of any length is read a few times, so time grows with its length only.
"""

from __future__ import annotations

import re
import unicodedata

from l10n.markdown import readable_text

CHINESE, JAPANESE, THAI = 2.8, 3.0, 6.0
"""The number of characters per word (GMX-V 2.0)."""

# The Word_Break values of UAX #29 that matter for a count, one letter each.
_LETTER, _HEBREW, _DIGIT, _EXTENDER = "A", "H", "N", "E"
_MID_LETTER, _MID_NUMBER, _MID_BOTH, _DOUBLE_QUOTE = "L", "M", "B", "Q"
_HAN, _KANA, _THAI, _OTHER = "J", "K", "T", " "

_MARKS = {
    **dict.fromkeys(":·\u0387\u055f\u05f4\u2027\ufe13\ufe55\uff1a", _MID_LETTER),
    **dict.fromkeys(
        ",;\u037e\u0589\u060c\u060d\u066c\u07f8\u2044\ufe10\ufe14\ufe50\ufe54\uff0c\uff1b", _MID_NUMBER
    ),
    **dict.fromkeys(".'\u2018\u2019\u2024\ufe52\uff07\uff0e", _MID_BOTH),
    **dict.fromkeys("\u055a\u055b\u055c\u055e\u058a\u05f3", _LETTER),  # inside Armenian and Hebrew words
    '"': _DOUBLE_QUOTE,
    "\u202f": _EXTENDER,
    "\u066b": _DIGIT,
    "\u200b": _OTHER,  # zero width space: between words
}
_BLOCKS = {
    _HEBREW: ((0x5D0, 0x5F2), (0xFB1D, 0xFB4F)),
    _HAN: (
        (0x3005, 0x3007),
        (0x3021, 0x303B),
        (0x3100, 0x312F),
        (0x31A0, 0x31BF),
        (0x3400, 0x4DBF),
        (0x4E00, 0x9FFF),
        (0xF900, 0xFAFF),
        (0x20000, 0x3FFFF),
    ),
    _KANA: ((0x3041, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9F), (0x1AFF0, 0x1B16F)),
    # Thai and Lao, Burmese, Khmer and their extensions
    _THAI: ((0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17DD), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F)),
}


class _Classes(dict[int, str | None]):
    """The class of each code point, for `str.translate`; computed on first use."""

    def __missing__(self, code: int) -> str | None:
        self[code] = _class_of(chr(code))
        return self[code]


def _class_of(character: str) -> str | None:
    """Return the class of a character, or None if it belongs to the character before it (WB4)."""
    if character in _MARKS:
        return _MARKS[character]
    category = unicodedata.category(character)
    if category == "Nd":
        return _DIGIT
    if category == "Pc":
        return _EXTENDER
    is_mark = category in ("Mn", "Mc", "Me")
    if is_mark or category == "Nl" or category.startswith("L"):
        for block, ranges in _BLOCKS.items():
            if any(first <= ord(character) <= last for first, last in ranges):
                return block if block == _THAI or not is_mark else None
        return None if is_mark else _LETTER
    return None if category == "Cf" else _OTHER


_CLASSES = _Classes()
# WB5 to WB13b: letters, digits and extenders stay together, and so do two letters or two
# digits with one mark of the right class between them.
_WORD = re.compile("[AHN][AHNE]*+(?:(?:(?<=[AH])[LB](?=[AH])|(?<=N)[MB](?=N)|(?<=H)Q(?=H))[AHNE]*+)*")
# The texts of most locales are pure Latin-1, which is counted nearly three times as fast as bytes.
_LATIN_1 = {code: _class_of(chr(code)) for code in range(256)}
_LATIN_1_CLASSES = bytes(ord(name or _OTHER) for name in _LATIN_1.values())
_LATIN_1_JOINED = bytes(code for code, name in _LATIN_1.items() if name is None)
_RUNS = bytes(ord("A") if chr(code) in (_LETTER, _DIGIT) else ord(_OTHER) for code in range(256))
_JOINT = re.compile(rb"[LBM](?:(?<=A[LB])(?=A)|(?<=N[MB])(?=N))")


def count(text: str) -> int:
    """Return the number of words in `text`, the Markdown of a source or target."""
    text = readable_text(text)
    try:
        classes = text.encode("latin-1").translate(_LATIN_1_CLASSES, _LATIN_1_JOINED)
    except UnicodeEncodeError:
        return _count(text.translate(_CLASSES))
    if b"E" in classes:
        return _count(classes.decode("latin-1"))
    # Without extenders, words are runs of letters and digits, except those joined by a mark.
    runs = (b" " + classes.translate(_RUNS)).count(b" A")
    return runs - len(_JOINT.findall(classes))


def _count(classes: str) -> int:
    """Return the number of words in any script, given the class of each character."""
    words = len(_WORD.findall(classes))
    han, kana, thai = (classes.count(name) for name in (_HAN, _KANA, _THAI))
    if not han and not kana and not thai:
        return words
    unspaced = (han + kana) / (JAPANESE if kana else CHINESE) + thai / THAI
    return words + max(1, int(unspaced + 0.5))
