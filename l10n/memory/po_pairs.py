"""PO files of any tool → pairs: those of l10n's form with its own reader, the others with polib.

polib reads plural forms and files without a header. Its traps are avoided here: it takes a text that is the
name of a file for that file, splits a text also at U+2028, and joins the lines of a field, a comment and the
header one by one, which takes quadratic time (law 5).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import polib

from l10n import po
from l10n.limits import FOREIGN_PO_BYTES
from l10n.locales import gettext_name
from l10n.memory.xml_pairs import bad_memory
from l10n.problems import L10nError

_Pair = tuple[str, str, str]
_CHARSET = re.compile(rb"(?i)charset=([a-z0-9_.:-]++)")
_HEADER_BYTES = 1 << 16
"""Bytes in which the charset is looked for."""
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"})
"""Python's codecs for text in which no PO file is; some take long for hostile input."""
_CONTINUATION = re.compile(r'[ \t]*+(?:#~?\|?[ \t]*+)?"(.*)"[ \t\r]*+')
_COMMENT = re.compile(r"[ \t]*+#(?![,~])|[ \t]*+#~\|")
"""A comment that is no flag and no obsolete message."""
_QUOTE = '"'
_LONGEST = 1 << 16
"""Characters of the longest field that is read."""
_LINE = re.compile(r"line (\d+)")
_ENGLISH = ("", "en")


def po_pairs(data: bytes, label: str, origin: str) -> Iterator[_Pair]:
    """Yield source, target and locale of the messages that need no review, also obsolete ones.

    The locale is that of the header, or else the one that the file's name or folder names. Raises L10nError
    (`bad-memory`).
    """
    try:
        catalogue = po.read(data, label)
    except L10nError:
        catalogue = None
    if catalogue and not catalogue.foreign.plurals:
        locale = _locale(catalogue.header, label, origin)
        for message in catalogue.messages:
            if locale and message.translation and not message.fuzzy:
                yield message.source, message.translation, locale
        return
    yield from _foreign_pairs(data, label, origin)


def _foreign_pairs(data: bytes, label: str, origin: str) -> Iterator[_Pair]:
    if len(data) > FOREIGN_PO_BYTES:
        size = FOREIGN_PO_BYTES >> 20
        raise bad_memory(
            label, 1, 1, f"it has more than the {size} MiB that a PO file of another tool may have"
        )
    text = _Lines("#\n" + _plain(_decoded(data, label)))
    try:
        found = polib.pofile(text)
    except OSError as error:
        line = _LINE.search(str(error))
        reason = "it is not the syntax of a PO file"
        raise bad_memory(label, max(1, int(line[1]) - 1) if line else 1, 1, reason) from error
    locale = _locale(found.metadata, label, origin)
    for entry in found:
        if entry.fuzzy or locale is None:
            continue
        if entry.msgid_plural:
            forms = [text for _, text in sorted(entry.msgstr_plural.items())]
            for source, target in zip((entry.msgid, entry.msgid_plural), forms[:2] * 2, strict=False):
                yield source, target, locale
        elif entry.msgid:
            yield entry.msgid, entry.msgstr, locale


class _Lines(str):
    """A text whose lines end at line feeds alone."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:
        return self.split("\n")


def _decoded(data: bytes, label: str) -> str:
    """Decode a file by its byte order mark, else by the charset in its header, else as UTF-8."""
    named = _CHARSET.search(data, 0, _HEADER_BYTES)
    name = named[1].decode().lower().replace("_", "-") if named else "utf-8"
    name = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else name
    name = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) or name == "charset" else name
    try:
        if name in _NO_CHARSETS:
            raise LookupError(name)
        return data.decode(name)
    except LookupError as error:
        raise bad_memory(label, 1, 1, f"its charset {name!r} is not known") from error
    except UnicodeError as error:
        raise bad_memory(label, 1, 1, f"it is not {name}, as its header says") from error


def _plain(text: str) -> str:
    """Return the text as polib can read it fast: each field on one line, comments without use left blank.

    Blank lines take the place of what is left out, so that the lines keep their numbers. A text that is too
    long for a match becomes empty.
    """
    lines: list[str] = []
    parts: list[str] = []
    first = 0
    for line in [*text.split("\n"), ""]:
        match = _CONTINUATION.fullmatch(line)
        if match and lines:
            parts.append(match[1])
            lines.append("")
            continue
        if parts:
            lines[first] = f"{lines[first].rstrip().removesuffix(_QUOTE)}{''.join(parts)}{_QUOTE}"
            parts = []
        if lines and len(lines[first]) > _LONGEST:
            lines[first] = f"{lines[first].partition(_QUOTE)[0]}{_QUOTE * 2}"
        first = len(lines)
        lines.append("" if _COMMENT.match(line) else line)
    return "\n".join(lines)


def _locale(header: dict[str, str], label: str, origin: str) -> str | None:
    """Return the locale of a file; None if its sources are not English. Raises L10nError without a locale."""
    if header.get("X-Source-Language", "en").replace("_", "-").partition("-")[0].lower() not in _ENGLISH:
        return None
    path = PurePosixPath(label)
    names = [header.get("Language", ""), path.name.removesuffix(".po")]
    names += [part for part in reversed(PurePosixPath(origin).parent.parts) if "_" in part or "-" in part]
    for name in names:
        try:
            return gettext_name(name)
        except ValueError:
            continue
    raise bad_memory(label, 1, 1, "its header names no Language; write it there")
