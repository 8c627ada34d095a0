"""What the user may have meant by a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 100
"""Characters of a name that is compared: it takes quadratic time."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the end of a message that proposes the most similar of the `known` names; empty if none is."""
    from difflib import get_close_matches  # noqa: PLC0415 - only mistakes need it

    found = get_close_matches(name.lower(), known, 1) if len(name) <= _LONGEST else []
    return f"; did you mean {found[0]!r}?" if found else ""
