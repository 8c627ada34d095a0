"""PO files → one file for each locale in a format of other tools.

Law 2: an XLIFF file that is there already is never overwritten, since a translator may have worked in it.
Law 4: PO files are read in the order of their names, messages in the order of their file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from l10n import po
from l10n.catalogue import header
from l10n.exchange.formats import exchange_format
from l10n.exchange.records import Languages, PoSource, Selection, TextFormat
from l10n.files import Root
from l10n.inputs import find_po_files
from l10n.jobs.run import ONE_PROCESS, Progress, Workers, no_progress
from l10n.limits import PO_BYTES
from l10n.locales import language_tag
from l10n.printable import printable
from l10n.problems import L10nError, Problem, WithProblems, isolated
from l10n.rendering import BadPoError, PoData, rendered
from l10n.writing import FileKind

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

    def add(self, selection: Selection) -> None:
        """Count what was exported of a locale."""
        self.catalogues += selection.files
        self.messages += selection.exported
        self.problems += selection.problems

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
        selection = Selection(reviewed_only, wanted.pairs_only, dedupe)
        languages = Languages(language, language_tag(locale))
        if isinstance(wanted.form, TextFormat):
            path = output or OUTPUT / f"{locale}{wanted.form.suffix}"
            one = _Export(files, locale, languages, selection, workers, progress)
            _write_text(one, wanted.form, wanted.kind, path, report)
            continue
        made = wanted.form(_opened(files, locale, selection, progress), languages, selection)
        for suffix, data in made.items():
            path = output.with_name(output.name + suffix) if output else OUTPUT / f"{locale}{suffix}"
            _write_binary(data, wanted.kind, output if output and len(made) == 1 else path, report)
        report.add(selection)
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


@dataclass(frozen=True, slots=True)
class _Export:
    """The PO files of a locale, on their way to a text format."""

    files: Sequence[Path]
    locale: str
    languages: Languages
    selection: Selection
    workers: Workers
    progress: Progress

    def pieces(self, form: TextFormat) -> Iterator[bytes]:
        """Yield the pieces of the file to write. Raises BadPoError."""
        sources = _loaded(self.files, self.locale, self.selection, self.progress)
        return rendered(form, sources, self.languages, self.selection, self.workers)

    def without(self, label: str) -> _Export:
        """Return the same without the PO file that the user knows as `label`, from the beginning."""
        files = [path for path in self.files if _label(path) != label]
        return replace(self, files=files, selection=self.selection.fresh(dedupe=self.selection.dedupe))


def _write_text(export: _Export, form: TextFormat, kind: FileKind, path: Path, report: ExportReport) -> None:
    """Write a text format, without the PO files that turn out to be bad on the way."""
    root = Root.at(path.parent)
    with isolated(root.label(path.name), report.problems):
        while True:
            try:
                is_written = root.write_pieces(path.name, export.pieces(form), kind)
                break
            except BadPoError as bad:
                report.problems.append(bad.error.problem)
                export = export.without(bad.source.label)
        report.written += [root.label(path.name)] if is_written else []
    report.add(export.selection)


def _write_binary(data: bytes, kind: FileKind, path: Path, report: ExportReport) -> None:
    root = Root.at(path.parent)
    with isolated(root.label(path.name), report.problems):
        if root.write(path.name, data, kind):
            report.written.append(root.label(path.name))


def _loaded(files: Sequence[Path], locale: str, selection: Selection, progress: Progress) -> Iterator[PoData]:
    """Read PO files one after the other, so that only one is in memory."""
    for done, path in enumerate(files, 1):
        with isolated(_label(path), selection.problems):
            data = Root.at(path.parent).read(path.name, PO_BYTES)
            selection.files += 1
            yield PoData(_label(path), _original(path), locale, data)
        progress(done, len(files))


def _opened(
    files: Sequence[Path], locale: str, selection: Selection, progress: Progress
) -> Iterator[PoSource]:
    """Open PO files one after the other, so that only one is in memory."""
    for done, path in enumerate(files, 1):
        with isolated(_label(path), selection.problems):
            file = po.PoFile.open(Root.at(path.parent), path.name)
            selection.files += 1
            yield PoSource(file.label, _original(path), locale, file.catalogue, file.message_lines)
        progress(done, len(files))


def _label(path: Path) -> str:
    return Root.at(path.parent).label(path.name)


def _original(path: Path) -> str:
    """Return the name of a PO file for other tools: from the current folder, or without any folder."""
    return printable(path.name) if os.path.isabs(label := _label(path)) else label
