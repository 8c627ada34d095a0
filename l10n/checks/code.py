"""Checks of code, placeholders, file names and commands: what a reader types must not change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from l10n.checks.differences import Wording, differences
from l10n.checks.inside import Inside
from l10n.checks.pair import Check, Finding, Pair, Severity
from l10n.checks.tokens import Token, missing, read
from l10n.markdown import placeholders

_VERBS = (
    "Add|Approve|Assert|Backup|Block|Build|Checkpoint|Clear|Close|Compare|Complete|Compress|Confirm|Connect|Convert"
    "|ConvertFrom|ConvertTo|Copy|Debug|Deny|Deploy|Disable|Disconnect|Dismount|Enable|Enter|Exit|Expand|Export"
    "|Find|Format|Get|Grant|Group|Hide|Import|Initialize|Install|Invoke|Join|Limit|Lock|Measure|Merge|Mount|Move"
    "|New|Out|Ping|Pop|Protect|Publish|Push|Read|Receive|Redo|Register|Remove|Rename|Repair|Request|Reset|Resize"
    "|Resolve|Restart|Restore|Resume|Revoke|Save|Search|Select|Send|Set|Show|Skip|Sort|Split|Start|Step|Stop|Submit"
    "|Suspend|Switch|Sync|Test|Trace|Unblock|Undo|Uninstall|Unlock|Unprotect|Unpublish|Unregister|Update|Upgrade"
    "|Use|Wait|Watch|Where|Write"
)
_CMDLET = re.compile(
    rf"(?<![\w-])(?:{_VERBS})-(?!(?:Ins?|Ons?|Only|As|Up|Off|Out|Back|Down|To|By|Through|Over|And|Or)\b)"
    r"[A-Z][A-Za-z0-9]++(?![\w-])"
)
_OPTION = re.compile(r"(?<![\w\0*_/.,)\]@-])--[A-Za-z][A-Za-z0-9]*+(?:-[A-Za-z0-9]++)*(?![\w-])")
_DASH_OPTION = re.compile(r"(?<![\w\0_/.,)\]@-])-[A-Za-z][A-Za-z0-9]*+(?![\w-])")
_BEGINS_SENTENCE = re.compile(
    r"-(?:"
    r"a|after|all|also|an|and|any|as|at|be|before|both|but|by|check|choose|click|close|configure|copy"
    r"|create|delete|do|each|edit|ensure|enter|find|fix|follow|for|from|get|go|how|if|in|install|it"
    r"|make|no|not|note|on|once|one|open|or|our|press|remove|review|run|save|see|select|set|sign|some"
    r"|start|stop|switch|tap|that|the|then|there|these|this|those|to|turn|type|under|unable|update"
    r"|use|verify|wait|we|what|when|where|which|who|why|with|you|your"
    r")",
    re.IGNORECASE,
)
# A text that is an option with its value: -ErrorAction, -Path <String[]>, -u | --user
_LONE_OPTION = re.compile(
    r"[*_]{0,2}--?[A-Za-z][\w-]*+[*_:]{0,2}(?:\Z|[ \t]?[\0<\[{|,=/]|[ \t]\\?[\0<\[{|/])"
)
_COMMAND_LINE = re.compile(
    rf"(?<![\w-])(?:(?:{_VERBS})-[A-Z]\w++|\w++\.exe|dotnet|nuget|git|az|npm|pip|docker|msbuild|msiexec|curl)(?![\w-])"
)
_FILE = re.compile(
    r"(?<![\w.@/\\-])[A-Za-z0-9_][\w-]*+(?:\.[\w-]++)*?\.(?:exe|dll|ps1|psm1|psd1|msi|msix|cmd|bat|sh|zip|cab|xml|json|ya?ml|config|cs"
    r"|csproj|vbproj|sln|nupkg|nuspec|snupkg|props|targets|resx|md|txt|log|csv|pst|ost|ini|reg|inf|sys|py|js|ts|css|html?"
    r"|aspx?|php|png|jpe?g|gif|svg|docx?|xlsx?|pptx?|pdf|vsix|tar|gz|iso|vhdx?|cer|pfx|pem|crt|key|dotx|oft|admx|adml)"
    r"(?!\.*+[\w-])",
    re.ASCII,
)
_SNAKE = re.compile(r"(?<![\w\\/.-])[A-Za-z][A-Za-z0-9]*+(?:_[A-Za-z0-9]++)+(?!\w)", re.ASCII)
_WINDOWS_PATH = re.compile(
    r"(?<!\w)(?:(?:[A-Za-z]:|HK[A-Z_]{2,20})\\{1,2}|\\\\)[\w.$%{}()-]++(?:\\{1,2}[\w.$%{}()-]++)*", re.ASCII
)
_UNIX_PATH = re.compile(r"(?<![\w/\0.*<])(?:~|\.{1,2})?(?:/[A-Za-z0-9_.-]++){2,}/?", re.ASCII)
_VARIABLE = re.compile(r"\$(?:\{[A-Za-z_][\w.]*+\}|[A-Za-z_]\w*+)|%[A-Za-z][\w()]*+%", re.ASCII)
_COMMANDS = (("-", _CMDLET), ("-", _OPTION), ("$%", _VARIABLE), ("/", _UNIX_PATH), ("\\", _WINDOWS_PATH))
"""The patterns of commands, and the marks of which their matches have one."""
_MAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]*+@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)+", re.ASCII)
_DOMAIN = re.compile(
    r"(?<![\w.@/-])(?:[A-Za-z0-9][A-Za-z0-9-]*+\.)+(?:com|org|net|io|gov|edu|info|microsoft|ms)(?![\w.-])",
    re.ASCII,
)
_CODE_NUMBER = re.compile(r"\b0x[0-9A-Fa-f]++\b|\b[A-Z]{2,}\d{3,}\b", re.ASCII)
_DOTTED = re.compile(
    r"(?<![\w./\\-])[A-Z][A-Za-z0-9_]+(?:\.[A-Z][A-Za-z0-9_]++)+(?![\w-]|\.[A-Z][A-Za-z0-9_])", re.ASCII
)
_GUID = re.compile(r"\b[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\b", re.ASCII)
_CAMEL = re.compile(r"(?<![\w-])(?:[A-Z]?[a-z0-9]++(?:[A-Z]++[a-z0-9]++)+|[a-z]++[A-Z]{2,})(?!\w)", re.ASCII)
_INNER_STOP = re.compile(r"[\w-]\.[A-Za-z0-9]", re.ASCII)
_MAY_BE_NAME = re.compile(r"[a-z0-9][A-Z]|_|\w\.[A-Z]|[0-9A-Fa-fx]{3}[0-9]")
_E_WORD = re.compile(r"(?:e|Auto|My)[A-Z][a-z]+$")
"""eDiscovery, AutoSave, MyApps: languages have their own words for these."""

_ANGLE = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_HTML = frozenset({
    "a", "abbr", "address", "area", "article", "aside", "audio", "b", "base", "bdi", "bdo", "blockquote",
    "body", "br", "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup", "data",
    "datalist", "dd", "del", "details", "dfn", "dialog", "div", "dl", "dt", "em", "embed", "fieldset",
    "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header",
    "hgroup", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link",
    "main", "map", "mark", "menu", "meta", "meter", "nav", "noscript", "object", "ol", "optgroup", "option",
    "output", "p", "picture", "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp", "script", "section",
    "select", "slot", "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup",
    "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "track",
    "tt", "u", "ul", "var", "video", "wbr",
})  # fmt: skip


def is_html(tag: str) -> bool:
    """Return True if `tag`, a text in angle brackets, is HTML and not a placeholder."""
    if tag.startswith("<!--"):
        return True
    name = _ANGLE.match(tag)
    if name is None or name[1].lower() not in _HTML:
        return False
    rest = tag[name.end() : -1].strip("/ \n\t")
    return not rest or "=" in rest


_CODE = Wording(
    lost="the code `{old}` is missing; add it",
    changed="code `{new}` should be `{old}`, as in the source",
    added="the source has no code `{new}`; remove it or its backticks",
)


def _code_span(pair: Pair) -> Iterator[Finding]:
    yield from differences(*missing(read(pair.source).code, read(pair.target).code), _CODE)


def _backtick(pair: Pair) -> Iterator[Finding]:
    given = read(pair.target).ticks
    if len(given) > len(read(pair.source).ticks):
        yield Finding("a backtick is unpaired; add its other half or remove it", *given[-1].span)


def _placeholders(text: str) -> list[Token]:
    found = (Token(text[start:end], start, end) for start, end in placeholders(text, read(text).spans))
    return [token for token in found if not is_html(token.text)]


_PLACEHOLDER = Wording(
    lost="the placeholder {old} is changed or missing; restore it",
    changed="placeholder {new} should be {old}, as in the source",
)


def _placeholder(pair: Pair) -> Iterator[Finding]:
    wanted = _placeholders(pair.source)
    if not wanted:
        return
    lost, added = missing(wanted, _placeholders(pair.target))
    inside = Inside(pair.target)
    lost = [token for token in lost if token.text not in inside]
    yield from differences(lost, added, _PLACEHOLDER)
    yield from inside.findings()


def _names(patterns: Iterable[re.Pattern[str]], prose: str) -> list[str]:
    """Return what matches one of the patterns in a prose, each text once."""
    found = (match[0].rstrip(".") for pattern in patterns for match in pattern.finditer(prose))
    return list(dict.fromkeys(found))


def _changed(find: Callable[[str], Iterable[str]], pair: Pair) -> Iterator[Finding]:
    """Report each name that `find` yields for the source and that the target does not contain unchanged."""
    names = dict.fromkeys(find(read(pair.source).prose))
    if not names:
        return
    taken = read(pair.target)
    found = set(find(taken.prose))
    visible, lower = taken.visible, taken.visible.lower()
    inside = Inside(visible)
    for name in names:
        if name in found or name in inside:
            continue
        at = lower.find(name.lower()) if len(lower) == len(visible) else -1
        if at < 0:
            yield Finding(f"{name} is changed or missing; write it as in the source")
        else:
            end = at + len(name)
            yield Finding(f"{visible[at:end]} should be {name}, as in the source", at, end)
    yield from inside.findings()


def _commands(prose: str) -> Iterator[str]:
    patterns = (pattern for marks, pattern in _COMMANDS if any(mark in prose for mark in marks))
    yield from _names(patterns, prose)
    are_options = _LONE_OPTION.match(prose)
    if are_options or prose.startswith("-") or any(mark in prose for mark in (" -", "(-", "*-")):
        are_options = are_options or _COMMAND_LINE.search(prose)
        dashed = _names((_DASH_OPTION,), prose)
        yield from (name for name in dashed if are_options or _is_parameter(name))


def _is_parameter(name: str) -> bool:
    """Return True if a dash and a word are the name of a parameter (-Path), not a dash before text (-The).

    Of 27 such words in human translations 25 are unchanged; one of the other two was a fault.
    """
    rest = name[2:]
    return rest != rest.lower() or bool(rest and name[1].isupper() and not _BEGINS_SENTENCE.fullmatch(name))


def _changed_commands(pair: Pair) -> Iterator[Finding]:
    if any(mark in pair.source for mark in "-$%\\/"):
        yield from _changed(_commands, pair)


def _changed_files(pair: Pair) -> Iterator[Finding]:
    if _has_inner_stop(pair.source):
        for finding in _changed(partial(_names, (_FILE,)), pair):
            # At the beginning of a sentence the first letter may be a capital.
            name = pair.target[finding.start : finding.end]
            if not name or name[1:] not in read(pair.source).prose:
                yield finding


def _has_inner_stop(source: str) -> bool:
    return "." in source and _INNER_STOP.search(read(source).prose) is not None


def _lost(found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings without those of another case, which Windows, PowerShell and addresses ignore."""
    return (finding for finding in found if not finding.end)


def _command(pair: Pair) -> Iterator[Finding]:
    return _lost(_changed_commands(pair))


def _file_name(pair: Pair) -> Iterator[Finding]:
    return _lost(_changed_files(pair))


def _address(pair: Pair) -> Iterator[Finding]:
    if _has_inner_stop(pair.source):
        yield from _lost(_changed(partial(_names, (_MAIL, _DOMAIN)), pair))


def _identifiers(prose: str) -> list[str]:
    names = _names((_SNAKE, _CAMEL, _DOTTED, _CODE_NUMBER, _GUID), prose)
    return [name for name in names if not _E_WORD.match(name)]


def _identifier(pair: Pair) -> Iterator[Finding]:
    for found in (_changed_commands(pair), _changed_files(pair)):
        yield from (finding for finding in found if finding.end)
    if _MAY_BE_NAME.search(read(pair.source).prose):
        for finding in _changed(_identifiers, pair):
            if not (finding.end and pair.target.startswith(("0x", "0X"), finding.start)):
                yield finding


CODE_CHECKS = (
    Check("code-span", Severity.ERROR, "Code was changed, lost or added.", _code_span),
    Check("backtick", Severity.ERROR, "An unpaired backtick shows as it is.", _backtick),
    Check("placeholder", Severity.ERROR, "A placeholder was translated or lost.", _placeholder),
    Check("command", Severity.ERROR, "A changed command, option, variable or path does not work.", _command),
    Check("file-name", Severity.ERROR, "A file with another name does not exist.", _file_name),
    Check("identifier", Severity.WARNING, "An identifier was changed or lost.", _identifier),
    Check("address", Severity.WARNING, "A mail address or domain was changed or lost.", _address),
)
