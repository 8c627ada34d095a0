"""Emphasis, escapes, tags, entities, table bars, line breaks: what makes the page look as it does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

from lxml import etree

from l10n.checks.code import is_html
from l10n.checks.pair import Check, Finding, Pair, Severity
from l10n.checks.tokens import Text, Token, missing, read

_UNDERSCORES = re.compile(r"(?<![^\W_])(?<!_)_++(?=[^\W_]|[*\"'(\[])|(?<=[^\s_])_++(?![^\W_]|_)")
# The publisher's own tools write a backslash before these.
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
# Entities for which a language may write the character, its own quotes, or "and".
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
    """Runs of two and more asterisks, of which each counts as one mark of bold."""
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
        yield Finding("** without its other half shows as asterisks", given[-1].start, given[-1].end)


def _bold_count(pair: Pair) -> Iterator[Finding]:
    if "*" not in pair.source and "*" not in pair.target:
        return
    wanted, given = _bold_runs(read(pair.source)), _bold_runs(read(pair.target))
    if len(given) == len(wanted) or (len(given) % 2 == 1 and len(wanted) % 2 == 0):
        return
    yield Finding(f"{len(given) // 2} times bold, the source {len(wanted) // 2} times")


def _bold_space(pair: Pair) -> Iterator[Finding]:
    """An opening ** before white space, or a closing one after it, is no mark of bold."""
    if "**" not in pair.target:
        return
    given = read(pair.target)
    runs = [token for token in _bold_runs(given) if len(token.text) == 2]
    if len(runs) % 2 or _has_bold_space(read(pair.source)):
        return
    for opening, closing in zip(runs[::2], runs[1::2], strict=True):
        inside = given.raw[opening.end : closing.start]
        if inside[:1].isspace() or inside[-1:].isspace() or not inside:
            yield Finding("** beside white space shows as asterisks", opening.start, closing.end)


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
    """Whether a mark has white space on both sides, and so is a character like others."""
    return (start == 0 or raw[start - 1].isspace()) and (end == len(raw) or raw[end].isspace())


def _italic(pair: Pair) -> Iterator[Finding]:
    if not any(mark in text for mark in "*_" for text in (pair.source, pair.target)):
        return
    wanted, given = _italic_marks(read(pair.source)), _italic_marks(read(pair.target))
    if len(given) % 2 == 1 and len(wanted) % 2 == 0:
        yield Finding(
            f"{given[-1].text} without its other half shows as it is", given[-1].start, given[-1].end
        )


def _italic_count(pair: Pair) -> Iterator[Finding]:
    if not any(mark in text for mark in "*_" for text in (pair.source, pair.target)):
        return
    wanted, given = _italic_marks(read(pair.source)), _italic_marks(read(pair.target))
    if len(given) != len(wanted) and not (len(given) % 2 == 1 and len(wanted) % 2 == 0):
        yield Finding(f"{len(given) // 2} times emphasis by * or _, the source {len(wanted) // 2} times")


def _escape(pair: Pair) -> Iterator[Finding]:
    """An escape of the source that is no more, while the bare character is; or one spaced apart."""
    wanted = Counter(token.text[1] for token in read(pair.source).escapes)
    if not wanted:
        return
    target = read(pair.target)
    given = Counter(token.text[1] for token in target.escapes)
    for character, count in wanted.items():
        fewer = count - given[character]
        if fewer <= 0 or character == ">" or (character == "*" and r"\*\*" in pair.source):
            continue  # a > is no markup inside a line; \*\* is the annotator's own
        bare = target.visible.count(character) - given[character]
        expected = read(pair.source).visible.count(character) - count
        if bare - expected < fewer:
            continue  # the character went, too
        spaced = next(
            (m for m in _SPACED_ESCAPE.finditer(pair.target) if pair.target[m.end()] == character), None
        )
        if spaced:
            yield Finding(
                f"white space after the backslash of \\{character}", spaced.start(), spaced.end() + 1
            )
        elif character not in _FREE_ESCAPES or character in "*`":
            yield Finding(f"the backslash before {character} is lost", *_bare(pair.target, character))


def _bare(text: str, character: str) -> tuple[int, int]:
    position = text.find(character)
    while position > 0 and text[position - 1] == "\\":
        position = text.find(character, position + 1)
    return (position, position + 1) if position >= 0 else (0, 0)


def _escape_added(pair: Pair) -> Iterator[Finding]:
    """A backslash before a character that stands bare in the source."""
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
            continue  # the publisher's tools keep a line from becoming a list
        if bare >= more and bare - (target.visible.count(character) - count) >= more:
            yield Finding(f"the source has no backslash before {character}", first.start, first.end)


def _tags(text: str) -> list[Token]:
    return [
        Token(_normal(token.text), token.start, token.end)
        for token in read(text).tags
        if is_html(token.text) and not token.text.startswith("<!--")
    ]


def _normal(tag: str) -> str:
    """A tag with its name in lower case, its attributes in order and those for readers left out."""
    name = _NAME.match(tag)
    if name is None or tag.rstrip("/> ") == name[0]:
        return ("</" if tag[1] == "/" else "<") + (name[1].lower() if name else "") + ">"
    # A lone tag is safe to read: HTML has no entities to define, nothing is fetched.
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
            yield Finding(f"tag differs: {new.text}, the source has {token.text}", new.start, new.end)
        else:
            yield Finding(f"the tag {token.text} is damaged or lost", *spaced)
    for new in added[len(lost) :]:
        yield Finding(f"the source has no tag {new.text}", new.start, new.end)


def _spaced_tag(pair: Pair) -> tuple[int, int]:
    known = {match[0] for match in _SPACED_TAG.finditer(pair.source)}
    match = next((m for m in _SPACED_TAG.finditer(pair.target) if m[0] not in known), None)
    return match.span() if match else (0, 0)


def _html_balance(pair: Pair) -> Iterator[Finding]:
    if "<" not in pair.target:
        return
    fault = _unbalanced(_tags(pair.target))
    if fault and not _unbalanced(_tags(pair.source)):
        yield Finding(f"{fault.text} lacks its other half, or is in the wrong order", fault.start, fault.end)


def _unbalanced(tags: list[Token]) -> Token | None:
    """The first tag that closes none, or the last one that is not closed."""
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
            f"the entity {token.text} is changed or lost", *(damaged[0].span() if damaged else (0, 0))
        )
    if not lost and damaged and not _DAMAGED_ENTITY.search(pair.source):
        yield Finding("the damaged entity shows as it is written", *damaged[0].span())


def _unfinished(pair: Pair) -> Iterator[re.Match[str]]:
    """The source's entities in the target without their semicolon, or in another case."""
    known = {token.text for token in read(pair.source).entities}
    lower = {entity.lower() for entity in known}
    for match in _ENTITY_LIKE.finditer(pair.target):
        written = match[0]
        if written not in known and (
            f"{written};" in known or (written.lower() in lower and unescape(written) == written)
        ):
            yield match


def _written_out(entities: set[str], pair: Pair) -> frozenset[str]:
    """The entities whose character is in the target, where it may stand bare; each text is counted once."""
    in_source, in_target = Counter(pair.source), Counter(pair.target)
    found = set()
    for entity in entities:
        text = unescape(entity)
        if text == entity or entity.lower() in ("&lt;", "&#60;", "&#x3c;", "&lbrace;", "&#124;", "&vert;"):
            continue
        if len(text) == 1:
            is_more = in_target[text] > in_source[text]
        else:  # the few named ones of two characters
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
        yield Finding(f"{len(bars)} bars that begin a cell, the source has {expected}", *span)


def _block_mark(pair: Pair) -> Iterator[Finding]:
    if "\n" not in pair.source and "\n" not in pair.target:
        return
    wanted = Counter(m[1][:1] for m in _BLOCK_LINE.finditer("\n" + pair.source))
    given = Counter(m[1][:1] for m in _BLOCK_LINE.finditer("\n" + pair.target))
    if wanted != given:
        yield Finding("the marks of lists, quotes or headings at the beginnings of lines differ")


def _line_break(pair: Pair) -> Iterator[Finding]:
    if "\n" not in pair.source and "\n" not in pair.target:
        return
    wanted, given = pair.source.strip(), pair.target.strip()
    hard = len(_HARD_BREAK.findall(wanted)), len(_HARD_BREAK.findall(given))
    if hard[0] != hard[1]:
        yield Finding(f"{hard[1]} hard line breaks, the source has {hard[0]}")
    elif wanted.count("\n\n") != given.count("\n\n"):
        yield Finding("the blank lines differ")
    elif wanted.count("\n") != given.count("\n"):
        yield Finding(f"{given.count(chr(10))} line breaks, the source has {wanted.count(chr(10))}")


MARKUP_CHECKS = (
    Check("bold", Severity.ERROR, "Half a pair of ** shows as asterisks.", _bold),
    Check("bold-count", Severity.WARNING, "Bold was lost or added.", _bold_count),
    Check("bold-space", Severity.ERROR, "** beside white space shows as asterisks.", _bold_space),
    Check("italic", Severity.ERROR, "Half a pair of * or _ shows as it is.", _italic),
    Check("italic-count", Severity.WARNING, "Emphasis by * or _ was lost or added.", _italic_count),
    Check("escape", Severity.ERROR, "Without its backslash a character is markup.", _escape),
    Check(
        "escape-added",
        Severity.WARNING,
        "A backslash that the source has not shows, or undoes markup.",
        _escape_added,
    ),
    Check("html-tag", Severity.ERROR, "An HTML tag was changed, lost or added.", _html_tag),
    Check(
        "html-balance",
        Severity.ERROR,
        "A tag without its other half changes the rest of the page.",
        _html_balance,
    ),
    Check("entity", Severity.ERROR, "A damaged entity shows as it is written.", _entity),
    Check("table-bar", Severity.ERROR, "Another number of bars breaks the table's row.", _table_bar),
    Check("block-mark", Severity.ERROR, "A mark of a list, quote or heading was swallowed.", _block_mark),
    Check("line-break", Severity.WARNING, "The lines break otherwise.", _line_break),
)
