"""Measure the effect of each matcher by switching them off one at a time.

    python benchmarks/matching.py DELIVERY [DELIVERY ...] [--tests]

The folders are deliveries of the same articles, the oldest first. After each delivery, a third of the
messages is rewritten and a third approved, chosen by a hash of source and context. Prints the outcomes of the
messages without each matcher, and with `--tests` the tests that fail without it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from l10n.catalogue import Message, Segment, fingerprint, matching
from l10n.catalogue.deciding import Outcome
from l10n.catalogue.update import update
from l10n.files import Root
from l10n.inputs import articles_in
from l10n.jobs.read_article import Reader, Reading

TESTS = [
    f"tests/{name}.py"
    for name in ("unit/test_catalogue", "property/test_catalogue", "property/test_fixed_point")
]
SWITCH = "L10N_WITHOUT_MATCHER"
"""The environment variable that names the matcher to run the tests without."""


def main() -> None:
    folders = [Path(name).resolve() for name in sys.argv[1:] if name != "--tests"]
    deliveries = [read(folder) for folder in folders]
    names = [outcome.value for outcome in Outcome]
    print(f"| without | {' | '.join(names)} | in doubt | texts lost | reviews lost |")
    print("|---" + "|--:" * (len(names) + 3) + "|")
    for name in ("", *(matcher.__name__ for matcher in matching.MATCHERS)):
        with without(name):
            cells = figures(deliveries)
        print(f"| {name or 'none'} | {' | '.join(f'{cell:,}' for cell in cells)} |", flush=True)
    if "--tests" in sys.argv:
        for matcher in matching.MATCHERS:
            print(f"\n{matcher.__name__}:")
            print(*failing_tests(matcher.__name__), sep="\n", flush=True)


def read(folder: Path) -> list[Segment]:
    """Return the segments of a delivery."""
    root = Root.at(folder)
    reader = Reader(root, None, None)
    found = []
    for reference in sorted(articles_in(root, ".", lambda error: None)):
        (made,) = reader.run([reference], [reader.load(reference)])
        found += Reading.from_bytes(made.result).records()
    return found


@contextmanager
def without(name: str) -> Iterator[None]:
    """Switch a matcher off, for updates and for merges."""
    everything, exact = matching.MATCHERS, matching.EXACT
    matching.MATCHERS = tuple(one for one in everything if one.__name__ != name)
    matching.EXACT = tuple(one for one in exact if one.__name__ != name)
    try:
        yield
    finally:
        matching.MATCHERS, matching.EXACT = everything, exact


def figures(deliveries: Sequence[Sequence[Segment]]) -> list[int]:
    """Return the outcomes of the messages and what was lost, summed over all deliveries."""
    messages: list[Message] = []
    outcomes: Counter[Outcome] = Counter()
    in_doubt = texts_lost = reviews_lost = 0
    for delivery in deliveries:
        texts = {(m.source, m.translation) for m in messages if m.translation and not m.fuzzy}
        reviewed = {(m.source, place.path) for m in messages if m.is_reviewed for place in m.places}
        sources = {source for source, _ in reviewed}
        result = update(messages, delivery, lambda path: True, covers_all=True)
        messages = result.messages
        outcomes.update(change.outcome for change in result.changes)
        texts_lost += len(texts - {(m.source, m.translation) for m in messages})
        for message in messages:
            if message.source in sources and not message.obsolete and not message.is_reviewed:
                here = sum((message.source, place.path) in reviewed for place in message.places)
                reviews_lost += here
                in_doubt += len(message.places) - here
        review(messages)
    return [*(outcomes[outcome] for outcome in Outcome), in_doubt, texts_lost, reviews_lost]


def review(messages: Sequence[Message]) -> None:
    """Rewrite a third of the messages, and approve a third."""
    for message in messages:
        chance = int(fingerprint(f"{message.source}|{message.context}"), 16) % 3
        if message.obsolete or chance == 0:
            continue
        message.fuzzy, message.previous_source, message.previous_context = False, None, None
        if chance == 1 and not message.translation.startswith("# "):
            message.translation = f"# {message.translation}"


def failing_tests(name: str) -> list[str]:
    """Return the tests that fail without a matcher."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "benchmarks.matching", *TESTS]
    environment = os.environ | {SWITCH: name, "CI": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return re.findall(r"^FAILED (\S+)", done.stdout, re.MULTILINE)


def pytest_configure(config: pytest.Config) -> None:
    """Run pytest without the matcher that the environment names."""
    if name := os.environ.get(SWITCH):
        stack = ExitStack()
        stack.enter_context(without(name))
        config.add_cleanup(stack.close)


if __name__ == "__main__":
    main()
