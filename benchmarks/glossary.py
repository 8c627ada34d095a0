"""Measure the glossary checks, with a glossary made from the articles themselves.

    python benchmarks/glossary.py CORPUS

CORPUS has `NAME/annotated`. For each set, all units are checked for the names that `l10n terms` proposes as
not to be translated. Then, in at most a thousand human translations (fixed seed), one name is replaced by
another word, and in as many one is deleted, and these are checked again.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from l10n import L10nError, parse
from l10n.checks.pair import Check, Pair
from l10n.checks.terms import glossary_checks
from l10n.commands.terms import glossary_csv
from l10n.finding import ARTICLE_SUFFIXES
from l10n.glossary import read_glossary
from l10n.glossary.candidates import candidates
from l10n.glossary.names import name_entries
from l10n.glossary.termsearch import TermEntry, TermSearch, longest
from l10n.locales import gettext_name

PLANTED = 1_000
WRONG = "Utveksling"


class Unit(NamedTuple):
    """A unit and its translator, a person or a machine."""

    pair: Pair
    human: bool


def units_of(folder: Path) -> list[Unit]:
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix not in ARTICLE_SUFFIXES:
            continue
        try:
            article = parse(path.read_bytes(), path.name)
            locale = gettext_name(article.metadata.contentlocale or "")
        except (L10nError, ValueError):
            continue
        for unit in article.units:
            pair = Pair(unit.source, unit.target, unit.kind.value, locale)
            found.append(Unit(pair, article.metadata.is_human))
    return found


def has_findings(checks: Sequence[Check], pair: Pair) -> bool:
    return any(True for check in checks for _ in check.find(pair))


def planted(pairs: list[Pair], names: list[str], checks: Sequence[Check], wrong: str) -> str:
    """Return the number of planted faults, and the shares found at all and as an error."""
    dice = random.Random(7)
    search = TermSearch([TermEntry(name, case=True) for name in names])
    count = found = errors = 0
    for pair in pairs:
        there = longest(search.find(pair.source))
        if not there or has_findings(checks, pair):
            continue
        targets = TermSearch(name_entries(names[dice.choice(there).entry])).find(pair.target)
        if not targets:
            continue
        place = dice.choice(longest(targets))
        broken = pair.target[: place.start] + wrong + pair.target[place.end :]
        fault = Pair(pair.source, broken, pair.kind, pair.locale)
        count += 1
        found += has_findings(checks, fault)
        errors += has_findings(checks[:1], fault)
        if count == PLANTED:
            break
    return f"{count:,}: {found / max(1, count):.1%} ({errors / max(1, count):.1%})"


def main(corpus: Path) -> None:
    print("| set | units | human | names | lost, all units | lost, human | translated | deleted | seconds |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for folder in sorted(corpus.glob("*/annotated")):
        units = units_of(folder)
        if not units:
            continue
        locale = units[0].pair.locale
        proposed = candidates(Counter((u.pair.source, u.pair.target) for u in units), locale)
        checks = glossary_checks(read_glossary(glossary_csv(proposed), "glossary.csv"))[:2]
        start = time.process_time()
        lost = [unit.human for unit in units if has_findings(checks[:1], unit.pair)]
        seconds = time.process_time() - start
        human = sorted(
            {unit.pair for unit in units if unit.human}, key=lambda p: (p.source, p.target, p.kind)
        )
        random.Random(7).shuffle(human)
        names = [candidate.name for candidate in proposed if candidate.is_name]
        by_humans = sum(unit.human for unit in units)
        faults = " | ".join(planted(human, names, checks, wrong) for wrong in (WRONG, ""))
        print(
            f"| {folder.parent.name} | {len(units):,} | {by_humans:,} | {len(names)} "
            f"| {len(lost) / len(units):.2%} | {sum(lost) / max(1, by_humans):.2%} "
            f"| {faults} | {seconds:.1f} |"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
