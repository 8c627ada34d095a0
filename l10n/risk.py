"""The risk of a message: how likely a person will change its translation.

Errors of the checks come first. For the other messages, a model of the locale's human translations decides:
the less a translation reads like them, the sooner a person should read it. The model is learned from the
reviewed messages at hand; it needs no labels and no other files. With too few of them, the checks decide.

The result depends on the set of messages only, not on their order. Law 5: the model reads a limited number of
characters, so its time and memory are limited, too.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from l10n.catalogue import Message, fingerprint
from l10n.checks import Severity
from l10n.checks.message_checks import MessageChecks

LEAST = 40_000
"""The fewest characters of human translations that a model is learned from (see `benchmarks/risk.py`)."""
_MOST = 1_000_000
"""The most characters that a model is learned from."""
_READ = 2_000
"""Characters of a text that are learned or measured; a sentence has about a hundred."""
_REMEMBERED = 1_000_000
"""The most sequences whose bits, and the most whose probabilities are remembered."""
_LENGTH = 6
"""Characters of a sequence: each character is predicted from the five before it."""
_START, _END = "\x02", "\x03"
_SOURCE_WEIGHT = 0.5
"""The share of its source's bits that a translation may have: rare names are no fault."""
_COPIED_WEIGHT = 0.5
"""People rarely change words that are the same in both languages."""
_CERTAIN, _WARNED, _UNKNOWN, _DONE = 1.0, 2 / 3, 1 / 3, 0.0


class CharacterModel:
    """A model of texts: the bits of a text say how little it resembles those that the model knows.

    Sequences of up to six characters are counted, and shorter ones by the number of characters that
    precede them (Kneser and Ney 1995), interpolated as by Witten and Bell (1991).
    """

    def __init__(self, texts: Iterable[str]) -> None:
        """Learn from distinct `texts`."""
        self._counts: dict[str, int] = {}
        self._totals: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()
        counts = Counter(sequence for text in texts for sequence in _sequences(text))
        for _ in range(_LENGTH):
            shorter: Counter[str] = Counter()
            for sequence, count in counts.items():
                self._totals[sequence[:-1]] += count
                self._kinds[sequence[:-1]] += 1
                shorter[sequence[1:]] += 1
            self._counts |= counts
            counts = shorter
        self._characters = self._kinds[""] + 1
        self._bits: dict[str, float] = {}
        self._shorter: dict[str, float] = {}

    def bits(self, text: str) -> float:
        """Return the information of a text in bits."""
        known = self._bits.get
        return math.fsum([known(sequence) or self._bits_of(sequence) for sequence in _sequences(text)])

    def _bits_of(self, sequence: str) -> float:
        """Return the information of the last character of a sequence, and remember it."""
        bits = -math.log2(self._probability(sequence))
        if len(self._bits) < _REMEMBERED:
            self._bits[sequence] = bits
        return bits

    def _probability(self, sequence: str) -> float:
        """Return the probability of the last character of a sequence after the others."""
        rest = sequence[1:]
        shorter = self._shorter.get(rest)
        if shorter is None:
            shorter = self._probability(rest) if rest else 1 / self._characters
            if len(self._shorter) < _REMEMBERED:
                self._shorter[rest] = shorter
        before = sequence[:-1]
        total = self._totals.get(before)
        if not total:
            return shorter
        kinds = self._kinds[before]
        return (self._counts.get(sequence, 0) + kinds * shorter) / (total + kinds)


class RiskModel:
    """The model of a locale: its human translations, and the sources at hand."""

    def __init__(self, human: Iterable[str], sources: Iterable[str]) -> None:
        """Learn from human translations, and from the sources of all messages."""
        self._targets = CharacterModel(_sample(human))
        self._sources = CharacterModel(_sample(sources))

    def score(self, source: str, target: str) -> float:
        """Return a number that is higher the more likely a person will change a translation."""
        bits = self._targets.bits(target) - _SOURCE_WEIGHT * self._sources.bits(source)
        words, known = target[:_READ].split(), set(source[:_READ].split())
        copied = sum(word in known for word in words) / (len(words) or 1)
        # Rounded, so that no computer's last digit changes the order.
        return round(bits / (len(source[:_READ]) + 1) - _COPIED_WEIGHT * copied, 6)


def model_of(messages: Iterable[Message]) -> RiskModel | None:
    """Return the model of messages of a locale; None if too few of them are reviewed."""
    active = [message for message in messages if not message.obsolete]
    human = (message.translation for message in active if message.is_reviewed)
    return learned(human, (message.source for message in active))


def learned(human: Iterable[str], sources: Iterable[str]) -> RiskModel | None:
    """Return the model of human translations and of sources; None if there is too little human text."""
    texts = set(human)
    return RiskModel(texts, sources) if sum(len(text[:_READ]) for text in texts) >= LEAST else None


def risks(
    messages: Sequence[Message], locale: str, checks: MessageChecks, model: RiskModel | None
) -> list[float]:
    """Return the risk of each message, as `rated` does, from the findings of `checks` and a model."""
    severities = [checks.worst(message, locale) for message in messages]
    scores = [score_of(*one, model) for one in zip(messages, severities, strict=True)]
    return rated(messages, severities, scores)


def score_of(message: Message, worst: Severity | None, model: RiskModel | None) -> float | None:
    """Return the model's score of a message; None if its risk needs none, or without a model."""
    if model is None or message.obsolete or not message.fuzzy or _is_certain(message, worst):
        return None
    return model.score(message.source, message.translation)


def rated(
    messages: Sequence[Message], severities: Iterable[Severity | None], scores: Sequence[float | None]
) -> list[float]:
    """Return the risk of each message, from 0 to 1, by its worst finding and its score.

    A message with an error, or without a translation, has 1; another reviewed or obsolete one has 0. The risk
    of a message to review is the share of messages to review that are safer. Without a score, a warning
    is two thirds, and everything else one third.
    """
    ordered = sorted(score for score in scores if score is not None)
    found: list[float] = []
    for message, worst, score in zip(messages, severities, scores, strict=True):
        if message.obsolete:
            found.append(_DONE)
        elif _is_certain(message, worst):
            found.append(_CERTAIN)
        elif score is not None:
            found.append((bisect_left(ordered, score) + bisect_right(ordered, score)) / 2 / len(ordered))
        else:
            waiting = _WARNED if worst is Severity.WARNING else _UNKNOWN
            found.append(waiting if message.fuzzy else _DONE)
    return found


def _is_certain(message: Message, worst: Severity | None) -> bool:
    return worst is Severity.ERROR or not message.translation


def _sequences(text: str) -> list[str]:
    padded = _START * (_LENGTH - 1) + text[:_READ] + _END
    return [padded[start : start + _LENGTH] for start in range(len(padded) - _LENGTH + 1)]


def _sample(texts: Iterable[str]) -> list[str]:
    """Return distinct texts with at most `_MOST` characters, chosen by their fingerprints."""
    distinct = {text[:_READ] for text in texts}
    chosen: list[str] = []
    room = _MOST
    for text in sorted(distinct, key=lambda text: (fingerprint(text), text)):
        room -= len(text)
        if room < 0:
            break
        chosen.append(text)
    return chosen
