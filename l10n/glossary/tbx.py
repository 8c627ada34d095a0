"""Read TBX glossaries (ISO 30042), version 2 (`martif`) and 3 (`tbx`), safely with lxml; write version 2.

Law 5: nothing is loaded and no entity expanded. A document type is ignored if it only names a DTD, as in
files of version 2; one that declares anything is refused before the parser sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from l10n.problems import L10nError, Problem

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DECLARATION = re.compile(r"<!(?:ENTITY|ELEMENT|ATTLIST|NOTATION)|<!DOCTYPE[^<>\[]*+\[")
# The values of administrativeStatus in TBX-Basic, and those that Weblate writes.
_FORBIDDEN = frozenset(
    {"deprecatedTerm-admn-sts", "supersededTerm-admn-sts", "deprecatedTerm", "supersededTerm"}
    | {"forbidden", "obsolete"}
)
_DO_NOT_TRANSLATE = frozenset({"do not translate", "do-not-translate", "donottranslate"})


class Concept(NamedTuple):
    """The translations of one source term of a concept into one other language."""

    line: int
    source: str
    targets: tuple[str, ...]
    do_not_translate: bool
    forbidden: tuple[str, ...]
    note: str
    locale: str
    """The publisher's language tag, unchanged; "" for all locales."""


class _Section(NamedTuple):
    """The terms of one language: text, and True if forbidden."""

    language: str
    terms: list[tuple[str, bool]]
    keeps: bool
    """True if it marks its terms as untranslatable."""


def read_tbx(text: str, path: str) -> Iterator[Concept]:
    """Yield the concepts in a TBX file; `path` names it in the error.

    The source language is the document's own (`xml:lang` of its root), or English if it has none. Raises
    L10nError (`bad-glossary`) with line and column for text that is not TBX or that declares entities.
    """
    if declaration := _DECLARATION.search(text):
        line = text.count("\n", 0, declaration.start()) + 1
        column = declaration.start() - text.rfind("\n", 0, declaration.start())
        raise refused(path, line, column, "it declares entities or a document type of its own; remove that")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "surrogatepass"), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise refused(
            path, max(1, line or 1), max(1, column or 1), f"it is not XML ({(error.msg or '').split(':')[0]})"
        ) from error
    if _name(root) not in ("martif", "tbx", "TBX"):
        raise refused(path, 1, 1, "it is XML, but its root is neither <martif> nor <tbx>")
    return _concepts(root)


class NewConcept(NamedTuple):
    """A term to write."""

    source: str
    kept_in: str | None
    """The language tag of the locale in which it is not translated; None if it needs a translation."""
    note: str


def write_tbx(concepts: Iterable[NewConcept]) -> bytes:
    """Return a TBX file (version 2, TBX-Basic) of English terms, which `read_tbx` reads back.

    A term that is kept is its own translation there, for other tools, and marked as untranslatable.
    """
    root = etree.Element("martif", {"type": "TBX-Basic", _LANG: "en"})
    file = etree.SubElement(etree.SubElement(root, "martifHeader"), "fileDesc")
    etree.SubElement(etree.SubElement(file, "sourceDesc"), "p").text = "l10n terms"
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    for number, concept in enumerate(concepts, 1):
        entry = etree.SubElement(body, "termEntry", {"id": f"c{number}"})
        etree.SubElement(entry, "note").text = concept.note
        for language in filter(None, ("en", concept.kept_in)):
            term = etree.SubElement(etree.SubElement(entry, "langSet", {_LANG: language}), "tig")
            etree.SubElement(term, "term").text = concept.source
            if language == concept.kept_in:
                etree.SubElement(term, "termNote", {"type": "translationNote"}).text = "no"
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def refused(path: str, line: int, column: int, reason: str) -> L10nError:
    """Return the error of a glossary that cannot be read, for `reason`."""
    message = f"{reason}; nothing was done with this file"
    return L10nError(Problem(path, line, column, "bad-glossary", message))


def _name(element: etree._Element) -> str:
    """Return the name of an element without its namespace; "" for a comment or an instruction."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _concepts(root: etree._Element) -> Iterator[Concept]:
    own = (_language(root) or "en").lower()
    for entry in root.iter("{*}termEntry", "{*}conceptEntry"):
        sections = [
            _Section(_language(element), list(_terms(element)), _has_mark(element))
            for element in entry.iter("{*}langSet", "{*}langSec")
        ]
        exact = [section for section in sections if section.language.lower() == own]
        sources = exact or [section for section in sections if _base(section.language) == _base(own)]
        names = [text for section in sources for text, forbidden in section.terms if not forbidden]
        note = next((_text(element) for element in entry.iter("{*}note", "{*}definition")), "")
        line = int(entry.sourceline or 1)
        others = [section for section in sections if section not in sources]
        if _has_mark(entry) and not any(section.keeps for section in others):
            yield from (Concept(line, name, (), True, (), note, "") for name in names)
            continue
        for section in others:
            if section.keeps:
                yield from (Concept(line, name, (), True, (), note, section.language) for name in names)
            else:
                targets = tuple(text for text, forbidden in section.terms if not forbidden)
                wrong = tuple(text for text, forbidden in section.terms if forbidden)
                for name in names:
                    yield Concept(line, name, targets, False, wrong, note, section.language)


def _base(language: str) -> str:
    return language.lower().partition("-")[0]


def _terms(section: etree._Element) -> Iterator[tuple[str, bool]]:
    for group in section.iter("{*}tig", "{*}ntig", "{*}termSec"):
        statuses = [
            _text(element) for element in group.iter("{*}*") if _kind(element) == "administrativeStatus"
        ]
        forbidden = not _FORBIDDEN.isdisjoint(statuses)
        for element in group.iter("{*}term"):
            if text := _text(element):
                yield text, forbidden


def _has_mark(element: etree._Element) -> bool:
    """Return True if something in an element marks a term as untranslatable."""
    return any(map(_keeps, element.iter("{*}*")))


def _keeps(element: etree._Element) -> bool:
    """Return True if an element marks its term as untranslatable; TBX-Basic has no category for it.

    Weblate writes a translationNote "no", Translate Toolkit a usage note.
    """
    text = _text(element).lower() if len(element) == 0 else ""
    return text in _DO_NOT_TRANSLATE or (text == "no" and _kind(element) == "translationNote")


def _kind(element: etree._Element) -> str:
    """Return the data category: an attribute, or the element's own name in version 3."""
    return element.get("type") or _name(element)


def _language(element: etree._Element) -> str:
    return (element.get(_LANG) or "").strip()


def _text(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())
