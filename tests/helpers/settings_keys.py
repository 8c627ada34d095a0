"""The keys of the settings."""

from __future__ import annotations

KEYS = [
    *["english", "other", "check", "check.skip", "check.severity", "check.fail-on", "check.baseline"],
    *["check.glossary", "check.rule", "check.other"],
]
