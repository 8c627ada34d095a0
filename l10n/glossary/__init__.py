"""Glossaries: the terms of a language, and their occurrences in a text.

`glossary` holds the terms, read from CSV or by `tbx`; `termsearch` finds all of them in a text at once;
`candidates` proposes new ones.
"""

from l10n.glossary.glossary import COLUMNS, MOST, Glossary, Term, read_glossary

__all__ = ["COLUMNS", "MOST", "Glossary", "Term", "read_glossary"]
