"""The annotated article: parse its bytes into units, render it back, and know its markup.

`article` puts the parts together: `scan` finds the units, `kinds` classifies them and `quoting` reads and
writes their text. Each of the other modules handles one construct.
"""

from l10n.article.article import Article, Form
from l10n.article.parsing import line_numbers, parse, parse_metadata
from l10n.article.unit import Unit, Unmatched

__all__ = ["Article", "Form", "Unit", "Unmatched", "line_numbers", "parse", "parse_metadata"]
