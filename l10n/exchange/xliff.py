"""XLIFF 1.2 (OASIS, 2008), which every translation tool reads, written as a stream.

Inline Markdown is `<ph>` with the code as its content. The state of a message is `approved` together with
`state`, since tools read the one or the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from lxml import etree

from l10n.catalogue import visible
from l10n.exchange.inline import InlinePart, plain_part, source_parts, target_parts
from l10n.exchange.records import Languages, PoSource, Record, Selection, State

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
OWN_NOTE = "l10n"
"""The author of the notes that say where a message is; all others are comments."""
_STATES = {
    State.REVIEWED: ("yes", "final"),
    State.NEEDS_REVIEW: ("no", "needs-review-translation"),
    State.UNTRANSLATED: ("no", "new"),
}


def write_xliff(
    sources: Iterable[PoSource], languages: Languages, selection: Selection, *, plain_text: bool = False
) -> dict[str, bytes]:
    """Return an XLIFF 1.2 document with a `<file>` for each PO file, by its suffix."""
    file = BytesIO()
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("xliff", {"version": "1.2"}, nsmap={None: NAMESPACE}):
            for source in sources:
                attributes = {
                    "original": source.original,
                    "source-language": languages.source,
                    "target-language": languages.target,
                    "datatype": "x-markdown",
                }
                with xml.element("file", attributes), xml.element("body"):
                    xml.write("\n")
                    for record in selection.records(source):
                        xml.write(_unit(record, plain_text), with_tail=True)
    return {".xlf": file.getvalue()}


def _unit(record: Record, plain_text: bool) -> etree._Element:
    # Without a namespace, so that it is not declared again for each unit; the document's is the default.
    message = record.message
    approved, state = _STATES[record.state]
    unit = etree.Element("trans-unit", {"id": record.id, "approved": approved, SPACE: "preserve"})
    source, target = cut(record, plain_text)
    _fill(etree.SubElement(unit, "source"), source)
    if target:
        element = etree.SubElement(unit, "target", {"state": state})
        if record.is_machines and message.fuzzy:
            element.set("state-qualifier", "leveraged-mt")
        _fill(element, target)
    _context(unit, record)
    for line in record.notes:
        etree.SubElement(unit, "note", {"from": OWN_NOTE, "annotates": "general"}).text = line
    if message.comment:
        etree.SubElement(unit, "note", {"from": "reviewer"}).text = message.comment
    unit.tail = "\n"
    return unit


def cut(record: Record, plain_text: bool) -> tuple[list[InlinePart], list[InlinePart]]:
    """Return the parts of a message's source and translation."""
    message = record.message
    if plain_text:
        return plain_part(message.source), plain_part(message.translation)
    source = source_parts(message.source)
    return source, target_parts(message.translation, source)


def _fill(element: etree._Element, parts: Iterable[InlinePart]) -> None:
    last = None
    for text, code in parts:
        if code:
            last = etree.SubElement(element, "ph", {"id": str(code)})
            last.text = text
        elif last is None:
            element.text = text
        else:
            last.tail = text


def _context(unit: etree._Element, record: Record) -> None:
    """Add the place of a message, and the context that distinguishes it."""
    message = record.message
    if message.places:
        path, line = message.places[0]
        contexts = [("sourcefile", visible(path)), ("linenumber", str(line))][: 2 if line else 1]
        group = etree.SubElement(unit, "context-group", {"name": "po-reference", "purpose": "location"})
        _add_contexts(group, contexts)
    if message.context is not None:
        group = etree.SubElement(unit, "context-group", {"name": "po-entry", "purpose": "information"})
        _add_contexts(group, [("x-msgctxt", visible(message.context))])


def _add_contexts(group: etree._Element, contexts: Iterable[tuple[str, str]]) -> None:
    for kind, text in contexts:
        etree.SubElement(group, "context", {"context-type": kind}).text = text
