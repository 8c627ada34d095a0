"""The golden files, and how their text is shown."""

from __future__ import annotations

from tests.helpers.project import PROJECT

GOLDEN = PROJECT / "tests/golden"


def lines(data: bytes) -> list[str]:
    text = data.decode("utf-8", "backslashreplace")
    return text.replace("\r", "\\r").split("\n")
