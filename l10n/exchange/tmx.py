"""TMX 1.4b (LISA, 2005), the format of translation memories, written as a stream."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from lxml import etree

from l10n import __version__
from l10n.exchange.records import Languages, PoSource, Record, Selection

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PROPERTIES = (
    "state",
    "context",
    "kind",
    "article",
    "line",
    "unit",
    "heading",
    "origin",
    "handback",
    "doubt",
)
"""The fields of a record that are properties of its pair."""


def write_tmx(sources: Iterable[PoSource], languages: Languages, selection: Selection) -> dict[str, bytes]:
    """Return a TMX document, by its suffix; texts are plain."""
    file = BytesIO()
    header = {
        "creationtool": "l10n",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "gettext PO",
        "adminlang": "en",
        "srclang": languages.source,
        "datatype": "plaintext",
    }
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("tmx", {"version": "1.4"}):
            xml.write(etree.Element("header", header))
            with xml.element("body"):
                xml.write("\n")
                for source in sources:
                    for record in selection.records(source):
                        xml.write(_pair(record, languages), with_tail=True)
    return {".tmx": file.getvalue()}


def _pair(record: Record, languages: Languages) -> etree._Element:
    message = record.message
    fields = record.fields()
    pair = etree.Element("tu", {"tuid": str(fields["id"])})
    if message.comment:
        etree.SubElement(pair, "note").text = message.comment
    for name in _PROPERTIES:
        if fields[name]:
            etree.SubElement(pair, "prop", {"type": f"x-{name}"}).text = str(fields[name])
    for language, text in zip(languages, (message.source, message.translation), strict=True):
        etree.SubElement(etree.SubElement(pair, "tuv", {_LANG: language}), "seg").text = text
    pair.tail = "\n"
    return pair
