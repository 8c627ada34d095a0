"""The command line: a thin shell over the library's functions of the same names.

Exit code 0: done; 1: done, with problems reported; 2: wrong usage; 130: interrupted.
Each command is a module here; only this folder knows click and rich.
"""

from __future__ import annotations

import click

from l10n.cli.check import check_command
from l10n.cli.extract import extract_command
from l10n.cli.merge import merge_command
from l10n.cli.merge_driver import merge_driver_command
from l10n.cli.status import status_command
from l10n.cli.terms import terms_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="l10n")
def main() -> None:
    """Review machine-translated documentation as gettext PO files.

    \b
      l10n extract articles/          # -> locales/nb_NO.po, one file per locale found
      poedit locales/nb_NO.po         # a person reviews
      l10n merge locales/nb_NO.po     # -> build/nb-NO/..., the localized articles
      l10n check articles/            # what machine translation broke

    Exit code: 0 done, 1 done with problems reported, 2 wrong usage, 130 interrupted.
    """


for command in (
    extract_command,
    merge_command,
    status_command,
    check_command,
    terms_command,
    merge_driver_command,
):
    main.add_command(command)
