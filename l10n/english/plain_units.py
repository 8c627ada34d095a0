"""Make units of a plain article: the localized text alone, aligned with its English file.

Law 1: such a unit claims the bytes of its target and no others. Law 3, nothing is silent: what is uncertain
about a unit is in `Article.doubts`, and a sentence without a counterpart is in `Article.unmatched`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from l10n.article import Article, Unit, Unmatched, line_numbers
from l10n.doubts import Doubt
from l10n.english.bare_units import with_bare_units

if TYPE_CHECKING:
    from l10n.english.english import EnglishFile
    from l10n.plain import Piece, PlainPair


def with_sources(article: Article, english: EnglishFile | None) -> Article:
    """Return `article` with units for its text without annotation, whose source is in its English file.

    Without an English file, only a title may have a source.
    """
    if english and not article.is_annotated:
        return with_plain_units(article, english.data, is_proved=english.is_proved)
    return with_bare_units(article, english.data if english else None)


def with_plain_units(article: Article, english: bytes, *, is_proved: bool = True) -> Article:
    """Return `article`, which has no annotation, with a unit for each sentence whose source is known.

    `english` are the bytes of its English file; `is_proved` is True if its hash was verified.
    """
    from l10n.plain import align  # it takes long to load, and annotated articles do not need it

    text = english.decode("utf-8", "surrogateescape")
    alignment = align(article.text, text, is_yaml=article.is_yaml)
    pairs = [pair for pair in alignment.pairs if pair.target.strip() and pair.source.strip()]
    lines = line_numbers(article.text, [pair.start for pair in pairs])
    ids = _ids([pair.source for pair in pairs])
    units = [
        _unit(pair)._replace(id=identifier, line=line)
        for pair, identifier, line in zip(pairs, ids, lines, strict=True)
    ]
    of_all = () if is_proved else (Doubt.UNPROVED,)
    doubts = {pair.start: of_all if pair.is_sure else (*of_all, Doubt.UNCERTAIN) for pair in pairs}
    return article.with_plain_units(
        units,
        english,
        {start: found for start, found in doubts.items() if found},
        _unmatched(text, alignment.missing_english, is_english=True)
        + _unmatched(article.text, alignment.missing_localized),
    )


def _unit(pair: PlainPair) -> Unit:
    return Unit.bare(pair.start, pair.end, pair.target, pair.source, pair.kind, pair.quoting)


def _ids(sources: Sequence[str]) -> list[str]:
    """Return an id for each source that stays as long as the source does, wherever it is in the article."""
    times: Counter[str] = Counter()
    ids = []
    for source in sources:
        times[source] += 1
        digest = blake2b(source.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
        ids.append(f"{digest}-{100 + times[source]}")
    return ids


def _unmatched(text: str, pieces: Sequence[Piece], *, is_english: bool = False) -> list[Unmatched]:
    ordered = sorted(pieces, key=lambda piece: piece.start)
    lines = line_numbers(text, [piece.start for piece in ordered])
    return [Unmatched(is_english, line, piece.text) for piece, line in zip(ordered, lines, strict=True)]
