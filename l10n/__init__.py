"""l10n: review machine-translated documentation as gettext PO files.

Parse an annotated article, read its units and metadata, replace targets, render a form:

    import l10n

    article = l10n.parse(open("articles/a.md", "rb").read(), "articles/a.md")
    targets = [unit.target.replace("Utveksling", "Exchange") for unit in article.units]
    open("a.md", "wb").write(article.render("localized", targets))

`extract` and `merge` do what the commands of the same names do and return a `Report`,
`status` returns a `Status`.
"""

from l10n.article import Article, Form, Unit, parse, verify
from l10n.extract import extract
from l10n.frontmatter import Metadata
from l10n.kinds import Kind
from l10n.merge import merge
from l10n.problems import L10nError, Problem
from l10n.report import Report
from l10n.status import Status, status

__all__ = [
    "Article",
    "Form",
    "Kind",
    "L10nError",
    "Metadata",
    "Problem",
    "Report",
    "Status",
    "Unit",
    "extract",
    "merge",
    "parse",
    "status",
    "verify",
]
