"""Units as they are read from articles, and the messages that an update makes of them."""

from __future__ import annotations

from dataclasses import replace

from l10n.catalogue import (
    Message,
    Place,
    Segment,
)
from l10n.catalogue.update import update


def record(
    target: str, source: str = "No", path: str = "a.md", line: int = 9, human: bool = False
) -> Segment:
    return Segment(source, target, Place(path, line), "paragraph", f"1a2b3-{line}", human)


def everywhere(path: str) -> bool:
    return True


def fresh(*units: Segment) -> list[Message]:
    return update([], units, everywhere).messages


def reviewed(*units: Segment, **changes: object) -> list[Message]:
    return [replace(message, fuzzy=False, **changes) for message in fresh(*units)]  # type: ignore[arg-type]
