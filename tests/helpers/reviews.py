"""Reviews of messages in a PO file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from l10n import po
from l10n.catalogue import Message


def review(path: Path, translations: dict[str, str]) -> None:
    """Give messages their reviewed translations, by their sources."""
    catalogue = po.read(path.read_bytes(), "x")

    def reviewed(message: Message) -> Message:
        translation = translations.get(message.source)
        return replace(message, translation=translation, fuzzy=False) if translation else message

    path.write_bytes(po.write(replace(catalogue, messages=[reviewed(m) for m in catalogue.messages])))
