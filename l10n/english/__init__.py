"""The English article behind a localized one: find it, verify it, and align both.

`english` finds and verifies it, `gitblobs` reads it from a repository, `parallel` aligns the texts,
`translated` makes units of text without annotation, `stale` lists articles whose English file has changed.
"""

from l10n.english.english import English, EnglishCount, Found, Seen, is_original, summed

__all__ = ["English", "EnglishCount", "Found", "Seen", "is_original", "summed"]
