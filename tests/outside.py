"""What a reader sees of an article outside of one unit, by an independent reader of CommonMark.

Test-only: markdown-it-py knows nothing of the project's own reading of Markdown. The unit's own letters
are all INSIDE, which stands in no article; so the page shows which letters are the unit's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from l10n import Article
from l10n.article.frontmatter import body_start

INSIDE = "\u03c9"
_READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])

Node = tuple[str, str, int]
"""What a letter stands in: type, attributes, and a number that tells nodes of one type apart."""


def outside(article: Article, number: int, target: str) -> tuple[object, object]:
    """What the localized form shows outside of unit `number` if that has `target`.

    The letters outside with all the blocks and inline marks that each stands in (those that `target`
    holds, as in the names of its tags, are not looked at), and the marks around the unit itself.
    """
    targets = [unit.target for unit in article.units]
    targets[number] = target
    text = article.render("localized", targets).decode("utf-8", "replace")
    letters = list(_letters(_READER.parse(text[body_start(text) :]), []))
    ignored = set(target.lower())
    numbers: dict[Node, int] = {}
    shown = [
        (letter, tuple((*node[:2], numbers.setdefault(node, len(numbers))) for node in stack))
        for letter, stack in letters
        if letter != INSIDE and letter.lower() not in ignored
    ]
    around = [tuple(node[:2] for node in stack) for letter, stack in letters if letter == INSIDE]
    return shown, around


def is_undisturbed(article: Article, number: int, target: str) -> bool:
    """Whether a reader sees the same outside of the unit as if it were one plain letter."""
    wanted, (frame,) = outside_of_letter(article, number, target)
    shown, around = outside(article, number, target)
    return shown == wanted and all(stack[: len(frame)] == frame for stack in around)


def outside_of_letter(article: Article, number: int, target: str) -> tuple[object, list[tuple[object, ...]]]:
    """The same for a unit that is one plain letter; letters of `target` are left out."""
    shown, around = outside(article, number, INSIDE)
    ignored = set(target.lower())
    numbers: dict[Node, int] = {}
    kept = [
        (letter, tuple((*node[:2], numbers.setdefault(node, len(numbers))) for node in stack))
        for letter, stack in shown
        if letter.lower() not in ignored
    ]
    return kept, around


def _letters(tokens: Sequence[Token], stack: list[Node]) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """Each letter of the page, with what it stands in, from the outermost to the innermost."""
    stack = list(stack)
    for count, token in enumerate(tokens):
        node = (token.type.removesuffix("_open"), str(sorted(token.attrs.items())), id(token) + count * 0)
        if token.nesting == 1:
            stack.append(node)
        elif token.nesting == -1:
            stack.pop()
        elif token.children is not None:
            inner = [*stack, node] if token.type == "image" else stack
            yield from _letters(token.children, inner)
        elif token.type in ("html_block", "html_inline"):
            yield from _letters_of_html(token.content, (*stack, node))
        else:
            where = tuple(stack) if token.type == "text" else (*stack, node)
            yield from ((letter, where) for letter in token.content if letter.isalpha())


def _letters_of_html(html: str, stack: tuple[Node, ...]) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """Letters between tags, and those of units in attributes and comments."""
    for part in re.findall(r"<!--.*?(?:-->|\Z)|<[^<>]*>|[^<]+|<", html, re.DOTALL):
        if part.startswith("<"):
            for quoted, piece in enumerate(part.split('"')):
                where = (*stack, ("tag" if quoted % 2 == 0 else "attribute", "", 0))
                yield from ((letter, where) for letter in piece if letter == INSIDE)
        else:
            yield from ((letter, stack) for letter in part if letter.isalpha())
