"""Quality and speed of the alignment of plain articles; the publisher's annotation is the truth.

    python benchmarks/alignment.py CORPUS… [--delete sentences|blocks PERCENT] [--from english|localized]
                                           [--errors N]

CORPUS is a folder with `annotated` and `english` (the English article at the commit that was translated);
without `english`, the source form of the annotated article is used, which is easier.
The plain article is the localized form of the annotated one, a true pair is a unit's source and the range
of its target in that form. Prints a row for each corpus, and one for all of them.

- exact: pairs with the same source and the same range, markup included; white space and backslashes in the
  source do not count, since the annotator changes them.
- wrong: pairs whose source is none of the units that their target overlaps.
- covered: the characters of the sources in pairs that are not wrong.

With --delete, so many percent of the sentences or blocks are cut out of one text (the same ones in every
run). Then the sentences left alone in the other text should be found missing, or be in a doubtful pair;
wrong are the pairs among the accepted (`is_sure`) ones whose source is not their target's.
"""

from __future__ import annotations

import argparse
import random
import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import NamedTuple

from l10n import Article, parse
from l10n.english.english import English
from l10n.plain import PlainAlignment, PlainPair, align

_MARK = "\ue010"


class TruePair(NamedTuple):
    """A unit: its source, and the range of its target in the localized form."""

    source: str
    start: int
    end: int


@dataclass
class Count:
    """Counts of one article, or of all."""

    articles: int = 0
    clean: int = 0
    """Articles without a wrong pair."""
    true: int = 0
    found: int = 0
    exact: int = 0
    wrong: int = 0
    sure: int = 0
    wrong_sure: int = 0
    characters: int = 0
    covered: int = 0
    deleted: int = 0
    noticed: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    kilobytes: float = 0.0

    def __add__(self, other: Count) -> Count:
        names = [field.name for field in fields(self) if field.name != "slowest"]
        total = Count(**{name: getattr(self, name) + getattr(other, name) for name in names})
        total.slowest = max(self.slowest, other.slowest)
        return total


class Cut(NamedTuple):
    """A text without the deleted ranges."""

    text: str
    deleted: list[int]
    """The numbers of the units that were deleted."""
    removed: list[tuple[int, int]]

    def moved(self, offset: int) -> int:
        """Map an offset of the whole text."""
        return offset - sum(max(0, min(end, offset) - start) for start, end in self.removed if start < offset)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--delete", nargs=2, metavar=("WHAT", "PERCENT"))
    parser.add_argument("--from", dest="side", choices=("english", "localized"), default="english")
    parser.add_argument("--errors", type=int, default=0, help="print so many errors of each corpus")
    options = parser.parse_args()
    print(HEAD)
    total = Count()
    for folder in options.corpus:
        count = measure(folder, options)
        print(row(folder.resolve().name, count), flush=True)
        total += count
    if len(options.corpus) > 1:
        print(row("all", total))


HEAD = (
    "| corpus | pairs | precision | recall | F1 | wrong | covered | articles without wrong | sure "
    "| wrong among sure | deleted noticed | ms a kB | slowest article, s |\n|---|" + "--:|" * 12
)


def row(name: str, count: Count) -> str:
    share = f"{count.noticed / count.deleted:.1%} of {count.deleted}" if count.deleted else ""
    cells = (
        f"{count.found:,}",
        f"{count.exact / max(1, count.found):.4f}",
        f"{count.exact / max(1, count.true):.4f}",
        f"{2 * count.exact / max(1, count.found + count.true):.4f}",
        f"{count.wrong / max(1, count.found):.3%} ({count.wrong})",
        f"{count.covered / max(1, count.characters):.2%}",
        f"{count.clean / max(1, count.articles):.1%}",
        f"{count.sure / max(1, count.found):.1%}",
        f"{count.wrong_sure / max(1, count.sure):.3%} ({count.wrong_sure})",
        share,
        f"{count.seconds * 1000 / max(1e-9, count.kilobytes):.2f}",
        f"{count.slowest:.2f}",
    )
    return f"| {name} | " + " | ".join(cells) + " |"


def measure(folder: Path, options: argparse.Namespace) -> Count:
    total = Count()
    chance = random.Random(15)
    for article, english in proved(folder):
        errors: list[str] = []
        total += compare(article, english.decode("utf-8", "surrogateescape"), options, chance, errors)
        for error in errors[: options.errors]:
            print(f"{article.path}: {error}")
        options.errors -= min(len(errors), options.errors)
    return total


def proved(folder: Path) -> Iterator[tuple[Article, bytes]]:
    """Yield the articles with their English file; without a folder of them, with the source form."""
    has_english = (folder / "english").is_dir()
    with English(folder / "english" if has_english else folder) as files:
        for path in sorted((folder / "annotated").rglob("*.md")):
            article = parse(path.read_bytes(), path.relative_to(folder).as_posix())
            if article.units:
                found = files.of(article, path) if has_english else None
                if found or not has_english:
                    yield article, found.data if found else article.render("source")


def localized_form(article: Article) -> tuple[str, list[TruePair]]:
    """Return the plain article, and the true pairs in its body, by rendering it with marked targets."""
    marked = article.render("localized", [f"{_MARK}{unit.target}{_MARK}" for unit in article.units])
    pieces = marked.decode("utf-8", "surrogateescape").split(_MARK)
    found = []
    position = len(pieces[0])
    for number, unit in enumerate(article.units):
        end = position + len(pieces[2 * number + 1])
        if unit.start >= article.body:
            found.append(TruePair(unit.source, position, end))
        position = end + len(pieces[2 * number + 2])
    return "".join(pieces), found


def compare(
    article: Article, english: str, options: argparse.Namespace, chance: random.Random, errors: list[str]
) -> Count:
    plain, truth = localized_form(article)
    places = list(source_places(english, truth))
    cut = Cut(plain, [], [])
    if options.delete and options.side == "english":
        ranges = [place or (0, 0) for place in places]
        shorter = deleted(english, ranges, options.delete, chance)
        english, gone = shorter.text, set(shorter.deleted)
    elif options.delete:
        cut = deleted(plain, [(pair.start, pair.end) for pair in truth], options.delete, chance)
        gone = set(cut.deleted)
        truth = [TruePair(pair.source, cut.moved(pair.start), cut.moved(pair.end)) for pair in truth]
    else:
        gone = set()
    start = time.perf_counter()
    result = align(cut.text, english)
    seconds = time.perf_counter() - start
    count = score(result, truth, gone, errors, on_english=options.side == "english")
    count.seconds = count.slowest = seconds
    count.kilobytes = len(cut.text.encode("utf-8", "surrogateescape")) / 1000
    return count


def score(
    result: PlainAlignment, truth: Sequence[TruePair], gone: set[int], errors: list[str], *, on_english: bool
) -> Count:
    pairs = [pair for pair in result.pairs if not pair.is_slot]
    left = [pair for number, pair in enumerate(truth) if number not in gone]
    exact = {(_normal(pair.source), pair.start, pair.end) for pair in left}
    found = {(_normal(pair.source), pair.start, pair.end) for pair in pairs}
    there = left if not on_english else list(truth)
    wrong = [pair for pair in pairs if is_wrong(pair, there)]
    count = Count(1, not wrong, len(exact), len(found), len(exact & found), len(wrong))
    count.sure = sum(pair.is_sure for pair in pairs)
    count.wrong_sure = sum(pair.is_sure for pair in wrong)
    count.characters = sum(len(_normal(pair.source)) for pair in left)
    covered = "\0".join(_normal(pair.source) for pair in pairs if pair not in wrong)
    count.covered = sum(len(source) for pair in left if (source := _normal(pair.source)) in covered)
    count.deleted = len(gone)
    for number in gone:
        pair = truth[number]
        if on_english:
            over = [one for one in pairs if one.start < pair.end and pair.start < one.end]
        else:
            over = [one for one in pairs if _normal(pair.source) in _normal(one.source)]
        count.noticed += not any(one.is_sure for one in over)
    errors += [f"wrong {'(sure) ' * pair.is_sure}{pair.source!r} = {pair.target!r}" for pair in wrong]
    errors += [
        f"not found {one[0]!r} at {one[1]}–{one[2]}" for one in sorted(exact - found, key=lambda o: o[1])
    ]
    errors += [
        f"instead {one[0]!r} at {one[1]}–{one[2]}" for one in sorted(found - exact, key=lambda o: o[1])
    ]
    return count


def is_wrong(pair: PlainPair, truth: Sequence[TruePair]) -> bool:
    """Return True if the source of `pair` is none of those that its target overlaps."""
    index = max(0, bisect_right(truth, pair.start, key=lambda one: one.start) - 1)
    source = _normal(pair.source)
    is_covered = False
    while index < len(truth) and truth[index].start < pair.end:
        if truth[index].end > pair.start:
            is_covered = True
            true = _normal(truth[index].source)
            if true in source or source in true:
                return False
        index += 1
    return is_covered


def source_places(english: str, truth: Sequence[TruePair]) -> Iterator[tuple[int, int] | None]:
    """Yield the place of each source in the English text, or None."""
    offsets = [index for index, character in enumerate(english) if _normal(character)]
    normal = _normal(english)
    position = 0
    for pair in truth:
        source = _normal(pair.source)
        at = normal.find(source, position, position + 20_000)
        if at < 0 or not source:
            yield None
            continue
        position = at + len(source)
        yield offsets[at], offsets[position - 1] + 1


def _normal(text: str) -> str:
    return "".join(text.split()).replace("\\", "").replace(">", "")


def deleted(text: str, ranges: Sequence[tuple[int, int]], what: Sequence[str], chance: random.Random) -> Cut:
    """Return `text` without a percentage of these sentences, or of the lines with them."""
    share = float(what[1]) / 100
    chosen: set[int] = set()
    if what[0] == "sentences":
        chosen = {
            number for number, (start, end) in enumerate(ranges) if end > start and chance.random() < share
        }
        removed = [ranges[number] for number in sorted(chosen)]
    else:
        removed = []
        for line in sorted({_line(text, start) for start, end in ranges if end > start}):
            if chance.random() < share:
                removed.append(line)
        chosen = {
            number
            for number, (start, end) in enumerate(ranges)
            if end > start and any(line[0] <= start and end <= line[1] for line in removed)
        }
    parts = []
    position = 0
    for start, end in removed:
        parts.append(text[position:start])
        position = max(position, end)
    parts.append(text[position:])
    return Cut("".join(parts), sorted(chosen), removed)


def _line(text: str, start: int) -> tuple[int, int]:
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    return begin, len(text) if end < 0 else end + 1


if __name__ == "__main__":
    main()
