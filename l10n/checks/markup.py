"""Checks of emphasis, escapes, tags, entities, table bars and line breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape

from l10n.checks.code import is_html
from l10n.checks.differences import Wording, differences
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
_NEVER_WRITTEN_OUT = {"&lt;", "&#60;", "&#x3c;", "&lbrace;", "&#124;", "&vert;"}
_BAR = re.compile(r"\\\\|\\\||(\|)")
_BLOCK_LINE = re.compile(r"\n[ \t]*+(>|[-+*](?=[ \t])|#{1,6}(?=[ \t])|\d{1,9}[.)](?=[ \t]))")
_HARD_BREAK = re.compile(r"(?:  |\\)\n")
_NAME = re.compile(r"</?[ \t]*([A-Za-z][A-Za-z0-9]*)")


def _bold_marks(text: Text) -> list[Token]:
    """Return the runs of two or more asterisks; each counts as one mark of bold."""
    return [mark for mark in _stars(text) if mark.text.startswith("**")]


def _stars(text: Text) -> list[Token]:
    r"""Return the runs of asterisks, but not the rest of `\***`, whose first one is escaped."""
    escaped = {token.end for token in text.escapes if token.text == r"\*"}
    return [mark for mark in text.marks if mark.text[0] == "*" and mark.start not in escaped]


def _unpaired(marks_of: Callable[[Text], list[Token]], shown: str, pair: Pair) -> Iterator[Finding]:
    wanted, given = marks_of(read(pair.source)), marks_of(read(pair.target))
    if _is_odd(given, wanted):
        message = f"{shown.format(given[-1].text)}; add its other half or remove it"
        yield Finding(message, *given[-1].span)


def _is_odd(given: list[Token], wanted: list[Token]) -> bool:
    """Return True if only the target has an unpaired mark."""
    return len(given) % 2 == 1 and len(wanted) % 2 == 0


def _count(
    marks_of: Callable[[Text], list[Token]], phrase: str, mark: str, marks: str, pair: Pair
) -> Iterator[Finding]:
    """Report two numbers of marks; as numbers of phrases if all marks are paired."""
    wanted, given = marks_of(read(pair.source)), marks_of(read(pair.target))
    if len(given) == len(wanted) or _is_odd(given, wanted):
        return
    if len(given) % 2 == len(wanted) % 2 == 0:
        yield Finding(f"{counted(len(given) // 2, phrase)}, the source has {len(wanted) // 2}")
    else:
        yield Finding(f"{len(given)} {mark if len(given) == 1 else marks}, the source has {len(wanted)}")


def _bold_space(pair: Pair) -> Iterator[Finding]:
    """Report an opening ** before white space or a closing one after it: neither makes bold."""
    if "**" not in pair.target:
        return
    given = read(pair.target)
    if len(_double_stars(given)) % 2 == 0 and not _spaced_bold(read(pair.source)):
        for span in _spaced_bold(given):
            yield Finding("** next to a space shows as asterisks; remove the space", *span)


def _double_stars(text: Text) -> list[Token]:
    return [mark for mark in _bold_marks(text) if len(mark.text) == 2]


def _spaced_bold(text: Text) -> list[tuple[int, int]]:
    """Return the spans of bold phrases that are empty, or begin or end with white space."""
    marks = _double_stars(text)
    found = []
    for opening, closing in zip(marks[::2], marks[1::2], strict=False):
        inside = text.raw[opening.end : closing.start]
        if not inside or inside[0].isspace() or inside[-1].isspace():
            found.append((opening.start, closing.end))
    return found


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


_bold = partial(_unpaired, _bold_marks, "** is unpaired and shows as asterisks")
_bold_count = partial(_count, _bold_marks, "bold phrase", "mark of bold", "marks of bold")
_italic = partial(_unpaired, _italic_marks, "{} is unpaired and shows as it is")
_italic_count = partial(_count, _italic_marks, "emphasized phrase", "mark (* or _)", "marks (* or _)")


def _escape(pair: Pair) -> Iterator[Finding]:
    """Report an escape of the source whose backslash is missing or separated from its character."""
    wanted, given = _escaped(read(pair.source)), _escaped(read(pair.target))
    for character, count in wanted.items():
        fewer = count - given[character]
        if fewer <= 0 or character == ">" or (character == "*" and r"\*\*" in pair.source):
            continue  # > is no markup within a line; the annotator adds \*\*
        bare = read(pair.target).visible.count(character) - given[character]
        expected = read(pair.source).visible.count(character) - count
        if bare - expected < fewer:
            continue  # the character is missing as well
        spaced = (m for m in _SPACED_ESCAPE.finditer(pair.target) if pair.target[m.end()] == character)
        if match := next(spaced, None):
            message = f"white space between the backslash and {character}; remove it"
            yield Finding(message, match.start(), match.end() + 1)
        elif character not in _FREE_ESCAPES or character in "*`":
            message = f"the backslash before {character} is missing; write \\{character}"
            yield Finding(message, *_bare(pair.target, character))


def _escaped(text: Text) -> Counter[str]:
    """Count the characters that are escaped."""
    return Counter(token.text[1] for token in text.escapes)


def _bare(text: str, character: str) -> tuple[int, int]:
    position = text.find(character)
    while position > 0 and text[position - 1] == "\\":
        position = text.find(character, position + 1)
    return (position, position + 1) if position >= 0 else (0, 0)


def _escape_added(pair: Pair) -> Iterator[Finding]:
    """Report a backslash before a character that is not escaped in the source."""
    source, target = read(pair.source), read(pair.target)
    wanted, given = _escaped(source), _escaped(target)
    for character, count in given.items():
        more = count - wanted[character]
        if more <= 0 or character in _FREE_ESCAPES or character == "\\":
            continue
        bare = source.visible.count(character) - wanted[character]
        first = next(token for token in target.escapes if token.text[1] == character)
        if not pair.target[: first.start].strip(" 0123456789\n"):
            continue  # the publisher's tools escape what would begin a list
        if bare >= more and bare - (target.visible.count(character) - count) >= more:
            yield Finding(f"the source has no backslash before {character}; remove it", *first.span)


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
    from lxml import etree  # few tags have attributes

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


_CHANGED_TAG = Wording(
    lost="the tag {old} is damaged or missing; restore it",
    changed="tag {new} should be {old}, as in the source",
    added="the source has no tag {new}; remove it",
)


def _html_tag(pair: Pair) -> Iterator[Finding]:
    lost, added = missing(_tags(pair.source), _tags(pair.target))
    return differences(lost, added, _CHANGED_TAG, _spaced_tag(pair))


def _spaced_tag(pair: Pair) -> tuple[int, int]:
    known = {match[0] for match in _SPACED_TAG.finditer(pair.source)}
    match = next((m for m in _SPACED_TAG.finditer(pair.target) if m[0] not in known), None)
    return match.span() if match else (0, 0)


def _html_balance(pair: Pair) -> Iterator[Finding]:
    fault = _unbalanced(_tags(pair.target))
    if fault and not _unbalanced(_tags(pair.source)):
        message = f"the tag {fault.text} is unpaired or out of order; add its other half or move it"
        yield Finding(message, *fault.span)


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
    damaged = [match.span() for match in (*_DAMAGED_ENTITY.finditer(pair.target), *_unfinished(pair))]
    written_out = _written_out({token.text for token in lost}, pair) if not damaged else ()
    for token in lost:
        if token.text not in written_out:
            message = f"the entity {token.text} is changed or missing; restore it"
            yield Finding(message, *(damaged[0] if damaged else ()))
    if not lost and damaged and not _DAMAGED_ENTITY.search(pair.source):
        yield Finding("the damaged entity shows as it is written; correct it", *damaged[0])


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


def _written_out(entities: set[str], pair: Pair) -> set[str]:
    """Return the entities that the target writes as a character, if it may; each text is counted once."""
    in_source, in_target = Counter(pair.source), Counter(pair.target)
    found = set()
    for entity in entities:
        text = unescape(entity)
        if len(text) == 1:
            is_more = in_target[text] > in_source[text]
        else:  # some named entities are two characters
            is_more = text != entity and pair.target.count(text) > pair.source.count(text)
        if is_more and entity.lower() not in _NEVER_WRITTEN_OUT:
            found.add(entity)
    return found


def _table_bar(pair: Pair) -> Iterator[Finding]:
    if pair.kind != "table cell":
        return
    expected, bars = ([m.span() for m in _BAR.finditer(text) if m[1]] for text in (pair.source, pair.target))
    if len(bars) != len(expected):
        advice = f"the source has {len(expected)}; write \\| for | in the text"
        yield Finding(f"{counted(len(bars), 'cell bar')} (|), {advice}", *(bars[-1] if bars else ()))


def _block_mark(pair: Pair) -> Iterator[Finding]:
    if "\n" not in pair.source and "\n" not in pair.target:
        return
    wanted, given = (
        Counter(m[1][:1] for m in _BLOCK_LINE.finditer("\n" + text)) for text in (pair.source, pair.target)
    )
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
    Check("html-balance", Severity.ERROR, "An unpaired tag changes the rest of the page.", _html_balance),
    Check("entity", Severity.ERROR, "A damaged entity shows as it is written.", _entity),
    Check("table-bar", Severity.ERROR, "A different number of bars breaks the table row.", _table_bar),
    Check("block-mark", Severity.ERROR, "A mark of a list, quote or heading was lost or added.", _block_mark),
    Check("line-break", Severity.WARNING, "Line breaks were lost or added.", _line_break),
)
