"""What both languages have in common: code, destinations, numbers, names; and the length of a text.

Law 5: each expression reads a character a bounded number of times.
"""

from __future__ import annotations

import re

from l10n.markdown import SpanKind
from l10n.plain.masking import ANCHOR, DESTINATION, SPACE, TAG, URL, Masked

_NAME = re.compile(r"(?<![A-Za-z0-9_-])(?=[a-z_-]*+[A-Z0-9])[A-Za-z0-9_-]+(?:[.,][A-Za-z0-9_-]+)*", re.ASCII)
_WORD = re.compile(r"[A-Za-z0-9_-]+(?:[.,][A-Za-z0-9_-]+)*", re.ASCII)
_WEIGHTLESS = re.compile(rf"[\s{DESTINATION}{URL}{TAG}{SPACE}{ANCHOR}*_]+")
# Scripts that say more with a character: 2.95, 2.2 and 1.6 English ones.
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_KANA = re.compile(r"[\u3040-\u30ff]+")
_TOKEN_KINDS = frozenset((SpanKind.CODE, SpanKind.DESTINATION, SpanKind.URL, SpanKind.AUTOLINK))
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LETTER = re.compile(r"[^\W\d_]")


def weight(masked: str) -> float:
    """Return the length of a masked text in English characters, without markup."""
    text = _WEIGHTLESS.sub("", masked)
    length = float(len(text))
    if text.isascii():
        return length
    length += 1.95 * sum(map(len, _HAN.findall(text)))
    length += 1.2 * sum(map(len, _HANGUL.findall(text)))
    return length + 0.6 * sum(map(len, _KANA.findall(text)))


def is_latin(text: str) -> bool:
    """Return True if most letters of the beginning of `text` are Latin."""
    sample = text[:20_000]
    return len(_LATIN.findall(sample)) * 2 > len(_LETTER.findall(sample))


def tokens(text: str, masked: Masked, *, only_names: bool) -> list[tuple[int, str]]:
    """Return what a translator keeps of a text, with its offset: code, destinations, numbers and names.

    `only_names`: leave out words in lower case, which in a target in Latin letters are mostly its own.
    """
    pattern = _NAME if only_names else _WORD
    found = [(match.start(), match[0]) for match in pattern.finditer(masked.text)]
    if masked.spans:
        found += [
            (span.start, text[slice(*span.inner)].strip())
            for span in masked.spans
            if span.kind in _TOKEN_KINDS
        ]
        found.sort()
    return found
