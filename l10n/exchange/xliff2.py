"""XLIFF 2.1 (OASIS, 2018), written as a stream.

Inline Markdown is an empty `<ph>` that refers to its code in `<originalData>`. A message that needs review is
`initial`, a reviewed one `final`; Poedit also reads its own `subState`.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from lxml import etree

from l10n.catalogue import visible
from l10n.exchange.inline import InlinePart
from l10n.exchange.records import Languages, PoSource, Record, Selection, State
from l10n.exchange.xliff import OWN_NOTE, SPACE, cut

NAMESPACE_2 = "urn:oasis:names:tc:xliff:document:2.0"
"""The namespace of the core of all versions 2."""
_STATES = {
    State.REVIEWED: {"state": "final"},
    State.NEEDS_REVIEW: {"state": "initial", "subState": "poedit:fuzzy"},
    State.UNTRANSLATED: {"state": "initial"},
}


def write_xliff2(
    sources: Iterable[PoSource], languages: Languages, selection: Selection, *, plain_text: bool = False
) -> dict[str, bytes]:
    """Return an XLIFF 2.1 document with a `<file>` for each PO file, by its suffix."""
    file = BytesIO()
    attributes = {"version": "2.1", "srcLang": languages.source, "trgLang": languages.target}
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("xliff", attributes, nsmap={None: NAMESPACE_2}):
            for number, source in enumerate(sources, 1):
                with xml.element("file", {"id": f"f{number}", "original": source.original}):
                    xml.write("\n")
                    for record in selection.records(source):
                        xml.write(_unit(record, plain_text), with_tail=True)
    return {".xlf": file.getvalue()}


def _unit(record: Record, plain_text: bool) -> etree._Element:
    attributes = {"id": record.id, "canResegment": "no", SPACE: "preserve"}
    unit = etree.Element("unit", attributes)
    _add_notes(unit, record)
    source, target = cut(record, plain_text)
    codes = {part.code: part.text for part in (*source, *target) if part.code}
    if codes:
        data = etree.SubElement(unit, "originalData")
        for code, text in codes.items():
            etree.SubElement(data, "data", {"id": f"d{code}", SPACE: "preserve"}).text = text
    segment = etree.SubElement(unit, "segment", _STATES[record.state])
    _fill(etree.SubElement(segment, "source", {SPACE: "preserve"}), source)
    if target:
        _fill(etree.SubElement(segment, "target", {SPACE: "preserve"}), target)
    unit.tail = "\n"
    return unit


def _add_notes(unit: etree._Element, record: Record) -> None:
    message = record.message
    lines = [(OWN_NOTE, line) for line in record.notes]
    if message.places:
        path, line = message.places[0]
        lines.append(("location", f"{visible(path)}:{line}" if line else visible(path)))
    if message.context is not None:
        lines.append(("context", visible(message.context)))
    if message.comment:
        lines.append(("comment", message.comment))
    if lines:
        notes = etree.SubElement(unit, "notes")
        for category, text in lines:
            etree.SubElement(notes, "note", {"category": category}).text = text


def _fill(element: etree._Element, parts: Iterable[InlinePart]) -> None:
    last = None
    for text, code in parts:
        if code:
            last = etree.SubElement(element, "ph", {"id": str(code), "dataRef": f"d{code}", "disp": text})
        elif last is None:
            element.text = text
        else:
            last.tail = text
