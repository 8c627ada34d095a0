"""The English article behind a localized one: find it, verify it, and align both.

`english` finds and verifies it, `gitblobs` reads it from a repository, `alignment` aligns the texts,
`bare_units` makes units of text without annotation, `stale` lists articles whose English file has changed,
`lookups` counts what was found, `opening` opens what the user named.
"""
