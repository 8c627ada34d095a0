"""What a name or term is called in another language, and where it stands in a text.

`glossary` is the list, read from CSV or by `tbx`; `termsearch` finds all its terms in a text at once,
`candidates` proposes new ones.
"""

from l10n.glossary.glossary import COLUMNS, MOST, Glossary, Term, read_glossary

__all__ = ["COLUMNS", "MOST", "Glossary", "Term", "read_glossary"]
