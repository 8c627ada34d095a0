"""Findings about what a target lost, changed or added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from l10n.checks.pair import Finding
from l10n.checks.tokens import Token


class Wording(NamedTuple):
    """The messages of a check; `{old}` is the text of the source, `{new}` that of the target."""

    lost: str
    changed: str = ""
    """For text that another one replaces; by default as if it were lost."""
    added: str = ""
    """Without it, added text is no fault."""


def differences(
    lost: Iterable[Token], added: Iterable[Token], wording: Wording, place_of_lost: tuple[int, int] = (0, 0)
) -> Iterator[Finding]:
    """Report the lost tokens in order, each with the added one in its place."""
    for old, new in zip_longest(lost, added):
        if old is None:
            message = wording.added.format(new=new.text)
        elif new is None:
            message = wording.lost.format(old=old.text)
        else:
            message = (wording.changed or wording.lost).format(old=old.text, new=new.text)
        if message:
            yield Finding(message, *(new.span if new else place_of_lost))
