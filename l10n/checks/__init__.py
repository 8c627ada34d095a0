"""The checks of a translation against its source, as one tuple."""

from l10n.checks.code import CODE_CHECKS
from l10n.checks.links import LINK_CHECKS
from l10n.checks.pair import Check, Finding, Pair, Severity

CHECKS: tuple[Check, ...] = (*LINK_CHECKS, *CODE_CHECKS)

__all__ = ["CHECKS", "Check", "Finding", "Pair", "Severity"]
