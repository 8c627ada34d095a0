"""Count what happens to reviewed messages when the next delivery is extracted.

    python benchmarks/deliveries.py FOLDER [FOLDER ...]

The folders are deliveries of the same articles, the oldest first. After each extract, every message is
marked as reviewed and gets a unique text, as after a complete review. Prints for each delivery the outcomes
of the messages, the number of reviewed texts that no message has any more, and the number of units that
need review although their source was reviewed before.

Then 500 sources of the last delivery are edited by rule, and l10n and `msgmerge --previous` update the same
PO file. Prints how many messages got the translation of the old source, how many of these wrongly count as
reviewed, and the seconds of both.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Container
from pathlib import Path
from typing import NamedTuple

from l10n import extract, parse, po
from l10n.catalogue import Message
from l10n.catalogue.deciding import Outcome
from l10n.finding import ARTICLE_SUFFIXES

EDITED = 500


class Step(NamedTuple):
    """The outcomes of the messages of one delivery."""

    counts: list[int]
    """Messages by outcome."""
    in_doubt: int
    """Units to review in articles that were without their source before; the source is reviewed elsewhere."""
    texts_lost: int
    """Reviewed texts that no message has any more."""
    reviews_lost: int
    """Units to review although their source was in the same article before."""


def main() -> None:
    deliveries = [Path(name).resolve() for name in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        names = [outcome.value for outcome in Outcome]
        print(f"| delivery | {' | '.join(names)} | in doubt | texts lost | reviews lost |")
        print("|---" * (len(names) + 4) + "|")
        for delivery in deliveries:
            step = deliver(delivery, Path("articles"))
            review()
            cells = [*step.counts, step.in_doubt, step.texts_lost, step.reviews_lost]
            print(f"| {delivery.name} | {' | '.join(f'{cell:,}' for cell in cells)} |", flush=True)
        print()
        edited(Path("articles"))


def deliver(delivery: Path, work: Path) -> Step:
    """Copy a delivery over the last one in the folder `work`, and extract it to `locales`."""
    known: dict[str, set[str]] = {}
    texts = set()
    for message in messages():
        texts.add(message.translation)
        if not message.obsolete:
            known.setdefault(message.source, set()).update(place.path for place in message.places)
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(delivery, work)
    for path in [work, *work.rglob("*")]:
        path.chmod(0o755)
    report = extract([work])
    unreviewed = doubt = 0
    for message in messages():
        texts.discard(message.translation)
        if message.source in known and not message.obsolete and not message.is_reviewed:
            here = [place for place in message.places if place.path in known[message.source]]
            unreviewed += len(here)
            doubt += len(message.places) - len(here)
    return Step([report.changes[o].messages for o in Outcome], doubt, len(texts), unreviewed)


def messages() -> list[Message]:
    return [
        m for file in Path("locales").glob("*.po") for m in po.read(file.read_bytes(), file.name).messages
    ]


def review() -> None:
    """Mark every message as reviewed, each with a unique text."""
    for file in Path("locales").glob("*.po"):
        catalogue = po.read(file.read_bytes(), file.name)
        for number, message in enumerate(catalogue.messages):
            if message.obsolete:
                continue
            message.fuzzy, message.previous_source, message.previous_context = False, None, None
            if not message.translation.startswith("#"):
                message.translation = f"#{len(catalogue.messages)}-{number} {message.translation}"
            if message.source.endswith("\n") != message.translation.endswith("\n"):
                message.translation = message.translation.strip("\n") + "\n" * message.source.endswith("\n")
        file.write_bytes(po.write(catalogue))


def replace_word(source: str, dice: random.Random) -> str:
    words = re.findall(r"\b[a-z]{4,}\b", source)
    return re.sub(rf"\b{dice.choice(words)}\b", "replacement", source, count=1) if words else source


def add_word(source: str, dice: random.Random) -> str:
    gaps = [match.start() for match in re.finditer(r"(?<=[a-z]) (?=[a-z])", source)]
    return splice(source, dice.choice(gaps), " certainly") if gaps else source


def remove_clause(source: str, dice: random.Random) -> str:
    head, comma, _ = source.rpartition(", ")
    return head + "." if comma and len(head) > 15 else source


def negate(source: str, dice: random.Random) -> str:
    return re.sub(r"\b(is|are|can|will|must|do|does|to)\b", r"\1 not", source, count=1)


def splice(text: str, offset: int, what: str) -> str:
    return text[:offset] + what + text[offset:]


RULES: dict[str, Callable[[str, random.Random], str]] = {
    "word replaced": replace_word,
    "word added": add_word,
    "clause removed": remove_clause,
    "negation added": negate,
}


def edited(work: Path) -> None:
    (file,) = Path("locales").glob("*.po")
    before: dict[str, set[str]] = {}
    for message in po.read(file.read_bytes(), file.name).messages:
        if not message.obsolete:
            before.setdefault(message.source, set()).add(message.translation)
    changes = edit_articles(work, before)
    shutil.copytree("locales", "old")
    tool = [sys.executable, "-m", "l10n", "extract", "articles", "--json"]
    own = seconds(tool)
    seconds([*tool, "-o", "fresh"])
    peer = seconds(
        [
            "msgmerge",
            "--previous",
            "--no-wrap",
            "-q",
            "-o",
            "merged.po",
            f"old/{file.name}",
            f"fresh/{file.name}",
        ]
    )
    print("| edit | messages | l10n: right | wrongly reviewed | msgmerge: right | wrongly reviewed |")
    print("|---|--:|--:|--:|--:|--:|")
    results = [active(file), active(Path("merged.po"))]
    for rule in RULES:
        cells = [sum(by == rule for by, _ in changes.values())]
        for result in results:
            right = reviewed = 0
            for new, (by, old) in changes.items():
                if by == rule:
                    has_old = result[new].translation in before[old]
                    right += has_old and result[new].previous_source == old
                    reviewed += has_old and result[new].is_reviewed
            cells += [right, reviewed]
        print(f"| {rule} | {' | '.join(map(str, cells))} |")
    print(f"\nl10n extract {own:.2f} s, msgmerge --previous {peer:.2f} s: {own / peer:.3f} of its time")


def edit_articles(work: Path, known: Container[str]) -> dict[str, tuple[str, str]]:
    """Edit sources in the articles; return the rule and the old source of each new source."""
    dice = random.Random(7)
    changes: dict[str, tuple[str, str]] = {}
    paths = [path for path in sorted(work.rglob("*")) if path.suffix in ARTICLE_SUFFIXES]
    dice.shuffle(paths)
    for path in paths:
        if len(changes) == EDITED:
            break
        article = parse(path.read_bytes(), str(path))
        if article.metadata.contentlocale is None:
            continue
        text = article.text
        for unit in reversed(article.units):
            if dice.random() > 0.2 or len(changes) == EDITED or len(unit.source) < 20:
                continue
            rule = list(RULES)[len(changes) % len(RULES)]
            new = RULES[rule](unit.source, dice)
            if new == unit.source or new in known or new in changes or "<" in new + unit.source:
                continue
            changes[new] = rule, unit.source
            text = splice(text[: unit.source_start] + text[unit.source_end :], unit.source_start, new)
            if dice.random() < 0.5:  # with a new machine translation, too
                text = splice(text, unit.target_end, " (ny)")
        path.write_bytes(text.encode())
    return changes


def active(file: Path) -> dict[str, Message]:
    return {m.source: m for m in po.read(file.read_bytes(), file.name).messages if not m.obsolete}


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
