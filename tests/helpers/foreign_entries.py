"""Entries of PO files that only other tools write."""

from __future__ import annotations

import re
from collections import Counter

HEAD = 'msgid ""\nmsgstr ""\n"Language: nb_NO\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'

SAMPLES = {
    "msgcat": (
        "# Title.\n# Copyright (C) 2024 Contoso\n#\n#, fuzzy\n"
        'msgid ""\nmsgstr ""\n"Project-Id-Version: a\\n"\n"Language: nb_NO\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        "#. note of the programmer\n#. on two lines\n#: a.c:1 b.c:2\n"
        "#, fuzzy, c-format, range: 0..9, no-wrap\n"
        '#| msgctxt "old"\n#| msgid "old %d"\n#| msgid_plural "olds %d"\nmsgid "new %d"\nmsgstr "ny %d"\n\n'
        '#~ msgctxt "c"\n#~ msgid "gone"\n#~ msgstr "borte"\n'
    ),
    "msgmerge": (
        f"{HEAD}\n# kept\n#: a.md:3\n#, fuzzy\n"
        '#| msgid ""\n#| "a long "\n#| "text"\nmsgid ""\n"a longer "\n"text"\n'
        'msgstr ""\n"en lang "\n"tekst"\n\n'
        '# was reviewed\n#, fuzzy\n#~| msgid "older"\n#~ msgid "old"\n#~ msgstr "gammel"\n'
    ),
    "plural": (
        f'{HEAD}\n#: a.c:3\n#, c-format\nmsgid "%d file"\nmsgid_plural "%d files"\n'
        'msgstr[0] "%d fil"\nmsgstr[1] ""\n"%d "\n"filer"\n\nmsgid "one"\nmsgstr "en"\n\n'
        '#, fuzzy\n#~| msgid "b"\n#~| msgid_plural "bs"\n#~ msgid "a"\n#~ msgid_plural "as"\n'
        '#~ msgstr[0] "x"\n#~ msgstr[1] "y"\n'
    ),
    "poedit": (
        f'{HEAD}"X-Generator: Poedit 3.4\\n"\n"X-Poedit-Basepath: ..\\n"\n"X-Poedit-SearchPath-0: .\\n"\n'
        '"X-Poedit-Bookmarks: -1,3,-1\\n"\n\n# min egen kommentar\n#. hint\n#: a.md:1 a.md:2\nmsgid "a"\n'
        'msgstr "b"\n'
    ),
    "weblate": (
        f'{HEAD}"X-Generator: Weblate 5.9\\n"\n"Plural-Forms: nplurals=2; plural=n != 1;\\n"\n\n'
        "#. Translators: one\n#. type: Plain text\n#: a.md:1\n#, read-only, max-length:20\n"
        'msgid "a"\nmsgstr "b"\n'
    ),
    "lokalize": (
        '# Kari <kari@contoso.example>, 2024.\nmsgid ""\nmsgstr ""\n"Language: nb_NO\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"X-Environment: kde\\n"\n'
        '"X-Accelerator-Marker: &\\n"\n\n#. i18n: ectx: property (text)\n#: rc.cpp:3\n#, kde-format\n'
        'msgctxt "@title:window"\nmsgid "a"\nmsgstr "b"\n'
    ),
    "omegat": f'{HEAD}\n#\n#: a.md:1\n#, no-c-format\nmsgid "a"\nmsgstr "b"\n\n#\nmsgid "c"\nmsgstr "d"\n',
    "polib": (
        f"#\n{HEAD}\n#. told\n#: a.md:1 b.md\n#, fuzzy, python-format\n"
        '#| msgid "x"\nmsgid "a %s"\nmsgstr "b"\n\n'
        '#. of an obsolete one\n#: gone.md:4\n#, no-wrap\n#~| msgid "z"\n#~ msgid "o"\n#~ msgstr "p"\n'
    ),
    "translate-toolkit": (
        f'#. extracted from a.ts\n#, fuzzy\n{HEAD}"X-Merge-On: location\\n"\n\n'
        "# (pofilter) newlines: no\n#. KDE\n#: a-b.md:3\n#, no-wrap\n"
        'msgid "a"\nmsgstr "b"\n\n#: d.md\nmsgid "c"\nmsgstr "e"\n\n# the end, with a word\n#. and a note\n'
    ),
    "po4a": (
        f'{HEAD}\n#. type: Title #\n#: a.md:1\n#, markdown-text, no-wrap\nmsgid "Setup"\nmsgstr "Oppsett"\n'
    ),
    "newest gettext": f'{HEAD}\n#, fuzzy\n#= c-format\nmsgid "a"\nmsgstr "b"\n',
    "header": (
        'msgid ""\nmsgstr ""\n"Project-Id-Version: charset=latin1\\n"\n"Language: nb_NO\\n"\n'
        '"a line without a colon\\n"\n"\\n"\n"X-Poedit-Basepath: ..\\n"\n"X-Twice: 1\\n"\n"X-Twice: 2\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"the end\\n"\n\nmsgid "a"\nmsgstr "b"\n'
    ),
}


def said(data: bytes) -> Counter[str]:
    """All that a file says, however it is wrapped: comments word by word, texts as one."""
    text = data.decode().replace("\r\n", "\n")
    text = re.sub(r'"\n(?:#~?\|? ?)?"', "", text)
    found: Counter[str] = Counter()
    for line in text.split("\n"):
        if line.startswith(("#,", "#:")):
            found.update(
                line[:2] + word for word in re.split(r"[,\s]+" if line[1] == "," else r"\s+", line[2:])
            )
        elif line.startswith("msgstr ") and "Content-Type" in line:
            found.update(line.removeprefix('msgstr "').split("\\n"))
        else:
            found[re.sub("^#(?=[^ .:,|~=])", "# ", line)] += bool(line) and line != "#"
    found.pop("#,", None)
    found.pop("#:", None)
    return +found
