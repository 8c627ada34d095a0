"""The command line: thin wrappers around the library's functions of the same names.

Exit codes: 0 done; 1 done, with problems reported; 2 wrong usage; 70 an internal error of l10n, in one file
or in the whole run; 130 interrupted.
Each command is a module of this package; no other package imports click or rich.
"""

from __future__ import annotations

import gc
import os
from importlib import import_module
from keyword import iskeyword

import click

from l10n import __version__
from l10n.cli.streams import run
from l10n.suggestions import did_you_mean

_COMMANDS = {
    "extract": "Extract articles to PO files.",
    "merge": "Rebuild articles from reviewed PO files.",
    "status": "Show the progress of the review.",
    "check": "Find what machine translation broke.",
    "align": "Write plain articles as annotated ones, with their English files.",
    "preview": "Show each article in both languages, as pages for reviewers.",
    "export": "Write messages as XLIFF, TMX or a parallel corpus.",
    "import": "Take XLIFF back into the PO files.",
    "terms": "Propose names for a glossary.",
    "merge-driver": "Merge PO files in git, message by message.",
}
"""The commands and their one-line help; the function is `NAME_command` in the module NAME, or NAME_
for a keyword of Python."""


class _Commands(click.Group):
    """A group that imports a command only when it is called, so that `--help` is fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        module = import_module(f"{__name__}.{name}_" if iskeyword(name) else f"{__name__}.{name}")
        command: click.Command = getattr(module, f"{name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"there is no command {args[0]!r}{did_you_mean(args[0], _COMMANDS)}")
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # No operating system passes one, but a program that calls `main` may.
        if any("\0" in argument for argument in args):
            ctx.fail("an argument contains a NUL character; no path or name can contain one")
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version")
@click.pass_context
def main(context: click.Context) -> None:
    """Review machine-translated documentation as gettext PO files.

    \b
      l10n extract articles/          # -> locales/nb_NO.po, one file per locale
      poedit locales/nb_NO.po         # review the translations
      l10n merge locales/nb_NO.po     # -> build/nb-NO/..., the localized articles
      l10n check articles/            # find what machine translation broke

    Exit codes: 0 done, 1 done with problems reported, 2 wrong usage, 70 internal error
    (please report it with the output of L10N_DEBUG=1), 130 interrupted.
    """
    try:
        os.getcwd()
    except OSError as error:
        raise click.UsageError("the current folder no longer exists; change to another folder") from error
    from l10n.cli.configured import defaults_of_settings

    context.default_map = defaults_of_settings()


def entry() -> None:
    """Run the command line: the entry point of the script `l10n`."""
    gc.disable()  # the process is short, and creates hundreds of thousands of objects without cycles
    run(main)
