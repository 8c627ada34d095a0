"""Everything that a file can hold, k times, for the measurements of how time grows.

Law 5, no input makes the time explode: a text of twice the length takes at most 2.5 times the time. Used by
`test_growth` for the quickest of it and by `benchmarks/growth.py` for all of it.
"""

from __future__ import annotations

import gc
import hashlib
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

MOST = 2.5
"""How many times as long twice as much may take."""

# What stands in a unit. `{i}` is the number of the repetition, so that all are different.
CONSTRUCTS = {
    "word": "er ",
    "words": "word{i} ",
    "sentence": "Word {i} is here. ",
    "number": "{i} ",
    "decimal": "{i}.5, ",
    "date": "02/15/{i} ",
    "half date": "{i}/",
    "clock": "{i}:30 AM ",
    "digits": "1",
    "spaces": "     ",
    "line break": "a{i}\n",
    "spaces and breaks": "a   \n",
    "spaces before a word": "a" + " " * 60 + "b\nc",
    "tag": "<b id={i}>x</b> ",
    "open tag": "<b id={i}>",
    "closing tag": "</b>",
    "spaced tag": "< b >",
    "escaped tag": r"\<a{i}> ",
    "comment": "<!-- {i} --> ",
    "open comment": "<!-- ",
    "placeholder": "{{i{i}}} ",
    "percent": "%s ",
    "entity": "&lt; ",
    "entity with a character": "&copy; ",
    "ampersand": "&",
    "code": "`a{i}` ",
    "tick": "` ",
    "ticks": "`` a ` ",
    "growing ticks": "`" * 7 + " ",
    "link": "[t{i}](u{i}.md) ",
    "link with title": '[t{i}](u{i}.md "x{i}") ',
    "image": "![t{i}](u{i}.png) ",
    "open bracket": "[",
    "closing bracket": "]",
    "brackets": "[]",
    "nested link": "[a](b",
    "spaced link": "[a{i}] (b.md) ",
    "full width link": "[a{i}]（b.md） ",
    "parentheses": "(",
    "reference": "[the guide{i}][r{i}] ",
    "label": "[a{i}]: b\n",
    "footnote": "[^n{i}] ",
    "address": "http://a{i}.com/x ",
    "address in brackets": "http://a{i})",
    "mail": "a{i}@b.com ",
    "autolink": "<https://a{i}.com> ",
    "xref": "<xref:a.b{i}> ",
    "include": "[!INCLUDE [a](b{i}.md)] ",
    "bold": "**a{i}** ",
    "stars": "*",
    "spaced star": "* ",
    "underlines": "_",
    "italic": "*a{i}* _b_ ",
    "strike": "~~a~~ ",
    "file": "file{i}.xml ",
    "dots": "a.",
    "files in one word": "f{i}.md.",
    "one file": "a.txt",
    "name in a sentence": "Wx{i}. ",
    "date in words": "Jan {i}, 2020 ",
    "git option": "git -Ab{i} ",
    "full width mark": "、！",
    "heading with code": "# `a{i}` b\n",
    "dotted": "Aa.Bb{i} ",
    "command": "Get-Item{i} ",
    "option": "--option{i} ",
    "dashes": "-",
    "snake": "a_b{i} ",
    "camel": "aB{i} ",
    "Windows path": "C:\\a\\b{i} ",
    "backslashes": "\\",
    "Unix path": "/usr/a{i} ",
    "slashes": "/",
    "variable": "$a{i} %b% ",
    "guid": "12345678-1234-1234-1234-123456789abc ",
    "quotes": '"a{i}" ',
    "quote": '"',
    "apostrophe": "'",
    "guillemets": "« a » ",
    "gershayim": 'צה"ל ',
    "Han": "漢字{i}、",
    "kana": "カタカナ{i} ",
    "Thai": "ภาษาไทย",
    "Arabic": "اللغة {i} ",
    "combining": "a\u0301\u0301",
    "zero width": "a\u200b\u200d",
    "full stop": ". ",
    "colon": ":",
    "directive": ":::image x:::",
    "alert": "> [!NOTE]\n",
    "moniker": "::: zone\n",
    "table": "| a{i} | b |\n",
    "heading": "# a{i}\n",
    "list": "- a{i}\n",
    "numbered": "{i}. a\n",
    "fence": "```\n",
    "name": "Contoso{i} ",
    "term": "report{i} page ",
    "capitals": "ABC{i} ",
    "hash code": "#A0 ",
    "C #": "C # . NET ",
    "exclamation": "!",
    "math": "$$ x $$ ",
    "emoji": "👩‍💻",
    "as is: 7": "7 ",
    "as is: 1,0": "1,0 ",
    "as is: 3 PM": "3 PM ",
    "as is: 3:30": "3:30 ",
    "as is: 12/31/24": "12/31/24 ",
    "as is: 31.12.2024": "31.12.2024 ",
    "as is: 1K": "1K ",
    "as is: 1 Mio.": "1 Mio. ",
    "as is: 5 万": "5 万",
    "as is: の7月": "の7月",
    "as is: 1.5.": "1.5.",
    "as is: 1,": "1,",
    "as is: **": "**",
    "as is: _a": "_a",
    "as is: *a_": "*a_",
    "as is: [a][]": "[a][] ",
    "as is: [^1]": "[^1]",
    "as is: [^a": "[^a",
    "as is: <xref:a>": "<xref:a> ",
    "as is: xref:a": "xref:a ",
    "as is: http://aあ": "http://aあ",
    "as is: [http://aあ](b)": "[http://aあ](b)",
    "as is: a b": "a b ",
    "as is: a b c": "a b c ",
    "as is: a.B": "a.B",
    "as is: #A0": "#A0",
    "as is: nbsp;": "nbsp;",
    "as is: C #": "C # ",
    "as is: . NET": ". NET",
    "as is: <!--": "<!--",
    "as is: -->": "-->",
    "as is: --->": "--->",
    "as is: :::": ":::",
    'as is: :::a"': ':::a"',
    'as is: ::: "a"': '::: "a" ',
    "as is: -A": "-A ",
    "as is: -A=": "-A=",
    'as is: א"ב': 'א"ב',
    "as is: «": "«",
    "as is: »": "»",
    "as is: あいうえお": "あいうえお",
    "as is: 一二": "一二",
    "surrogate": "\udcff",
    "control": "\x01",
}


class Texts(NamedTuple):
    """A source and its target."""

    source: str
    target: str


def repeated(construct: str, count: int) -> list[str]:
    return [construct.replace("{i}", str(1000 + number)) for number in range(count)]


def changed(pieces: list[str]) -> list[str]:
    """Each piece otherwise: other digits, another letter in front."""
    swap = str.maketrans("0123456789", "9876543210")
    return ["z" + piece.translate(swap) for piece in pieces]


RELATIONS: dict[str, Callable[[list[str]], Texts]] = {
    "kept": lambda pieces: Texts("".join(pieces), "".join(pieces)),
    "lost": lambda pieces: Texts("".join(pieces), "Tekst"),
    "added": lambda pieces: Texts("Text", "".join(pieces)),
    "reversed": lambda pieces: Texts("".join(pieces), "".join(pieces[::-1])),
    "changed": lambda pieces: Texts("".join(pieces), "".join(changed(pieces))),
    "spaced": lambda pieces: Texts("".join(pieces), " ".join(" ".join(piece) for piece in pieces)),
    "joined": lambda pieces: Texts("".join(pieces), "".join(piece.strip() for piece in pieces)),
    "escaped": lambda pieces: Texts("".join(pieces), "".join("\\" + piece for piece in pieces)),
}
"""What a target has of its source's k pieces."""


def texts(construct: str, relation: str, size: int) -> Texts:
    """Source and target of about `size` characters."""
    count = max(1, size // max(1, len(construct)))
    return RELATIONS[relation](repeated(construct, count))


def cases() -> Iterator[tuple[str, str]]:
    """Each construct in each relation."""
    return ((construct, relation) for construct in CONSTRUCTS for relation in RELATIONS)


def seconds(action: Callable[[], object], most: int = 3) -> float:
    """CPU time of this process for `action`, the least of up to `most` times.

    Without the garbage collector, as the command line works: it would go through all the memory of the tests.
    """
    found = []
    gc.collect()
    was_on = gc.isenabled()
    gc.disable()
    try:
        for _ in range(most):
            start = time.process_time()
            action()
            found.append(time.process_time() - start)
            if found[-1] > 1:
                break
    finally:
        if was_on:
            gc.enable()
    return min(found)


HEAD = "---\ntitle: Tittel\nms.translationtype: MT\nms.contentlocale: nb-NO\n"
PO_HEAD = (
    'msgid ""\nmsgstr ""\n"Language: nb_NO\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"X-Poedit-Basepath: ..\\n"\n"X-L10n-Articles: articles\\n"\n\n'
)
ARTICLE = "articles/a.md"
COMMANDS = {
    "extract": ["extract articles"],
    "again": ["extract articles"] * 2,
    "merge": ["extract articles", "merge locales"],
    "check": ["check articles"],
    "check PO": ["extract articles", "check locales"],
    "fix": ["extract articles", "check locales --fix"],
    "status": ["extract articles", "status"],
    "terms": ["terms articles"],
    "junit": ["check articles --format junit"],
}
PO_COMMANDS = {
    "check": ["check locales"],
    "fix": ["check locales --fix"],
    "status": ["status locales"],
    "extract": ["extract articles"],
    "merge": ["merge locales"],
    "merge-driver": ["merge-driver locales/nb_NO.po locales/nb_NO.po locales/nb_NO.po"],
}


def unit(number: int, target: str, source: str) -> str:
    name = f"1a2b3-{number}"
    return (
        f'<span data-ttu-id="{name}">{target}</span>'
        f'<span class="sxs-lookup"><span data-stu-id="{name}">{source}</span></span>'
    )


def _body(text: str) -> dict[str, str]:
    return {ARTICLE: f"{HEAD}---\n\n{text}\n"}


def _units(pairs: list[tuple[str, str]], between: str = "\n\n") -> dict[str, str]:
    return _body(between.join(unit(number, *pair) for number, pair in enumerate(pairs)))


def _entry(number: int, source: str, target: str, before: str = "", context: str = "") -> str:
    told = f'msgctxt "{context}"\n' if context else ""
    return f'{before}#: articles/a.md:{number}\n{told}msgid "{source}"\nmsgstr "{target}"\n\n'


def _po(text: str) -> dict[str, str]:
    return {"locales/nb_NO.po": PO_HEAD + text, **_body(unit(1, "Hei", "Hello"))}


def _yaml(text: str) -> dict[str, str]:
    head = "### YamlMime:Hub\nms.contentlocale: nb-NO\n"
    return {"articles/a.yml": f"{head}{text}\ntitle: {unit(1, 'Hei', 'Hello')}\n"}


# Everything that a file can hold: from a number of repetitions to the files.
ARTICLES: dict[str, Callable[[int], dict[str, str]]] = {
    "many units": lambda n: _units([(f"Mål {i}", f"Source {i}") for i in range(n)]),
    "one source": lambda n: _units([(f"Mål {i}", "Source") for i in range(n)]),
    "one pair": lambda n: _units([("Mål", "Source")] * n),
    "one line": lambda n: _units([(f"Mål {i}", f"Source {i}") for i in range(n)], " "),
    "one line, one source": lambda n: _units([(f"Mål {i}", "Source") for i in range(n)], " "),
    "similar sources": lambda n: _units(
        [(f"Velg {i}", f"Select item {i} and then close it.") for i in range(n)]
    ),
    "one id": lambda n: _body("\n\n".join(unit(1, f"Mål {i}", f"Source {i}") for i in range(n))),
    "long heading": lambda n: _body(
        f"# {unit(0, 'Mål ' * n, 'Head ' * n)}\n\n"
        + "\n\n".join(unit(i, f"a {i}", f"b {i}") for i in range(1, n))
    ),
    "headings": lambda n: _body("\n\n".join(f"# {unit(i, f'a {i}', f'b {i}')}" for i in range(n))),
    "many articles": lambda n: {
        f"articles/{i}.md": f"{HEAD}---\n{unit(1, f'Mål {i}', 'Source')}\n" for i in range(n // 20 + 1)
    },
    "open units": lambda n: _body('<span data-ttu-id="1-1">a ' * n),
    "open lookups": lambda n: _body('<span class="sxs-lookup"><span data-stu-id="1-1">a ' * n),
    "closing spans": lambda n: _body(unit(1, "a", "b") + "</span>" * n),
    "nested spans": lambda n: _body(unit(1, "<span>" * n + "a" + "</span>" * n, "b")),
    "damaged quotes": lambda n: _body('<span data-ttu-id="1-1&quot;>a</span> ' * n + unit(1, "a", "b")),
    "nested quotes": lambda n: _body("> " * n + unit(1, "a", "b")),
    "nested lists": lambda n: _body("- " * n + unit(1, "a", "b")),
    "indented lists": lambda n: _body(
        "\n".join(" " * (2 * i % 400) + f"- {unit(i, f'a {i}', f'b {i}')}" for i in range(n))
    ),
    "tables": lambda n: _body(
        "| a | b |\n|---|---|\n" + "\n".join(f"| {unit(i, f'a {i}', f'b {i}')} | x |" for i in range(n))
    ),
    "wide table": lambda n: _body(
        "| a " * n
        + "|\n"
        + "|---" * n
        + "|\n"
        + "".join(f"| {unit(i, f'a {i}', f'b {i}')} " for i in range(n))
    ),
    "anchors": lambda n: _body(
        "\n\n".join(f'# <a name="b-{i}"></a>{unit(i, f"a {i}", f"b {i}")}' for i in range(n))
    ),
    "front matter keys": lambda n: {
        ARTICLE: HEAD + "".join(f"k{i}: v\n" for i in range(n)) + f"---\n{unit(1, 'a', 'b')}\n"
    },
    "front matter list": lambda n: {
        ARTICLE: HEAD
        + "keywords:\n"
        + "".join(f"- word {i}\n" for i in range(n))
        + f"---\n{unit(1, 'a', 'b')}\n"
    },
    "front matter flow": lambda n: {
        ARTICLE: HEAD + "keywords: [" + ",".join(f"w{i}" for i in range(n)) + f"]\n---\n{unit(1, 'a', 'b')}\n"
    },
    "front matter depth": lambda n: {
        ARTICLE: HEAD + "k: " + "[" * n + "]" * n + f"\n---\n{unit(1, 'a', 'b')}\n"
    },
    "front matter text": lambda n: {
        ARTICLE: HEAD + "description: " + "word " * n + f"\n---\n{unit(1, 'a', 'b')}\n"
    },
    "front matter folded": lambda n: {
        ARTICLE: HEAD + "description: >\n" + "  word\n" * n + f"---\n{unit(1, 'a', 'b')}\n"
    },
    "front matter without end": lambda n: {ARTICLE: HEAD + "k: v\n" * n + unit(1, "a", "b")},
    "YAML keys": lambda n: _yaml("".join(f"k{i}: v\n" for i in range(n))),
    "YAML list": lambda n: _yaml("k:\n" + "".join(f"- {unit(i, f'a {i}', f'b {i}')}\n" for i in range(n))),
    "YAML explicit keys": lambda n: _yaml('? "k"\n:\n - a\n' * n),
    "YAML different explicit keys": lambda n: _yaml("".join(f'? "k{i}"\n:\n - a\n' for i in range(n))),
    "YAML depth": lambda n: _yaml("k:\n" + "\n".join(" " * min(i, 300) + "- k:" for i in range(n))),
    "YAML flow depth": lambda n: _yaml("k: " + "[" * n + "]" * n),
    "YAML aliases": lambda n: _yaml("a: &a [x]\n" + "".join(f"b{i}: *a\n" for i in range(n))),
    "YAML alias bomb": lambda n: _yaml(
        "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, n // 10 + 2))
    ),
    "YAML list under a long key": lambda n: _yaml(f"{'k' * n}:\n" + "  - a\n" * n),
    "YAML list under a long explicit key": lambda n: _yaml(f'? "{"k" * n}"\n:\n' + "  - a\n" * n),
    "YAML block": lambda n: _yaml("k: |\n" + "".join(f"  {unit(i, f'a {i}', f'b {i}')}\n" for i in range(n))),
    "YAML quoted": lambda n: _yaml('k: "' + "\\u0041 " * n + unit(1, "a", "b").replace('"', '\\"') + '"'),
    "links in an article": lambda n: _body(
        "\n\n".join(f"[{unit(i, f'a {i}', f'b {i}')}](x{i}.md#b{i})" for i in range(n))
    ),
    "footnotes in an article": lambda n: _body(
        "\n\n".join(f"{unit(i, f'a[^{i}]', f'b[^{i}]')}\n\n[^{i}]: c" for i in range(n))
    ),
    "labels in an article": lambda n: _body(
        "\n\n".join(f"{unit(i, f'[a{i}][]', f'[b{i}][]')}\n\n[a{i}]: c" for i in range(n))
    ),
    "includes in an article": lambda n: _body(unit(1, "a", "b") + "\n\n" + "[!INCLUDE [a](b.md)]\n\n" * n),
    "fences in an article": lambda n: _body(unit(1, "a", "b") + "\n\n" + "```\nx\n```\n\n" * n),
    "open fences in an article": lambda n: _body(
        unit(1, "a", "b") + "\n\n" + "".join("`" * (3 + i % 200) + "\n" for i in range(n))
    ),
    "conflict marks": lambda n: _body(unit(1, "a", "b") + "\n\n" + "<<<<<<< x\n=======\n>>>>>>> y\n" * n),
    "image texts": lambda n: _body("\n\n".join(f"![{unit(i, f'a {i}', f'b {i}')}](x.png)" for i in range(n))),
    "carriage returns": lambda n: _body("\r".join(unit(i, f"a {i}", f"b {i}") for i in range(n))),
    "long line": lambda n: _body("x" * (20 * n) + unit(1, "a", "b")),
    "long path": lambda n: {
        "articles/" + "a" * 40 + "/" * 1 + "b.md": f"{HEAD}---\n"
        + "\n\n".join(unit(i, f"a {i}", f"b {i}") for i in range(n))
    },
    "long id": lambda n: _body(unit(1, "a", "b").replace("1a2b3-1", "x" * 20 * n)),
    "names": lambda n: _units([(f"Se Contoso{i} nå.", f"See Contoso{i} Portal{i} now.") for i in range(n)]),
}
POS: dict[str, Callable[[int], dict[str, str]]] = {
    "messages": lambda n: _po("".join(_entry(i, f"Source {i}", f"Mål {i}") for i in range(n))),
    "one source in contexts": lambda n: _po(
        "".join(_entry(i, "Source", f"Mål {i}", context=f"c{i}") for i in range(n))
    ),
    "comments in turn": lambda n: _po(_entry(1, "a", "b", "# x\n#. y\n" * n)),
    "translator's comments": lambda n: _po(_entry(1, "a", "b", "# x\n" * n)),
    "told comments": lambda n: _po(_entry(1, "a", "b", "#. x\n" * n)),
    "flags": lambda n: _po(_entry(1, "a", "b", "#, fuzzy, c-format\n" * n)),
    "one long flag line": lambda n: _po(_entry(1, "a", "b", "#, " + "x, " * n + "fuzzy\n")),
    "references": lambda n: _po(_entry(1, "a", "b", "".join(f"#: articles/x{i}.md:{i}\n" for i in range(n)))),
    "one reference line": lambda n: _po(
        _entry(1, "a", "b", "#: " + " ".join(f"x{i}.md:{i}" for i in range(n)) + "\n")
    ),
    "long reference": lambda n: _po(_entry(1, "a", "b", "#: " + "x" * 20 * n + ".md:1\n")),
    "deep reference": lambda n: _po(_entry(1, "a", "b", "#: " + "x/" * 10 * n + ".md:1\n")),
    "previous": lambda n: _po(_entry(1, "a", "b", '#| msgid "x"\n' + '#| "y"\n' * n)),
    "previous in turn": lambda n: _po(_entry(1, "a", "b", '#| msgid "x"\n' * n)),
    "continuations": lambda n: _po('msgid ""\n' + '"x"\n' * n + 'msgstr ""\n' + '"y"\n' * n),
    "long context": lambda n: _po(_entry(1, "a", "b", context="x" * 20 * n)),
    "long contexts": lambda n: _po(
        "".join(_entry(i, "a", f"b{i}", context="x" * 200 + str(i)) for i in range(n // 10 + 1))
    ),
    "header fields": lambda n: {
        "locales/nb_NO.po": PO_HEAD[:-1] + "".join(f'"X-{i}: y\\n"\n' for i in range(n)),
        **_body(unit(1, "Hei", "Hello")),
    },
    "blank lines": lambda n: _po("\n" * 10 * n + _entry(1, "a", "b")),
    "obsolete": lambda n: _po("".join(f'#~ msgid "a {i}"\n#~ msgstr "b {i}"\n\n' for i in range(n))),
    "comment only": lambda n: _po("# x\n\n" * n),
    "escapes": lambda n: _po(_entry(1, '\\"\\n' * n, '\\t\\"' * n)),
    "a folder that is gone": lambda n: {
        "locales/nb_NO.po": PO_HEAD
        + "".join(f'#: old/{i}/index.md:1\nmsgid "Source {i}"\nmsgstr "x"\n\n' for i in range(n)),
        **{
            f"articles/{i}/index.md": f"{HEAD}---\n{unit(1, f'Mål {i}', f'Source {i}')}\n"
            for i in range(n // 20 + 1)
        },
    },
    "a scope of many entries": lambda n: {
        "locales/nb_NO.po": PO_HEAD.replace("articles\\n", " ".join(f"a{i}" for i in range(n)) + "\\n")
        + "".join(f'#: a{i}/b.md:1\nmsgid "Source {i}"\nmsgstr "x"\n\n' for i in range(n)),
        **_body(unit(1, "Hei", "Hello")),
    },
    "doubles": lambda n: _po("".join(_entry(i, "a", "b") for i in range(n))),
    "a broken entry at the end": lambda n: _po(
        "".join(_entry(i, f"a {i}", "b") for i in range(n)) + 'msgid "a\n'
    ),
    "one long message for many units": lambda n: {
        "locales/nb_NO.po": PO_HEAD + _entry(1, "Source", "x" * 20 * n),
        **_units([("Mål", "Source")] * n),
    },
}
GLOSSARIES: dict[str, Callable[[int], str]] = {
    "terms": lambda n: "source,target\n" + "".join(f"term{i},ord{i}\n" for i in range(n)),
    "targets of one stem": lambda n: "source,target\n" + "".join(f"report,rapport{i}\n" for i in range(n)),
    "targets of one first word": lambda n: (
        "source,target\n" + "".join(f"term{i},rapport ord{i}\n" for i in range(n))
    ),
    "long terms": lambda n: "source,target\n" + "word " * n + ",ord\n",
    "nested terms": lambda n: "source,target\n" + "".join(f"{'a ' * (i % 60)}b,x\n" for i in range(n)),
}


def _pairs(prefix: str, line: str, count: int, suffix: str = "") -> Texts:
    """English text and its translation, a line for each number; `{w}` is the word that differs."""
    english, localized = (
        prefix + "".join(line.replace("{w}", word).replace("{i}", str(i)) for i in range(count)) + suffix
        for word in ("word", "ord")
    )
    return Texts(english, localized)


# English files and articles with text that is translated without annotation: front matter and body.
ENGLISH: dict[str, Callable[[int], tuple[Texts, Texts]]] = {
    "keywords": lambda n: (_pairs("keywords:\n", "- {w} {i}\n", n), Texts("", "")),
    "keywords in brackets": lambda n: (_pairs("keywords: [", "{w} {i}, ", n, "x]\n"), Texts("", "")),
    "a long title": lambda n: (_pairs("title: ", "{w} {i} ", n, "\n"), Texts("", "")),
    "a quoted title": lambda n: (_pairs('title: "', "{w} {i} \\u0041", n, '"\n'), Texts("", "")),
    "a folded description": lambda n: (_pairs("description: >\n", "  {w} {i}\n", n), Texts("", "")),
    "image texts": lambda n: (Texts("", ""), _pairs("", "![{w} {i}](x{i}.png)\n\n", n)),
    "image texts in one line": lambda n: (Texts("", ""), _pairs("", "![{w} {i}](x{i}.png) ", n)),
    "one image text": lambda n: (Texts("", ""), _pairs("", "![{w}](x.png) ", n)),
    "attributes": lambda n: (Texts("", ""), _pairs("", '<img alt="{w} {i}">\n', n)),
    "open attributes": lambda n: (Texts("", ""), _pairs("", 'alt="{w} {i} ', n)),
    "labels": lambda n: (Texts("", ""), _pairs("", '> [!div data-tab="{w} {i}"]\n', n)),
    "tabs": lambda n: (Texts("", ""), _pairs("", "# [{w} {i}](#tab/a{i})\n\nx\n\n", n)),
    "open image texts": lambda n: (Texts("", ""), _pairs("", "![{w} {i} ", n)),
    "text that differs": lambda n: (Texts("", ""), _pairs("", "{w} {i}.\n\n", n)),
    "one line that differs": lambda n: (Texts("", ""), _pairs("", "{w} {i} ", n)),
    "text that is lost": lambda n: (Texts("", ""), Texts("word " * 10 * n, "")),
    "text that is added": lambda n: (Texts("", ""), Texts("", "ord " * 10 * n)),
    "spaces": lambda n: (Texts("", ""), Texts(" " * 20 * n + "a", "a" + " " * 20 * n)),
    "backslashes": lambda n: (Texts("", ""), Texts("\\" * 20 * n + "a", "a" + "\\" * 20 * n)),
    "quotes": lambda n: (Texts("", ""), Texts(">" * 20 * n + "a", "a" + ">" * 20 * n)),
    "units": lambda n: (Texts("", ""), _english_units(n, "\n\n")),
    "units in one line": lambda n: (Texts("", ""), _english_units(n, " ")),
    "units between image texts": lambda n: (Texts("", ""), _english_units(n, "\n\n![{w}](x.png)\n\n")),
    "units behind an anchor": lambda n: (
        Texts("", ""),
        Texts(_english_units(n, " ").source, '# <a name="x"></a>' + _english_units(n, " ").target),
    ),
    "keywords and units": lambda n: (_pairs("keywords:\n", "- {w}\n", n), _english_units(n, "\n\n")),
    "units that are lost": lambda n: (Texts("", ""), Texts("", _english_units(n, "\n\n").target)),
    "escapes": lambda n: (
        Texts("", ""),
        Texts("a_b\\*c " * n, unit(1, "a\\_b\\*c " * n, "a\\_b\\*c " * n)),
    ),
}
ENGLISH_COMMANDS = {
    "extract": ["extract articles --english en"],
    "merge": ["extract articles --english en", "merge locales --english en"],
    "merge reviews": ["merge locales --english en"],
}


def _english_units(count: int, between: str) -> Texts:
    english = between.replace("{w}", "word").join(f"Source {i}" for i in range(count))
    units = between.replace("{w}", "ord").join(unit(i, f"Mål {i}", f"Source {i}") for i in range(count))
    return Texts(english, units)


def _with_english(name: str, count: int) -> dict[str, str]:
    """An article, its proved English file, and reviews of what is translated without annotation."""
    front, body = ENGLISH[name](count)
    english = f"---\n{front.source}---\n\nHello\n\n{body.source}\n"
    proof = f"ms.openlocfilehash: {hashlib.sha1(english.encode()).hexdigest()}\n"
    head = HEAD.replace("title: Tittel\n", front.target) + proof
    reviews = "".join(_entry(i, f"word {i}", f"nytt {i}") for i in range(count))
    return {
        "en/articles/a.md": english,
        ARTICLE: f"{head}---\n\n{unit(0, 'Hei', 'Hello')}\n\n{body.target}\n",
        "locales/nb_NO.po": PO_HEAD + reviews,
    }


def _one_english(count: int) -> dict[str, str]:
    """Articles that all tell of one English file, which is as long as they are many."""
    english = "Hello\n\n" + "word " * 200 * count
    proof = f"ms.openlocfilehash: {hashlib.sha1(english.encode()).hexdigest()}\n"
    article = f"{HEAD}{proof}---\n\n{unit(0, 'Hei', 'Hello')}\n"
    return {"en/a.md": english, **{f"articles/x{i}/a.md": article for i in range(count // 20 + 1)}}


def _history(count: int) -> dict[str, str]:
    """An article whose English file is changed by each of as many commits."""
    versions = [f"Hello {number}\n".encode() for number in range(2)]
    objects: dict[str, str] = {}

    def name_of(kind: str, data: bytes) -> str:
        data = f"{kind} {len(data)}\0".encode() + data
        name = hashlib.sha1(data).hexdigest()
        objects[f"en.git/objects/{name[:2]}/{name[2:]}"] = zlib.compress(data).decode(
            "utf-8", "surrogateescape"
        )
        return name

    trees = []
    for version in versions:
        blob = bytes.fromhex(name_of("blob", version))
        trees.append(name_of("tree", b"100644 a.md\0" + blob))
    commits: list[str] = []
    for number in range(count + 1):
        parent = f"parent {commits[-1]}\n" if commits else ""
        by = f"author a <a> {number} +0000\ncommitter a <a> {number} +0000\n"
        commits.append(name_of("commit", f"tree {trees[number % 2]}\n{parent}{by}\nx\n".encode()))
    proof = f"ms.openlocfilehash: {hashlib.sha1(versions[0]).hexdigest()}\nms.sourcegitcommit: {commits[0]}\n"
    return {
        "en.git/HEAD": "ref: refs/heads/main\n",
        "en.git/refs/heads/main": commits[-1] + "\n",
        ARTICLE: f"{HEAD}{proof}---\n\n{unit(0, 'Hei', 'Hello 0')}\n",
        **objects,
    }


# English files of more than one article or version, and the commands that read them.
SOURCES: dict[str, tuple[Callable[[int], dict[str, str]], list[str]]] = {
    "one file for all": (_one_english, ["extract articles --english en"]),
    "a long history": (_history, ["extract articles --english en.git", "status locales --english en.git"]),
}


def files_of(kind: str, name: str, count: int) -> dict[str, str]:
    """The files of a case, with `count` repetitions."""
    if kind == "unit":
        pair = texts(CONSTRUCTS[name], "changed", 20 * count)
        return _units([(pair.target.replace("</span", ""), pair.source.replace("</span", ""))])
    if kind == "units":
        pieces = repeated(CONSTRUCTS[name], count)
        return _units(list(zip(changed(pieces), pieces, strict=True)))
    if kind == "body":
        return _body(unit(1, "a", "b") + "\n\n" + "".join(repeated(CONSTRUCTS[name], count)))
    if kind == "glossary":
        pairs = [(f"Rapport {i} ord", f"Report {i} term{i} a a b") for i in range(count)]
        return {"glossary.csv": GLOSSARIES[name](count), **_units(pairs)}
    if kind == "english":
        return _with_english(name, count)
    if kind == "sources":
        return SOURCES[name][0](count)
    return (ARTICLES if kind == "article" else POS)[name](count)


def file_cases() -> Iterator[tuple[str, str, str, list[str]]]:
    """Kind, name, command and the command lines, of which the last is measured."""
    of_a_text = {command: COMMANDS[command] for command in ("merge", "check", "terms", "fix")}
    glossary = {"check": ["check articles --glossary glossary.csv"]}
    kinds: list[tuple[str, Iterable[str], dict[str, list[str]]]] = [
        ("english", ENGLISH, ENGLISH_COMMANDS),
        ("glossary", GLOSSARIES, glossary),
        ("po", POS, PO_COMMANDS),
        ("article", ARTICLES, COMMANDS),
        *((kind, CONSTRUCTS, of_a_text) for kind in ("unit", "units", "body")),
    ]
    for name, (_, lines) in SOURCES.items():
        yield "sources", name, lines[-1].split()[0], lines
    for kind, names, commands in kinds:
        for name in names:
            for command, lines in commands.items():
                yield kind, name, command, lines
