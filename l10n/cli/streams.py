"""Standard output and error: in the encoding of the terminal for people, always in UTF-8 for programs.

Law 5, nothing foreign is printed raw: `problems` and `check_article.Fault` make their texts printable, and
this module does so with the error messages of the command line itself.
"""

from __future__ import annotations

import io
import os
import sys
from typing import NoReturn

import click

from l10n.printable import printable
from l10n.problems import DEBUG, EX_SOFTWARE, exception_text

SETTINGS_PROBLEMS = "l10n.settings_problems"
"""The key of the problems of the settings in the context of click."""
INTERRUPTED = "Interrupted. All written files are complete; run the command again."


def run(command: click.Command) -> NoReturn:
    """Run the command line that this process was called with, and exit.

    Exit code: that of the command; 1 if the output could not be written, 2 for wrong usage, 70 for an
    internal error, 130 if it was interrupted.
    """
    _let_no_character_fail()
    try:
        code = command.main(prog_name="l10n", standalone_mode=False)
        _flush()
    except click.ClickException as error:
        _complain(error)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        say(INTERRUPTED, to_stderr=True)
        sys.exit(130)
    except OSError as error:
        if error.filename is not None:
            sys.exit(_fault(error))
        _give_up(error)
    except SystemExit as exit_:
        try:
            _flush()
        except OSError as error:
            _give_up(error)
        sys.exit(exit_.code if isinstance(exit_.code, int) else 0)
    except Exception as error:
        sys.exit(_fault(error))
    sys.exit(code if isinstance(code, int) else 0)


def _complain(error: click.ClickException) -> None:
    """Print a usage error as click does, but printable: the message may quote arguments from a script."""
    if isinstance(error, click.UsageError) and error.ctx:
        # They may be the reason: what is missing is in the settings that could not be used.
        for problem in error.ctx.meta.get(SETTINGS_PROBLEMS, ()):
            say(str(problem), to_stderr=True)
        say(error.ctx.get_usage(), to_stderr=True)
        say(f"Try '{error.ctx.command_path} --help' for help.\n", to_stderr=True)
    say(f"Error: {printable(error.format_message())}", to_stderr=True)


def _fault(error: Exception) -> int:
    """Print one line saying that l10n failed outside of any file, and return the exit code."""
    text = f"{exception_text(error)}; this is a fault of l10n: please report it, with what {DEBUG}=1 prints"
    say(printable(f"l10n: internal-error: {text}"), to_stderr=True)
    return EX_SOFTWARE


def _let_no_character_fail() -> None:
    """Escape characters that the encoding lacks (a Windows console, LC_ALL=C), as stderr does by default."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _give_up(error: OSError) -> NoReturn:
    """Exit with 1 because the output cannot be written; a closed pipe (`| head`) needs no message."""
    if not isinstance(error, BrokenPipeError):
        say(f"The output could not be written: {error.strerror or error}.", to_stderr=True)
    # The rest of the output would fail again when Python exits.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    sys.exit(1)


def say(text: str = "", *, to_stderr: bool = False) -> None:
    """Print a line for a person.

    It has colours on a terminal, or if FORCE_COLOR is set (for CI, whose logs show them), but never if
    NO_COLOR is: https://force-color.org, https://no-color.org.
    """
    is_forced = True if os.environ.get("FORCE_COLOR") else None
    click.echo(text, err=to_stderr, color=False if os.environ.get("NO_COLOR") else is_forced)


def hand_over(text: str) -> None:
    """Print text for a program on stdout, in UTF-8 regardless of the terminal's encoding."""
    click.echo(text.encode("utf-8", "backslashreplace"))
