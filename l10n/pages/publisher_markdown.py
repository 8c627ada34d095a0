"""The publisher's Markdown for markdown-it-py: alerts, `:::` lines, includes, cross references, tabs.

A construct that shows the reader something else than its text becomes a short note in the page, so that
nothing of the article is hidden from the reviewer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from l10n.pages.linked_files import IncludedTexts
from l10n.pages.marks import ANY_MARK, CLOSE, FAULT, NUMBERED, OPEN, SOUND, unmarked

INCLUDED = "included"
"""The key of the parser's environment under which a page gives its `IncludedTexts`."""
_ATTRIBUTE = re.compile(r'\b([a-z-]+)="([^"\r\n]*)"')
_ALERT = re.compile(r"\[!([A-Za-z]{1,20})(?:[ \t]([^\]\r\n]{0,300}))?\][ \t]*")
_BRACKET = re.compile(
    r"\[!([A-Za-z]{1,20})(-[A-Za-z0-9_#+-]{0,40})?[ \t]*\[([^\]\r\n]{0,300})\]\(([^()\r\n]{0,500})\)\]"
)
_XREF = re.compile(r"<xref:([^<>\s]{1,500})>", re.IGNORECASE)
_NO_LOC = re.compile(r':::no-loc[ \t]+text="([^"\r\n]{0,500})"[ \t]*:::')
_COLUMN = re.compile(r"column(?!-)")
_COLUMN_FENCE = re.compile(r":::(?:column|row)(-end)?")
_FIRST_MARK = re.compile(f"(?:{OPEN}[0-9]+{NUMBERED})?")


def publisher_markdown() -> MarkdownIt:
    """Return a parser of the publisher's Markdown. It makes no links of bare addresses."""
    parser = MarkdownIt("commonmark", {"html": True})
    parser.inline = _InlineParser()
    parser.enable(["table", "strikethrough"])
    parser.inline.ruler.before("link", "publisher", _bracket)
    parser.inline.ruler.before("autolink", "xref", _xref)
    parser.inline.ruler.before("text", "no_loc", _no_loc)
    parser.block.ruler.before("fence", "colons", _colons, {"alt": ["paragraph", "blockquote", "list"]})
    parser.core.ruler.push("alerts", _alerts)
    parser.core.ruler.push("included_blocks", _included_blocks)
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("note", _note)

    def include(_: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType) -> str:
        return _include(parser, tokens[index], env)

    parser.add_render_rule("include", include)
    return parser


class _InlineState(StateInline):
    """Reads emphasis as if the marks of units were not there."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        end = start
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        around = (self._before(start), self.src[start:end], self._after(end))
        bare = StateInline("".join(around), self.md, self.env, [])
        return StateInline.scanDelims(bare, len(around[0]), canSplitWord)

    def _before(self, position: int) -> str:
        while position and self.src[position - 1] in (CLOSE, NUMBERED, FAULT, SOUND):
            is_opening = self.src[position - 1] == NUMBERED
            position = self.src.rfind(OPEN, 0, position) if is_opening else position - 1
        return self.src[max(0, position - 1) : position]

    def _after(self, position: int) -> str:
        while found := ANY_MARK.match(self.src, position, self.posMax):
            position = found.end()
        return self.src[position : min(position + 1, self.posMax)]


class _InlineParser(ParserInline):
    """The parser with that state."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _InlineState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _bracket(state: StateInline, silent: bool) -> bool:
    """Read `[!INCLUDE [name](path)]` and `[!code-csharp[name](path)]`."""
    if not state.src.startswith("[!", state.pos):
        return False
    found = _BRACKET.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        kind = found[1].lower()
        token = state.push("include" if kind == "include" else "note", "", 0)
        token.content = f"{kind}{found[2] or ''}: {found[3]} {found[4]}"
        token.info = found[4]
    state.pos = found.end()
    return True


def _xref(state: StateInline, silent: bool) -> bool:
    """Read `<xref:System.String>`."""
    found = _XREF.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "<" else None
    if found is None:
        return False
    if not silent:
        state.push("code_inline", "code", 0).content = found[1]
    state.pos = found.end()
    return True


def _no_loc(state: StateInline, silent: bool) -> bool:
    """Read `:::no-loc text="Name":::`."""
    if state.src[state.pos] != ":" or not state.src.startswith(":::no-loc", state.pos):
        return False
    found = _NO_LOC.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("text", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _colons(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a line that begins with `:::`: a zone, a row, an image …"""
    position = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith(":::", position):
        return False
    line = state.src[position : state.eMarks[start]]
    if line.startswith(":::no-loc"):
        return False
    if silent:
        return True
    token = state.push("note", "", 0)
    token.block = True
    token.content = line.strip(": \t")
    token.map = [start, start + 1]
    state.line = start + 1
    if _COLUMN.match(token.content):
        _shift_column(state, start, end)
    return True


def _shift_column(state: StateBlock, start: int, end: int) -> None:
    """Count the spaces before the lines of a column from its first line, as the publisher does.

    Its text often stands six spaces in, which would be code.
    """
    indent = state.sCount[start] - state.blkIndent
    for line in range(start + 1, end):
        begin, spaces = state.bMarks[line], min(indent, state.tShift[line])
        fence = _COLUMN_FENCE.match(state.src, begin + state.tShift[line])
        if fence and not fence[1]:
            break
        if not state.src[begin : begin + spaces].strip(" "):
            state.bMarks[line] += spaces
            state.tShift[line] -= spaces
            state.sCount[line] -= spaces
        if fence:
            break


def _note(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Return the HTML of a note; an image is shown with its text, as any other."""
    token = tokens[index]
    tag = "p" if token.block else "span"
    if token.content.startswith("image "):
        values = dict(_ATTRIBUTE.findall(token.content))
        image = Token("image", "img", 0)
        image.attrs = {"src": _address(values.get("source", ""), env), "alt": values.get("alt-text", "")}
        return f"<{tag}>{renderer.renderToken([image], 0, options, env)}</{tag}>\n"
    text = _escape(token.content)
    return f'<{tag} class="md-note">{text}</{tag}>' + ("\n" if token.block else "")


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Return the tag of an image, whose address is that from the article, also in an included file."""
    tokens[index].attrs["src"] = _address(str(tokens[index].attrs.get("src", "")), env)
    return renderer.image(tokens, index, options, env)


def _address(address: str, env: EnvType) -> str:
    included: IncludedTexts | None = env.get(INCLUDED)
    return included.address(unmarked(address)) if included else unmarked(address)


def _include(parser: MarkdownIt, token: Token, env: EnvType) -> str:
    """Return the HTML of an included file, with its name if it is a block; a note if it is not shown."""
    included: IncludedTexts | None = env.get(INCLUDED)
    render = parser.render if token.block else parser.renderInline
    shown = (
        included.show(unmarked(token.info), lambda text: render(text, {INCLUDED: included}))
        if included
        else None
    )
    tag, note = ("div", "p") if token.block else ("span", "span")
    name = f'<{note} class="md-note">{_escape(token.content)}</{note}>'
    if shown is None:
        return name
    return f'<{tag} class="md-include">{name if token.block else ""}{shown}</{tag}>'


def _included_blocks(state: StateCore) -> None:
    """Turn paragraphs that only include a file into blocks."""
    tokens: list[Token] = []
    for token in state.tokens:
        children = token.children or ()
        if token.type == "paragraph_close" and tokens[-1].type == "include":
            continue
        if len(children) == 1 and children[0].type == "include" and tokens[-1].type == "paragraph_open":
            tokens[-1] = children[0]
            tokens[-1].block = True
        else:
            tokens.append(token)
    state.tokens = tokens


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _link_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Return the start tag of a link that shows its destination, and leads nowhere."""
    token = Token("link_open", "a", 1)
    token.attrs = {"title": unmarked(str(tokens[index].attrs.get("href", "")))}
    return renderer.renderToken([token], 0, options, env)


def _alerts(state: StateCore) -> None:
    """Turn quotes that begin with `[!NOTE]` or another word into alerts."""
    tokens = state.tokens
    for index, token in enumerate(tokens[:-2]):
        inline = tokens[index + 2]
        if token.type != "blockquote_open" or inline.type != "inline" or not inline.children:
            continue
        skipped = _FIRST_MARK.match(inline.content)
        start = skipped.end() if skipped else 0
        found = _ALERT.match(inline.content, start)
        if found is None or found[1].lower() in ("include", "code"):
            continue
        token.attrSet("class", "md-alert")
        inline.content = inline.content[:start] + inline.content[found.end() :].lstrip("\n")
        children: list[Token] = []
        state.md.inline.parse(inline.content, state.md, state.env, children)
        note = Token("note", "", 0)
        note.content = found[1].lower() + (f" {found[2]}" if found[2] else "")
        inline.children = [note, Token("hardbreak", "br", 0), *children]
