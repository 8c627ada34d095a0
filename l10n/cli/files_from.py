"""`--files-from`: a list of inputs in a file, or on stdin."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click
from click.core import ParameterSource

_Command = TypeVar("_Command", bound=Callable[..., Any])
_BYTES = 64 << 20
"""The longest list that is read."""


def files_from_option(argument: str, metavar: str) -> Callable[[_Command], _Command]:
    """Add --files-from to a command; what the list names is added to its argument of that name."""

    def add(command: _Command) -> _Command:
        @wraps(command)
        def with_list(*, files_from: str | None, **others: Any) -> None:
            if files_from:
                source = click.get_current_context().get_parameter_source(argument)
                named = () if source is ParameterSource.DEFAULT_MAP else others[argument]
                others[argument] = (*named, *_listed(files_from))
            if not others[argument]:
                names = f"{metavar}: name some, or a list of them with --files-from"
                raise click.UsageError(f"there are no {names}")
            command(**others)

        option = click.option(
            "--files-from",
            metavar="FILE",
            help="Also take the files and folders that FILE lists, one per line; - is stdin.",
        )
        return cast(_Command, option(with_list))

    return add


def _listed(name: str) -> list[Path]:
    """Return the paths in a list; raise a usage error if it, or what it names, cannot be read."""
    try:
        if name == "-":
            data = sys.stdin.buffer.read(_BYTES + 1)
        else:
            with open(name, "rb") as file:
                data = file.read(_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise click.BadParameter(f"{name}: {reason}", param_hint="--files-from") from error
    if len(data) > _BYTES:
        raise click.BadParameter(f"{name}: it is too long", param_hint="--files-from")
    lines = (line.removesuffix(b"\r") for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"))
    paths = [(number, os.fsdecode(line)) for number, line in enumerate(lines, 1) if line.strip()]
    for number, path in paths:
        if "\0" in path or not os.path.lexists(path):
            message = f"{name}:{number}: there is no {path!r}"
            raise click.BadParameter(message, param_hint="--files-from")
    return [Path(path) for _, path in paths]
