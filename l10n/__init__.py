"""l10n: review machine-translated documentation as gettext PO files.

Parse an annotated article, read its units and metadata, replace targets, render a form:

    import l10n

    article = l10n.parse(open("articles/a.md", "rb").read(), "articles/a.md")
    targets = [unit.target.replace("Utveksling", "Exchange") for unit in article.units]
    open("a.md", "wb").write(article.render("localized", targets))

`extract`, `merge`, `check`, `fix`, `status`, `export`, `import_`, `terms`, `preview` and `merge_driver` do
what the commands do, with their options, and return a report: plain data.

A name is loaded when it is first used, so that `l10n --help` need not wait for Babel.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from l10n.article import Article, Form, Unit, parse
    from l10n.article.frontmatter import Metadata
    from l10n.article.kinds import Kind
    from l10n.article.refusals import refusal
    from l10n.article.verify import verify
    from l10n.checks import CHECKS, Check, Finding, Pair, Severity
    from l10n.commands.align import AlignReport, align
    from l10n.commands.analysis import Analysis, analysis
    from l10n.commands.check import CheckReport, Choice, check
    from l10n.commands.export import ExportReport, export
    from l10n.commands.extract import extract
    from l10n.commands.fix import FixReport, fix
    from l10n.commands.import_ import ImportReport, import_
    from l10n.commands.merge import merge
    from l10n.commands.merge_driver import merge_driver
    from l10n.commands.preview import PreviewReport, preview
    from l10n.commands.status import Status, status
    from l10n.commands.terms import Proposal, terms
    from l10n.jobs.check_article import Fault
    from l10n.jobs.rebuild_article import Wanted
    from l10n.jobs.run import Workers
    from l10n.problems import L10nError, Problem
    from l10n.report import ExtractReport, MergeReport

__version__ = "0.1.0"

__all__ = [
    "CHECKS",
    "AlignReport",
    "Analysis",
    "Article",
    "Check",
    "CheckReport",
    "Choice",
    "ExportReport",
    "ExtractReport",
    "Fault",
    "Finding",
    "FixReport",
    "Form",
    "ImportReport",
    "Kind",
    "L10nError",
    "MergeReport",
    "Metadata",
    "Pair",
    "PreviewReport",
    "Problem",
    "Proposal",
    "Severity",
    "Status",
    "Unit",
    "Wanted",
    "Workers",
    "align",
    "analysis",
    "check",
    "export",
    "extract",
    "fix",
    "import_",
    "merge",
    "merge_driver",
    "parse",
    "preview",
    "refusal",
    "status",
    "terms",
    "verify",
]

_MODULES = {
    **dict.fromkeys(("Article", "Form", "Unit", "parse"), "article"),
    "Metadata": "article.frontmatter",
    "Kind": "article.kinds",
    "refusal": "article.refusals",
    "verify": "article.verify",
    **dict.fromkeys(("CHECKS", "Check", "Finding", "Pair", "Severity"), "checks"),
    **dict.fromkeys(("AlignReport", "align"), "commands.align"),
    **dict.fromkeys(("Analysis", "analysis"), "commands.analysis"),
    **dict.fromkeys(("CheckReport", "Choice", "check"), "commands.check"),
    **dict.fromkeys(("ExportReport", "export"), "commands.export"),
    "extract": "commands.extract",
    **dict.fromkeys(("FixReport", "fix"), "commands.fix"),
    **dict.fromkeys(("ImportReport", "import_"), "commands.import_"),
    "merge": "commands.merge",
    "merge_driver": "commands.merge_driver",
    **dict.fromkeys(("PreviewReport", "preview"), "commands.preview"),
    **dict.fromkeys(("Status", "status"), "commands.status"),
    **dict.fromkeys(("Proposal", "terms"), "commands.terms"),
    "Fault": "jobs.check_article",
    "Wanted": "jobs.rebuild_article",
    "Workers": "jobs.run",
    **dict.fromkeys(("L10nError", "Problem"), "problems"),
    **dict.fromkeys(("ExtractReport", "MergeReport"), "report"),
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
