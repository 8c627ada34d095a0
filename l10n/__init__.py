"""l10n: review machine-translated documentation as gettext PO files.

Parse an annotated article, read its units and metadata, replace targets, render a form:

    import l10n

    article = l10n.parse(open("articles/a.md", "rb").read(), "articles/a.md")
    targets = [unit.target.replace("Utveksling", "Exchange") for unit in article.units]
    open("a.md", "wb").write(article.render("localized", targets))

`extract` and `merge` do what the commands of the same names do and return a `Report`,
`status` returns a `Status`.

A name is loaded when it is first used, so that `l10n --help` need not wait for Babel.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from l10n.article import Article, Form, Unit, parse
    from l10n.article.frontmatter import Metadata
    from l10n.article.kinds import Kind
    from l10n.article.verify import verify
    from l10n.extract import extract
    from l10n.merge import merge
    from l10n.problems import L10nError, Problem
    from l10n.report import Report
    from l10n.status import Status, status
    from l10n.work.run import Workers

__version__ = "0.1.0"

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
    "Workers",
    "extract",
    "merge",
    "parse",
    "status",
    "verify",
]

_MODULES = {
    **dict.fromkeys(("Article", "Form", "Unit", "parse"), "article"),
    "extract": "extract",
    "Metadata": "article.frontmatter",
    "Kind": "article.kinds",
    "merge": "merge",
    **dict.fromkeys(("L10nError", "Problem"), "problems"),
    "Report": "report",
    **dict.fromkeys(("Status", "status"), "status"),
    "verify": "article.verify",
    "Workers": "work.run",
}


class _Package(ModuleType):
    def __getattr__(self, name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"l10n.{_MODULES[name]}"), name)
        setattr(self, name, value)
        return value

    def __setattr__(self, name: str, value: object) -> None:
        # The import of l10n.extract binds the module to the name of the function in it.
        if isinstance(value, ModuleType) and _MODULES.get(name) == name:
            value = getattr(value, name)
        super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


sys.modules[__name__].__class__ = _Package
