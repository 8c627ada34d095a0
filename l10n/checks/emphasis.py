"""Emphasis that CommonMark does not open or close, by its own rules.

CommonMark 0.31, section 6.2 (https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis): whether a
run of `*` or `_` may open or close depends on the characters beside it. `今すぐ**「はい」**を` has two runs
of asterisks and shows both, because each has punctuation inside and a letter outside.

Law 5, no input makes time explode: `_pair_up` is the standard's algorithm with its `openers_bottom`, which
looks at each run a bounded number of times.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from l10n.checks.markup import MARKUP_CHECKS
from l10n.checks.pair import Check, Finding, Pair, Severity
from l10n.checks.tokens import Text, read

_RUN = re.compile(r"\*++|_++")
_OTHERS = tuple(check for check in MARKUP_CHECKS if check.name in ("bold", "bold-space", "italic"))
"""Checks that say more of the same fault."""


@dataclass(slots=True)
class Run:
    """A run of `*` or `_` that may open or close emphasis."""

    mark: str
    start: int
    length: int
    """How many of its characters are not yet used."""
    whole: int
    """How many characters it had at first."""
    opens: bool
    closes: bool


def unused_runs(text: Text) -> list[Run]:
    """The runs of a text of which at least one character opens and closes nothing, so shows."""
    runs = _runs(text)
    left: list[Run] = []
    stack: list[Run] = []
    links = sorted((link.text.end, link.text.start) for link in text.links if link.text)
    position = 0
    for end, start in links:  # emphasis inside of a link is paired before what is around it
        while position < len(runs) and runs[position].start < end:
            stack.append(runs[position])
            position += 1
        inside = []
        while stack and stack[-1].start >= start:
            inside.append(stack.pop())
        left += _pair_up(inside[::-1])
    left += _pair_up([*stack, *runs[position:]])
    return sorted(left, key=lambda run: run.start)


def _runs(text: Text) -> list[Run]:
    escaped = {token.end - 1 for token in text.escapes}
    raw = text.raw
    found = []
    for match in _RUN.finditer(text.prose):
        start, end = match.span()
        start += start in escaped
        if start < end:
            opens, closes = _flanks(raw[start], raw[start - 1 : start] or " ", raw[end : end + 1] or " ")
            found.append(Run(raw[start], start, end - start, end - start, opens, closes))
    return found


def _flanks(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a run between two characters may open, and whether it may close."""
    left = not _is_space(after) and (not _is_sign(after) or _is_space(before) or _is_sign(before))
    right = not _is_space(before) and (not _is_sign(before) or _is_space(after) or _is_sign(after))
    if mark == "*":
        return left, right
    return left and (not right or _is_sign(before)), right and (not left or _is_sign(after))


def _is_space(character: str) -> bool:
    return character in "\t\n\f\r" or unicodedata.category(character) == "Zs"


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _pair_up(runs: list[Run]) -> list[Run]:
    """Use up the characters of openers and closers; returns the runs that have some left."""
    openers: list[Run] = []
    bottom: dict[tuple[str, bool, int], int] = {}
    left: list[Run] = []
    for closer in runs:
        while closer.closes and closer.length:
            key = (closer.mark, closer.opens, closer.whole % 3)
            lowest = bottom.get(key, -1)
            index = len(openers) - 1
            while index >= 0 and openers[index].start > lowest and not _match(openers[index], closer):
                index -= 1
            if index < 0 or openers[index].start <= lowest:
                bottom[key] = openers[-1].start if openers else -1
                break
            left += [run for run in openers[index + 1 :] if run.length]
            del openers[index + 1 :]
            used = 2 if openers[index].length >= 2 and closer.length >= 2 else 1
            openers[index].length -= used
            closer.length -= used
            if not openers[index].length:
                openers.pop()
        if closer.length and closer.opens:
            openers.append(closer)
        elif closer.length:
            left.append(closer)
    return [*left, *openers]


def _match(opener: Run, closer: Run) -> bool:
    if opener.mark != closer.mark:
        return False
    # "the multiple of 3 rule", for runs that may do both
    both = opener.closes or closer.opens
    return not (both and (opener.whole + closer.whole) % 3 == 0 and (opener.whole % 3 or closer.whole % 3))


def _emphasis(pair: Pair) -> Iterator[Finding]:
    """Marks that show in the target, more than in the source, and that no other check speaks of."""
    if "*" not in pair.target and "_" not in pair.target:
        return
    given = unused_runs(read(pair.target))
    if not given:
        return
    wanted: Counter[str] = Counter()
    for run in unused_runs(read(pair.source)):
        wanted[run.mark] += run.length
    shown: Counter[str] = Counter()
    for run in given:
        shown[run.mark] += run.length
        if shown[run.mark] > wanted[run.mark] and (run.opens or run.closes or run.mark == "*"):
            if not any(True for check in _OTHERS for _ in check.find(pair)):
                marks = run.mark * run.length
                message = f"{marks} opens or closes nothing here by the rules of Markdown, so it shows"
                yield Finding(message, run.start, run.start + run.whole)
            return


EMPHASIS_CHECKS = (
    Check(
        "emphasis", Severity.ERROR, "Marks of emphasis beside these characters show as they are.", _emphasis
    ),
)
