"""Parquet with the column `translation` of Hugging Face's data sets; the only module that uses pyarrow."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from itertools import islice
from typing import Any

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from l10n.exchange.records import FIELDS, Languages, PoSource, Record, Selection

_ROWS = 10_000
"""The rows of a group, which are written together."""


def write_parquet(
    sources: Iterable[PoSource], languages: Languages, selection: Selection
) -> dict[str, bytes]:
    """Return a Parquet file, by its suffix."""
    texts = pa.struct([(code, pa.string()) for code in languages.codes])
    columns = [(name, pa.int32() if name == "line" else pa.string()) for name in FIELDS]
    schema = pa.schema([("translation", texts), *columns])
    file = BytesIO()
    records = (record for source in sources for record in selection.records(source))
    with ParquetWriter(file, schema) as writer:
        while rows := [_row(record, languages.codes) for record in islice(records, _ROWS)]:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
    return {".parquet": file.getvalue()}


def _row(record: Record, codes: tuple[str, str]) -> dict[str, Any]:
    texts = zip(codes, (record.message.source, record.message.translation), strict=True)
    return {"translation": dict(texts)} | record.fields()
