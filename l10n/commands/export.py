"""PO files → one file for each locale in a format of other tools.

Law 2: an XLIFF file that is there already is never overwritten, since a translator may have worked in it.
Law 4: PO files are read in the order of their names, messages in the order of their file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from l10n import po
from l10n.catalogue import header
from l10n.exchange.formats import ExchangeFormat, exchange_format
from l10n.exchange.records import Languages, PoSource, Selection, TextFormat
from l10n.files import Root
from l10n.inputs import find_po_files
from l10n.jobs.run import ONE_PROCESS, Progress, Workers, no_progress
from l10n.limits import PO_BYTES
from l10n.locales import language_tag
from l10n.printable import printable
from l10n.problems import L10nError, Problem, WithProblems, isolated
from l10n.rendering import rendered

OUTPUT = Path("export")
"""The folder of exports whose file is not named."""

_TAG = re.compile("[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(slots=True)
class ExportReport(WithProblems):
    """The result of an `export`."""

    catalogues: int = 0
    """PO files read."""
    messages: int = 0
    """Messages exported."""
    written: list[str] = field(default_factory=list)
    """Files written, as the user would name them; a file that would not change is not written."""
    problems: list[Problem] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the report in JSON's types."""
        return asdict(self)


def export(
    inputs: Sequence[Path],
    to: str,
    output: Path | None = None,
    *,
    reviewed_only: bool = False,
    dedupe: bool = False,
    plain_text: bool = False,
    workers: Workers = ONE_PROCESS,
    progress: Progress = no_progress,
) -> ExportReport:
    """Write the messages of the PO files in `inputs` (files and folders) in the format `to`.

    `to` is one of FORMAT_NAMES. There is a file for each locale in the folder `export`, or `output` for the
    only locale; Moses writes two, and `output` is the beginning of their names. `dedupe` leaves out pairs
    that occurred before. With `plain_text`, XLIFF has no placeholders. The text formats are
    written by `workers`. Raises ValueError for options that do
    not suit the format, and L10nError (`several-locales`, `no-parquet`). Other problems are in the report.
    """
    wanted = exchange_format(to, plain_text=plain_text)
    if wanted.returns and dedupe:
        raise ValueError("XLIFF comes back to each message, so none is left out: leave out --dedupe")
    if plain_text and not wanted.returns:
        raise ValueError("only XLIFF has placeholders: leave out --plain-text")
    report = ExportReport()
    locales = _by_locale(find_po_files(inputs, report.problems), report.problems)
    if output is not None and len(locales) > 1:
        names = ", ".join(sorted(name for name, _ in locales))
        message = f"the PO files are in several languages ({names}); name those of one, or leave out -o"
        raise L10nError(Problem(output.as_posix(), 1, 1, "several-locales", message))
    for (locale, language), files in sorted(locales.items()):
        selection = Selection(reviewed_only, wanted.pairs_only, dedupe, problems=report.problems)
        sources = _opened(files, locale, report, progress)
        languages = Languages(language, language_tag(locale))
        made: dict[str, Iterable[bytes]]
        if isinstance(wanted.form, TextFormat):
            made = {wanted.form.suffix: rendered(wanted.form, sources, languages, selection, workers)}
        else:
            made = {suffix: [data] for suffix, data in wanted.form(sources, languages, selection).items()}
        _write(made, output, locale, wanted, report)
        report.messages += selection.exported
    report.problems.sort()
    return report


def _by_locale(files: Sequence[Path], problems: list[Problem]) -> dict[tuple[str, str], list[Path]]:
    """Group PO files by their locale and the tag of their source language."""
    found: dict[tuple[str, str], list[Path]] = {}
    for path in files:
        root = Root.at(path.parent)
        with isolated(root.label(path.name), problems):
            fields = po.read_header(root.read(path.name, PO_BYTES), root.label(path.name))
            language = fields.get("X-Source-Language", "")
            language = language if _TAG.fullmatch(language) else "en"
            found.setdefault((header.locale_of(fields, root.label(path.name)), language), []).append(path)
    return found


def _opened(
    files: Sequence[Path], locale: str, report: ExportReport, progress: Progress
) -> Iterator[PoSource]:
    """Open PO files one after the other, so that only one is in memory."""
    for done, path in enumerate(files, 1):
        with isolated(Root.at(path.parent).label(path.name), report.problems):
            file = po.PoFile.open(Root.at(path.parent), path.name)
            original = printable(path.name) if os.path.isabs(file.label) else file.label
            report.catalogues += 1
            yield PoSource(file.label, original, locale, file.catalogue, file.message_lines)
        progress(done, len(files))


def _write(
    made: Mapping[str, Iterable[bytes]],
    output: Path | None,
    locale: str,
    wanted: ExchangeFormat,
    report: ExportReport,
) -> None:
    for suffix, pieces in made.items():
        if output is None:
            path = OUTPUT / f"{locale}{suffix}"
        else:
            path = output if len(made) == 1 else output.with_name(output.name + suffix)
        root = Root.at(path.parent)
        with isolated(root.label(path.name), report.problems):
            if root.write_pieces(path.name, pieces, wanted.kind):
                report.written.append(root.label(path.name))
