"""Pair YAML values by their keys: those of front matter, and of whole YAML files."""

from __future__ import annotations

from collections.abc import Mapping

from l10n.article.frontmatter import PUBLISHER_KEYS
from l10n.article.kinds import Kind
from l10n.article.quoting import Quoting
from l10n.article.yaml_values import Scalar
from l10n.plain.pairs import Piece, PlainAlignment, PlainPair


def align_values(
    localized: Mapping[str, Scalar], english: Mapping[str, Scalar], *, only_different: bool
) -> PlainAlignment:
    """Return the pairs of values with the same key; `only_different`: a value that is the same is none."""
    own = {key: one for key, one in localized.items() if key.rpartition("/")[2] not in PUBLISHER_KEYS}
    pairs = [
        _pair(scalar, english[key])
        for key, scalar in own.items()
        if key in english and not (only_different and scalar.value.split() == english[key].value.split())
    ]
    return PlainAlignment(
        tuple(sorted(pairs, key=lambda pair: pair.start)),
        tuple(_piece(scalar) for key, scalar in english.items() if key not in localized),
        tuple(_piece(scalar) for key, scalar in own.items() if key not in english),
    )


def _piece(scalar: Scalar) -> Piece:
    return Piece(scalar.value, scalar.start, scalar.end, _kind(scalar))


def _kind(scalar: Scalar) -> Kind:
    """Return the kind of a value: front matter, or the metadata of a YAML file, or another value of it."""
    is_metadata = "/" not in scalar.key or scalar.key.startswith(("metadata/", "keywords/"))
    return Kind.FRONT_MATTER if is_metadata else Kind.ATTRIBUTE


def _pair(scalar: Scalar, source: Scalar) -> PlainPair:
    return PlainPair(
        source.value,
        scalar.value,
        _kind(scalar),
        scalar.start,
        scalar.end,
        source.start,
        source.end,
        Quoting.SCALAR,
        1.0,
        is_sure=True,
        is_slot=True,
    )
