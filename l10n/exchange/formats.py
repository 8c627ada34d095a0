"""The formats that messages are exported to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from l10n.exchange.jsonl import JSONL
from l10n.exchange.moses import write_moses
from l10n.exchange.records import Languages, PoSource, Selection, TextFormat
from l10n.exchange.tmx import TMX
from l10n.exchange.tsv import TSV
from l10n.exchange.xliff import xliff
from l10n.exchange.xliff2 import xliff2
from l10n.problems import L10nError, Problem
from l10n.writing import FileKind

_Write = Callable[[Iterable[PoSource], Languages, Selection], dict[str, bytes]]
_GZIP = b"\x1f\x8b\x08"


class ExchangeFormat(NamedTuple):
    """A format: how it is written, and what it may overwrite."""

    form: TextFormat | _Write
    """A text format, or a function that returns the content of each file, by the suffix of its name."""
    kind: FileKind
    pairs_only: bool = False
    """True if a message needs a translation to be in it."""
    returns: bool = False
    """True if `import` reads what comes back, so that each message has to be in it."""


_THIS_EXPORT = FileKind("this export, so somebody may have worked in it since", lambda data: False)
"""Nothing overwrites a translator's file."""


def _write_parquet(
    sources: Iterable[PoSource], languages: Languages, selection: Selection
) -> dict[str, bytes]:
    try:
        from l10n.exchange.parquet import write_parquet  # noqa: PLC0415 - an extra
    except ImportError as error:
        path = f"{languages.target}.parquet"
        message = f"what it takes is not installed ({error}): pip install 'l10n-docs[parquet]'"
        raise L10nError(Problem(path, 1, 1, "no-parquet", message)) from error
    return write_parquet(sources, languages, selection)


def exchange_format(name: str, *, plain_text: bool = False) -> ExchangeFormat:
    """Return the format of a name in FORMAT_NAMES; with `plain_text`, XLIFF has no placeholders."""
    return {
        "xliff": ExchangeFormat(xliff(plain_text=plain_text), _THIS_EXPORT, returns=True),
        "xliff2": ExchangeFormat(xliff2(plain_text=plain_text), _THIS_EXPORT, returns=True),
        "tmx": ExchangeFormat(TMX, FileKind("a TMX file", lambda data: b"<tmx" in data[:1000]), True),
        "tsv": ExchangeFormat(
            TSV, FileKind("a TSV file of l10n", lambda data: data.startswith(b"source\ttarget\tid\t"))
        ),
        "jsonl": ExchangeFormat(
            JSONL, FileKind("JSON Lines of l10n", lambda data: data.startswith(b'{"source": "'))
        ),
        "moses": ExchangeFormat(
            write_moses, FileKind("a gzip file", lambda data: data.startswith(_GZIP)), True
        ),
        "parquet": ExchangeFormat(
            _write_parquet, FileKind("a Parquet file", lambda data: data.startswith(b"PAR1")), True
        ),
    }[name]


FORMAT_NAMES = ("xliff", "xliff2", "tmx", "tsv", "jsonl", "moses", "parquet")
