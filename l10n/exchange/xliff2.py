"""XLIFF 2.0 (OASIS, 2014), written message by message.

Its core is that of 2.1, and Poedit 3.2 refuses a document that says 2.1.

Inline Markdown is an empty `<ph>` that refers to its code in `<originalData>`. A message that needs review is
`initial`, a reviewed one `final`; Poedit also reads its own `subState`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from l10n.catalogue import visible
from l10n.exchange.inline import InlinePart
from l10n.exchange.markup import DECLARATION, escaped, quoted_value
from l10n.exchange.records import Languages, Record, ReviewState, TextFormat, note_lines
from l10n.exchange.xliff import OWN_NOTE, cut

NAMESPACE_2 = "urn:oasis:names:tc:xliff:document:2.0"
"""The namespace of the core of all versions 2."""
_STATES = {
    ReviewState.REVIEWED: 'state="final"',
    ReviewState.NEEDS_REVIEW: 'state="initial" subState="poedit:fuzzy"',
    ReviewState.UNTRANSLATED: 'state="initial"',
}


def xliff2(*, plain_text: bool) -> TextFormat:
    """Return XLIFF 2.0, with a `<file>` for each PO file; with `plain_text`, it has no placeholders."""
    return TextFormat(
        ".xlf",
        _begin,
        partial(_unit, plain_text=plain_text),
        _begin_file,
        "</file>",
        "</xliff>\n",
    )


def _begin(languages: Languages) -> str:
    source_tag, target_tag = map(quoted_value, languages)
    root = f'<xliff xmlns="{NAMESPACE_2}" version="2.0" srcLang={source_tag} trgLang={target_tag}>'
    return f"{DECLARATION}{root}"


def _begin_file(original: str, languages: Languages, number: int) -> str:
    return f'<file id="f{number}" original={quoted_value(original)}>\n'


def _unit(record: Record, languages: Languages, *, plain_text: bool) -> str:
    source, target = cut(record, plain_text)
    codes = {part.code: part.text for part in (*source, *target) if part.code}
    data = [f'<data id="d{code}" xml:space="preserve">{escaped(text)}</data>' for code, text in codes.items()]
    original = f"<originalData>{''.join(data)}</originalData>" if data else ""
    translation = f'<target xml:space="preserve">{_content(target)}</target>' if target else ""
    return (
        f'<unit id="{record.id}" canResegment="no" xml:space="preserve">{_notes(record)}{original}'
        f'<segment {_STATES[record.state]}><source xml:space="preserve">{_content(source)}</source>'
        f"{translation}</segment></unit>\n"
    )


def _notes(record: Record) -> str:
    message = record.message
    lines = [(OWN_NOTE, line) for line in note_lines(message)]
    if message.places:
        path, line = message.places[0]
        lines.append(("location", f"{visible(path)}:{line}" if line else visible(path)))
    if message.context is not None:
        lines.append(("context", visible(message.context)))
    if message.comment:
        lines.append(("comment", message.comment))
    notes = [f'<note category="{category}">{escaped(text)}</note>' for category, text in lines]
    return f"<notes>{''.join(notes)}</notes>" if notes else ""


def _content(parts: Iterable[InlinePart]) -> str:
    return "".join(
        [
            f'<ph id="{code}" dataRef="d{code}" disp={quoted_value(text)}/>' if code else escaped(text)
            for text, code in parts
        ]
    )
