"""Read several glossary files into one glossary.

Law 3: a file that cannot be used is reported, and the others are used.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from l10n.files import Root
from l10n.glossary.glossary import Glossary, Term, read_glossary
from l10n.limits import GLOSSARY_BYTES
from l10n.problems import L10nError, Problem


def read_glossaries(paths: Iterable[Path]) -> Glossary:
    """Return the terms of all files (CSV or TBX) in order; its problems include those of the files."""
    terms: list[Term] = []
    problems: list[Problem] = []
    for path in paths:
        root = Root.at(path.parent)
        try:
            glossary = read_glossary(root.read(path.name, GLOSSARY_BYTES), root.label(path.name))
        except L10nError as error:
            problems.append(error.problem)
        else:
            terms += glossary.terms
            problems += glossary.problems
    return Glossary(tuple(terms), tuple(problems))
