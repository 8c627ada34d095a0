"""TMX 1.4b (LISA, 2005), the format of translation memories, written message by message."""

from __future__ import annotations

from functools import lru_cache

from l10n.catalogue import visible
from l10n.exchange.markup import DECLARATION, escaped, quoted_value
from l10n.exchange.records import Languages, Record, TextFormat, name_mark


def _begin(languages: Languages) -> str:
    return (
        f'{DECLARATION}<tmx version="1.4"><header creationtool="l10n" creationtoolversion="1" '
        f'segtype="sentence" o-tmf="gettext PO" adminlang="en" srclang={_tag(languages.source)} '
        'datatype="plaintext"/><body>\n'
    )


def _pair(record: Record, languages: Languages) -> str:
    message = record.message
    note = f"<note>{escaped(message.comment)}</note>" if message.comment else ""
    return (
        f'<tu tuid="{name_mark(message)}">{note}{_properties(record)}'
        f"<tuv xml:lang={_tag(languages.source)}><seg>{escaped(message.source)}</seg></tuv>"
        f"<tuv xml:lang={_tag(languages.target)}><seg>{escaped(message.translation)}</seg></tuv></tu>\n"
    )


def _properties(record: Record) -> str:
    """Return all that is known about a pair apart from its texts, as properties."""
    message, note = record.message, record.message.note
    place = message.places[0] if message.places else None
    parts = [_property("state", record.state.value), _property("context", message.context or "")]
    if note:
        parts.append(_property("kind", note.kind))
    if place:
        parts.append(_property("article", place.path))
        parts.append(f'<prop type="x-line">{place.line}</prop>' if place.line else "")
    if note:
        parts += (f'<prop type="x-unit">{escaped(visible(note.id))}</prop>', _property("heading", note.under))
    parts += (_property("origin", record.origin), _property("handback", record.handback))
    parts.append(_property("doubt", record.doubt))
    return "".join(parts)


@lru_cache(maxsize=1024)
def _property(name: str, value: str) -> str:
    """Return a property, if it has a value; many messages are in one article, below one heading."""
    value = visible(value)
    return f'<prop type="x-{name}">{escaped(value)}</prop>' if value else ""


_tag = lru_cache(maxsize=8)(quoted_value)

TMX = TextFormat(".tmx", _begin, _pair, end="</body></tmx>\n")
"""A TMX document; texts are plain."""
