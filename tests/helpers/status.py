"""A PO file for `l10n status`."""

from __future__ import annotations

from l10n.catalogue import Message, Place

HEADER = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
BODY = r"""
#. paragraph · 1a2b3-101 · mt 0123abcd
#: articles/a.md:3 articles/b.md:7 articles/a.md:3
msgid "Open the file."
msgstr "Åpne filen."

#. heading · 1a2b3-102 · ht 0123abcd
#: articles/a.md:5
#, fuzzy
msgid "The [mail](https://contoso.com/mail) app"
msgstr "E-postappen"

#: articles/a.md:9
msgid "Save"
msgstr ""

#~ msgid "Old words here"
#~ msgstr "Gamle ord her"
"""


def po(locale: str = "nb_NO", body: str = BODY) -> str:
    return HEADER.format(locale) + body


def message(reviewed: bool, source: str = "word", **more: object) -> Message:
    return Message(source, "ord" if reviewed else "", places=[Place("a.md", 1)], **more)  # type: ignore[arg-type]
