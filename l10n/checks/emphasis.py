"""Check of emphasis that CommonMark does not open or close.

CommonMark 0.31, section 6.2 (https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis): whether a
run of `*` or `_` may open or close depends on the characters next to it. `今すぐ**「はい」**を` has two runs
of asterisks and shows both, because each has punctuation on its inside and a letter on its outside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from l10n.article.delimiters import Run, pair_up
from l10n.checks.markup import MARKUP_CHECKS
from l10n.checks.pair import Check, Finding, Pair, Severity
from l10n.checks.tokens import Text, read

_OTHERS = tuple(check for check in MARKUP_CHECKS if check.name in ("bold", "bold-space", "italic"))
"""Checks whose findings say more about the same fault."""


def unused_runs(text: Text) -> list[Run]:
    """Return the runs of a text with a character that neither opens nor closes emphasis, so that it shows."""
    if not text.marks:
        return []
    runs = [Run(text.raw, mark.start, mark.end) for mark in text.marks]
    stack: list[Run] = []
    links = sorted((link.text.end, link.text.start) for link in text.links if link.text)
    position = 0
    for end, start in links:  # emphasis inside a link is paired first
        while position < len(runs) and runs[position].start < end:
            stack.append(runs[position])
            position += 1
        inside = []
        while stack and stack[-1].start >= start:
            inside.append(stack.pop())
        pair_up(inside[::-1])
    pair_up([*stack, *runs[position:]])
    return [run for run in runs if run.length]


def _emphasis(pair: Pair) -> Iterator[Finding]:
    """Report marks that show in the target, more than in the source, and that no other check reports."""
    given = unused_runs(read(pair.target))
    left: Counter[str] = Counter()
    for run in unused_runs(read(pair.source)) if given else ():
        left[run.mark] += run.length
    for run in given:
        left[run.mark] -= run.length
        if left[run.mark] < 0 and (run.opens or run.closes or run.mark == "*"):
            if not any(True for check in _OTHERS for _ in check.find(pair)):
                marks = run.mark * run.length
                message = f"{marks} shows, since it is no emphasis here; put a space on its outer side"
                yield Finding(message, run.first, run.first + run.whole)
            return


EMPHASIS_CHECKS = (
    Check(
        "emphasis", Severity.ERROR, "Marks of emphasis next to these characters show as they are.", _emphasis
    ),
)
