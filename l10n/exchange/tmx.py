"""TMX 1.4b (LISA, 2005), the format of translation memories, written message by message."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from l10n.exchange.markup import DECLARATION, escaped, quoted_value
from l10n.exchange.records import Languages, PoSource, Record, Selection

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
    source_tag, target_tag = map(quoted_value, languages)
    header = (
        f'{DECLARATION}<tmx version="1.4"><header creationtool="l10n" creationtoolversion="1" '
        f'segtype="sentence" o-tmf="gettext PO" adminlang="en" srclang={source_tag} datatype="plaintext"/>'
        "<body>\n"
    )
    file.write(header.encode())
    for source in sources:
        for record in selection.records(source):
            message = record.message
            pair = (
                f"{_beginning(record)}<tuv xml:lang={source_tag}><seg>{escaped(message.source)}</seg></tuv>"
                f"<tuv xml:lang={target_tag}><seg>{escaped(message.translation)}</seg></tuv></tu>\n"
            )
            file.write(pair.encode())
    file.write(b"</body></tmx>\n")
    return {".tmx": file.getvalue()}


def _beginning(record: Record) -> str:
    """Return the beginning of a pair, with its comment and properties."""
    fields = record.fields()
    properties = [
        f'<prop type="x-{name}">{escaped(str(fields[name]))}</prop>' for name in _PROPERTIES if fields[name]
    ]
    comment = record.message.comment
    note = f"<note>{escaped(comment)}</note>" if comment else ""
    return f'<tu tuid="{fields["id"]}">{note}{"".join(properties)}'
