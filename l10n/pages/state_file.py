"""What an earlier run wrote: the key and the index row of each page, as JSON in the folder of the pages.

Law 5: anybody may have changed the file. Whatever is not as this module writes it is forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from l10n.files import Root
from l10n.pages.page_job import Known, Listed
from l10n.problems import L10nError
from l10n.writing import FileKind

NAME = "l10n-preview.json"
_FORM = "l10n preview 1"
_KIND = FileKind("the list of pages of l10n preview", lambda data: _FORM.encode() in data[:100])


def read_known(output: Root) -> dict[str, Known]:
    """Return what was written before, by the name of the page; nothing if that is not known."""
    if output.is_gone(NAME):
        return {}
    try:
        found = json.loads(output.read(NAME, 1 << 30))
        if found["form"] != _FORM:
            return {}
        pages = [_known(page) for page in found["pages"]]
    except (L10nError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return {page.listed.name: page for page in pages}


def write_known(output: Root, pages: Iterable[Known]) -> None:
    """Write what is known now. Raises L10nError."""
    rows = ",\n".join(json.dumps({"key": page.key, **page.listed._asdict()}) for page in pages)
    output.write(NAME, f'{{"form": "{_FORM}", "pages": [\n{rows}\n]}}\n'.encode(), _KIND)


def _known(page: Mapping[str, Any]) -> Known:
    """Return a page of the file; raises ValueError, KeyError or TypeError if it is none."""
    values = dict(page)
    key = values.pop("key")
    listed = Listed(**values)
    if not isinstance(listed.checks, dict):
        raise TypeError
    numbers = (*listed[4:12], *listed.checks.values())
    texts = (key, *listed[:4], *listed.checks)
    if not all(isinstance(one, int) for one in numbers) or not all(isinstance(one, str) for one in texts):
        raise TypeError
    return Known(key, listed)
