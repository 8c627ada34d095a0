"""Custom rules: regular expressions for source and target, from the settings.

Law 5, input is hostile: settings may come from anyone, and Python's `re` cannot be interrupted. To keep the
time linear, `*`, `+` and `{n,}` match at most `_REACH` repetitions, and the ways in which an expression can
match from one place are counted before it is used; an expression with too many is refused. So are back
references, whose ways cannot be counted, and atomic groups, which Python 3.11.2 matches wrongly.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import Any

from l10n.checks.pair import Check, Finding, Pair, Severity
from l10n.limits import RULE_CHARACTERS

_REACH = 100
_MOST_WAYS = 20_000
_LONGEST_EXPRESSION = 1_000
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ONE_WAY = frozenset(["LITERAL", "NOT_LITERAL", "ANY", "IN", "AT", "RANGE", "CATEGORY", "FAILURE"])
_NEVER = {
    "GROUPREF": "a back reference",
    "GROUPREF_EXISTS": "a conditional group",
    "ATOMIC_GROUP": "an atomic group",
    "POSSESSIVE_REPEAT": "a possessive quantifier",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A custom rule of the settings."""

    name: str
    """Lower-case words joined by `-`."""
    source: str
    """The expression that a source must match for the rule to apply; an empty one matches all."""
    target: str
    """The expression that matches the fault in the target."""
    message: str
    severity: Severity = Severity.WARNING


def rule_check(rule: Rule) -> Check:
    """Return the check of a rule; raises ValueError if its name or an expression cannot be used."""
    if not _NAME.fullmatch(rule.name):
        raise ValueError(f"{rule.name!r} is not a valid name; use lower-case words joined by -")
    for expression in (rule.source, rule.target):
        _safe(expression)
    return Check(rule.name, rule.severity, rule.message, partial(_find, rule))


def _find(rule: Rule, pair: Pair) -> Iterator[Finding]:
    if max(len(pair.source), len(pair.target)) > RULE_CHARACTERS:
        yield Finding(f"not checked: the text is longer than {RULE_CHARACTERS} characters; check it yourself")
    elif _safe(rule.source).search(pair.source) and (match := _safe(rule.target).search(pair.target)):
        yield Finding(rule.message, *match.span())


@cache
def _safe(expression: str) -> re.Pattern[str]:
    """Compile an expression that matches in time linear in the text; raises ValueError if it does not."""
    if len(expression) > _LONGEST_EXPRESSION:
        raise ValueError(f"the expression is longer than {_LONGEST_EXPRESSION} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what other versions of Python read differently
            tree = _parser.parse(expression)
            ways = _bounded_ways(tree, is_whole=True)
            if ways > _MOST_WAYS:
                raise ValueError(
                    f"the expression {expression!r} can match in too many ways, which takes too long: "
                    "use fewer * and +, do not nest them, or write {0,9}"
                )
            compiled: re.Pattern[str] = _compiler.compile(tree, tree.state.flags)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"the expression {expression!r} cannot be read: {error}") from None
    return compiled


def _bounded_ways(items: Iterable[Any], *, is_whole: bool = False) -> int:
    """Count the ways in which a sequence can match from one place, and bound its repetitions in place.

    At the end of a whole expression nothing can fail any more, so a repeated character has one way.
    """
    ways = 1
    sequence: Any = items
    for index, (operation, argument) in enumerate(sequence):
        name = str(operation)
        if name in _NEVER:
            raise ValueError(f"{_NEVER[name]} cannot be used in a rule")
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, item = argument
            most = min(most, max(least, _REACH))
            sequence[index] = (operation, (least, most, item))
            inner = _bounded_ways(item)
            if inner > 1 or not (is_whole and index == len(sequence) - 1):
                ways *= _repeated_ways(inner, least, most)
            else:
                ways *= max(1, least)
        elif name == "SUBPATTERN":
            ways *= _bounded_ways(argument[-1])
        elif name == "BRANCH":
            ways *= sum(_bounded_ways(branch) for branch in argument[1])
        elif name in ("ASSERT", "ASSERT_NOT"):
            ways *= _bounded_ways(argument[1])
        elif name not in _ONE_WAY:
            raise ValueError(f"{name.lower()} cannot be used in a rule")
        if ways > _MOST_WAYS:
            return _MOST_WAYS + 1
    return ways


def _repeated_ways(ways: int, least: int, most: int) -> int:
    """Count the ways of a repeated item, which has `ways` by itself."""
    if ways == 1:
        return max(least, most - least + 1)
    total, product = 0, ways ** min(least, 32)
    for _ in range(most - least + 1):
        total += product
        product *= ways
        if total > _MOST_WAYS:
            break
    return total
