"""Measure the share of planted faults that the checks find, and their findings without faults.

    python benchmarks/planted.py CORPUS/NAME/annotated... [--show KIND]

Takes the units of human-translated articles (HT) and plants one fault at a time in a target, by rule and
with a fixed seed. A fault counts as found if a check has a finding that it did not have before. Prints two
Markdown tables: the share found of each kind of fault, and the share of unchanged units with findings. With
`--show KIND`, prints the faults of one kind that were missed.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from l10n import parse
from l10n.checks import CHECKS, Pair, Severity
from l10n.checks.tokens import read
from l10n.finding import ARTICLE_SUFFIXES
from l10n.locales import gettext_name

CASES = 400
"""Faults of each kind and locale, if there are units for as many."""
Dice = random.Random
Plant = Callable[[Pair, Dice], str | None]


def _replaced(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def _some(pattern: str, text: str, dice: Dice) -> re.Match[str] | None:
    found = list(re.finditer(pattern, text))
    return dice.choice(found) if found else None


def _in(pattern: str, new: str | Callable[[re.Match[str]], str]) -> Plant:
    """Replace one match of `pattern` in the target by `new`."""

    def plant(pair: Pair, dice: Dice) -> str | None:
        match = _some(pattern, pair.target, dice)
        if match is None:
            return None
        text = new(match) if callable(new) else match.expand(new)
        return _replaced(pair.target, *match.span(), text)

    return plant


def _in_prose(pattern: str, new: str | Callable[[re.Match[str]], str]) -> Plant:
    """Replace like `_in`, but outside of code, link destinations and tags."""

    def plant(pair: Pair, dice: Dice) -> str | None:
        match = _some(pattern, read(pair.target).prose, dice)
        if match is None:
            return None
        text = new(match) if callable(new) else match.expand(new)
        return _replaced(pair.target, *match.span(), text)

    return plant


def _destination(change: Callable[[str, Dice], str | None]) -> Plant:
    def plant(pair: Pair, dice: Dice) -> str | None:
        links = read(pair.target).links
        if not links:
            return None
        token = dice.choice(links).destination
        new = change(token.text, dice)
        return None if new is None or new == token.text else _replaced(pair.target, *token[1:], new)

    return plant


def _code(change: Callable[[str, Dice], str | None]) -> Plant:
    def plant(pair: Pair, dice: Dice) -> str | None:
        spans = read(pair.target).code
        if not spans:
            return None
        token = dice.choice(spans)
        new = change(pair.target[token.start : token.end], dice)
        return None if new is None else _replaced(pair.target, token.start, token.end, new)

    return plant


def _other_letter(text: str, dice: Dice) -> str | None:
    match = _some(r"[a-z]{3,}", text, dice)
    if match is None:
        return None
    position = dice.randrange(*match.span())
    return _replaced(text, position, position + 1, "q" if text[position] != "q" else "x")


def _kept_name(pattern: str, change: Callable[[str], str]) -> Plant:
    """Change a match of `pattern` that occurs in both source and target."""

    def plant(pair: Pair, dice: Dice) -> str | None:
        found = [m[0] for m in re.finditer(pattern, read(pair.source).prose) if pair.target.count(m[0]) == 1]
        if not found:
            return None
        name = dice.choice(found)
        new = change(name)
        return pair.target.replace(name, new) if new != name else None

    return plant


def _untranslated(pair: Pair, dice: Dice) -> str | None:
    words = re.findall(r"\b[a-z]{3,}\b", read(pair.source).prose)
    return pair.source if len(words) >= 3 and pair.source != pair.target else None


def _number(pair: Pair, dice: Dice) -> str | None:
    match = _some(r"(?<![\w.,])\d{1,5}(?![\w.,]\d|\w)", read(pair.target).prose, dice)
    if match is None or match[0] not in pair.source:
        return None
    digits = str((int(match[0][0]) % 9) + 1) + match[0][1:]
    return _replaced(pair.target, *match.span(), digits)


def _number_lost(pair: Pair, dice: Dice) -> str | None:
    match = _some(r"(?<![\w.,])\d{2,5}(?![\w.,]\d|\w)", read(pair.target).prose, dice)
    if match is None or int(match[0]) < 13 or match[0] not in pair.source:
        return None
    new = _replaced(pair.target, *match.span(), "")
    return new if match[0] not in new else None


def _letter(new: Callable[[str], str]) -> Plant:
    def plant(pair: Pair, dice: Dice) -> str | None:
        match = _some(r"(?<=[^\W\d_])[^\W\d_](?=[^\W\d_])", read(pair.target).prose, dice)
        return _replaced(pair.target, *match.span(), new(match[0])) if match else None

    return plant


_LOOK_ALIKE = str.maketrans(
    "aceopxyiABCEHKMOPTXасеорхуіАВСЕНКМОРТХ", "асеорхуіАВСЕНКМОРТХaceopxyiABCEHKMOPTX"
)


def _look_alike(pair: Pair, dice: Dice) -> str | None:
    """Replace one letter of a word by its look-alike in the other script."""
    found = [
        m for m in re.finditer(r"[^\W\d_]{4,}", read(pair.target).prose)
        if not m[0].isascii() or "Latn" in pair.locale or pair.locale[:2] in ("nb", "de", "sr", "fr", "es")
    ]  # fmt: skip
    dice.shuffle(found)
    for match in found:
        for offset in range(*match.span()):
            twin = pair.target[offset].translate(_LOOK_ALIKE)
            if twin != pair.target[offset]:
                return _replaced(pair.target, offset, offset + 1, twin)
    return None


def _mojibake(pair: Pair, dice: Dice) -> str | None:
    prose = read(pair.target).prose
    found = list(re.finditer(r"[^\x00-\x7f\u00a0]", prose))
    if not found:
        return None
    match = dice.choice(found)
    try:
        return _replaced(pair.target, *match.span(), match[0].encode().decode("cp1252"))
    except UnicodeDecodeError:
        return _replaced(pair.target, *match.span(), match[0].encode().decode("latin-1"))


def _truncated(pair: Pair, dice: Dice) -> str | None:
    prose = read(pair.target).prose
    if sum(c.isalnum() for c in prose) < 80 or "`" in pair.target or "](" in pair.target:
        return None
    return pair.target[: int(len(pair.target) * 0.35)].rstrip()


def _final(pair: Pair, dice: Dice) -> str | None:
    match = re.search(r"(?<=[^\W\d_])[.?:\u3002\u061f\uff1a\uff1f]\Z", pair.target)
    if match is None or not re.search(r"[A-Za-z]{2} [a-z][^.]*[.?:]\Z", pair.source):
        return None
    return pair.target[:-1]


def _bold_removed(pair: Pair, dice: Dice) -> str | None:
    match = _some(r"(?<![*\\])\*\*([^*\n]+)\*\*(?!\*)", pair.target, dice)
    return _replaced(pair.target, *match.span(), match[1]) if match else None


def _bracket(pair: Pair, dice: Dice) -> str | None:
    match = _some(r"\((?=[^()\n]{3,}\))", read(pair.target).prose, dice)
    return _replaced(pair.target, *match.span(), "") if match else None


def _table_bar(pair: Pair, dice: Dice) -> str | None:
    if pair.kind != "table cell":
        return None
    return pair.target.replace(" ", " | ", 1) if " " in pair.target else pair.target + " | "


def _doubled(pair: Pair, dice: Dice) -> str | None:
    match = _some(r"(?<=\s)([^\W\d_]{3,})(?=\s)", read(pair.target).prose, dice)
    return _replaced(pair.target, *match.span(), f"{match[0]} {match[0]}") if match else None


def _doubled_phrase(pair: Pair, dice: Dice) -> str | None:
    match = _some(r"(?<=\s)([^\W\d_]{3,} [^\W\d_]{3,})(?=\s)", read(pair.target).prose, dice)
    if match is None or len(set(match[0].split())) == 1:
        return None
    return _replaced(pair.target, *match.span(), f"{match[0]} {match[0]}")


def _emphasis(pair: Pair, dice: Dice) -> str | None:
    """Put quotes inside and letters outside of the emphasis marks, without spaces."""
    match = _some(r"(?<![^\s(])\*\*([^*\s][^*\n\[\]`<>]*)(?<=\S)\*\*(?!\*)", pair.target, dice)
    return _replaced(pair.target, *match.span(), f"x**「{match[1]}」**x") if match else None


ERRORS: dict[str, Plant] = {
    "link destination changed": _destination(_other_letter),
    "link destination in capitals": _destination(
        lambda d, dice: d.replace("docs", "Docs").replace(".md", ".MD")
    ),
    "link destination with a space": _destination(
        lambda d, dice: d.replace("/", "/ ", 1) if "/" in d else None
    ),
    "anchor translated": _destination(lambda d, dice: d.split("#")[0] + "#oversatt" if "#" in d else None),
    "link destination lost": _in(r"(?<!!)\[([^\[\]]+)\]\([^()\s]+\)", r"\1"),
    "link added": _in(r"\Z", r" [mer](https://example.com/x)"),
    "link split by a space": _in(r"\]\((?=[^()\s]+\))", "] ("),
    "link text moved out": _in(r"(?<![!\[])\[([^\[\]]+)\](?=\([^()\s]+\))", r"\1 []"),
    "image became a link": _in(r"!\[(?=[^\[\]]*\]\()", "["),
    "bare URL changed": _in(r"(?<![(<\[`\w])https?://[\w./-]{4,}\w(?=[\s.,]|\Z)", lambda m: m[0] + "x"),
    "code translated": _code(_other_letter),
    "code in other case": _code(lambda c, dice: c.swapcase() if c.swapcase() != c else None),
    "code spaced": _code(lambda c, dice: c.replace(".", ". ", 1) if "." in c else None),
    "code span lost": _code(lambda c, dice: c.strip("`")),
    "backtick lost": _in(r"(?<!`)`(?=[^`\n]+`)", ""),
    "placeholder changed": _in(
        r"(?<=[<{])[A-Za-z][\w ]*(?=[>}])", lambda m: "navn" if m[0] != "navn" else "x"
    ),
    "cmdlet translated": _kept_name(
        r"\b(?:Get|Set|New|Remove|Add|Enable)-[A-Z][A-Za-z]{3,}", lambda n: n.replace("-", " ", 1)
    ),
    "option changed": _kept_name(r"(?<=\s)--?[A-Z][a-z]+[A-Z][A-Za-z]+", lambda n: n.replace("-", "- ")),
    "variable changed": _kept_name(r"\$[A-Za-z]{3,}|%[A-Za-z]{3,}%", lambda n: n[0] + " " + n[1:]),
    "file name changed": _kept_name(
        r"(?<![\w./\\-])[A-Za-z]\w+\.(?:exe|dll|md|json|config|ps1|xml)\b", lambda n: n.replace(".", ". ")
    ),
    "bold unbalanced": _in(r"(?<![*\\])\*\*(?![*\s])", ""),
    "bold spaced": _in(r"(?<![*\\\w])\*\*(?=[^*\s][^*\n]*\*\*)", "** "),
    "italic unbalanced": _in(r"(?<![*\\\w])\*(?=[^*\s][^*\n]*\*(?!\*))", ""),
    "escape lost": _in(r"\\(?=[<_#|{}$])", ""),
    "escape spaced": _in(r"\\(?=[<_#|{}$])", r"\\ "),
    "tag lost": _in(r"</?(?:b|i|br|strong|em|kbd|sup|a|code|p|span)\b[^<>]*>", ""),
    "tag spaced": _in(r"<(/?)(b|i|br|strong|em|kbd|sup|p)(/?)>", r"< \1\2\3>"),
    "entity damaged": _in(r"&(?=[a-z]+;)", "& "),
    "table bar added": _table_bar,
    "number changed": _number,
    "number lost": _number_lost,
    "empty": lambda pair, dice: "",
    "letter of another script": _letter(lambda letter: "ж" if letter < "а" else "λ"),
    "look-alike letter": _look_alike,
    "U+FFFD": _letter(lambda letter: "\ufffd"),
    "mojibake": _mojibake,
    "control character": _letter(lambda letter: letter + "\x07"),
    "emphasis that does not open": _emphasis,
    "name apart": _kept_name(r"(?<!\w)(?:C#|F#|C\+\+|\.NET)(?!\w)", lambda n: n[0] + " " + n[1:]),
    "reference by uid escaped": _in(r"<(?=xref:[^<>\s]+>)", r"\\<"),
    "footnote changed": _in(r"\[\^[^\[\]\s]+\]", "[^merk]"),
    "label of its own translated": _in(r"\[[^\[\]]+\]\[\]", "[anna][]"),
    "URL that swallows": _in(r"(?<![(<\[`\w])https?://[\w./-]{4,}\w(?=[\s.,]|\Z)", lambda m: m[0] + "を"),
    "option at the beginning": lambda pair, dice: (
        "-Valg" + pair.target[len(pair.source) :] if re.match(r"--?[A-Za-z]+\Z", pair.source) else None
    ),
    "half a comment": _in_prose(r"(?<=\w) (?=\w)", " <!-- "),
    "directive changed": _in(r"(?<=\[!)[A-Z]+", "MERK"),
}
WARNINGS: dict[str, Plant] = {
    "locale in URL": _destination(lambda d, dice: d.replace(".com/", ".com/nb-no/", 1)),
    "bold removed": _bold_removed,
    "untranslated": _untranslated,
    "doubled word": _doubled,
    "doubled phrase": _doubled_phrase,
    "residue": _in_prose(r"(?<=[^\W\d_]) (?=[^\W\d_])", "#A0 "),
    "no space after a stop": _in_prose(r"(?<=[^\W\d_]{2}\.) (?=[A-ZА-ЯÆØÅŠĆČŽÄÖÜ][^\W\d_])", ""),
    "double space": _in_prose(r"(?<=\w) (?=\w)", "  "),
    "space at the end": lambda pair, dice: pair.target + " " if not pair.source[-1:].isspace() else None,
    "zero-width character": _letter(lambda letter: letter + "\u2060"),
    "bidi control": _letter(lambda letter: letter + "\u202e"),
    "last sign lost": _final,
    "bracket lost": _bracket,
    "cut short": _truncated,
    "mail address changed": _kept_name(r"\b[\w.]+@[\w-]+\.[a-z]+\b", lambda n: n.replace("@", "@x")),
    "identifier changed": _kept_name(r"\b[A-Z][a-z]+[A-Z][a-z]+[A-Za-z]*\b", lambda n: n.capitalize()),
}  # fmt: skip


def good_pairs(folder: Path) -> Iterator[Pair]:
    """Return the human-translated pairs of the articles below `folder`, in order."""
    for path in sorted(folder.rglob("*")):
        if path.suffix not in ARTICLE_SUFFIXES:
            continue
        article = parse(path.read_bytes(), path.name)
        if not article.metadata.is_human or not article.metadata.contentlocale:
            continue
        locale = gettext_name(article.metadata.contentlocale)
        for unit in article.units:
            yield Pair(unit.source, unit.target, unit.kind.value, locale)


def findings(pair: Pair) -> Counter[tuple[str, str]]:
    return Counter((check.name, finding.message) for check in CHECKS for finding in check.find(pair))


def main() -> None:
    folders = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    shown = sys.argv[sys.argv.index("--show") + 1] if "--show" in sys.argv else None
    if shown:
        folders.remove(shown)
    planted: dict[str, Counter[str]] = {kind: Counter() for kind in {**ERRORS, **WARNINGS}}
    by: dict[str, Counter[str]] = {kind: Counter() for kind in planted}
    noise: list[str] = []
    for name in folders:
        pairs = list(good_pairs(Path(name)))
        noise += [] if shown else _noise(Path(name), pairs)
        _plant_all(sorted(set(pairs), key=repr), planted, by, shown)
    print("| fault | planted | found | by |")
    print("|---|--:|--:|---|")
    for title, kinds in (("error", ERRORS), ("warning", WARNINGS)):
        total, found = (sum(planted[kind][key] for kind in kinds) for key in ("planted", "found"))
        for kind in kinds:
            count = planted[kind]
            names = ", ".join(name for name, _ in by[kind].most_common(3))
            share = _share(count["found"], count["planted"])
            print(f"| {kind} | {count['planted']:,} | {share} | {names} |")
        print(f"| **all {title}s** | {total:,} | {_share(found, total)} | |")
    print("\n| articles | units | with an error | with a warning | checks that found something |")
    print("|---|--:|--:|--:|---|")
    print("\n".join(noise))


def _plant_all(
    pairs: list[Pair], planted: dict[str, Counter[str]], by: dict[str, Counter[str]], shown: str | None
) -> None:
    for kind, plant in {**ERRORS, **WARNINGS}.items():
        if shown not in (None, kind):
            continue
        dice = random.Random(kind)
        order = dice.sample(pairs, len(pairs))
        cases = 0
        for pair in order:
            if cases == CASES:
                break
            target = plant(pair, dice)
            if target is None or target == pair.target:
                continue
            cases += 1
            before = findings(pair)
            after = findings(Pair(pair.source, target, pair.kind, pair.locale))
            new = after - before
            planted[kind]["planted"] += 1
            planted[kind]["found"] += bool(new)
            by[kind].update({name for name, _ in new})
            if kind == shown and not new:
                print(f"missed: {pair.source!r}\n        {target!r}")


def _noise(folder: Path, pairs: list[Pair]) -> list[str]:
    units: Counter[str] = Counter()
    checks: Counter[str] = Counter()
    for pair in pairs:
        found = {check.name: check.severity for check in CHECKS if any(True for _ in check.find(pair))}
        checks.update(found.keys())
        units["error"] += Severity.ERROR in found.values()
        units["warning"] += Severity.WARNING in found.values()
    named = ", ".join(f"{name} {count}" for name, count in checks.most_common(12))
    errors, warnings = (_share(units[name], len(pairs)) for name in ("error", "warning"))
    return [f"| {folder.parent.name} | {len(pairs):,} | {errors} | {warnings} | {named} |"]


def _share(count: int, of: int) -> str:
    return f"{100 * count / of:.2f} %" if of else "–"


if __name__ == "__main__":
    main()
