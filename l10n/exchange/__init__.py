"""Messages in the formats of other trades: XLIFF, TMX, TSV, JSONL, Moses and Parquet.

`records` are the messages as each format needs them, `inline` protects Markdown in XLIFF, each format has a
module that writes it, and `returned` reads XLIFF that comes back.
"""
