"""The glossary: the translations of names and terms, or that they stay unchanged.

It is a CSV or TBX file (docs/glossary.md). Law 3: an unusable row is reported, with its line, and left out; a
file that cannot be read at all is an error. Law 5: at most `MOST` terms are read, and no content is shown of
a file that is not a glossary: settings found in a project may name any file as one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

from l10n.glossary.tbx import read_tbx, refused
from l10n.glossary.termsearch import is_searchable
from l10n.locales import applies_to, gettext_name
from l10n.problems import Problem

COLUMNS = ("source", "target", "do_not_translate", "forbidden", "case", "note", "locale")
MOST = 100_000
"""Maximum number of terms of a TBX file: each source term of a concept counts with each language."""

_YES = frozenset({"yes", "true", "1", "x"})
_NO = frozenset({"", "no", "false", "0"})


@dataclass(frozen=True, slots=True)
class Term:
    """One row of a glossary."""

    source: str
    """The English text; "" for a target that is forbidden for every source."""
    targets: tuple[str, ...] = ()
    """The allowed translations, the preferred one first."""
    do_not_translate: bool = False
    """True if the target keeps the source unchanged (or has one of `targets`)."""
    forbidden: tuple[str, ...] = ()
    """The forbidden translations."""
    case: bool = False
    """True if the source is sensitive to case: Word is a name, word is not."""
    note: str = ""
    hides: bool = False
    """True if it is not a name and hides the names in it: the Office of "Out of Office"."""
    locale: str | None = None
    """gettext's name of its only locale, or a language (`nb`); None for all locales."""

    def is_for(self, locale: str) -> bool:
        """Return True if the term applies to a gettext locale (see `applies_to`)."""
        return self.locale is None or applies_to(self.locale, locale)


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms in the order of their file, and the problems of its unusable rows."""

    terms: tuple[Term, ...] = ()
    problems: tuple[Problem, ...] = ()

    def for_locale(self, locale: str) -> tuple[Term, ...]:
        """Return the terms for a gettext locale, with the rows of one source merged."""
        found: dict[str, Term] = {}
        for number, term in enumerate(self.terms):
            if term.is_for(locale):
                key = term.source or f"\0{number}"
                found[key] = _joined(found[key], term) if key in found else term
        return tuple(found.values())


def _joined(first: Term, second: Term) -> Term:
    return replace(
        first,
        targets=tuple(dict.fromkeys(first.targets + second.targets)),
        forbidden=tuple(dict.fromkeys(first.forbidden + second.forbidden)),
        do_not_translate=first.do_not_translate or second.do_not_translate,
        case=first.case or second.case,
        hides=first.hides or second.hides,
    )


def read_glossary(data: bytes, path: str) -> Glossary:
    """Read a glossary from the bytes of a CSV or TBX file; `path` names it in problems.

    Data that begins with `<` is read as TBX. Raises L10nError (`bad-glossary`) for data that is neither;
    unusable rows are in the glossary's problems.
    """
    text = _decoded(data, path)
    if text.lstrip().startswith("<"):
        return _from_tbx(text, path)
    return _from_csv(text, path)


def _decoded(data: bytes, path: str) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode(encoding, "replace")) + 1
        raise refused(path, line, column, "it is not UTF-8; save it as UTF-8") from error


def _from_tbx(text: str, path: str) -> Glossary:
    terms = []
    problems = []
    size = 0
    for concept in read_tbx(text, path):
        # Every source of an entry is combined with all its targets.
        size += max(1, len(concept.targets) + len(concept.forbidden))
        if size > MOST:
            raise refused(path, concept.line, 1, f"it has more than {MOST:,} terms")
        term = Term(
            concept.source,
            concept.targets,
            concept.do_not_translate,
            concept.forbidden,
            concept.do_not_translate,
            concept.note,
            locale=concept.locale or None,
        )
        try:
            terms.append(_checked(term))
        except ValueError as error:
            problems.append(_left_out(path, concept.line, str(error)))
    return Glossary(tuple(terms), tuple(problems))


def _from_csv(text: str, path: str) -> Glossary:
    header = text.lstrip("\r\n").partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    rows = _rows(text, delimiter, path)
    _, first = next(rows, (1, []))
    names = [name.strip().lower().replace(" ", "_") for name in first]
    unknown = [name for name in names if name not in COLUMNS]
    if "source" not in names or unknown or len(set(names)) < len(names):
        reason = "a column is missing or stands twice"
        if unknown:
            reason = f"column {names.index(unknown[0]) + 1} has another name than a column of a glossary"
        raise refused(path, 1, 1, f"{reason}; its first row names the columns, of {', '.join(COLUMNS)}")
    terms = []
    problems = []
    for line, row in rows:
        try:
            if len(row) > len(names):
                raise ValueError(
                    f'it has {len(row)} cells, the first row {len(names)}: write "…" around a {delimiter}'
                )
            terms.append(_checked(_term(dict(zip(names, map(str.strip, row), strict=False)))))
        except ValueError as error:
            problems.append(_left_out(path, line, str(error)))
    return Glossary(tuple(terms), tuple(problems))


def _rows(text: str, delimiter: str, path: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV file that are not blank, each with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            if any(map(str.strip, row)):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise refused(path, line, 1, f"the row that begins here is not CSV ({error})") from error


def _term(cells: dict[str, str]) -> Term:
    do_not_translate = _flag(cells, "do_not_translate")
    return Term(
        cells["source"],
        _alternatives(cells.get("target", "")),
        do_not_translate,
        _alternatives(cells.get("forbidden", "")),
        # A name is distinguished from the common word unless the glossary says no.
        _flag(cells, "case") or (do_not_translate and not cells.get("case")),
        cells.get("note", ""),
        hides=bool(cells.get("do_not_translate")) and not do_not_translate,
        locale=cells.get("locale") or None,
    )


def _flag(cells: dict[str, str], name: str) -> bool:
    value = cells.get(name, "").lower()
    if value not in _YES | _NO:
        raise ValueError(f"{name} is {cells[name]!r}; write yes or no")
    return value in _YES


def _alternatives(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, cell.split("|"))))


def _checked(term: Term) -> Term:
    """Return `term` with gettext's name of its locale; raises ValueError with what is wrong in it."""
    if not term.source and not term.forbidden:
        raise ValueError("it has no source")
    if not term.source and (term.targets or term.do_not_translate):
        raise ValueError("without a source it can only forbid")
    for text in (term.source, *term.targets, *term.forbidden):
        if text and not is_searchable(text):
            raise ValueError(f"{text[:40]!r} has no letter or digit, or is too long to be a term")
    if wrong := set(term.forbidden) & {*term.targets, *([term.source] if term.do_not_translate else [])}:
        raise ValueError(f"{min(wrong)!r} is demanded and forbidden")
    return replace(term, locale=gettext_name(term.locale) if term.locale else None)


def _left_out(path: str, line: int, reason: str) -> Problem:
    return Problem(path, line, 1, "bad-glossary", f"{reason}; this entry was left out")
