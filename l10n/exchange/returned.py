"""XLIFF 1.2 and 2 that comes back from another tool, read as a stream.

Tools keep ids, texts and codes, and write states and notes in ways of their own.

Law 5: a document type is refused, whatever it declares, so no entity exists; nothing is loaded, and deep
nesting is an error of the parser. A unit is dropped as soon as it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from lxml import etree

from l10n.exchange.xliff import NAMESPACE, OWN_NOTE
from l10n.exchange.xliff2 import NAMESPACE_2
from l10n.problems import L10nError, Problem

_ID = re.compile("([0-9a-f]{20})[.]([0-9a-f]{8})([0-9a-f]{8})?")
_OPEN = frozenset({"new", "initial", "needs-translation", "needs-adaptation", "needs-l10n"}) | {
    f"needs-review-{part}" for part in ("translation", "adaptation", "l10n")
}
_DONE = frozenset({"translated", "signed-off", "final", "reviewed"})
_OWN_CATEGORIES = frozenset({OWN_NOTE, "location", "context"})
_CODES = frozenset({"ph", "it", "bpt", "ept", "x", "bx", "ex"})
"""Elements of XLIFF 1.2 and 2 whose content is code, or that refer to code."""


class Returned(NamedTuple):
    """A unit that came back."""

    line: int
    original: str
    """The name of its PO file."""
    locale: str
    """The tag of the target language."""
    name: str
    """The mark of the message's name; empty if the id is not of l10n."""
    version: str
    """The mark of the translation that was exported."""
    comment_mark: str
    """The fingerprint of the comment that was exported; empty if there was none."""
    source: str
    target: str
    is_fuzzy: bool | None
    """None if the unit does not say in which state it is."""
    comments: tuple[str, ...]


def read_returned(data: bytes, path: str) -> Iterator[Returned]:
    """Yield the units of an XLIFF document; `path` names it in the error.

    Raises L10nError (`bad-xliff`) with line and column, after the units before the fault.
    """
    events = etree.iterparse(
        BytesIO(data),
        events=("start", "end"),
        tag=("{*}xliff", "{*}file", "{*}trans-unit", "{*}unit"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    reader = _XliffReader(path)
    try:
        for event, element in events:
            if event == "start":
                reader.begin(element)
            elif returned := reader.end(element):
                yield returned
    except etree.XMLSyntaxError as error:
        line, column = error.position
        reason = f"it is not XML, or nested too deeply ({(error.msg or '').partition(',')[0]})"
        raise _refused(path, line or 1, max(1, column or 1), reason) from error
    reader.finish()


def _refused(path: str, line: int, column: int, reason: str) -> L10nError:
    message = f"{reason}; the units before this place were taken: ask for the file again"
    return L10nError(Problem(path, line, column, "bad-xliff", message))


class _XliffReader:
    """Reads a document, element by element."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._is_xliff = False
        self._locale = ""
        self._original = ""

    def begin(self, element: etree._Element) -> None:
        """Take note of the root or of a file. Raises L10nError if the document is not XLIFF."""
        name = etree.QName(element)
        if name.localname == "xliff":
            if element.getroottree().docinfo.internalDTD is not None:
                raise _refused(self._path, 1, 1, "it has a document type, which XLIFF has not")
            self._is_xliff = name.namespace in (NAMESPACE, NAMESPACE_2)
            self._locale = element.get("trgLang", "")
        self.finish()
        if name.localname == "file":
            self._original = element.get("original", "")
            self._locale = element.get("target-language", self._locale)

    def finish(self) -> None:
        """Raise L10nError if the document has no root of XLIFF."""
        if not self._is_xliff:
            raise _refused(self._path, 1, 1, "it is not XLIFF 1.2 or 2")

    def end(self, element: etree._Element) -> Returned | None:
        """Return the unit that ends here; None if none does."""
        unit = self._read(element)
        if unit is None:
            return None
        # No child is known to Python any more: lxml takes quadratic time to part with those that are.
        element.clear()
        parent = element.getparent()
        while parent is not None and parent[0] is not element:
            del parent[0]
        return unit

    def _read(self, element: etree._Element) -> Returned | None:
        name = _name(element)
        if name == "trans-unit":
            return self._unit(element, [element], _fuzzy(element.get("approved"), _state_of(element)))
        if name != "unit":
            return None
        parts = [part for part in element if _name(part) in ("segment", "ignorable")]
        segments = [_fuzzy(None, part.get("state")) for part in parts if _name(part) == "segment"]
        return self._unit(element, parts, True if True in segments else None if None in segments else False)

    def _unit(self, element: etree._Element, parts: list[etree._Element], is_fuzzy: bool | None) -> Returned:
        data = {one.get("id", ""): _text(one, {}) for one in element.iterfind("{*}originalData/{*}data")}
        sources = [child for part in parts for child in part if _name(child) == "source"]
        codes = dict(_codes_in(sources, data))
        pairs = [(_child(part, "source"), _child(part, "target")) for part in parts]
        is_translated = any(target is not None for _, target in pairs)
        targets = [source if target is None else target for source, target in pairs]
        match = _ID.fullmatch(element.get("id", ""))
        name, version, comment_mark = match.groups("") if match else ("", "", "")
        return Returned(
            int(element.sourceline or 1),
            self._original,
            self._locale,
            name,
            version,
            comment_mark,
            "".join(_text(one, codes | data) for one in sources),
            "".join(_text(one, codes | data) for one in targets if one is not None and is_translated),
            is_fuzzy,
            tuple(_comments(element)),
        )


def _name(element: etree._Element) -> str:
    """Return the name of an element without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if _name(child) == name), None)


def _state_of(unit: etree._Element) -> str | None:
    target = _child(unit, "target")
    return None if target is None else target.get("state")


def _fuzzy(approved: str | None, state: str | None) -> bool | None:
    if state in _OPEN or (approved == "no" and state not in _DONE):
        return True
    return False if approved == "yes" or state in _DONE else None


def _comments(unit: etree._Element) -> Iterator[str]:
    """Yield the notes of a unit that people wrote."""
    for note in unit.iterfind("{*}note"):
        if note.get("from") != OWN_NOTE:
            yield "".join(note.itertext())
    for note in unit.iterfind("{*}notes/{*}note"):
        if note.get("category") not in _OWN_CATEGORIES:
            yield "".join(note.itertext())


def _codes_in(sources: list[etree._Element], data: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the codes of a source with the keys by which a target without their text finds them."""
    for source in sources:
        for element in source.iter() if len(source) else ():
            if _name(element) in _CODES:
                yield _key(element), _code(element, data)


def _key(element: etree._Element) -> str:
    # No name of data holds a space.
    return f"code {element.get('id', '')}"


def _code(element: etree._Element, known: dict[str, str]) -> str:
    """Return the text of a code: its content, what it refers to, or that of the same code in the source."""
    content = "".join(element.itertext()) if len(element) else element.text
    return content or known.get(element.get("dataRef", "")) or known.get(_key(element), "")


def _text(element: etree._Element, codes: dict[str, str]) -> str:
    """Return the text of a source or target with its codes; marks of tools are looked through."""
    if not len(element):
        return element.text or ""
    parts = [element.text or ""]
    for child in element:
        name = _name(child)
        if name == "cp":
            parts.append(_character(child.get("hex", "")))
        elif name in _CODES:
            parts.append(_code(child, codes))
        elif name:
            parts.append(_text(child, codes))
        parts.append(child.tail or "")
    return "".join(parts)


def _character(number: str) -> str:
    """Return a character that XML cannot hold (`<cp>` of XLIFF 2)."""
    try:
        return chr(int(number, 16))
    except (ValueError, OverflowError):
        return ""
