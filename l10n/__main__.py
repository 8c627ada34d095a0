"""`python -m l10n` is the command `l10n`."""

from l10n.cli import entry

entry()
