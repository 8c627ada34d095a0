"""What an earlier run wrote: each page's row in the index, and keys of what it was made from.

It is JSON in the folder of the pages. Law 5: anybody may have changed the file. Whatever is not as this
module writes it is forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, NamedTuple

from l10n.files import Root
from l10n.pages.page_job import Known, Listed
from l10n.problems import L10nError
from l10n.writing import FileKind

NAME = "l10n-preview.json"
_FORM = "l10n preview 3"
_KIND = FileKind("the list of pages of l10n preview", lambda data: b'{"form": "l10n preview ' in data[:100])


class Earlier(NamedTuple):
    """What an earlier run wrote."""

    pages: Mapping[str, Known]
    """By the name of the page."""
    risk_keys: Mapping[str, str]
    """By locale: a key of what the risks of its messages were made from."""


def read_state(output: Root) -> Earlier:
    """Return what was written before; nothing if that is not known."""
    if output.is_gone(NAME):
        return Earlier({}, {})
    try:
        found = json.loads(output.read(NAME, 1 << 30))
        if found["form"] != _FORM:
            return Earlier({}, {})
        pages = [_known(page) for page in found["pages"]]
        keys = {str(locale): str(key) for locale, key in found["risks"].items()}
    except (L10nError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Earlier({}, {})
    return Earlier({page.listed.name: page for page in pages}, keys)


def write_state(output: Root, pages: Sequence[Known], risk_keys: Mapping[str, str]) -> None:
    """Write what is known now. Raises L10nError."""
    rows = ",\n".join(json.dumps(page._asdict() | {"listed": page.listed._asdict()}) for page in pages)
    keys = json.dumps(dict(sorted(risk_keys.items())))
    output.write(NAME, f'{{"form": "{_FORM}", "risks": {keys}, "pages": [\n{rows}\n]}}\n'.encode(), _KIND)


def _known(page: Mapping[str, Any]) -> Known:
    """Return a page of the file; raises ValueError, KeyError or TypeError if it is none."""
    known = Known(**page)
    listed = Listed(**page["listed"])
    if not isinstance(listed.checks, dict) or not isinstance(known.has_problems, bool):
        raise TypeError
    numbers = (*listed[4:12], *listed.checks.values())
    texts = (known.key, known.english, known.severities, *listed[:4], *listed.checks)
    if not isinstance(known.linked, dict):
        raise TypeError
    texts += (*known.linked, *known.linked.values())
    if not all(isinstance(one, int) for one in numbers) or not all(isinstance(one, str) for one in texts):
        raise TypeError
    if not isinstance(listed.risk, int | float) or not isfinite(listed.risk):
        raise TypeError
    return known._replace(listed=listed)
