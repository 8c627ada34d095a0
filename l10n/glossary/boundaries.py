"""Word boundaries, in scripts with spaces between words and in scripts without.

After UAX #29 (word boundaries), with three differences that a search for terms needs:

- an apostrophe ends a word, since suffixes and elided articles are separated by one ("Exchange'in",
  "l'Exchange");
- a change of script ends it ("ExchangeのPowerShell", "وExchange", "Exchange에서");
- between characters of a script without spaces (Han, kana, Thai, Lao, Khmer, Burmese) every position may be a
  boundary, since only a dictionary would know.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, name

_UNSPACED = {"CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "BOPOMOFO", "THAI", "LAO", "KHMER", "MYANMAR"}
_ANY = "ANY"

# Between letters these belong to the word ("asp.net", "my_name"); an emphasis has a _ on one side.
_INSIDE = "._"
# A sign at the edge of a term joins letters as a digit does.
_SIGN = "0"

# Letters that Arabic and Hebrew prefix to a word: and, so, in, for, like, the, from, that.
_PREFIX_LETTERS = {"ARABIC": frozenset("وفبلكاسـ"), "HEBREW": frozenset("והבלמשכ")}
_LONGEST_PREFIX = 4


@lru_cache(maxsize=1 << 16)
def script(char: str) -> str:
    """Return the script of a character used in words, as its Unicode name begins; otherwise "".

    Digits and marks that combine with all letters have no script and return `ANY`.
    """
    if char.isdigit():
        return _ANY
    if category(char)[0] not in "LM":
        return ""
    first = name(char, _ANY).replace("-", " ").split()[0]
    return _ANY if first == "COMBINING" else first


@lru_cache(maxsize=1 << 16)
def _is_mark(char: str) -> bool:
    return category(char).startswith("M")


def is_unspaced(char: str) -> bool:
    """Return True if the script of `char` has no spaces between words."""
    return script(char) in _UNSPACED


def is_joined(before: str, after: str) -> bool:
    """Return True if a word continues between two neighbouring characters."""
    if _is_mark(after):
        return True
    first, second = script(before), script(after)
    if not first or not second or first in _UNSPACED or second in _UNSPACED:
        return False
    return first == second or _ANY in (first, second)


def begins_word(text: str, start: int) -> bool:
    """Return True if a word may begin at `start` of a folded text; a sign counts as a letter (".net")."""
    if start == 0:
        return True
    if is_joined(text[start - 1], text[start] if script(text[start]) else _SIGN):
        return False
    return not (start > 1 and text[start - 1] in _INSIDE and is_joined(text[start - 2], text[start]))


def ends_word(text: str, end: int) -> bool:
    """Return True if a word may end at `end` of a folded text; a sign counts as a letter ("c#")."""
    if end == len(text):
        return True
    if is_joined(text[end - 1] if script(text[end - 1]) else _SIGN, text[end]):
        return False
    return not (text[end] in _INSIDE and end + 1 < len(text) and is_joined(text[end - 1], text[end + 1]))


def begins_after_prefix(text: str, start: int) -> bool:
    """Return True if only letters that Arabic or Hebrew prefixes to a word precede `start` in its word."""
    letters = _PREFIX_LETTERS.get(script(text[start]))
    if letters is None:
        return False
    position = start
    while position and start - position < _LONGEST_PREFIX and text[position - 1] in letters:
        position -= 1
    return position < start and begins_word(text, position)
