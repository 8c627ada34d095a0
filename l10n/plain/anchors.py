"""What both languages have in common: code, destinations, numbers, names; and the length of a text.

Law 5: each expression reads a character a bounded number of times.
"""

from __future__ import annotations

import re

from l10n.markdown import SpanKind
from l10n.plain.masking import ANCHOR, DESTINATION, SPACE, TAG, URL, Masked

_WORD = re.compile(r"[A-Za-z0-9_-]+(?:[.,][A-Za-z0-9_-]+)*", re.ASCII)
_WEIGHTLESS = re.compile(rf"[\s{DESTINATION}{URL}{TAG}{SPACE}{ANCHOR}*_]+")
# Scripts that say more with a character: 2.95, 2.2 and 1.6 English ones.
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_KANA = re.compile(r"[\u3040-\u30ff]+")
_TOKEN_KINDS = frozenset((SpanKind.CODE, SpanKind.DESTINATION, SpanKind.URL, SpanKind.AUTOLINK))


def weight(masked: str) -> float:
    """Return the length of a masked text in English characters, without markup.

    Pairing without the lengths has wrong pairs (3, 4 and 3 instead of none in the corpora with English).
    """
    text = _WEIGHTLESS.sub("", masked)
    length = float(len(text))
    if text.isascii():
        return length
    length += 1.95 * sum(map(len, _HAN.findall(text)))
    length += 1.2 * sum(map(len, _HANGUL.findall(text)))
    return length + 0.6 * sum(map(len, _KANA.findall(text)))


def tokens(text: str, masked: Masked) -> list[tuple[int, str]]:
    """Return what a translator keeps of a text, with its offset: code, destinations, numbers, ASCII words."""
    found = [(match.start(), match[0]) for match in _WORD.finditer(masked.text)]
    if masked.spans:
        found += [
            (span.start, text[slice(*span.inner)].strip())
            for span in masked.spans
            if span.kind in _TOKEN_KINDS
        ]
        found.sort()
    return found
