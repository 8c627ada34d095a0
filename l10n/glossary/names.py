"""Count names in a target, whatever their inflection and the words attached to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain, product

from l10n.glossary.termsearch import Form, TermEntry, TermMatch

_MOST_WORDS = 6


def name_entries(name: str) -> list[TermEntry]:
    """Return the search entries for a name: in any case, also without its spaces, as in Japanese."""
    words = name.split()
    gaps = product(*[(" ", "")] * (len(words) - 1)) if len(words) <= _MOST_WORDS else [" " * len(words)]
    texts = ["".join(chain.from_iterable(zip(words, (*gap, ""), strict=False))) for gap in gaps]
    return [TermEntry(text, Form.SUFFIXED) for text in texts]


def kept_names(matches: Iterable[TermMatch], needed: Mapping[int, int], target: str) -> Counter[int]:
    """Return how often each of the `needed` names occurs in `target`, given the `matches` in it.

    No more than needed are counted, the longest names first, and no letter is counted twice: the Exchange of
    an Exchange Online counts only if Exchange Online occurs more often than needed.
    """
    kept: Counter[int] = Counter()
    taken = bytearray(len(target))
    mine = [match for match in matches if match.entry in needed]
    for start, end, name in sorted(mine, key=lambda m: (m.start - m.end, m.start, m.entry)):
        if kept[name] < needed[name] and not any(taken[start:end]):
            kept[name] += 1
            taken[start:end] = b"\1" * (end - start)
    return kept
