"""XLIFF 1.2 (OASIS, 2008), which every translation tool reads, written message by message.

Inline Markdown is `<ph>` with the code as its content. The state of a message is `approved` together with
`state`, since tools read the one or the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

from l10n.catalogue import visible
from l10n.exchange.inline import InlinePart, plain_part, source_parts, target_parts
from l10n.exchange.markup import DECLARATION, escaped, quoted_value
from l10n.exchange.records import Languages, Record, ReviewState, TextFormat, is_xml, note_lines

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
OWN_NOTE = "l10n"
"""The author of the notes that say where a message is; all others are comments."""
_STATES = {
    ReviewState.REVIEWED: ("yes", 'state="final"'),
    ReviewState.NEEDS_REVIEW: ("no", 'state="needs-review-translation"'),
    ReviewState.UNTRANSLATED: ("no", 'state="new"'),
}


def xliff(*, plain_text: bool) -> TextFormat:
    """Return XLIFF 1.2, with a `<file>` for each PO file; with `plain_text`, it has no placeholders."""
    return TextFormat(
        ".xlf",
        _begin,
        partial(_unit, plain_text=plain_text),
        _begin_file,
        "</body></file>",
        "</xliff>\n",
    )


def _begin(languages: Languages) -> str:
    return f'{DECLARATION}<xliff xmlns="{NAMESPACE}" version="1.2">'


def _begin_file(original: str, languages: Languages, number: int) -> str:
    source_tag, target_tag = map(quoted_value, languages)
    return (
        f"<file original={quoted_value(original)} source-language={source_tag} "
        f'target-language={target_tag} datatype="x-markdown"><body>\n'
    )


def _unit(record: Record, languages: Languages, *, plain_text: bool) -> str:
    review = record.state
    approved, state = _STATES[review]
    if review is ReviewState.NEEDS_REVIEW and record.is_machines:
        state += ' state-qualifier="leveraged-mt"'
    source, target = cut(record, plain_text)
    translation = f"<target {state}>{_content(target)}</target>" if target else ""
    return (
        f'<trans-unit id="{record.id}" approved="{approved}" xml:space="preserve">'
        f"<source>{_content(source)}</source>{translation}{_context(record)}{_notes(record)}"
        f"{_previous(record)}</trans-unit>\n"
    )


def cut(record: Record, plain_text: bool) -> tuple[list[InlinePart], list[InlinePart]]:
    """Return the parts of a message's source and translation."""
    message = record.message
    if plain_text:
        return plain_part(message.source), plain_part(message.translation)
    source = source_parts(message.source)
    return source, target_parts(message.translation, source)


def _content(parts: Sequence[InlinePart]) -> str:
    if len(parts) == 1 and not parts[0].code:  # as mostly, and faster
        return escaped(parts[0].text)
    return "".join(
        [f'<ph id="{code}">{escaped(text)}</ph>' if code else escaped(text) for text, code in parts]
    )


def _context(record: Record) -> str:
    """Return the place of a message, and the context that distinguishes it."""
    message = record.message
    groups = ""
    if message.places:
        path, line = message.places[0]
        number = f'<context context-type="linenumber">{line}</context>' if line else ""
        groups = f"{_file(path)}{number}</context-group>"
    if message.context is not None:
        groups += (
            '<context-group purpose="information"><context context-type="x-msgctxt">'
            f"{escaped(visible(message.context))}</context></context-group>"
        )
    return groups


@lru_cache(maxsize=1024)
def _file(path: str) -> str:
    """Return the beginning of the place of a message; many messages are in one article."""
    return (
        '<context-group purpose="location"><context context-type="sourcefile">'
        f"{escaped(visible(path))}</context>"
    )


def _previous(record: Record) -> str:
    """Return the source that the translation was made for, if it is another one."""
    message = record.message
    if not (message.is_carried_over and message.previous_source and is_xml(message.previous_source)):
        return ""
    return (
        '<alt-trans alttranstype="previous-version" xml:space="preserve">'
        f"<source>{escaped(message.previous_source)}</source>"
        f"<target>{escaped(message.translation)}</target></alt-trans>"
    )


def _notes(record: Record) -> str:
    own = [
        f'<note from="{OWN_NOTE}" annotates="general">{escaped(line)}</note>'
        for line in note_lines(record.message)
    ]
    comment = record.message.comment
    return "".join(own) + (f'<note from="reviewer">{escaped(comment)}</note>' if comment else "")
