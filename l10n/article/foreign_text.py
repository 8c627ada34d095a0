"""Units that include foreign text: the front matter, or the `>` of the next line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from l10n.article.scan import ScanFinding
from l10n.article.unit import Unit

_SWALLOWED_PREFIX = re.compile(r"(?:\r\n|[\r\n])[ \t]*+>[ \t>]*+\Z")
_PUBLISHER_KEY = re.compile(r"\bms\.[a-z]++: ")


def foreign_text(units: Sequence[Unit]) -> list[ScanFinding]:
    """Return a finding for each unit that includes foreign text."""
    findings = []
    for index, unit in enumerate(units):
        if index == 0 and "title: " in unit.source and _PUBLISHER_KEY.search(unit.source):
            message = (
                f"unit {unit.id} swallowed the front matter, keys and all; it is kept as it is: "
                "ask the publisher for a new delivery"
            )
            findings.append(ScanFinding(unit.start, "swallowed-front-matter", message))
        for text in (unit.target, unit.source):
            if text.endswith((">", " ", "\t")) and _SWALLOWED_PREFIX.search(text):
                message = (
                    f"unit {unit.id} runs over the line break and swallowed the next line's > mark; "
                    "it is kept as it is: keep the mark in the translation"
                )
                findings.append(ScanFinding(unit.start, "swallowed-prefix", message))
                break
    return findings
