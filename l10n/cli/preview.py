"""`l10n preview`: pages that show each article in both languages, for reviewers."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import NoReturn

import click

from l10n.cli.configured import configured_checks, english_for, settings_key
from l10n.cli.console import (
    EXISTING,
    english_option,
    jobs_option,
    output_options,
    print_json,
    print_problems,
    print_summary,
    running,
    unproved_option,
    with_settings_problems,
)
from l10n.cli.streams import say
from l10n.commands.preview import Previewer, PreviewReport
from l10n.inputs import find_po_files
from l10n.jobs.run import ONE_PROCESS, Workers


@click.command("preview")
@click.argument("catalogues", nargs=-1, required=True, type=EXISTING, metavar="PO...")
@click.option(
    "--articles",
    type=EXISTING,
    metavar="DIR",
    help="Folder of the articles, if it is not the one that the PO file names.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, readable=False, path_type=Path),
    default=Path("preview"),
    show_default=True,
    metavar="DIR",
    help="Folder of the pages.",
)
@click.option(
    "--serve", is_flag=True, help="Show the pages at an address of this computer, and again after each save."
)
@click.option("--remote-images", is_flag=True, help="Load the images of the articles from the web.")
@english_option
@unproved_option
@jobs_option
@output_options
def preview_command(
    catalogues: tuple[Path, ...],
    articles: Path | None,
    output: Path,
    serve: bool,
    remote_images: bool,
    english: Path | None,
    english_unproved: bool,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Write a page for each article of PO files, or folders of them: both languages side by side.

    The pages show the translation as merge would write it now, the state of every unit, and
    what the checks find. Open DIR/index.html. With --serve, l10n shows them at an
    address of this computer, and again whenever a PO file is saved.

    \b
    Examples:
      l10n preview locales/nb_NO.po
      l10n preview locales/ -o review/ --articles delivery/articles
      l10n preview locales/nb_NO.po --serve
    """
    if serve and as_json:
        raise click.UsageError(
            "--json is for one run, and --serve runs until you stop it: leave out one of them"
        )
    workers = Workers(jobs)
    english = english_for(english, workers, unproved=english_unproved)
    checks = configured_checks()
    previewer = Previewer(
        *(catalogues, output, articles, english, english_unproved),
        *(checks, settings_key(), remote_images),
    )
    with running("Writing pages") as progress:
        report = previewer.write(workers, progress)
    report.problems = with_settings_problems(report.problems)
    if as_json:
        print_json("preview", report.as_json())
        sys.exit(report.exit_code)
    _print(report)
    if not serve:
        sys.exit(report.exit_code)
    _serve(previewer)


def _serve(previewer: Previewer) -> NoReturn:
    """Serve the pages, and write them again whenever a PO file is saved, until the user stops it."""
    from l10n.pages.serving import follow, served

    try:
        with served(previewer.output, previewer.folders) as server:
            previewer.prepare()
            say(f"The pages are at {server.address} until you press Ctrl+C.")

            def remake(check: Callable[[], None]) -> None:
                previewer.write_open(server.open_pages())
                # One process, since the server's thread makes it unsafe to fork.
                report = previewer.write(ONE_PROCESS, lambda done, total: check())
                print_problems(report.problems)
                previewer.prepare()
                gc.collect()

            follow(lambda: find_po_files(previewer.inputs, []), remake, Event())
    except KeyboardInterrupt:
        pass
    sys.exit(0)


def _print(report: PreviewReport) -> None:
    print_problems(report.problems)
    rows = {
        "articles": len(report.pages),
        "units": sum(page.units for page in report.pages),
        "  reviewed": sum(page.reviewed for page in report.pages),
        "errors": sum(page.errors for page in report.pages),
        "warnings": sum(page.warnings for page in report.pages),
        "files written": len(report.written),
    }
    removed = {"files removed": len(report.removed)} if report.removed else {}
    print_summary(rows | removed | {"problems": len(report.problems)}, report.written)
