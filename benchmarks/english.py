"""Measure the effect of the English files: proved articles, translated strings, exact forms, and time.

    python benchmarks/english.py CORPUS

CORPUS has a folder for each set of articles: `NAME/annotated`, `NAME/english` (the English articles at the
commit that was translated) and `NAME/plain` (the publisher's localized articles). Prints Markdown tables,
and then the articles whose localized form differs from the publisher's. Time is CPU time of whole
processes, the least of several runs.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from l10n import Article, parse
from l10n.article.frontmatter import body_start
from l10n.article.publisher import source_edits
from l10n.english.bare_units import with_bare_units
from l10n.english.english import English
from l10n.english.lookups import EnglishCount, summed
from l10n.english.plain_units import with_sources
from l10n.finding import ARTICLE_SUFFIXES

RUNS = 5
_WORD = re.compile(r"[^\W_]+")


def main() -> None:
    corpus = Path(sys.argv[1]).resolve()
    sets = sorted(path.parent for path in corpus.glob("*/english") if path.is_dir())
    counts = {folder: measure(folder) for folder in sets}
    print("| set | proved | mismatched | missing | strings without annotation | words of them in the PO |")
    print("|---|--:|--:|--:|--:|--:|")
    for folder, (count, english, _) in counts.items():
        share = count["words"] / max(1, count["words"] + count["words left"])
        proofs = f"{english.proved:,} | {english.mismatched:,} | {len(english.missing):,}"
        print(f"| {folder.name} | {proofs} | {count['strings']:,} | {share:.2%} |")
    print("\n| set | localized as published, without | with English | extract, seconds | with English |")
    print("|---|--:|--:|--:|--:|")
    for folder, (count, _, _) in counts.items():
        equal = f"{count['alone']:,} of {count['plain']:,} | {count['localized']:,} of {count['plain']:,}"
        without, with_english = speed(folder)
        print(f"| {folder.name} | {equal} | {without:.2f} | {with_english:.2f} |", flush=True)
    print("\n| body of the source form without English | " + " | ".join(f.name for f in sets) + " |")
    print("|---|" + "--:|" * len(sets))
    for name in STEPS:
        print(f"| {name} | " + " | ".join(f"{count[name]:,}" for count, _, _ in counts.values()) + " |")
    print()
    for _, _, others in counts.values():
        print(*others, sep="\n")


def measure(folder: Path) -> tuple[Counter[str], EnglishCount, list[str]]:
    count: Counter[str] = Counter()
    others = []
    with English(folder / "english") as files:
        for path in sorted((folder / "annotated").rglob("*")):
            if path.suffix not in ARTICLE_SUFFIXES:
                continue
            article = parse(path.read_bytes(), path.name)
            alone = with_bare_units(article)
            english = files.of(article, path)
            if english is None:
                continue
            whole = with_sources(article, english)
            compare_sources(count, alone.render("source").decode(), english.data.decode())
            count_strings(count, whole, english.data.decode())
            plain = folder / "plain" / path.relative_to(folder / "annotated")
            if plain.exists():
                count["plain"] += 1
                count["alone"] += alone.render("localized") == plain.read_bytes()
                is_equal = whole.render("localized") == plain.read_bytes()
                count["localized"] += is_equal
                others += [] if is_equal else [f"- {path.relative_to(folder.parent)}"]
        found, _ = summed([files.lookups])
    return count, found, others


def count_strings(count: Counter[str], article: Article, english: str) -> None:
    """Count the strings without annotation, and their words.

    "words left" are those outside of all units that the English file does not have: they were translated,
    but are in no PO file.
    """
    annotated = [unit for unit in article.units if not unit.is_bare]
    gone = source_edits(article.text, annotated, is_yaml=article.is_yaml)
    spans = sorted([*gone, *((unit.start, unit.end, "") for unit in article.units)])
    outside = []
    position = 0
    for start, end, _ in spans:
        outside.append(article.text[position:start])
        position = max(position, end)
    outside.append(article.text[position:])
    known = Counter(_WORD.findall(english + " ".join(re.findall(r'<a name="[^"]*"></a>', article.text))))
    count["words left"] += (Counter(_WORD.findall(" ".join(outside))) - known).total()
    for unit in article.units:
        if unit.is_bare:
            count["strings"] += 1
            count["words"] += len(_WORD.findall(unit.target))


STEPS = (
    "articles",
    "unchanged",
    "CRLF for LF",
    "lines joined",
    "backslashes and white space left out",
    "text that is translated outside of units left out",
)


def compare_sources(count: Counter[str], source: str, english: str) -> None:
    """Count the article at the first step after which its body equals the English one."""
    texts = [source[body_start(source) :], english[body_start(english) :]]
    count["articles"] += 1
    steps: list[Callable[[str], str]] = [
        lambda text: text,
        lambda text: text.replace("\r\n", "\n"),
        lambda text: " ".join(text.replace(">", "").split()),
        lambda text: "".join(text.split()).replace("\\", ""),
    ]
    for name, step in zip(STEPS[1:], steps, strict=False):
        texts = [step(text) for text in texts]
        if texts[0] == texts[1]:
            count[name] += 1
            return
    count[STEPS[-1]] += 1


def speed(folder: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "l10n", "extract", str(folder / "annotated"), "-o", "locales"]
    with_english = [*command, "--english", str(folder / "english")]
    return min(seconds(command) for _ in range(RUNS)), min(seconds(with_english) for _ in range(RUNS))


def seconds(command: list[str]) -> float:
    with tempfile.TemporaryDirectory() as scratch:
        process = subprocess.Popen(command, cwd=scratch, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
