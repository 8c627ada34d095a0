"""TMX (1.1 to 1.4) and XLIFF (1.2 and 2.x) files → pairs, read as a stream with lxml.

Law 5, input is hostile: nothing is loaded and no entity expanded. A document type is ignored if it only names
a DTD, as TMX files do; a file that declares anything of its own is refused, and so is one that is deeper or
has longer texts than libxml2 allows. What was read is removed, so the memory does not grow with the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import BinaryIO

from lxml import etree

from l10n.problems import L10nError, Problem

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PIECE = 1 << 18
_UNIT_BYTES = 16 << 20
"""Bytes in which a unit must end: what is between two ends is held in memory."""
_ROOT = re.compile(rb"<(?:tmx|xliff)\b")
_DECLARATION = re.compile(rb"<!(?:ENTITY|ELEMENT|ATTLIST|NOTATION)|<!DOCTYPE[^<>\[]*+\[")
_DECLARES = "it declares entities or a document type of its own; remove that"
_TAGS = ("{*}tu", "{*}trans-unit", "{*}unit")
_CODES = frozenset({"bpt", "bx", "ec", "ept", "ex", "it", "ph", "sc", "ut", "x", "cp"})
"""Elements for a piece of markup, which is their text, or named by an attribute."""
_PAIRED_CODES = frozenset({"g", "pc"})
"""Elements for markup around a text."""
_Data = Mapping[str, str]
"""The markup of a unit of XLIFF 2, by its id."""
_NO_DATA: _Data = {}
_Pair = tuple[str, str, str]


def bad_memory(label: str, line: int, column: int, reason: str) -> L10nError:
    """Return the error of a memory file that cannot be read, for `reason`."""
    return L10nError(Problem(label, line, column, "bad-memory", f"{reason}; it was left out"))


def xml_pairs(file: BinaryIO, label: str) -> Iterator[_Pair | None]:
    """Yield source, target and language of each unit; None for a unit with codes that are not in the file.

    Raises L10nError (`bad-memory`) for what is neither TMX nor XLIFF, or hostile.
    """
    for element in _units(file, label):
        yield from _READERS[element.tag if element.tag in _READERS else _name(element)](element)


def _units(file: BinaryIO, label: str) -> Iterator[etree._Element]:
    """Yield the units of a file; each is removed when the next one is asked for."""
    parser = etree.XMLPullParser(
        events=("end",),
        tag=_TAGS,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    done: etree._Element | None = None
    waiting = 0
    is_begun = False
    try:
        while piece := file.read(_PIECE):
            if not is_begun:
                _check_prolog(piece, label)
                is_begun = True
            parser.feed(piece)
            waiting += len(piece)
            for _, element in parser.read_events():
                waiting = 0
                if done is None:
                    _check_root(element.getroottree(), label)
                yield element
                if done is not None:
                    _remove(done)
                done = element
            if waiting > _UNIT_BYTES:
                raise bad_memory(label, 1, 1, f"no unit ends within {_UNIT_BYTES >> 20} MiB of it")
        root = parser.close()
    except etree.XMLSyntaxError as error:
        line, column = error.position
        reason = f"it is not XML ({(error.msg or '').split(':')[0]})"
        raise bad_memory(label, max(1, line or 1), max(1, column or 1), reason) from error
    _check_root(root.getroottree(), label)


def _remove(element: etree._Element) -> None:
    """Remove an element that was read."""
    element.clear()  # lxml takes quadratic time to part with the children of an element that Python knows
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def _check_prolog(piece: bytes, label: str) -> None:
    """Raise L10nError if a file declares anything before its root, in any charset that XML readers know."""
    prolog = _ROOT.split(piece.replace(b"\0", b""), maxsplit=1)[0]
    if _DECLARATION.search(prolog):
        raise bad_memory(label, 1, 1, _DECLARES)


def _check_root(tree: etree._ElementTree, label: str) -> None:
    """Raise L10nError if a file is neither TMX nor XLIFF, or declares anything after all."""
    dtd = tree.docinfo.internalDTD
    if dtd is not None and any(True for found in (dtd.entities(), dtd.elements()) for _ in found):
        raise bad_memory(label, 1, 1, _DECLARES)
    if _name(tree.getroot()) not in ("tmx", "xliff"):
        raise bad_memory(label, 1, 1, "it is XML, but its root is neither <tmx> nor <xliff>")


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _tmx_pairs(unit: etree._Element) -> Iterator[_Pair | None]:
    """Yield the pairs of a <tu>: its first English variant with each variant in another language."""
    source: str | None = ""
    others: list[tuple[str | None, str]] = []
    for variant in unit:
        language = variant.get(_LANG) or variant.get("lang")
        if language:
            for part in variant:
                if part.tag == "seg" or _name(part) == "seg":
                    text = _text(part, _NO_DATA) if len(part) else part.text or ""
                    if not _is_english(language):
                        others.append((text, language))
                    else:
                        source = source or text
    for target, language in others:
        yield None if source is None or target is None else (source, target, language)


def _xliff_1_pairs(unit: etree._Element) -> Iterator[_Pair | None]:
    file = next(unit.iterancestors("{*}file"), None)
    target = unit.find("{*}target")
    if file is None or target is None or not _is_english(file.get("source-language", "")):
        return
    if unit.get("approved") == "no" or target.get("state", "").startswith(("needs-", "new")):
        return
    language = target.get(_LANG) or file.get("target-language", "")
    yield _pair(_text(unit.find("{*}source"), _NO_DATA), _text(target, _NO_DATA), language or "")


def _xliff_2_pairs(unit: etree._Element) -> Iterator[_Pair | None]:
    root = unit.getroottree().getroot()
    if not _is_english(root.get("srcLang", "")):
        return
    data = {one.get("id", ""): one.text or "" for one in unit.iterfind("{*}originalData/{*}data")}
    for segment in unit.iterfind("{*}segment"):
        target = segment.find("{*}target")
        is_fuzzy = segment.get("state") == "initial" or segment.get("subState", "").endswith(":fuzzy")
        if target is not None and not is_fuzzy:
            source = _text(segment.find("{*}source"), data)
            yield _pair(source, _text(target, data), root.get("trgLang", ""))


_READERS = {"tu": _tmx_pairs, "trans-unit": _xliff_1_pairs, "unit": _xliff_2_pairs}


@cache
def _is_english(tag: str) -> bool:
    return tag[:2].lower() == "en" and tag[2:3] in ("", "-", "_")


def _pair(source: str | None, target: str | None, language: str) -> _Pair | None:
    return None if source is None or target is None else (source, target, language)


def _text(element: etree._Element | None, data: _Data) -> str | None:
    """Return the text of an element with its markup; None if the file does not hold all of that."""
    if element is None:
        return ""
    if len(element) == 0:  # as nearly always, and faster
        return element.text or ""
    parts: list[str | None] = []
    _collect(element, data, parts)
    known = [part for part in parts if part is not None]
    return "".join(known) if len(known) == len(parts) else None


def _collect(element: etree._Element, data: _Data, parts: list[str | None]) -> None:
    """Add the texts in an element to `parts`, None for unknown markup; libxml2 bounds the depth."""
    parts.append(element.text or "")
    for child in element:
        name = _name(child)
        if name in _CODES:
            text = "".join(child.itertext())
            parts.append(text or _code(child, data, ("dataRef",), ("equiv-text", "equiv")))
        elif name in _PAIRED_CODES:
            parts.append(_code(child, data, ("dataRefStart",), ("equivStart",)))
            _collect(child, data, parts)
            parts.append(_code(child, data, ("dataRefEnd",), ("equivEnd",)))
        else:
            _collect(child, data, parts)
        parts.append(child.tail or "")


def _code(
    element: etree._Element, data: _Data, references: Sequence[str], texts: Sequence[str]
) -> str | None:
    """Return the markup that an element is for, from the data of its unit or an attribute."""
    for name in references:
        if (reference := element.get(name)) in data:
            return data[str(reference)]
    return next((text for name in texts if (text := element.get(name))), None)
