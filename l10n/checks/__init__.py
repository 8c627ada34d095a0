"""The checks of translations, in explicit tuples; a new check is added to one of them."""

from l10n.checks.blocks import BLOCK_CHECKS
from l10n.checks.code import CODE_CHECKS
from l10n.checks.consistency import ARTICLE_CHECKS, CATALOGUE_CHECKS, CatalogueCheck
from l10n.checks.emphasis import EMPHASIS_CHECKS
from l10n.checks.language import LANGUAGE_CHECKS
from l10n.checks.links import LINK_CHECKS
from l10n.checks.markup import MARKUP_CHECKS
from l10n.checks.numbers import NUMBER_CHECKS
from l10n.checks.page import PageCheck
from l10n.checks.pair import Check, Finding, Pair, Severity
from l10n.checks.punctuation import PUNCTUATION_CHECKS
from l10n.checks.references import REFERENCE_CHECKS
from l10n.checks.residue import RESIDUE_CHECKS
from l10n.checks.script import SCRIPT_CHECKS
from l10n.checks.structure import STRUCTURE_CHECKS
from l10n.checks.targets import TARGET_CHECKS
from l10n.checks.text import TEXT_CHECKS

CHECKS: tuple[Check, ...] = (
    *LINK_CHECKS,
    *CODE_CHECKS,
    *MARKUP_CHECKS,
    *TEXT_CHECKS,
    *NUMBER_CHECKS,
    *SCRIPT_CHECKS,
    *LANGUAGE_CHECKS,
    *PUNCTUATION_CHECKS,
    *EMPHASIS_CHECKS,
    *REFERENCE_CHECKS,
    *RESIDUE_CHECKS,
    *BLOCK_CHECKS,
)
"""Checks of one pair. `CATALOGUE_CHECKS` read all pairs of a locale, `ARTICLE_CHECKS` the title and first
heading of an article, `PAGE_CHECKS` a whole article."""

GLOSSARY_CHECK_NAMES = ("do-not-translate", "fewer-names", "term-missing", "forbidden-term")
"""The checks by a glossary. They are in `terms`, which only runs with a glossary load."""

PAGE_CHECKS: tuple[PageCheck, ...] = (*STRUCTURE_CHECKS, *TARGET_CHECKS)

__all__ = [
    "ARTICLE_CHECKS",
    "CATALOGUE_CHECKS",
    "CHECKS",
    "GLOSSARY_CHECK_NAMES",
    "PAGE_CHECKS",
    "CatalogueCheck",
    "Check",
    "Finding",
    "PageCheck",
    "Pair",
    "Severity",
]
