"""The English article behind a localized one: found, proved, and aligned with it.

`english` finds and proves it, `gitblobs` reads it from a repository, `parallel` tells which text
is which, `translated` makes units of it, `stale` tells what has changed since.
"""

from l10n.english.english import English, EnglishCount, Found, Seen, is_original, summed

__all__ = ["English", "EnglishCount", "Found", "Seen", "is_original", "summed"]
