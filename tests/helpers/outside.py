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

PARTS = [INSIDE, INSIDE, *"\\`*_[]()<>\"'|#-&;:!.\u300c \t\n"]
PARTS += [
    "``", "**", "~~", "](", "![", "<b>", "</a>", "---", "===", "```", "~~~", "amp;", "<!--", "-->", "<?",
    "<div>", "\\|", "$$", ":::", "# ", "- ", "+ ", "1. ", "2) ", "21. ", "> ", "\n\n", "    ",
    f"[{INSIDE}]: {INSIDE}",
]  # fmt: skip


Node = tuple[str, str, int]
"""What a letter stands in: type, attributes, and a number that tells nodes of one type apart."""


def is_undisturbed(article: Article, number: int, target: str) -> bool:
    """Whether a reader sees the same outside of unit `number` as if it were one plain letter.

    That is: the letters outside, with all the blocks and inline marks that each stands in (but for the
    letters that `target` holds, as in the names of its tags), and the marks around the unit itself.
    """
    wanted, (frame, *_) = _shown(article, number, INSIDE, target)
    shown, around = _shown(article, number, target, target)
    return shown == wanted and all(stack[: len(frame)] == frame for stack in around)


def _shown(
    article: Article, number: int, target: str, ignored: str
) -> tuple[list[tuple[str, tuple[Node, ...]]], list[tuple[tuple[str, str], ...]]]:
    """The letters outside with what they stand in, and what each letter inside stands in."""
    targets = [unit.target for unit in article.units]
    targets[number] = target
    text = article.render("localized", targets).decode("utf-8", "replace")
    letters = list(_letters(_READER.parse(text[body_start(text) :]), []))
    numbers: dict[Node, int] = {}
    outside = [
        (letter, tuple((*node[:2], numbers.setdefault(node, len(numbers))) for node in stack))
        for letter, stack in letters
        if letter != INSIDE and letter not in ignored
    ]
    return outside, [tuple(node[:2] for node in stack) for letter, stack in letters if letter == INSIDE]


def _letters(tokens: Sequence[Token], stack: list[Node]) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """Each letter of the page, with what it stands in, from the outermost to the innermost."""
    stack = list(stack)
    for token in tokens:
        node = (token.type.removesuffix("_open"), str(sorted(token.attrs.items())), id(token))
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
    for part in re.findall(r"""<!--.*?(?:-->|\Z)|<(?:"[^"]*"|'[^']*'|[^"'>])*>|[^<]+|<""", html, re.DOTALL):
        if part.startswith("<"):
            for quoted, piece in enumerate(part.split('"')):
                where = (*stack, ("tag" if quoted % 2 == 0 else "attribute", "", 0))
                yield from ((letter, where) for letter in piece if letter == INSIDE)
        else:
            yield from ((letter, stack) for letter in part if letter.isalpha())
