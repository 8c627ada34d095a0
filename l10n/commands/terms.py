"""Articles and PO files → a glossary to begin with: the names in them, and what became of them.

Law 2: a glossary that is there already is somebody's work, and never overwritten.
Law 4: files are read in the order of their names, and every count is a sum.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from l10n import po
from l10n.article import parse
from l10n.article.contentlocale import locale_of
from l10n.english.bare_units import with_bare_units
from l10n.files import Root
from l10n.glossary import COLUMNS
from l10n.glossary.candidates import MINIMUM, Candidate, candidates
from l10n.glossary.tbx import NewConcept, write_tbx
from l10n.inputs import find_inputs, is_po
from l10n.jobs.run import Progress, no_progress
from l10n.locales import gettext_name, language_tag
from l10n.problems import L10nError, Problem, WithProblems, isolated


@dataclass(slots=True)
class Proposal(WithProblems):
    """The names found, and what was read for them."""

    articles: int = 0
    """Annotated articles read."""
    catalogues: int = 0
    """PO files read."""
    units: int = 0
    """Units of articles, and places of messages, that have a target."""
    candidates: list[Candidate] = field(default_factory=list)
    """The commonest first, then by name and locale."""
    written: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The proposal in JSON's types."""
        found = asdict(self)
        for candidate, as_dict in zip(self.candidates, found["candidates"], strict=True):
            as_dict["do_not_translate"] = candidate.is_name
            as_dict["others"] = [other._asdict() for other in candidate.others]
        return found


def terms(
    inputs: Sequence[Path],
    output: Path | None = None,
    *,
    locale: str | None = None,
    minimum: int = MINIMUM,
    progress: Progress = no_progress,
) -> Proposal:
    """The names in the English sources of `inputs`: articles, PO files, and folders of them.

    A name is proposed for a locale where it occurs `minimum` times or more. `locale`
    (`nb-NO` or `nb_NO`) is for articles without a locale; raises ValueError if there
    is no such locale. With `output` the glossary is written there, as TBX if its name ends
    in `.tbx`, otherwise as CSV, unless a file is there already. All other problems are in the proposal.
    """
    reading = _Reading(gettext_name(locale) if locale else None)
    found = find_inputs(inputs)
    reading.proposal.problems = found.problems
    for done, reference in enumerate(found.files, 1):
        with isolated(found.root.label(reference), reading.proposal.problems):
            reading.read(found.root, reference)
        progress(done, len(found.files))
    proposal = reading.proposal
    names = [c for name, pairs in sorted(reading.pairs.items()) for c in candidates(pairs, name, minimum)]
    proposal.candidates = sorted(names, key=lambda c: (-c.count, c.name, c.locale))
    if output is not None:
        _write(output, proposal)
    proposal.problems = sorted(set(proposal.problems))
    return proposal


def glossary_csv(found: Iterable[Candidate]) -> bytes:
    """A glossary of `found` as `read_glossary` reads it: what most targets keep is not to be translated."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for candidate in found:
        kept = "yes" if candidate.is_name else ""
        writer.writerow((candidate.name, "", kept, "", "yes", note(candidate), candidate.locale))
    return text.getvalue().encode()


def glossary_tbx(found: Iterable[Candidate]) -> bytes:
    """A TBX glossary of `found`: what most targets keep is not to be translated, the rest has no target."""
    return write_tbx(
        NewConcept(
            candidate.name,
            language_tag(candidate.locale) if candidate.is_name else None,
            note(candidate) if candidate.is_name else f"{candidate.locale}: {note(candidate)}",
        )
        for candidate in found
    )


def note(candidate: Candidate) -> str:
    """Return the counts for a person: `812 times, kept 640, else utveksling 120`."""
    others = ", ".join(f"{word} {times}" for word, times in candidate.others)
    return f"{candidate.count} times, kept {candidate.kept}" + (f", else {others}" if others else "")


def _write(output: Path, proposal: Proposal) -> None:
    root = Root.at(output.parent)
    label = root.label(output.name)
    is_tbx = output.suffix.lower() == ".tbx"
    data = (glossary_tbx if is_tbx else glossary_csv)(proposal.candidates)

    def make(old: bytes | None) -> bytes:
        if old is not None and old != data:
            message = "it is there already, and nothing was written; name another file with -o"
            raise L10nError(Problem(label, 1, 1, "would-overwrite", message))
        return data

    try:
        if root.rewrite(output.name, make):
            proposal.written.append(label)
    except L10nError as error:
        proposal.problems.append(error.problem)


class _Reading:
    """The pairs of all files read so far, by locale."""

    def __init__(self, fallback: str | None) -> None:
        self.proposal = Proposal()
        self.pairs: dict[str, Counter[tuple[str, str]]] = {}
        self._fallback = fallback

    def read(self, root: Root, reference: str) -> None:
        """Count the pairs of one file; raises L10nError for what cannot be read."""
        if is_po(reference):
            self._read_catalogue(po.PoFile.open(root, reference))
        else:
            self._read_article(root.read(reference), root.label(reference))

    def _read_catalogue(self, file: po.PoFile) -> None:
        pairs = self._pairs(file.locale)
        self.proposal.catalogues += 1
        for message in file.catalogue.messages:
            if message.translation and not message.obsolete:
                times = max(1, len(message.places))
                pairs[message.source, message.translation] += times
                self.proposal.units += times

    def _read_article(self, data: bytes, label: str) -> None:
        article = with_bare_units(parse(data, label))
        self.proposal.problems += article.problems
        if not article.units:
            return
        locale = locale_of(article, self._fallback)
        self.proposal.articles += 1
        self.proposal.units += len(article.units)
        self._pairs(locale).update((unit.source, unit.target) for unit in article.units)

    def _pairs(self, locale: str) -> Counter[tuple[str, str]]:
        return self.pairs.setdefault(locale, Counter())
