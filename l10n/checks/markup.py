"""Checks of emphasis, escapes, tags, entities, table bars and line breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

from lxml import etree

from l10n.checks.code import is_html
from l10n.checks.pair import Check, Finding, Pair, Severity, counted
from l10n.checks.tokens import Text, Token, missing, read

_UNDERSCORES = re.compile(r"(?<![^\W_])(?<!_)_++(?=[^\W_]|[*\"'(\[])|(?<=[^\s_])_++(?![^\W_]|_)")
# The publisher's tools write a backslash before these.
_FREE_ESCAPES = frozenset("*`]()[")
_SPACED_ESCAPE = re.compile(r"\\[ \u00a0\u3000]++(?=[!-/:-@\[-`{-~])")
_DAMAGED_ENTITY = re.compile(
    r"&[ \u00a0\u3000](#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8})[ \u00a0\u3000]?;"
    r"|&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8})[ \u00a0\u3000];",
    re.IGNORECASE | re.ASCII,
)
_ENTITY_LIKE = re.compile(r"&#?[A-Za-z0-9]{2,31}+;?", re.ASCII)
_SPACED_TAG = re.compile(
    r"<[ \u00a0]*+(/?)[ \u00a0]*+([A-Za-z][A-Za-z0-9]*+)[ \u00a0]*+(/?)[ \u00a0]*+>", re.ASCII
)
# Entities that a language may replace with the character, its own quotes, or "and".
_FREE_ENTITIES = {
    "&amp;", "&quot;", "&apos;", "&#39;", "&#34;", "&nbsp;", "&#160;", "&ldquo;", "&rdquo;", "&lsquo;",
    "&rsquo;", "&#8220;", "&#8221;", "&#8216;", "&#8217;", "&mdash;", "&ndash;", "&#8211;", "&#8212;",
    "&hellip;", "&#8230;", "&laquo;", "&raquo;", "&ensp;", "&emsp;", "&thinsp;", "&shy;", "&zwnj;", "&rlm;",
    "&lrm;",
}  # fmt: skip
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
})  # fmt: skip
_TRANSLATED_ATTRIBUTES = frozenset({"alt", "title", "aria-label", "summary", "placeholder", "label"})
_BAR = re.compile(r"\\\\|\\\||(\|)")
_BLOCK_LINE = re.compile(r"\n[ \t]*+(>|[-+*](?=[ \t])|#{1,6}(?=[ \t])|\d{1,9}[.)](?=[ \t]))")
_HARD_BREAK = re.compile(r"(?:  |\\)\n")
_NAME = re.compile(r"</?[ \t]*([A-Za-z][A-Za-z0-9]*)")


def _bold_runs(text: Text) -> list[Token]:
    """Return the runs of two or more asterisks; each counts as one mark of bold."""
    return [mark for mark in _stars(text) if mark.text.startswith("**")]


def _stars(text: Text) -> list[Token]:
    r"""Return the runs of asterisks, but not the rest of `\***`, whose first one is escaped."""
    escaped = {token.end for token in text.escapes if token.text == r"\*"}
    return [mark for mark in text.marks if mark.text[0] == "*" and mark.start not in escaped]


def _bold(pair: Pair) -> Iterator[Finding]:
    if "*" not in pair.source and "*" not in pair.target:
        return
    wanted, given = _bold_runs(read(pair.source)), _bold_runs(read(pair.target))
    if len(given) % 2 == 1 and len(wanted) % 2 == 0:
        yield Finding(
            "** is unpaired and shows as asterisks; add its other half or remove it",
            given[-1].start,
            given[-1].end,
        )


def _bold_count(pair: Pair) -> Iterator[Finding]:
    if "*" not in pair.source and "*" not in pair.target:
        return
    wanted, given = _bold_runs(read(pair.source)), _bold_runs(read(pair.target))
    if len(given) == len(wanted) or (len(given) % 2 == 1 and len(wanted) % 2 == 0):
        return
    yield Finding(_other_count(len(given), len(wanted), "bold phrase", "mark of bold", "marks of bold"))


def _other_count(given: int, wanted: int, phrase: str, mark: str, marks: str) -> str:
    """Return a message about two numbers of marks; it counts phrases if all marks are paired."""
    if given % 2 == wanted % 2 == 0:
        return f"{counted(given // 2, phrase)}, the source has {wanted // 2}"
    return f"{given} {mark if given == 1 else marks}, the source has {wanted}"


def _bold_space(pair: Pair) -> Iterator[Finding]:
    """Report an opening ** before white space or a closing one after it: neither makes bold."""
    if "**" not in pair.target:
        return
    given = read(pair.target)
    runs = [token for token in _bold_runs(given) if len(token.text) == 2]
    if len(runs) % 2 or _has_bold_space(read(pair.source)):
        return
    for opening, closing in zip(runs[::2], runs[1::2], strict=True):
        inside = given.raw[opening.end : closing.start]
        if inside[:1].isspace() or inside[-1:].isspace() or not inside:
            yield Finding(
                "** next to a space shows as asterisks; remove the space", opening.start, closing.end
            )


def _has_bold_space(text: Text) -> bool:
    runs = [token for token in _bold_runs(text) if len(token.text) == 2]
    return any(
        not inside or inside[0].isspace() or inside[-1].isspace()
        for inside in (
            text.raw[opening.end : closing.start]
            for opening, closing in zip(runs[::2], runs[1::2], strict=False)
        )
    )


def _italic_marks(text: Text) -> list[Token]:
    marks = [
        Token("*", *mark[1:])
        for mark in _stars(text)
        if len(mark.text) % 2 == 1 and not _is_alone(text.raw, *mark[1:])
    ]
    if "_" in text.raw:
        escaped = {token.end - 1 for token in text.escapes}
        marks += [
            Token("_", *m.span()) for m in _UNDERSCORES.finditer(text.prose) if m.start() not in escaped
        ]
    return marks


def _is_alone(raw: str, start: int, end: int) -> bool:
    """Return True if a mark has white space on both sides, so that it is text."""
    return (start == 0 or raw[start - 1].isspace()) and (end == len(raw) or raw[end].isspace())


def _italic(pair: Pair) -> Iterator[Finding]:
    if not any(mark in text for mark in "*_" for text in (pair.source, pair.target)):
        return
    wanted, given = _italic_marks(read(pair.source)), _italic_marks(read(pair.target))
    if len(given) % 2 == 1 and len(wanted) % 2 == 0:
        yield Finding(
            f"{given[-1].text} is unpaired and shows as it is; add its other half or remove it",
            given[-1].start,
            given[-1].end,
        )


def _italic_count(pair: Pair) -> Iterator[Finding]:
    if not any(mark in text for mark in "*_" for text in (pair.source, pair.target)):
        return
    wanted, given = _italic_marks(read(pair.source)), _italic_marks(read(pair.target))
    if len(given) != len(wanted) and not (len(given) % 2 == 1 and len(wanted) % 2 == 0):
        yield Finding(
            _other_count(len(given), len(wanted), "emphasized phrase", "mark (* or _)", "marks (* or _)")
        )


def _escape(pair: Pair) -> Iterator[Finding]:
    """Report an escape of the source whose backslash is missing or separated from its character."""
    wanted = Counter(token.text[1] for token in read(pair.source).escapes)
    if not wanted:
        return
    target = read(pair.target)
    given = Counter(token.text[1] for token in target.escapes)
    for character, count in wanted.items():
        fewer = count - given[character]
        if fewer <= 0 or character == ">" or (character == "*" and r"\*\*" in pair.source):
            continue  # > is no markup within a line; the annotator adds \*\*
        bare = target.visible.count(character) - given[character]
        expected = read(pair.source).visible.count(character) - count
        if bare - expected < fewer:
            continue  # the character is missing as well
        spaced = next(
            (m for m in _SPACED_ESCAPE.finditer(pair.target) if pair.target[m.end()] == character), None
        )
        if spaced:
            yield Finding(
                f"white space between the backslash and {character}; remove it",
                spaced.start(),
                spaced.end() + 1,
            )
        elif character not in _FREE_ESCAPES or character in "*`":
            yield Finding(
                f"the backslash before {character} is missing; write \\{character}",
                *_bare(pair.target, character),
            )


def _bare(text: str, character: str) -> tuple[int, int]:
    position = text.find(character)
    while position > 0 and text[position - 1] == "\\":
        position = text.find(character, position + 1)
    return (position, position + 1) if position >= 0 else (0, 0)


def _escape_added(pair: Pair) -> Iterator[Finding]:
    """Report a backslash before a character that is not escaped in the source."""
    target = read(pair.target)
    if not target.escapes:
        return
    source = read(pair.source)
    wanted = Counter(token.text[1] for token in source.escapes)
    given = Counter(token.text[1] for token in target.escapes)
    for character, count in given.items():
        more = count - wanted[character]
        if more <= 0 or character in _FREE_ESCAPES or character == "\\":
            continue
        bare = source.visible.count(character) - wanted[character]
        first = next(token for token in target.escapes if token.text[1] == character)
        if not pair.target[: first.start].strip(" 0123456789\n"):
            continue  # the publisher's tools escape what would begin a list
        if bare >= more and bare - (target.visible.count(character) - count) >= more:
            yield Finding(
                f"the source has no backslash before {character}; remove it", first.start, first.end
            )


def _tags(text: str) -> list[Token]:
    return [
        Token(_normal(token.text), token.start, token.end)
        for token in read(text).tags
        if is_html(token.text) and not token.text.startswith("<!--")
    ]


def _normal(tag: str) -> str:
    """Return a tag with a lower-case name and sorted attributes, without those that are translated."""
    name = _NAME.match(tag)
    if name is None or tag.rstrip("/> ") == name[0]:
        return ("</" if tag[1] == "/" else "<") + (name[1].lower() if name else "") + ">"
    # A single tag is safe to parse: HTML defines no entities, and nothing is fetched.
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    root = etree.fromstring(tag.replace("\0", ""), parser)
    element = root.find(f".//{name[1].lower()}") if root is not None else None
    if element is None:
        return " ".join(tag.split())
    attributes = sorted(
        f"{key!r}={value!r}" for key, value in element.items() if key not in _TRANSLATED_ATTRIBUTES
    )
    return f"<{' '.join([name[1].lower(), *attributes])}>"


def _html_tag(pair: Pair) -> Iterator[Finding]:
    if "<" not in pair.source and "<" not in pair.target:
        return
    lost, added = missing(_tags(pair.source), _tags(pair.target))
    spaced = _spaced_tag(pair) if len(lost) > len(added) else (0, 0)
    for index, token in enumerate(lost):
        if index < len(added):
            new = added[index]
            yield Finding(f"tag {new.text} should be {token.text}, as in the source", new.start, new.end)
        else:
            yield Finding(f"the tag {token.text} is damaged or missing; restore it", *spaced)
    for new in added[len(lost) :]:
        yield Finding(f"the source has no tag {new.text}; remove it", new.start, new.end)


def _spaced_tag(pair: Pair) -> tuple[int, int]:
    known = {match[0] for match in _SPACED_TAG.finditer(pair.source)}
    match = next((m for m in _SPACED_TAG.finditer(pair.target) if m[0] not in known), None)
    return match.span() if match else (0, 0)


def _html_balance(pair: Pair) -> Iterator[Finding]:
    if "<" not in pair.target:
        return
    fault = _unbalanced(_tags(pair.target))
    if fault and not _unbalanced(_tags(pair.source)):
        yield Finding(
            f"the tag {fault.text} is unpaired or out of order; add its other half or move it",
            fault.start,
            fault.end,
        )


def _unbalanced(tags: list[Token]) -> Token | None:
    """Return the first tag that closes no other one, or the last one that is not closed."""
    stack: list[Token] = []
    for token in tags:
        name = token.text.strip("</>").split(" ")[0]
        if name in _VOID:
            continue
        if not token.text.startswith("</"):
            stack.append(token)
        elif stack and stack[-1].text.strip("<>").split(" ")[0] == name:
            stack.pop()
        else:
            return token
    return stack[-1] if stack else None


def _entity(pair: Pair) -> Iterator[Finding]:
    if "&" not in pair.source:
        return
    wanted = [token for token in read(pair.source).entities if token.text.lower() not in _FREE_ENTITIES]
    lost, _ = missing(wanted, read(pair.target).entities)
    damaged = [*_DAMAGED_ENTITY.finditer(pair.target), *_unfinished(pair)]
    written_out = _written_out({token.text for token in lost}, pair) if lost and not damaged else frozenset()
    for token in lost:
        if token.text in written_out:
            continue
        yield Finding(
            f"the entity {token.text} is changed or missing; restore it",
            *(damaged[0].span() if damaged else (0, 0)),
        )
    if not lost and damaged and not _DAMAGED_ENTITY.search(pair.source):
        yield Finding("the damaged entity shows as it is written; correct it", *damaged[0].span())


def _unfinished(pair: Pair) -> Iterator[re.Match[str]]:
    """Yield the source's entities that lack their semicolon in the target or differ in case."""
    known = {token.text for token in read(pair.source).entities}
    lower = {entity.lower() for entity in known}
    for match in _ENTITY_LIKE.finditer(pair.target):
        written = match[0]
        if written not in known and (
            f"{written};" in known or (written.lower() in lower and unescape(written) == written)
        ):
            yield match


def _written_out(entities: set[str], pair: Pair) -> frozenset[str]:
    """Return the entities that the target writes as a character, if it may; each text is counted once."""
    in_source, in_target = Counter(pair.source), Counter(pair.target)
    found = set()
    for entity in entities:
        text = unescape(entity)
        if text == entity or entity.lower() in ("&lt;", "&#60;", "&#x3c;", "&lbrace;", "&#124;", "&vert;"):
            continue
        if len(text) == 1:
            is_more = in_target[text] > in_source[text]
        else:  # some named entities are two characters
            is_more = pair.target.count(text) > pair.source.count(text)
        if is_more:
            found.add(entity)
    return frozenset(found)


def _table_bar(pair: Pair) -> Iterator[Finding]:
    if pair.kind != "table cell" or ("|" not in pair.source and "|" not in pair.target):
        return
    bars = [m.start() for m in _BAR.finditer(read(pair.target).raw) if m[1]]
    expected = sum(1 for m in _BAR.finditer(pair.source) if m[1])
    if len(bars) != expected:
        span = (bars[-1], bars[-1] + 1) if bars else (0, 0)
        yield Finding(
            f"{counted(len(bars), 'cell bar')} (|), the source has {expected}; write \\| for | in the text",
            *span,
        )


def _block_mark(pair: Pair) -> Iterator[Finding]:
    if "\n" not in pair.source and "\n" not in pair.target:
        return
    wanted = Counter(m[1][:1] for m in _BLOCK_LINE.finditer("\n" + pair.source))
    given = Counter(m[1][:1] for m in _BLOCK_LINE.finditer("\n" + pair.target))
    if wanted != given:
        yield Finding(
            "marks of lists, quotes or headings at the beginning of lines differ; write them as in the source"
        )


def _line_break(pair: Pair) -> Iterator[Finding]:
    if "\n" not in pair.source and "\n" not in pair.target:
        return
    wanted, given = pair.source.strip(), pair.target.strip()
    hard = len(_HARD_BREAK.findall(wanted)), len(_HARD_BREAK.findall(given))
    if hard[0] != hard[1]:
        yield Finding(f"{counted(hard[1], 'hard line break')}, the source has {hard[0]}")
    elif wanted.count("\n\n") != given.count("\n\n"):
        yield Finding("the number of blank lines differs from the source")
    elif wanted.count("\n") != given.count("\n"):
        breaks = counted(given.count("\n"), "line break")
        yield Finding(f"{breaks}, the source has {wanted.count(chr(10))}")


MARKUP_CHECKS = (
    Check("bold", Severity.ERROR, "An unpaired ** shows as asterisks.", _bold),
    Check("bold-count", Severity.WARNING, "Bold was lost or added.", _bold_count),
    Check("bold-space", Severity.ERROR, "** next to white space shows as asterisks.", _bold_space),
    Check("italic", Severity.ERROR, "An unpaired * or _ shows as it is.", _italic),
    Check("italic-count", Severity.WARNING, "Emphasis with * or _ was lost or added.", _italic_count),
    Check("escape", Severity.ERROR, "Without its backslash, a character becomes markup.", _escape),
    Check(
        "escape-added",
        Severity.WARNING,
        "An added backslash shows, or turns markup into text.",
        _escape_added,
    ),
    Check("html-tag", Severity.ERROR, "An HTML tag was changed, lost or added.", _html_tag),
    Check(
        "html-balance",
        Severity.ERROR,
        "An unpaired tag changes the rest of the page.",
        _html_balance,
    ),
    Check("entity", Severity.ERROR, "A damaged entity shows as it is written.", _entity),
    Check("table-bar", Severity.ERROR, "A different number of bars breaks the table row.", _table_bar),
    Check("block-mark", Severity.ERROR, "A mark of a list, quote or heading was lost or added.", _block_mark),
    Check("line-break", Severity.WARNING, "Line breaks were lost or added.", _line_break),
)
