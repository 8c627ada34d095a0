"""Check and time extract and merge on real articles, compared with gettext's msgcat.

    python benchmarks/corpus.py CORPUS

CORPUS has a folder for each set of articles: `NAME/annotated`, and if available `NAME/plain`,
the publisher's localized articles. Prints two Markdown tables.
Times and peak memory are of whole processes, the best of three runs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from l10n import parse
from l10n.finding import ARTICLE_SUFFIXES

RUNS = 3


def main() -> None:
    corpus = Path(sys.argv[1]).resolve()
    sets = sorted(path.parent for path in corpus.rglob("annotated") if path.is_dir())
    print("| set | articles | units | come back byte for byte | localized as published |")
    print("|---|--:|--:|--:|--:|")
    for folder in sets:
        print(faithfulness(folder))
    print()
    print("| set | step | seconds | peak MB | times msgcat |")
    print("|---|---|--:|--:|--:|")
    for folder in sets:
        for row in speed(folder):
            print(row, flush=True)


def faithfulness(folder: Path) -> str:
    articles = units = same = published = compared = 0
    for path in sorted((folder / "annotated").rglob("*")):
        if path.suffix not in ARTICLE_SUFFIXES:
            continue
        data = path.read_bytes()
        article = parse(data, path.name)
        articles += 1
        units += len(article.units)
        same += article.render() == data
        plain = folder / "plain" / path.relative_to(folder / "annotated")
        if plain.exists():
            compared += 1
            published += article.render("localized") == plain.read_bytes()
    localized = f"{published:,} of {compared:,}" if compared else "not known"
    return f"| {folder.name} | {articles:,} | {units:,} | {same:,} of {articles:,} | {localized} |"


def speed(folder: Path) -> list[str]:
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        tool = [sys.executable, "-m", "l10n"]
        extract = [*tool, "extract", str(folder / "annotated"), "-o", "locales"]
        seconds, memory = best(extract, scratch, fresh="locales")
        (po,) = Path(scratch, "locales").iterdir()
        msgcat, msgcat_memory = best(["msgcat", "--no-wrap", "-o", "copy.po", str(po)], scratch)
        again = best(extract, scratch)
        merge = best(
            [*tool, "merge", "locales", "--articles", str(folder / "annotated")], scratch, fresh="build"
        )
        for step, (time_taken, peak) in {
            "msgcat --no-wrap": (msgcat, msgcat_memory),
            "extract, new": (seconds, memory),
            "extract, update": again,
            "merge": merge,
        }.items():
            row = f"| {folder.name} | {step} | {time_taken:.2f} | {peak:.0f} | {time_taken / msgcat:.1f} |"
            rows.append(row)
    return rows


def best(command: list[str], folder: str, fresh: str | None = None) -> tuple[float, float]:
    """Return the least seconds and peak megabytes of several runs; remove the folder `fresh` before each."""
    times = []
    peaks = []
    for _ in range(RUNS):
        if fresh:
            subprocess.run(["rm", "-rf", fresh], cwd=folder, check=True)
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        times.append(time.perf_counter() - start)
        peaks.append(usage.ru_maxrss / 1024)
    return min(times), max(peaks)


if __name__ == "__main__":
    main()
