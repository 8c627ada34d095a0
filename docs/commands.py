#!/usr/bin/env python3
"""Makes docs/commands.md and the man pages from the help: `python docs/commands.py [FOLDER]`.

Without a folder, it writes docs/commands.md; with one, a man page for each command into it. Run it in the
environment of the tests. A test says so if docs/commands.md is not as the help is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from l10n import __version__  # noqa: E402
from l10n.cli import main  # noqa: E402

INTRODUCTION = """# Commands

Made from the help of the commands, which `l10n COMMAND --help` prints, by `python docs/commands.py`.
Options may also stand in [the settings](settings.md).
"""
CLOSING = """## Completion

A shell completes commands, options and names of checks after `eval "$(_L10N_COMPLETE=bash_source l10n)"` in
`.bashrc` (`zsh_source` in `.zshrc`; for fish, `_L10N_COMPLETE=fish_source l10n | source`).

## Exit codes

| code | |
|--:|---|
| 0 | done |
| 1 | done, with [problems](problems.md) or findings reported; or a dry run that would change something |
| 2 | wrong usage |
| 70 | an internal error in a file or in the run; please report it (`L10N_DEBUG=1` prints the traceback) |
| 130 | interrupted; all files that were written are complete |

## Environment

| variable | |
|---|---|
| `NO_COLOR` | no colours |
| `FORCE_COLOR` | colours in a pipe too, for the logs of CI |
| `XDG_CACHE_HOME` | where the folder `l10n` of the cache is; `~/.cache` |
| `L10N_DEBUG` | print the traceback of an internal error |

## For programs

With `--json`, a command prints one JSON object on stdout, and nothing else. Problems are in it. Each command
has a JSON schema: [extract](schemas/extract.json), [merge](schemas/merge.json),
[status](schemas/status.json), [check](schemas/check.json), [align](schemas/align.json),
[preview](schemas/preview.json), [export](schemas/export.json), [import](schemas/import.json),
[terms](schemas/terms.json). The same keys mean the same in all of them.

```
set -o pipefail   # otherwise the exit code is jq's
l10n extract articles/ --json | jq -r '.problems[] | "\\(.path):\\(.line): \\(.message)"'
```
"""
MANUAL = """.SH EXIT STATUS
0: done. 1: done, with problems reported. 2: wrong usage. 70: internal error. 130: interrupted.
"""


def top() -> click.Context:
    """Return the context of `l10n --help`."""
    return click.Context(main, info_name="l10n", terminal_width=10_000, **main.context_settings)


def commands() -> Iterator[tuple[click.Command, click.Context]]:
    """Yield each command with the context of its help."""
    root = top()
    for name in main.list_commands(root):
        command = main.get_command(root, name)
        assert command is not None
        yield command, click.Context(command, info_name=name, parent=root, terminal_width=10_000)


def options(command: click.Command, context: click.Context) -> list[tuple[str, str]]:
    """Return the options of a command with their help."""
    records = (parameter.get_help_record(context) for parameter in command.get_params(context))
    return [record for record in records if record and record[1]]


def parts(command: click.Command) -> list[tuple[bool, str]]:
    """Return the paragraphs of the help, each with True if its line breaks count."""
    found = []
    for paragraph in (command.help or "").split("\n\n"):
        text = paragraph.strip(" \n")
        is_block = text.startswith("\b")
        text = text.removeprefix("\b\n")
        found.append((is_block, text if is_block else " ".join(text.split())))
    return found


def usage(command: click.Command, context: click.Context) -> str:
    """Return the line that shows how a command is called."""
    return " ".join([context.command_path, *command.collect_usage_pieces(context)])


def page() -> str:
    """Return docs/commands.md."""
    written = [INTRODUCTION]
    for command, context in commands():
        written.append(f"## l10n {command.name}\n\n```\n{usage(command, context)}\n```\n")
        for is_block, text in parts(command):
            title, _, lines = text.partition("\n")
            written.append(f"{title.strip()}\n\n```\n{_outdented(lines)}\n```\n" if is_block else f"{text}\n")
        rows = [f"| `{_cell(name)}` | {_cell(text)} |" for name, text in options(command, context)]
        written.append("| option | |\n|---|---|\n" + "\n".join(rows) + "\n")
    return "\n".join([*written, CLOSING])


def _outdented(lines: str) -> str:
    return re.sub(r"^ +", "", lines, flags=re.MULTILINE)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def manual(command: click.Command, context: click.Context) -> str:
    """Return the man page of a command, for groff."""
    name = context.command_path.replace(" ", "-")
    short = _roff(command.get_short_help_str(1_000).rstrip("."))
    lines = [f'.TH "{name.upper()}" 1 "" "l10n {__version__}" "l10n"', ".SH NAME", f"{name} \\- {short}"]
    lines += [".SH SYNOPSIS", f".B {_roff(usage(command, context))}", ".SH DESCRIPTION"]
    for is_block, text in parts(command):
        lines += [".PP", ".nf", *map(_roff, text.split("\n")), ".fi"] if is_block else [".PP", _roff(text)]
    lines.append(".SH OPTIONS")
    for option, text in options(command, context):
        lines += [".TP", f"\\fB{_roff(option)}\\fR", _roff(" ".join(text.split()))]
    others = ", ".join(f"\\fBl10n-{other.name}\\fR(1)" for other, _ in commands() if other is not command)
    return "\n".join(lines) + f"\n{MANUAL}.SH SEE ALSO\n{others}\n"


def _roff(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text.startswith((".", "'")) else text


def manuals() -> dict[str, str]:
    """Return all man pages by the names of their files."""
    pages = {"l10n.1": manual(main, top())}
    return pages | {f"l10n-{command.name}.1": manual(command, context) for command, context in commands()}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in manuals().items():
            (folder / file).write_text(text, encoding="utf-8")
    else:
        (PROJECT / "docs/commands.md").write_text(page(), encoding="utf-8")
