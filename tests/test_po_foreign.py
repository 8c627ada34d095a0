"""What other tools write into a PO file: nothing of it is lost, and a second write changes nothing."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import L10nError, po
from l10n.catalogue.message import OWN_REMARKS
from l10n.checks.verdict import MARK
from tests.conftest import article, l10n

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


def test_the_remarks_that_are_made_anew_are_those_of_the_checks_and_of_changes() -> None:
    assert MARK in OWN_REMARKS


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_nothing_is_lost_of_what_other_tools_write(name: str, ends: str, mark: bytes) -> None:
    data = SAMPLES[name].replace("\n", ends).encode()
    written = po.write(po.read(mark + data, "x.po"))
    assert said(written) == said(data)
    assert po.write(po.read(written, "x.po")) == written
    assert (b"\r" in written) is (ends != "\n")
    assert not written.startswith(mark or b"\0")


LINES = sorted({line for text in SAMPLES.values() for line in text.split("\n")})
blocks = st.sampled_from(
    [block for text in SAMPLES.values() for block in text.split("\n\n")[1:] if "#= " not in block]
)
loose = st.lists(st.sampled_from([line for line in LINES if re.match("#([ .,:]|$)", line)]), max_size=3)


@settings(max_examples=300)
@given(st.lists(st.tuples(loose, st.booleans(), blocks), max_size=5), loose)
def test_no_line_is_lost_of_any_entries_and_comments(
    entries: list[tuple[list[str], bool, str]], end: list[str]
) -> None:
    parts = []
    for number, (comments, is_apart, block) in enumerate(entries):
        between = "\n\n" if is_apart else "\n"
        named = re.sub(r'^((?:#~ )?msgid) "(.*)"', rf'\1 "{number}\2"', block, flags=re.MULTILINE)
        parts.append("\n".join(comments) + between + named)
    data = "\n\n".join([HEAD, *parts, "\n".join(end)]).encode()
    written = po.write(po.read(data, "x.po"))
    # A flag that is there twice is one.
    assert said(written).keys() == said(data).keys()
    assert po.write(po.read(written, "x.po")) == written


def test_a_bare_comment_sign_stays_and_is_no_comment_of_a_reviewer() -> None:
    data = f'#\n{HEAD}\n#\nmsgid "a"\nmsgstr "b"\n'.encode()
    [message] = po.read(data, "x.po").messages
    assert not message.is_touched or message.is_reviewed
    assert message.comment == ""
    assert po.write(po.read(data, "x.po")) == data


@pytest.mark.parametrize("name", SAMPLES)
def test_an_extract_keeps_it_and_a_second_one_changes_nothing(here: Path, name: str) -> None:
    (here / "articles").mkdir()
    (here / "articles/a.md").write_text(article(("Mål", "Goal")))
    file = here / "locales/nb_NO.po"
    file.parent.mkdir()
    text = SAMPLES[name]
    paths = '"X-L10n-Articles: articles\\n"\n'
    if "Basepath" not in text:
        paths += '"X-Poedit-Basepath: ..\\n"\n'
    data = re.sub(r'(\n"Content-Type.*\n)', lambda match: match[1] + paths, text)
    data = data.replace('msgctxt "@title:window"\n', "")  # contexts come and go with other messages
    # Places in articles that are not this run's: then its messages stay whatever it brings.
    data = re.sub(r"^#: .*", "#: other/a.md:1", data, flags=re.MULTILINE)
    data = re.sub(r"\n\n((?:#(?:[^:\n].*)?\n)*)(?=msgid)", r"\n\n\1#: other/a.md:1\n", data)
    data = re.sub(r"(#: other/a.md:1\n)((?:#[.,|].*\n)*)#: other/a.md:1\n", r"\1\2", data)
    file.write_bytes(codecs.BOM_UTF8 + data.encode())
    first = l10n("extract", "articles", cwd=here)
    assert (first.code, first.err) == (0, "")
    once = file.read_bytes()
    assert not said(data.encode()) - said(once), once.decode()
    assert b'msgid "Goal"' in once
    assert l10n("extract", "articles", cwd=here).code == 0
    assert file.read_bytes() == once


def test_a_plural_entry_does_not_stop_an_article_that_has_its_source(here: Path) -> None:
    (here / "articles").mkdir()
    (here / "articles/a.md").write_text(article(("Mål", "Goal")))
    assert l10n("extract", "articles", cwd=here).code == 0
    file = here / "locales/nb_NO.po"
    plural = b'\nmsgid "Aim"\nmsgid_plural "Aims"\nmsgstr[0] "Sikte"\nmsgstr[1] "Sikter"\n'
    file.write_bytes(file.read_bytes() + plural)
    (here / "articles/b.md").write_text(article(("Sikte", "Aim")))
    for _ in range(2):
        assert l10n("extract", "articles", cwd=here).code == 0
        once = file.read_bytes()
        assert plural in once
        assert once.count(b'msgid "Aim"') == 2
    merged = l10n("merge", "locales", cwd=here)
    assert (merged.code, merged.err) == (0, "")


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (HEAD.encode("utf-16"), "it is in UTF-16; save it as UTF-8"),
        (HEAD.encode("utf-16-le"), "it is in UTF-16; save it as UTF-8"),
        (HEAD.replace("UTF-8", "ISO-8859-1").encode(), "msgconv -t UTF-8 -o FILE FILE"),
        (
            HEAD.replace("UTF-8", "windows-1252").encode() + 'msgid "a"\nmsgstr "å"\n'.encode("cp1252"),
            "its header says windows-1252: convert it with `msgconv -t UTF-8 -o FILE FILE`",
        ),
        (HEAD.encode() + 'msgid "a"\nmsgstr "å"\n'.encode("cp1252"), "it is not UTF-8; save it as UTF-8"),
    ],
)
def test_another_charset_is_refused_with_what_to_do(data: bytes, advice: str) -> None:
    with pytest.raises(L10nError, match=re.escape(advice)):
        po.read(data, "x.po")
