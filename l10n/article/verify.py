"""Verify that the output of merge is read back as intended.

Text without annotation is verified by its position: `bare_places` returns all ranges that may hold it.
"""

from __future__ import annotations

from collections.abc import Sequence

from l10n.article.article import Article
from l10n.article.kinds import Kind
from l10n.article.parsing import parse
from l10n.article.slots import slots_in
from l10n.article.unit import gaps
from l10n.article.yaml_values import translated_scalars, yaml_scalars
from l10n.problems import L10nError, Problem


def verify(article: Article, data: bytes, targets: Sequence[str]) -> None:
    """Raise L10nError (`cannot-verify`) unless `data` parses back to the article with `targets`.

    The law that merge keeps: what it writes parses back to the same units with exactly the targets given. For
    text without annotation, the brackets or quotes must contain exactly the target given.
    """
    back = parse(data, article.path)
    pairs = list(zip(article.units, targets, strict=True))
    wanted = [(unit.id, unit.kind, unit.source, target) for unit, target in pairs if not unit.is_bare]
    found = [(unit.id, unit.kind, unit.source, unit.target) for unit in back.units]
    if found != wanted or not _holds_bare(article, back, targets):
        message = (
            "the new targets would not be read back as they are, so the article keeps its own; "
            "mend the article, or ask the publisher for a new delivery"
        )
        raise L10nError(Problem(article.path, 1, 1, "cannot-verify", message))


def bare_places(article: Article) -> dict[tuple[int, int], str]:
    """Return all ranges that may hold text translated without annotation, with their text."""
    if article.is_yaml:
        return {(one.start, one.end): one.value for one in yaml_scalars(article.text).values()}
    body = article.body
    found = {(one.start, one.end): one.value for one in translated_scalars(article.text, body)}
    for start, end in gaps(article.units, body, len(article.text)):
        for slot in slots_in(article.text, start, end):
            found[slot[:2]] = article.text[slot.start : slot.end]
    return found


def _holds_bare(article: Article, back: Article, targets: Sequence[str]) -> bool:
    """Return True if `back` has each bare target in its place."""
    if not any(unit.is_bare for unit in article.units):
        return True
    places = bare_places(back)
    shift = 0
    for unit, target, length in zip(article.units, targets, article.raw_lengths(targets), strict=True):
        start = unit.target_start + shift
        shift += length - (unit.target_end - unit.target_start)
        if not unit.is_bare or (article.is_plain and target == unit.target):
            continue
        is_sentence = article.is_plain and not unit.is_slot and unit.kind is not Kind.FRONT_MATTER
        held = back.text[start : start + length] if is_sentence else places.get((start, start + length))
        if held != target:
            return False
    return True
