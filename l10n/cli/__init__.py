"""The command line: a thin shell over the library's functions of the same names.

Exit code 0: done; 1: done, with problems reported; 2: wrong usage; 70: a fault of l10n's own, at a file or
as a whole; 130: interrupted.
Each command is a module here; only this folder knows click and rich.
"""

from __future__ import annotations

import os
from importlib import import_module

import click

from l10n import __version__
from l10n.cli.streams import run

_COMMANDS = {
    "extract": "Articles to PO files.",
    "merge": "Reviewed PO files to articles.",
    "status": "How far the review is.",
    "check": "What machine translation broke.",
    "terms": "Names to begin a glossary with.",
    "merge-driver": "Merge PO files in git, message by message.",
}
"""What each of them does, in a line; the command is `NAME_command` of the module NAME."""


class _Commands(click.Group):
    """Loads a command when it is called, so that the help need not wait for all that they import."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"{__name__}.{name}"), f"{name}_command")
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # No system hands one over, but a program that calls `main` may.
        if any("\0" in argument for argument in args):
            ctx.fail("an argument holds a NUL character, which no path and no name can hold")
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Review machine-translated documentation as gettext PO files.

    \b
      l10n extract articles/          # -> locales/nb_NO.po, one file per locale found
      poedit locales/nb_NO.po         # a person reviews
      l10n merge locales/nb_NO.po     # -> build/nb-NO/..., the localized articles
      l10n check articles/            # what machine translation broke

    Exit code: 0 done, 1 done with problems reported, 2 wrong usage, 70 a fault of l10n
    itself (please report it; L10N_DEBUG=1 tells where it is), 130 interrupted.
    """
    try:
        os.getcwd()
    except OSError as error:
        raise click.UsageError("the current folder is gone; change to one that is there") from error


def entry() -> None:
    """What the command `l10n` calls."""
    run(main)
