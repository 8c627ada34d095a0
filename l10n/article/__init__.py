"""The annotated article: bytes to units and back, and all that is known of its markup.

`article` puts it together; `scan` finds the units, `kinds` tells what they are, `quoting` how
their text is written; the others know one construct each.
"""

from l10n.article.article import Article, Form, line_numbers, parse
from l10n.article.unit import Unit

__all__ = ["Article", "Form", "Unit", "line_numbers", "parse"]
