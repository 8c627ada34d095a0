"""The sections of docs/checks.md, which the package has as a file of its own: what each check is for."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_NO_SECTION = "It needs a glossary: see docs/glossary.md."
_SECTION = re.compile(r"^### (\S+)\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)


def explanation(name: str) -> str:
    """Return the Markdown about a check, with its examples."""
    return _sections().get(name, _NO_SECTION)


@cache
def _sections() -> dict[str, str]:
    page = files("l10n.checks").joinpath("checks.md").read_text("utf-8")
    return {name: text.strip() for name, text in _SECTION.findall(page)}
